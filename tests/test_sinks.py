"""Sinks: pages into a folder, and a site into its place, whatever stands there and whenever a run ends."""

from __future__ import annotations

import contextlib
import errno
import json
import os
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from generator.sinks import Refused, files, swap
from generator.sinks.folder import MANIFEST, Written, ours, write
from generator.sinks.lock import locked
from generator.site import Page

A, B = Page("index.md", "# A\n"), Page("partners/acme.md", "# Acme é\n")


def tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != MANIFEST
    }


# --- pages into a folder ------------------------------------------------------------------


def test_pages_are_written_as_they_are(tmp_path: Path) -> None:
    """UTF-8, no change of line ends, nothing else in the folder but the manifest."""
    assert write([A, B], tmp_path / "out") == Written(2, 0, 0)
    assert tree(tmp_path / "out") == {"index.md": b"# A\n", "partners/acme.md": "# Acme é\n".encode()}
    assert (tmp_path / "out" / MANIFEST).is_file()


def test_a_second_run_writes_nothing(tmp_path: Path) -> None:
    """What is there already is not touched, not even its time."""
    write([A, B], tmp_path)
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
    assert write([A, B], tmp_path) == Written(0, 2, 0)
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*") if path.is_file()} == {
        path: time for path, time in before.items() if path.is_file()
    }


def test_stale_pages_vanish_with_their_empty_folders(tmp_path: Path) -> None:
    """A folder with something else in it stays."""
    write([A, B, Page("types/x/y.md", "y"), Page("modes/a.md", "a")], tmp_path)
    (tmp_path / "modes" / "note.txt").write_text("mine")
    assert write([A], tmp_path) == Written(0, 1, 3)
    assert tree(tmp_path) == {"index.md": b"# A\n", "modes/note.txt": b"mine"}
    assert not (tmp_path / "types").exists()


def test_a_deleted_page_is_written_again(tmp_path: Path) -> None:
    """And one that is both deleted and no longer made is no trouble."""
    write([A, B], tmp_path)
    (tmp_path / A.path).unlink()
    (tmp_path / B.path).unlink()
    assert write([A], tmp_path) == Written(1, 0, 0)
    assert tree(tmp_path) == {"index.md": b"# A\n"}


def test_nothing_is_written_where_anything_is_in_the_way(tmp_path: Path) -> None:
    """Hand-written, hand-edited and stale-but-edited files are all named at once, and all stay."""
    write([A, B, Page("old.md", "old")], tmp_path)
    (tmp_path / "index.md").write_text("edited")
    (tmp_path / "old.md").write_text("edited too")
    (tmp_path / "new.md").write_text("by hand")
    before = tree(tmp_path)
    with pytest.raises(Refused) as refused:
        write([Page("index.md", "# A2\n"), Page("partners/acme.md", "2"), Page("new.md", "ours")], tmp_path)
    assert [reason.split("/")[-1] for reason in refused.value.reasons] == [
        "index.md was edited by hand",
        "new.md was not written by playbook",
        "old.md was edited by hand",
    ]
    assert tree(tmp_path) == before


def test_a_file_that_already_says_the_same_is_adopted(tmp_path: Path) -> None:
    """A folder copied without its manifest is no trouble as long as it holds the same pages."""
    (tmp_path / "index.md").write_bytes(b"# A\n")
    assert write([A], tmp_path) == Written(0, 1, 0)
    assert ours(tmp_path) == {"index.md"}


@pytest.mark.parametrize("where", ["index.md", "partners", "partners/acme.md", MANIFEST])
def test_symbolic_links_are_refused(tmp_path: Path, where: str) -> None:
    """No link is followed or replaced, as a page, on the way to one, or as the manifest."""
    outside = tmp_path / "outside"
    outside.mkdir()
    out = tmp_path / "out"
    (out / where).parent.mkdir(parents=True)
    (out / where).symlink_to(outside)
    with pytest.raises(Refused, match="symbolic link"):
        write([A, B], out)
    assert tree(outside) == {}
    assert (out / where).is_symlink()


def test_other_things_in_the_way_are_refused(tmp_path: Path) -> None:
    """A folder or a pipe where a page belongs, a file where a folder belongs."""
    (tmp_path / "index.md").mkdir()
    (tmp_path / "partners").write_text("")
    os.mkfifo(tmp_path / "pipe.md")
    with pytest.raises(Refused) as refused:
        write([A, B, Page("pipe.md", "")], tmp_path)
    assert len(refused.value.reasons) == 3
    (tmp_path / "file").write_text("")
    with pytest.raises(Refused, match="not a folder"):
        write([A], tmp_path / "file")


@pytest.mark.parametrize("path", ["../x.md", "/x.md", "a/../../x.md", "", "a\\b.md", "a\0.md"])
def test_a_page_outside_the_folder_is_a_bug(tmp_path: Path, path: str) -> None:
    """Page paths come from us, so that this is no user's mistake."""
    with pytest.raises(ValueError, match="leads out"):
        write([Page(path, "")], tmp_path)


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
        write([A], tmp_path)


@pytest.mark.parametrize("survives", range(8))
def test_a_run_recovers_from_a_killed_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, survives: int) -> None:
    """Wherever a run is cut off, the next one finds only its own files and finishes."""
    write([A, B, Page("old.md", "old")], tmp_path)
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
        patched.setattr("generator.sinks.folder.replace", step(files.replace))
        patched.setattr(Path, "rmdir", step(Path.rmdir))
        new = [Page("index.md", "# A2\n"), Page("types/new.md", "new")]
        with contextlib.suppress(KeyboardInterrupt):
            write(new, tmp_path)
    write(new, tmp_path)
    assert tree(tmp_path) == {"index.md": b"# A2\n", "types/new.md": b"new"}
    assert ours(tmp_path) == {"index.md", "types/new.md"}
    assert "pending" not in json.loads((tmp_path / MANIFEST).read_text())


