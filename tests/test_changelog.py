"""What the last commits changed, read from real git repositories."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime, timedelta
from html import unescape
from pathlib import Path

import pytest

from generator import workers
from generator.compare import changelog
from generator.compare.changelog import MOST, change_log
from generator.findings import Identity
from generator.loading import States, load_folder
from generator.model import Playbook
from generator.source import Repository as GitRepository
from generator.source import Unread
from generator.views.kit.context import Context
from tests.kit import git, inventory, loaded, pages_of, world_in
from tests.test_baseline import spread

DAY = date(2026, 6, 1)
NOBODY = "departments: [{id: sales, name: Sales, partners: []}]\n"


def partners(*names: str, owner: str = "Ann") -> str:
    return inventory(**{name.lower(): f"types: [shop], owner: {owner}" for name in names})


class Repository:
    """A git repository with a data folder; each commit is a day later than the one before."""

    def __init__(self, root: Path) -> None:
        self.root, self.data, self.days = root, root / "playbook" / "data", 0
        world_in(self.data)
        self.git("init", "--quiet", "--initial-branch=main")

    def git(self, *arguments: str, author: str = "Ann Lee", moment: str = "") -> None:
        day = datetime(2026, 1, 1, 12, tzinfo=UTC) + timedelta(days=self.days)
        git(self.root, *arguments, author=author, moment=moment or day.isoformat())

    def commit(self, inventory: str, author: str = "Ann Lee", moment: str = "") -> None:
        self.days += 1
        (self.data / "partners.yml").write_text(inventory, "utf-8")
        self.git("add", "--all", author=author)
        self.git("commit", "--quiet", "--allow-empty", "--message=x", author=author, moment=moment)

    def told(self) -> list[tuple[str, str, list[str]]]:
        found = change_log(self.data, DAY).editions
        return [(one.moment.isoformat(), one.author, [str(change) for change in one.changes]) for one in found]


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(tmp_path)


def test_the_last_commits_are_told(repository: Repository) -> None:
    """Newest first, each against the one before; the first state is where it begins."""
    repository.commit(partners("Acme"))
    repository.commit(partners("Acme", "Birch"), author="Bob Ray")
    repository.commit(partners("Acme", "Birch", owner="Cy"))

    assert repository.told() == [
        (
            "2026-01-04T12:00:00+00:00",
            "Ann Lee",
            ["Acme is owned by Cy instead of Ann in Sales", "Birch is owned by Cy instead of Ann in Sales"],
        ),
        ("2026-01-03T12:00:00+00:00", "Bob Ray", ["Birch is new in Sales, as Shop, owned by Ann"]),
    ]


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2026-05-26T20:00:00-0800", "2026-05-26"),  # in UTC, it is tomorrow
        ("2026-05-26T07:00:00+1300", "2026-05-26"),  # in UTC, it is yesterday
        ("2026-05-26T20:00:00+0000", "2026-05-26"),
    ],
)
def test_a_change_bears_the_day_that_its_author_saw(repository: Repository, moment: str, day: str) -> None:
    """On the page of changes, and as the day from which a finding is open."""
    repository.commit(partners("Acme"))
    repository.commit(partners("Acme", "Birch", owner="null"), moment=moment)

    told = change_log(repository.data, DAY)
    playbook = loaded(repository.data)
    page = pages_of(playbook, *told)["changes.md"]
    assert f"\n## {day}: " in unescape(page)
    assert {str(one.day) for name, one in told.opened.items() if name.partner == "birch"} == {day}


def test_changes_stay_in_the_order_of_git(repository: Repository) -> None:
    """Whatever the clocks and zones of their authors say."""
    repository.commit(partners("Acme"))
    repository.commit(partners("Acme", "Birch"), moment="2026-05-26T23:00:00+1300")
    repository.commit(partners("Acme", "Birch", "Cedar"), moment="2026-05-26T20:00:00-0800")
    repository.commit(partners("Acme", "Cedar"), moment="2026-05-27T05:00:00+0000")

    days = [edition.moment.date().day for edition in change_log(repository.data, DAY).editions]
    assert days == [27, 26, 26]


def test_a_commit_that_changes_nothing_is_left_out(repository: Repository) -> None:
    """A comment is no change of the inventory, and a commit elsewhere is none of the data."""
    repository.commit(partners("Acme"))
    repository.commit("# a comment\n" + partners("Acme"))
    (repository.root / "README").write_text("x")
    repository.commit("# a comment\n" + partners("Acme"))

    assert repository.told() == []


def test_a_commit_that_cannot_be_loaded_is_passed_over(repository: Repository) -> None:
    """What it changed is told with the next one that can."""
    repository.commit(partners("Acme"))
    repository.commit("departments: [\n")
    repository.commit(partners("Acme", "Birch"))

    assert [changes for _, _, changes in repository.told()] == [["Birch is new in Sales, as Shop, owned by Ann"]]


def test_a_merge_counts_as_one(repository: Repository) -> None:
    """A branch is told when it is merged, as a whole, by the author of the merge."""
    repository.commit(partners("Acme"))
    repository.git("checkout", "--quiet", "-b", "branch")
    repository.commit(partners("Acme", "Birch"))
    repository.commit(partners("Acme", "Birch", "Cedar"))
    repository.git("checkout", "--quiet", "main")
    repository.days += 1
    repository.git("merge", "--quiet", "--no-ff", "--no-edit", "branch", author="Bob Ray")

    assert [(author, len(changes)) for _, author, changes in repository.told()] == [("Bob Ray", 2)]


def test_only_the_last_are_looked_at(repository: Repository) -> None:
    """However long the history is, reading it takes no longer."""
    for number in range(MOST + 3):
        repository.commit(partners("Acme", owner=f"P{number}"))

    found = repository.told()
    assert len(found) == MOST
    assert found[0][2] == [f"Acme is owned by P{MOST + 2} instead of P{MOST + 1} in Sales"]


def test_the_folder_may_come_later_than_the_repository(repository: Repository) -> None:
    """Before the data there was nothing to compare with; a folder that was moved begins anew."""
    repository.commit(partners("Acme"))
    repository.git("mv", "playbook", "moved")
    repository.data = repository.root / "moved" / "data"
    repository.commit(partners("Acme"))
    repository.commit(partners("Acme", "Birch"))

    assert [changes for _, _, changes in repository.told()] == [["Birch is new in Sales, as Shop, owned by Ann"]]


def test_links_in_the_history_are_not_followed(repository: Repository, tmp_path: Path) -> None:
    """A link in an old commit brings nothing in from outside: that state counts as one that cannot be loaded."""
    repository.commit(partners("Acme"))
    secret = tmp_path / "secret.yml"
    secret.write_text(partners("Acme", "Secret"))
    (repository.data / "partners.yml").unlink()
    (repository.data / "partners.yml").symlink_to(secret)
    repository.git("add", "--all")
    repository.git("commit", "--quiet", "--message=link")
    (repository.data / "partners.yml").unlink()
    repository.commit(partners("Acme", "Birch"))

    assert "Secret" not in str(repository.told())
    assert repository.told()[0][2][-1] == "Birch is new in Sales, as Shop, owned by Ann"


def test_without_git_nothing_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No repository, or no git on the machine: no history, and no error."""
    repository = Repository(tmp_path / "in")
    repository.commit(partners("Acme"))
    repository.commit(partners("Acme", "Birch"))
    assert repository.told()

    (tmp_path / "out").mkdir()
    assert change_log(tmp_path / "out", DAY) == ((), {}, "")
    monkeypatch.setenv("PATH", str(tmp_path / "nowhere"))
    assert repository.told() == []


