"""What is different between two states: changes, findings and gaps, as text, as Markdown and as JSON."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from generator.boundary import Exit
from generator.compare import for_readers
from generator.compare.difference import difference
from generator.findings import find, identify
from generator.model import Playbook
from generator.reports import differences
from generator.source import Repository
from tests import kit
from tests.kit import WORLD, World, git, inventory, world_in

PEOPLE = "people:\n  - {id: ann, name: Ann Lee}\n  - {id: bob, name: Bob Ray, active: false}\n"
PORTFOLIO = """\
offers:
  - {id: gate, name: Gate, status: live, requires: [{type: agent, min: 2, regions: [EMEA]}, {type: shop}]}
"""
ACME = "{id: acme, name: Acme, types: [agent], owner: ann}"
COVERS = ACME.replace("}", ", regions: [EMEA], offers: [gate]}")
BIRCH = COVERS.replace("acme", "birch").replace("Acme", "Birch")


def told(before: Playbook, after: Playbook) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(differences.as_json(difference(before, after)))
    return found


# --- what is found ------------------------------------------------------------------------


def test_findings_open_and_close(world: World) -> None:
    """A finding that only one of the two states has is told, with its place where it is new."""
    owned = world(partners=inventory(ACME), people=PEOPLE)
    free = world(partners=inventory(ACME.replace("ann", "null")), people=PEOPLE)
    opened = told(owned, free)["findings"]["opened"]

    assert [(one["code"], one["partner"], one["department"], one["owner"]) for one in opened] == [
        ("unowned", "acme", "sales", None)
    ]
    assert (opened[0]["key"], opened[0]["values"]) == ([], {"backup": None})
    assert (opened[0]["file"], opened[0]["line"], opened[0]["text"]) == ("partners.yml", 5, "Acme has no owner")
    assert told(owned, free)["findings"]["closed"] == []
    assert [one["code"] for one in told(free, owned)["findings"]["closed"]] == ["unowned"]


def test_a_finding_that_moves_is_the_same(world: World) -> None:
    """Other lines, another name, a new id with the old one kept: none of these opens a finding."""
    entry = "{id: acme, name: Acme, types: [agent], owner: bob}"
    renamed = "{id: acme-group, name: Acme Group, types: [agent], owner: bob, formerly: [acme]}"
    before = world(partners=inventory(entry), people=PEOPLE)
    for other in (entry, entry.replace("Acme", "Acme Group"), renamed):
        after = world(partners="# a line more\n\n" + inventory(other), people=PEOPLE)
        assert find(after)

        found = difference(before, after)
        assert (found.findings_opened, found.findings_closed) == ((), ())


ASH = "{id: ash, name: Ash, types: [agent], owner: bob, tier: One}"
ELM = "{id: elm, name: Elm, types: [agent], owner: null, tier: Two}"
BOUGHT = ", acquired: [{id: elm, name: Elm, date: 2026-01-01}]}"
ELM_OF_ASH = ELM.replace("elm", "ash").replace("name: Elm, ", "")


def beside(**entries: str) -> str:
    """Departments with an entry, or several lines of them, each."""
    parts = ("".join(f"  - {one}\n" for one in text.split("\n")) for text in entries.values())
    named = zip(entries, parts, strict=True)
    return "departments:\n" + "".join(f"- id: {one}\n  name: {one.title()}\n  partners:\n{text}" for one, text in named)


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (
            beside(sales=f"{ASH}\n{ELM}", cloud=ACME),
            beside(sales=ELM_OF_ASH, cloud=f"{ACME}\n{ASH[:-1]}{BOUGHT}"),
            ["Ash has acquired Elm", "Ash has moved from Sales to Cloud, as Agent"],
        ),
        (
            beside(sales=f"{ASH}\n{ELM}", cloud=ACME),
            beside(sales=ELM_OF_ASH.replace("Two", "Three"), cloud=f"{ACME}\n{ASH[:-1]}{BOUGHT}"),
            [
                "Ash has acquired Elm",
                "Ash has moved from Sales to Cloud, as Agent",
                "Ash has new details in Sales: tier (Three instead of Two)",
            ],
        ),
        (
            beside(sales=f"{ASH}\n{ACME}", cloud=ELM),
            beside(sales=f"{ASH[:-1]}{BOUGHT}\n{ACME}", cloud=ELM_OF_ASH),
            ["Ash has acquired Elm"],
        ),
        (
            # What stood in one place for both of them is the one that stays.
            beside(sales=f"{ASH}\n{ELM}", cloud=ACME),
            beside(sales=f"{ASH[:-1]}{BOUGHT}".replace("One", "Two"), cloud=ACME),
            ["Ash has acquired Elm", "Ash has new details in Sales: tier (Two instead of One)"],
        ),
    ],
)
def test_an_entry_that_moved_is_not_taken_for_one_that_came_beside_it(
    world: World, before: str, after: str, words: list[str]
) -> None:
    """However many commits lie between: each finding is that of its entry, and nothing else is told."""
    then, now = (world(partners=text, people=PEOPLE) for text in (before, after))
    found = difference(then, now)
    assert [str(one) for one in found.changes] == words
    assert [one.code.slug for one in found.findings_opened if one.code.slug in ("unowned", "owner-gone")] == []


def test_entries_that_move_together_are_told_apart(world: World) -> None:
    """Expected: each by its types, but for one that was there alone; pages tell once what is the same for both."""
    oak = ACME.replace("acme", "oak").replace("Acme", "Oak")
    two = f"{ASH}\n{ASH.replace('agent', 'shop').replace('name: Ash, ', '')}"
    before = world(partners=beside(sales=two, cloud=ACME), people=PEOPLE)
    after = world(partners=beside(cloud=f"{ACME}\n{two}", sales=oak), people=PEOPLE)
    moves = [one for one in difference(before, after).changes if "Ash" in str(one)]
    assert [str(one) for one in moves] == [
        "Ash has moved from Sales to Cloud, as Agent",
        "Ash has moved from Sales to Cloud, as Shop",
    ]
    alone = world(partners=beside(sales=ASH, cloud=ACME), people=PEOPLE)
    gone = world(partners=beside(sales=oak, cloud=f"{ACME}\n{ASH}"), people=PEOPLE)
    assert "Ash has moved from Sales to Cloud" in map(str, difference(alone, gone).changes)

    owned = world(partners=beside(cloud=f"{ACME}\n{two.replace('bob', 'ann')}", sales=oak), people=PEOPLE)
    told = [str(one) for one in for_readers(difference(after, owned).changes)]
    assert told == ["Ash is owned by Ann Lee instead of Bob Ray in Cloud"]


@pytest.mark.parametrize("aliases", ["", ", aliases: [agent]"])
def test_a_type_with_another_id_opens_nothing(world: World, aliases: str) -> None:
    """A mode without a reason is as it was, whether the new type has the old one's name or its id as an alias."""
    taxonomy = (WORLD / "taxonomy.yml").read_text("utf-8")
    entry = "{id: acme, name: Acme, types: [agent], mode: close, owner: ann, status: dormant}"
    named = "name: Broker" if aliases else "name: Agent"
    other = taxonomy.replace("id: agent, name: Agent", f"id: broker, {named}{aliases}")
    before = world(partners=inventory(entry))
    after = world(partners=inventory(entry.replace("[agent]", "[broker]")), taxonomy=other)
    assert [finding.key for finding in find(after)] == [("type:broker",)]

    found = difference(before, after)
    assert (found.findings_opened, found.findings_closed) == ((), ())


