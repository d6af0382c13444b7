"""Start here, the guide to the types, and the quiz, whose answers are checked against the YAML itself."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pytest

from generator.model import Playbook
from generator.render import Terms
from generator.views.kit.context import Context
from generator.views.pages import glossary, quiz, start, types, which_type
from tests.kit import RICH, World, plain_view, yaml_of

# Small, and with every trap of its own.
OWN = """\
functions:
  - {id: grow, name: Growers, value: They raise what we bake with. Daily., mode: handshake}
  - {id: haul, name: Haulers, value: They bring it., mode: deed}
  - {id: tell, name: Tellers, value: They speak of us.}
groups:
  - {id: grains, name: Grains, function: grow}
types:
  - {id: miller, name: Miller, function: grow, group: grains, definition: Grinds. All day., aliases: [GRD, Grinder],
     mode: deed, recognize: 'Does it grind?', confused_with: [farmer], business_models: [Stone, Steel]}
  - {id: farmer, name: Farmer, function: grow, group: grains, definition: Sows., mode: {seed: handshake, crop: deed}}
  - {id: beekeeper, name: Beekeeper, function: grow, definition: Keeps bees., scope: undecided}
  - {id: carter, name: Carter, function: haul, definition: Drives., aliases: [DRV], recognize: 'Does it drive?'}
  - {id: piper, name: Piper, function: haul, definition: A piper pipes., confused_with: [carter], scope: out,
     recognize: 'Does it pipe?'}
modes:
  - {id: handshake, name: Handshake, summary: A word is a word.}
  - {id: deed, name: Deed, summary: On paper. Signed.}
  - {id: unused, name: Unused, summary: Nobody.}
stages:
  - {id: seed, name: Seed, before_launch: true}
  - {id: crop, name: Crop}
factors:
  - {id: kinship, name: Kinship, summary: A cousin.}
ambiguous_aliases:
  - {alias: GR, types: [miller, farmer]}
"""
TOOLKIT = """\
promises:
  - {types: [piper], may: [A], ask: [B], never: [C]}
  - {modes: [deed], may: [We pay on Friday., A stall.], ask: [Credit., A stall.], never: [Our recipe., A stall.]}
"""
# Two types of one function, and nothing to tell them by.
TINY = """\
functions: [{id: sell, name: Selling, value: Sells., mode: light}]
types:
  - {id: shop, name: Shop, function: sell, definition: A shop., confused_with: [stall]}
  - {id: stall, name: Stall, function: sell, definition: A stall.}
modes: [{id: light, name: Light, summary: Light.}]
"""
# One type more gives three options; two modes and two functions give two.
FEW = """\
functions:
  - {id: sell, name: Selling, value: Sells., mode: light}
  - {id: lend, name: Lending, value: Lends., mode: strict}
types:
  - {id: shop, name: Shop, function: sell, definition: Under a roof., confused_with: [stall]}
  - {id: stall, name: Stall, function: sell, definition: Under the sky., aliases: [STL, Kiosk], mode: strict}
  - {id: barrow, name: Barrow, function: lend, definition: On wheels., recognize: 'Does it roll?'}
modes:
  - {id: light, name: Light, summary: Light.}
  - {id: strict, name: Strict, summary: Strict.}
