"""The commands for reorganizations: what each writes and tells, what it asks, and that a refused one writes nothing."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from generator.cli import questions
from generator.compare import changes_between, difference
from generator.reports import differences
from tests import kit
from tests.kit import RICH, World, contents, inventory, loaded, pages_of, world_in, yaml_of

pytestmark = pytest.mark.no_cover

Run = Callable[..., Result]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(RICH, tmp_path / "data")
    return tmp_path / "data"


@pytest.fixture
def run(folder: Path) -> Run:
    return lambda *arguments, answers="": kit.run(*arguments, "--data", str(folder), answers=answers)


@pytest.fixture
def somebody(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody sits there who can be asked."""
    monkeypatch.setattr(questions, "somebody_there", lambda: True)


def entries(folder: Path, partner: str) -> Mapping[str, Any]:
    """The entries of a partner as they are written, by department; nothing about other departments."""
    found: dict[str, Any] = {}
    for path in sorted(folder.rglob("*.yml")):
        for home in (yaml_of(path.read_text("utf-8")) or {}).get("departments", ()):
            for one in home["partners"] or ():
                if one["id"] == partner:
                    found[home["id"]] = one
    return found


def refused(result: Result, folder: Path, *words: str) -> None:
    """The command failed, said why, and wrote nothing."""
    assert result.exit_code in (1, 2), result.output
    for word in words:
        assert word in result.output, result.output
    assert contents(folder) == contents(RICH)


def done(result: Result, *words: str) -> str:
    """What a command said that went well, these words among it."""
    assert result.exit_code == 0, result.output
    for word in words:
        assert word in result.output, result.output
    return result.output


BAD = {
    "reassign-nobody": (("reassign", "kavya", "lin-zhao"), ("there is no person 'kavya'", "kavya-iyer")),
    "reassign-to-nobody": (("reassign", "kavya-iyer", "lin-zao"), ("did you mean 'lin-zhao'",)),
    "reassign-to-a-leaver": (
        ("reassign", "kavya-iyer", "owen-pryce"),
        ("Owen Pryce has left: name somebody",),
    ),
    "reassign-to-oneself": (("reassign", "kavya-iyer", "Kavya Iyer"), ("the same person",)),
    "reassign-an-unknown-role": (
        ("reassign", "kavya-iyer", "lin-zhao", "--as", "ownr"),
        ("there is no role 'ownr'", "did you mean 'owner'"),
    ),
    "reassign-a-role-that-nobody-holds": (
        ("reassign", "kavya-iyer", "lin-zhao", "--as", "sponsor", "--partner", "fenland-technik"),
        ("Kavya Iyer is no sponsor of Fenland Technik",),
    ),
    "offboard-with-nobody-to-ask": (
        ("offboard", "kavya-iyer"),
        ("backup of 1 partner: Fenland Technik", "owner of 1 partner: Wetherby Industrial", "add --to PERSON"),
    ),
    "offboard-to-oneself": (("offboard", "kavya-iyer", "--to", "kavya-iyer"), ("cannot take over from themselves",)),
    "move-where-it-is": (
        ("move", "fenland-technik", "--to", "Channel Sales"),
        ("Fenland Technik is managed by Channel Sales already",),
    ),
    "move-nowhere": (("move", "fenland-technik", "--to", "cloud"), ("there is no department 'cloud'",)),
    "move-one-of-two": (
        ("move", "wetherby-industrial", "--to", "cloud-services"),
        ("add --from channel-sales or --from customer-services-training",),
    ),
    "rename-to-another": (
        ("rename", "channel-sales", "cloud-services"),
        ("there is a department 'cloud-services' already", "`playbook merge channel-sales --into cloud-services`"),
    ),
    "merge-with-nothing": (
        ("merge", "channel-sales", "--into", "cloud-servces"),
        ("there is no department 'cloud-servces'; did you mean 'cloud-services'?",),
    ),
    "merge-with-itself": (("merge", "oem", "--into", "oem"), ("a merge needs two",)),
    "merge-and-keep-a-third": (("merge", "oem", "--into", "isv-ihv", "--keep", "x"), ("--keep takes oem or isv-ihv",)),
    "remove-a-person-in-use": (
        ("remove", "kavya-iyer"),
        ("backup_owner: kavya-iyer", "reviewed: {date: 2026-03-19, by: kavya-iyer}", "`playbook offboard`"),
    ),
    "remove-a-department-in-use": (
        ("remove", "cloud-services"),
        ("- id: quorlin", "department: cloud-services", "`playbook merge cloud-services --into ID`"),
    ),
    "remove-a-type-in-use": (("remove", "oem"), ("types: [oem]", "playbook split-type oem")),
    "acquire-oneself": (
        ("acquire", "fenland-technik", "--by", "Fenland Technik"),
        ("Fenland Technik cannot acquire itself",),
    ),
    "acquire-in-a-circle": (
        ("acquire", "fenland-technik", "--by", "Norfolk Controls"),
        ("Norfolk Controls was itself acquired by Fenland Technik, on 2026-01-12",),
    ),
    "acquire-by-nobody": (
        ("acquire", "fenland-technik", "--by", "zetta"),
        ("there is no partner 'zetta'", "add --name"),
    ),
    "acquire-by-a-partner-as-if-it-were-new": (
        ("acquire", "fenland-technik", "--by", "quorlin-group", "--name", "Quorlin Managed Cloud"),
        ("Quorlin Managed Cloud is a partner already: write --by quorlin",),
    ),
    "acquire-tomorrow": (
        ("acquire", "fenland-technik", "--by", "quorlin", "--on", "2026-11-03"),
        ("2026-11-03 has not come yet",),
    ),
    "acquire-what-differs": (
        ("acquire", "hoshino-cloud", "--by", "skerryhost"),
        ("offer_stage: pre-commercialization", "--keep skerryhost or --keep hoshino-cloud"),
    ),
    "end-tomorrow": (("end", "fenland-technik", "--why", "x", "--on", "2026-11-03"), ("2026-11-03 has not come yet",)),
    "end-one-of-two": (("end", "wetherby-industrial", "--why", "x"), ("add --department channel-sales",)),
    "end-elsewhere": (
        ("end", "fenland-technik", "--why", "x", "--department", "cloud-services"),
        ("Fenland Technik is managed by channel-sales",),
    ),
    "end-without-a-reason": (("end", "fenland-technik"), ("--why",)),
    "split-into-one": (("split-type", "oem", "Chip Maker"), ("a type is split into two or more",)),
    "split-undecided": (
        ("split-type", "oem", "Chip Maker", "board-maker"),
        ("write a file for --decisions", "ostheim-drives: chip-maker or board-maker", "offer radio-module: "),
    ),
    "split-nothing": (("split-type", "oen", "a", "b"), ("there is no type 'oen'", "did you mean 'oem'")),
    "split-into-the-same-twice": (("split-type", "oem", "a", "A"), ("'A' is named twice",)),
    "review-many-of-which-some-are-wrong": (
        ("review", "fenland-tecnik", "wetherby-industrial", "quorlin", "--by", "lin-zhao"),
        ("there is no partner 'fenland-tecnik'", "add --department channel-sales"),
    ),
}


