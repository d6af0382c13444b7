"""The command that makes several types of one."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import click

from generator.boundary import Exit
from generator.cli import edits, lookup, questions
from generator.cli.options import data_input, report
from generator.editing import Division, Plan, Undecided, to_decide
from generator.model import Playbook
from generator.problems import suggest
from generator.reports.printable import printable
from generator.schema import slug
from generator.source import load
from generator.words import count, series

_LARGEST = 1_000_000
"""How large a file of decisions may be, in bytes."""


@click.command("split-type")
@data_input
@click.argument("old")
@click.argument("new", nargs=-1, required=True, metavar="NEW...")
@click.option(
    "--decisions",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="What each partner counts as: a line like acme: closing-agent, in YAML.",
)
@click.option("--dry-run", is_flag=True, help="Tell what would change, and write nothing.")
def split_type(
    data: str, as_of: date | None, old: str, new: tuple[str, ...], decisions: Path | None, dry_run: bool
) -> Exit:
    """Make several types of one, and decide of each partner which of them it is.

    OLD and NEW are ids or names; what the taxonomy lacks is made after OLD, which may be among them, too.
    You are asked partner by partner, or --decisions says it for all.  The page of the old type leads to the
    others, and whoever writes its name is told them.
    """
    checked, playbook = edits.begin(data, as_of, writes=not dry_run)
    names = checked.type_names

    def means(written: str) -> str | None:
        return names.find(written)[0]

    divided = means(old) or lookup.named("type", playbook.types, old).id
    types = _types(playbook, divided, new, means)
    plan = Plan(checked.documents, checked.custom)
    waiting = to_decide(plan, divided, means)
    told = _read(decisions, waiting, types) if decisions is not None else {}
    decided: dict[tuple[str, Any], list[str]] = {}
    left = [one for one in waiting if one.key not in told]
    if left and not questions.somebody_there():
        raise click.UsageError(_missing(playbook, divided, left, types, decisions))
    for one in waiting:
        chosen = told.get(one.key) or _asked(playbook, one, types)
        decided[one.file, one.holder] = chosen
    Division(plan, divided, types, means, decided)
    made = [name for ident, name in types.items() if ident not in playbook.types]
    if made:
        click.echo(
            printable(f"{series(made)} begin with the definition of {playbook.types[divided].name}: write their own.")
        )
    return edits.finish(data, checked, plan.texts(), as_of, dry_run=dry_run)


def _types(playbook: Playbook, divided: str, new: Sequence[str], means: Any) -> dict[str, str]:
    """The ids of the types that there are to be, each with its name."""
    found: dict[str, str] = {}
    for written in new:
        known = means(written)
        if known == divided and written.casefold() not in (divided, playbook.types[divided].name.casefold()):
            # Another name of the old type may become a type of its own.
            known = None
        ident = known or slug(written)
        if not ident:
            raise click.UsageError(f"no id can be made of {written!r}")
        if ident in found:
            raise click.UsageError(f"{written!r} is named twice")
        new_name = written.replace("-", " ").title() if ident == written else written
        found[ident] = playbook.types[ident].name if known else new_name
    if len(found) < 2:
        raise click.UsageError(f"a type is split into two or more: `playbook rename {divided} ID` gives it another id")
    return found


def _read(path: Path, waiting: Sequence[Undecided], types: Mapping[str, str]) -> dict[str, list[str]]:
    """What a file decides: for the key of each, one of the types or a list of them."""
    document, problems = load(path, path.name, _LARGEST)
    if document is None or problems or not isinstance(document.data, dict):
        documents = {path.name: document} if document is not None else {}
        if problems:
            click.echo(report(problems, documents, str(path.parent), sys.stderr), nl=False, err=True)
            click.get_current_context().exit(Exit.PROBLEMS)
        raise click.UsageError(f"{path} should have lines like acme: {next(iter(types))}")
    keys, wrong, told = [one.key for one in waiting], [], {}
    for key, value in document.data.items():
        where = f"{path}:{document.place.at(key).line}"
        chosen = [str(one) for one in (value if isinstance(value, list) else [value])]
        if key not in keys:
            wrong.append(f"{where}: nothing of that type is called {key!r}. {suggest(key, keys)}")
        wrong += [
            f"{where}: {one!r} is none of the types. {suggest(one, list(types))}" for one in chosen if one not in types
        ]
        if not chosen:
            wrong.append(f"{where}: {key} needs one of {series(types)}")
        told[str(key)] = list(dict.fromkeys(chosen))
    if wrong:
        raise click.UsageError("\n".join(wrong))
    return told


def _missing(
    playbook: Playbook, divided: str, left: Sequence[Undecided], types: Mapping[str, str], decisions: Path | None
) -> str:
    """What is to be decided, as the lines of a file."""
    # Ids need no care when they are printed.
    lines = "\n".join(f"  {one.key}: {' or '.join(types)}" for one in left)
    name = playbook.types[divided].name
    begin = f"{decisions} lacks" if decisions is not None else "write a file for --decisions with"
    return printable(f"{count(len(left), 'thing')} of the type {name} wait for a decision; {begin} these lines:") + (
        f"\n{lines}"
    )


def _asked(playbook: Playbook, one: Undecided, types: Mapping[str, str]) -> list[str]:
    def read(written: str) -> list[str]:
        chosen = [word.strip() for word in written.split(",")]
        for word in chosen:
            if word not in types:
                raise click.UsageError(f"{word!r} is none of them. {suggest(word, list(types))}")
        return list(dict.fromkeys(chosen))

    partner, _, home = one.key.partition("/")
    known = playbook.partners.get(partner)
    where = f" in {playbook.departments[home].name}" if home in playbook.departments else ""
    name = f"{known.name}{where}" if known is not None else f"the {one.key}"
    question = f"What is {name}: {', '.join(types)}? (commas between several)"
    answer: list[str] = click.prompt(printable(question), value_proc=read)
    return answer
