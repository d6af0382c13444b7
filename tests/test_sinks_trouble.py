"""Sinks: several files at once, new folders, logs, notes, and systems that cannot do everything."""

from __future__ import annotations

import ctypes
import errno
import hashlib
import os
import shutil
import stat
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from generator.sinks import Refused, files, reason_of, swap
from generator.sinks.folder import MANIFEST, Written, ours
from generator.sinks.lock import locked
from generator.site import Page
from tests.kit import contents, data_in, write_pages


def test_a_refusal_has_a_line_for_each_reason() -> None:
    """As the commands print it; what the system does not explain is said to be unexplained."""
    assert str(Refused("a is a link", "b is a folder")) == "a is a link\nb is a folder"
    assert reason_of(OSError()) == "no reason given"
    assert reason_of(OSError(errno.ENOSPC, "No space left on device")) == "no space left on device"


# --- several files, or none of them -------------------------------------------------------


def test_several_files_are_renewed(tmp_path: Path) -> None:
    """What was there, what was not, and what belongs into a folder that was not."""
    (tmp_path / "a.yml").write_bytes(b"old")
    (tmp_path / "c").mkdir()
    files.renew_all(tmp_path, {"a.yml": b"1", "b/x.yml": b"2", "c/y.yml": b"3"})
    assert contents(tmp_path) == {"a.yml": b"1", "b/x.yml": b"2", "c/y.yml": b"3"}


def test_files_in_the_way_are_all_named_and_nothing_is_written(tmp_path: Path) -> None:
    """A folder where a file belongs, and a file where a folder belongs."""
    (tmp_path / "a.yml").mkdir()
    (tmp_path / "b").write_bytes(b"mine")
    with pytest.raises(Refused) as refused:
        files.renew_all(tmp_path, {"0.yml": b"1", "a.yml": b"1", "b/x.yml": b"2"})
    assert refused.value.reasons == (
        f"{tmp_path / 'a.yml'} is a folder, not an ordinary file",
        f"{tmp_path / 'b/x.yml'} cannot be written, because {tmp_path / 'b'} is not a folder",
    )
    assert contents(tmp_path) == {"b": b"mine"}


def test_a_disk_that_fills_up_midway_changes_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was renewed already gets its old content back, what was new goes, and the rest was never touched."""
    (tmp_path / "a.yml").write_bytes(b"old a")
    (tmp_path / "c.yml").write_bytes(b"old c")
    untouched = (tmp_path / "c.yml").stat().st_ino
    replace = Path.replace

    def full(self: Path, target: Path) -> Path:
        if target.name == "c.yml":
            raise OSError(errno.ENOSPC, "No space left on device")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="No space"):
        files.renew_all(tmp_path, {"a.yml": b"new a", "b.yml": b"new b", "c.yml": b"new c"})
    assert contents(tmp_path) == {"a.yml": b"old a", "c.yml": b"old c"}
    assert (tmp_path / "c.yml").stat().st_ino == untouched


def test_the_file_is_named_and_not_the_one_beside_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether the new content cannot be begun or cannot take its place: nobody knows the name that it has till then."""
    path = tmp_path / "a.yml"
    for module, call in ((os, "open"), (Path, "replace")):

        def refuse(name: object, *_: object) -> None:
            raise PermissionError(errno.EACCES, "Permission denied", str(name))

        with monkeypatch.context() as patched:
            patched.setattr(module, call, refuse)
            with pytest.raises(PermissionError) as refused:
                files.renew(path, b"new")
        assert refused.value.filename == str(path)


