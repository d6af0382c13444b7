"""What comes of sound data: inheritance, joins, names, and text that stays what was typed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import yaml

from generator.loading import load_folder
from generator.model import Agreement, Entry, Link, Partner, Playbook, Relationship, Review, Satisfaction, Status
from tests.kit import data_in, loaded

TODAY = date(2026, 6, 1)
TAXONOMY = """\
functions:
  - {id: sales, name: Sales, value: They sell., mode: program}
  - {id: service, name: Service, value: They serve.}
groups:
  - {id: field-work, name: Personal, function: sales}
types:
  - {id: shop, name: Corner Shop, function: sales, definition: Sells., aliases: [Outlet, MSP/CMSP]}
  - {id: agency, name: Agency, function: sales, group: field-work, definition: Finds., mode: personal}
  - {id: booth, name: Booth, function: sales, group: field-work, definition: Sells.}
  - {id: builder, name: Builder, function: service, definition: Builds., mode: {early: personal, late: program}}
modes:
  - {id: program, name: Program, summary: The same for all.}
  - {id: personal, name: Personal, summary: One by one.}
stages:
  - {id: early, name: Early, before_launch: true}
  - {id: late, name: Late}
factors:
  - {id: custom, name: Custom}
"""


def load(folder: Path, **files: str) -> Playbook:
    """The playbook of TAXONOMY and `files`, by name without .yml; `partners_X` is partners/X.yml."""
    named = {name.replace("partners_", "partners/"): text for name, text in files.items()}
    return loaded(data_in(folder, **{"taxonomy": TAXONOMY, **named}), today=TODAY)


def inventory(entry: str, department: str = "retail") -> str:
    """One department with one entry, in YAML's flow style."""
    return f"departments:\n  - id: {department}\n    name: Retail\n    partners:\n      - {{{entry}}}\n"


def entry(folder: Path, fields: str, **files: str) -> Entry:
    playbook = load(folder, partners=inventory(f"id: acme, name: Acme, {fields}"), **files)
    (entry,) = playbook.entries
    return entry


def modes(entry: Entry) -> dict[str, tuple[str, str]]:
    return {relationship.type: (relationship.mode, relationship.expected_mode) for relationship in entry.relationships}


# --- modes --------------------------------------------------------------------------------


def test_a_type_inherits_from_its_function_and_never_from_a_group(tmp_path: Path) -> None:
    """A type's own mode comes before its function's default; what its group is called changes nothing."""
    types = load(tmp_path, partners="departments: []\n").types
    assert types["agency"].modes == {None: "personal"}
    assert types["booth"].modes == types["shop"].modes == {None: "program"}
    assert {t.id for t in types.values() if t.own_mode} == {"agency", "builder"}


def test_a_mode_that_depends_on_the_stage(tmp_path: Path) -> None:
    """The stage of the entry decides; other types of the same entry do not mind the stage."""
    late = entry(tmp_path, "types: [builder, shop], owner: ann, offer_stage: late")
    assert modes(late) == {"builder": ("program", "program"), "shop": ("program", "program")}
    early = entry(tmp_path, "types: [builder, agency], owner: ann, offer_stage: early")
    assert modes(early) == {"builder": ("personal", "personal"), "agency": ("personal", "personal")}
    assert load(tmp_path).types["builder"].stage_dependent


def test_one_mode_for_all_types_of_an_entry(tmp_path: Path) -> None:
    """The entry's own mode is what is; the taxonomy's stays what is expected."""
    found = entry(tmp_path, "types: [shop, agency], owner: ann, mode: personal, mode_reason: custom")
    assert found.relationships == (
        Relationship("shop", "personal", "program"),
        Relationship("agency", "personal", "personal"),
    )
    assert [relationship.as_expected for relationship in found.relationships] == [False, True]
    assert found.mode_reason == "custom"


def test_a_mode_for_one_type_of_an_entry(tmp_path: Path) -> None:
    """A type may be named by its alias there, as everywhere; the others keep the expected mode."""
    found = entry(tmp_path, "types: [shop, agency], owner: ann, mode: {Outlet: personal}")
    assert modes(found) == {"shop": ("personal", "program"), "agency": ("personal", "personal")}


# --- names of types -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "written",
    ["shop", "Shop", "SHOPS", "corner-shop", "Corner Shop", "corner shops", "Corner-Shops", "outlets", "MSP CMSP",
     "msp/cmsp", "MSP/CMSPs", "'Outlet''s'"],
)  # fmt: skip
def test_a_type_may_be_written_in_many_ways(tmp_path: Path, written: str) -> None:
    """Ids, names and aliases; capitals, punctuation and the English plural do not matter."""
    assert entry(tmp_path, f"types: [{written}], owner: ann").types == ("shop",)


