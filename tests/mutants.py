"""`python -m tests.mutants EVERY [ROOM ...]`: changes a room's code in many small ways, and runs its tests on each.

Of all these mutants one of EVERY is tried.  What no test minds is listed in mutants/ROOM.txt, with the difference.
Ends with 1 where fewer than 90% die in a room.
"""

from __future__ import annotations

import ast
import json
import resource
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import chdir
from pathlib import Path
from typing import NamedTuple

from tests.kit import ROOT

WORK = ROOT / "mutants"
SHARE = 0.9
COPIED = ("generator", "tests", "pyproject.toml", "README.md", "CONTRIBUTING.md")
# A change can make a loop that asks for memory without end.
MEMORY = 4 * 2**30
# How a process of mutmut ends that could not run the tests.
REFUSED = 255


class Room(NamedTuple):
    """The files of generator/ that are changed, and the names of those of tests/ that have to see it.

    `long` is for rooms of which only tests marked so see much: those of what commands do one after the other.
    """

    code: str
    tests: str
    long: bool = False


ROOMS = {
    "markdown": Room("markdown.py", "test_markdown.py test_render.py"),
    "sinks": Room("sinks/*.py", "test_sinks.py test_sinks_trouble.py test_snapshot.py test_kept.py"),
    "source": Room(
        "source/*.py",
        "test_source.py test_source_words.py test_secrets.py test_git_input.py test_editing_comments.py test_slips.py"
        " test_pieces.py test_logos.py",
    ),
    "editing": Room(
        "editing/*.py",
        "test_editing.py test_editing_drafts.py test_editing_layouts.py test_editing_comments.py test_editing_rename.py"
        " test_editing_values.py test_editing_nodes.py test_editing_empty.py test_edit_commands.py test_reorganizing.py"
        " test_reorganizing_layouts.py test_init.py",
        long=True,
    ),
    "exchange": Room(
        "exchange/*.py",
        "imports/test_days.py imports/test_notation.py test_exchange.py test_exchange_words.py"
        " test_exchange_round_trip.py test_csv_guard.py imports/test_identity.py imports/test_three_way.py"
        " imports/test_cells.py imports/test_crm.py imports/test_first_time.py imports/test_foreign_ids.py"
        " imports/test_custom_fields.py imports/test_workbook.py imports/test_questions.py imports/test_asking.py"
        " imports/test_json.py imports/test_sheets.py imports/test_progress.py",
    ),
    "sheets": Room(
        "exchange/sheets/*.py",
        "test_exchange_reading.py test_import_bombs.py imports/test_sheets.py imports/test_json.py",
    ),
    "findings": Room("findings/*.py", "findings test_rules.py test_states.py"),
}


class Tally(NamedTuple):
    """How a run ended: what died, how much of that by running out of time, and what lives, by name.

    What could not be tried counts as living, such as where pytest does not find a test again by its id.
    """

    dead: int
    late: int
    alive: list[str]
    refused: int

    @property
    def share(self) -> float:
        return self.dead / max(1, self.dead + len(self.alive))


