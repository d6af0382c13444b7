"""The commands, and the only printer but for the boundary around them.  Each returns its exit code."""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Mapping
from typing import Any

import click

from generator import __version__
from generator.boundary import Guarded

__all__ = ["main"]

_MODULES = {
    "init": "init",
    "check": "check",
    "explain": "check",
    "build": "site",
    "serve": "site",
    "pages": "site",
    "new": "new",
    "review": "review",
    "rename": "rename",
    "merge": "rename",
    "move": "moving",
    "acquire": "acquiring",
    "end": "ending",
    "reassign": "handing",
    "offboard": "handing",
    "remove": "removing",
    "split-type": "dividing",
    "split": "split",
    "fmt": "layout",
    "completion": "completion",
    "import": "importing",
    "export": "exporting",
    "sync": "syncing",
    "diff": "diff",
    "due": "due",
    "baseline": "baseline",
    "upgrade": "upgrade",
    "codeowners": "codeowners",
    "snapshot": "upkeep",
    "schemas": "upkeep",
}
"""The commands, and the module of each."""


class _Commands(Mapping[str, click.Command]):
    """Every command by its name; the module of one is imported where somebody asks for it."""

    def __getitem__(self, name: str) -> click.Command:
        module = importlib.import_module(f"{__name__}.{_MODULES[name]}")
        command: Any = getattr(module, f"{name}_" if name == "import" else name.replace("-", "_"))
        assert isinstance(command, click.Command)
        return command

    def __iter__(self) -> Iterator[str]:
        return iter(_MODULES)

    def __len__(self) -> int:
        return len(_MODULES)


@click.group(
    cls=Guarded,
    commands=_Commands(),
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="playbook")
def main() -> None:
    """Turn a company's partner inventory (YAML) into one searchable site."""
