"""The commands that add an entry to the data, each valid and in its place."""

from __future__ import annotations

from datetime import date
from typing import Any

import click

from generator.boundary import Exit
from generator.cli import edits, lookup
from generator.cli.options import data_input
from generator.cli.questions import Questions
from generator.editing import Draft, departments, entries_of, has_modeline, item, new_file, with_modeline
from generator.loading import Loaded
from generator.model import Department, Playbook, Status
from generator.schema import references, slug

_NOBODY = "nobody"
_ADD_ID = "add --id with a short English name in small letters"


@click.group()
def new() -> None:
    """Add a partner, a department or a person.

    What is needed and not given as an option is asked for.
    """


@new.command()
@data_input
@click.option("--department", metavar="ID", help="Who manages the partner.")
@click.option("--name", help="The company's name.")
@click.option("--type", "types", multiple=True, metavar="TYPE", help="A type, its name or alias; may be repeated.")
@click.option("--owner", metavar="PERSON", help=f"Who owns the relationship, or {_NOBODY!r}.")
@click.option("--stage", metavar="ID", help="The stage of its own offer, where a type's mode depends on that.")
@click.option("--status", type=click.Choice([status.value for status in Status]), help="[default: active]")
@click.option("--id", "ident", metavar="ID", help="[default: made of the name]")
def partner(
    data: str,
    as_of: date | None,
    department: str | None,
    name: str | None,
    types: tuple[str, ...],
    owner: str | None,
    stage: str | None,
    status: str | None,
    ident: str | None,
) -> Exit:
    """Add a partner to a department's inventory.

    A partner of another department that has this name, or this id, is taken to be the same company.
    """
    checked, playbook = edits.begin(data, as_of)
    ask = Questions()
    ids = ", ".join(playbook.departments)
    home = ask.answer("--department", department, f"Department ({ids})", lambda text: _department(playbook, text))
    called = ask.answer("--name", name, "Name of the company", filled)
    kinds = ask.answer(
        "--type", ", ".join(types) or None, "Types, with a comma between them", lambda text: types_named(checked, text)
    )
    owned = ask.answer("--owner", owner, f"Owner (id or name, or {_NOBODY!r})", lambda text: _owner(playbook, text))
    staged = [type_id for type_id in kinds or () if playbook.types[type_id].stage_dependent]
    if staged or stage is not None:
        question = f"Stage of its own offer ({', '.join(playbook.stages)})"
        stage = ask.answer("--stage", stage, question, lambda text: lookup.named("stage", playbook.stages, text).id)
    if home is None or called is None or kinds is None or owned is None or (staged and stage is None):
        raise ask.unanswered()
    entry = _company(playbook, called, ident)
    if home.id in dict(entries_of(checked.documents, entry["id"])):
        raise click.UsageError(f"{home.name} has a partner {entry['id']!r} already; for another company, add --id")
    entry |= {"types": kinds, "owner": None if owned == _NOBODY else owned}
    entry |= {key: value for key, value in {"status": status, "offer_stage": stage}.items() if value}
    place = next(item for item in departments(checked.documents) if item.id == home.id)
    draft = Draft(checked.documents[place.file])
    draft.add((*place.route, "partners"), entry)
    return edits.finish(data, checked, {place.file: draft.text()}, as_of)


@new.command()
@data_input
@click.option("--name", help="The department's name.")
@click.option("--contact", metavar="ADDRESS", help="Where people write to.")
@click.option("--lead", metavar="PERSON", help="Who leads it.")
@click.option("--id", "ident", metavar="ID", help="[default: made of the name]")
def department(
    data: str, as_of: date | None, name: str | None, contact: str | None, lead: str | None, ident: str | None
) -> Exit:
    """Add a department, which has no partners yet."""
    checked, playbook = edits.begin(data, as_of)
    entry = _called(name, "Name of the department", ident)
    entry |= {"contact": contact} if contact else {}
    entry |= {"lead": lookup.somebody_here(playbook, lead).id} if lead else {}
    file = "partners.yml" if "partners.yml" in checked.documents else f"partners/{entry['id']}.yml"
    return _added(data, checked, file, "departments", entry | {"partners": []}, as_of)