def test_pages_are_world_readable(tmp_path: Path) -> None:
    """As far as the umask lets them be: a web server reads them."""
    old = os.umask(0o022)
    try:
        write([A], tmp_path)
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


# --- locks --------------------------------------------------------------------------------


def test_a_lock_makes_others_wait_and_goes_at_the_end(tmp_path: Path) -> None:
    """The second holder is told that it waits, and never runs beside the first."""
    lock = tmp_path / "lock"
    waits, events = threading.Event(), []

    def second() -> None:
        with locked(lock, waits.set):
            events.append("second")

    thread = threading.Thread(target=second)
    with locked(lock):
        thread.start()
        assert waits.wait(10)
        events.append("first")
    thread.join(10)
    assert events == ["first", "second"]
    assert not lock.exists()


def test_a_lock_goes_also_after_an_exception_and_survives_a_leftover(tmp_path: Path) -> None:
    """A lock file that a killed run left behind holds nobody up."""
    lock = tmp_path / "lock"
    lock.touch()
    with pytest.raises(KeyError), locked(lock):
        raise KeyError
    assert not lock.exists()


def test_who_gives_up_waiting_holds_nothing(tmp_path: Path) -> None:
    """Ctrl-C while waiting leaves the lock to its holder, and to the next one after it."""
    lock = tmp_path / "lock"

    def give_up() -> None:
        raise KeyboardInterrupt

    with locked(lock):
        with pytest.raises(KeyboardInterrupt), locked(lock, give_up):
            pass
        assert lock.exists()
    with locked(lock, give_up):
        pass


def test_a_lock_file_that_was_removed_meanwhile_is_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Holding a file that is no longer there would hold nobody up."""
    lock = tmp_path / "lock"
    original = os.path.samestat
    removed: list[bool] = []

    def racing(one: os.stat_result, two: os.stat_result) -> bool:
        if not removed:
            removed.append(True)
            lock.unlink()
            return False
        return original(one, two)

    monkeypatch.setattr(os.path, "samestat", racing)
    with locked(lock):
        assert lock.exists()
    assert not lock.exists()


# --- a site into its place ----------------------------------------------------------------


def built(folder: Path, text: str) -> None:
    for name in ("sitemap.xml", "404.html", "index.html"):
        (folder / name).write_text(text)


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
    assert sorted(tree(site)) == ["404.html", "index.html", "only-2", "sitemap.xml"]
    assert (site / "index.html").read_text() == "2"
    assert list(tmp_path.iterdir()) == [site]


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
        if self.name.startswith("new-"):
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

    # The same, but the process was killed there.
    work = tmp_path / ".site-work"
    (work / "new-dead").mkdir(parents=True)
    site.rename(work / "old")
    with swap.new_site(site) as new:
        assert (site / "index.html").read_text() == "1"
        assert not (work / "new-dead").exists()
        built(new, "3")
    assert (site / "index.html").read_text() == "3"
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


def test_a_linked_site_is_replaced_where_it_really_is(tmp_path: Path) -> None:
    """`site` may be a link to where a web server looks: the link stays."""
    (tmp_path / "www").mkdir()
    (tmp_path / "site").symlink_to(tmp_path / "www")
    with swap.new_site(tmp_path / "site") as new:
        built(new, "1")
    assert (tmp_path / "site").is_symlink()
    assert (tmp_path / "www" / "index.html").read_text() == "1"


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
    with pytest.raises(Refused, match="something else than a built site"):
        swap.check(site, [])
    built(site, "1")
    swap.check(site, [])
    with pytest.raises(Refused, match="not a folder"):
        swap.check(site / "thesis.txt", [])


def test_a_site_stays_apart_from_what_it_is_made_of(tmp_path: Path) -> None:
    """It may neither hold data/ or docs/ nor lie in them, also by way of a link."""
    data = tmp_path / "data"
    data.mkdir()
    (tmp_path / "link").symlink_to(tmp_path)
    for site in (tmp_path, tmp_path.parent, Path("/"), data, data / "site", tmp_path / "link", tmp_path / "x" / ".."):
        with pytest.raises(Refused, match="must stay apart"):
            swap.check(site, [data])
    swap.check(tmp_path / "site", [data, tmp_path / "mkdocs.yml"])


def test_a_killed_process_leaves_the_site_and_the_lock(tmp_path: Path) -> None:
    """SIGKILL in the middle of a build: the old site is whole, the next build goes through and tidies up."""
    site = tmp_path / "site"
    with swap.new_site(site) as new:
        built(new, "1")
    code = (
        "import os, signal, sys; from pathlib import Path; from generator.sinks import swap\n"
        "with swap.new_site(Path(sys.argv[1])) as new:\n"
        "    (new / 'half').touch(); os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    assert subprocess.run([sys.executable, "-c", code, site], check=False).returncode == -9
    assert (site / "index.html").read_text() == "1"
    assert len(list(tmp_path.iterdir())) == 3
    with swap.new_site(site) as new:
        built(new, "2")
    assert (site / "index.html").read_text() == "2"
    assert list(tmp_path.iterdir()) == [site]
