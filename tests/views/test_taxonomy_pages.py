"""Home, glossary, functions, types and modes on a small world whose numbers are counted by hand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from generator.model import (
    Department,
    Factor,
    Function,
    Group,
    Mode,
    Offer,
    OfferStatus,
    Partner,
    PartnerType,
    Playbook,
    Promise,
    Requirement,
    Scope,
    Settings,
    Skill,
    Stage,
    Status,
    Tool,
)
from generator.render import Terms, render
from generator.views.kit.context import Context
from generator.views.kit.view import View
from generator.views.kit.words import first_sentence, set_apart
from generator.views.pages import functions, glossary, home, modes, types
from tests.kit import as_read, by_id, current, entry, plain_view

AS_OF = date(2026, 3, 1)
HOSTILE = "A <b>bold</b> | [x](javascript:1) {{ 7*7 }} `c` *[ISV]: &amp;"


TAXONOMY = Playbook(
    AS_OF,
    functions=by_id(
        Function("build", "Build", "Makes things. Then more.", economics="Pays later.", mode="club"),
        Function("carry", "Carry", "Moves things."),
    ),
    groups=by_id(Group("makers", "Makers", "build"), Group("unused", "Unused", "carry")),
    types=by_id(
        PartnerType(
            "zeta-maker",
            "Zeta Maker",
            "build",
            "Makes zetas. By hand.",
            {None: "club"},
            own_mode=False,
            group="makers",
            aliases=("ZM", "Z/M"),
            recognize="Does it make zetas?",
            confused_with=("app-maker", "hauler"),
        ),
        PartnerType("app-maker", "app Maker", "build", "Makes apps.", {"early": "solo", "late": "club"}),
        PartnerType("lone-maker", "Lone Maker", "build", "Works alone.", {None: "solo"}, note="Rare."),
        PartnerType("hauler", "Hauler", "carry", "Hauls.", {None: "solo"}, scope=Scope.UNDECIDED),
    ),
    modes=by_id(
        Mode("club", "Club", "One for all. And more.", review_every=180, needs_agreement=("deed",)),
        Mode("solo", "Solo", "Each alone.", review_every=90, needs_sponsor=True),
        Mode("none-yet", "None Yet", "Nobody."),
    ),
    stages=by_id(Stage("early", "Early days", before_launch=True), Stage("late", "Late days")),
    factors=by_id(Factor("weather", "Weather", "It rains.")),
)

# Zeta makers: alfa (two departments, once against expectation), bee (prospect).  App makers: bee, one at each
# stage.  cee's only relationship ended.
WORLD = replace(
    TAXONOMY,
    settings=Settings(company="Tern & Sons"),
    departments=by_id(Department("north", "North"), Department("east", "east")),
    partners=by_id(
        Partner(
            "bee",
            "bee Works",
            (
                entry("bee", "north", ("app-maker", "solo", "solo"), offer_stage="early"),
                entry("bee", "east", ("zeta-maker", "club", "club"), owner=None, status=Status.PROSPECT),
            ),
        ),
        Partner(
            "alfa",
            "Alfa",
            (
                entry("alfa", "north", ("zeta-maker", "club", "club")),
                entry("alfa", "east", ("zeta-maker", "solo", "club"), owner="bob", mode_reason="weather"),
            ),
        ),
        Partner("cee", "Cee", (entry("cee", "north", ("lone-maker", "solo", "solo"), status=Status.ENDED),)),
    ),
)


def every_view(playbook: Playbook) -> Iterator[View]:
    context = Context(playbook)
    yield home.view(context)
    yield glossary.view(context)
    for family in (functions, types, modes):
        yield family.index(context)
        yield from family.pages(context)


def page(playbook: Playbook, path: str) -> str:
    return next(plain_view(view) for view in every_view(playbook) if view.path == path)


def line(page_text: str, start: str) -> str:
    return next(line for line in page_text.splitlines() if line.startswith(start))


def test_each_entity_has_its_page_in_taxonomy_order() -> None:
    """Home, glossary, then index and pages of functions, types and modes."""
    assert [view.path for view in every_view(WORLD)] == [
        "index.md",
        "glossary.md",
        "functions/index.md",
        "functions/build.md",
        "functions/carry.md",
        "types/index.md",
        "types/zeta-maker.md",
        "types/app-maker.md",
        "types/lone-maker.md",
        "types/hauler.md",
        "modes/index.md",
        "modes/club.md",
        "modes/solo.md",
        "modes/none-yet.md",
    ]


@pytest.mark.parametrize("playbook", [TAXONOMY, WORLD], ids=["no partners", "partners"])
def test_links_between_these_pages_lead_somewhere(playbook: Playbook) -> None:
    """Every relative link to a page of this family names an existing page and an existing anchor."""
    pages = {view.path: plain_view(view) for view in every_view(playbook)}
    for path, content in pages.items():
        for target in re.findall(r"\]\(<([^>:]+)>\)", content):
            file, _, anchor = target.partition("#")
            folder = path.rpartition("/")[0]
            parts: list[str] = folder.split("/") if folder and file else []
            for part in file.split("/") if file else path.split("/"):
                parts = parts[:-1] if part == ".." else [*parts, part]
            found = "/".join(parts)
            if found in pages and anchor:
                assert f"{{ #{anchor} " in pages[found], (path, target)
            elif found.split("/")[0] in ("functions", "types", "modes"):
                assert found in pages, (path, target)


@pytest.mark.parametrize("playbook", [TAXONOMY, WORLD, Playbook(AS_OF)], ids=["no partners", "partners", "nothing"])
def test_no_table_is_empty(playbook: Playbook) -> None:
    """Each table has a row under its head, and rows have as many cells as the head."""
    for view in every_view(playbook):
        lines = plain_view(view).splitlines()
        for number, one in enumerate(lines):
            if re.fullmatch(r"\|( :?-+:? \|)+", one):
                assert lines[number + 1].startswith("| "), view.path
                assert lines[number - 1].count("|") == one.count("|") == lines[number + 1].count("|"), view.path


# --- home ---------------------------------------------------------------------------------


def test_home_counts_what_has_not_ended() -> None:
    """Two partners are current; both are active in at least one department; one entry has no owner."""
    content = page(WORLD, "index.md")
    assert content.count("# Tern & Sons partner playbook") == 1
    assert "as of 2026-03-01" in as_read(content)
    assert "- **[2](<partners/index.md>)** partners, all of them active\n" in content
    assert "- **[2](<departments/index.md>)** departments with partners\n" in content
    assert "- **[2](<ownership.md#owners>)** owners\n" in content


def test_home_names_each_function_with_its_value_and_opens_three_doors() -> None:
    """A playbook without a company name still has a title."""
    content = page(TAXONOMY, "index.md")
    assert "# Partner playbook\n" in content
    assert "- **[Build](<functions/build.md>)**: Makes things. Then more.\n" in content
    for target in ("partners/index.md", "ownership.md", "glossary.md", "findings.md", "editors/problems.md"):
        assert f"](<{target}>)" in content
    assert "[2 functions]" in content
    assert "[4 types]" in content
    assert "[3 modes]" in content


# --- glossary -----------------------------------------------------------------------------


def test_glossary_has_an_anchor_for_every_term_and_prints_aliases() -> None:
    """Kinds stand in order, and terms by name ignoring case."""
    content = page(WORLD, "glossary.md")
    anchors = re.findall(r"^### .* \{ #(.+) \}$", content, re.M)
    assert anchors == [
        *("function-build", "function-carry", "group-makers", "group-unused"),
        *("type-app-maker", "type-hauler", "type-lone-maker", "type-zeta-maker"),
        *("mode-club", "mode-none-yet", "mode-solo", "stage-early", "stage-late", "factor-weather"),
    ]
    assert "*Also called:* ZM, Z/M" in content
    assert "It rains." in content


def test_names_that_hold_commas_are_set_apart_by_semicolons() -> None:
    """Or nobody could tell which of them are one name."""
    assert as_read(set_apart(("ZM", "Z/M"))) == "ZM, Z/M"
    assert as_read(set_apart(("Planning, Design", "ZM"))) == "Planning, Design; ZM"


def test_terms_define_names_and_acronyms_by_first_sentence() -> None:
    """An alias names the type in full; single ordinary words are left out."""
    terms = glossary.terms(TAXONOMY)
    assert terms["Zeta Maker"] == "Makes zetas."
    assert terms["ZM"] == "Zeta Maker: Makes zetas."
    assert terms["None Yet"] == "Nobody."
    assert terms["Early days"] == "The partner’s own offer is not on the market yet."
    assert terms["Late days"] == "The partner’s own offer is on the market."
    assert not {"Build", "Hauler", "Club"} & set(terms)


def test_a_term_with_two_meanings_has_no_tooltip() -> None:
    """A mode named like an alias, in another case too, leaves both undefined."""
    clash = by_id(Mode("zm", "zM", "A mode."))
    terms = glossary.terms(replace(TAXONOMY, modes=clash))
    assert "ZM" not in terms
    assert "zM" not in terms


def test_a_name_that_several_types_share_says_so() -> None:
    """As the glossary does; a partner, a person or an offer that is called like a term leaves it undefined."""
    several = replace(TAXONOMY, ambiguous_aliases={"VAR": ("zeta-maker", "hauler")})
    called = by_id(Offer("o", "zm", OfferStatus.LIVE))

    assert glossary.terms(several)["VAR"] == "It may mean Zeta Maker or Hauler, so ask which."
    assert "ZM" not in glossary.terms(replace(TAXONOMY, offers=called))


def test_first_sentence_ends_before_the_next_capital() -> None:
    """Marks inside a sentence, and white space of all kinds, do not end it."""
    assert first_sentence("One v. two,\n  three. Four.") == "One v. two, three."
    assert first_sentence("No end") == "No end"


# --- functions ----------------------------------------------------------------------------


def test_functions_index_counts_types_and_partners() -> None:
    """A partner counts once in a function, however many departments and types it has there."""
    content = page(WORLD, "functions/index.md")
    assert f"| [Build](<build.md>) | Makes things. Then more. | 3 | [2]({current('function=build')}) |\n" in content
    assert "| [Carry](<carry.md>) | Moves things. | 1 | 0 |\n" in content


def test_function_page_has_value_groups_departments_and_inventory() -> None:
    """Types in no group come first; types without partners are named and have no table."""
    content = page(WORLD, "functions/build.md")
    assert "**How it pays:** Pays later." in content
    assert "**Managed by:** [Club](<../modes/club.md>), unless" in content
    assert content.index("[app Maker]") < content.index("### Makers") < content.index("[Zeta Maker]")
    east = current("department=east&function=build")
    active = "<../partners/index.md?department=east&function=build&status=active>"
    assert f"| [east](<../departments/east.md>) | [2]({east}) | [1]({active}) |\n| [North]" in content
    assert "2 partners in 4 relationships today" in content
    assert "No partner is listed for: [Lone Maker]" in content
    assert "### Lone Maker" not in content


def test_function_without_default_or_partners_says_so() -> None:
    """Nothing empty is left standing."""
    content = page(WORLD, "functions/carry.md")
    assert "there is no default" in content
    assert "No partner with this function is listed today." in content
    assert "How it pays" not in content
    assert "Who manages" not in content


# --- types --------------------------------------------------------------------------------


def test_types_index_shows_scope_and_need_only_where_recorded() -> None:
    """Types by name ignoring case, with the number of current partners linked to their list."""
    content = page(WORLD, "types/index.md")
    row = "| [Zeta Maker](<zeta-maker.md>) | Makes zetas. | [Club](<../modes/club.md>) | "
    assert row + f"[2]({current('type=zeta-maker')}) | in |" in content
    assert "| [Lone Maker](<lone-maker.md>) | Works alone. | [Solo](<../modes/solo.md>) | none | in |" in content
    assert content.index("[app Maker]") < content.index("[Lone Maker]") < content.index("[Zeta Maker]")
    assert "Needed by" not in content
    offers = by_id(
        Offer("b", "b", OfferStatus.LIVE, requires=(Requirement("hauler"),)), Offer("a", "A", OfferStatus.PLANNED)
    )
    assert "| none | b | undecided |" in page(replace(WORLD, offers=offers), "types/index.md")
    in_scope = {key: replace(one, scope=Scope.IN) for key, one in WORLD.types.items()}
    assert "Scope" not in page(replace(WORLD, types=in_scope), "types/index.md")


def test_type_page_tells_what_it_is_and_what_it_is_not() -> None:
    """A neighbor is told by its question, or by its definition where it has none."""
    content = page(WORLD, "types/zeta-maker.md")
    assert "*Also called:* ZM, Z/M\n\nMakes zetas. By hand.\n\n**How to tell it:** Does it make zetas?" in content
    assert "[Build](<../functions/build.md>), [Makers](<../glossary.md#group-makers>). Makes things." in content
    assert "- [app Maker](<app-maker.md>): Makes apps.\n- [Hauler](<hauler.md>): Hauls.\n" in content
    assert 'boost": 2' in content


@pytest.mark.parametrize(
    ("type_id", "expected"),
    [
        ("zeta-maker", "(the default of its function, [Build](<../functions/build.md>))"),
        (
            "lone-maker",
            "(the type’s own mode, an exception: the default of [Build](<../functions/build.md>) is "
            "[Club](<../modes/club.md>))",
        ),
        ("hauler", "(the type’s own mode; [Carry](<../functions/carry.md>) has no default)"),
        ("app-maker", "| [Early days](<../glossary.md#stage-early>) | [Solo](<../modes/solo.md>) |"),
    ],
)
def test_type_page_gives_the_reason_for_its_mode(type_id: str, expected: str) -> None:
    """Own mode, the function's default, or by stage."""
    assert expected in page(WORLD, f"types/{type_id}.md")