def test_files_beside_the_folder_are_renewed_with_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All of them, or none: one that cannot be written is named with the others, and gives back what they had."""
    folder, known, other = tmp_path / "data", tmp_path / "known.txt", tmp_path / "other.txt"
    folder.mkdir()
    known.write_bytes(b"old")
    files.renew_all(folder, {"a.yml": b"1"}, {known: b"2"})
    assert contents(tmp_path) == {"data/a.yml": b"1", "known.txt": b"2"}

    (folder / "b.yml").mkdir()
    other.mkdir()
    with pytest.raises(Refused) as refused:
        files.renew_all(folder, {"a.yml": b"3", "b.yml": b"3"}, {known: b"3", other: b"3"})
    assert refused.value.reasons == (
        f"{folder / 'b.yml'} is a folder, not an ordinary file",
        f"{other} is a folder, not an ordinary file",
    )
    replace = Path.replace

    def full(self: Path, target: Path) -> Path:
        if target == known:
            raise OSError(errno.ENOSPC, "No space left on device")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="No space"):
        files.renew_all(folder, {"a.yml": b"3"}, {known: b"3"})
    assert contents(tmp_path) == {"data/a.yml": b"1", "known.txt": b"2"}


OLD = {"a.yml": b"a b c and more words", "c.yml": b"c", "gone.yml": b"gone"}
NEW = {"a.yml": b"a", "b/x.yml": b"b", "c.yml": b"c with more", "gone.yml": None}
"""What stood in one file goes to another, as `playbook split` does it, and what comes of it."""
DONE = {"a.yml": b"a", "b/x.yml": b"b", "c.yml": b"c with more"}


def old_files(folder: Path) -> Path:
    """A folder with them, one of which nobody else may read."""
    for name, text in OLD.items():
        (folder / name).write_bytes(text)
    (folder / "a.yml").chmod(0o600)
    return folder


def trouble(monkeypatch: pytest.MonkeyPatch, place: object, call: str, error: BaseException, number: int) -> None:
    """Let this call of the system end in an error from its call of this number on, which is before anything is done."""
    real, calls = getattr(place, call), iter(range(1000))
    monkeypatch.setattr(place, call, lambda *args, **more: failing(error, next(calls) >= number, real, *args, **more))


def failing(error: BaseException, fails: bool, real: Callable[..., object], *args: object, **more: object) -> object:
    if fails:
        raise error
    return real(*args, **more)


def full(*_: object, **__: object) -> None:
    """Instead of a call of the system, on a full disk."""
    raise OSError(errno.ENOSPC, "No space left on device")


def is_as_before(folder: Path) -> bool:
    """Nothing is new, not even a folder, and permissions are the same."""
    names = {path.name for path in folder.rglob("*")}
    return contents(folder) == OLD and names == {*OLD} and stat.S_IMODE((folder / "a.yml").stat().st_mode) == 0o600


@pytest.mark.parametrize("links", [True, False], ids=["links", "no links"])
@pytest.mark.parametrize("number", range(3))
def test_a_disk_without_room_for_all_is_left_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, links: bool
) -> None:
    """Whichever content has no room, none has taken its place; a folder that was made for one goes again."""
    folder = old_files(tmp_path)
    if not links:
        trouble(monkeypatch, os, "link", PermissionError(errno.EPERM, "Operation not permitted"), 0)
    with monkeypatch.context() as patched:
        trouble(patched, os, "fsync", OSError(errno.ENOSPC, "No space left on device"), number)
        with pytest.raises(OSError, match="No space") as full:
            files.renew_all(folder, NEW)
    assert Path(full.value.filename).relative_to(folder).as_posix() in NEW
    assert is_as_before(folder)
    files.renew_all(folder, NEW)
    assert contents(folder) == DONE


@pytest.mark.parametrize("links", [True, False], ids=["links", "no links"])
@pytest.mark.parametrize("error", [KeyboardInterrupt(), SystemExit(1), Refused("no"), OSError(errno.EIO, "broken")])
@pytest.mark.parametrize("late", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("name", ["a.yml", "b/x.yml", "c.yml", "gone.yml"])
def test_whatever_ends_it_no_file_is_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, late: bool, error: BaseException, links: bool
) -> None:
    """Also an interrupt, before and after a file has its place; on a full disk, since undoing takes no room."""
    folder = old_files(tmp_path)
    if not links:
        trouble(monkeypatch, os, "link", PermissionError(errno.EPERM, "Operation not permitted"), 0)
    call = "unlink" if name == "gone.yml" else "replace"
    real, begun = getattr(Path, call), list[str]()

    def ends(self: Path, *args: Path, **more: bool) -> object:
        if begun or (args or (self,))[0] != folder / name:
            return real(self, *args, **more)
        begun.append(name)
        monkeypatch.setattr(files, "_write", full)
        if late:
            real(self, *args, **more)
        raise error

    monkeypatch.setattr(Path, call, ends)
    with pytest.raises(type(error)) as raised:
        files.renew_all(folder, NEW)
    assert raised.value is error
    monkeypatch.undo()
    assert is_as_before(folder)


def test_a_run_that_is_killed_loses_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """At each moment all words stand in some file, at worst in two: what grows comes before what shrinks, the files
    beside the folder at the end, in their order.
    """
    folder = old_files(tmp_path)
    renamed = list[str]()
    replace = Path.replace

    def seen(self: Path, target: Path) -> Path:
        renamed.append(target.name)
        said = b" ".join(text for name, text in contents(folder).items() if ".playbook-" not in name).split()
        assert {b"a", b"b", b"c"} <= {*said}
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", seen)
    files.renew_all(folder, NEW, {tmp_path / "z.csv": b"1", tmp_path / "y.csv": b"2"})
    assert renamed == ["c.yml", "x.yml", "a.yml", "z.csv", "y.csv"]
    assert contents(folder) == {**DONE, "z.csv": b"1", "y.csv": b"2"}


def test_what_cannot_be_undone_is_named_and_still_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the place where the old content stands, and what was new."""
    folder = old_files(tmp_path)
    replace = Path.replace

    def broken(self: Path, target: Path) -> Path:
        if target.name == "a.yml":
            for call in ("replace", "unlink"):
                trouble(monkeypatch, Path, call, OSError(errno.EROFS, "Read-only file system"), 0)
            raise OSError(errno.EIO, "Input/output error")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", broken)
    with pytest.raises(Refused) as refused:
        files.renew_all(folder, NEW)
    why, *lost = refused.value.reasons
    assert why == f"not all could be written ({folder / 'a.yml'}: input/output error), and not all of it undone"
    places = dict(line.split(" may be ") for line in lost)
    assert places.pop(f"{folder / 'b/x.yml'}") == "new"
    kept = {
        name: Path(place.removeprefix("changed: what it said is in ")).read_bytes() for name, place in places.items()
    }
    assert kept == {f"{folder / name}": OLD[name] for name in ("gone.yml", "c.yml")}


