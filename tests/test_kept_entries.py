"""What is kept of entries that were checked before changes nothing but what a check costs."""

from __future__ import annotations

import pickle
import shutil
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.loading import kept, load_folder
from generator.loading.entries import Entries, read_entries
from generator.loading.kept import KeptEntries, KnownEntry
from generator.mkdocs_plugin.ready import Source, load
from generator.problems import Place
from generator.schema import Custom
from generator.schema.shapes import EntryShape, Shape, named_fields
from generator.sinks.kept import Kept
from generator.source import composed_piece
from tests.kit import DAMAGE, RICH, ROOT, examples, loaded, run, world_in
from tests.test_pieces import ACME, BIRCH, FILE, GOOD, HEAD, INVENTORIES, ITEM, SUPPORT, indented

RICH_FIELDS = loaded(RICH).settings.fields


@pytest.fixture(autouse=True)
def however_few(monkeypatch: pytest.MonkeyPatch) -> None:
    """The data of most tests are so few that nothing would be kept, and most begin with the second run."""
    monkeypatch.setattr(kept, "_FEW", 0)
    monkeypatch.setattr(KeptEntries, "_again", True)


@pytest.fixture
def caches(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where this test keeps something, and no other."""
    monkeypatch.setattr("platformdirs.user_cache_path", lambda name, **_: tmp_path / "caches" / name)
    return tmp_path / "caches" / "partner-playbook"


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Grows by the text of each entry that is read."""
    texts: list[str] = []

    def read(piece: Any, file: str) -> Any:
        texts.append(piece.text)
        return composed_piece(piece, file)

    monkeypatch.setattr("generator.loading.entries.composed_piece", read)
    return texts


class Memory:
    """Keeps something as long as a test runs."""

    def __init__(self, content: bytes | None = None, made_of: str = "()") -> None:
        self.content, self.made_of, self.written = content, made_of, 0

    def read(self, made_of: str = "") -> bytes | None:
        return self.content if made_of == self.made_of else None

    def write(self, *parts: bytes, made_of: str = "") -> None:
        self.content, self.made_of = b"".join(parts), made_of
        self.written += 1


def everything(value: Any) -> Any:
    """All that there is to know of a shape, with the types and the order of things."""
    if isinstance(value, Shape):
        held = [(name, everything(one)) for name, one in vars(value).items()]
        return type(value), held, sorted(value.model_fields_set), value.__pydantic_extra__, value.__pydantic_private__
    if isinstance(value, Place):
        inside = [(step, everything(place)) for step, place in value.children.items()]
        return value[:4], list(map(type, value[:4])), inside, everything(value.key)
    if isinstance(value, dict):
        return dict, [(everything(key), everything(one)) for key, one in value.items()]
    if isinstance(value, list | tuple):
        return type(value), list(map(everything, value))
    return type(value), value


def entries_of(entries: Entries) -> list[EntryShape]:
    return [entry for department in entries.inventory.departments for entry in department.partners]


def kept_of(text: str, custom: Custom = ()) -> Memory | None:
    """What is kept of an inventory; None where it is not read entry by entry."""
    entries = read_entries(text, FILE, {}, custom)
    if entries is None:
        return None
    memory = Memory()
    KeptEntries(memory, custom).keep([entries.by_digest])
    return memory


def held_together(text: str, custom: Custom = (), file: str = FILE) -> bool:
    """Whether anything is kept of an inventory, which is what is read, wherever it stands now."""
    memory = kept_of(text, custom)
    if memory is None:
        return False
    for above in ("", "# one\n# two\n"):
        fresh = read_entries(above + text, file, {}, custom)
        again = read_entries(above + text, file, {}, custom, kept=KeptEntries(memory, custom))
        assert fresh is not None
        assert again is not None
        assert everything(entries_of(again)) == everything(entries_of(fresh))
        assert again.inventory == fresh.inventory
        assert again.by_digest == fresh.by_digest
        found = KeptEntries(memory, custom).entries(dict(enumerate(fresh.by_digest)), file)
        assert len(found) == len(fresh.by_digest)
    return memory.written == 1


# --- what comes out ----------------------------------------------------------------------------


@pytest.mark.parametrize("custom", [(), RICH_FIELDS], ids=["no fields", "fields"])
@pytest.mark.parametrize("path", INVENTORIES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_inventory_of_this_repository(path: Path, custom: Custom) -> None:
    """Expected: what is kept is what is read, in every respect."""
    held_together(path.read_text("utf-8", "replace"), custom)


def test_the_long_ones_are_kept() -> None:
    """Expected: the rich company's is, so that what stands above is no empty promise; in another file as well."""
    text = (RICH / "partners.yml").read_text("utf-8")
    assert held_together(text, RICH_FIELDS)
    assert held_together(text, RICH_FIELDS, "partners/another.yml")


@pytest.mark.parametrize("text", GOOD.values(), ids=GOOD.keys())
def test_the_usual_ways_to_write_one(text: str) -> None:
    assert held_together(text)


HOSTILE = {
    "marks of the format": "value: 'cos\\nsystem\\n(S''true''\\ntR.'",
    "other scripts": "value: é — 日本 𝒳",
    "odd quotes": "value: \"'a' “b” \\\\ c\"",
    "markup": "value: '<script>alert(1)</script> {{ 7*7 }}'",
    "null as a name": "parent: 'null'",
    "null as nothing": "parent: null",
    "empty lists": "agreements: []\n  regions: []\n  links: []",
    "ids": "ids: {salesforce: '001', crm: 1.10}",
    "a mode by type": "mode: {shop: close, __class__: close}",
    "numbers": "satisfaction: {date: 2026-01-02, score: 4, scale: 5.0, n: 7}",
    "an end": "status: ended\n  end: {date: 2026-01-02, why: No}",
    "bought": "acquired: [{id: a, name: A, date: 2026-01-02}, {id: b, name: B, date: 2026-01-03}]",
    "a comment behind its dash": "value: x",
}


@pytest.mark.parametrize("line", HOSTILE.values(), ids=HOSTILE.keys())
def test_whatever_an_entry_says(line: str) -> None:
    assert held_together(HEAD + indented(f"{ACME}  {line}\n{BIRCH}", 2))
    assert held_together(HEAD + indented(f"{ACME}  {line}\n{BIRCH}", 2).replace("- id", "- # one\n    id", 1))


@settings(max_examples=examples(300))
@given(st.lists(ITEM, max_size=8))
def test_whatever_stands_in_an_entry(lines: list[tuple[int, str]]) -> None:
    """Expected: what can be kept at all is kept as it is read."""
    item = ACME + "".join(f"{' ' * by}{line}\n" for by, line in lines)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(kept, "_FEW", 0)
        held_together(HEAD + indented(item, 2))


def test_one_text_twice() -> None:
    """Expected: each has its own places, in one department, in two, and in two files."""
    twice = HEAD + indented(ACME + ACME, 2) + SUPPORT + indented(ACME, 2)
    assert held_together(twice)
    assert held_together(twice, file="partners/sales.yml")


def shapes_in(annotation: Any) -> Iterator[type[Shape]]:
    if isinstance(annotation, type) and issubclass(annotation, Shape):
        yield annotation
    for inner in get_args(annotation):
        yield from shapes_in(inner)


def test_each_kind_of_shape_in_an_entry_can_be_kept() -> None:
    """Expected: whoever gives entries a field of a new shape names the shape there, too."""
    found = {one for field in named_fields(EntryShape).values() for one in shapes_in(field.annotation)}
    assert found == set(kept._IN_ENTRIES)


# --- what is believed --------------------------------------------------------------------------

TEXT = HEAD + indented(ACME + BIRCH, 2)


def read_anew(text: str) -> Mapping[bytes, KnownEntry]:
    """Its entries, by the digests of their texts."""
    fresh = read_entries(text, FILE, {})
    assert fresh is not None
    return fresh.by_digest


def number_known(memory: Memory, custom: Custom = ()) -> int:
    """How many of the two entries are known."""
    return len(KeptEntries(memory, custom).entries(dict(enumerate(read_anew(TEXT))), FILE))


def memory() -> Memory:
    made = kept_of(TEXT)
    assert made is not None
    return made


def test_other_fields_believe_nothing() -> None:
    """Expected: what was checked for other fields is checked again."""
    made = memory()
    assert number_known(made, RICH_FIELDS) == 0
    assert number_known(made) == 2


class Executed:
    """Does something when it is made again."""

    def __reduce__(self) -> Any:
        return exec, ("raise SystemExit",)


def packed(value: Any) -> bytes:
    return pickle.dumps(value)


ODD: dict[str, Any] = {
    "something executed": Executed(),
    "a class": Place,
    "a function": print,
    "a text": "text",
    "nothing": None,
    "too few": (("EntryShape",), b""),
    "of no kind": (("Nothing", {}, {}, (0, 1, 1, None, False)), b""),
    "of another kind": (("Kept", {}, {}, (0, 1, 1, None, False)), b""),
}


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD)
def test_nothing_comes_of_what_is_none_of_the_kinds(odd: Any) -> None:
    """Expected: nothing is executed, the entry is read, and the next run has it again."""
    fresh = read_anew(TEXT)
    assert number_known(Memory(packed(odd))) == 0
    made = Memory(packed(dict.fromkeys(fresh, packed(odd))))
    entries = KeptEntries(made, ())
    assert entries.entries(dict(enumerate(fresh)), FILE) == {}
    entries.keep([fresh])
    assert number_known(made) == 2


def test_nothing_comes_of_odd_places() -> None:
    """Expected: what stands for places is read when somebody asks for one, and even then nothing is executed."""
    fresh = read_anew(TEXT)
    [first, _] = fresh
    shape, _ = kept._plain(kept._packed(*fresh[first]))
    made = Memory(packed({first: packed((shape, packed({"id": Executed()})))}))
    [entry] = KeptEntries(made, ()).entries({5: first}, FILE).values()
    assert entry.place.at("id") is entry.place
    assert [*entry.place.children] == []


# --- what is written ---------------------------------------------------------------------------


def test_nothing_is_written_where_nothing_changed() -> None:
    """Expected: what is gone goes, what is new comes, and the same is not written again."""
    made = memory()
    both, one = read_anew(TEXT), read_anew(HEAD + indented(ACME, 2))
    for entries, written, number in ((both, 1, 2), (one, 2, 1), (one, 2, 1), (both, 3, 2)):
        KeptEntries(made, ()).keep([entries])
        assert (made.written, number_known(made)) == (written, number)


def test_an_entry_that_is_known_is_not_packed_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Expected: however many there are, the one that is new is packed alone."""
    packs: list[int] = []
    first = kept._packed

    def counted(line: int, shape: Shape) -> bytes:
        packs.append(line)
        return first(line, shape)

    monkeypatch.setattr(kept, "_packed", counted)
    for number in (10, 40):
        texts = [indented(ACME.replace("acme", f"acme-{n}"), 2) for n in range(number)]
        made = kept_of(HEAD + "".join(texts))
        assert made is not None
        packs.clear()
        after = HEAD + "".join([texts[1], indented(BIRCH, 2), *texts[2:]])
        entries = read_entries(after, FILE, {}, kept=KeptEntries(made, ()))
        assert entries is not None
        KeptEntries(made, ()).keep([entries.by_digest])
        assert packs == [9]


def test_few_entries_are_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Expected: they are read sooner than what is kept; all files count together."""
    made = memory()
    monkeypatch.setattr(kept, "_FEW", 3)
    assert number_known(made) == 0
    entries = KeptEntries(made, ())
    digests = dict(enumerate(read_anew(TEXT)))
    assert [len(entries.entries(digests, file)) for file in ("partners/a.yml", "partners/b.yml")] == [0, 2]
    entries.keep([read_anew(HEAD + indented(ACME, 2))])
    assert made.written == 1


def test_the_first_run_keeps_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Expected: it says that it was there; the second one packs all, and the third has them."""
    monkeypatch.setattr(KeptEntries, "_again", False)
    made, both = Memory(), read_anew(TEXT)
    known = []
    for _ in range(4):
        known.append(number_known(made))
        KeptEntries(made, ()).keep([both])
    assert (known, made.written) == ([0, 0, 2, 2], 2)


# --- commands ----------------------------------------------------------------------------------


def company(*departments: str) -> str:
    """An inventory: entries of Sales, then of Support."""
    heads = (HEAD, SUPPORT)
    return "".join(head + indented(text, 2) for head, text in zip(heads, departments, strict=False))


def entry(ident: str, **more: str) -> str:
    fields = {"name": ident.title(), "types": "[shop]", "owner": "ann", **more}
    return f"- id: {ident}\n" + "".join(f"  {name}: {value}\n" for name, value in fields.items())


CEDAR = entry("cedar", owner="null")
FIELDS = "as_of: 2026-06-01\nfields:\n- {id: band, label: Band, on: entry, kind: "
A_TEXT, A_NUMBER = f"{FIELDS}text}}\n", f"{FIELDS}number}}\n"
BANDED = entry("dogwood", band="'1'")
STEPS: dict[str, dict[str, str | None]] = {
    "as it was": {"partners.yml": company(ACME + CEDAR)},
    "a line above": {"partners.yml": "# one\n" + company(ACME + CEDAR)},
    "one changed": {"partners.yml": company(ACME + CEDAR.replace("Cedar", "Cedars"))},
    "one gone": {"partners.yml": company(CEDAR)},
    "one more": {"partners.yml": company(ACME + BIRCH + CEDAR)},
    "another order": {"partners.yml": company(CEDAR + ACME)},
    "one twice": {"partners.yml": company(CEDAR + CEDAR)},
    "in two departments": {"partners.yml": company(CEDAR, CEDAR)},
    "in two files": {
        "partners.yml": company(CEDAR),
        "partners/b.yml": "departments:\n" + SUPPORT + indented(ACME + CEDAR, 2),
    },
    "a file of another name": {
        "partners.yml": None,
        "partners/a.yml": company(CEDAR),
        "partners/b.yml": None,
        "partners/c.yml": "departments:\n" + SUPPORT + indented(CEDAR, 2),
    },
    "unknown types": {"partners.yml": company(CEDAR + ACME.replace("shop", "shopp"))},
    "an error": {"partners.yml": company(ACME + CEDAR.replace("owner", "ownr"))},
    "no YAML": {"partners.yml": company(ACME + CEDAR) + "  - ]\n"},
    "a secret": {"partners.yml": company(ACME + CEDAR + "  value: AKIAIOSFODNN7EXAMPLE\n")},
    "a field": {"settings.yml": A_TEXT, "partners.yml": company(BANDED + CEDAR)},
    "another field": {"settings.yml": A_NUMBER, "partners.yml": company(BANDED + CEDAR)},
    "no field": {"settings.yml": "as_of: 2026-06-01\n", "partners.yml": company(BANDED + CEDAR)},
    "wrong settings": {"settings.yml": "as_of: yesterday\n"},
    "an inventory in braces": {"partners.yml": "departments: [{id: sales, name: Sales, partners: []}]\n"},
}


def step_of(data: Path, step: str) -> None:
    for name, text in STEPS[step].items():
        path = data / name
        path.parent.mkdir(exist_ok=True)
        path.unlink(missing_ok=True)
        if text is not None:
            path.write_text(text, "utf-8")


def checked(data: Path) -> tuple[int, str, Any]:
    """What a check says, and all the data."""
    said = run("check", "--data", str(data), "--format", "json")
    told = run("check", "--data", str(data))
    keeper = Kept(data, "entries")
    departments = load_folder(data, today=date(2026, 6, 1), keeper=keeper).files.shapes.departments
    return said.exit_code, said.output + told.output, everything(list(departments))


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = world_in(tmp_path / "data")
    step_of(folder, "as it was")
    return folder


def held_together_at(data: Path, step: str) -> None:
    """What a check says after that step, with what is kept, is what it says without."""
    step_of(data, step)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Kept, "read", lambda *_: None)
        patch.setattr(Kept, "write", lambda *_, **__: None)
        without = checked(data)
    assert checked(data) == without
    assert checked(data) == without


@pytest.mark.parametrize("step", STEPS)
def test_a_check_says_what_it_says(step: str, data: Path, caches: Path) -> None:
    """Expected: whatever an edit does, and whatever the next one undoes."""
    for one in ("as it was", step, "in two departments", step, "as it was"):
        held_together_at(data, one)


@settings(max_examples=examples(15), deadline=None)
@given(steps=st.lists(st.sampled_from([*STEPS]), min_size=2, max_size=6), again=st.booleans())
def test_any_edits_in_any_order(steps: list[str], again: bool, tmp_path_factory: pytest.TempPathFactory) -> None:
    data = world_in(tmp_path_factory.mktemp("company") / "data")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(kept, "_FEW", 0)
        patch.setattr(KeptEntries, "_again", again)
        for step in steps:
            held_together_at(data, step)


@pytest.mark.parametrize("folder", [RICH, ROOT / "tests" / "golden" / "data"], ids=["rich", "golden"])
def test_the_data_of_this_repository(folder: Path, tmp_path: Path, caches: Path, reads: list[str]) -> None:
    """Expected: a second check reads no entry, and says the same."""
    data = tmp_path / "data"
    shutil.copytree(folder, data)
    first = checked(data)
    reads.clear()
    assert checked(data) == first
    assert reads == []


def test_an_unchanged_entry_is_not_read_again(data: Path, caches: Path, reads: list[str]) -> None:
    """Expected: after an edit, the entry that changed is read alone, wherever the others stand now."""
    counts = []
    steps = ("as it was", "as it was", "one changed", "as it was", "a line above", "one more", "another order")
    for step in (*steps, "in two files", "a file of another name"):
        step_of(data, step)
        reads.clear()
        assert run("check", "--data", str(data)).exit_code == 0
        counts.append([text.split()[2] for text in reads])
    assert counts == [["acme", "cedar"], [], ["cedar"], ["cedar"], [], ["birch"], [], [], []]


def test_what_is_wrong_loses_nothing(data: Path, caches: Path, reads: list[str]) -> None:
    """Expected: after an error is mended, all is still known that was known before."""
    for step in ("as it was", "an error", "no YAML", "wrong settings"):
        step_of(data, step)
        run("check", "--data", str(data))
    (data / "settings.yml").write_text("as_of: 2026-06-01\n")
    step_of(data, "as it was")
    reads.clear()
    run("check", "--data", str(data))
    assert reads == []


def test_other_fields(data: Path, caches: Path, reads: list[str]) -> None:
    """Expected: where settings.yml declares other fields, or declares them otherwise, every entry is read again."""
    counts = []
    for step in ("a field", "a field", "another field", "a field"):
        step_of(data, step)
        reads.clear()
        run("check", "--data", str(data))
        counts.append(len(reads))
    assert counts == [2, 0, 2, 2]


def _read_only(caches: Path, patch: pytest.MonkeyPatch) -> None:
    patch.setattr("generator.sinks.files._write", lambda *_, **__: (_ for _ in ()).throw(PermissionError(13, "denied")))


def _full(caches: Path, patch: pytest.MonkeyPatch) -> None:
    patch.setattr("generator.sinks.files._write", lambda *_, **__: (_ for _ in ()).throw(OSError(28, "No space left")))


def _a_file(caches: Path, patch: pytest.MonkeyPatch) -> None:
    caches.parent.write_text("a file, where the folder would be")


def _of_others(caches: Path, patch: pytest.MonkeyPatch) -> None:
    caches.mkdir(parents=True)
    caches.chmod(0o777)


def _no_home(caches: Path, patch: pytest.MonkeyPatch) -> None:
    patch.setattr("platformdirs.user_cache_path", lambda *_, **__: (_ for _ in ()).throw(RuntimeError("no home")))


@pytest.mark.parametrize("why", [_read_only, _full, _a_file, _of_others, _no_home])
def test_nothing_can_be_kept(
    why: Callable[[Path, pytest.MonkeyPatch], None],
    data: Path,
    caches: Path,
    reads: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Expected: every check reads all entries, and says nothing of it."""
    expected = run("check", "--data", str(data))
    shutil.rmtree(caches.parent)
    why(caches, monkeypatch)
    reads.clear()
    for _ in range(2):
        said = run("check", "--data", str(data))
        assert (said.exit_code, said.output) == (expected.exit_code, expected.output)
    assert len(reads) == 4


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE)
def test_a_damaged_file_is_written_anew(
    damage: Callable[[bytes], bytes], data: Path, caches: Path, reads: list[str]
) -> None:
    """Expected: the check says the same, and the next one reads nothing again."""
    expected = run("check", "--data", str(data)).output
    [path] = caches.iterdir()
    path.write_bytes(damage(path.read_bytes()))
    counts = []
    for _ in range(2):
        reads.clear()
        assert run("check", "--data", str(data)).output == expected
        counts.append(len(reads))
    assert counts == [2, 0]


def test_mkdocs_takes_it_up_as_well(data: Path, caches: Path, reads: list[str]) -> None:
    """Expected: a build begins with what a check has kept; what a server builds again writes nothing."""
    assert run("check", "--data", str(data)).exit_code == 0
    [path] = caches.glob("*-entries.*")
    before = path.read_bytes()
    source = Source(data, date(2026, 6, 1), strict=False)
    reads.clear()
    _, first = load(source)
    step_of(data, "one more")
    load(source, first)
    assert [text.split()[2] for text in reads] == ["birch"]
    assert path.read_bytes() == before