"""


@dataclass(frozen=True)
class Asked:
    """A question as the page shows it; `right` is the option that the page marks."""

    text: str
    options: tuple[str, ...]
    right: str
    answer: str
    explanation: str


def company(world: World, **files: str) -> Playbook:
    """A company with these files, and nobody in its inventory."""
    return world(partners="departments: []\n", **files)


def asked(page: str) -> list[Asked]:
    """The questions of the quiz page; none may be left without options, mark or answer."""
    found = []
    for number, part in enumerate(
        re.split(r"^## Question \d+ .*$", page.split("## After")[0], flags=re.M)[1:], start=1
    ):
        shape = re.fullmatch(
            rf'\n\n(.+)\n\n((?:- .+\n(?:{{: \.pb-right }}\n)?)+)\n\?\?\? question "Answer to question {number}"\n\n'
            r"    \*\*(.+)\*\*\n\n    (.+)\n+",
            part,
        )
        assert shape, part
        marked = re.findall(r"^- (.+)\n{: \.pb-right }$", shape[2], re.M)
        assert len(marked) == 1, part
        found.append(Asked(shape[1], tuple(re.findall(r"^- (.+)$", shape[2], re.M)), marked[0], shape[3], shape[4]))
    return found


# --- the quiz, checked against the YAML -----------------------------------------------------


class Facts:
    """The taxonomy and the promises as they stand in the YAML, without the generator."""

    def __init__(self, taxonomy: str, toolkit: str = "") -> None:
        self.data: dict[str, Any] = yaml_of(taxonomy)
        self.promises: list[dict[str, Any]] = (yaml_of(toolkit) or {}).get("promises", [])

    def of(self, part: str, **wanted: str) -> dict[str, Any]:
        """The only entity of that part with such a text."""
        ((field, value),) = wanted.items()
        found = [one for one in self.data.get(part, []) if " ".join(str(one.get(field, "")).split()) == value]
        assert len(found) == 1, (part, wanted)
        return dict(found[0])

    def name(self, part: str, entity: str) -> str:
        return str(self.of(part, id=entity)["name"])

    def modes(self, kind: dict[str, Any]) -> dict[str | None, str]:
        """The expected modes of a type by stage, by name: its own, or else that of its function."""
        mode = kind.get("mode", self.of("functions", id=kind["function"]).get("mode"))
        by_stage = mode if isinstance(mode, dict) else {None: mode}
        return {stage: self.name("modes", str(one)) for stage, one in by_stage.items()}


def function(facts: Facts, one: Asked, value: str) -> None:
    assert facts.of("functions", name=one.right)["value"].split() == value.split()


def definition(facts: Facts, one: Asked, said: str) -> None:
    kind = facts.of("types", definition=said)
    assert kind["name"] == one.right
    confused = {facts.name("types", other) for other in kind.get("confused_with", [])}
    confused |= {t["name"] for t in facts.data["types"] if kind["id"] in t.get("confused_with", [])}
    assert confused & set(one.options)


def alias(facts: Facts, one: Asked, said: str) -> None:
    named = {o: facts.of("types", name=o).get("aliases", []) for o in one.options}
    assert [o for o, aliases in named.items() if said in aliases] == [one.right]


def ambiguous(facts: Facts, one: Asked, said: str) -> None:
    meant = facts.of("ambiguous_aliases", alias=said)["types"]
    assert set(one.options) - {one.right} == {facts.name("types", t) for t in meant}
    assert "ask" in one.right


def model(facts: Facts, one: Asked, name: str, first: str, second: str) -> None:
    assert {first, second} <= set(facts.of("types", name=name)["business_models"])
    assert one.right.startswith("No: ")
    assert [o for o in one.options if o.startswith("No")] == [one.right]


def own_or_default(facts: Facts, one: Asked, name: str) -> None:
    kind = facts.of("types", name=name)
    assert facts.modes(kind) == {None: one.right}
    default = facts.of("functions", id=kind["function"]).get("mode")
    if default is not None:
        assert facts.name("modes", default) in one.options


def group(facts: Facts, one: Asked, name: str) -> None:
    inside = [t for t in facts.data["types"] if t.get("group") == facts.of("groups", name=name)["id"]]
    ways = {mode for kind in inside for mode in facts.modes(kind).values()}
    assert len(ways) > 1
    assert one.right.startswith("It depends on the type")
    assert {o for o in one.options if o != one.right} <= {f"All of them by “{mode}”" for mode in ways}


def stage(facts: Facts, one: Asked, name: str, first: str, second: str) -> None:
    modes = facts.modes(facts.of("types", name=name))
    before, after = (modes[facts.of("stages", name=each)["id"]] for each in (first, second))
    assert before != after
    assert one.right == f"First by “{before}”, then by “{after}”"


def factor(facts: Facts, one: Asked) -> None:
    names = [f["name"] for f in facts.data["factors"]]
    assert [o for o in one.options if any(name in o for name in names)] == [one.right]
    assert all(name in one.right for name in names)


def never(facts: Facts, one: Asked, name: str) -> None:
    part = "types" if "of the type" in one.text else "modes"
    wanted = facts.of(part, name=name)["id"]
    promises = [p for p in facts.promises if wanted in p.get(part, [])]
    assert any(one.right in p["never"] for p in promises)
    allowed = {said for p in promises for said in (*p.get("may", []), *p.get("ask", []))}
    forbidden = {said for p in facts.promises for said in p.get("never", [])}
    assert set(one.options) - {one.right} <= allowed - forbidden


def tells(facts: Facts, one: Asked, said: str) -> None:
    assert facts.of("types", recognize=said)["name"] == one.right


KINDS: dict[Callable[..., None], str] = {
    function: r"Which function is this\? “(.+)”",
    definition: r"Which type is this\? “(.+)”",
    alias: r"Somebody speaks of “(.+)”\. Which type is meant\?",
    ambiguous: r"A colleague says that a company is “(.+)”\. Which type is it\?",
    model: r"Two companies are of the type “(.+)”\. The business model of one is “(.+)” and that of the other “(.+)”\. "
    r"Are they of two types\?",
    own_or_default: r"How do we expect to manage a partner of the type “([^”]+)”\?",
    group: r"How do we expect to manage the partners in the group “(.+)”\?",
    stage: r"How do we expect to manage a partner of the type “(.+)” at two stages of its offer: “(.+)” and “(.+)”\?",
    factor: r"When may a partner be managed in another mode than the one expected of its type\?",
    never: r"You speak with a partner (?:of the type|that is managed by) “(.+)”\. What may you never promise\?",
    tells: r"You ask about a company: “(.+)” The answer is yes\. Which type may it be\?",
}


OURS = re.compile(r"(Who|Which department|In which mode do we) .+ the relationship with “(.+)”\?")
"""What is asked about partners: tests/views/test_quiz_about_us.py has that."""


def of_taxonomy(page: str) -> list[Asked]:
    """The questions of the page that are not about our own partners."""
    return [one for one in asked(page) if not OURS.fullmatch(one.text)]


def kind_of(one: Asked) -> str:
    """The name of the only kind that the question is of."""
    (found,) = [check.__name__ for check, form in KINDS.items() if re.fullmatch(form, one.text)]
    return found


def verify(facts: Facts, page: str) -> list[Asked]:
    """Check every question of the page against the YAML, but those about partners; gives the questions."""
    found = of_taxonomy(page)
    for one in found:
        check = next(check for check in KINDS if check.__name__ == kind_of(one))
        shape = re.fullmatch(KINDS[check], one.text)
        assert shape
        parts = shape.groups()
        check(facts, one, *parts)
        assert 3 <= len(one.options) == len(set(one.options)) <= 4, one
        assert one.answer == one.right
        assert re.search(r"\]\(<[^>]+>\)", one.explanation), one
    assert len({one.text for one in found}) == len(found)
    return found


@pytest.fixture(scope="module")
def facts() -> Facts:
    return Facts((RICH / "taxonomy.yml").read_text("utf-8"), (RICH / "toolkit.yml").read_text("utf-8"))


def test_a_rich_company_has_ten_questions_one_for_each_trap(rich: Playbook, facts: Facts) -> None:
    """Every answer is what the YAML says, and no trap is asked for twice."""
    found = verify(facts, plain_view(quiz.view(Context(rich))))

    assert len(found) == 10
    assert [kind_of(one) for one in found] == [
        *(
            "function",
            "definition",
            "alias",
            "ambiguous",
            "model",
            "own_or_default",
            "group",
            "stage",
            "factor",
            "never",
        ),
    ]


def test_the_traps_of_a_rich_company(rich: Playbook) -> None:
    """The exception in sales, the name with two meanings, the group with three modes, the staged type."""
    found = {kind_of(one): one for one in of_taxonomy(plain_view(quiz.view(Context(rich))))}

    assert "“Sales Agent”" in found["own_or_default"].text
    assert found["own_or_default"].right == "Formal support"
    assert "Formal program" in found["own_or_default"].options
    assert "“VAR”" in found["ambiguous"].text
    assert "“Professional Services”" in found["group"].text
    assert len(found["group"].options) == 4
    assert "“Managed and Cloud Managed Service Provider”" in found["stage"].text
    assert "“3PL”" in found["alias"].text


def test_the_right_option_moves(rich: Playbook) -> None:
    """It stands in each of the four places, and never in the same one three times on end."""
    places = [one.options.index(one.right) for one in asked(plain_view(quiz.view(Context(rich))))]

    assert set(places) == {0, 1, 2, 3}
    assert not [here for here in range(len(places) - 2) if len(set(places[here : here + 3])) == 1]


def test_no_term_of_the_quiz_gives_an_answer_away(rich: Playbook) -> None:
    """Tooltips define terms on other pages, and not on this one."""
    terms = Terms(glossary.terms(rich))

    assert "\n*[" not in plain_view(quiz.view(Context(rich)), terms)
    assert "\n*[" in plain_view(which_type.view(Context(rich)), terms)


def test_without_a_toolkit_there_are_ten_all_the_same(rich: Playbook, facts: Facts) -> None:
    """What the company has not recorded is made up for by what the taxonomy says."""
    found = verify(facts, plain_view(quiz.view(Context(replace(rich, promises=())))))

    assert len(found) == 10
    assert [kind_of(one) for one in found][9:] == ["tells"]


def test_a_small_taxonomy_has_its_own_quiz(world: World) -> None:
    """Traps of its own, right answers, and what is out of scope is not asked for."""
    playbook = company(world, taxonomy=OWN, toolkit=TOOLKIT)
    found = verify(Facts(OWN, TOOLKIT), plain_view(quiz.view(Context(playbook))))

    assert [kind_of(one) for one in found][:10] == [
        *(
            "function",
            "definition",
            "alias",
            "ambiguous",
            "model",
            "own_or_default",
            "group",
            "stage",
            "factor",
            "never",
        ),
    ]
    assert not [one for one in found if "Piper" in one.text or one.right == "Piper"]
    last = found[9]
    assert (last.right, set(last.options)) == ("Our recipe.", {"Our recipe.", "Credit.", "We pay on Friday."})


def test_a_taxonomy_that_is_too_small_has_fewer_questions(world: World) -> None:
    """Three types, two modes, two functions: what cannot be asked fairly is left out, and nothing is broken."""
    found = verify(Facts(FEW), plain_view(quiz.view(Context(company(world, taxonomy=FEW)))))

    assert [(kind_of(one), one.right) for one in found] == [
        ("definition", "Shop"),
        ("alias", "Stall"),
        ("tells", "Barrow"),
        ("definition", "Stall"),
        ("alias", "Stall"),
    ]


@pytest.mark.parametrize("taxonomy", [TINY, None], ids=["tiny", "nothing"])
def test_a_quiz_of_nothing_says_so(world: World, taxonomy: str | None) -> None:
    """Two types give no three options: the page and the path say that there is nothing to ask yet."""
    context = Context(company(world, taxonomy=taxonomy) if taxonomy else Playbook(date(2026, 1, 1)))
    page = plain_view(quiz.view(context))

    assert asked(page) == []
    assert "There is nothing to ask yet" in page
    assert "There is nothing to ask yet" in plain_view(start.view(context))


def test_the_same_mode_at_every_stage_is_no_trap(world: World) -> None:
    """The staged type of the test world is managed alike before and after: nothing to ask about its stages."""
    assert "at two stages" not in plain_view(quiz.view(Context(company(world))))


# --- the guide ------------------------------------------------------------------------------


def test_the_guide_asks_first_what_the_company_does(world: World) -> None:
    """Every function by its value, leading to its questions; one without types leads to its page."""
    page = plain_view(which_type.view(Context(company(world, taxonomy=OWN))))
    first = page.split("## First: what does it do for us?")[1].split("\n## ")[0]

    assert re.findall(r"^- (.*)\n{: #(\S+) \.pb-ask \.pb-ask--function }$", first, re.M) == [
        ("They raise what we bake with. Daily. **If yes: [Growers](<#function-grow>)**.", "ask-function-grow"),
        ("They bring it. **If yes: [Haulers](<#function-haul>)**.", "ask-function-haul"),
        ("They speak of us. **If yes: [Tellers](<../functions/tell.md>)**.", "ask-function-tell"),
    ]
    assert re.findall(r"^## (\w+) {", page, re.M) == ["Growers", "Haulers"]


def test_the_guide_asks_once_for_each_type(world: World) -> None:
    """By its question, or by its definition where it has none; confusion goes both ways; scope is said."""
    page = plain_view(which_type.view(Context(company(world, taxonomy=OWN))))

    assert re.findall(r"^- (.*)\n{: #ask-type-(\S+) \.pb-ask }$", page, re.M) == [
        (
            "Does it grind? **If yes: [Miller](<../types/miller.md>)**. "
            "Commonly confused with it: [Farmer](<#ask-type-farmer>).",
            "miller",
        ),
        (
            "Is this what it is: “Sows”? **If yes: [Farmer](<../types/farmer.md>)**. "
            "Commonly confused with it: [Miller](<#ask-type-miller>).",
            "farmer",
        ),
        (
            "Is this what it is: “Keeps bees”? **If yes: [Beekeeper](<../types/beekeeper.md>)**. "
            '<span class="chip">scope not decided yet</span>',
            "beekeeper",
        ),
        (
            "Does it drive? **If yes: [Carter](<../types/carter.md>)**. "
            "Commonly confused with it: [Piper](<#ask-type-piper>).",
            "carter",
        ),
        (
            "Does it pipe? **If yes: [Piper](<../types/piper.md>)**. <span class=\"chip\">out of scope for us</span> "
            "Commonly confused with it: [Carter](<#ask-type-carter>).",
            "piper",
        ),
    ]  # fmt: skip


def test_the_guide_reaches_every_type(rich: Playbook) -> None:
    """Each of the 18 types has its question, and the type's page leads back to the guide where it is confused."""
    page = plain_view(which_type.view(Context(rich)))

    for one in rich.types.values():
        assert page.count(f"**If yes: [{one.name}](<../types/{one.id}.md>)**") == 1
        assert page.count(f"- {one.recognize} **If yes: ") == 1
    for view in types.pages(Context(rich)):
        assert "[Which type is it?](<../start/which-type.md>)" in plain_view(view)


