"""A new company's data: its first files, and the part of a taxonomy that it needs."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from generator.editing.draft import Draft
from generator.editing.inventory import Item, listed
from generator.editing.modeline import with_modeline
from generator.editing.values import field
from generator.source import Document

_HEADING = re.compile(r"^ *# --- .*\n\n?(?=\n*(?: *# --- |\S|\Z))", re.MULTILINE)
"""A line that announces a section of the taxonomy, where nothing of that section is left."""

_SETTINGS = """\
# Whose playbook this is, and the lists and limits that the inventory is checked against.
# Regions, tiers, segments and industries may be listed here, too; entries may then use no others.

{company}
{home}
"""

_PEOPLE = """\
# The people whom the inventory names: owners, backup owners, sponsors. `playbook new person` adds one.
# Somebody who has moved on keeps an entry with `active: false`, so that the site says what needs a new owner.

people: []
"""

_PARTNERS = """\
# The inventory: each department, and the partners whom it manages. `playbook new partner` adds one; so do four lines:
#
#       - id: acme-controls            # small letters, with hyphens; it becomes the page's address and stays
#         name: Acme Controls          # where the company first appears; elsewhere its id will do
#         types: [TYPE]                # ids or aliases from taxonomy.yml
#         owner: jane-doe              # a person from people.yml, or null for nobody yet
#
# No prices, no terms, no private phone numbers: everybody in the company reads this.

departments:
  - {ident}
    {name}
    partners: []
"""


def first_files(company: str, department: Mapping[str, str], taxonomy: str) -> dict[str, str]:
    """The texts of a new data folder, by file; `department` has an `id` and a `name`."""
    ident, name = field("id", department["id"], 4), field("name", department["name"], 4)
    home = field("home_department", department["id"], 0)
    texts = {
        "taxonomy.yml": taxonomy,
        "settings.yml": _SETTINGS.format(company=field("company", company, 0), home=home),
        "people.yml": _PEOPLE,
        "partners.yml": _PARTNERS.format(ident=ident, name=name),
    }
    return {file: with_modeline(text, file) for file, text in texts.items()}


def with_types(document: Document, wanted: Collection[str]) -> str:
    """A taxonomy with these types alone, and the functions and groups that they belong to."""
    names = ("functions", "groups", "types", "ambiguous_aliases")
    lists = {name: list(listed({document.file: document}, document.file, (name,))) for name in names}
    types = [item for item in lists["types"] if item.id in wanted]
    chosen = {
        "functions": [item for item in lists["functions"] if item.id in [kind.data["function"] for kind in types]],
        "groups": [item for item in lists["groups"] if item.id in [kind.data.get("group") for kind in types]],
        "types": types,
        "ambiguous_aliases": [item for item in lists["ambiguous_aliases"] if len(_wanted(item, "types", wanted)) > 1],
    }
    draft = Draft(document)
    for item, name in [*((item, "confused_with") for item in types), *((item, "types") for item in chosen[names[3]])]:
        if staying := _wanted(item, name, wanted):
            draft.set(item.route, name, staying)
        elif name in item.data:
            draft.drop(item.route, name)
    for name, entries in lists.items():
        if entries and not chosen[name]:
            draft.drop((), name)
            continue
        for item in entries:
            if item not in chosen[name]:
                draft.remove(item.route)
    return _HEADING.sub("", draft.text())


def _wanted(entry: Item, name: str, wanted: Collection[str]) -> list[str]:
    return [str(text) for text in entry.data.get(name) or () if text in wanted]