@pytest.mark.parametrize("written", ["agencies", "Agency", "AGENCYS"])
def test_plurals_in_ies(tmp_path: Path, written: str) -> None:
    """The plural of agency is agencies; a plain s will do as well."""
    assert entry(tmp_path, f"types: [{written}], owner: ann").types == ("agency",)


def test_a_type_that_is_written_twice_counts_once(tmp_path: Path) -> None:
    """Two names of one type in one entry are one type."""
    assert entry(tmp_path, "types: [Outlet, shop, agency, shops], owner: ann").types == ("shop", "agency")


# --- text stays text ----------------------------------------------------------------------


def test_what_looks_like_something_else_stays_text(tmp_path: Path) -> None:
    """A company called Null, Norway's NO, a version 1.10, a zip code 012 and a date in a text are texts."""
    text = inventory(
        "id: null-2, name: Null, types: [shop], owner: no, regions: [NO, on, 1.10], tier: 012, segment: 2026-01-01,"
        " certifications: [1e3, 0x1F, '~'], value: TRUE"
    )
    (partner,) = load(tmp_path, partners=text).partners.values()
    (found,) = partner.entries
    assert partner.name == "Null"
    assert found.regions == ("NO", "on", "1.10")
    assert (found.owner, found.tier, found.segment, found.value) == ("no", "012", "2026-01-01", "TRUE")
    assert found.certifications == ("1e3", "0x1F", "~")
    assert type(found.tier) is str


@pytest.mark.parametrize("written", ["Null", "null", "NULL", "'Null'", '"~"'])
def test_a_required_name_may_be_null(tmp_path: Path, written: str) -> None:
    """A required name is what was typed, quoted or not: somebody may really be called Null."""
    people = load(tmp_path, partners="departments: []\n", people=f"people:\n  - {{id: jo, name: {written}}}\n").people
    assert people["jo"].name == written.strip("'\"")


@pytest.mark.parametrize("written", ["null", "~", "Null", "", "NULL"])
def test_nobody_owns_it(tmp_path: Path, written: str) -> None:
    """owner: null says that nobody does, which is a finding and no error."""
    text = f"departments:\n- id: retail\n  name: Retail\n  partners:\n  - id: acme\n    owner: {written}\n"
    playbook = load(tmp_path, partners=text + "    name: Acme\n    types: [shop]\n")
    assert [r.owner for r in playbook.entries] == [None]


def test_an_owner_called_null(tmp_path: Path) -> None:
    """In quotes it is a person's id like any other."""
    assert entry(tmp_path, "types: [shop], owner: 'null'").owner == "null"


def test_optional_fields_that_are_empty_count_as_not_written(tmp_path: Path) -> None:
    """An empty line or null is the same as no line."""
    fields = "regions: ~, tier: null, offers: ~, agreements: Null, reviewed: null, lead: ~, status: ~, mode: NULL"
    assert entry(tmp_path, f"types: [shop], owner: ann, {fields}") == entry(tmp_path, "types: [shop], owner: ann")


# --- what an entry holds ------------------------------------------------------------------


def test_every_field_of_an_entry_arrives(tmp_path: Path) -> None:
    """All that an editor may write about a partner is in the model, with its kind."""
    text = """\
departments:
  - id: retail
    name: Retail
    contact: retail@a.example
    lead: ann
    partners:
      - id: acme
        name: Acme
        types: [builder]
        owner: ann
        status: dormant
        lead: true
        offer_stage: early
        mode: program
        mode_reason: custom
        regions: [EMEA]
        offers: [box]
        objectives: [grow]
        segment: Public
        tier: Gold
        industries: [Mining]
        certifications: [Basics]
        business_model: Resale
        value: Digs.
        sponsor: bob
        backup_owner: cid
        domain: acme.example
        parent: Apex
        via: bolt
        agreements: [{kind: program, ref: P-1, starts: 2026-01-01, ends: 2026-12-31, notice_days: 30}, {kind: nda}]
        reviewed: {date: 2026-05-01, by: ann}
        satisfaction: {date: 2026-04-01, score: 4.25, scale: 5, n: 12}
        links: [{label: Site, url: 'https://acme.example/'}]
        formerly: [acme-old]
        notes: Plain.
      - {id: bolt, name: Bolt, types: [shop], owner: null}
"""
    playbook = load(
        tmp_path,
        partners=text,
        portfolio="offers: [{id: box, name: Box, status: live}]\n",
        strategy="objectives: [{id: grow, title: Grow}]\n",
    )
    expected = Entry(
        partner="acme",
        department="retail",
        relationships=(Relationship("builder", "program", "personal"),),
        owner="ann",
        status=Status.DORMANT,
        lead=True,
        offer_stage="early",
        mode_reason="custom",
        regions=("EMEA",),
        offers=("box",),
        objectives=("grow",),
        segment="Public",
        tier="Gold",
        industries=("Mining",),
        certifications=("Basics",),
        business_model="Resale",
        value="Digs.",
        sponsor="bob",
        backup_owner="cid",
        via="bolt",
        agreements=(
            Agreement("program", "P-1", date(2026, 1, 1), date(2026, 12, 31), 30),
            Agreement("nda"),
        ),
        reviewed=Review(date(2026, 5, 1), "ann"),
        satisfaction=Satisfaction(date(2026, 4, 1), 4.25, 5.0, 12),
        links=(Link("Site", "https://acme.example/"),),
        notes="Plain.",
    )
    assert playbook.partners["acme"] == Partner(
        "acme", "Acme", (expected,), "acme.example", "Apex", formerly=("acme-old",)
    )
    department = playbook.departments["retail"]
    assert (department.contact, department.lead) == ("retail@a.example", "ann")
    assert playbook.entries[0].place[:3] == ("partners.yml", 7, 9)