def test_a_rule_with_another_id_opens_nothing(world: World) -> None:
    """It has the same name: what breaks it is as it was, and so is a waiver that is not needed."""
    rule = "{id: cover, name: Cover, message: it is not so, condition: {tier: Gold}, waivers: [WAIVER]}"
    waiver = "{partner: birch, until: 2026-12-31, by: ann, why: x}"
    rules = f"rules:\n  - {rule.replace('WAIVER', waiver)}\n"
    partners = inventory(ACME, BIRCH.replace("}", ", tier: Gold}"))
    before = world(partners=partners, people=PEOPLE, portfolio=PORTFOLIO, rules=rules)
    later = rules.replace("id: cover", "id: covered")
    after = world(partners=partners, people=PEOPLE, portfolio=PORTFOLIO, rules=later)
    assert {"rule-covered", "waiver-unused"} <= {finding.code.slug for finding in find(after)}

    found = difference(before, after)
    assert (found.findings_opened, found.findings_closed) == ((), ())
    gone = difference(before, world(partners=partners, people=PEOPLE, portfolio=PORTFOLIO))
    assert [one.code.slug for one in gone.findings_closed] == ["rule-cover", "waiver-unused"]


def test_two_findings_that_nothing_tells_apart_are_counted(world: World) -> None:
    """Two entries of a partner in one department without an owner are two findings, and one more is one more."""
    one = "{id: acme, name: Acme, types: [agent], owner: null}"
    two = "{id: acme, types: [shop], owner: null}"
    before = world(partners=inventory(one))
    after = world(partners=inventory(one, two))

    assert [finding.code.slug for finding in difference(before, after).findings_opened] == ["unowned"]
    assert difference(after, after).findings_opened == ()