# --- since when findings are open ------------------------------------------------------------


def test_a_finding_is_open_since_the_commit_that_brought_it(repository: Repository) -> None:
    """Expected: Acme without an owner since before the first commit, Zeta since the second; what was mended and came
    back counts from when it came back."""

    def unowned() -> dict[str, tuple[int, bool]]:
        found = change_log(repository.data, DAY).opened
        return {
            str(name.partner): (one.day.day, one.lacking is not None)
            for name, one in found.items()
            if name.code == "unowned"
        }

    repository.commit(partners("Acme", owner="null"))
    repository.commit(partners("Acme", "Zeta", owner="null"))
    assert unowned() == {"acme": (2, False), "zeta": (3, True)}
    repository.commit(partners("Acme", "Zeta"))
    repository.commit(partners("Acme", owner="null"))
    assert unowned() == {"acme": (5, True)}


def test_a_finding_is_as_old_as_it_was_when_ids_change(repository: Repository) -> None:
    """Expected: Acme without an owner since the second commit, also under the id that the third one gave it."""
    repository.commit(partners("Zeta"))
    repository.commit(partners("Acme", owner="null"))
    repository.commit(partners("Acme", owner="null").replace("id: acme", "id: acme-group, formerly: [acme]"))
    opened = {name: one.day.day for name, one in change_log(repository.data, DAY).opened.items()}

    assert opened[Identity("unowned", "acme-group", "sales", ())] == 3