def test_own_mode_equal_to_the_default_is_no_exception() -> None:
    """The reason says that both agree, and the matrix does not mark it."""
    same = {**WORLD.types, "lone-maker": replace(WORLD.types["lone-maker"], modes={None: "club"})}
    world = replace(WORLD, types=same, partners={})
    assert "and also the default of [Build]" in page(world, "types/lone-maker.md")
    assert "exception" not in page(world, "modes/index.md")


def test_type_page_lists_partners_by_mode() -> None:
    """Each mode in use has an anchor; the column with the reason stands only where it is needed."""
    content = page(WORLD, "types/zeta-maker.md")
    assert "2 partners in 3 relationships of this type today" in content
    assert "As expected today: 2 of 3 relationships." in content
    club, solo = content.split("{ #partners-club ")[1].split("{ #partners-solo ")
    assert "Reason" not in club
    assert club.index("[Alfa]") < club.index("[bee Works]")
    assert line(solo, "| [Alfa]") == (
        "| [Alfa](<../partners/alfa.md>) | [bob](<../people/bob.md>) | [east](<../departments/east.md>) | "
        '<span class="chip chip--active">active</span> | [Club](<../modes/club.md>) | '
        "[Weather](<../glossary.md#factor-weather>) |"
    )


def test_type_page_without_current_partners_says_so() -> None:
    """The ended relationship is not shown; the note and the scope are."""
    content = page(WORLD, "types/lone-maker.md")
    assert "No partner of this type is listed today." in content
    assert "Cee" not in content
    assert "Who manages" not in content
    assert "Rare." in content
    assert "**Scope:** not decided yet" in page(WORLD, "types/hauler.md")