@pytest.mark.long
@pytest.mark.parametrize("name", BAD)
def test_what_cannot_be_is_refused_with_the_reason(run: Run, folder: Path, name: str) -> None:
    """Expected: exit 1 or 2, what is wrong and what to pass, and not a byte is written."""
    arguments, words = BAD[name]
    refused(run(*arguments), folder, *words)


DRY = {
    "reassign": ("reassign", "kavya-iyer", "lin-zhao"),
    "offboard": ("offboard", "kavya-iyer", "--to", "lin-zhao"),
    "offboard-list": ("offboard", "kavya-iyer"),
    "move": ("move", "fenland-technik", "--to", "cloud-services"),
    "rename": ("rename", "channel-sales", "channel"),
    "merge": ("merge", "channel-sales", "--into", "cloud-services"),
    "remove": ("remove", "amber-agency"),
    "acquire": ("acquire", "fenland-technik", "--by", "quorlin"),
    "end": ("end", "fenland-technik", "--why", "Closed"),
    "review": ("review", "fenland-technik", "quorlin", "--by", "lin-zhao"),
}


@pytest.mark.long
@pytest.mark.parametrize("name", DRY)
def test_a_trial_tells_the_same_and_writes_nothing(run: Run, folder: Path, name: str) -> None:
    """Expected: with --dry-run the changes are told, and every byte is as it was."""
    result = run(*DRY[name], "--dry-run")
    done(result)
    assert contents(folder) == contents(RICH)
    if name != "offboard-list":
        told = result.output.rpartition("\nThe data stays as it is")[0]
        assert told
        assert done(run(*DRY[name])).startswith(told)


# --- people ---------------------------------------------------------------------------------


def test_some_roles_of_some_partners_are_reassigned(run: Run, folder: Path) -> None:
    """Expected: the role that is named, with the partner that is named, and no other one."""
    done(run("reassign", "kavya-iyer", "Lin Zhao", "--as", "backup"), "backup (Lin Zhao instead of Kavya Iyer)")
    assert entries(folder, "fenland-technik")["channel-sales"]["backup_owner"] == "lin-zhao"
    assert entries(folder, "wetherby-industrial")["channel-sales"]["owner"] == "kavya-iyer"
    done(run("reassign", "kavya-iyer", "lin-zhao", "--as", "owner", "--partner", "Wetherby Industrial"))
    assert entries(folder, "wetherby-industrial")["channel-sales"]["owner"] == "lin-zhao"
    assert entries(folder, "wetherby-industrial")["channel-sales"]["reviewed"]["by"] == "kavya-iyer"


