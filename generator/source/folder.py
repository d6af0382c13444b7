"""Which data files a folder holds, which it lacks, and which nobody will read.  Opens none of them."""

from __future__ import annotations

import os
import stat
from collections.abc import Sequence
from pathlib import Path

from generator.problems import Place, Problem, define_error, nearest

NO_DATA_FOLDER = define_error(
    "no-data-folder",
    "The data folder is not there",
    meaning="The folder that should hold taxonomy.yml and partners.yml does not exist, or is no folder.",
    fix="Check the spelling of the folder after --data, and the folder in which you run the command.",
)
MISSING_FILE = define_error(
    "missing-file",
    "A file that is needed is missing",
    meaning="The site cannot be made without taxonomy.yml, and without partners.yml or a file in partners/.",
    fix="Create the file, or bring it back from an earlier version. All other data files are optional.",
)
UNKNOWN_FILE = define_error(
    "unknown-file",
    "A data file that nobody reads",
    meaning="A YAML file in the data folder has a name that means nothing here, or stands in a folder that is not "
    "read, so what it says would be ignored.",
    fix="Give it one of the known names (ending in .yml), or move it out of the data folder. Files of departments "
    "stand in partners/ itself, not in folders of it.",
)
NOT_A_FILE = define_error(
    "not-a-file",
    "Something else stands where a file should be",
    meaning="Data is read from ordinary files only. A symbolic link, a folder or a device under the name of a data "
    "file is refused, and so is a link in partners/ that leads to a folder: nothing outside the data folder is read by "
    "accident.",
    fix="Replace it with an ordinary file that holds the data, or delete it.",
)
UNREADABLE = define_error(
    "unreadable-file",
    "A file that cannot be read",
    meaning="The computer refused to open the file or the folder, usually because you lack the permission to read it.",
    fix="Ask whoever owns the file for permission to read it, or check its permissions yourself.",
)

NEEDED = ("taxonomy.yml", "partners.yml")
KNOWN = (
    *NEEDED,
    *("people.yml", "portfolio.yml", "strategy.yml", "toolkit.yml", "rules.yml", "sources.yml", "settings.yml"),
)
DEPARTMENTS = "partners"
LOGOS = "logos"
_KNOWN = ", ".join((*KNOWN, f"{DEPARTMENTS}/*.yml"))
HISTORY = "history.jsonl"
"""What `playbook snapshot` writes: the only data file that is not YAML."""

_KINDS = {
    stat.S_IFLNK: "a symbolic link",
    stat.S_IFDIR: "a folder",
    stat.S_IFIFO: "a pipe",
    stat.S_IFSOCK: "a socket",
}


def kind(mode: int) -> str:
    """What a file that is no regular file is, in words; `mode` is its st_mode."""
    return _KINDS.get(stat.S_IFMT(mode), "a device")


def data_files(folder: Path) -> tuple[dict[str, Path], list[Problem]]:
    """The data files of `folder`, by name relative to it, in a fixed order; and what is wrong with them."""
    try:
        names = sorted(os.listdir(folder))
    except (FileNotFoundError, NotADirectoryError):
        message = f"there is no data folder {str(folder)!r}"
        hint = "check the folder after --data, and where you run the command"
        return {}, [Problem(NO_DATA_FOLDER, message, Place(), hint)]
    except OSError as error:
        return {}, [unreadable(error, "")]
    departments, problems = _departments(folder / DEPARTMENTS) if DEPARTMENTS in names else ([], [])
    files: dict[str, Path] = {}
    for known in KNOWN:
        if known in names:
            files[known] = folder / known
        if known == "partners.yml":
            files.update({f"{DEPARTMENTS}/{name}": folder / DEPARTMENTS / name for name in departments})
    if HISTORY in names:
        files[HISTORY] = folder / HISTORY
    problems += [_unknown(name, name, KNOWN) for name in names if looks_like_data(name) and name not in KNOWN]
    problems += _elsewhere(folder)
    for needed in NEEDED:
        # A partners/ folder that is itself in trouble has said so; one error is enough.
        instead = needed == "partners.yml" and (departments or any(p.place.file == DEPARTMENTS for p in problems))
        if needed not in names and not instead:
            problems.append(Problem(MISSING_FILE, f"{needed} is missing", Place(needed), _how_to_add(needed)))
    return files, problems


