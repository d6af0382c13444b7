"""History is read as far as one state differs from the next, and tells what it would tell if all of it were read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator import findings, workers
from generator.compare import Edition, change_log, changelog, changes_between, for_readers
from generator.compare.changelog import MOST, ChangeLog
from generator.findings import RULES, Finding, FindingsOfStates, Identity, Opened, Today, as_they_stand, find, identify
from generator.loading import Loaded, States, load_folder, load_revision
from generator.model import Playbook, frozen
from generator.schema import entry_shape
from generator.source import Repository, Unusable
from tests import kit
from tests.kit import RICH, examples, world_in

DAY = date(2026, 6, 1)


def entry(ident: str, **more: str) -> str:
    fields = {"id": ident, "name": ident.title(), "types": "[shop]", "owner": "Ann", **more}
    return "".join(f"  {'- ' if name == 'id' else '  '}{name}: {value}\n" for name, value in fields.items())


def departments(*named: tuple[str, Iterable[str]]) -> str:
    heads = ((f"- id: {ident}\n  name: {ident.title()}\n  partners:\n", entries) for ident, entries in named)
    return "departments:\n" + "".join(head + "".join(entries) for head, entries in heads)


def sales(*entries: str) -> str:
    return departments(("sales", entries))


ACME, BIRCH, CEDAR = entry("acme"), entry("birch"), entry("cedar")
MANY = [entry(f"p{number}", reviewed="{date: 2026-01-05, by: Ann}") for number in range(10)]
STEPS: dict[str, dict[str, str]] = {
    "a new partner in front": {"partners.yml": sales(BIRCH, ACME)},
    "a new partner behind": {"partners.yml": sales(ACME, BIRCH)},
    "another order": {"partners.yml": sales(CEDAR, ACME, BIRCH)},
    "nobody's": {"partners.yml": sales(entry("acme", owner="null"), BIRCH)},
    "two departments": {"partners.yml": departments(("sales", [ACME, BIRCH]), ("support", [ACME]))},
    "two departments that agree": {
        "partners.yml": departments(("sales", [entry("acme", lead="true"), BIRCH]), ("support", [ACME]))
    },
    "an ended one": {"partners.yml": sales(entry("acme", status="ended"), BIRCH)},
    "a new id": {"partners.yml": sales(entry("acme-group", name="Acme", owner="null", formerly="[acme]"), BIRCH)},
    "nearly one name": {"partners.yml": sales(entry("acme", name="Acme Systems"), entry("acmes", name="Acme System"))},
    "the same the other way": {
        "partners.yml": sales(entry("acmes", name="Acme System"), entry("acme", name="Acme Systems"))
    },
    "one domain": {"partners.yml": sales(entry("acme", domain="a.example"), entry("birch", domain="a.example"))},
    "by way of another": {"partners.yml": sales(ACME, entry("birch", via="acme"))},
    "another department": {"partners.yml": departments(("support", [entry("acme", owner="null"), BIRCH]))},
    "by way of nobody": {"partners.yml": sales(entry("birch", via="acme"))},
    "reviews": {"partners.yml": sales(*MANY, ACME)},
    "other reviews": {"partners.yml": sales(entry("p1", status="ended"), *MANY[1:], ACME)},
    "an agreement": {"partners.yml": sales(entry("acme", agreements="[{kind: contract, ends: 2026-01-06}]"), BIRCH)},
    "a phone number": {"partners.yml": sales(entry("acme", notes="Call +49 30 901820 or +49 171 1234567"), BIRCH)},
    "people": {"people.yml": "people:\n- id: Ann\n  name: Ann Lee\n- {id: bo, name: Bo, active: false}\n"},
    "other people": {"people.yml": "people:\n- {id: bo, name: Bo}\n- {id: ann, name: Ann}\n"},
    "settings": {"settings.yml": "as_of: 2026-06-01\noff: [unowned]\n"},
    "other settings": {"settings.yml": "as_of: 2026-06-01\nthresholds: {reviews_a_day: 2}\n"},
    "figures": {"history.jsonl": '{"date": "2026-01-01", "partners": 3}\n'},
    "wrong figures": {"history.jsonl": "{}\n"},
    "errors": {"partners.yml": "departments: [\n"},
    "an unknown type": {"partners.yml": sales(entry("acme", types="[shopp]"))},
    "one partner twice": {"partners.yml": sales(ACME, ACME)},
    "a file of its own": {"partners/support.yml": departments(("support", [ACME]))},
    "in braces": {"partners.yml": kit.inventory(acme="types: [shop], owner: Ann")},
    "a comment": {"partners.yml": "# a comment\n" + sales(ACME, BIRCH)},
}


class Company:
    """A repository whose data folder has had these states, a day after each other."""

    def __init__(self, root: Path, steps: Iterable[str]) -> None:
        self.data = root / "data"
        world_in(self.data, **{"partners.yml": sales(ACME, BIRCH)})
        kit.git(root, "init", "--quiet", "--initial-branch=main")
        for number, step in enumerate(["", *steps]):
            kit.data_in(self.data, **STEPS.get(step, {}))
            moment = datetime(2026, 1, 1, 12, tzinfo=UTC) + timedelta(days=number)
            kit.git(root, "add", "--all")
            kit.git(root, "commit", "--quiet", "--allow-empty", "--message=x", moment=moment.isoformat())

    def now(self) -> Loaded:
        return load_folder(self.data, DAY)


def state_as_a_whole(repository: Repository, revision: str) -> Playbook | None:
    try:
        read = load_revision(repository, revision, DAY)
    except Unusable:
        return None
    return read.playbook if read is not None else None


def told_as_a_whole(folder: Path) -> ChangeLog:
    """What a change log says, the plain way: each state is read and looked through as a whole."""
    editions: list[Edition] = []
    opened: dict[Identity, date] = {}
    lacking: dict[Identity, date] = {}
    later: Any = None
    today, others = Today({}, {}), dict[Identity, tuple[str, ...]]()
    with Repository(folder) as repository:
        for revision in repository.revisions(MOST + 1)[0]:
            playbook = state_as_a_whole(repository, revision.id)
            if playbook is None:
                continue
            if later is not None and (changes := for_readers(changes_between(playbook, later[1]))):
                editions.append(Edition(later[0].id, later[0].moment, later[0].author, changes))
            today = Today.of(playbook) if later is None else today
            day = min(DAY, revision.moment.date())
            found = map(identify, find(replace(playbook, as_of=day)))
            seen = {today.known(one): one.others for one in as_they_stand(found, playbook)}
            others = seen if later is None else others
            for one in seen if later is None else opened.keys() - lacking.keys():
                if one in seen:
                    opened[one] = day
                else:
                    lacking[one] = day
            later = revision, playbook
    return ChangeLog(
        tuple(editions), {one: Opened(first, lacking.get(one), others[one]) for one, first in opened.items()}
    )


def held_together(company: Company) -> None:
    expected = told_as_a_whole(company.data)
    assert change_log(company.data, DAY) == expected
    assert change_log(company.data, DAY, company.now()) == expected
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(changelog, "_MUCH", 1)
        patched.setattr(workers, "number", lambda: 3)
        assert change_log(company.data, DAY, company.now()) == expected


@pytest.mark.long
@pytest.mark.parametrize("step", STEPS)
def test_each_step_there_and_back(step: str, tmp_path: Path) -> None:
    """Expected: whatever a commit does, and whatever the one after it undoes, is told as if all was read."""
    back = ["a comment", "a new partner behind"] if "partners.yml" in STEPS[step] else ["another order"]
    held_together(Company(tmp_path, [step, *back]))


@settings(max_examples=examples(12), deadline=None)
@given(steps=st.lists(st.sampled_from([*STEPS]), min_size=2, max_size=7))
def test_any_steps_in_any_order(steps: list[str], tmp_path_factory: pytest.TempPathFactory) -> None:
    """Expected: the same of any history."""
    held_together(Company(tmp_path_factory.mktemp("company"), steps))


@settings(max_examples=examples(40), deadline=None)
@given(
    ids=st.lists(st.lists(st.integers(0, 4), max_size=4, unique=True), min_size=2, max_size=4),
    owners=st.lists(st.sampled_from(["Ann", "null"]), min_size=5, max_size=5),
)
def test_findings_of_states_are_those_of_each(
    ids: list[list[int]], owners: list[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Expected: whatever partners come and go, the findings of a state are those of its playbook."""
    folder, walk = tmp_path_factory.mktemp("data"), FindingsOfStates()
    names = ["Acme Systems", "Acme System", "Birch", "Birches", "Cedar"]
    for state in ids:
        text = sales(*(entry(f"p{n}", name=names[n], owner=owners[n]) for n in state)) if state else "departments: []\n"
        playbook = kit.loaded(world_in(folder, **{"partners.yml": text}), DAY)
        assert walk.of(playbook) == {identify(finding) for finding in find(playbook)}