def test_a_lead_and_an_objective_are_handed_over(run: Run, folder: Path) -> None:
    """Expected: whoever leads a department and owns an objective has left, and is named in reviews alone."""
    output = done(run("offboard", "ada-nwosu", "--to", "lin-zhao"), "lead of 1 department: Channel Sales")
    assert "owner of 1 objective: Enter LATAM and APAC" in output
    assert "The department Channel Sales is led by Lin Zhao instead of Ada Nwosu." in output
    assert "Ada Nwosu has left." in output
    left = [
        line.strip()
        for path in folder.glob("*.yml")
        for line in path.read_text("utf-8").splitlines()
        if "ada-nwosu" in line
    ]
    assert [line for line in left if "by: ada-nwosu" not in line] == ["- id: ada-nwosu"]
    # Who granted a waiver did so, whoever works here today.
    assert (folder / "rules.yml").read_bytes() == (RICH / "rules.yml").read_bytes()
    done(run("check"))


def test_roles_in_fields_of_the_companys_own_are_handed_over(run: Run, folder: Path) -> None:
    """Expected: a person in a field that the settings declare, told by the name of the field; reviews stay."""
    done(run("offboard", "kavya-iyer", "--to", "lin-zhao"), "engineer of 1 partner: Fenland Technik")
    text = (folder / "partners.yml").read_text("utf-8")
    assert "engineer: lin-zhao" in text
    assert [line.strip() for line in text.splitlines() if "kavya-iyer" in line] == [
        "reviewed: {date: 2026-03-19, by: kavya-iyer}"
    ]


def test_a_backup_becomes_owner_and_nobody_stands_in_for_themselves(run: Run, folder: Path) -> None:
    """Expected: with --to-backups the backup owns it, and the entry has no backup any more; --to has the rest."""
    done(run("offboard", "kavya-iyer", "--to-backups", "--to", "lin-zhao"))
    entry = entries(folder, "wetherby-industrial")["channel-sales"]
    assert (entry["owner"], "backup_owner" in entry) == ("ada-nwosu", False)
    assert entries(folder, "fenland-technik")["channel-sales"]["backup_owner"] == "lin-zhao"


@pytest.mark.usefixtures("somebody")
def test_whoever_takes_over_is_asked_for_role_by_role(run: Run, folder: Path) -> None:
    """Expected: a question for each role, a wrong answer asked again, and the answers are what is written."""
    output = done(run("offboard", "kavya-iyer", answers="owen-pryce\nerik nyberg\nlin-zhao\nlin-zhao\n"))
    assert "Error: Owen Pryce has left: name somebody who is here" in output
    # Erik owns that partner: nobody stands in for themselves.
    assert "backup_owner" not in entries(folder, "fenland-technik")["channel-sales"]
    assert entries(folder, "wetherby-industrial")["channel-sales"]["owner"] == "lin-zhao"


OWNED = inventory(**dict.fromkeys(("a", "b", "c", "d"), "types: [shop], owner: {owner}, regions: [EMEA]"))
PEOPLE = "people:\n  - {id: ann, name: Ann Lee}\n  - {id: bob, name: Bob Ray}\n"


def test_what_one_person_took_over_is_one_sentence(world: World) -> None:
    """Expected: four partners are told at once, with the names, and each again among the details, which have the
    records; two are told each by itself.
    """
    before = world(partners=OWNED.replace("{owner}", "bob"), people=PEOPLE)
    after = world(partners=OWNED.replace("{owner}", "ann"), people=PEOPLE)
    told = changes_between(before, after)
    assert [(str(change), change.partner, change.kind.noticed, len(change.deltas)) for change in told] == [
        ("Ann Lee took over 4 partners from Bob Ray as owner in Sales: A, B, C and D", None, True, 0),
        *[(f"{name} is owned by Ann Lee instead of Bob Ray in Sales", name.lower(), False, 1) for name in "ABCD"],
    ]
    two = world(partners=OWNED.replace("{owner}", "ann", 2).replace("{owner}", "bob"), people=PEOPLE)
    assert [str(change) for change in changes_between(before, two)] == [
        "A is owned by Ann Lee instead of Bob Ray in Sales",
        "B is owned by Ann Lee instead of Bob Ray in Sales",
    ]


def test_of_many_partners_that_one_took_over_each_is_told(world: World) -> None:
    """Expected: of ten the sentence names a few and both departments, and diff each of them with its line."""
    many = inventory(**dict.fromkeys("abcdefgh", "types: [shop], owner: {owner}"))
    many += "- id: cloud\n  name: Cloud\n  partners:\n"
    many += "".join(f"  - {{id: {one}, name: {one.upper()}, types: [shop], owner: {{owner}}}}\n" for one in "ij")
    before, after = (world(partners=many.replace("{owner}", owner), people=PEOPLE) for owner in ("bob", "ann"))
    found = difference(before, after)
    text = differences.text(found)
    assert (
        "Changes (1):\n  Ann Lee took over 10 partners from Bob Ray as owner in Sales and Cloud: "
        "A, B, C, D, E, F and 4 more.\n"
    ) in text
    assert "Details (10):\n  A is owned by Ann Lee instead of Bob Ray in Sales. (partners.yml:5)\n" in text
    assert "  J is owned by Ann Lee instead of Bob Ray in Cloud. (partners.yml:17)\n" in text


