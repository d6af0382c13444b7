"""What is kept of history from one build to the next changes nothing but what a build costs."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from generator.compare import change_log
from generator.compare.changelog import ChangeLog
from generator.loading import States
from generator.sinks import kept
from generator.sinks.kept import Kept
from tests import kit
from tests.kit import DAMAGE, contents, run, world_in

DAY = date(2026, 6, 1)


def sales(*owners: str) -> str:
    return kit.inventory(**{f"p{number}": f"types: [shop], owner: {owner}" for number, owner in enumerate(owners)})


class Company:
    """A repository whose data folder has had five states."""

    def __init__(self, root: Path) -> None:
        self.root, self.data, self.day = root, root / "data", 6

    def begin(self) -> None:
        self.day = 1
        world_in(self.data)
        self.git("init", "--quiet", "--initial-branch=main")
        for owners in (["Ann"], ["Ann", "null"], ["Bo", "null"], ["null", "null", "Cy"], ["Ann", "null", "Cy"]):
            self.commit(sales(*owners))

    def git(self, *arguments: str) -> str:
        return kit.git(self.root, *arguments, moment=f"2026-01-{self.day:02}T12:00:00Z")

    def commit(self, inventory: str) -> None:
        self.day += 1
        kit.data_in(self.data, **{"partners.yml": inventory})
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message=x")

    def told(self, as_of: date = DAY) -> ChangeLog:
        """What is told with what is kept, which is what is told without."""
        told = change_log(self.data, as_of, None, Kept(self.data, "history"))
        assert told == change_log(self.data, as_of)
        return told


@pytest.fixture
def caches(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("platformdirs.user_cache_path", lambda name, **_: tmp_path / "caches" / name)
    return tmp_path / "caches" / "partner-playbook"


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Company:
    first = Company(tmp_path_factory.mktemp("begun") / "company")
    first.begin()
    return first


@pytest.fixture
def company(begun: Company, tmp_path: Path, caches: Path) -> Company:
    shutil.copytree(begun.root, tmp_path / "company")
    return Company(tmp_path / "company")


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Grows with each state that is read with what is kept, and with each that is read without."""
    names: list[str] = []
    first = States.read

    def read(self: States, revision: str) -> Any:
        names.append(revision)
        return first(self, revision)

    monkeypatch.setattr(States, "read", read)
    return names


def kept_file(caches: Path) -> Path:
    [path] = caches.iterdir()
    return path


def with_kept(company: Company, reads: list[str]) -> int:
    """How many states are read where something is kept."""
    reads.clear()
    change_log(company.data, DAY, None, Kept(company.data, "history"))
    return len(reads)


def test_nothing_is_read_again(company: Company, reads: list[str]) -> None:
    """Expected: the first time, all five states are read; then none; of a new commit, it and the one before."""
    assert with_kept(company, reads) == 5
    assert with_kept(company, reads) == 0
    company.commit(sales("Ann", "Di", "Cy"))
    assert with_kept(company, reads) == 2
    assert with_kept(company, reads) == 0
    assert company.told().editions


def test_another_day(company: Company, reads: list[str]) -> None:
    """Expected: tomorrow nothing is read again; on a day before the commits, what is told is told as of that day."""
    company.told()
    reads.clear()
    change_log(company.data, DAY + timedelta(days=1), None, Kept(company.data, "history"))
    assert reads == []
    for day in (date(2026, 1, 3), DAY, date(2025, 1, 1), date(2030, 1, 1)):
        company.told(day)


def test_an_error_that_goes_with_the_days(company: Company) -> None:
    """Expected: a review of next week is an error today, and none then."""
    company.commit(sales("Ann").replace("owner: Ann", "owner: Ann, reviewed: {date: 2026-03-01, by: Ann}"))
    company.commit(sales("Ann", "Bo"))
    for day in (date(2026, 2, 1), DAY, date(2026, 2, 1), date(2026, 3, 1)):
        company.told(day)


def test_ids_that_changed(company: Company) -> None:
    """Expected: what has another id today is known by that, whether it was kept under the old one or not."""
    company.told()
    company.commit(sales("Ann", "null", "Cy").replace("id: p1", "id: q, formerly: [p1]"))
    company.told()
    company.commit(sales("Ann", "null", "Cy").replace("id: p1", "id: r, formerly: [q]"))
    assert any(name.partner == "r" for name in company.told().opened)
    company.commit(sales("Ann", "null", "Cy").replace("id: p1", "id: r, formerly: [p1, q]"))
    company.told()


