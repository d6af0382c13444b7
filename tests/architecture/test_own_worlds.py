"""The program is tested on worlds of its own: data/ belongs to the company that uses it."""

from __future__ import annotations

import ast
import re

import pytest

from tests.kit import ROOT

TESTS = ROOT / "tests"
# Where every way there begins: most modules need no second look.
BEGINNINGS = re.compile(r"ROOT|__file__|tests\.sample")
MODULES = sorted(path for path in TESTS.rglob("*.py") if TESTS / "sample" not in path.parents)


def of_repository(node: ast.expr) -> bool:
    """Whether a path begins at the repository, or at the test's own file."""
    names = [
        one.id if isinstance(one, ast.Name) else one.attr if isinstance(one, ast.Attribute) else ""
        for one in ast.walk(node)
    ]
    return "ROOT" in names or "__file__" in names


def is_data(node: ast.expr) -> bool:
    """Whether it is the word data, or a path in a folder of that name."""
    text = node.value if isinstance(node, ast.Constant) else ""
    return isinstance(text, str) and text.split("/")[0] == "data"


def reads(source: str) -> list[int]:
    """The lines that lead to the repository's data/, or to the tests of what is in it."""
    if not BEGINNINGS.search(source):
        return []
    found = [node for node in ast.walk(ast.parse(source)) if leads_there(node) or called_there(node)]
    return [getattr(node, "lineno", 0) for node in found]


def leads_there(node: ast.AST) -> bool:
    """Whether it is a path to data/, or an import from tests/sample/."""
    match node:
        case ast.BinOp(left=left, op=ast.Div(), right=right) if is_data(right) and of_repository(left):
            # Only the first step from the root leads there: tests/golden/data is another one.
            return not any(isinstance(one, ast.Constant) and isinstance(one.value, str) for one in ast.walk(left))
        case ast.Call(func=ast.Attribute(attr="joinpath", value=value), args=[first, *_]):
            return is_data(first) and of_repository(value)
        case ast.ImportFrom(module=str(module)):
            return module.startswith("tests.sample")
        case ast.Import(names=names):
            return any(one.name.startswith("tests.sample") for one in names)
    return False


def called_there(node: ast.AST) -> bool:
    """Whether something runs in the repository, where data/ is what a command takes unless told otherwise."""
    match node:
        case ast.Call(func=ast.Attribute(attr="chdir"), args=[place]):
            return of_repository(place)
        case ast.Call(keywords=keywords) if any(one.arg == "cwd" and of_repository(one.value) for one in keywords):
            return any(is_data(one) for one in ast.walk(node) if isinstance(one, ast.Constant))
    return False


def test_no_test_but_the_samples_reads_data() -> None:
    """With another company's inventory in data/, all tests but those in tests/sample/ say the same."""
    wrong = [f"{path.relative_to(TESTS)}:{line}" for path in MODULES for line in reads(path.read_text("utf-8"))]

    assert wrong == []


@pytest.mark.parametrize(
    "source",
    [
        'DATA = ROOT / "data"',
        'path = (ROOT / "data" / "partners.yml").read_text()',
        'path = ROOT / "data/partners.yml"',
        'path = kit.ROOT / "data"',
        'DATA = Path(__file__).parents[1] / "data"',
        'DATA = ROOT.joinpath("data", "partners.yml")',
        'subprocess.run(["playbook", "check", "--data", "data"], cwd=ROOT)',
        "monkeypatch.chdir(ROOT)",
        "from tests.sample.conftest import DATA",
        "import tests.sample.test_planted",
    ],
)
def test_each_way_to_data_is_seen(source: str) -> None:
    """However a test would get there."""
    assert reads(source) == [1]


@pytest.mark.parametrize(
    "source",
    [
        'DATA = tmp_path / "data"',
        'DATA = ROOT / "tests" / "golden" / "data"',
        'DOCS = ROOT / "docs" / "data"',
        'DATA = Path(__file__).parent / "golden" / "data"',
        "monkeypatch.chdir(tmp_path)",
        "from tests.kit import ROOT",
    ],
)
def test_a_folder_of_the_same_name_is_another(source: str) -> None:
    """What a test makes itself, or has under tests/, may be called data."""
    assert reads(source) == []
