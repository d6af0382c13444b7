"""Whatever an editor writes, loading says what is wrong with it and never breaks."""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.catalogue import CATALOGUE
from generator.loading import load_folder
from generator.model import Field, Kind
from generator.problems import NOWHERE, Problem, Severity, in_order
from generator.schema import PUBLISHED, check, json_schemas
from generator.schema.shapes import FILES, shape_in, shape_of
from generator.schema.shapes.meanings import _texts, meanings
from generator.schema.values import SLUG, slug
from generator.source import composed, load
from tests.kit import RICH, examples

TODAY = date(2026, 11, 2)
FIELDS = sorted(
    {"functions", "groups", "types", "modes", "stages", "factors", "ambiguous_aliases", "departments", "partners", "id"}
    | {"people", "offers", "routes", "objectives", "programs", "tools", "skills", "promises", "thresholds", "limits"}
    | {"name", "mode", "owner", "agreements", "reviewed", "date", "satisfaction", "links", "url", "requires", "off"}
    | {"status", "function", "alias", "aliases", "region", "offer", "via", "formerly", "regions", "offer_stage"}
)
WORDS = [
    "a",
    "b",
    "null",
    "NO",
    "1",
    "1.10",
    "2026-01-01",
    "Shop",
    "x y",
    "live",
    "index",
    "https://a.example",
    "!",
    "",
]
SCALARS = st.sampled_from(WORDS) | st.none() | st.text(max_size=8)
TREES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(FIELDS) | st.text(min_size=1, max_size=6), inner, max_size=6)
    ),
    max_leaves=30,
)
# The file system is what takes time here, and Hypothesis would blame the strategy.
QUICK = settings(
    max_examples=examples(60),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def entries(*fields: str) -> st.SearchStrategy[dict[str, Any]]:
    """Entries that are often almost right."""
    values = st.sampled_from(["a", "b", "shop", ["a"], ["shop", None], {"a": "b"}]) | TREES
    return st.dictionaries(st.sampled_from(["id", "name", *fields]), values, max_size=len(fields) + 2)


NEARLY = st.fixed_dictionaries(
    {
        "taxonomy.yml": st.fixed_dictionaries(
            {
                "functions": st.lists(entries("value", "mode"), max_size=3),
                "types": st.lists(entries("function", "group", "definition", "mode", "aliases"), max_size=3),
                "modes": st.lists(entries("summary"), max_size=3),
                "groups": st.lists(entries("function"), max_size=2),
                "stages": st.lists(entries(), max_size=2),
                "ambiguous_aliases": st.lists(entries("alias", "types"), max_size=2),
            }
        ),
        "partners.yml": st.fixed_dictionaries(
            {
                "departments": st.lists(
                    st.fixed_dictionaries(
                        {
                            "id": SCALARS,
                            "name": SCALARS,
                            "partners": st.lists(entries("types", "owner", "mode", "via", "formerly"), max_size=4),
                        }
                    ),
                    max_size=2,
                )
            }
        ),
    }
)


def sound(problems: tuple[Problem, ...] | list[Problem], folder: Path) -> None:
    """Every problem has a place inside a file, and words of one line that a person can read."""
    for problem in problems:
        place = problem.place
        assert problem.severity is Severity.ERROR
        assert problem.code is CATALOGUE[problem.code.slug]
        assert "\0" not in problem.message + problem.hint
        if (folder / place.file).is_file():
            lines = (folder / place.file).read_text("utf-8").split("\n")
            assert 1 <= place.line <= len(lines)
            assert 1 <= place.column <= len(lines[place.line - 1]) + 1
            assert place.length >= 0


def written(folder: Path, name: str, data: object) -> None:
    text = yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=1000)
    (folder / name).write_text(text, "utf-8")


@given(tree=TREES, name=st.sampled_from(sorted(FILES)))
@QUICK
def test_any_data_is_checked(tmp_path: Path, tree: object, name: str) -> None:
    """Arbitrary data in any file never raises: it is a shape, or problems, or both."""
    written(tmp_path, name, tree)
    document, problems = load(tmp_path / name, name, 1_000_000)
    sound(problems, tmp_path)
    if document is not None:
        shape, problems = check(name, document.data, document.place)
        sound(problems, tmp_path)
        assert shape is not None or problems


