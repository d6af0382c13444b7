"""Sinks: pages into a folder, and a site into its place, whatever stands there and whenever a run ends."""

from __future__ import annotations

import contextlib
import errno
import json
import os
import socket
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from generator.sinks import Refused, files, swap
from generator.sinks.folder import MANIFEST, Written, ours
from generator.sinks.lock import locked
from generator.site import Page
from tests.kit import contents, write_pages

A, B = Page("index.md", "# A\n"), Page("partners/acme.md", "# Acme é\n")


def tree(folder: Path) -> dict[str, bytes]:
    """What is in it but the list of what is ours."""
    return {path: content for path, content in contents(folder).items() if Path(path).name != MANIFEST}


# --- pages into a folder ------------------------------------------------------------------


def test_pages_are_written_as_they_are(tmp_path: Path) -> None:
    """UTF-8, no change of line ends, nothing else in the folder but the manifest."""
    assert write_pages([A, B], tmp_path / "out") == Written(2, 0, 0)
    assert tree(tmp_path / "out") == {"index.md": b"# A\n", "partners/acme.md": "# Acme é\n".encode()}
    assert (tmp_path / "out" / MANIFEST).is_file()


def test_a_second_run_writes_nothing(tmp_path: Path) -> None:
    """What is there already is not touched, not even its time."""
    write_pages([A, B], tmp_path)
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
    assert write_pages([A, B], tmp_path) == Written(0, 2, 0)
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*") if path.is_file()} == {
        path: time for path, time in before.items() if path.is_file()
    }


def test_stale_pages_vanish_with_their_empty_folders(tmp_path: Path) -> None:
    """A folder with something else in it stays."""
    write_pages([A, B, Page("types/x/y.md", "y"), Page("modes/a.md", "a")], tmp_path)
    (tmp_path / "modes" / "note.txt").write_text("mine")
    assert write_pages([A], tmp_path) == Written(0, 1, 3)
    assert tree(tmp_path) == {"index.md": b"# A\n", "modes/note.txt": b"mine"}
    assert not (tmp_path / "types").exists()


def test_a_deleted_page_is_written_again(tmp_path: Path) -> None:
    """And one that is both deleted and no longer made is no trouble."""
    write_pages([A, B], tmp_path)
    (tmp_path / A.path).unlink()
    (tmp_path / B.path).unlink()
    assert write_pages([A], tmp_path) == Written(1, 0, 0)
    assert tree(tmp_path) == {"index.md": b"# A\n"}


def test_nothing_is_written_where_anything_is_in_the_way(tmp_path: Path) -> None:
    """Hand-written, hand-edited and stale-but-edited files are all named at once, and all stay."""
    write_pages([A, B, Page("old.md", "old")], tmp_path)
    (tmp_path / "index.md").write_text("edited")
    (tmp_path / "old.md").write_text("edited too")
    (tmp_path / "new.md").write_text("by hand")
    before = tree(tmp_path)
    with pytest.raises(Refused) as refused:
        write_pages([Page("index.md", "# A2\n"), Page("partners/acme.md", "2"), Page("new.md", "ours")], tmp_path)
    assert [reason.split("/")[-1] for reason in refused.value.reasons] == [
        "index.md was edited by hand",
        "new.md was not written by playbook",
        "old.md was edited by hand",
    ]
    assert tree(tmp_path) == before


def test_a_file_that_already_says_the_same_is_adopted(tmp_path: Path) -> None:
    """What somebody wrote beside our pages is no trouble as long as it is the page."""
    write_pages([B], tmp_path)
    (tmp_path / "index.md").write_bytes(b"# A\n")
    assert write_pages([A, B], tmp_path) == Written(0, 2, 0)
    assert ours(tmp_path) == {"index.md", "partners/acme.md"}


@pytest.mark.parametrize("name", ["partners.yml", ".git", "sub/deep.txt"])
def test_a_folder_of_somebody_else_is_refused(tmp_path: Path, name: str) -> None:
    """Where no manifest says that pages of ours are there, anything else in the folder is in the way, and stays."""
    path = tmp_path / "out" / name
    path.parent.mkdir(parents=True)
    path.write_text("mine")
    with pytest.raises(Refused, match=r"something else than pages of ours \((partners.yml|.git|sub)\)"):
        write_pages([A], tmp_path / "out")
    assert tree(tmp_path / "out") == {name: b"mine"}