def test_a_guide_of_nothing_says_so() -> None:
    """No function, no type: one sentence, and no heading without a list."""
    page = plain_view(which_type.view(Context(Playbook(date(2026, 1, 1)))))

    assert "No type is recorded yet." in page
    assert "\n## " not in page


# --- the path -------------------------------------------------------------------------------


@pytest.mark.parametrize("made", ["rich", "own", "nothing"])
def test_the_path_has_six_steps_of_half_an_hour(rich: Playbook, world: World, made: str) -> None:
    """Each step says how long it takes, what one knows afterward, and one thing to try; the minutes add up."""
    playbook = {
        "rich": lambda: rich,
        "own": lambda: company(world, taxonomy=OWN),
        "nothing": lambda: Playbook(date(2026, 1, 1)),
    }
    page = plain_view(start.view(Context(playbook[made]())))
    steps = page.split("\n## ")[1:]

    assert [step.split("\n")[0] for step in steps] == [
        "1. Why partners { #why .pb-step }",
        "2. The functions { #functions .pb-step }",
        "3. The modes { #modes .pb-step }",
        "4. My department { #department .pb-step }",
        "5. Find an owner { #owner .pb-step }",
        "6. The quiz { #quiz .pb-step }",
    ]
    for step in steps:
        assert len(re.findall(r"^\*\d minutes\.\* Afterward you .*\n{: \.pb-know }$", step, re.M)) == 1
        assert len(re.findall(r"^\*\*Try:\*\* ", step, re.M)) == 1
    assert sum(map(int, re.findall(r"^\*(\d) minutes\.\*", page, re.M))) == 30
    assert "These six steps take about 30 minutes" in page


