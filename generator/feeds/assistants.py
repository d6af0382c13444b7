"""llms.txt: what the site holds and where, for assistants that read Markdown (llmstxt.org)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from generator import paths
from generator.markdown import Md, address, join, link, md, settled
from generator.model import Playbook

_SECTIONS = {
    "": "Answers and lists",
    "find": "Who can help, by offer",
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


def text(playbook: Playbook, pages: Iterable[Listed]) -> str:
    """The text of the guide.

    A partner is found through the directory or the inventory, so that the guide stays short
    however many there are.
    """
    company = playbook.settings.company
    items: dict[str, list[Md]] = {folder: [] for folder in _SECTIONS}
    items[""] += [
        _item("Partners", paths.PARTNERS, "Every partner, with its type, its owner and its department."),
        md(
            "{}; {} explains each field.",
            _item("Inventory as JSON", paths.INVENTORY, "The same with all that is recorded, for programs"),
            link("its schema", address(paths.INVENTORY_SCHEMA)),
        ),
    ]
    for page in pages:
        folder = page.path.rpartition("/")[0]
        if folder in items:
            items[folder].append(_item(page.title, page.path, page.description))
    sections = [
        md("## {}\n\n{}\n", title, join("\n", items[folder])) for folder, title in _SECTIONS.items() if items[folder]
    ]
    about = md(
        "# Partner Playbook{}\n\n"
        "> Who our partners are, what each does for us, who owns it and how it is managed, as of {}.\n\n"
        "Each page is here as Markdown. A partner's page is partners/ID.md, and a person's is people/ID.md; the "
        "directory of partners and the list of people have the IDs.\n",
        md(" of {}", company) if company else "",
        str(playbook.as_of),
    )
    return settled(join("\n", (about, *sections)).plain)


def _item(title: str, path: str, about: str) -> Md:
    return md("- {}: {}", link(title, address(path)), about)