# --- promises -----------------------------------------------------------------------------


def test_without_any_promise_one_line_says_so() -> None:
    """Nothing recorded at all is one calm line."""
    content = page(WORLD, "types/zeta-maker.md")
    assert "No rules on promises are recorded yet: ask the owner before you promise anything." in content
    assert "Never say" not in content


def test_promises_come_by_type_then_by_mode() -> None:
    """What holds in one mode only stands below it; a kind without a rule, and a page without any, send to the owner."""
    promises = (
        Promise(modes=("club",), may=("From the club.", "And this.")),
        Promise(types=("app-maker",), may=("From the type.",), never=("Never this.",)),
    )
    world = replace(WORLD, promises=promises)
    content = page(world, "types/app-maker.md")
    assert (
        "- **You may say**\n{: .pb-say .pb-say--may }\n"
        "    - From the type.\n    - Where managed by [Club](<../modes/club.md>):\n"
        "        - From the club.\n        - And this.\n"
        "- **Ask the owner first**\n{: .pb-say .pb-say--ask }\n    - no rule recorded; ask the owner\n"
        "- **Never say**\n{: .pb-say .pb-say--never }\n    - Never this.\n\n"
    ) in content
    assert "    - From the club.\n" in page(world, "types/zeta-maker.md")
    assert "    - From the club.\n" in page(world, "modes/club.md")
    assert "For these partners: no rule recorded; ask the owner." in page(world, "types/hauler.md")