def shared(*ids: str, owner: str = "null") -> str:
    """Departments in that order; the first has Acme with the owner, and all have Birch."""
    birch = "  - {id: birch, name: Birch, types: [shop], owner: Ann}\n"
    texts = {
        ident: f"- id: {ident}\n  name: {name}\n  partners:\n{birch}"
        for ident, name in (("care", "Care"), ("help", "Care"), ("sales", "Sales"))
    }
    acme = f"  - {{id: acme, name: Acme, types: [shop], owner: {owner}}}\n"
    return "departments:\n" + "".join(texts[ident] + acme * (place == 0) for place, ident in enumerate(ids))


@pytest.mark.parametrize(
    ("before", "after", "department"),
    [
        (shared("care", "sales"), shared("sales", "care"), "sales"),  # Acme moved, and the order is another one
        (shared("care", "sales"), shared("help", "sales"), "help"),  # another id of the department
        (shared("care", "sales"), shared("care", "sales"), "care"),
    ],
)
def test_a_finding_is_as_old_as_it_was_when_entries_move(
    before: str, after: str, department: str, repository: Repository
) -> None:
    """Expected: Acme without an owner, and Birch without a lead, since the second commit, whatever the third does."""
    repository.commit(partners("Zeta"))
    repository.commit(before)
    repository.commit(after)
    opened = {name: one.day.day for name, one in change_log(repository.data, DAY).opened.items()}

    assert opened[Identity("unowned", "acme", department, ())] == 3
    assert opened[Identity("no-lead", "birch", None, ())] == 3


@pytest.mark.parametrize(
    ("before", "after", "department", "day"),
    [
        ({"sales": "null", "support": "ann"}, {"cloud": "null", "support": "ann"}, "cloud", "2026-01-03"),  # it moved
        ({"sales": "null", "support": "ann"}, {"support": "null"}, "support", "2026-01-04"),  # found where it was not
        ({"sales": "null"}, {"cloud": "null"}, "cloud", "2026-01-03"),
        ({"sales": "null"}, {"cloud": "null", "support": "null"}, "cloud", "2026-01-04"),  # where did it move?
    ],
)
def test_a_finding_is_as_old_as_another_only_where_that_surely_moved(
    before: dict[str, str], after: dict[str, str], department: str, day: str, repository: Repository
) -> None:
    """Expected: since the second commit or the third one, and so once more is committed; as long as what the third one
    brings is not committed, the same, or that it is so after the last one."""
    repository.commit(spread())
    repository.commit(spread(**before))

    def told() -> str:
        context = Context(loaded(repository.data, DAY), change_log(repository.data, DAY).opened)
        found = (one for one in context.findings if (one.code.slug, one.department) == ("unowned", department))
        return context.open_since(next(found))

    (repository.data / "partners.yml").write_text(spread(**after), "utf-8")
    assert told() == (day if day == "2026-01-03" else "after the last commit")
    repository.commit(spread(**after))
    assert told() == day
    repository.commit(spread(**after) + "# a line more\n")
    assert told() == day


def since(repository: Repository, day: date) -> list[tuple[str, str]]:
    """What the page says of each finding: its code, and since when it is open."""
    playbook = loaded(repository.data, day)
    log = change_log(repository.data, day)
    context = Context(playbook, log.opened)
    return [(finding.code.slug, context.open_since(finding)) for finding in context.findings]