def _departments(folder: Path) -> tuple[list[str], list[Problem]]:
    """The names of the files in partners/."""
    try:
        if not stat.S_ISDIR(mode := folder.lstat().st_mode):
            what = kind(mode) if not stat.S_ISREG(mode) else "a file"
            message = f"{DEPARTMENTS} is {what}, not a folder"
            return [], [Problem(NOT_A_FILE, message, Place(DEPARTMENTS), "put an ordinary folder in its place")]
        inside = sorted(os.listdir(folder))
    except OSError as error:
        return [], [unreadable(error, DEPARTMENTS)]
    names = [name for name in inside if looks_like_data(name)]
    good = [name for name in names if name.endswith(".yml") and name.isprintable()]
    problems = [_unknown(f"{DEPARTMENTS}/{name}", name, ()) for name in names if name not in good]
    return good, problems + [_link(name) for name in inside if name not in names and _leads_away(folder / name)]


def _leads_away(path: Path) -> bool:
    """Whether something is a link to a folder, or to nothing: there may be data behind it, which nobody reads."""
    return not path.name.startswith(".") and path.is_symlink() and not os.path.isfile(path)  # noqa: PTH113 - it raises nothing


def _link(name: str) -> Problem:
    safe = _safe(f"{DEPARTMENTS}/{name}")
    hint = f"put the files of departments themselves into {DEPARTMENTS}/, or delete the link"
    return Problem(NOT_A_FILE, f"{safe} is a symbolic link, and links are not followed", Place(safe), hint)


def _elsewhere(folder: Path) -> list[Problem]:
    """YAML files in folders that nobody reads, however deep, where it would be lost without a word."""
    problems = []
    for root, inside, names in os.walk(folder):
        # A folder that is named like a file is refused where it stands, and so is whatever is no logo beside logos.
        names += filter(looks_like_data, inside)
        inside[:] = sorted(name for name in inside if not name.startswith(".") and not looks_like_data(name))
        match Path(root).relative_to(folder).parts:
            case ():
                inside[:] = [name for name in inside if name != LOGOS]
            case (first, *deeper) if deeper or first != DEPARTMENTS:
                problems += [_lost(first, [*deeper, name]) for name in sorted(names) if looks_like_data(name)]
    return problems


def _lost(first: str, rest: Sequence[str]) -> Problem:
    """The problem for a file below the folder `first`; files of one name in two folders are told two places."""
    near = f"{first.casefold()}.yml"
    if near == "partners.yml":
        near = f"{DEPARTMENTS}/{Path('-'.join(rest)).stem}.yml"
    named = near in KNOWN or near.startswith(f"{DEPARTMENTS}/")
    hint = f"did you mean {near!r}? " if named and near.isprintable() else ""
    hint += f"data stand in no folder but {DEPARTMENTS}/, and in none within that; known files: {_KNOWN}"
    safe = _safe("/".join((first, *rest)))
    return Problem(UNKNOWN_FILE, f"{safe} stands in a folder that is not read", Place(safe), hint)


def unreadable(error: OSError, file: str) -> Problem:
    """The problem for an OSError that came while opening or reading `file`."""
    reason = (error.strerror or type(error).__name__).lower()
    return Problem(UNREADABLE, f"cannot be read: {reason}", Place(file), "check its permissions")


def looks_like_data(name: str) -> bool:
    return not name.startswith(".") and name.casefold().endswith((".yml", ".yaml"))


def _unknown(path: str, name: str, known: tuple[str, ...]) -> Problem:
    """`path` is refused; one of `known`, or the same name with the right ending, is proposed."""
    stem, _, _ = name.rpartition(".")
    near = nearest(f"{stem}.yml", known or [f"{stem}.yml"])
    hint = f"did you mean {near!r}? " if near and near.isprintable() else ""
    hint += f"known files: {_KNOWN}"
    safe = _safe(path)
    return Problem(UNKNOWN_FILE, f"{safe} is not the name of a data file", Place(safe), hint)


def _safe(path: str) -> str:
    """A name may hold bytes and characters that cannot be printed; a place must be printable."""
    return path if path.isprintable() else ascii(path)[1:-1]


def _how_to_add(needed: str) -> str:
    if needed == "partners.yml":
        return "create partners.yml, or a file for a department in partners/"
    return "create it; the one that comes with this project is a good start"