def test_a_promise_stands_once_under_the_strictest_kind() -> None:
    """What type and mode both say is said once; what one of them forbids is not allowed by the other."""
    promises = (
        Promise(modes=("club",), may=("A tour.", "a  badge"), ask=("A price.",), never=("A date.",)),
        Promise(types=("zeta-maker",), may=("A badge.", "A date.", "A price."), ask=("A date.",)),
    )
    content = page(replace(WORLD, promises=promises), "types/zeta-maker.md")
    boxes = content.split("## What we may promise { #promises }")[1].split("\n\n")[1]

    assert re.findall(r"^    - (.*)$", boxes, re.M) == ["A badge.", "A tour.", "A price.", "A date."]
    assert boxes.index("Never say") < boxes.index("A date.")


def test_promises_stand_near_the_top() -> None:
    """They come before everything that is looked up: on a type's page and on a mode's they are the first section."""
    for path in ("types/zeta-maker.md", "modes/club.md"):
        assert re.findall(r"^## .*$", page(WORLD, path), re.M)[0] == "## What we may promise { #promises }"


def test_confusion_is_shown_at_both_types() -> None:
    """Zeta Maker names App Maker and Hauler; each of these shows Zeta Maker with the question that tells it."""
    there = page(WORLD, "types/zeta-maker.md").split("## Commonly confused with")[1]
    assert "- [app Maker](<app-maker.md>): Makes apps.\n- [Hauler](<hauler.md>): Hauls.\n" in there
    for path in ("types/app-maker.md", "types/hauler.md"):
        back = page(WORLD, path).split("## Commonly confused with")[1]
        assert "- [Zeta Maker](<zeta-maker.md>): Does it make zetas?\n" in back
    assert "Commonly confused" not in page(WORLD, "types/lone-maker.md")