def test_a_review_of_what_somebody_took_over_is_not_all_that_changed(world: World) -> None:
    """Expected: of four partners that were reviewed, the three with another owner have not only been reviewed."""
    entries = dict.fromkeys("abcd", "types: [shop], owner: bob")
    reviewed = {name: f"{fields}, reviewed: {{date: 2026-05-01, by: bob}}" for name, fields in entries.items()}
    taken = {name: fields.replace("owner: bob", "owner: ann") for name, fields in reviewed.items() if name != "d"}
    before, after = (world(partners=inventory(**one), people=PEOPLE) for one in (entries, {**reviewed, **taken}))
    assert [change.partner for change in difference(before, after).bare_reviews] == ["d"]


# --- departments ----------------------------------------------------------------------------


def test_an_entry_moves_with_its_comments_between_files(run: Run, folder: Path) -> None:
    """Expected: out of one file and into the other, as it is written; moving back gives the same bytes."""
    done(run("split"))
    path = folder / "partners" / "channel-sales.yml"
    path.write_text(
        path.read_text("utf-8").replace("      - id: fenland-technik", "      # Ask Ada.\n      - id: fenland-technik")
    )
    before = contents(folder)
    done(run("move", "fenland-technik", "--to", "cloud-services"), "has moved from Channel Sales to Cloud Services")
    assert "# Ask Ada.\n      - id: fenland-technik" in (folder / "partners" / "cloud-services.yml").read_text("utf-8")
    done(run("move", "fenland-technik", "--to", "channel-sales"))
    assert contents(folder) == before


@pytest.mark.long
def test_a_department_keeps_the_name_of_its_file_and_its_old_address(run: Run, folder: Path) -> None:
    """Expected: the file is called as the department is; the old page leads on; nothing but the id is told."""
    done(run("split"))
    output = done(run("rename", "channel-sales", "channel"), "Gone: ")
    assert "Changes (1):\n  The department Channel Sales has the id channel instead of channel-sales." in output
    assert "Details" not in output
    assert not (folder / "partners" / "channel-sales.yml").exists()
    assert (folder / "partners" / "channel.yml").exists()
    page = pages_of(loaded(folder, date(2026, 11, 2)))["departments/channel-sales.md"]
    assert 'redirect: "channel/"' in page


def test_departments_become_one_and_no_file_is_left_over(run: Run, folder: Path) -> None:
    """Expected: all partners in the other one, told as that alone; the file goes, and its comments do not."""
    done(run("split"))
    path = folder / "partners" / "customer-services-training.yml"
    path.write_text(f"{path.read_text('utf-8')}# Looked after by Niamh.\n", "utf-8")
    output = done(run("merge", path.stem, "--into", "channel-sales"), "has become one with Channel Sales")
    assert "has moved" not in output
    assert not path.exists()
    text = (folder / "partners" / "channel-sales.yml").read_text("utf-8")
    assert "# Looked after by Niamh." in text
    data = yaml_of(text)["departments"][0]
    assert data["formerly"] == ["customer-services-training"]
    assert {"clonakilty-technical", "amber-agency"} <= {one["id"] for one in data["partners"]}
    # Both departments had this one, as other types.
    assert [one["id"] for one in data["partners"]].count("wetherby-industrial") == 2


def test_what_a_department_says_of_itself_is_that_of_the_other_where_that_says_nothing(tmp_path: Path) -> None:
    """Expected: the contact, the reviewers and the lead; what the other one says stays."""
    sales = "{id: sales, name: Sales, contact: a@x.example, reviewers: ['@x/ann'], lead: ann, partners: []}"
    for own in ("", ", reviewers: ['@x/bob']", ", lead: bob, contact: b@x.example"):
        east = f"  - {{id: east, name: East{own}, partners: []}}\n"
        folder = world_in(tmp_path / f"data{len(own)}", partners=f"departments:\n  - {sales}\n{east}", people=PEOPLE)
        done(kit.run("merge", "sales", "--into", "east", "--data", str(folder)))
        [left] = yaml_of((folder / "partners.yml").read_text("utf-8"))["departments"]
        said = {"contact": "a@x.example", "reviewers": ["@x/ann"], "lead": "ann"} | yaml_of(f"{{{own.lstrip(', ')}}}")
        assert {name: left[name] for name in said} == said


TWO = """\
departments:
  - id: sales
    name: Sales
    partners:
      - {id: acme, name: Acme, types: [shop], owner: ann, regions: [EMEA]}
  - id: east
    name: East
    partners:
      - {id: acme, types: [Shop, agent], owner: bob, regions: [APAC], lead: true}
"""