# --- what the rules say of themselves ----------------------------------------------------------


@pytest.fixture(scope="module")
def playbook() -> Playbook:
    return kit.loaded(RICH, date(2026, 11, 2))


def identities(rule: findings.Rule, playbook: Playbook) -> list[Identity]:
    return sorted(map(identify, rule.check(playbook)), key=str)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code.slug)
def test_what_is_not_timely_is_found_on_any_day(rule: findings.Rule, playbook: Playbook) -> None:
    """Expected: on any day, a rule that is not timely finds the same."""
    days = [date(2001, 1, 1), date(2026, 1, 1), date(2027, 8, 1), date(2060, 1, 1)]
    found = [identities(rule, replace(playbook, as_of=day)) for day in days]
    assert rule.timely or all(one == found[0] for one in found)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code.slug)
def test_what_does_not_look_across_is_found_in_each_partner_alone(rule: findings.Rule, playbook: Playbook) -> None:
    """Expected: a partner alone has the findings that it has among the others, and so has what is no partner."""
    nobody = identities(rule, replace(playbook, partners=frozen({})))
    alone = [
        identity
        for ident, partner in playbook.partners.items()
        for identity in identities(rule, replace(playbook, partners=frozen({ident: partner})))
        if identity.partner is not None
    ]
    assert rule.across is not None or sorted([*nobody, *alone], key=str) == identities(rule, playbook)


