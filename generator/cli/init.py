"""The command that begins a new company's playbook."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from generator import loading
from generator.boundary import Exit
from generator.cli import edits
from generator.cli.new import filled, ident_of, types_named
from generator.cli.options import data_input
from generator.cli.proposals import schemas_of
from generator.cli.questions import Questions
from generator.editing import first_files, with_types
from generator.reports import text
from generator.reports.printable import printable
from generator.sinks import Refused, files
from generator.words import count

_ALL = "all"


@click.command()
@data_input
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--company", help="The company's name.")
@click.option("--department", help="The name of the department where partners are expected to be managed.")
@click.option("--types", metavar="TYPES", help=f"The partner types that you have, with commas, or {_ALL!r}.")
def init(
    data: str, as_of: date | None, folder: Path, company: str | None, department: str | None, types: str | None
) -> Exit:
    """Begin a new company's data in the folder DIR.

    The taxonomy is that of --data, cut down to the types that you name; what is not given as an
    option is asked for.
    """
    files.check_new(folder)
    checked, playbook = edits.begin(data, as_of)
    ask = Questions()
    called = ask.answer("--company", company, "Name of the company", filled)
    home = ask.answer("--department", department, "Department where partners are expected to be managed", filled)
    question = f"Partner types, with commas ({', '.join(playbook.types)}), or {_ALL!r}"
    chosen = ask.answer(
        "--types",
        types,
        question,
        lambda given: list(playbook.types) if given.strip().casefold() == _ALL else types_named(checked, given),
    )
    if called is None or home is None or chosen is None:
        raise ask.unanswered()
    taxonomy = with_types(checked.documents["taxonomy.yml"], chosen)
    with files.new_folder(folder) as place:
        for name, content in first_files(called, {"id": ident_of(home, None), "name": home}, taxonomy).items():
            (place / name).write_text(content, encoding="utf-8", newline="")
        begun = loading.load_folder(place, as_of, date.today())
        if begun.playbook is None:
            click.echo(text.report(begun.problems, begun.documents, str(folder)), nl=False, err=True)
            raise Refused("the playbook cannot be begun like this; nothing is written")
        files.renew_all(place, {name: content.encode() for name, content in schemas_of(begun.playbook).items()})
    shown = printable(str(folder))
    click.echo(f"{shown} holds the playbook of {printable(called)}, with {count(len(chosen), 'partner type')}.")
    click.echo(f"Next: `playbook new person --data {shown}`, `playbook new partner --data {shown}`,")
    click.echo(f"then `playbook serve --data {shown}` to see the site.")
    return Exit.FINE
