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
    types = [one for one in lists["types"] if one.id in wanted]
    kept = {
        "functions": [one for one in lists["functions"] if one.id in [kind.data["function"] for kind in types]],
        "groups": [one for one in lists["groups"] if one.id in [kind.data.get("group") for kind in types]],
        "types": types,
        "ambiguous_aliases": [one for one in lists["ambiguous_aliases"] if len(_left(one, "types", wanted)) > 1],
    }
    draft = Draft(document)
    for one, name in [*((one, "confused_with") for one in types), *((one, "types") for one in kept[names[3]])]:
        if left := _left(one, name, wanted):
            draft.set(one.route, name, left)
        elif name in one.data:
            draft.drop(one.route, name)
    for name, entries in lists.items():
        if entries and not kept[name]:
            draft.drop((), name)
            continue
        for one in entries:
            if one not in kept[name]:
                draft.remove(one.route)
    return _HEADING.sub("", draft.text())


def _left(entry: Item, name: str, wanted: Collection[str]) -> list[str]:
    return [str(one) for one in entry.data.get(name) or () if one in wanted]