def test_an_interrupt_while_it_is_undone_leaves_no_more_than_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The others are put back all the same, and that one is named."""
    folder = old_files(tmp_path)
    replace, calls = Path.replace, list[str]()

    def interrupted(self: Path, target: Path) -> Path:
        calls.append(target.name)
        if target.name == "a.yml" or calls.count("c.yml") == 2:
            raise KeyboardInterrupt
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", interrupted)
    with pytest.raises(Refused) as refused:
        files.renew_all(folder, NEW)
    why, lost = refused.value.reasons
    assert why == "not all could be written (something ended it), and not all of it undone"
    kept = Path(lost.removeprefix(f"{folder / 'c.yml'} may be changed: what it said is in "))
    monkeypatch.undo()
    kept.replace(folder / "c.yml")
    assert is_as_before(folder)


def test_a_temporary_folder_holds_files_at_any_depth_and_goes() -> None:
    """Whoever finds one that a killed run left sees by its name whose it is."""
    with files.temporary_folder({"a.yml": b"1", "x/y/z/b.yml": b"2", "x/y/z/c.yml": b"3"}) as folder:
        assert contents(folder) == {"a.yml": b"1", "x/y/z/b.yml": b"2", "x/y/z/c.yml": b"3"}
        assert folder.name.startswith("playbook-")
    assert not folder.exists()


# --- new folders --------------------------------------------------------------------------


def test_a_new_folder_comes_whole(tmp_path: Path) -> None:
    """Until it is filled it stands nowhere but beside its place, with a name of ours."""
    place = tmp_path / "deep" / "er" / "data"
    with files.new_folder(place) as folder:
        (folder / "a.yml").write_text("1")
        assert not place.exists()
        assert folder.parent.parent == place.parent
        assert folder.parent.name.startswith(".playbook-")
    assert contents(place) == {"a.yml": b"1"}
    assert list(place.parent.iterdir()) == [place]


@pytest.mark.parametrize("sink", ["a folder", "an empty folder", "a site"])
def test_a_folder_where_nothing_can_be_made_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sink: str
) -> None:
    """And not what was to be made in it, whose name nobody knows; also where it is the working directory."""
    monkeypatch.chdir(tmp_path)
    mkdir = os.mkdir

    def closed(name: str | Path, mode: int = 0o777) -> None:
        if files.WORKING in str(name):
            raise PermissionError(errno.EACCES, "Permission denied", name)
        mkdir(name, mode)

    monkeypatch.setattr(os, "mkdir", closed)
    path = Path("." if sink == "an empty folder" else "new")
    with pytest.raises(Refused) as refused, swap.new_site(path) if sink == "a site" else files.new_folder(path):
        pass  # pragma: no cover - it does not come to this
    assert refused.value.reasons == (f"nothing can be made in {tmp_path}: permission denied",)
    assert contents(tmp_path) == {}


def test_an_empty_folder_is_filled_and_stays_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody may work in it, or another disk may be mounted there: until the end only a name of ours is in it."""
    place = tmp_path / "data"
    place.mkdir()
    monkeypatch.chdir(place)
    before = place.stat()
    with files.new_folder(Path()) as folder:
        data_in(folder, **{"a.yml": "1", "sub/b.yml": "2"})
        assert [path.name.startswith(".playbook-") for path in place.iterdir()] == [True]
        assert folder.parent.resolve().parent == place
    assert contents(place) == {"a.yml": b"1", "sub/b.yml": b"2"}
    assert sorted(path.name for path in place.iterdir()) == ["a.yml", "sub"]
    assert os.path.samestat(before, place.stat())