def try_room(name: str, every: int) -> Tally:
    """Run the tests of a room on each of its mutants, or on one of so many, in a copy of the repository."""
    room, copy = ROOMS[name], WORK / name
    shutil.rmtree(copy, ignore_errors=True)
    copy.mkdir(parents=True)
    for each in COPIED:
        if (ROOT / each).is_dir():
            shutil.copytree(ROOT / each, copy / each, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy2(ROOT / each, copy / each)
    paths = sorted(copy.glob(f"generator/{room.code}"))
    for path in paths:
        path.write_text(undecorated(path.read_text("utf-8")), "utf-8")
    settings = (copy / "pyproject.toml").read_text("utf-8")
    tests = [f"tests/{each}" for each in room.tests.split()]
    code = [path.relative_to(copy).as_posix() for path in paths]
    table = f"[tool.mutmut]\nonly_mutate = {code}\npytest_add_cli_args_test_selection = {tests}\n"
    settings = settings.replace(" and not long", "") if room.long else settings
    (copy / "pyproject.toml").write_text(settings.replace("[tool.mutmut]\n", table), "utf-8")
    # Without names, mutmut tries all.
    mutmut(copy, "run", *([] if every == 1 else list(_names(copy, paths))[::every]))
    return tally(copy)


def undecorated(source: str) -> str:
    """The same module with each `@d` above a function as `f = d(f)` below it: mutmut passes by what is decorated."""
    lines = source.splitlines()
    tree = ast.parse(source)
    scopes: list[ast.Module | ast.ClassDef] = [tree, *(node for node in tree.body if isinstance(node, ast.ClassDef))]
    functions = [node for scope in scopes for node in scope.body if isinstance(node, ast.FunctionDef)]
    for function in sorted(functions, key=lambda node: node.lineno, reverse=True):
        decorators = [ast.unparse(each) for each in function.decorator_list]
        if not decorators or decorators[0] in ("staticmethod", "classmethod", "overload"):
            continue
        indent = " " * function.col_offset
        called = "".join(f"{each}(" for each in decorators) + function.name + ")" * len(decorators)
        lines.insert(function.end_lineno or 0, f"{indent}{function.name} = {called}")
        first = function.decorator_list[0].lineno - 1
        del lines[first : function.lineno - 1]
    return "\n".join(lines) + "\n"


def _names(copy: Path, paths: list[Path]) -> Iterator[str]:
    from mutmut.configuration import reset_config
    from mutmut.mutation.file_mutation import mutate_file_contents
    from mutmut.utils.format_utils import get_mutant_name

    with chdir(copy):
        reset_config()
        for path in (path.relative_to(copy) for path in paths):
            for function in mutate_file_contents(str(path), path.read_text("utf-8")).mutant_names:
                yield get_mutant_name(path, function)


def tally(copy: Path) -> Tally:
    """Read how each mutant of a run ended."""
    from mutmut.stats import status_by_exit_code

    codes: dict[str, int] = {}
    for path in sorted(copy.glob("mutants/generator/**/*.meta")):
        found = json.loads(path.read_text("utf-8"))["exit_code_by_key"]
        codes.update((name, code) for name, code in found.items() if code is not None)
    # mutmut takes what could not be tried for what ran out of time.
    states = {name: "refused" if code == REFUSED else status_by_exit_code[code] for name, code in codes.items()}
    alive = [name for name, state in states.items() if state not in ("killed", "timeout", "segfault")]
    ends = [*states.values()]
    return Tally(len(ends) - len(alive), ends.count("timeout"), alive, ends.count("refused"))


def differences(copy: Path, names: list[str]) -> str:
    """What each of these mutants changes."""
    from mutmut.configuration import reset_config
    from mutmut.mutation.diff_apply import get_diff_for_mutant

    with chdir(copy):
        reset_config()
        return "\n".join(f"# {name}\n{get_diff_for_mutant(name)}\n" for name in names)


def mutmut(folder: Path, *arguments: str) -> None:
    """Run mutmut in a folder."""
    command = Path(sys.executable).with_name("mutmut")
    limit = (MEMORY, MEMORY)
    done = subprocess.run(
        [command, *arguments],
        cwd=folder,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, limit),
    )
    if done.returncode:
        raise SystemExit(f"mutmut {arguments[0]} ended with {done.returncode}")


def main(every: str = "1", *names: str) -> int:
    unknown = [name for name in names if name not in ROOMS]
    if unknown:
        sys.stderr.write(f"There is no room {unknown[0]!r}; the rooms are {', '.join(ROOMS)}.\n")
        return 2
    if not every.isdecimal() or int(every) == 0:
        sys.stderr.write(f"EVERY is {every!r}; a whole number says that one mutant of so many is tried.\n")
        return 2
    few = False
    for name in names or ROOMS:
        found = try_room(name, int(every))
        (WORK / f"{name}.txt").write_text(differences(WORK / name, found.alive), "utf-8")
        few = few or found.share < SHARE
        sys.stdout.write(
            f"{name}: of {found.dead + len(found.alive)} mutants {found.dead} died, {found.share:.1%} "
            f"({found.late} of them ran out of time); what lives is in mutants/{name}.txt\n"
        )
        if found.refused:
            sys.stdout.write(
                f"{name}: the tests of {found.refused} could not be run: does pytest find each again by its id?\n"
            )
    return 1 if few else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
