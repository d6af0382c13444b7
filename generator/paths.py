"""Where every page stands: ids to page paths, and the relative way from one page to another.

Ids are slugs, so a path made here needs no escape.  Addresses stay stable because ids do.
"""

from __future__ import annotations

import re
from hashlib import sha256
from urllib.parse import quote

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")

HOME = "index.md"
GLOSSARY = "glossary.md"
FUNCTIONS = "functions/index.md"
TYPES = "types/index.md"
COMPARE = "compare.md"
MODES = "modes/index.md"
DEPARTMENTS = "departments/index.md"
PARTNERS = "partners/index.md"
OWNERSHIP = "ownership.md"
PEOPLE = "people.md"
FIND = "find/index.md"
COVERAGE = "coverage.md"
ROUTES = "routes.md"
ALIGNMENT = "alignment.md"
HEALTH = "health.md"
VALUE = "value.md"
TOOLKIT = "toolkit.md"
START = "start/index.md"
WHICH_TYPE = "start/which-type.md"
QUIZ = "start/quiz.md"
FINDINGS = "findings.md"
EDITORS = "editors/index.md"
PROBLEMS = "editors/problems.md"
FIELDS = "editors/fields.md"
BROWSER = "editors/browser.md"
COMMANDS = "editors/commands.md"
RULES = "editors/rules.md"
SPREADSHEET = "editors/spreadsheet.md"
REUSE = "editors/reuse.md"
PUBLISH = "editors/publish.md"
HOSTING = "editors/hosting.md"
CHANGES = "changes.md"

LANDSCAPE = "landscape.md"

EMBED = "embed/index.md"
EMBED_LANDSCAPE = "embed/landscape.md"
EMBED_CARD = "embed/card.md"

DIRECTORY_ROWS = "partners/rows.js"
CARDS = "partners/cards.js"
ANSWERS = "partners/answers.js"
FINDER = "partners/finder.js"
CHANGES_FEED = "changes.atom"
INVENTORY = "inventory.json"
INVENTORY_SCHEMA = "inventory.schema.json"
ASSISTANTS = "llms.txt"


def function(function_id: str) -> str:
    return f"functions/{function_id}.md"


def partner_type(type_id: str) -> str:
    return f"types/{type_id}.md"


def compared(*type_ids: str) -> str:
    """These types side by side; without scripts, the row of the first among all types."""
    query = "&".join(f"type={type_id}" for type_id in type_ids)
    return f"{COMPARE}?{query}#{compared_anchor(type_ids[0])}"


def compared_anchor(type_id: str) -> str:
    return f"compare-{type_id}"


def mode(mode_id: str) -> str:
    return f"modes/{mode_id}.md"


def department(department_id: str) -> str:
    return f"departments/{department_id}.md"


def first_day(department_id: str) -> str:
    """What helps somebody who is new in a department."""
    return f"departments/{department_id}/first-day.md"


def embed_department(department_id: str) -> str:
    """A department's partners, for a frame."""
    return f"embed/departments/{department_id}.md"


def embed_type(type_id: str) -> str:
    """A type's partners, for a frame."""
    return f"embed/types/{type_id}.md"


def find(offer_id: str) -> str:
    """Who can help with an offer."""
    return f"find/{offer_id}.md"


def partner(partner_id: str) -> str:
    return f"partners/{partner_id}.md"


def box(type_id: str) -> str:
    """The type's box in the landscape."""
    return f"{LANDSCAPE}#box-{type_id}"


def logo(partner_id: str, kind: str) -> str:
    """A partner's logo, of the kind svg, png or webp; it exists only where the company has it."""
    return f"logos/{partner_id}.{kind}"


NOTHING = "-"
"""As the value of a filter: where nothing is recorded.  It is no slug, so it is nobody's id."""


def directory(**wanted: str | tuple[str, ...]) -> str:
    """The directory showing only the rows that hold, for each filter, one of the values wanted.

    Filters are function, type, mode, department, owner, region, status, tier, segment, industry,
    offer, objective and finding; values are ids, or texts as recorded.  Several filters all hold.
    """
    pairs = (
        (name, value) for name, values in wanted.items() for value in ([values] if isinstance(values, str) else values)
    )
    query = "&".join(f"{name}={quote(value, safe='')}" for name, value in pairs)
    return f"{PARTNERS}?{query}" if query else PARTNERS