@pytest.mark.parametrize(
    "command", [("merge", "east", "--into", "sales"), ("move", "acme", "--from", "east", "--to", "sales")]
)
def test_the_same_partner_of_two_departments_becomes_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    """Expected: who owns it is asked for; types and regions are joined, and the one that leads goes on leading."""
    folder = world_in(tmp_path / "data", partners=TWO, people=PEOPLE)
    before = contents(folder)
    result = kit.run(*command, "--data", str(folder))
    assert result.exit_code == 1
    assert "owner: bob" in result.output
    assert "--keep sales or --keep east" in result.output
    assert contents(folder) == before

    kept = kit.run(*command, "--keep", "east", "--data", str(folder), "--dry-run")
    assert "Acme is owned by Bob Ray instead of Ann Lee in Sales" in kept.output
    monkeypatch.setattr(questions, "somebody_there", lambda: True)
    done(kit.run(*command, "--data", str(folder), answers="sales\n"), "Which counts?")
    assert entries(folder, "acme")["sales"] == {
        "id": "acme", "name": "Acme", "types": ["shop", "agent"], "owner": "ann", "lead": True,
        "regions": ["EMEA", "APAC"],
    }  # fmt: skip


@pytest.mark.long
def test_what_nothing_names_any_more_can_go(run: Run, folder: Path) -> None:
    """Expected: an empty department, a person whom nobody names, a partner: each told, and no word of it is left."""
    done(run("new", "department", "--name", "New Ventures"))
    done(run("new", "person", "--name", "Ann Özil", "--department", "new ventures"))
    assert "department: new-ventures" in run("remove", "new-ventures").output
    done(run("remove", "ann-ozil"), "Ann Özil is no longer listed among the people")
    done(run("remove", "new-ventures"), "The department New Ventures is gone")
    logo = folder / "logos" / "amber-agency.svg"
    logo.parent.mkdir(exist_ok=True)
    logo.write_text('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>', "utf-8")
    done(run("remove", "amber-agency"), "Amber & Sons Agency is no longer in the inventory", "logos/amber-agency.svg")
    assert not logo.exists()
    done(run("check"))
    text = "".join(path.read_text("utf-8") for path in folder.glob("*.yml"))
    for gone in ("new-ventures", "ann-ozil", "amber-agency"):
        assert gone not in text


# --- partners -------------------------------------------------------------------------------


@pytest.mark.long
def test_a_company_that_was_bought_stays_known(run: Run, folder: Path) -> None:
    """Expected: told as acquired and never as another name; its page, its id and its name lead to the buyer's."""
    partners = folder / "partners.yml"
    partners.write_text(
        partners.read_text("utf-8").replace(
            "      - id: quorlin\n", "      - id: quorlin\n        via: hoshino-cloud\n", 1
        )
    )
    command = ("acquire", "hoshino-cloud", "--by", "skerryhost", "--keep", "skerryhost", "--on", "2026-10-01")
    output = done(run(*command), "Skerryhost has acquired Hoshino Cloud")
    assert "called" not in output
    entry = entries(folder, "skerryhost")["cloud-services"]
    assert [{**one, "date": str(one["date"])} for one in entry["acquired"]] == [
        {"id": "hoshino-cloud", "name": "Hoshino Cloud", "date": "2026-10-01"}
    ]
    assert entry["domain"] == "skerryhost.example"
    assert entries(folder, "quorlin")["cloud-services"]["via"] == "skerryhost"
    pages = pages_of(loaded(folder, date(2026, 11, 2)))
    assert 'redirect: "skerryhost/"' in pages["partners/hoshino-cloud.md"]
    assert "Hoshino Cloud was acquired by" in pages["partners/hoshino-cloud.md"]
    assert "**Acquired:** Hoshino Cloud (2026-10-01)" in kit.plain(pages["partners/skerryhost.md"])
    assert "formerly" not in pages["partners/skerryhost.md"]
    logo = folder / "logos" / "hoshino-cloud.svg"
    logo.parent.mkdir(exist_ok=True)
    logo.write_text('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>', "utf-8")
    assert "hoshino-cloud" not in loaded(folder, date(2026, 11, 2)).logos
    done(run("end", "Hoshino Cloud", "--why", "Closed"), "Skerryhost has ended in Cloud Services")


def test_a_buyer_that_is_no_partner_yet_becomes_one(run: Run, folder: Path) -> None:
    """Expected: the entry goes on under the new id and name, with what was bought; what was the other's alone goes."""
    output = done(run("acquire", "timed-networks", "--by", "zeta-corp", "--name", "Zeta Corp."))
    assert "Zeta Corp. has acquired Timed Networks Alliance." in output
    assert "called" not in output
    assert "has the id" not in output
    entry = entries(folder, "zeta-corp")["office-of-the-cto"]
    assert (entry["name"], "domain" in entry, "formerly" in entry) == ("Zeta Corp.", False, False)
    assert entry["acquired"][0]["id"] == "timed-networks"


