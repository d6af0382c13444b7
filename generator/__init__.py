"""Partner Playbook: turns a company's partner inventory (YAML) into one searchable site."""

__version__ = "0.1.0"
