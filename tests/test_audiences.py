"""Sites for some readers: what an audience does not see is nowhere in its site, and nothing false stands there."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from generator import paths
from generator.loading import Loaded, load_folder
from generator.model import FIELDS, HIDEABLE, Audience, Partner, Status, frozen
from generator.model.audiences import PAGES
from generator.site import Site
from tests.kit import RICH, ROOT, TAXONOMY, data_in, mkdocs, run

DAY = date(2026, 6, 1)
SETTINGS = """\
systems: [{id: crm, name: CRM, address: 'https://crm.example/{id}'}]
audiences:
  - {id: all, name: All of us}
  - id: everyone
    name: Everyone
    hides: HIDES
"""
# Each field with a text of its own in it, wherever a text can stand.
CANARIES = """\
departments:
- id: sales
  name: Sales
  partners:
  - id: acme
    name: Acme
    types: [agent]
    owner: Olga Owner
    backup_owner: CANARY backup_owner
    sponsor: CANARY sponsor
    offer_stage: canary-stage
    mode: far
    mode_reason: canary-reason
    regions: [CANARY regions]
    offers: [canary-offers]
    objectives: [canary-objectives]
    segment: CANARY segment
    tier: CANARY tier
    industries: [CANARY industries]
    certifications: [CANARY certifications]
    business_model: CANARY business_model
    value: CANARY value
    domain: canary-domain.example
    parent: CANARY parent
    ids: {crm: CANARY-ids}
    via: between
    agreements: [{kind: CANARY agreements, ref: CANARY-agreements, ends: 2026-07-01}]
    reviewed: {date: 2026-02-03, by: CANARY reviewed}
    satisfaction: {date: 2026-03-04, score: 3.1415, scale: 7, n: 31415}
    links: [{label: CANARY links, url: 'https://canary.example/links'}]
    formerly: [canary-formerly]
    acquired: [{id: canary-acquired, name: CANARY acquired, date: 2026-01-02}]
    notes: CANARY notes
  - id: over
    name: Over
    types: [agent]
    owner: Olga Owner
    status: ended
    end: {date: 2026-01-02, why: CANARY end}
  - {id: between, name: Between, types: [agent], owner: Olga Owner, formerly: [was-between]}
"""
STATUSES = """\
departments:
- id: sales
  name: Sales
  partners:
  - {id: open, name: Open Ltd, types: [agent], owner: Olga Owner, parent: Closed Ltd, via: secret}
  - {id: closed, name: Closed Ltd, types: [agent], owner: Olga Owner, status: ended}
  - {id: secret, name: Secret Ltd, types: [agent], owner: Sam Secret, only: [all]}
"""

# Of each partner the others see one entry; all that is said of the company stands in another, which they do not see.
SAID = """\
    domain: SEEN-domain.example
    parent: SEEN parent
    ids: {crm: SEEN-ids}
    formerly: [SEEN-formerly]
    acquired: [{id: SEEN-acquired, name: SEEN acquired, date: 2026-01-02}]
    band: SEEN band
"""
COMPANIES = f"""\
departments:
- id: sales
  name: Sales
  partners:
  - {{id: acme, types: [agent], owner: Olga Owner}}
  - {{id: bolt, types: [agent], owner: Olga Owner}}
  - {{id: child, name: Child, types: [agent], owner: Olga Owner, parent: 'Secretone, G.m.b.H.'}}
  - {{id: kept, name: Kept, types: [agent], owner: Olga Owner, parent: Secretone Tools}}
  - {{id: over, name: Over, types: [agent], owner: Olga Owner}}
- id: hush
  name: HIDDEN department
  lead: HIDDEN lead
  partners:
  - id: acme
    name: HIDDEN name of acme
    types: [agent]
    owner: HIDDEN owner
    only: [all]
{SAID.replace("SEEN", "hidden-only")}
  - id: bolt
    name: HIDDEN name of bolt
    types: [agent]
    owner: HIDDEN owner
    status: prospect
{SAID.replace("SEEN", "hidden-status")}
  - {{id: secret, name: SecretOne Inc, types: [agent], owner: HIDDEN owner, only: [all]}}
- id: none
  name: Nobody Yet
  partners: []
- id: past
  name: Past
  partners:
  - {{id: over, types: [agent], owner: Olga Owner, status: ended}}
"""
RULE = """\
rules:
- id: tiers
  name: Tiers
  message: a tier is missing
  condition: {tier: {recorded: true}}
  waivers:
  - {partner: acme, department: hush, until: 2027-01-01, by: HIDDEN waiver, why: HIDDEN why}
  - {partner: bolt, until: 2027-01-01, by: HIDDEN waiver, why: HIDDEN why everywhere}
  - {partner: acme, department: sales, until: 2027-01-01, by: Olga Owner, why: Shown}
  - {partner: kept, until: 2027-01-01, by: Olga Owner, why: Shown}