def test_pages_stay_apart_from_what_they_are_made_of(tmp_path: Path) -> None:
    """Not even a manifest in the data folder, which a pull request could bring, lets pages be written there."""
    data = tmp_path / "data"
    write_pages([A], data)
    for out in (data, tmp_path, Path("/"), data / "deeper"):
        with pytest.raises(Refused, match="must stay apart"):
            write_pages([B], out, protected=[data])
    (tmp_path / "out").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(Refused, match="is a symbolic link"):
        write_pages([B], tmp_path / "out", protected=[data])
    assert tree(tmp_path) == {"data/index.md": b"# A\n"}


@pytest.mark.parametrize("where", ["index.md", "partners", "partners/acme.md", MANIFEST])
def test_symbolic_links_are_refused(tmp_path: Path, where: str) -> None:
    """No link is followed or replaced, as a page, on the way to one, or as the manifest."""
    outside = tmp_path / "outside"
    outside.mkdir()
    out = tmp_path / "out"
    write_pages([Page("x.md", "x")], out)
    (out / where).unlink(missing_ok=True)
    (out / MANIFEST).parent.mkdir(exist_ok=True)
    (out / where).parent.mkdir(exist_ok=True)
    (out / where).symlink_to(outside)
    with pytest.raises(Refused, match="symbolic link"):
        write_pages([A, B], out)
    assert tree(outside) == {}
    assert (out / where).is_symlink()


def test_other_things_in_the_way_are_refused(tmp_path: Path) -> None:
    """A folder or a pipe where a page belongs, a file where a folder belongs."""
    write_pages([Page("x.md", "x")], tmp_path)
    (tmp_path / "index.md").mkdir()
    (tmp_path / "partners").write_text("")
    os.mkfifo(tmp_path / "pipe.md")
    with pytest.raises(Refused) as refused:
        write_pages([A, B, Page("pipe.md", "")], tmp_path)
    assert len(refused.value.reasons) == 3
    (tmp_path / "file").write_text("")
    with pytest.raises(Refused, match="not a folder"):
        write_pages([A], tmp_path / "file")


@pytest.mark.parametrize("path", ["../x.md", "/x.md", "a/../../x.md", "", "a\\b.md", "a\0.md"])
def test_a_page_outside_the_folder_is_a_bug(tmp_path: Path, path: str) -> None:
    """Page paths come from us, so that this is no user's mistake."""
    with pytest.raises(ValueError, match="leads out"):
        write_pages([Page(path, "")], tmp_path)


@pytest.mark.parametrize(
    "text",
    [
        *("", "[]", "{}", "\udcff", "[" * 100_000, '{"version": 1, "pages": []}', '{"version": 9, "pages": {}}'),
        *('{"version": 1, "pages": {"x": 1}}', '{"version": 1, "pages": {"../x": "a"}}'),
    ],
)
def test_a_damaged_manifest_is_refused(tmp_path: Path, text: str) -> None:
    """It could make us delete a file of somebody else."""
    (tmp_path / MANIFEST).write_bytes(text.encode(errors="surrogateescape"))
    with pytest.raises(Refused, match=r"damaged|another version"):
        write_pages([A], tmp_path)


@pytest.mark.parametrize("survives", range(8))
def test_a_run_recovers_from_a_killed_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, survives: int) -> None:
    """Wherever a run is cut off, the next one finds only its own files and finishes."""
    write_pages([A, B, Page("old.md", "old")], tmp_path)
    done = 0

    def step(original: object) -> object:
        def counted(*args: object, **kwargs: object) -> object:
            nonlocal done
            done += 1
            if done > survives:
                raise KeyboardInterrupt
            return original(*args, **kwargs)  # type: ignore[operator]

        return counted

    with monkeypatch.context() as patched:
        patched.setattr("generator.sinks.folder.renew", step(files.renew))
        patched.setattr(Path, "rmdir", step(Path.rmdir))
        new = [Page("index.md", "# A2\n"), Page("types/new.md", "new")]
        with contextlib.suppress(KeyboardInterrupt):
            write_pages(new, tmp_path)
    write_pages(new, tmp_path)
    assert tree(tmp_path) == {"index.md": b"# A2\n", "types/new.md": b"new"}
    assert ours(tmp_path) == {"index.md", "types/new.md"}
    assert "pending" not in json.loads((tmp_path / MANIFEST).read_text())


