"""Every command that changes data, on files in any layout: all facts and remarks are there, all else is as it was."""

from __future__ import annotations

import difflib
import re
import tempfile
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from click.testing import Result
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

from generator.editing import tidy
from generator.source import Document, load
from tests.grammars.layouts import FILES, Style, Writer, folders, inventories, layouts
from tests.kit import contents, run

MANY = settings().max_examples
"""As many as the profile asks for."""

FEW = max(1, MANY // 6)
"""For tests that run commands."""

PHASES = tuple(phase for phase in Phase if phase is not Phase.shrink or MANY > 100)
"""Making smaller what fails takes minutes here: only the long profile does that."""

SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]

Facts = Mapping[str, Any]


def loaded(folder: Path) -> dict[str, Document]:
    found = {}
    for path in sorted(folder.rglob("*.yml")):
        file = path.relative_to(folder).as_posix()
        document, problems = load(path, file, 10_000_000)
        assert document is not None, problems
        assert not problems
        found[file] = document
    return found


def facts(data: Any) -> Any:
    """Data as plain lists and mappings, in which the order of partners and people does not count."""
    if isinstance(data, Mapping):
        return {
            name: sorted(facts(value), key=lambda entry: str(entry["id"]))
            if name in ("partners", "people") and value
            else facts(value)
            for name, value in data.items()
        }
    if isinstance(data, list):
        return [facts(value) for value in data]
    return None if data is None or (getattr(data, "plain", False) and data in ("null", "~")) else str(data)


def remarks(folder: Path) -> Counter[str]:
    """The remarks of all files; one may stand in a text, which is written in another way where it moves."""
    numbers = re.compile(r"remark\d+")
    return Counter(
        f"{file.partition('/')[0].removesuffix('.yml')}: {one}"
        for file, document in loaded(folder).items()
        for one in numbers.findall(document.text)
    )


def departments(found: Mapping[str, Document]) -> list[Any]:
    documents = [one.data for file, one in found.items() if file.startswith("partners")]
    return [one for data in documents for one in facts(data)["departments"]]


class Trial:
    """A folder of data, and what a command makes of it."""

    def __init__(self, place: str, texts: Mapping[str, str]) -> None:
        self.folder = Path(place) / "data"
        self.folder.mkdir()
        for file, text in texts.items():
            (self.folder / file).write_bytes(text.encode())
        (self.folder / "settings.yml").write_text("as_of: 2026-06-01\n")
        self.raw = self.bytes()
        # Among the rare layouts is one that YAML itself refuses: a tab in front of a remark within brackets.
        assume(not any(load(self.folder / file, file, 10_000_000)[1] for file in texts))
        self.before = loaded(self.folder)
        self.remarks = remarks(self.folder)

    def bytes(self) -> dict[str, bytes]:
        return {path: content for path, content in contents(self.folder).items() if path.endswith(".yml")}

    def run(self, *arguments: str) -> Result:
        return run(*arguments, "--data", str(self.folder))

    def done(self, *arguments: str) -> dict[str, Document]:
        """The data after a command that ends well; line ends and marks at the beginning are as they were, too."""
        result = self.run(*arguments)
        assert result.exit_code == 0, result.output
        return self.same()

    def same(self) -> dict[str, Document]:
        """The data as it stands now, of which no remark may be lost."""
        after = loaded(self.folder)
        assert remarks(self.folder) == self.remarks, self.shown()
        for file, content in self.bytes().items():
            if file in self.raw:
                assert content.startswith(b"\xef\xbb\xbf") == self.raw[file].startswith(b"\xef\xbb\xbf")
                windows = b"\r\n" in self.raw[file]
                assert content.count(b"\r") == (content.count(b"\n") if windows else 0)
        return after

    def shown(self) -> str:
        return "\n".join(f"--- {file}\n{content.decode()}" for file, content in {**self.bytes()}.items())

    def kept(self, file: str) -> list[str]:
        """The lines of a file that are gone."""
        before, after = self.before[file].text, (self.folder / file).read_text("utf-8-sig")
        lines = list(difflib.unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=0))
        return [line[1:] for line in lines[2:] if line.startswith("-")]


ANY_FILE = st.sampled_from(sorted(FILES)).flatmap(lambda file: st.tuples(st.just(file), layouts(file)))


def composed(place: str, file: str, text: str) -> Document:
    path = Path(place, file)
    path.write_bytes(text.encode())
    document, problems = load(path, file, 10_000_000)
    assert document is not None, problems
    assert not problems, problems
    return document


def with_their_code(text: str) -> Counter[str]:
    """Each line that has a remark, wherever it is indented, and whichever field has the dash in front of it."""
    lines = (re.sub(r"([|>])[-+]", r"\1", line).strip().removeprefix("- ").strip() for line in text.splitlines())
    return Counter(re.sub(r"^-(?=\s*#)", "", line).strip() for line in lines if "remark" in line)


