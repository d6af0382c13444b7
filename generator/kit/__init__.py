"""What a site needs besides data, as files: settings, looks, a taxonomy to begin with, a company to look at."""

from __future__ import annotations

from pathlib import Path

_HERE = Path(__file__).parent

SETTINGS = _HERE / "mkdocs.yml"
"""What mkdocs.yml need not say."""

PAGES = _HERE / "pages"
"""What our pages need in whatever theme: the template of those that lead on, their style sheet and scripts."""

MATERIAL = _HERE / "material"
"""What Material for MkDocs is changed in: templates around its own, a style sheet, icons."""

TAXONOMY = _HERE / "taxonomy.yml"
"""Every partner type of the field, with its functions, modes and stages: what a company's own taxonomy begins as."""

REPOSITORY = _HERE / "repository"
"""What a company's repository begins as: `common` to all, and what each host adds.

COMPANY, DEPARTMENT, DEPARTMENT_ID, TYPE_ID and VERSION stand there for what `playbook init` puts in their place.
"""

_SAMPLE = _HERE / "sample"

# The package holds it here; a checkout does not, since the repository's own site is built from it.
SAMPLE = _SAMPLE if _SAMPLE.is_dir() else _HERE.parents[1] / "data"
"""The data of a company that is made up, to look around in."""