def test_gaps_open_and_close(world: World) -> None:
    """A gap is known by offer, type and region; the names are those of the state that has it."""
    some = world(partners=inventory(COVERS, BIRCH), portfolio=PORTFOLIO)
    none = world(partners=inventory(COVERS), portfolio=PORTFOLIO)

    assert told(some, none)["gaps"] == {
        "opened": [
            {
                "offer": "gate", "type": "agent", "region": "EMEA", "needed": 2, "missing": 1,
                "text": "Gate in EMEA lacks 1 of the 2 partners that it needs as Agent",
            }
        ],
        "closed": [],
    }  # fmt: skip
    nobody = world(partners=inventory(ACME), portfolio=PORTFOLIO)
    assert [one["text"] for one in told(world(partners=inventory(ACME)), nobody)["gaps"]["opened"]] == [
        "Gate lacks the partner that it needs as Shop",
        "Gate in EMEA lacks 2 of the 2 partners that it needs as Agent",
    ]
    closed = told(none, some)["gaps"]
    assert [one["text"] for one in closed["closed"]] == ["Gate in EMEA no longer lacks a partner as Agent"]
    assert closed["opened"] == []


def test_states_of_different_days_are_not_compared(world: World) -> None:
    """Days alone open findings, so that is a mistake of the caller."""
    playbook = world(partners=inventory(ACME))

    with pytest.raises(ValueError, match="as of"):
        difference(playbook, replace(playbook, as_of=playbook.as_of + timedelta(days=1)))


@pytest.mark.parametrize("days", [1, 40, 400])
def test_days_that_pass_do_not_change_what_a_finding_is(days: int) -> None:
    """Of no partner, department and code does one finding go and another one come because it counts days."""
    early = kit.loaded(kit.RICH, date(2026, 11, 2))
    late = kit.loaded(kit.RICH, date(2026, 11, 2) + timedelta(days=days))
    were = {identify(finding) for finding in find(early)}
    are = {identify(finding) for finding in find(late)}
    # A second agreement, or a second domain, may have a finding of its own: the rest says so by its reference.
    gone = {one[:3] for one in were - are if "agreement" not in one.code}

    assert were & are
    assert gone & {one[:3] for one in are - were} == set()


# --- its laws -----------------------------------------------------------------------------

NAMES = ("Acme", "Birch", "Cedar", "Acme 2")
ENTRY = st.fixed_dictionaries(
    {"name": st.sampled_from(NAMES), "types": st.sampled_from(["agent", "shop"]),
     "owner": st.sampled_from(["ann", "bob", "null"]), "status": st.sampled_from(["active", "ended"])},
    optional={"regions": st.sampled_from(["[EMEA]", "[]"]), "offers": st.just("[gate]"),
              "lead": st.sampled_from(["true", "false"]), "reviewed": st.just("{date: 2025-01-01, by: ann}")},
)  # fmt: skip
DEPARTMENT = st.lists(ENTRY, max_size=4, unique_by=lambda entry: (entry["name"], entry["types"]))
STATE = st.tuples(DEPARTMENT, DEPARTMENT)


def loaded(state: tuple[list[dict[str, str]], ...], comment: str = "") -> Playbook:
    parts = [f"departments:\n{comment}"]
    for number, entries in enumerate(state):
        parts.append(f"- id: d{number}\n  name: D{number}\n  partners:{'' if entries else ' []'}\n")
        for entry in entries:
            slug = entry["name"].lower().replace(" ", "-")
            listed = {**entry, "types": f"[{entry['types']}]"}
            fields = "".join(f", {name}: {value}" for name, value in listed.items())
            parts.append(f"{comment}  - {{id: {slug}{fields}}}\n")
    with TemporaryDirectory() as place:
        folder = Path(place, "data")
        return kit.loaded(world_in(folder, partners="".join(parts), people=PEOPLE, portfolio=PORTFOLIO))


