"""Which format a file is written for: each version of the program reads one format of each kind of file."""

from __future__ import annotations

from generator.problems import Place, Problem, define_error

OTHER_FORMAT = define_error(
    "other-format",
    "Written for another version of the program",
    meaning="Each version of the program reads one format of the data, which `format` in settings.yml names (1, if "
    "left out), and one format of baselines, which their first line names. This is another one. Nothing else is said "
    "about what is written in a newer format, because whatever looks wrong may be right there.",
    fix="If the format is newer, raise partner-playbook in requirements.txt to the version that wrote it, and install "
    "that: `pip install -r requirements.txt`. If it is older, run `playbook upgrade`, and review what it changes.",
)


def other_format(what: str, written: int, known: int, place: Place, upgrade: str) -> Problem | None:
    """The problem of something written for another format than the one that is known; None where it is that one.

    `upgrade` is the command that rewrites an older one.
    """
    if written == known:
        return None
    message = f"{what} is written for format {written}, and this version of the program reads format {known}"
    newer = "upgrade the program: raise partner-playbook in requirements.txt, and install that version"
    return Problem(OTHER_FORMAT, message, place, newer if written > known else f"run `{upgrade}`")