def test_what_a_day_brings_is_open_since_that_day(repository: Repository) -> None:
    """Expected: between two commits, and after the last one, the day that brought it, and the same on any later day."""
    ends = "types: [shop], owner: null, agreements: [{kind: nda, ends: DAY}]"
    early = inventory(acme=ends.replace("DAY", "2026-01-04"), birch=ends.replace("DAY", "2026-05-01"))
    settings = (repository.data / "settings.yml").read_text("utf-8")
    (repository.data / "settings.yml").write_text(f"{settings}thresholds: {{agreement_notice: 0}}\n", "utf-8")
    repository.commit(early)
    repository.days += 6
    repository.commit(f"# a comment\n{early}")
    expected = [
        ("unowned", "before 2026-01-02"), ("agreement-expired", "2026-01-05"),
        ("unowned", "before 2026-01-02"), ("agreement-expired", "2026-05-02"),
    ]  # fmt: skip
    assert since(repository, date(2026, 6, 1)) == expected
    assert since(repository, date(2026, 11, 20)) == expected


def test_what_a_commit_brings_is_open_since_that_commit(repository: Repository) -> None:
    """Expected: of an agreement that had expired before somebody recorded it, the day of the commit; of what is not
    committed, that it is newer."""
    expired = "types: [shop], owner: Ann, agreements: [{kind: nda, ends: 2024-12-31}]"
    repository.commit(inventory(acme="types: [shop], owner: null"))
    repository.commit(inventory(acme="types: [shop], owner: null", birch=expired))
    assert since(repository, DAY) == [("unowned", "before 2026-01-02"), ("agreement-expired", "2026-01-03")]

    (repository.data / "partners.yml").write_text(partners("Zeta", "Acme", owner="null"))
    assert since(repository, DAY) == [("unowned", "after the last commit"), ("unowned", "before 2026-01-02")]
    moved = (
        partners("Acme", owner="null").replace("id: sales", "id: trade").replace("id: acme", "id: a, formerly: [acme]")
    )
    (repository.data / "partners.yml").write_text(moved)
    assert since(repository, DAY) == [("unowned", "before 2026-01-02")]


def test_the_pages_tell_since_when(repository: Repository) -> None:
    """Expected: the list of findings has a column with the day, and says so of what is older than the oldest commit."""
    repository.commit(partners("Acme", owner="null"))
    repository.commit(partners("Acme", "Zeta", owner="null"))
    playbook = loaded(repository.data, DAY)
    pages = pages_of(playbook, *change_log(repository.data, DAY))
    found = pages["findings.md"]
    assert "| Open since |" in found
    assert "before 2026" in found
    assert "2026&#45;01&#45;03" in found
    assert "Open since" not in pages_of(playbook)["findings.md"]


def test_several_processes_learn_of_commits(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    """Expected: nothing of them is read here, what is told is the same, and one that cannot begin is no loss."""
    for names in (["Acme"], ["Acme", "Birch"], ["Acme", "Birch", "Cedar"], ["Birch", "Cedar"], ["Birch"], ["Dogwood"]):
        repository.commit(partners(*names))
    now = load_folder(repository.data, DAY)
    expected = change_log(repository.data, DAY, now)
    monkeypatch.setattr(changelog, "_MUCH", 1)
    monkeypatch.setattr(workers, "number", lambda: 2)
    here: list[str] = []
    read = States.read

    def noted(self: States, name: str) -> Playbook | None:
        here.append(name)
        return read(self, name)

    monkeypatch.setattr(States, "read", noted)
    assert change_log(repository.data, DAY, now) == expected
    assert here == []

    mine, begin = os.getpid(), GitRepository.__init__

    def refuse(self: GitRepository, folder: Path) -> None:
        if os.getpid() != mine:
            raise Unread("no more processes")
        begin(self, folder)

    monkeypatch.setattr(GitRepository, "__init__", refuse)
    assert change_log(repository.data, DAY, now) == expected
    assert len(here) == 6