"""


@pytest.fixture(scope="module")
def rich() -> Loaded:
    return load_folder(RICH)


def seen_by(loaded: Loaded, *hides: str) -> Loaded:
    """The data cut for an audience that does not see these."""
    assert loaded.playbook is not None
    audience = Audience("partner-teams", "Some", hides)
    settings = replace(loaded.playbook.settings, audiences=frozen({audience.id: audience}))
    return replace(loaded, playbook=replace(loaded.playbook, settings=settings), known=loaded.findings).for_audience(
        audience.id
    )


def pages(loaded: Loaded) -> Mapping[str, str]:
    assert loaded.playbook is not None
    return {page.path: page.body for page in Site(loaded.playbook, found=loaded.findings).pages()}


def said(page: str) -> set[str]:
    """What a page says, part by part, without its links and looks."""
    page = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", page)
    page = re.sub(r'<span class="chip[^>]*>([^<]*)</span>', r"| \1 |", page)
    page = html.unescape(re.sub(r"\{[^}]*\}|<[^>]*>|\*\*", " ", page))
    parts = (part for line in page.splitlines() for part in re.split(r"[|]|[.;:,] | · ", line))
    return {" ".join(re.sub(r"[^\w ]", " ", part).split()) for part in parts}


GROUPS = (
    *(["agreements"], ["reviewed"], ["sponsor", "backup_owner"], ["mode_reason", "offer_stage"], ["satisfaction"]),
    *(["value", "links", "notes"], ["offers", "via"], ["objectives"], ["regions", "tier", "segment"]),
    *(["industries", "certifications", "business_model", "end"], ["domain", "parent", "ids", "formerly", "acquired"]),
)
# Numbers of findings and names of lists that became shorter: a cut counts what it shows.
COUNTED = re.compile(
    r"\d+ findings?( to look at| about \d+ partners)?|.* and leaves out|made for Some|Not recorded|By type or tier|"
)


def test_the_guide_says_what_can_be_hidden() -> None:
    """The fields that cannot, and every page that can."""
    guide = (ROOT / "generator" / "templates" / "editors" / "hosting.md.j2").read_text("utf-8")
    fields, pages = re.search(r"`hides` may name (.*?), without(.*?)\. A page", guide, re.DOTALL).groups()  # type: ignore[union-attr]
    assert set(re.findall("`([a-z]+)`", fields)) == {one.id for one in FIELDS} - set(HIDEABLE)
    assert set(re.findall("`([a-z]+)`", pages)) == set(PAGES)


def test_every_field_is_in_a_group() -> None:
    """So that none of those that can be hidden is passed over below."""
    assert {name for group in GROUPS for name in group} == {f.id for f in FIELDS} & set(HIDEABLE)


@pytest.fixture(scope="module")
def everywhere(rich: Loaded) -> frozenset[str]:
    """What the whole site says."""
    return frozenset(part for page in pages(rich).values() for part in said(page))


@pytest.mark.long
@pytest.mark.parametrize("hides", GROUPS, ids=lambda hides: "-".join(hides))
def test_a_cut_says_nothing_that_the_whole_site_does_not(
    rich: Loaded, everywhere: frozenset[str], hides: list[str]
) -> None:
    """A field that is hidden does not become one that "nobody recorded": no page has a sentence of its own."""
    cut = pages(seen_by(rich, *hides))
    new = {
        (path, part)
        for path, page in cut.items()
        if path.endswith(".md") and path != paths.HOME
        for part in said(page) - everywhere
        if not COUNTED.fullmatch(part) and not any(part in one for one in everywhere)
    }

    assert cut
    assert not new


def test_findings_that_rest_on_what_is_hidden_are_told_to_nobody(rich: Loaded) -> None:
    """Neither those for want of it, nor those that have looked at it; others stay."""
    codes = {finding.code.slug for finding in rich.findings}
    without_reviews = {finding.code.slug for finding in seen_by(rich, "reviewed").findings}

    assert {"review-overdue", "review-never"} & codes
    assert codes - without_reviews >= {"review-overdue", "review-never"} & codes
    assert without_reviews
    assert not without_reviews - codes
    assert not seen_by(rich, "findings").findings


def folder(place: Path, hides: str, **files: str) -> Path:
    """A folder of data with what its partners refer to."""
    plans = {
        "portfolio": "offers: [{id: canary-offers, name: CANARY offers, status: live}]",
        "strategy": "objectives: [{id: canary-objectives, title: CANARY objectives}]",
        "taxonomy": TAXONOMY.replace("modes: [", "modes: [{id: far, name: Far, summary: Rarely.}, ")
        + "stages: [{id: canary-stage, name: CANARY stage}]\nfactors: [{id: canary-reason, name: CANARY why}]\n",
    }
    return data_in(place / "data", settings=SETTINGS.replace("HIDES", hides), **{**plans, **files})


def texts(site: Path) -> str:
    return "\n".join(
        f"{path.relative_to(site)}\n{path.read_text('utf-8', 'replace')}" for path in site.rglob("*") if path.is_file()
    )


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    """All that stands in the whole site, and in that of an audience which does not see anything that can be hidden."""
    place = tmp_path_factory.mktemp("canaries")
    kept = [name for name in HIDEABLE if name not in ("active", "landscape", "ownership", "people", "compare", "start")]
    data = folder(place, f"[{', '.join(kept)}]", partners=CANARIES)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(place)
        for name, more in {"whole": (), "cut": ("--audience", "everyone")}.items():
            done = run("build", "--data", str(data), "--as-of", str(DAY), "--site-dir", name, *more)
            assert done.exit_code == 0, done.output
    return {name: texts(place / name) for name in ("whole", "cut")}


OTHER_CANARIES = {
    "offers": "canary-offers",
    "objectives": "canary-objectives",
    "domain": "canary-domain",
    "formerly": "canary-formerly",
    "ids": "CANARY-ids",
    "agreements": "CANARY-agreements",
    "links": "canary.example/links",
    "satisfaction": "31415",
    "via": "Sells through",
    # The glossary has the stage and the factor, too.
    "offer_stage": '"offer_stage": "canary-stage"',
    "mode_reason": '"mode_reason": "canary-reason"',
}
CANARY_FIELDS = [field.id for field in FIELDS if field.id in HIDEABLE]


@pytest.mark.site
@pytest.mark.parametrize("field", CANARY_FIELDS)
def test_no_byte_of_what_is_hidden(sites: Mapping[str, str], field: str) -> None:
    """Whatever stands in a field is somewhere in the whole site, and nowhere in that of those who do not see it."""
    canary = OTHER_CANARIES.get(field, f"CANARY {field}")
    whole, cut = (site.replace("&#46;", ".").replace("&#45;", "-") for site in sites.values())

    assert canary in whole
    assert canary not in cut.replace('id="canary-', "")


@pytest.fixture(scope="module")
def companies(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of partners of which the audience "everyone" does not see what is said of the company."""
    fields = "fields: [{id: band, label: Band, on: partner, kind: text, show: [page, column, filter]}]\n"
    place, settings = tmp_path_factory.mktemp("companies"), SETTINGS.replace("HIDES", "[prospect]") + fields
    svg = '<svg xmlns="http://www.w3.org/2000/svg"><title>HIDDEN logo</title></svg>'
    files = {"settings": settings, "taxonomy": TAXONOMY, "partners": COMPANIES, "rules": RULE}
    logos = {"logos/hidden-only-formerly.svg": svg, "logos/kept.svg": svg.replace("HIDDEN logo", "Logo")}
    return data_in(place / "data", **files, **logos)