def test_another_branch_and_a_rebase(company: Company) -> None:
    """Expected: other commits, other changes, there and back, and when the same changes are other commits."""
    company.told()
    company.git("checkout", "--quiet", "-b", "branch", "HEAD~2")
    company.commit(sales("Zoe", "null"))
    company.told()
    company.git("checkout", "--quiet", "main")
    company.told()
    company.git("rebase", "--quiet", "--force-rebase", "HEAD~3")
    company.told()
    company.git("commit", "--quiet", "--amend", "--message=other")
    company.told()


def _damaged(damage: Callable[[bytes], bytes]) -> Callable[[Path], None]:
    def renew(path: Path) -> None:
        path.write_bytes(damage(path.read_bytes()))

    return renew


def _link(path: Path) -> None:
    other = path.parent.parent / "other"
    path.rename(other)
    path.symlink_to(other)


def _replaced(make: Callable[[Path], object]) -> Callable[[Path], None]:
    def replace(path: Path) -> None:
        path.unlink()
        make(path)

    return replace


def _folder_replaced(make: Callable[[Path], object]) -> Callable[[Path], None]:
    def replace(path: Path) -> None:
        path.parent.rename(path.parents[1] / "other")
        make(path.parent)

    return replace


BROKEN: dict[str, Callable[[Path], Any]] = {
    "gone": lambda path: path.unlink(),
    **{name: _damaged(damage) for name, damage in DAMAGE.items()},
    "a letter of a name": _damaged(lambda content: content.replace(b"P0", b"P9")),
    "a folder": _replaced(Path.mkdir),
    "a link": _link,
    "a pipe": _replaced(os.mkfifo),
    "no folder": lambda path: shutil.rmtree(path.parent),
    "a file for the folder": _folder_replaced(lambda folder: folder.write_text("x")),
    "a link for the folder": _folder_replaced(lambda folder: folder.symlink_to(folder.parent)),
    "a folder of others": lambda path: path.parent.chmod(0o777),
}


@pytest.mark.long
@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN.keys())
def test_whatever_became_of_it(broken: Callable[[Path], Any], company: Company, caches: Path) -> None:
    """Expected: the same is told, nothing ends the build, and nothing is written through a link or into a pipe."""
    company.told()
    broken(kept_file(caches))
    before = {path: path.read_bytes() for path in caches.parent.rglob("*other*") if path.is_file()}
    company.told()
    company.told()
    assert before == {path: path.read_bytes() for path in before}


@pytest.mark.long
@pytest.mark.parametrize("refused", ["a full disk", "a place for no folder", "no home"])
def test_a_disk_that_refuses(refused: str, company: Company, monkeypatch: pytest.MonkeyPatch) -> None:
    """Expected: a full disk, a read-only one, or no home at all are no cache, and nothing else."""

    def no(*_: Any, **__: Any) -> Any:
        raise RuntimeError("no home") if refused == "no home" else OSError(28, "No space left on device")

    below_a_file = company.data / "partners.yml" / "caches"
    if refused == "a full disk":
        monkeypatch.setattr("generator.sinks.files._write", no)
    elif refused == "no home":
        monkeypatch.setattr("platformdirs.user_cache_path", no)
    else:
        monkeypatch.setattr("platformdirs.user_cache_path", lambda *_, **__: below_a_file)
    company.told()
    assert company.told().editions


def test_it_is_the_users_own(company: Company, caches: Path) -> None:
    """Expected: nobody else may write there, and the data and its repository are left as they were."""
    before = contents(company.data)
    company.told()
    assert stat.S_IMODE(caches.stat().st_mode) == 0o700
    assert contents(company.data) == before
    assert company.git("status", "--porcelain") == ""


def test_a_folder_that_others_may_read_is_closed(tmp_path: Path, caches: Path) -> None:
    """Expected: what is kept is for the user alone, whoever made the folder."""
    caches.mkdir(parents=True, mode=0o755)
    Kept(tmp_path, "history").write(b"x")
    assert stat.S_IMODE(caches.stat().st_mode) == 0o700


def keep(data: Path, *sites: Path, days: int = 0) -> Path:
    """Keep something of a folder of data, which was last used so many days ago, and tell in which file."""
    data.mkdir(exist_ok=True)
    keeper = Kept(data, "pages", *sites)
    keeper.write(b"x")
    path = keeper._path()
    assert path is not None
    if days:
        moment = path.stat().st_mtime - days * 24 * 60 * 60
        os.utime(path, (moment, moment))
    return path