@new.command()
@data_input
@click.option("--name", help="The person's name.")
@click.option("--email", metavar="ADDRESS", help="Where others write to.")
@click.option("--department", metavar="ID", help="Where the person works.")
@click.option("--id", "ident", metavar="ID", help="[default: made of the name]")
def person(
    data: str, as_of: date | None, name: str | None, email: str | None, department: str | None, ident: str | None
) -> Exit:
    """Add a person, who can then own partners.

    Where nobody is listed yet, everybody whom the data names is listed as well: whoever is named has to be, once people
    are.
    """
    checked, playbook = edits.begin(data, as_of)
    entry = _called(name, "Name of the person", ident)
    entry |= {"email": email} if email else {}
    if department:
        entry["department"] = _department(playbook, department).id
    if "people.yml" in checked.documents:
        return _added(data, checked, "people.yml", "people", entry, as_of)
    texts, named = _everybody(checked, entry)
    content = f"{new_file('people', entry)}{''.join(f'  {item(one, 2)}{chr(10)}' for one in named)}"
    if has_modeline(checked.documents["taxonomy.yml"].text):
        content = with_modeline(content, "people.yml")
    return edits.finish(data, checked, {**texts, "people.yml": content}, as_of)


def _everybody(checked: Loaded, first: dict[str, Any]) -> tuple[dict[str, str], list[dict[str, Any]]]:
    """The people whom the data names, but for the first one, and the files in which they are named by their new ids."""
    texts: dict[str, str] = {}
    people = {first["id"]: first}
    for file, document in checked.documents.items():
        if document.data is None:
            continue
        draft = Draft(document)
        for reference in references(file, document.data, checked.custom):
            if reference.kind == "person":
                ident = id_made_of(reference.written, f"write a name with letters or digits in {file}")
                name = reference.written if ident != reference.written else ident.replace("-", " ").title()
                people.setdefault(ident, {"id": ident, "name": name})
                if ident != reference.written:
                    draft.replace(reference.route, ident)
        texts[file] = draft.text()
    return texts, [one for one in people.values() if one is not first]


def _called(name: str | None, question: str, ident: str | None) -> dict[str, Any]:
    """The id and the name that an entry begins with."""
    ask = Questions()
    called = ask.answer("--name", name, question, filled)
    if called is None:
        raise ask.unanswered()
    return {"id": ident or id_made_of(called, _ADD_ID), "name": called}


def _added(data: str, checked: Loaded, file: str, name: str, entry: dict[str, Any], as_of: date | None) -> Exit:
    """The file with this entry in its list; begun where it is not there yet."""
    if file not in checked.documents:
        content = new_file(name, entry)
        if has_modeline(checked.documents["taxonomy.yml"].text):
            content = with_modeline(content, file)
        return edits.finish(data, checked, {file: content}, as_of)
    draft = Draft(checked.documents[file])
    draft.add((name,), entry)
    return edits.finish(data, checked, {file: draft.text()}, as_of)


def _company(playbook: Playbook, name: str, ident: str | None) -> dict[str, Any]:
    """The id of a partner, and its name where no other entry has it."""
    namesakes = [partner for partner in playbook.partners.values() if partner.name.casefold() == name.casefold()]
    wanted = ident or (namesakes[0].id if namesakes else id_made_of(name, _ADD_ID))
    known = playbook.partners.get(wanted)
    if known is not None and known.name.casefold() != name.casefold():
        hint = "add --name with that name if it is the same company, else --id with another id"
        raise click.UsageError(f"{wanted!r} is the id of {known.name!r}: {hint}")
    return {"id": wanted} if known is not None else {"id": wanted, "name": name}


def id_made_of(name: str, otherwise: str) -> str:
    """The id that a name gives; click.UsageError where it gives none, with what to do `otherwise`."""
    ident = slug(name)
    if not ident:
        raise click.UsageError(f"no id can be made of {name!r}: {otherwise}")
    return ident


def filled(text: str) -> str:
    """The text, which may not be empty (click.UsageError)."""
    if not text.strip():
        raise click.UsageError("it cannot be empty")
    return text.strip()


def _department(playbook: Playbook, text: str) -> Department:
    return lookup.named("department", playbook.departments, text)


def types_named(checked: Loaded, text: str) -> list[str]:
    """The ids of the types that are named, with commas between them; click.UsageError where one is not known."""
    type_ids = []
    for written in filter(None, map(str.strip, text.split(","))):
        type_id, problem = checked.type_names.find(written)
        if problem is not None:
            raise click.UsageError(f"{problem.message}: {problem.hint}")
        type_ids.append(str(type_id))
    if not type_ids:
        raise click.UsageError("name at least one type")
    return list(dict.fromkeys(type_ids))


def _owner(playbook: Playbook, text: str) -> str:
    return _NOBODY if text.strip().casefold() == _NOBODY else lookup.somebody_here(playbook, text).id