@pytest.mark.site
def test_no_byte_of_what_hidden_entries_say_of_a_company(companies: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither what they alone say of it, nor its name and logo, their waivers and department; what others say stays."""
    place = companies.parent
    monkeypatch.chdir(place)
    for name, more in {"whole": (), "cut": ("--audience", "everyone")}.items():
        done = run("build", "--data", str(companies), "--as-of", str(DAY), "--site-dir", name, *more)
        assert done.exit_code == 0, done.output
    whole, cut = (texts(place / name).replace("&#46;", ".").replace("&#45;", "-") for name in ("whole", "cut"))

    secrets = [*dict.fromkeys(re.findall(r"hidden-\w+[ -]\w+|HIDDEN \w+(?: of \w+)?", COMPANIES + RULE)), "HIDDEN logo"]
    assert len(secrets) == 2 * 7 + 8
    assert [one for one in secrets if one not in whole] == []
    assert re.findall(r"(?i).{0,80}hidden[- ](?:only|status|name|department|lead|owner|wa|why|logo).{0,80}", cut) == []
    assert not (place / "cut" / "departments" / "hush").exists()
    assert not re.search("(?i)secretone(?! Tools)", cut)
    assert "Secretone Tools" in cut
    assert "Shown" in cut
    assert (place / "cut" / "departments" / "none" / "index.html").is_file()


def test_a_cut_keeps_what_those_who_see_it_say_of_a_company(companies: Path) -> None:
    """Those for whom an entry is see all that it says, and a partner is called by its id where nobody else names it."""
    found = load_folder(companies, DAY)
    everyone, all_of_us = (found.for_audience(name).playbook for name in ("everyone", "all"))
    assert found.playbook is not None
    assert everyone is not None
    assert all_of_us is not None

    assert all_of_us.partners == found.playbook.partners
    assert all_of_us.departments == found.playbook.departments
    assert everyone.partners["acme"] == Partner("acme", "acme", everyone.partners["acme"].entries)
    assert [*everyone.logos] == ["kept"]
    assert [*all_of_us.logos] == ["acme", "kept"]
    assert [(one.partner, one.department) for one in everyone.rules["tiers"].waivers] == [
        ("acme", "sales"),
        ("kept", None),
    ]
    assert [*everyone.departments] == ["sales", "none", "past"]


@pytest.mark.site
def test_a_cut_has_no_way_to_what_it_hides(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages that are hidden are in no nav, also where the company's own names them, and nothing leads there: a strict
    build has no warning.  Both ways of building make the same.
    """
    folder(tmp_path, "[findings, health, people, notes]", partners=CANARIES)
    (tmp_path / "mkdocs.yml").write_text(
        "site_name: T\ntheme: {name: material}\n"
        "plugins: [search, {playbook: {as_of: 2026-06-01, audience: everyone}}]\n"
        "nav: [ours.md, index.md, landscape.md, compare.md, "
        "{Answers: [findings.md, health.md]}, {Coverage: coverage.md}, people.md, "
        "glossary.md, value.md, ownership.md, routes.md, alignment.md, toolkit.md, find/index.md, "
        "start/index.md, start/which-type.md, start/quiz.md]\n"
    )
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "ours.md").write_text("# A page of ours\n")
    monkeypatch.chdir(tmp_path)

    built = run("build", "--as-of", "2026-06-01", "--audience", "everyone", "--site-dir", "one")
    assert built.exit_code == 0, built.output
    plain = mkdocs("build", "--strict", "--site-dir", "other")
    assert plain.exit_code == 0, plain.output

    assert not [*(tmp_path / "one").glob("findings*"), *(tmp_path / "one").glob("people*")]
    page = (tmp_path / "one" / "index.html").read_text("utf-8")
    assert "coverage/" in page
    assert "ours/" in page
    assert not re.findall(r'href="[^"]*(?:findings|health|people|editors|changes)[/.]', page)
    assert "This site is made for Everyone" in page
    assert "Its figures count what it shows" in page
    assert texts(tmp_path / "one") == texts(tmp_path / "other")