def test_an_empty_folder_that_fails_to_be_filled_is_empty(tmp_path: Path) -> None:
    """As it was before."""

    def fail() -> None:
        with files.new_folder(tmp_path) as folder:
            (folder / "a.yml").write_text("1")
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("late", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("name", ["a.yml", "b", "c.yml"])
def test_an_interrupt_leaves_an_empty_folder_empty(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, late: bool
) -> None:
    """Also where some of what it was to hold stands in it already."""
    replace, calls = Path.replace, list[str]()

    def ends(self: Path, target: Path) -> Path:
        calls.append(target.name)
        if calls.count(name) == 1 and target == tmp_path / name:
            if late:
                replace(self, target)
            raise KeyboardInterrupt
        return replace(self, target)

    def fill() -> None:
        with files.new_folder(tmp_path) as folder:
            data_in(folder, **{"a.yml": "1", "b/b.yml": "2", "c.yml": "3"})
            monkeypatch.setattr(Path, "replace", ends)

    with pytest.raises(KeyboardInterrupt):
        fill()
    assert list(tmp_path.iterdir()) == []


def test_nothing_joins_what_came_into_an_empty_folder_meanwhile(tmp_path: Path) -> None:
    """What came stays as it is."""

    def fill() -> None:
        with files.new_folder(tmp_path) as folder:
            data_in(folder, **{"a.yml": "1", "b.yml": "2"})
            (tmp_path / "b.yml").write_text("theirs")

    with pytest.raises(Refused) as refused:
        fill()
    assert refused.value.reasons == (f"{tmp_path} was empty, and now has b.yml in it; nothing is written",)
    assert contents(tmp_path) == {"b.yml": b"theirs"}


@pytest.mark.parametrize("stands", ["a file", "a full folder", "a link to an empty folder", "a link to nowhere"])
def test_no_new_folder_takes_the_place_of_something(tmp_path: Path, stands: str) -> None:
    """Only nothing, or an empty folder, is replaced."""
    place = tmp_path / "data"
    if stands == "a file":
        place.touch()
    elif stands == "a full folder":
        (place / "sub").mkdir(parents=True)
    else:
        place.symlink_to("empty")
        if stands == "a link to an empty folder":
            (tmp_path / "empty").mkdir()
    before = sorted(tmp_path.rglob("*"))
    for ask in (files.check_new, lambda path: files.new_folder(path).__enter__()):
        with pytest.raises(Refused) as refused:
            ask(place)
        assert refused.value.reasons == (f"{place} is there already, with something in it; name another folder",)
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize(
    ("names", "shown"),
    [("", ""), ("a", "a"), ("c b a", "a, b, c"), ("d c b a", "a, b, c, ..."), ("e d c b a", "a, b, c, ...")],
)
def test_three_names_tell_what_is_in_a_folder(tmp_path: Path, names: str, shown: str) -> None:
    """In order of the alphabet; dots stand for what is more than three."""
    for name in names.split():
        (tmp_path / name).touch()
    assert files.names_in(tmp_path) == shown


def test_a_log_is_for_its_owner_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A traceback may hold what is in the data; each log is a new file, and holds all of its text whatever that is."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    one, other = files.log("partner é \udcff\n"), files.log("2")
    assert (one.read_bytes(), other.read_bytes()) == ("partner é \\udcff\n".encode(), b"2")
    assert {path.parent for path in (one, other)} == {tmp_path}
    assert [path.name[:9] + path.suffix for path in (one, other)] == ["playbook-.log"] * 2
    assert stat.S_IMODE(one.stat().st_mode) == 0o600


# --- pages into a folder ------------------------------------------------------------------

PAGE, OTHER = Page("index.md", "# A\n"), Page("b.md", "# B\n")


def test_pages_go_into_a_folder_whose_parents_are_not_there(tmp_path: Path) -> None:
    """All of them are made."""
    assert write_pages([PAGE], tmp_path / "a" / "b" / "c") == Written(1, 0, 0)
    assert (tmp_path / "a" / "b" / "c" / "index.md").read_text() == "# A\n"


def test_one_deleted_page_is_written_again(tmp_path: Path) -> None:
    """Though the manifest says what it should."""
    write_pages([PAGE, OTHER], tmp_path)
    (tmp_path / "b.md").unlink()
    assert write_pages([PAGE, OTHER], tmp_path) == Written(1, 1, 0)
    assert (tmp_path / "b.md").read_text() == "# B\n"


def test_an_edited_page_is_not_ours_any_more(tmp_path: Path) -> None:
    """Nor one behind a link, which leads to somebody's file."""
    pages = [PAGE, OTHER, Page("x/c.md", "c")]
    write_pages(pages, tmp_path)
    (tmp_path / "b.md").write_text("edited")
    (tmp_path / "x").rename(tmp_path / "y")
    (tmp_path / "x").symlink_to("y")
    assert ours(tmp_path) == {"index.md"}


def test_pages_change_again_after_a_killed_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the killed run had written is known for ours, also where the next one writes something else."""
    write_pages([Page("a.md", "1"), Page("b.md", "1")], tmp_path)

    def killed(path: Path, new: bytes | None) -> None:
        if path.name == "b.md":
            raise KeyboardInterrupt
        files.renew(path, new)

    with monkeypatch.context() as patched:
        patched.setattr("generator.sinks.folder.renew", killed)
        with pytest.raises(KeyboardInterrupt):
            write_pages([Page("a.md", "2"), Page("b.md", "2")], tmp_path)
    assert ours(tmp_path) == {"a.md", "b.md"}
    assert write_pages([Page("a.md", "3"), Page("b.md", "3")], tmp_path) == Written(2, 0, 0)


def test_the_manifest_has_a_line_for_each_page(tmp_path: Path) -> None:
    """A difference of two commits shows which pages changed."""
    write_pages([PAGE, OTHER], tmp_path)
    a, b = (hashlib.sha256(page.content.encode()).hexdigest() for page in (PAGE, OTHER))
    assert (tmp_path / MANIFEST).read_text().splitlines() == [
        "{", ' "version": 1,', ' "pages": {', f'  "b.md": "{b}",', f'  "index.md": "{a}"', " }", "}",
    ]  # fmt: skip


@pytest.mark.parametrize("sink", ["pages", "site"])
def test_whoever_waits_is_told(tmp_path: Path, sink: str) -> None:
    """A second run into the same place says that it waits, and goes on when the first one is done."""
    place, waits = tmp_path / "out", threading.Event()

    def second() -> None:
        if sink == "pages":
            write_pages([PAGE], place, waits.set)
        else:
            with swap.new_site(place, waits.set) as new:
                (new / "index.md").write_text("x")

    thread = threading.Thread(target=second)
    with locked(place):
        thread.start()
        waits.wait()
        assert not (place / "index.md").exists()
    thread.join()
    assert (place / "index.md").exists()


@pytest.mark.parametrize("name", ["pages", "site", "new folder"])
def test_a_run_that_fails_leaves_no_folders_of_its_making(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """Nor those above; what was there stays, and what somebody has put into one meanwhile."""
    (tmp_path / "mine").mkdir()
    monkeypatch.setattr(files, "_write", full)

    def fail(place: Path) -> None:
        if name == "pages":
            write_pages([PAGE], place)
        with swap.new_site(place) if name == "site" else files.new_folder(place) as folder:
            files.renew(folder / "a", b"1")

    with pytest.raises(OSError, match="No space"):
        fail(tmp_path / "mine" / "a" / "b" / "c")
    assert list(tmp_path.rglob("*")) == [tmp_path / "mine"]

    def joined(*_: object, **__: object) -> None:
        (tmp_path / "mine" / "a" / "theirs").touch()
        full()

    monkeypatch.setattr(files, "_write", joined)
    with pytest.raises(OSError, match="No space"):
        fail(tmp_path / "mine" / "a" / "b" / "c")
    assert contents(tmp_path) == {"mine/a/theirs": b""}
    assert not (tmp_path / "mine" / "a" / "b").exists()


def test_a_page_without_room_leaves_no_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The pages before it are known for ours."""
    write, pages = files._write, [PAGE, Page("x/y/c.md", "c")]

    def filling(file: Path, new: bytes, path: Path, **more: bool) -> None:
        write(file, new, path, **more) if path.name != "c.md" else full()

    with monkeypatch.context() as patched:
        patched.setattr(files, "_write", filling)
        with pytest.raises(OSError, match="No space"):
            write_pages(pages, tmp_path / "out")
    assert sorted(os.listdir(tmp_path / "out")) == [MANIFEST, "index.md"]
    assert write_pages(pages, tmp_path / "out") == Written(1, 1, 0)


# --- sites --------------------------------------------------------------------------------


def test_a_site_whose_parents_are_not_there(tmp_path: Path) -> None:
    """All of them are made; until the end the new site stands beside its place, with a name of ours."""
    with swap.new_site(tmp_path / "a" / "b" / "site") as new:
        (new / "index.html").write_text("1")
        assert new.parent.parent == tmp_path / "a" / "b"
        assert new.parent.name.startswith(".playbook-")
    assert (tmp_path / "a" / "b" / "site" / "index.html").read_text() == "1"


def test_a_work_folder_that_goes_is_no_second_failure(tmp_path: Path) -> None:
    """Somebody cleans up while a site is built: what ended the build is what is told."""

    def fail() -> None:
        with swap.new_site(tmp_path / "site") as new:
            shutil.rmtree(new.parent)
            raise KeyError

    with pytest.raises(KeyError):
        fail()


def test_a_note_that_cannot_be_written_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full place for temporary files is what is told, not that the note is missing."""

    def full(*_: object, **__: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_text", full)
    with pytest.raises(OSError, match="No space"), swap.new_site(tmp_path / "site"):
        pass
    assert list(tmp_path.iterdir()) == []


def no_library(*_: object, **__: object) -> object:
    raise OSError("no C library")


def library(code: int) -> Callable[..., object]:
    """A C library whose call fails like this."""

    def call(*_: object) -> int:
        ctypes.set_errno(code)
        return -1

    return lambda *_, **__: SimpleNamespace(renameat2=call)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the call is one of Linux")
@pytest.mark.parametrize(
    "found",
    [no_library, lambda *_, **__: object(), library(errno.ENOSYS), library(errno.EINVAL), library(errno.ENOTSUP)],
    ids=["no library", "no call", "an old system", "another file system", "not supported"],
)
def test_a_system_without_exchange_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, found: Callable[..., object]
) -> None:
    """Nothing has moved; and a site takes the place of the old one all the same, in two steps."""
    site = tmp_path / "site"
    with swap.new_site(site) as new:
        (new / "1").touch()
    monkeypatch.setattr(ctypes, "CDLL", found)
    (tmp_path / "other").mkdir()
    assert swap.exchange(tmp_path / "other", site) is False
    assert list((tmp_path / "other").iterdir()) == []
    with swap.new_site(site) as new:
        (new / "2").touch()
    assert sorted(os.listdir(site)) == [swap.MARK, "2"]


def test_another_system_is_not_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On macOS and Windows there is no such call."""
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr(ctypes, "CDLL", pytest.fail)
    assert swap.exchange(tmp_path / "a", tmp_path / "b") is False


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the call is one of Linux")
def test_folders_named_from_here_change_places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And where one is missing, the system's own words say so."""
    monkeypatch.chdir(tmp_path)
    Path("a").mkdir()
    Path("b").mkdir()
    Path("a/x").touch()
    assert swap.exchange(Path("a"), Path("b")) is True
    assert os.listdir("b") == ["x"]
    with pytest.raises(FileNotFoundError) as missing:
        swap.exchange(Path("a"), Path("c"))
    assert missing.value.strerror == os.strerror(errno.ENOENT)