def person(person_ref: str) -> str:
    """A person's page; unlisted people are named by any text."""
    if _SLUG.fullmatch(person_ref):
        return f"people/{person_ref}.md"
    return f"people/{_short(person_anchor(person_ref)).replace('-', '--', 1)}.md"  # no id holds two hyphens in a row


def person_anchor(person_ref: str) -> str:
    """The person's line in the list of people."""
    if _SLUG.fullmatch(person_ref):
        return f"person-{person_ref}"
    # Code points keep two unlisted names apart whatever their script.
    return "unlisted-" + "-".join(f"{ord(character):x}" for character in person_ref)


def calendar_of_department(department_id: str) -> str:
    """The department's dates as an iCalendar file; it exists only where there are any."""
    return f"calendars/department-{department_id}.ics"


def calendar_of_person(person_ref: str) -> str:
    """An owner's dates as an iCalendar file; it exists only where there are any."""
    return f"calendars/{_short(person_anchor(person_ref))}.ics"


def _short(name: str) -> str:
    """A file name may have 255 bytes, and what an editor wrote for somebody unlisted may need more."""
    return name if len(name) <= 200 else f"unlisted-{sha256(name.encode()).hexdigest()}"


def stage(stage_id: str) -> str:
    return f"{GLOSSARY}#stage-{stage_id}"


def group(group_id: str) -> str:
    return f"{GLOSSARY}#group-{group_id}"


def offer(offer_id: str) -> str:
    """An offer's section of the coverage page."""
    return f"{COVERAGE}#offer-{offer_id}"


def route(route_id: str) -> str:
    return f"{ROUTES}#route-{route_id}"


def objective(objective_id: str) -> str:
    """An objective's section of the strategy page."""
    return f"{ALIGNMENT}#objective-{objective_id}"


def factor(factor_id: str) -> str:
    return f"{GLOSSARY}#factor-{factor_id}"


def edition_anchor(edition_id: str) -> str:
    """The section of the page about changes that tells what a commit changed."""
    return f"edition-{edition_id[:12]}"


def managed(type_id: str, mode_id: str) -> str:
    """The partners of a type that are managed in a mode: a section of the type's page."""
    return f"{partner_type(type_id)}#{managed_anchor(mode_id)}"


def managed_anchor(mode_id: str) -> str:
    return f"partners-{mode_id}"


def parts(page: str, name: str) -> str:
    """The folder of the pages that hold, letter by letter, what is too long for the page: below its own address.

    ValueError where the name would need an escape there.
    """
    if not _SLUG.fullmatch(name):
        raise ValueError(f"{name!r} cannot stand in an address as it is")
    return f"{page.removesuffix('.md').removesuffix('/index')}/{name}/"


def problem(code_slug: str) -> str:
    return f"{PROBLEMS}#{code_slug}"


def address(page: str) -> str:
    """Where readers find a page: its address on a server, from the site's root."""
    return page.removesuffix("index.md") if page.endswith("index.md") else f"{page.removesuffix('.md')}/"


def family(page: str) -> str:
    """The first part of a page's address, which its family of pages shares: people of people/jane-doe.md."""
    return re.split(r"[/.#?]", page, maxsplit=1)[0]


def relative(here: str, target: str) -> str:
    """The way from the page `here` to `target`, both from the root; an anchor is kept."""
    page, mark, anchor = target.partition("#")
    if page == here:
        return f"{mark}{anchor}" if anchor else here.rpartition("/")[2]
    # posixpath.relpath asks for the working directory each time; a large site has 100,000s of links.
    folders, steps = here.split("/")[:-1], page.split("/")
    shared = 0
    while shared < min(len(folders), len(steps) - 1) and folders[shared] == steps[shared]:
        shared += 1
    return "../" * (len(folders) - shared) + "/".join(steps[shared:]) + mark + anchor
