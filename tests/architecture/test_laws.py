"""The laws that keep the generator a one-way street; each test holds one of them."""

from __future__ import annotations

import ast
import re
import sys
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import click
import pytest

from generator.cli import main
from tests.kit import RICH, ROOT, contents, ran

GENERATOR = ROOT / "generator"
MODULES = sorted(GENERATOR.rglob("*.py"))
TEMPLATES = sorted((GENERATOR / "templates").rglob("*.j2"))


def _rooms() -> dict[str, set[str]]:
    """What each part of generator/ may import of the others, as ARCHITECTURE.md says."""
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(\w+)` \| [^|]+ \| ([^|]+) \|$", text, re.MULTILINE)
    return {room: set(re.findall(r"`(\w+)`", others)) for room, others in rows}


MAY_IMPORT = _rooms()

# Everything else that is imported comes with Python.
THIRD_PARTY: dict[str, set[str]] = {
    "markdown": {"conversion", "mkdocs_plugin"},
    "detect_secrets": {"source"},
    "phonenumbers": {"findings"},
    "click": {"cli", "boundary", "reports"},
    "mkdocs": {"mkdocs_plugin"},
    "filelock": {"sinks"},
    "platformdirs": {"sinks"},
    "watchdog": {"mkdocs_plugin"},
    "jinja2": {"render", "mkdocs_plugin"},
    "pydantic": {"schema"},
    "pydantic_core": {"schema"},
    "anyascii": {"schema"},
    "openpyxl": {"exchange"},
    "sqlalchemy": {"sources"},
    "packaging": {"cli"},
    "yaml": {"source", "editing", "mkdocs_plugin"},
}

# Who may touch the disk, and who may ask what the time or the environment is.
OPENS_FILES = {"cli", "boundary", "mkdocs_plugin", "sinks", "source", "sources"}
# Of the room that brings spreadsheets in, one folder reads them.
READS_SHEETS = GENERATOR / "exchange" / "sheets"
KNOWS_THE_WORLD = {"cli", "mkdocs_plugin", "__main__"}

FILE_CALLS = {
    *("open", "read_text", "read_bytes", "write_text", "write_bytes", "mkdir", "makedirs", "touch", "unlink", "rmdir"),
    *("rename", "listdir", "scandir", "iterdir", "glob", "rglob", "symlink_to", "hardlink_to"),
}
FILE_MODULES = {"shutil", "subprocess", "tarfile", "tempfile"}
WORLD_NAMES = {
    *("datetime.now", "datetime.utcnow", "datetime.today", "date.today", "Path.cwd", "Path.home", "os.environ"),
    *("os.environb", "os.getenv", "os.getcwd", "os.getcwdb", "os.urandom", "os.path.abspath", "os.path.expanduser"),
}
WORLD_MODULES = {"locale", "platform", "random", "secrets", "socket", "time", "uuid"}


def part(path: Path) -> str:
    """The part of generator/ that a file belongs to: a module, or the package it stands in."""
    first = path.relative_to(GENERATOR).parts[0]
    return first.removesuffix(".py")


@cache
def nodes(path: Path) -> list[ast.AST]:
    """All of a file's syntax, for looking at alone: all laws look at the same."""
    return list(ast.walk(ast.parse(path.read_text(encoding="utf-8"), str(path))))


def imported(path: Path) -> Iterator[tuple[int, str]]:
    """Every import of a file, as line and full name; `from generator import x` gives `generator.x`."""
    for node in nodes(path):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: imports are written out in full"
            module = node.module or ""
            if module == "generator":
                yield from ((node.lineno, f"generator.{alias.name}") for alias in node.names)
            else:
                yield node.lineno, module


def called(path: Path) -> Iterator[tuple[int, str]]:
    """The last name of everything that a file calls, with its line."""
    for node in nodes(path):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield node.lineno, node.func.attr
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            yield node.lineno, node.func.id


def dotted(path: Path) -> Iterator[tuple[int, str]]:
    """Every dotted name of a file, such as `os.environ`, also where it is reached through its module."""
    for node in nodes(path):
        if isinstance(node, ast.Attribute):
            names = ast.unparse(node).split(".")
            yield from ((node.lineno, ".".join(names[start:])) for start in range(len(names) - 1))


def named(found: Iterator[tuple[int, str]], path: Path, forbidden: set[str]) -> list[str]:
    return [f"{path.relative_to(ROOT)}:{line}: {name}" for line, name in found if name in forbidden]


def test_every_part_has_a_row() -> None:
    """A new module is given its place in the table before it is used, and the table names no room that is gone."""
    assert {part(path) for path in MODULES} == set(MAY_IMPORT)


def test_every_row_is_used() -> None:
    """What the table allows is what the code does: an arrow that nobody takes is not drawn."""
    taken: dict[str, set[str]] = {room: set() for room in MAY_IMPORT}
    for path in MODULES:
        for _, name in imported(path):
            top, _, rest = name.partition(".")
            if top == "generator":
                room = rest.split(".")[0]
                taken[part(path)].add(room if room in MAY_IMPORT else "__init__")
    wrong = {room: others - taken[room] for room, others in MAY_IMPORT.items() if others - taken[room]}

    assert not wrong


def test_the_table_runs_one_way() -> None:
    """A part may import only what stands below it, so there can be no circle."""
    rank = {name: place for place, name in enumerate(MAY_IMPORT)}
    wrong = [(name, other) for name in rank for other in MAY_IMPORT[name] if rank[other] <= rank[name]]

    assert not wrong


def test_imports_run_down_the_table() -> None:
    """A part imports itself, what the table allows, the standard library, and third parties where they are at home."""
    wrong = []
    for path in MODULES:
        for line, name in imported(path):
            top, _, rest = name.partition(".")
            if top == "generator":
                other = rest.split(".")[0]
                other = other if other in MAY_IMPORT else "__init__"
                allowed = other == part(path) or other in MAY_IMPORT[part(path)]
            elif top in THIRD_PARTY:
                allowed = part(path) in THIRD_PARTY[top]
            else:
                allowed = top in sys.stdlib_module_names
            if not allowed:
                wrong.append(f"{path.relative_to(ROOT)}:{line}: {name}")

    assert not wrong


def test_a_class_has_its_name_for_itself() -> None:
    """Whoever reads a name knows what it is, wherever it stands."""
    names = Counter(
        node.name
        for path in MODULES
        for node in nodes(path)
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
    )

    assert [name for name, number in names.items() if number > 1] == []


def test_views_build_on_each_other_one_way() -> None:
    """The kit knows no page and no part of one, and parts know no page; pages may take up what others say."""
    below = {"kit": {"kit"}, "parts": {"kit", "parts"}, "pages": {"kit", "parts", "pages"}}
    wrong = [
        f"{path.relative_to(ROOT)}:{line}: {name}"
        for path in MODULES
        if part(path) == "views"
        for line, name in imported(path)
        if name.startswith("generator.views.") and name.split(".")[2] not in below.get(path.parent.name, set())
    ]

    assert not wrong


def test_only_the_edges_touch_files() -> None:
    """Files are opened by the loader, the sinks and the two entrances alone."""
    inside = [path for path in MODULES if part(path) not in OPENS_FILES and READS_SHEETS not in path.parents]
    wrong = [
        line
        for path in inside
        for line in (*named(called(path), path, FILE_CALLS), *named(imported(path), path, FILE_MODULES))
    ]

    assert not wrong


def test_the_core_knows_no_clock_and_no_environment() -> None:
    """Below the two entrances nothing asks for the time, the environment, the working directory or chance."""
    wrong = []
    for path in MODULES:
        if part(path) in KNOWS_THE_WORLD:
            continue
        # The sinks name their work folders by chance, which shows in no page.
        forbidden = WORLD_MODULES - ({"secrets"} if part(path) == "sinks" else set())
        # Git is run without those of its variables that would have it read something else.
        names = WORLD_NAMES - ({"os.environ"} if path == GENERATOR / "source" / "git.py" else set())
        wrong += [*named(dotted(path), path, names), *named(imported(path), path, forbidden)]

    assert not wrong


def test_nothing_depends_on_the_order_of_a_set() -> None:
    """No loop runs over a set as it is made: sets have an order only once they are sorted."""

    def is_set(node: ast.expr) -> bool:
        made = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"set", "frozenset"}
        return made or isinstance(node, ast.Set | ast.SetComp)

    wrong = []
    for path in MODULES:
        iterated = [node.iter for node in nodes(path) if isinstance(node, ast.For | ast.comprehension)]
        # A set made from a set keeps no order, and asks for none.
        inside_sets = {
            id(inner.iter) for node in nodes(path) if isinstance(node, ast.SetComp) for inner in node.generators
        }
        wrong += [f"{path}:{node.lineno}" for node in iterated if is_set(node) and id(node) not in inside_sets]

    assert not wrong


@pytest.mark.long
def test_the_order_of_sets_leaves_no_trace(tmp_path: Path) -> None:
    """Two runs that order their sets differently write the same bytes."""
    trees = []
    for seed in ("1", "2"):
        out = tmp_path / seed
        command = ("-m", "generator", "pages", "--data", RICH, "--as-of", "2026-11-02", "--out", out)
        done = ran(*command, cwd=ROOT, env={"PYTHONHASHSEED": seed})
        assert done.returncode == 0, done.stderr
        trees.append(contents(out))

    assert trees[0]
    assert trees[0] == trees[1]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_templates_cannot_skip_the_escape(path: Path) -> None:
    """No template holds a construct whose result is a plain string that was partly escaped, or a `safe`."""
    text = path.read_text(encoding="utf-8")
    tag = re.search(r"{%[-+]?\s*(macro|call|filter|autoescape|import|from|extends)\b", text)
    block = re.search(r"{%[-+]?\s*set\s+[\w.]+\s*(\||[-+]?%})", text)

    assert not tag
    assert not block
    assert not re.search(r"\|\s*(safe|e|escape|format|join|replace)\b", text)


def _written(node: ast.expr) -> bool:
    """Whether the text stands in the code as it is, or one of two that do."""
    if isinstance(node, ast.IfExp):
        return _written(node.body) and _written(node.orelse)
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


MAKES_PAGES = [path for path in MODULES if part(path) in {"views", "feeds", "render", "site"}]


def test_markup_is_written_down() -> None:
    """Markdown that no escape made stands in the code: it holds no data, and no Md, whose plain form would go."""
    wrong = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in MAKES_PAGES
        for node in nodes(path)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"Md", "md"}
        if not _written(node.args[0])
    ]

    assert not wrong


@pytest.mark.parametrize("path", sorted((ROOT / "generator" / "kit").rglob("*.html")), ids=lambda path: path.name)
def test_the_look_keeps_to_the_common_subset(path: Path) -> None:
    """The kit's templates hold nothing that MiniJinja or Zensical lacks, so that another engine can use them.

    There the nav is no list, and what stands in a thing that is not there ends the build.
    """
    text = path.read_text(encoding="utf-8")
    code = "".join(re.findall(r"{[{%].*?[%}]}", re.sub(r"{#.*?#}", "", text, flags=re.DOTALL), re.DOTALL))
    code = re.sub(r"\"[^\"]*\"|'[^']*'", "''", code)

    assert set(re.findall(r"\|\s*(\w+)", code)) <= {"d", "first", "list", "replace", "selectattr", "url"}
    assert not re.search(r"\bin nav\b(?!\.items)", code)
    assert "page.file." not in code or "if page.file %}" in code
    assert not re.search(r"\.(items|keys|values|split|get|startswith|endswith|format)\(", text)
    assert not re.search(r"{%[-+]?\s*(macro|call|do|autoescape)\b|namespace\(", text)


def acting(path: Path) -> str:
    """What does something in a file: of Python its texts without docstrings and comments, which may give examples."""
    if path.suffix != ".py":
        return path.read_text(encoding="utf-8")
    docstrings = {id(node.value) for node in nodes(path) if isinstance(node, ast.Expr)}
    texts = (node for node in nodes(path) if isinstance(node, ast.Constant) and id(node) not in docstrings)
    return " ".join(str(node.value) for node in texts)


def test_the_generator_knows_no_reference_id() -> None:
    """The taxonomy is data: none of its ids of two words or more stands in the code or in a template."""
    taxonomy = (RICH / "taxonomy.yml").read_text(encoding="utf-8")
    ids = {name for name in re.findall(r"^\s*- (?:{)?id: ([a-z0-9-]+)", taxonomy, re.MULTILINE) if "-" in name}
    # The table of fields and the guide for editors give examples.
    examples = [GENERATOR / "model" / "fields.py", *(GENERATOR / "templates" / "editors").iterdir()]
    sources = [path for path in [*MODULES, *TEMPLATES] if path not in examples]
    words = {word for path in sources for word in re.findall(r"[a-z0-9]+(?:-[a-z0-9]+)+", acting(path))}

    assert len(ids) > 20
    assert not ids & words


def readme() -> str:
    return (ROOT / "README.md").read_text(encoding="utf-8")


def commands() -> dict[str, click.Command]:
    assert isinstance(main, click.Group)
    return {name: command for name, command in main.commands.items() if not command.hidden}


def test_the_readme_lists_every_command() -> None:
    """The commands that README.md names in its table are those that the program has."""
    assert set(re.findall(r"^\| `playbook ([a-z-]+)", readme(), re.MULTILINE)) == set(commands())


