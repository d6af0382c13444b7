"""One boundary around all commands: whatever happens ends in a short message and an exit code."""

from __future__ import annotations

import errno
import io
import os
import re
import sys
import traceback
from enum import IntEnum
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

import click

from generator.reports.printable import printable
from generator.sinks import Refused, files

_PACKAGE = "partner-playbook"
_AGAIN = f"pip install --force-reinstall {_PACKAGE}"
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class Exit(IntEnum):
    """What a command's exit code says."""

    FINE = 0
    PROBLEMS = 1
    """Problems in the data, or in what stands beside it in the site; new ones, where only those are asked for."""
    USAGE = 2
    BUG = 3
    INTERRUPTED = 130


class Guarded(click.Group):
    """A group of commands that return an Exit; nobody is shown a traceback."""

    def main(self, *args: Any, **extra: Any) -> Any:
        for stream in (sys.stdout, sys.stderr):
            if hasattr(stream, "reconfigure"):
                stream.reconfigure(errors="backslashreplace")
        extra["standalone_mode"] = False
        try:
            code = super().main(*args, **extra)
            # Not at the end of the process, where nobody can answer for it: the terminal may be gone, the disk full.
            if sys.stdout is not None:
                sys.stdout.flush()
            sys.exit(code)
        except click.Abort:
            sys.exit(Exit.INTERRUPTED)
        except click.ClickException as error:
            # It shows what was typed, which may have come from a file name.
            shown = io.StringIO()
            error.show(shown)
            click.echo("\n".join(map(printable, shown.getvalue().split("\n"))), nl=False, err=True)
            sys.exit(error.exit_code)
        except Refused as refused:
            _refuse(*refused.reasons)
        except BrokenPipeError:
            # Whoever read what we print has seen enough, as `| head` does: no reason to say anything.
            _drop_output()
            sys.exit(Exit.PROBLEMS)
        except Exception as error:  # noqa: BLE001 - this is what the boundary is for
            reason = answer_of_the_computer(error)
            if reason is None:
                click.echo(crash_report(), err=True)
                sys.exit(Exit.BUG)
            _drop_output()
            _refuse(reason)


def _refuse(*reasons: str) -> None:
    for reason in reasons:
        click.echo(f"Error: {printable(reason)}", err=True)
    sys.exit(Exit.USAGE)


def _drop_output() -> None:
    """Where what is printed can go nowhere, let the interpreter not try once more at its end."""
    if sys.stdout is not None:
        try:
            sys.stdout.flush()
        except (OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def answer_of_the_computer(error: BaseException) -> str | None:
    """What the system refused or handed over, in a sentence: no room, no place, no text.  None for other errors."""
    if isinstance(error, MemoryError):
        return "there is not enough memory for this"
    if isinstance(error, UnicodeEncodeError) and "surrogates" in error.reason:
        # So Python writes bytes of an argument or a file name that are no text.
        return f"this is no text in UTF-8: {error.object[error.start : error.end]!a}"
    if not isinstance(error, OSError) or error.errno is None:
        return _torn_package(with_libraries=isinstance(error, ImportError))
    # Of a copy, the first name is that of what was read.
    where = error.filename2 if error.errno in _NO_ROOM and error.filename2 else error.filename
    return ": ".join(str(part) for part in (where, error.strerror) if part) or "the system refused something"


def _torn_package(*, with_libraries: bool) -> str | None:
    """What to do where files of the program itself, or of the libraries that it needs, are gone; None where all are
    there.
    """
    needed, known = [_PACKAGE], set[str]()
    for name in needed:
        try:
            package = distribution(name)
        except PackageNotFoundError:
            # Whoever runs the program from its repository has not installed it.
            return None if name == _PACKAGE else _torn(name)
        for file in package.files or ():
            # Nothing imports the commands, which stand outside; and Python compiles nothing where it is told so.
            if ".." not in file.parts and file.suffix != ".pyc" and not Path(str(file.locate())).exists():
                return _torn(str(file))
        # What only some systems need, or somebody who asks for it, has its condition after a semicolon.
        libraries = {re.split(r"[^\w.-]", line)[0] for line in package.requires or () if ";" not in line}
        if with_libraries:
            needed += sorted(libraries - known)
            known |= libraries
    return None


def _torn(missing: str) -> str:
    return f"the package {_PACKAGE} is not whole, {missing} is missing; install it again: {_AGAIN}"


def crash_report() -> str:
    """Save the traceback of the exception that is being handled, and say where."""
    trace = traceback.format_exc()
    try:
        where = f"What happened is written down in {files.log(trace)}; please send that file"
    except OSError:
        lines = "\n".join(map(printable, trace.split("\n")))
        where = f"What happened:\n\n{lines}\nPlease send these lines"
    return f"This is a bug of playbook, not of your data.\n{where} to whoever looks after playbook."