def test_pages_are_world_readable(tmp_path: Path) -> None:
    """As far as the umask lets them be: a web server reads them."""
    old = os.umask(0o022)
    try:
        write_pages([A], tmp_path)
    finally:
        os.umask(old)
    assert stat.S_IMODE((tmp_path / "index.md").stat().st_mode) == 0o644


def test_single_files(tmp_path: Path) -> None:
    """They are renewed whole, removed, and read as nothing where they are not."""
    path = tmp_path / "x"
    assert files.content(path) is None
    files.renew(path, b"1")
    assert files.content(path) == b"1"
    files.renew(path, None)
    assert list(tmp_path.iterdir()) == []


def test_a_renewed_file_keeps_its_permissions(tmp_path: Path) -> None:
    """Who may read it is not ours to change."""
    path = tmp_path / "x"
    path.touch(0o640)
    path.chmod(0o640)
    files.renew(path, b"1")
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def special(path: Path, kind: str) -> None:
    """Put there what is no ordinary file."""
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "socket":
        with socket.socket(socket.AF_UNIX) as server, contextlib.chdir(path.parent):
            server.bind(path.name)
    elif kind == "folder":
        path.mkdir()
    elif kind == "link":
        path.symlink_to("target")
    elif kind == "link to nowhere":
        path.symlink_to(path.parent / "nowhere")


KINDS = ("pipe", "socket", "folder", "link", "link to nowhere")


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_no_file_is_neither_read_nor_replaced(tmp_path: Path, kind: str) -> None:
    """No waiting for a pipe, nothing written through a link, nothing beside it afterwards."""
    (tmp_path / "target").write_text("mine")
    path = tmp_path / "out"
    special(path, kind)
    before = path.lstat()
    with pytest.raises(Refused, match=f"{path} is a .*, not an ordinary file"):
        files.content(path)
    for new in (b"x", None):
        with pytest.raises(Refused, match=f"{path} is a .*, not an ordinary file"):
            files.renew(path, new)
    with pytest.raises(Refused, match="not an ordinary file"):
        files.renew_all(tmp_path, {"new": b"x", "out": b"x"})
    assert os.path.samestat(path.lstat(), before)
    assert sorted(os.listdir(tmp_path)) == ["out", "target"]
    assert (tmp_path / "target").read_text() == "mine"


def test_a_device_is_neither_read_nor_replaced() -> None:
    """As root, the null device of the whole machine once became a file."""
    with pytest.raises(Refused, match="/dev/null is a device"):
        files.renew(Path("/dev/null"), b"x")
    assert stat.S_ISCHR(Path("/dev/null").stat().st_mode)


@pytest.mark.parametrize("where", ["schemas", "schemas/deeper"])
def test_nothing_is_written_through_a_link_on_the_way(tmp_path: Path, where: str) -> None:
    """All that is to be written stays inside the folder, or nothing is written."""
    (tmp_path / "outside").mkdir()
    (tmp_path / "data" / where).parent.mkdir(parents=True)
    (tmp_path / "data" / where).symlink_to(tmp_path / "outside")
    with pytest.raises(Refused, match=f"is behind the symbolic link {tmp_path / 'data' / where}"):
        files.renew_all(tmp_path / "data", {"a.yml": b"x", f"{where}/b.json": b"x"})
    assert tree(tmp_path) == {}


@pytest.mark.parametrize("call", ["write", "replace"])
def test_a_full_disk_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str) -> None:
    """The file keeps its content, and no half of the new one stays beside it."""
    path = tmp_path / "x"
    path.write_bytes(b"old")

    def full(*_: object, **__: object) -> object:
        raise OSError(errno.ENOSPC, "No space left on device")

    if call == "write":
        monkeypatch.setattr(os, "fdopen", full)
    else:
        monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="No space"):
        files.renew(path, b"new")
    assert tree(tmp_path) == {"x": b"old"}


# --- locks --------------------------------------------------------------------------------