@settings(max_examples=MANY // 2, phases=PHASES, suppress_health_check=SLOW)
@given(ANY_FILE)
def test_fmt_keeps_every_fact_and_every_remark_behind_what_it_stood_behind(one: tuple[str, str]) -> None:
    """Expected: the same data but for the order of entries, the same lines with remarks; a second run does nothing."""
    file, text = one
    with tempfile.TemporaryDirectory() as place:
        Path(place, file).write_bytes(text.encode())
        assume(not load(Path(place, file), file, 10_000_000)[1])
        before = composed(place, file, text)
        once = composed(place, file, tidy(before))
    assert facts(once.data) == facts(before.data)
    assert with_their_code(once.text) == with_their_code(before.text), once.text
    assert tidy(once) == once.text


@settings(max_examples=FEW, phases=PHASES, suppress_health_check=SLOW)
@given(folders(), st.booleans())
def test_split_moves_every_fact_and_every_line(texts: dict[str, str], alone: bool) -> None:
    """Expected: the same departments, in files of their own; no line of partners.yml is lost, or doubled."""
    with tempfile.TemporaryDirectory() as place:
        trial = Trial(place, texts)
        result = trial.run("split", *(["north"] if alone else []))
        if result.exit_code == 2:
            assert "stand in brackets" in result.output
            assert trial.bytes() == trial.raw
            return
        assert result.exit_code == 0, result.output
        after = trial.same()
        both = zip(
            *(sorted(departments(found), key=lambda one: str(one["id"])) for found in (trial.before, after)),
            strict=True,
        )
        for one, other in both:
            assert one == other
        lines = Counter(
            re.sub(r"([|>])[-+]", r"\1", line).strip() for line in trial.before["partners.yml"].text.splitlines()
        )
        found = Counter(
            re.sub(r"([|>])[-+]", r"\1", line).strip()
            for file, document in after.items()
            if file.startswith("partners")
            for line in document.text.splitlines()
        )
        lost = {line for line in lines - found if line and "departments" not in line}
        # The head may stand on two lines, the second with a colon and perhaps a remark; the new one stands on one.
        assert {
            line for line in lost if line[0] != ":" or not any(line[1:].strip() in other for other in found)
        } == set()


@settings(max_examples=FEW, phases=PHASES, suppress_health_check=SLOW)
@given(folders())
def test_a_review_changes_nothing_but_the_review(texts: dict[str, str]) -> None:
    """Expected: the day and the person, in one entry after another; where there was none, every line is still there."""
    with tempfile.TemporaryDirectory() as place:
        trial = Trial(place, texts)
        expected = departments(trial.before)
        for home in expected:
            for entry in home["partners"] or ():
                assume(entry.get("reviewed") != {"date": "2026-06-01", "by": "eve"})
                new = "reviewed" not in entry
                trial.before = loaded(trial.folder)
                after = trial.done("review", entry["id"], "--by", "eve")
                entry["reviewed"] = {"date": "2026-06-01", "by": "eve"}
                assert departments(after) == expected
                # Only within braces, and at the sign of a block text, does a line change to which something is added.
                lines = after["partners.yml"].text.split("\n")
                gone = [line for line in trial.kept("partners.yml") if not re.search(r"[\[\]{}|>]", line)]
                assert not new or all(any(grown(line, other) for other in lines) for line in gone)


def grown(line: str, other: str) -> bool:
    """Whether the other line is this one with something put into it: braces may begin and end on other lines."""
    return any(other.startswith(line[:at]) and other.endswith(line[at:]) for at in range(len(line) + 1)) and (
        len(other) > len(line)
    )


@settings(max_examples=FEW, phases=PHASES, suppress_health_check=SLOW)
@given(folders())
def test_new_entries_leave_the_others_as_they_are(texts: dict[str, str]) -> None:
    """Expected: a person, a department and a partner more, and every line of the others."""
    with tempfile.TemporaryDirectory() as place:
        trial = Trial(place, texts)
        homes = departments(trial.before)
        people = facts(trial.before["people.yml"].data)["people"]
        after = trial.done("new", "person", "--name", "Mia 😀", "--id", "mia")
        people.append({"id": "mia", "name": "Mia 😀"})
        assert facts(after["people.yml"].data)["people"] == sorted(people, key=lambda one: str(one["id"]))
        after = trial.done("new", "department", "--name", "𠀀 West", "--id", "west")
        homes.append({"id": "west", "name": "𠀀 West", "partners": []})
        assert departments(after) == homes
        entry = {"id": "beta", "name": "Beta", "types": ["shop"], "owner": "mia"}
        for home in homes:
            after = trial.done(
                "new", "partner", "--name", "Beta", "--type", "shop", "--owner", "mia", "--department", str(home["id"])
            )
            home["partners"] = sorted([*(home["partners"] or ()), dict(entry)], key=lambda one: str(one["id"]))
            entry.pop("name", None)
            assert departments(after) == homes
        for file in ("people.yml", "partners.yml"):
            # A list that begins takes the remarks, and the empty lines, that stood within its brackets along.
            assert not [line for line in trial.kept(file) if not re.search(r"[\[\]{}|>]|partners|^\s*(#|$)", line)]


def renamed(data: Any, old: str, new: str) -> Any:
    """Data with one word in place of another, wherever it is the whole of a text."""
    if isinstance(data, Mapping):
        return {name: renamed(value, old, new) for name, value in data.items()}
    if isinstance(data, list):
        return [renamed(value, old, new) for value in data]
    return new if data == old else data


@settings(max_examples=FEW, phases=PHASES, suppress_health_check=SLOW)
@given(folders())
def test_a_new_id_leaves_every_other_word_as_it_is(texts: dict[str, str]) -> None:
    """Expected: the word is another one everywhere, and a partner knows its old id; the type is still called Shop."""
    with tempfile.TemporaryDirectory() as place:
        trial = Trial(place, texts)
        expected = {file: facts(document.data) for file, document in trial.before.items()}
        for old, new in (("ann", "anna"), ("shop", "store"), ("acme-north", "acme")):
            if old == "acme-north" and not any(
                one["id"] == old for home in departments(trial.before) for one in home["partners"] or ()
            ):
                continue
            after = trial.done("rename", old, new)
            for file, document in after.items():
                found = facts(document.data)
                wanted = facts(renamed(expected[file], old, new))
                for one in wanted.get("people", ()):
                    if one["id"] == new:
                        one["formerly"] = [old]
                for home in wanted.get("departments", ()):
                    for one in home["partners"] or ():
                        if one["id"] == "acme" == new:
                            one["formerly"] = ["acme-north"]
                assert found == wanted
                expected[file] = wanted


@st.composite
def twins(draw: st.DrawFn) -> dict[str, str]:
    """A folder in which two partners of a department say nothing different, and the types in use may be joined."""
    inventory = draw(inventories())
    home = inventory["departments"][0]
    assume(len(home["partners"]) > 1)
    one, other = home["partners"][:2]
    other["owner"] = one["owner"]
    for name in [*other]:
        if name not in ("id", "name", "types", "owner", "regions", "agreements", "links") and name in one:
            del other[name]
    one.pop("status", None)
    other.pop("status", None)
    texts = {file: draw(layouts(file)) for file in FILES if file != "partners.yml"}
    return texts | {"partners.yml": Writer(draw, Style()).file(inventory)}


@settings(max_examples=FEW, phases=PHASES, suppress_health_check=SLOW)
@given(twins())
def test_two_that_become_one_lose_nothing(texts: dict[str, str]) -> None:
    """Expected: every fact of both is in the one that stays, and every remark."""
    with tempfile.TemporaryDirectory() as place:
        trial = Trial(place, texts)
        homes = departments(trial.before)
        one, other = sorted(
            loaded(trial.folder)["partners.yml"].data["departments"][0]["partners"][:2],
            key=lambda entry: str(entry["id"]),
        )
        kept, gone = facts(one), facts(other)

        # The name that goes is told, and may hold what would be a remark elsewhere.
        trial.remarks -= Counter(f"partners: {one}" for one in re.findall(r"remark\d+", str(gone["name"])))
        after = trial.done("merge", gone["id"], "--into", kept["id"])

        first, *rest = departments(after)
        assert rest == homes[1:]
        assert [entry["id"] for entry in first["partners"]] == [
            entry["id"] for entry in homes[0]["partners"] if entry["id"] != gone["id"]
        ]
        found = next(entry for entry in first["partners"] if entry["id"] == kept["id"])
        for name, value in [*gone.items(), *kept.items()]:
            if isinstance(value, list):
                assert all(part in found[name] for part in value)
            elif name not in ("id", "name") and value is not None:
                assert found[name] == value
        assert found["formerly"] == [gone["id"]]
        assert (found["id"], found["name"]) == (kept["id"], kept["name"])


@settings(max_examples=FEW, phases=PHASES, suppress_health_check=SLOW)
@given(folders(), st.sampled_from((("ann", "bob"), ("shop", "agent"))))
def test_a_conflict_writes_nothing(texts: dict[str, str], pair: tuple[str, str]) -> None:
    """Expected: either both are one, with every remark, or every byte is as it was, and both places are told."""
    with tempfile.TemporaryDirectory() as place:
        trial = Trial(place, texts)
        gone = [
            str(one["name"])
            for file, kind in (("people.yml", "people"), ("taxonomy.yml", "types"))
            for one in trial.before[file].data[kind]
            if one["id"] == pair[0]
        ]
        result = trial.run("merge", pair[0], "--into", pair[1])
        if result.exit_code == 0:
            # The name that goes is told, and may hold what would be a remark elsewhere.
            lost = trial.remarks - remarks(trial.folder)
            assert {one.split()[-1] for one in lost} <= set(re.findall(r"remark\d+", " ".join(gone)))
        else:
            assert result.exit_code == 1, result.output
            assert "because they say different things" in result.output
            assert trial.bytes() == trial.raw