# --- what it costs -----------------------------------------------------------------------------


def test_a_commit_costs_what_it_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Expected: with four times as many partners, as many entries are read, looked up and looked through again."""
    counts = []
    for number in (20, 80):
        root = tmp_path / str(number)
        company = Company(root, [])
        entries = [entry(f"p{n}") for n in range(number)]
        for commit in range(4):
            entries[commit] = entries[commit].replace("Ann", f"O{commit}")
            kit.data_in(company.data, **{"partners.yml": sales(*entries)})
            kit.git(root, "commit", "--quiet", "--all", "--message=x")
        now = company.now()
        reads: list[Any] = []
        monkeypatch.setattr(
            "generator.loading.entries.entry_shape", lambda *read, reads=reads: reads.append(1) or entry_shape(*read)
        )
        looks: list[str] = []

        def look(playbook: Playbook, looks: list[str] = looks) -> Iterator[Finding]:
            looks += playbook.partners
            return RULES[0].check(playbook)

        monkeypatch.setattr("generator.findings.states.ALL", (replace(RULES[0], check=look), *RULES[1:]))
        with Repository(company.data) as repository:
            states, walk = States(repository, DAY, now), FindingsOfStates()
            walk.knows(now.playbook or Playbook(DAY), now.findings)
            for revision in repository.revisions(4)[0]:
                state = states.read(revision.id)
                assert state is not None
                walk.of(state)
        monkeypatch.undo()
        counts.append((len(reads), sorted(looks)))
    assert counts[0] == counts[1]
    assert counts[0] == (3, ["p1", "p2", "p3"])