@pytest.mark.long
@given(files=NEARLY)
@QUICK
def test_data_that_is_nearly_right_is_resolved(tmp_path: Path, files: dict[str, object]) -> None:
    """Mistakes in the taxonomy and in the inventory together never raise, and none is lost."""
    for name, data in files.items():
        written(tmp_path, name, data)
    loaded = load_folder(tmp_path, today=TODAY)
    sound(loaded.errors, tmp_path)
    assert (loaded.playbook is None) == bool(loaded.errors)


def mutations(lines: list[str], choose: random.Random, rounds: int) -> Iterator[list[str]]:
    """The lines with one to three of them deleted, doubled, moved or given another value."""
    for _ in range(rounds):
        changed = list(lines)
        for _ in range(choose.randint(1, 3)):
            at = choose.randrange(len(changed))
            head, colon, _value = changed[at].partition(": ")
            match choose.randrange(4):
                case 0:
                    del changed[at]
                case 1:
                    changed.insert(at, changed[at])
                case 2:
                    changed[at] = " " * choose.choice((2, 4)) + changed[at]
                case _:
                    changed[at] = head + (colon or ": ") + choose.choice([*WORDS, "[a, b]", "{a: b}", "[", "|", "- -"])
        yield changed


@pytest.mark.parametrize("name", ["partners.yml", "taxonomy.yml", "toolkit.yml", "settings.yml"])
def test_damaged_data_never_raises(tmp_path: Path, name: str) -> None:
    """The rich company, or its first lines, with lines lost, doubled, shifted or given other values."""
    for file in RICH.glob("*.yml"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    if name != "partners.yml":
        (tmp_path / "partners.yml").write_text("departments: []\n", "utf-8")
    lines = (RICH / name).read_text("utf-8").splitlines()[:250]
    for changed in mutations(lines, random.Random(f"{name} 1"), examples(25)):  # noqa: S311 - the same damage each time
        (tmp_path / name).write_text("\n".join(changed) + "\n", "utf-8")
        loaded = load_folder(tmp_path, today=TODAY)
        sound(loaded.errors, tmp_path)
        assert (loaded.playbook is None) == bool(loaded.errors)


@given(st.text(max_size=80))
def test_a_proposed_id_is_an_id(text: str) -> None:
    """What an editor is told to write will do, or nothing is proposed."""
    proposed = slug(text)
    assert not proposed or (SLUG.fullmatch(proposed) and len(proposed) <= 64)


def test_mistakes_in_hundreds_of_entries_are_all_reported(tmp_path: Path) -> None:
    """No limit of ours hides a mistake."""
    entries = [{"id": f"p-{n}", "name": "P", "types": ["shop"], "lead": "maybe"} for n in range(300)]
    written(tmp_path, "partners.yml", {"departments": [{"id": "retail", "name": "Retail", "partners": entries}]})
    document, _ = load(tmp_path / "partners.yml", "partners.yml", 1_000_000)
    assert document is not None
    shape, problems = check("partners.yml", document.data, document.place)
    assert len(problems) == 600
    assert len(shape.departments[0].partners) == 300


def test_a_misspelled_name_is_read_as_what_is_meant() -> None:
    """Also where the data stands in no file; where both names are there, the right one counts."""
    ann, bob = {"id": "ann", "naem": "Ann"}, {"id": "bob", "name": "Bob", "namee": "Rob"}
    shape, problems = check("people.yml", {"people": [ann, bob]}, NOWHERE)
    other, unknown = check("people.yml", {"poeple": [{"id": "ann", "name": "Ann"}]}, NOWHERE)

    assert [one.message for one in problems] == ["unknown field 'naem'", "unknown field 'namee'"]
    assert [(one.id, one.name) for one in shape.people] == [("ann", "Ann"), ("bob", "Bob")]
    assert [one.message for one in unknown] == ["unknown field 'poeple'"]
    assert [one.name for one in other.people] == ["Ann"]


def test_what_stands_under_a_misspelled_name_is_checked_as_well(tmp_path: Path) -> None:
    """Down to the last name, each mistake at its own place; one that comes of the name alone is not told."""
    text = """\
poeple:
  - id: ann
    nmae: Ann
    skils:
      - skill: negotiation
        levle: 3
      - skill: pricing
        level: deep
  - id: Bob
    email: nowhere
    department: [sales]
"""
    (tmp_path / "people.yml").write_text(text)
    document, _ = load(tmp_path / "people.yml", "people.yml", 1_000_000)
    assert document is not None
    _, problems = check("people.yml", document.data, document.place)
    assert [(one.place.line, one.place.column, one.code.slug) for one in in_order(problems)] == [
        (1, 1, "unknown-field"),
        (3, 5, "unknown-field"),
        (4, 5, "unknown-field"),
        (6, 9, "unknown-field"),
        (8, 16, "wrong-kind"),
        (9, 5, "missing-field"),
        (9, 9, "bad-id"),
        (10, 12, "wrong-kind"),
        (11, 17, "wrong-kind"),
    ]


def test_a_json_schema_for_each_file() -> None:
    """Editors' programs complete and check by these; each names what its file must and may have."""
    schemas = {name: json.loads(text) for name, text in json_schemas().items()}
    assert set(schemas) == {name.replace(".yml", ".json") for name in FILES} | {PUBLISHED}
    assert schemas["partners.json"]["required"] == ["departments"]
    entry = schemas["partners.json"]["$defs"]["EntryShape"]
    assert set(entry["required"]) == {"id", "types", "owner"}
    # Every company may declare more of its own, which the schemas beside its data know.
    assert entry["additionalProperties"] is not False
    assert schemas["partners.json"]["$defs"]["DepartmentShape"]["additionalProperties"] is False
    assert entry["properties"]["id"]["pattern"] == "^[a-z0-9]+(?:-[a-z0-9]+)*$"


def test_what_fields_mean_is_read_from_where_it_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of classes that are made from others as well; a program without its source has none of it, and works."""
    made = shape_of("partners.yml", (Field("size", Kind.NUMBER, "", ""),))
    department = shape_in(made.model_fields["departments"].annotation)
    assert department is not None
    assert meanings(made)["departments"] == "Every department, with its partners."
    assert meanings(department)["partners"] == "The partners that it manages."
    assert meanings(department)["contact"].startswith("Where others write to.")

    monkeypatch.setattr("inspect.getsource", missing)
    _texts.cache_clear()
    assert set(meanings(department).values()) == {""}
    _texts.cache_clear()


def missing(_: object) -> str:
    raise OSError("could not get source code")


def steps_of_a_check(entries: int, mistake: str) -> int:
    """How many steps it takes to check a list in which each entry has that mistake."""
    inventory = f"departments: [{{id: sales, name: Sales, partners: [{f'{{id: a, {mistake}}}, ' * entries}]}}]\n"
    document, _ = composed(inventory, "partners.yml")
    assert document is not None
    steps = 0

    def count(frame: FrameType, event: str, _: object) -> None:
        nonlocal steps
        steps += event == "call" and frame.f_code.co_filename == check.__code__.co_filename

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        problems = check("partners.yml", document.data, document.place)[1]
    finally:
        sys.setprofile(before)
    assert len(problems) >= entries
    return steps


@pytest.mark.long
@pytest.mark.parametrize(
    "mistake",
    [
        "types: [x], owner: b, reviewed: {date: soon, by: b}",
        "types: [x], owner: b, blub: 1",
        "typess: [x], owner: b",
        "x: 1",
    ],
)
def test_mistakes_cost_as_much_each_however_many_there_are(mistake: str) -> None:
    """Expected: four times the mistakes take about four times the steps."""
    assert steps_of_a_check(400, mistake) <= 5 * steps_of_a_check(100, mistake)