# --- joins --------------------------------------------------------------------------------


def test_a_partner_is_joined_from_two_files(tmp_path: Path) -> None:
    """One id in two departments is one company; facts may stand in either entry, and partners are sorted by id."""
    first = inventory("id: zeta, name: Zeta, types: [shop], owner: ann, domain: zeta.example")
    second = (
        "departments:\n  - id: trade\n    name: Trade\n    partners:\n"
        "      - {id: zeta, types: [agency], owner: bob, parent: Apex, formerly: [zed]}\n"
        "      - {id: beta, name: Beta, types: [shop], owner: bob}\n"
    )
    playbook = load(tmp_path, partners=first, partners_trade=second)
    assert list(playbook.partners) == ["beta", "zeta"]
    assert list(playbook.departments) == ["retail", "trade"]
    zeta = playbook.partners["zeta"]
    assert (zeta.name, zeta.domain, zeta.parent, zeta.formerly) == ("Zeta", "zeta.example", "Apex", ("zed",))
    assert zeta.departments == ("retail", "trade")
    assert zeta.types == ("shop", "agency")
    assert [r.place.file for r in zeta.entries] == ["partners.yml", "partners/trade.yml"]
    assert zeta.shared


def test_the_day_of_the_playbook(tmp_path: Path) -> None:
    """What is asked for comes before settings.yml, and that before today; with none of them it is our mistake."""
    load(tmp_path, partners="departments: []\n", settings="as_of: 2026-03-01\n")
    day = date(2026, 2, 1)
    both = (load_folder(tmp_path, day, TODAY), load_folder(tmp_path, None, TODAY))
    assert [loaded.playbook.as_of for loaded in both if loaded.playbook] == [day, date(2026, 3, 1)]
    (tmp_path / "settings.yml").unlink()
    with pytest.raises(ValueError, match="not given"):
        load_folder(tmp_path)


def test_settings_raise_the_limit_of_inventories(tmp_path: Path) -> None:
    """The default of 20 MB holds for inventories unless limits.inventory_mb says otherwise."""
    text = "departments: []\n" + "# a comment\n" * 100_000
    load(tmp_path, partners=text, settings="limits: {inventory_mb: 2}\n")
    (tmp_path / "settings.yml").write_text("limits: {inventory_mb: 1}\n", "utf-8")
    assert [p.code.slug for p in load_folder(tmp_path, today=TODAY).errors] == ["too-big"]


def test_a_folder_without_its_two_files(tmp_path: Path) -> None:
    """That the taxonomy is missing is said once, and nothing of the types that stand in it."""
    (tmp_path / "partners.yml").write_text(inventory("id: acme, name: Acme, types: [shop], owner: ann"), "utf-8")
    assert [p.code.slug for p in load_folder(tmp_path, today=TODAY).errors] == ["missing-file"]


def test_the_model_cannot_be_changed(tmp_path: Path) -> None:
    """Views share the playbook, so none of them can change it."""
    playbook = load(tmp_path, partners="departments: []\n")
    with pytest.raises(TypeError):
        playbook.types["new"] = playbook.types["shop"]  # type: ignore[index]
    with pytest.raises(AttributeError):
        playbook.types["shop"].name = "Store"  # type: ignore[misc]


def test_plain_yaml_would_not_do() -> None:
    """Why scalars are not converted: an ordinary loader makes of these what nobody typed."""
    assert yaml.safe_load("[NO, 1.10, 012, 2026-01-01]") == [False, 1.1, 10, date(2026, 1, 1)]


def test_a_file_that_cannot_be_parsed_still_shows_its_lines(tmp_path: Path) -> None:
    """A report needs the line of a syntax error, though nothing in the file is used."""
    (tmp_path / "taxonomy.yml").write_text("types: [a", encoding="utf-8")

    loaded = load_folder(tmp_path, date(2026, 1, 1))

    assert loaded.documents["taxonomy.yml"].line(1) == "types: [a"
    assert loaded.playbook is None