def test_what_nobody_uses_goes(tmp_path: Path, caches: Path) -> None:
    """Expected: what was not used for a month goes when something is kept, and what was used lately stays."""
    old, new = keep(tmp_path / "old", days=31), keep(tmp_path / "new", days=29)
    read = keep(tmp_path / "read", days=31)
    assert Kept(tmp_path / "read", "pages").read() == b"x"
    left = caches / ".playbook-0123456789abcdef"
    left.write_bytes(b"x")
    os.utime(left, (1, 1))
    own = keep(tmp_path / "own")

    assert not old.exists()
    assert set(caches.iterdir()) == {new, read, own}


def test_what_is_of_a_folder_that_is_gone_goes(tmp_path: Path, caches: Path) -> None:
    """Expected: with the data goes all that is kept of them, and with a site what is kept of that site."""
    (tmp_path / "site\n\udcff").mkdir()
    moved, site = keep(tmp_path / "moved"), keep(tmp_path / "data", tmp_path / "site\n\udcff")
    here = keep(tmp_path / "data")
    assert set(caches.iterdir()) == {moved, site, here}
    (tmp_path / "moved").rename(tmp_path / "elsewhere")
    keep(tmp_path / "data")
    assert set(caches.iterdir()) == {site, here}
    (tmp_path / "site\n\udcff").rmdir()
    keep(tmp_path / "data")
    assert set(caches.iterdir()) == {here}


def test_there_are_not_too_many(tmp_path: Path, caches: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Expected: the ones that were used last stay."""
    monkeypatch.setattr(kept, "_FILES", 3)
    files = [keep(tmp_path / str(number), days=9 - number) for number in range(5)]
    new = keep(tmp_path / "new")
    assert set(caches.iterdir()) == {*files[3:], new}


def test_only_our_files_go(tmp_path: Path, caches: Path) -> None:
    """Expected: what has another name, or is no file, stays; what another process removed meanwhile is gone."""
    keep(tmp_path / "data")
    others = [caches / name for name in ("notes.json", "a.json", "0" * 32 + "-pages.json.bak", ".playbook-x")]
    folder, link, unclear = (caches / f"{digit * 32}-pages.json" for digit in "012")
    for path in others:
        path.write_bytes(b"x")
        os.utime(path, (1, 1))
    folder.mkdir()
    link.symlink_to(tmp_path / "nowhere")
    unclear.write_bytes(b"\xff")

    own = keep(tmp_path / "data")
    assert set(caches.iterdir()) == {own, folder, link, unclear, *others}


def test_it_does_not_matter_whether_anything_can_be_removed(
    tmp_path: Path, caches: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Expected: where the system refuses, or another process was sooner, the rest goes, and nothing is said."""
    refused, first = keep(tmp_path / "refused", days=31), Path.unlink

    def unlink(path: Path, missing_ok: bool = False) -> None:
        if path == refused:
            raise PermissionError(13, "Permission denied")
        first(path, missing_ok)

    monkeypatch.setattr(Path, "unlink", unlink)
    old = keep(tmp_path / "old", days=60)
    keep(tmp_path / "new")
    assert refused.exists()
    assert not old.exists()


def test_another_text_of_the_program_is_another_program(
    tmp_path: Path, caches: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Expected: whoever changes a line of it works with what that line does."""
    found, keeper = [], Kept(tmp_path, "history")
    for line in ("", "# one\n", "# two\n", "# two\n"):
        (tmp_path / "__init__.py").write_text(line)
        monkeypatch.setattr("generator.__file__", str(tmp_path / "__init__.py"))
        kept._stamp.cache_clear()
        found.append(keeper.read())
        keeper.write(line.encode())
    kept._stamp.cache_clear()
    assert found == [None, None, None, b"# two\n"]


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE)
def test_what_is_damaged_is_nothing(damage: Callable[[bytes], bytes], tmp_path: Path, caches: Path) -> None:
    """Expected: of whatever is kept, what comes back is what was written, joined, or nothing."""
    keeper = Kept(tmp_path, "history")
    keeper.write(b"some text ", b"and more", made_of="this")
    assert keeper.read("this") == b"some text and more"
    assert keeper.read("that") is None
    path = kept_file(caches)
    path.write_bytes(damage(path.read_bytes()))

    assert keeper.read("this") is None


def test_the_same_pages(company: Company, caches: Path, tmp_path: Path) -> None:
    """Expected: `playbook pages` writes the same bytes without it, with it, and with a commit more."""
    made = []
    for number in range(3):
        if number == 1:
            assert kept_file(caches).read_bytes()
        out = tmp_path / f"out{number}"
        assert run("pages", "--data", str(company.data), "--as-of", str(DAY), "--out", str(out)).exit_code == 0
        made.append(contents(out))
    assert made[0] == made[1] == made[2]
    assert b"Changes" in b"".join(made[0].values())