def test_entries_for_some_only(tmp_path: Path) -> None:
    """Entries of a hidden status, or for others, are not there, nor partners that have no other; who names them seems
    to name nobody.
    """
    data = folder(tmp_path, "[ended]", partners=STATUSES)
    found = load_folder(data, DAY)
    whole, everyone, all_of_us = (pages(found.for_audience(name)) for name in ("", "everyone", "all"))

    assert not found.errors
    assert "partners/secret.md" in whole.keys() & all_of_us.keys()
    assert "partners/closed.md" in all_of_us
    assert not {"partners/secret.md", "partners/closed.md"} & everyone.keys()
    assert "Secret" in whole["partners/open.md"]
    assert "Closed" in whole["partners/open.md"]
    assert not [path for path, text in everyone.items() if re.search(r"Secret|Closed|\bsecret\b", text)]


def test_pages_are_those_of_the_site(rich: Loaded) -> None:
    """Each page that can be hidden is one of the site's; no status, field and page go by one name but value."""
    whole = pages(rich)
    families = {paths.family(path) for path in whole}

    assert families >= PAGES.keys()
    assert [page for page in PAGES if f"`{page}`" not in whole[paths.HOSTING].partition("#audiences")[2]] == []
    assert {"value"} == set(PAGES) & {field.id for field in FIELDS} | set(PAGES) & set(Status)


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("everybody", "there is no audience 'everybody': did you mean 'everyone'? allowed: all, everyone"),
        ("Everyone", "there is no audience 'Everyone'"),
    ],
)
def test_no_such_audience(tmp_path: Path, name: str, answer: str) -> None:
    data = folder(tmp_path, "[notes]", partners=STATUSES)

    for command in (["build", "--site-dir", str(tmp_path / "site")], ["pages", "--out", str(tmp_path / "out")]):
        done = run(*command, "--data", str(data), "--as-of", str(DAY), "--audience", name)
        assert done.exit_code == 2
        assert answer in " ".join(done.output.split())
    assert not (tmp_path / "site").exists()


def test_audiences_where_there_are_none(tmp_path: Path) -> None:
    data = data_in(tmp_path, taxonomy=TAXONOMY, partners="departments: []")
    done = run("build", "--data", str(data), "--as-of", str(DAY), "--audience", "all")

    assert done.exit_code == 2
    assert "settings.yml names none: see audiences" in done.output