def test_the_readme_shows_the_help() -> None:
    """The help that README.md shows is what the program prints."""
    shown = re.search(r"```console\n\$ playbook build --help\n(.*?)```", readme(), re.DOTALL)
    # As on a terminal of 80 columns, whatever this one is.
    program = click.Context(main, info_name="playbook", terminal_width=80, **main.context_settings)
    context = click.Context(commands()["build"], program, info_name="build")

    assert shown
    assert shown[1] == context.get_help() + "\n"


def test_the_readme_names_real_options() -> None:
    """Every `--option` of README.md belongs to a command."""
    known = {option for command in [main, *commands().values()] for param in command.params for option in param.opts}
    named = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", readme()))

    assert named <= known | {"--help", "--from"}  # of uvx


def test_the_readme_names_real_targets() -> None:
    """Every `make x` of README.md is a target that `make help` explains, and none is left out."""
    targets = set(re.findall(r"^([a-z]+):.*##", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))

    assert set(re.findall(r"`make ([a-z]+)`", readme())) == targets - {"help"}


def test_readme_paths_exist() -> None:
    """Files and folders of this repository that README.md links to are there."""
    linked = re.findall(r"\]\((?!https?:|#)([^)#]+)", readme())

    assert linked
    assert [path for path in linked if not (ROOT / path).exists()] == []