KINSHIP = """\
departments:
  - id: sales
    name: Sales
    partners:
      - {id: acme, name: Acme, types: [shop], owner: ann, parent: birch, formerly: [ac-me]}
      - {id: birch, name: Birch, types: [agent], owner: ann, via: acme}
      - {id: cedar, name: Cedar, types: [shop], owner: ann, parent: Acme}
      - {id: dogwood, name: Dogwood, types: [shop], owner: ann, parent: acme, via: acme}
"""


def test_kinship_follows_what_was_bought(tmp_path: Path) -> None:
    """Expected: nobody belongs to, or sells through, itself; what belonged to the one belongs to the other; former ids
    of the one lead on."""
    folder = world_in(tmp_path / "data", partners=KINSHIP, people=PEOPLE)
    done(kit.run("acquire", "acme", "--by", "birch", "--data", str(folder)))
    found = loaded(folder).partners
    assert [bought.id for bought in found["birch"].acquired] == ["acme", "ac-me"]
    assert found["birch"].parent == ""
    assert {entry.via for entry in found["birch"].entries} == {None}
    assert {entry.types for entry in found["birch"].entries} == {("shop",), ("agent",)}
    assert (found["cedar"].parent, found["dogwood"].parent) == ("birch", "birch")
    assert found["dogwood"].entries[0].via == "birch"


def test_what_belonged_to_itself_belongs_to_nobody(tmp_path: Path) -> None:
    """Expected: an entry that names its own company as the parent has none under the id of the buyer, in any layout."""
    partners = inventory(acme="types: [shop], owner: ann, parent: Acme", birch="types: [agent], owner: ann")
    folder = world_in(tmp_path / "data", partners=partners, people=PEOPLE)
    done(kit.run("acquire", "acme", "--by", "birch", "--data", str(folder)))
    text = (folder / "partners.yml").read_text("utf-8")
    assert "parent" not in text
    assert [(bought.id, bought.name) for bought in loaded(folder).partners["birch"].acquired] == [("acme", "Acme")]


def test_whoever_is_named_as_a_parent_is_told_with_the_place(tmp_path: Path) -> None:
    """Expected: a partner to whom another one belongs does not go, and the line says where it is named."""
    partners = inventory("types: [agent], owner: ann") + (
        "  - id: p1\n    name: P1\n    types: [shop]\n    owner: ann\n    parent: p0\n"
    )
    folder = world_in(tmp_path / "data", partners=partners, people=PEOPLE)
    before = contents(folder)
    result = kit.run("remove", "p0", "--data", str(folder))
    assert result.exit_code == 1
    assert "p0 stays: it is still named in 1 place.\n" in result.output
    assert "partners.yml:10: parent: p0\n" in result.output
    assert contents(folder) == before


SPLIT = """\
departments:
  - id: sales
    name: Sales
    partners:
      - id: acme
        name: Acme
        owner: ann
        mode: {agent: close, shop: light}
        types:
          - shop
          - agent  # since May
      - {id: birch, name: Birch, types: [agent], mode: close, owner: ann}
"""


def test_a_type_becomes_one_that_a_partner_is_already(tmp_path: Path) -> None:
    """Expected: it is named once, the mode of the old one is that of the new, and a remark about it stays."""
    folder = world_in(tmp_path / "data", partners=SPLIT, people=PEOPLE)
    decisions = tmp_path / "types.yml"
    decisions.write_text("acme: ally\nbirch: [ally, broker]\n", "utf-8")
    partners = (folder / "partners.yml").read_text("utf-8").replace("- shop\n", "- shop\n          - ally\n")
    (folder / "partners.yml").write_text(partners, "utf-8")
    done(kit.run("split-type", "agent", "ally", "Broker", "--decisions", str(decisions), "--data", str(folder)))
    text = (folder / "partners.yml").read_text("utf-8")
    entry = entries(folder, "acme")["sales"]
    assert entry["types"] == ["shop", "ally"]
    assert entry["mode"] == {"ally": "close", "shop": "light"}
    assert text.count("# since May") == 1
    assert entries(folder, "birch")["sales"]["types"] == ["ally", "broker"]


def test_a_relationship_ends_with_its_day_and_reason(run: Run, folder: Path) -> None:
    """Expected: both departments' entries, told with the reason and shown on the page; what is open closes."""
    command = ("end", "wetherby-industrial", "--on", "2026-10-31", "--why", "Went out of business")
    homes = ("--department", "channel sales", "--department", "customer-services-training")
    output = done(run(*command, *homes))
    assert "has ended in Channel Sales on 2026-10-31: Went out of business." in output
    for entry in entries(folder, "wetherby-industrial").values():
        assert (entry["status"], entry["end"]["why"]) == ("ended", "Went out of business")
    page = kit.as_read(pages_of(loaded(folder, date(2026, 11, 2)))["partners/wetherby-industrial.md"])
    assert "| Ended | 2026-10-31: Went out of business | 2026-10-31: Went out of business |" in page
    assert "Nothing changes" in run(*command, *homes).output