# --- modes --------------------------------------------------------------------------------


def test_matrix_compares_expected_with_actual() -> None:
    """Counts lead to the partners behind them; marks stand at stage-dependent and exceptional types."""
    content = page(WORLD, "modes/index.md")
    zeta = "../types/zeta-maker.md"
    assert line(content, "| [Zeta Maker]") == (
        f"| [Zeta Maker](<{zeta}>) | [2 of 3]({current('type=zeta-maker&mode=club')}) | "
        f"[1 not expected]({current('type=zeta-maker&mode=solo')}) |  | [3]({current('type=zeta-maker')}) |"
    )
    app = "../types/app-maker.md"
    assert line(content, "| [app Maker]") == (
        f'| [app Maker](<{app}>) <span class="chip">by stage</span> | expected | '
        f"[1 of 1]({current('type=app-maker&mode=solo')}) |  | [1]({current('type=app-maker')}) |"
    )
    assert line(content, "| [Lone Maker]").endswith('<span class="chip">exception</span> |  | expected |  | 0 |')
    totals = line(content, "| **Relationships**")
    assert re.findall(r"\*\*\[?(\d)", totals) == ["2", "2", "0", "4"]
    assert f"| **[2]({current('mode=club')})** |" in totals
    assert "1 of 4 relationships today." in content
    assert 'hide: ["toc"]' in content


def test_a_cell_may_hold_expected_and_unexpected_partners() -> None:
    """A stage-dependent type: nobody at the late stage is where expected, and one early partner is there instead."""
    partners = by_id(
        Partner("a", "A", (entry("a", "north", ("app-maker", "club", "solo"), offer_stage="early"),)),
        Partner("b", "B", (entry("b", "north", ("app-maker", "solo", "club"), offer_stage="late"),)),
        Partner("c", "C", (entry("c", "north", ("app-maker", "solo", "solo"), offer_stage="early"),)),
    )
    app = "../types/app-maker.md"
    row = line(page(replace(WORLD, partners=partners), "modes/index.md"), "| [app Maker]")
    assert f"| [0 of 1](<{app}#partners>), [1 not expected]({current('type=app-maker&mode=club')}) |" in row
    assert f"| [1 of 2](<{app}#partners-solo>), [1 not expected](<{app}#partners-solo>) |" in row