@given(STATE)
@settings(deadline=None, max_examples=kit.examples(40))
def test_no_difference_with_itself(state: Any) -> None:
    """diff(x, x) is empty, also where comments move every line."""
    playbook = loaded(state)

    assert not difference(playbook, playbook)
    assert not difference(playbook, loaded(state, comment="# moved\n"))
    assert differences.text(difference(playbook, playbook)) == "No change of the data.\n"


@given(STATE, STATE)
@settings(deadline=None, max_examples=kit.examples(40))
def test_the_way_back_undoes_the_way_there(one: Any, other: Any) -> None:
    """What opens from one state to another is what closes from the other to the one; the rest is in both."""
    before, after = loaded(one), loaded(other)
    there, back = difference(before, after), difference(after, before)

    assert there.findings_opened == back.findings_closed
    assert there.gaps_closed == back.gaps_opened
    assert bool(there) == bool(back)
    assert len(find(before)) + len(there.findings_opened) - len(there.findings_closed) == len(find(after))


# --- how it is told -----------------------------------------------------------------------


def test_text(world: World) -> None:
    """Sentences under headings that count them; headings without any are left out."""
    before = world(partners=inventory(ACME), people=PEOPLE)
    after = world(partners=inventory(ACME.replace("ann", "null")), people=PEOPLE)

    assert differences.text(difference(before, after)) == (
        "Changes (1):\n"
        "  Acme has no owner in Sales any more; it was Ann Lee. (partners.yml:5)\n"
        "\n"
        "New findings (1):\n"
        "  Acme has no owner (partners.yml:5) [unowned]\n"
    )


def test_reviews_that_were_only_renewed_are_told_apart(world: World) -> None:
    """Expected: nine entries with a new review date and nothing else are named under a heading of their own; one in
    which the owner changed as well is not among them, and eight are too few to be told."""

    def state(day: str, number: int, owner: str = "ann") -> Playbook:
        names = [f"{{id: p{n}, name: P{n}, types: [shop], owner: ann" for n in range(number)]
        names.append(f"{{id: other, name: Other, types: [shop], owner: {owner}")
        entries = [f"{name}, reviewed: {{date: {day}, by: ann}}}}" for name in names]
        return world(partners=inventory(*entries), people=PEOPLE)

    old, new = "2026-01-01", "2026-05-01"
    text = differences.text(difference(state(old, 9), state(new, 9, owner="null")))
    heading = "Reviews that were renewed while nothing else changed (9):"
    assert heading in text
    assert "Other was reviewed" not in text.split(heading)[1].split("\n\n")[0]
    assert "while nothing else changed" not in differences.text(difference(state(old, 8), state(new, 8, owner="null")))


def test_findings_come_after_what_readers_notice_and_before_details(world: World) -> None:
    """Expected: that somebody left, then what that opens, then that the address is another one."""
    before = world(partners=inventory(ACME), people=PEOPLE)
    people = PEOPLE.replace("name: Ann Lee", "name: Ann Lee, active: false, email: ann@example.com")
    found = differences.text(difference(before, world(partners=inventory(ACME), people=people)))

    left = "Changes (1):\n  Ann Lee has left. (people.yml:2)\n\n"
    assert found.startswith(f"{left}New findings (1):\n  the owner of Acme")
    assert found.endswith("\nDetails (1):\n  Ann Lee has new details: email (ann@example.com). (people.yml:2)\n")


HOSTILE = [
    "</li><script>x</script>",
    "[x](javascript:y)",
    "`x` **y** _z_",
    "# h",
    "| a |",
    "@octocat fixes #12",
    "&lt;",
]


@pytest.mark.parametrize("name", HOSTILE)
def test_markdown_of_hostile_names(world: World, name: str) -> None:
    """A name is shown as it is written; it is no markup, and calls nobody."""
    entry = ACME.replace("name: Acme", "name: " + json.dumps(name))
    found = differences.markdown(difference(world(partners=inventory() + "    []\n"), world(partners=inventory(entry))))
    html = MarkdownIt("commonmark").render(found)

    assert html.count("<li>") == found.count("\n- ")
    assert (
        html.count("<")
        == html.count("<li>") * 2 + html.count("<ul>") * 2 + html.count("<h3>") * 2 + html.count("<code>") * 2
    )
    assert "@octocat" not in html
    assert "#12" not in html