@pytest.mark.usefixtures("somebody")
def test_which_department_is_asked_for(run: Run, folder: Path) -> None:
    """Expected: a wrong answer is explained and asked again; "all" means both."""
    done(
        run("end", "wetherby-industrial", "--why", "Closed", answers="nowhere\nall\n"),
        "there is no department 'nowhere'",
    )
    assert {entry["status"] for entry in entries(folder, "wetherby-industrial").values()} == {"ended"}


def test_many_are_reviewed_with_an_outcome_and_what_is_next(run: Run, folder: Path) -> None:
    """Expected: the same words in each entry, told with the change, and on the page."""
    command = ("review", "fenland-technik", "Quorlin Managed Cloud", "--by", "lin zhao")
    output = done(run(*command, "--outcome", "Grows", "--next", "Ask for ports"))
    assert "was reviewed in Channel Sales on 2026-11-02 by Lin Zhao; outcome: Grows; next: Ask for ports" in output
    for partner, home in (("fenland-technik", "channel-sales"), ("quorlin", "cloud-services")):
        found = entries(folder, partner)[home]["reviewed"]
        assert (found["by"], found["outcome"], found["next"]) == ("lin-zhao", "Grows", "Ask for ports")
    page = kit.as_read(pages_of(loaded(folder, date(2026, 11, 2)))["partners/fenland-technik.md"])
    assert "Reviewed by Lin Zhao; Grows; next: Ask for ports" in page


# --- types ----------------------------------------------------------------------------------


def split(
    run: Run, tmp_path: Path, *decisions: str, new: tuple[str, ...] = ("Referral Agent", "closing-agent")
) -> Result:
    file = tmp_path / "decisions.yml"
    file.write_text("\n".join(decisions) + "\n", "utf-8")
    return run("split-type", "sales-agent", *new, "--decisions", str(file))


def test_a_type_becomes_two(run: Run, folder: Path, tmp_path: Path) -> None:
    """Expected: partner by partner as was decided; what tells about types names both; the old page and names lead to
    both, but for the one that is the name of one of them."""
    decisions = "amber-agency: referral-agent", "coral-coast-agents: [referral-agent, closing-agent]"
    output = done(split(run, tmp_path, *decisions), "The type Sales Agent has become Referral Agent and Closing Agent.")
    assert "Coral Coast Agents counts as Referral Agent and Closing Agent instead of Sales Agent" in output
    playbook = loaded(folder, date(2026, 11, 2))
    assert playbook.partners["amber-agency"].types == ("referral-agent",)
    assert playbook.partners["coral-coast-agents"].types == ("referral-agent", "closing-agent")
    assert "sales-agent" not in playbook.types
    assert playbook.types["closing-agent"].function == "sales"
    assert dict(playbook.ambiguous_aliases)["Sales Agent"] == ("referral-agent", "closing-agent")
    assert "Referral Agent" not in playbook.ambiguous_aliases
    page = kit.as_read(pages_of(playbook)["types/sales-agent.md"])
    assert "one of these: Referral Agent and Closing Agent." in page
    assert "may mean several" in run("new", "partner", "--department", "channel-sales", "--name", "X", "--type",
                                     "Sales Agent", "--owner", "nobody").output  # fmt: skip


def test_a_type_that_stays_gives_up_a_part(run: Run, folder: Path, tmp_path: Path) -> None:
    """Expected: the old type is there, without the name that is a type now."""
    new = ("sales-agent", "Referral Agent")
    done(split(run, tmp_path, "amber-agency: referral-agent", "coral-coast-agents: sales-agent", new=new))
    playbook = loaded(folder, date(2026, 11, 2))
    assert playbook.partners["amber-agency"].types == ("referral-agent",)
    assert playbook.partners["coral-coast-agents"].types == ("sales-agent",)
    assert "Referral Agent" not in playbook.types["sales-agent"].aliases
    assert "SA" in playbook.types["sales-agent"].aliases


@pytest.mark.parametrize(
    ("decisions", "words"),
    [
        (
            ("amber-agency: refferal-agent", "coral: x"),
            (":1: 'refferal-agent' is none", "'coral'", "coral-coast-agents"),
        ),
        (("amber-agency: referral-agent",), ("lacks these lines", "coral-coast-agents: referral-agent or closing")),
        (("- a", "- b"), ("should have lines like acme: referral-agent",)),
        (("amber-agency: [referral-agent",), ("bad-yaml",)),
    ],
)
def test_decisions_that_decide_nothing(
    run: Run, folder: Path, tmp_path: Path, decisions: tuple[str, ...], words: tuple[str, ...]
) -> None:
    """Expected: every mistake of the file at once, with its line and the nearest right word."""
    refused(split(run, tmp_path, *decisions), folder, *words)


@pytest.mark.usefixtures("somebody")
def test_a_type_is_split_partner_by_partner(run: Run, folder: Path) -> None:
    """Expected: each is asked about by name, a wrong answer again; a need of an offer counts as both."""
    answers = "chip\nchip-maker\nchip-maker, board-maker\n"
    output = done(run("split-type", "oem", "Chip Maker", "board-maker", answers=answers))
    assert "What is Ostheim Drives: chip-maker, board-maker?" in output
    assert "'chip' is none of them" in output
    playbook = loaded(folder, date(2026, 11, 2))
    assert [need.type for need in playbook.offers["radio-module"].requires].count("board-maker") == 1
    assert playbook.partners["ostheim-drives"].types == ("chip-maker",)