def test_a_lock_makes_others_wait(tmp_path: Path) -> None:
    """The second holder is told that it waits, and never runs beside the first; nothing stands beside the place."""
    place = tmp_path / "site"
    waits, events = threading.Event(), []

    def second() -> None:
        with locked(place, waits.set):
            events.append("second")

    thread = threading.Thread(target=second)
    with locked(place):
        thread.start()
        waits.wait()
        events.append("first")
    thread.join()
    assert events == ["first", "second"]
    assert list(tmp_path.iterdir()) == []


def test_a_lock_goes_also_after_an_exception(tmp_path: Path) -> None:
    """The next run is not held up, and other places never are."""
    with pytest.raises(KeyError), locked(tmp_path), locked(tmp_path / "other", pytest.fail):
        raise KeyError
    with locked(tmp_path, pytest.fail):
        pass


def test_one_place_has_one_lock_by_whatever_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two names of one folder are one place."""
    (tmp_path / "link").symlink_to(tmp_path)
    monkeypatch.chdir(tmp_path)

    def give_up() -> None:
        raise KeyboardInterrupt

    with locked(tmp_path / "data"):
        for name in ("data", "link/data", "./x/../data"):
            with pytest.raises(KeyboardInterrupt), locked(Path(name), give_up):
                pass
    with locked(Path("data"), give_up):
        pass


@pytest.mark.parametrize("kind", ["link", "file", "open to others"])
def test_the_folder_of_locks_is_our_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    """In the common place for temporary files somebody else may have put a trap."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    folder = tmp_path / f"playbook-locks-{os.getuid()}"
    if kind == "link":
        (tmp_path / "elsewhere").mkdir(mode=0o700)
        folder.symlink_to(tmp_path / "elsewhere")
    elif kind == "file":
        folder.touch(0o700)
    else:
        folder.mkdir()
        folder.chmod(0o777)
    with pytest.raises(Refused, match="should be a folder that is yours alone"), locked(tmp_path / "site"):
        pass


# --- a site into its place ----------------------------------------------------------------


def built(folder: Path, text: str) -> None:
    (folder / "index.html").write_text(text)


