"""One boundary around all commands: whatever happens ends in a short message and an exit code."""

from __future__ import annotations

import errno
import io
import sys
import traceback
from enum import IntEnum
from typing import Any

import click

from generator.reports.printable import printable
from generator.sinks import Refused, files


class Exit(IntEnum):
    """What a command's exit code says."""

    FINE = 0
    PROBLEMS = 1
    """Problems in the data, or in what stands beside it in the site."""
    USAGE = 2
    BUG = 3
    INTERRUPTED = 130


# The computer's answers, not our mistakes: no permission, no room, an address in use.
_PLAIN = (errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOSPC, errno.EDQUOT, errno.EADDRINUSE, errno.EADDRNOTAVAIL)


class Guarded(click.Group):
    """A group of commands that return an Exit; nobody is shown a traceback."""

    def main(self, *args: Any, **extra: Any) -> Any:
        for stream in (sys.stdout, sys.stderr):
            if hasattr(stream, "reconfigure"):
                stream.reconfigure(errors="backslashreplace")
        extra["standalone_mode"] = False
        try:
            sys.exit(super().main(*args, **extra))
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
        except OSError as error:
            if error.errno not in _PLAIN:
                _crash()
            _refuse(": ".join(str(part) for part in (error.filename, error.strerror) if part))
        except Exception:  # noqa: BLE001 - this is what the boundary is for
            _crash()


def _refuse(*reasons: str) -> None:
    for reason in reasons:
        click.echo(f"Error: {printable(reason)}", err=True)
    sys.exit(Exit.USAGE)


def _crash() -> None:
    click.echo(crash_report(), err=True)
    sys.exit(Exit.BUG)


def crash_report() -> str:
    """Save the traceback of the exception that is being handled, and say where."""
    path = files.log(traceback.format_exc())
    return (
        "This is a bug of playbook, not of your data.\n"
        f"What happened is written down in {path}; please send that file to whoever looks after playbook."
    )