def test_a_type_becomes_another_that_a_partner_is_by_its_name(tmp_path: Path) -> None:
    """Expected: however that is written, the partner is it once, and so are the modes."""
    partners = inventory(acme="types: [Shop, agent], mode: {Shop: close, agent: close}, owner: ann")
    folder = world_in(tmp_path / "data", partners=partners, people=PEOPLE)
    done(kit.run("merge", "agent", "--into", "shop", "--keep", "shop", "--data", str(folder)))
    assert entries(folder, "acme")["sales"]["types"] == ["Shop"]
    assert entries(folder, "acme")["sales"]["mode"] == {"Shop": "close"}


# --- what else knows the old ids ------------------------------------------------------------


@pytest.mark.long
def test_whatever_was_written_down_before_goes_on_under_the_new_ids(run: Run, folder: Path, tmp_path: Path) -> None:
    """Expected: after a department and a person have another id, the baseline lets the same findings pass; calendars
    are where they were; a spreadsheet that was imported is unchanged; the old id and an old name are understood."""
    baseline, sheet = tmp_path / "known.txt", tmp_path / "channel.csv"
    done(run("baseline", str(baseline)))
    done(run("export", str(sheet), "--department", "channel-sales"))
    done(run("import", str(sheet), "--department", "channel-sales"))
    before = pages_of(loaded(folder, date(2026, 11, 2)))

    done(run("rename", "channel-sales", "channel"))
    done(run("rename", "kavya-iyer", "kavya"))

    checked = run("check", "--strict", "--baseline", str(baseline))
    assert (checked.exit_code, checked.stdout) == (0, "no problems\n"), checked.output
    after = pages_of(loaded(folder, date(2026, 11, 2)))
    calendars = {path for path in before if path.endswith(".ics")}
    assert calendars
    assert calendars <= set(after)
    assert set(after) >= {path for path in before if path.endswith(".md")}
    imported = run("import", str(sheet), "--department", "channel-sales", "--dry-run")
    assert "Nothing changes" in done(imported)
    done(run("reassign", "kavya-iyer", "lin-zhao", "--dry-run"), "instead of Kavya Iyer")


def test_a_name_of_several_is_not_guessed(run: Run, folder: Path) -> None:
    """Expected: the ids to choose from, and nothing written."""
    people = folder / "people.yml"
    people.write_text(people.read_text("utf-8") + "\n  - id: lin-zhao-2\n    name: Lin Zhao\n", "utf-8")
    before = contents(folder)
    result = run("offboard", "Lin Zhao", "--to", "kavya-iyer")
    assert result.exit_code == 2
    assert "is the name of several; write one of the ids lin-zhao, lin-zhao-2" in result.output
    assert contents(folder) == before


def test_a_disk_that_refuses_leaves_every_file_as_it_was(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Expected: where one of several files cannot be written, or taken away, all others are as before, too."""
    done(run("split"))
    before, replace = contents(folder), Path.replace

    def full(self: Path, target: Path) -> Path:
        if target.name == "people.yml":
            raise OSError(28, "no space left on device", str(self))
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", full)
    result = run("merge", "customer-services-training", "--into", "channel-sales")
    assert result.exit_code == 2, result.output
    assert "people.yml cannot be written" in result.output
    assert contents(folder) == before


def test_what_a_review_found_is_not_said_of_the_next_one(run: Run, folder: Path, tmp_path: Path) -> None:
    """Expected: a spreadsheet with a newer day and no outcome renews the review, and the old outcome goes; one with an
    end brings the day and the reason, and asks for the half that is missing."""
    sheet = tmp_path / "sheet.csv"
    assert "outcome" in entries(folder, "mantaro-systems")["channel-sales"]["reviewed"]
    sheet.write_text(
        "id,name,reviewed_date,reviewed_by\nmantaro-systems,Mantaro Systems,2026-10-05,lin-zhao\n", "utf-8"
    )
    done(run("import", str(sheet), "--department", "channel-sales"))
    review = entries(folder, "mantaro-systems")["channel-sales"]["reviewed"]
    assert {**review, "date": str(review["date"])} == {"date": "2026-10-05", "by": "lin-zhao"}

    sheet.write_text("id,name,status,end_date\nmantaro-systems,Mantaro Systems,ended,2026-10-06\n", "utf-8")
    assert "end_why is missing" in run("import", str(sheet), "--department", "channel-sales", "--dry-run").output
    sheet.write_text(
        "id,name,status,end_date,end_why\nmantaro-systems,Mantaro Systems,ended,2026-10-06,Sold\n", "utf-8"
    )
    done(run("import", str(sheet), "--department", "channel-sales"), "has ended in Channel Sales on 2026-10-06: Sold")