def test_markdown_has_an_end(world: World) -> None:
    """A job summary takes a megabyte: of many changes the first are listed, and the others counted."""
    many = [f"{{id: p{number}, name: Partner {number}, types: [shop], owner: ann}}" for number in range(520)]
    found = differences.markdown(difference(world(partners=inventory(ACME)), world(partners=inventory(ACME, *many))))

    assert "### Changes (520)\n" in found
    assert "\n- and 20 more, which `playbook diff` lists\n" in found


# --- the command --------------------------------------------------------------------------


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A git repository with two commits, of which the first has the tag `first`; the command runs there."""
    monkeypatch.chdir(tmp_path)
    world_in(tmp_path / "data")
    git(Path(), "init", "--quiet", "--initial-branch=main")
    commit(inventory(COVERS))
    git(Path(), "tag", "first")
    commit(inventory(COVERS, BIRCH))
    return tmp_path


def commit(partners: str) -> None:
    Path("data/partners.yml").write_text(partners)
    Path("data/portfolio.yml").write_text(PORTFOLIO)
    git(Path(), "add", "--all")
    git(Path(), "commit", "--quiet", "--message=x")


diff = partial(kit.run, "diff")


CAME = "Birch is new in Sales, as Agent, owned by ann. (partners.yml:6)\n"


@pytest.mark.parametrize("arguments", [("first",), ("HEAD~1", "main"), ("first", "data"), ("old", "HEAD")])
def test_revisions_and_folders(repository: Path, arguments: tuple[str, ...]) -> None:
    """Each side may be either; without a second one it is the data as it stands."""
    shutil.copytree("data", "old")
    Path("old/partners.yml").write_text(inventory(COVERS))
    result = diff(*arguments)

    assert (result.exit_code, result.stderr) == (Exit.FINE, "")
    assert CAME in result.stdout
    assert "Gaps that are closed (1):\n  Gate in EMEA no longer lacks" in result.stdout


def test_a_name_of_both_a_folder_and_a_revision(repository: Path) -> None:
    """Whoever compares with it is asked which; what is compared stays the data folder, whatever branches are called."""
    git(Path(), "branch", "data", "first")
    commit = git(Path(), "rev-parse", "data")[:12]
    result = diff("data")

    assert result.exit_code == Exit.USAGE
    assert f"'data' is a folder, and a revision in git: write ./data for the folder, or {commit} for" in result.stderr
    assert "write ./data for the folder" in kit.run("check", "--against", "data").stderr
    assert [CAME in diff(*names).stdout for names in (("first",), (commit,), ("first", "data"))] == [True] * 3
    assert diff("./data").stdout == "No change of the data.\n"


def test_the_journal_of_commits(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Expected: a file that each commit changes, and none where there is no repository."""
    with Repository(Path("data")) as asked, Repository(tmp_path_factory.mktemp("nowhere")) as elsewhere:
        journal = asked.journal
        assert elsewhere.journal is None
    assert journal is not None
    before = journal.read_bytes()
    commit(inventory(COVERS))
    assert len(journal.read_bytes()) > len(before)


def test_a_zone_in_which_nobody_lives(repository: Path) -> None:
    """Expected: the moment in that of Greenwich."""
    Path("data/partners.yml").write_text(inventory(COVERS))
    git(Path(), "commit", "--quiet", "--all", "--message=x", moment="1767225600 +1401")
    with Repository(Path("data")) as asked:
        assert asked.revisions(1)[0][0].moment.isoformat() == "2026-01-01T00:00:00+00:00"


def test_a_clone_that_lacks_commits_or_files(repository: Path) -> None:
    """It is said what the clone is, and what to do."""
    git(Path(), "config", "uploadpack.allowFilter", "true")
    for how in ("--depth=1", "--filter=blob:none"):
        git(Path(), "clone", "--quiet", how, Path.cwd().as_uri(), how.strip("-"))
    shallow, partial = (diff("HEAD~1", "--data", f"{name}/data") for name in ("depth=1", "filter=blob:none"))

    assert "no git revision 'HEAD~1'" in shallow.stderr
    assert "; this clone lacks older commits, which `git fetch --unshallow` brings" in shallow.stderr
    assert "is not in this clone, which was made with --filter: clone it whole" in partial.stderr


def test_what_is_not_committed_counts(repository: Path) -> None:
    """Before a commit, an editor sees what it will say."""
    assert diff("HEAD").stdout == "No change of the data.\n"
    Path("data/partners.yml").write_text(inventory(COVERS))
    assert "Birch is no longer in the inventory. (before partners.yml:6)" in diff("HEAD").stdout