def test_the_path_gives_the_reasons_and_their_source(rich: Playbook) -> None:
    """The four purposes of classing by function, and the article that they follow."""
    why = plain_view(start.view(Context(rich))).split("\n## ")[1]

    assert len(re.findall(r"^- \*\*", why, re.M)) == 4
    assert "Channel Mechanics, 2019" in why


def test_the_path_leads_to_what_the_company_has(rich: Playbook) -> None:
    """Its functions, modes, factors and departments; an exception to find; a partner that is owned to look up."""
    page = plain_view(start.view(Context(rich)))

    for part, wanted in (("functions", rich.functions), ("modes", rich.modes), ("departments", rich.departments)):
        assert set(re.findall(rf"\]\(<\.\./{part}/([a-z-]+)\.md>\)", page)) - {"index"} == set(wanted)
    assert set(re.findall(r"#factor-([a-z-]+)>", page)) == set(rich.factors)
    assert "Find [Original Equipment Manufacturer](<../types/oem.md>) in that table" in page
    (example,) = re.findall(r"\(<\.\./partners/([a-z-]+)\.md>\)", page.replace("partners/index.md", ""))
    shown = rich.partners[example]
    assert len({r.department for r in shown.current}) > 1
    assert not any(map(rich.ownerless, shown.current))


def test_the_path_says_what_is_missing(world: World) -> None:
    """No department, no partner, no factor, no exception: each step still has something to try."""
    page = plain_view(start.view(Context(company(world, taxonomy=TINY))))

    assert "No department has recorded its partners yet." in page
    assert "Search for a name that you have heard." in page
    assert "These reasons count" not in page
    assert "Which mode is expected of the type that you know best" in page
    assert "New to the partners of " in page
