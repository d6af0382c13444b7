"""How every command that changes the data ends: the result is checked, told in words, and written whole or not."""

from __future__ import annotations

import errno
from codecs import BOM_UTF8
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from pathlib import Path

import click

from generator import loading
from generator.boundary import Exit
from generator.cli.options import data_folder, free_of_errors
from generator.cli.proposals import schemas_of
from generator.compare import difference
from generator.editing import SCHEMAS
from generator.model import Playbook
from generator.problems import Problem
from generator.reports import differences, text
from generator.reports.printable import printable
from generator.sinks import Refused, files, reason_of
from generator.sinks.lock import locked
from generator.source import Document
from generator.words import series

_SHOWN = 25
"""How many changes of a kind are told: an import may bring thousands."""


def begin(data: str, as_of: date | None, *, writes: bool = True) -> tuple[loading.Loaded, Playbook]:
    """The data as it stands; a report of its errors, and the end, where it has any: nothing is built on those.

    Where the command `writes`, no other one changes the data between this look at it and the command's end.
    """
    if writes:
        hold(data)
    return free_of_errors(data, as_of, "Nothing is changed: the data must be free of errors first.\n")


def hold(data: str) -> None:
    """Keep the data folder to this command until it ends; where another one has it, say so and wait."""
    click.get_current_context().with_resource(locked(data_folder(data), _waiting))


def _waiting() -> None:
    click.echo("Another command is changing the data; waiting for it.", err=True)


Refusal = Callable[[Sequence[Problem], Mapping[str, Document], str], None]
"""Says that errors, in the data as it would be, forbid a change; gets the errors, that data, and its folder's name."""


def refuse(errors: Sequence[Problem], documents: Mapping[str, Document], data: str) -> None:
    """Report the errors where they would stand in the data files."""
    click.echo("The change would bring errors into the data, so nothing is written:\n", err=True)
    click.echo(text.report(errors, documents, data), nl=False, err=True)


def finish(
    data: str,
    checked: loading.Loaded,
    texts: Mapping[str, str | None],
    as_of: date | None,
    *,
    dry_run: bool = False,
    refusal: Refusal = refuse,
    beside: Mapping[Path, bytes] | None = None,
    nothing: str = "Nothing changes: the data says so already.",
) -> Exit:
    """Give data files new texts, if what comes of it has no errors; None takes a file away.

    Prints what changes, in terms of partners, and which files are written; `nothing` where the data stays as it is.
    The files `beside` the data are written with it, and without it where nothing changes there or it is a dry run.
    """
    assert checked.playbook is not None
    before = {file: _text(Path(data, file)) for file in texts}
    before |= {file: document.text for file, document in checked.documents.items()}
    new = {file: text for file, text in texts.items() if text != before.get(file)}
    if not new:
        write(Path(data), {}, {}, beside)
        click.echo(nothing)
        return Exit.FINE
    then = {file: text for file, text in {**before, **new}.items() if text is not None}
    after = loaded_with(data, then, as_of, checked.playbook.as_of, checked)
    if after.playbook is None:
        refusal(after.errors, after.documents, data)
        return Exit.PROBLEMS
    playbook, after = after.playbook, after.bare()
    new |= stale_schemas(data, playbook)
    if changes := difference(checked.playbook, playbook, (checked.findings, after.findings)):
        click.echo(differences.text(changes, _SHOWN))
    gone = [file for file, text in new.items() if text is None]
    written = {file: text for file, text in new.items() if text is not None}
    write(Path(data), {} if dry_run else new, {Path(data, file): text for file, text in before.items()}, beside)
    if dry_run:
        too = f", and {named(gone, data)} would be gone" if gone else ""
        click.echo(f"The data stays as it is: {named(written, data)} would be written{too}.")
        return Exit.FINE
    click.echo(f"Written: {named(written, data)}.{f' Gone: {named(gone, data)}.' if gone else ''}")
    return Exit.FINE


def loaded_with(
    data: str, texts: Mapping[str, str], as_of: date | None, today: date, near: loading.Loaded | None = None
) -> loading.Loaded:
    """What can be said of a data folder whose files have these texts, and of which nothing else is looked at.

    `near` is another state of it, of which most may be just so.
    """
    # Not a copy of the folder: what else lies in it may be a pipe, unreadable, or large.
    with files.temporary_folder(_bytes(texts, Path(data))) as folder:
        return loading.load_folder(folder, as_of, today, near)


def stale_schemas(data: str, playbook: Playbook) -> dict[str, str]:
    """What the schemas beside the data should say that lack an id, or have one too many."""
    folder = Path(data)
    schemas = schemas_of(playbook) if (folder / SCHEMAS).is_dir() else {}
    return {file: text for file, text in schemas.items() if _text(folder / file) != text}


def _text(path: Path) -> str:
    return (files.content(path) or b"").decode("utf-8", "replace").removeprefix("\ufeff")


_FORBIDDEN = (errno.EACCES, errno.EPERM, errno.EROFS)


def write(
    folder: Path,
    new: Mapping[str, str | None],
    before: Mapping[Path, str],
    beside: Mapping[Path, bytes] | None = None,
) -> None:
    """Write files below the data folder, and those `beside` it that do not hold this yet: all, or none.

    Where the new text is None, the file goes.  Refused, with nothing written, where one does not have its text of
    `before` any more, and where one cannot be written.
    """
    beside = beside or {}
    written = {*beside, *(folder / file for file in new)}
    try:
        for path, old in before.items():
            if path in written and _text(path) != old:
                raise Refused(f"{path} was changed by somebody else in the meantime; nothing is written")
        others = {path: content for path, content in beside.items() if files.content(path) != content}
        gone = [file for file, text in new.items() if text is None]
        kept = {file: text for file, text in new.items() if text is not None}
        files.renew_all(folder, {**_bytes(kept, folder), **dict.fromkeys(gone)}, others)
    except OSError as error:
        where = Path(error.filename or folder)
        hint = f": make {where.parent} writable, or work with a copy in another folder"
        hint = hint if where in beside and error.errno in _FORBIDDEN else ""
        raise Refused(f"{where} cannot be written: {reason_of(error)}; nothing is changed{hint}") from error


def _bytes(texts: Mapping[str, str], folder: Path) -> dict[str, bytes]:
    return {file: encoded(folder / file, text) for file, text in texts.items()}


def encoded(path: Path, text: str) -> bytes:
    """What to write; a file that begins with a byte order mark keeps it."""
    marked = (files.content(path) or b"").startswith(BOM_UTF8)
    return BOM_UTF8 * marked + text.encode()


def named(new: Collection[str], data: str, beside: Collection[Path] = ()) -> str:
    """The files of the data folder, and those beside it, as a series of names."""
    # That the schemas follow goes without saying.
    own = [file for file in new if not file.startswith(f"{SCHEMAS}/")] or ([] if beside else [*new])
    return series(printable(name) for name in [*(f"{data.rstrip('/')}/{file}" for file in own), *map(str, beside)])