def test_both_are_judged_by_one_day(repository: Path) -> None:
    """By that of HEAD where its settings have one, or by the one given."""
    partners = inventory(COVERS.replace("}", ", agreements: [{kind: nda, ends: 2026-06-30}]}"))
    commit(partners)
    Path("data/settings.yml").write_text("company: Example\nas_of: 2027-01-01\n")
    Path("data/partners.yml").write_text("# moved\n" + partners)

    assert "findings" not in diff("HEAD").stdout.casefold()
    assert (
        "the day that the site calls today (2027-01-01 instead of 2026-06-01). (settings.yml:2)" in diff("HEAD").stdout
    )
    assert json.loads(diff("HEAD", "--format", "json").stdout)["as_of"] == "2027-01-01"
    assert json.loads(diff("HEAD", "--as-of", "2026-06-02", "--format", "json").stdout)["as_of"] == "2026-06-02"


@pytest.mark.parametrize("form", differences.FORMATS)
def test_every_format(repository: Path, form: str) -> None:
    """Each tells of the partner that came."""
    assert "Birch is new" in diff("first", "--format", form).stdout


def test_a_state_with_errors(repository: Path) -> None:
    """Its errors are reported, by its name; of both states where both have some."""
    Path("data/partners.yml").write_text(inventory(COVERS.replace("agent", "agnet")))
    git(Path(), "commit", "--quiet", "--all", "--message=x")
    Path("data/partners.yml").write_text(inventory(COVERS.replace("owner", "ownr")))
    result = diff("HEAD")

    assert result.exit_code == Exit.PROBLEMS
    assert result.stdout == ""
    assert "HEAD cannot be compared, because of errors in its data:" in result.stderr
    assert "HEAD:data/partners.yml:5:36: error[unknown-type]" in result.stderr
    assert "data cannot be compared" in result.stderr
    assert "ownr" in result.stderr


def test_a_revision_without_the_folder(repository: Path) -> None:
    """That is said, in place of a list of missing files."""
    git(Path(), "mv", "data", "moved")
    git(Path(), "commit", "--quiet", "--message=x")
    result = diff("first", "--data", "moved")

    assert result.exit_code == Exit.PROBLEMS
    assert result.stderr == "first cannot be compared: the folder moved is not in it.\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("mian",), "there is no folder and no git revision 'mian'. did you mean 'main'?"),
        (
            ("main", "fist"),
            "Invalid value for HEAD: there is no folder and no git revision 'fist'. did you mean 'first'?",
        ),
        (("--", "--output=x"), "no git revision '--output=x'"),
        (("main:data",), "no git revision 'main:data'"),
        (("",), "no git revision ''"),
        (("main", ""), "Invalid value for HEAD: there is no folder and no git revision ''"),
        (("main", "--data", "nowhere"), "there is no folder 'nowhere'"),
        (("a\nb",), "no git revision 'a\\nb'"),
    ],
)
def test_wrong_names(repository: Path, arguments: tuple[str, ...], said: str) -> None:
    """They are said to be neither, with the nearest name that is one."""
    result = diff(*arguments)

    assert result.exit_code == Exit.USAGE
    assert said in result.stderr
    assert result.stdout == ""


def test_without_a_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The reason why there are no revisions is given."""
    monkeypatch.chdir(tmp_path)
    world_in(Path("data"))

    assert "'data' is in no git repository, or it has no commits" in diff("main").stderr


@pytest.mark.parametrize("arguments", [("one", "other"), ("one", "other", "--data", "nowhere")])
def test_two_folders_need_no_third(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]) -> None:
    """Expected: they are compared where no folder `data` is."""
    monkeypatch.chdir(tmp_path)
    world_in(Path("one"), partners=inventory(COVERS), portfolio=PORTFOLIO)
    world_in(Path("other"), partners=inventory(COVERS, BIRCH), portfolio=PORTFOLIO)
    result = diff(*arguments)

    assert (result.exit_code, result.stderr) == (Exit.FINE, "")
    assert CAME in result.stdout


@pytest.mark.parametrize("arguments", [("one",), ("one", "main"), ("main", "one"), ("main",)])
def test_what_is_read_has_to_be_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]
) -> None:
    """Expected: without a second state, or for a revision, the folder is asked for."""
    monkeypatch.chdir(tmp_path)
    world_in(Path("one"))
    result = diff(*arguments)

    assert result.exit_code == Exit.USAGE
    assert "Invalid value for --data: there is no folder 'data'" in result.stderr