def test_mode_page_says_what_it_needs_and_who_is_in_it() -> None:
    """Types expected here, partners managed so, and those that are not though expected."""
    club = page(WORLD, "modes/club.md")
    assert "- **Review:** at least every 180 days (about 6 months)\n" in club
    assert "- **Needs:** an owner; an agreement in force (deed)\n" in club
    assert "| [Late days](<../glossary.md#stage-late>) | none yet |" in club
    assert f"| [2 of 3]({current('type=zeta-maker&mode=club')}) |" in club
    assert "Why here" not in club
    assert "[Solo](<solo.md>) | [Weather]" in club.split("## Expected here, managed otherwise")[1]
    solo = page(WORLD, "modes/solo.md")
    assert "- **Needs:** an owner; a sponsor\n" in solo
    assert "2 partners today" in solo
    assert "Why here" in solo
    assert "managed otherwise" not in solo


def test_mode_without_types_and_partners_says_so() -> None:
    """No review, no need, no tables."""
    content = page(WORLD, "modes/none-yet.md")
    assert "- **Review:** no regular review is asked for\n- **Needs:** an owner\n" in content
    assert "No type expects this mode." in content
    assert "No partner that is managed this way is listed today." in content


def test_mode_page_lists_tools_and_skills() -> None:
    """A tool without an address is no link; training has a column only where it is recorded."""
    world = replace(
        WORLD,
        tools=by_id(
            Tool("t", "Portal", "https://portal.example/", modes=("club",)), Tool("u", "Desk", types=("hauler",))
        ),
        skills=by_id(Skill("s", "Talking", ("club",), 3), Skill("r", "Planning", ("solo",), 2, "Ask Ann.")),
    )
    club = page(world, "modes/club.md")
    assert "- **Tools:** [Portal](<https://portal.example/>)\n" in club
    assert "| Talking | 3 of 5 |\n" in club
    assert "Where to learn it" not in club
    assert "| Planning | 2 of 5 | Ask Ann. |\n" in page(world, "modes/solo.md")
    assert "**Tools:** Desk\n" in page(world, "types/hauler.md")


# --- hostile text -------------------------------------------------------------------------


def hostile() -> Playbook:
    def everywhere(entities: Mapping[str, Any], *fields: str) -> Mapping[str, Any]:
        return {key: replace(one, **dict.fromkeys(fields, HOSTILE)) for key, one in entities.items()}

    texts = (HOSTILE,)
    named = everywhere(WORLD.types, "name", "definition", "recognize", "note")
    return replace(
        WORLD,
        settings=Settings(company=HOSTILE),
        functions=everywhere(WORLD.functions, "name", "value", "economics"),
        groups=everywhere(WORLD.groups, "name"),
        types={key: replace(one, aliases=texts, business_models=texts) for key, one in named.items()},
        modes={
            key: replace(one, needs_agreement=texts) for key, one in everywhere(WORLD.modes, "name", "summary").items()
        },
        stages=everywhere(WORLD.stages, "name"),
        factors=everywhere(WORLD.factors, "name", "summary"),
        departments=everywhere(WORLD.departments, "name"),
        partners=everywhere(WORLD.partners, "name"),
        offers=by_id(Offer("o", HOSTILE, OfferStatus.LIVE, requires=(Requirement("hauler"),))),
        tools=by_id(Tool("t", HOSTILE, modes=("club",), types=("hauler",))),
        skills=by_id(Skill("s", HOSTILE, ("club",), 1, HOSTILE)),
        promises=(Promise(("hauler",), ("club",), texts, texts, texts),),
    )


def test_hostile_text_reaches_no_page_unescaped() -> None:
    """Only our own markup is left when every text field is hostile."""
    playbook = hostile()
    for view in every_view(playbook):
        body = render(view, Terms(glossary.terms(playbook))).split("---\n", 2)[2]
        for piece in ("<b>", "javascript:", "{{", "`c`", "*[ISV]"):
            assert piece not in body, (view.path, piece)


def test_functions_and_modes_have_a_look_of_their_own() -> None:
    """Wherever one is linked, a style can show it as a chip; links to other things bear no such mark."""
    rendered = [render(view, Terms({})) for view in every_view(WORLD)]
    links = [found for text in rendered for found in re.findall(r"\]\(<([^>#?]*)>\)(\{: \.pb-\w+ })?", text)]

    marks = {"pb-function": "functions/", "pb-mode": "modes/"}
    for mark, folder in marks.items():
        marked = [path for path, found in links if found == f"{{: .{mark} }}"]
        assert len(marked) > 3
        assert all(folder in path or "/" not in path for path in marked)
    assert any(not found for _, found in links)
