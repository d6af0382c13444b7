"""llms.txt: what the site holds and where, for assistants that read Markdown (llmstxt.org)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from generator import paths
from generator.markdown import escape, link, plain
from generator.model import Playbook

_SECTIONS = {
    "": "Answers and lists",
    "types": "Partner types",
    "functions": "Functions",
    "modes": "Management modes",
    "departments": "Departments",
    "start": "For new staff",
    "editors": "For editors of the data",
}


@dataclass(frozen=True)
class Listed:
    """A page of the site: its path, and what its head says of it."""

    path: str
    title: str
    description: str


def file(playbook: Playbook, pages: Iterable[Listed]) -> tuple[str, str]:
    """The path and the text of the guide.

    A partner is found through the directory or the inventory, so that the guide stays short
    however many there are.
    """
    company = escape(playbook.settings.company)
    lines = [
        f"# Partner Playbook of {company}" if company else "# Partner Playbook",
        "",
        f"> Who our partners are, what each does for us, who owns it and how it is managed, as of {playbook.as_of}.",
        "",
        "Each page is here as Markdown. A partner's page is partners/ID.md; the directory of partners has the IDs.",
    ]
    found: dict[str, list[str]] = {folder: [] for folder in _SECTIONS}
    found[""] += [
        f"- {link('Partners', escape(paths.PARTNERS))}: Every partner, with its type, its owner and its department.",
        f"- {link('Inventory as JSON', escape(paths.INVENTORY))}: The same with all that is recorded, for programs; "
        f"{link('its schema', escape(paths.INVENTORY_SCHEMA))} explains each field.",
    ]
    found["editors"].append(f"- {link('Edit the data', escape(paths.EDITORS))}: How the data is kept, field by field.")
    for page in pages:
        folder = page.path.rpartition("/")[0]
        if folder in found:
            found[folder].append(f"- {link(page.title, escape(page.path))}: {escape(page.description)}")
    for folder, title in _SECTIONS.items():
        if found[folder]:
            lines += ["", f"## {title}", "", *found[folder]]
    return paths.ASSISTANTS, plain("\n".join(lines))