@pytest.fixture(params=["one step", "two steps"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Both ways to swap: in one step, and where the system cannot."""
    if request.param == "two steps":
        monkeypatch.setattr(swap, "exchange", lambda _one, _other: False)
    return str(request.param)


def test_a_site_replaces_the_old_one_whole(tmp_path: Path, way: str) -> None:
    """No file of the old one stays, and nothing lies beside the new one."""
    site = tmp_path / "site"
    for text in ("1", "2"):
        with swap.new_site(site) as new:
            built(new, text)
            (new / f"only-{text}").touch()
    assert sorted(tree(site)) == [swap.MARK, "index.html", "only-2"]
    assert (site / "index.html").read_text() == "2"
    assert list(tmp_path.iterdir()) == [site]


def test_what_is_told_of_a_new_site_is_told_while_no_other_run_can_replace_it(tmp_path: Path, way: str) -> None:
    """Expected: it stands there, the old one is gone, and the lock is held; a build that fails tells nothing."""
    site, seen = tmp_path / "site", list[object]()

    def give_up() -> None:
        raise TimeoutError

    def placed() -> None:
        with pytest.raises(TimeoutError), locked(site, give_up):
            pass
        seen.append((os.listdir(tmp_path), (site / "index.html").read_text()))

    for text in ("1", "2"):
        with swap.new_site(site, placed=placed) as new:
            built(new, text)
    assert seen == [(["site"], "1"), (["site"], "2")]
    with pytest.raises(ValueError, match="x"), swap.new_site(site, placed=placed):
        raise ValueError("x")
    assert len(seen) == 2


@pytest.mark.parametrize("end", [ValueError, KeyboardInterrupt])
def test_a_failed_build_leaves_the_old_site(tmp_path: Path, way: str, end: type[BaseException]) -> None:
    """And nothing beside it; where there was no site there is none."""
    site = tmp_path / "site"

    def fail() -> None:
        with swap.new_site(site) as new:
            built(new, "half")
            raise end

    with pytest.raises(end):
        fail()
    assert list(tmp_path.iterdir()) == []
    with swap.new_site(site) as new:
        built(new, "1")
    with pytest.raises(end):
        fail()
    assert (site / "index.html").read_text() == "1"
    assert list(tmp_path.iterdir()) == [site]


def test_an_interrupted_swap_is_undone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between the two steps the old site stands in the work folder: at once, or by the next build, it comes back."""
    monkeypatch.setattr(swap, "exchange", lambda _one, _other: False)
    site = tmp_path / "site"
    with swap.new_site(site) as new:
        built(new, "1")
    rename = Path.rename

    def interrupted(self: Path, target: Path) -> Path:
        if self.name == "new":
            raise KeyboardInterrupt
        return rename(self, target)

    def build() -> None:
        with swap.new_site(site) as new:
            built(new, "2")

    with monkeypatch.context() as patched:
        patched.setattr(Path, "rename", interrupted)
        with pytest.raises(KeyboardInterrupt):
            build()
    assert (site / "index.html").read_text() == "1"
    assert list(tmp_path.iterdir()) == [site]


def test_a_site_that_cannot_be_replaced_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Such as a mount point: the old site stays."""
    site = tmp_path / "site"
    with swap.new_site(site) as new:
        built(new, "1")

    def busy(_one: Path, _other: Path) -> bool:
        raise OSError(errno.EBUSY, "busy")

    monkeypatch.setattr(swap, "exchange", busy)
    with pytest.raises(Refused, match="cannot be replaced: busy"), swap.new_site(site) as new:
        built(new, "2")
    assert (site / "index.html").read_text() == "1"


def test_exchange_says_what_it_cannot(tmp_path: Path) -> None:
    """A missing side is an error, not a case for the other way."""
    with pytest.raises(FileNotFoundError):
        swap.exchange(tmp_path / "a", tmp_path / "b")


@pytest.mark.parametrize("to", ["victim", ".", "nowhere"])
def test_a_linked_site_is_refused(tmp_path: Path, to: str) -> None:
    """A pull request can carry a link: what it leads to stays, even where that is a site of ours."""
    (tmp_path / "victim" / ".git").mkdir(parents=True)
    swap.mark(tmp_path / "victim")
    (tmp_path / "site").symlink_to(to)
    before = tree(tmp_path)
    with pytest.raises(Refused, match="is a symbolic link"), swap.new_site(tmp_path / "site") as new:
        built(new, "1")
    assert tree(tmp_path) == before
    assert (tmp_path / "victim" / ".git").is_dir()


@pytest.mark.parametrize("name", [".site-work", ".site-lock", ".playbook-", ".playbook-site"])
@pytest.mark.parametrize("to", ["../victim", "."])
def test_links_with_names_of_ours_lead_nowhere(tmp_path: Path, way: str, name: str, to: str) -> None:
    """`.site-work -> ../victim` once emptied that folder, and `-> .` removed the repository."""
    (tmp_path / "victim" / "deep").mkdir(parents=True)
    (tmp_path / "victim" / "deep" / "thesis.txt").write_text("mine")
    repository = tmp_path / "repository"
    (repository / "data").mkdir(parents=True)
    (repository / name).symlink_to(to)
    for text in ("1", "2"):
        with swap.new_site(repository / "site") as new:
            built(new, text)
    assert (repository / "site" / "index.html").read_text() == "2"
    assert (tmp_path / "victim" / "deep" / "thesis.txt").read_text() == "mine"
    assert sorted(os.listdir(repository)) == sorted([name, "data", "site"])


def test_a_site_is_world_readable(tmp_path: Path) -> None:
    """A web server must be able to enter it."""
    old = os.umask(0o022)
    try:
        with swap.new_site(tmp_path / "deep" / "site") as new:
            built(new, "1")
    finally:
        os.umask(old)
    assert stat.S_IMODE((tmp_path / "deep" / "site").stat().st_mode) == 0o755


def test_only_a_site_or_an_empty_folder_is_replaced(tmp_path: Path) -> None:
    """Somebody's folder is refused, and so is a file."""
    site = tmp_path / "site"
    swap.check(site, [])
    site.mkdir()
    swap.check(site, [])
    (site / "thesis.txt").touch()
    with pytest.raises(Refused, match=r"something else than a site of ours \(thesis.txt\)"):
        swap.check(site, [])
    swap.mark(site)
    swap.check(site, [])
    with pytest.raises(Refused, match="not a folder"):
        swap.check(site / "thesis.txt", [])


@pytest.mark.parametrize("mark", ["", "sitemap", "half", "link", "folder"])
def test_half_a_mark_is_none(tmp_path: Path, mark: str) -> None:
    """What looks like a site of another program, or bears a mark that is not whole, is somebody's folder."""
    site = tmp_path / "site"
    site.mkdir()
    (site / "index.html").touch()
    if mark == "sitemap":
        (site / "sitemap.xml").touch()
        (site / "404.html").touch()
    elif mark == "half":
        (site / swap.MARK).write_text(swap.MARK_TEXT[:20])
    elif mark == "link":
        (tmp_path / "mark").write_text(swap.MARK_TEXT)
        (site / swap.MARK).symlink_to(tmp_path / "mark")
    elif mark == "folder":
        (site / swap.MARK).mkdir()
    before = sorted(os.listdir(site))
    with pytest.raises(Refused, match="something else than a site of ours"), swap.new_site(site) as new:
        built(new, "1")
    assert sorted(os.listdir(site)) == before


def test_a_folder_that_becomes_somebody_elses_meanwhile_stays(tmp_path: Path) -> None:
    """What is to be replaced is looked at once more when the new site is ready."""
    site = tmp_path / "site"

    def build() -> None:
        with swap.new_site(site) as new:
            built(new, "1")
            site.mkdir()
            (site / "thesis.txt").touch()

    with pytest.raises(Refused, match="something else"):
        build()
    assert tree(tmp_path) == {"site/thesis.txt": b""}


def test_a_site_stays_apart_from_what_it_is_made_of(tmp_path: Path) -> None:
    """It may neither hold data/ or docs/ nor lie in them, also by way of a link."""
    data = tmp_path / "data"
    data.mkdir()
    (tmp_path / "link").symlink_to(tmp_path)
    for site in (tmp_path, tmp_path.parent, Path("/"), data, data / "site", tmp_path / "link/data", tmp_path / "x/.."):
        with pytest.raises(Refused, match="must stay apart"):
            swap.check(site, [data])
    swap.check(tmp_path / "site", [data, tmp_path / "mkdocs.yml"])


@pytest.mark.parametrize("moment", ["while it is built", "between the two steps"])
def test_a_killed_process_leaves_the_site(tmp_path: Path, moment: str) -> None:
    """SIGKILL: the old site is whole, or the next build brings it back; it goes through and tidies up."""
    site = tmp_path / "site"
    with swap.new_site(site) as new:
        built(new, "1")
    half = "(new / 'half').touch(); os.kill(os.getpid(), signal.SIGKILL)\n"
    if moment == "between the two steps":
        half = (
            "swap.exchange = lambda _one, _other: False\n    rename = Path.rename\n"
            "    Path.rename = lambda path, to: rename(path, to) if path.name != 'new' else os.kill(os.getpid(), 9)\n"
        )
    code = (
        "import os, signal, sys; from pathlib import Path; from generator.sinks import swap\n"
        f"with swap.new_site(Path(sys.argv[1])) as new:\n    {half}"
    )
    assert subprocess.run([sys.executable, "-c", code, site], check=False).returncode == -9
    assert len(list(tmp_path.iterdir())) == (1 if moment == "between the two steps" else 2)
    with swap.new_site(site) as new:
        assert (site / "index.html").read_text() == "1"
        built(new, "2")
    assert (site / "index.html").read_text() == "2"
    assert list(tmp_path.iterdir()) == [site]


@pytest.mark.parametrize("planted", ["link", "another folder", "elsewhere"])
def test_a_note_of_a_killed_build_removes_nothing_of_others(tmp_path: Path, planted: str) -> None:
    """Where something else stands by now under the noted name, it stays."""
    site, left = tmp_path / "site", tmp_path / ".playbook-left"
    left.mkdir()
    status = left.stat()
    with locked(site) as note:
        where = tmp_path / "deep" / left.name if planted == "elsewhere" else left
        note.write_text(json.dumps([str(where), status.st_dev, status.st_ino]))
    left.rename(tmp_path / "kept")
    if planted == "link":
        left.symlink_to(tmp_path / "kept")
    else:
        where.mkdir(parents=True)
        (where / "thesis.txt").touch()
    with swap.new_site(site) as new:
        built(new, "1")
    assert (tmp_path / "kept").is_dir()
    assert where.is_dir()
