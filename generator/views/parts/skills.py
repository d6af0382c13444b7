"""Skills on the page about tools and skills: who holds what their modes need, who lacks it, where to learn it."""

from __future__ import annotations

from collections.abc import Iterable

from generator import paths
from generator.insights.skills import Lacking, Skills
from generator.markdown import Md, join, md, span, verbatim
from generator.model import Playbook
from generator.views.kit.links import Links
from generator.views.kit.pictures import Bar, Picture, bars
from generator.views.kit.tables import Table, table
from generator.words import count

SECTION = f"{paths.TOOLKIT}#skills"


def sentence(links: Links, found: Skills) -> Md:
    """How many of the owners who need a skill hold every one, lack one, or have none recorded."""
    everybody = count(found.owners, "owner")
    if len(found.unknown) == found.owners:
        return md("Whether **{}** hold the skills that they need is not recorded.", links.to(everybody, SECTION))
    able = links.to(f"{len(found.able) or 'None'} of {everybody}", SECTION)
    clauses = [md("**{}** {} every skill that they need", able, "hold" if len(found.able) > 1 else "holds")]
    if found.short:
        lack = links.to(str(len(found.short)), f"{paths.TOOLKIT}#lacking")
        clauses.append(md("{} {} at least one", lack, "lacks" if len(found.short) == 1 else "lack"))
    if found.unknown:
        unknown = links.to(str(len(found.unknown)), f"{paths.TOOLKIT}#skills-unknown")
        clauses.append(md("the skills of {} are not recorded", unknown))
    return md("{}.", join("; ", clauses))


def picture(playbook: Playbook, found: Skills) -> Picture:
    """For each skill, the owners who hold it, lack it, or have no skill recorded."""

    def bar(skill: str) -> Bar:
        them = found.by_skill[skill]
        parts = [(len(them.hold), "good", "hold it"), (len(them.lack), "warn", "lack it")]
        parts.append((len(them.unknown), "quiet", "not recorded"))
        total = sum(number for number, _, _ in parts)
        words = [f"{number} {_verb(number, word)}" for number, _, word in parts if number]
        shares = tuple((number / total, tone, f"{number} {_verb(number, word)}") for number, tone, word in parts)
        return Bar(playbook.skills[skill].name, ", ".join(words), shares)

    return bars(
        "skills-picture",
        "Each skill, over the owners who need it",
        "For each skill, how many owners hold it at the level needed, lack it, or have no skill recorded. "
        "The tables under Skills name them.",
        map(bar, found.by_skill),
    )


def _verb(number: int, words: str) -> str:
    return words.replace("hold", "holds").replace("lack", "lacks") if number == 1 else words


def by_skill(links: Links, found: Skills) -> Table:
    """Every skill that somebody needs: for which modes, at which level, who holds it and how many do not."""
    playbook = links.playbook

    def row(skill_id: str) -> tuple[str, ...]:
        skill, them = playbook.skills[skill_id], found.by_skill[skill_id]
        modes = join(", ", (links.mode(mode) for mode in playbook.modes if mode in skill.modes))
        lack = links.to(str(len(them.lack)), f"{paths.TOOLKIT}#lacking") if them.lack else ""
        return skill.name, modes, level(skill.level), people(links, them.hold), lack

    return table(("Skill", "Needed for", "Level", "Held by", "Lacking"), map(row, found.by_skill), empty="none")


def lacking(links: Links, found: Skills) -> Table:
    """The worklist: what each owner lacks, for which modes, and where to learn it."""
    playbook = links.playbook

    def row(one: Lacking) -> tuple[str, ...]:
        skill = playbook.skills[one.skill]
        modes = join(", ", map(links.mode, one.modes))
        return links.person(one.person), skill.name, level(one.held), level(one.needs), modes, skill.training

    def order(one: Lacking) -> tuple[str, str]:
        return playbook.person_name(one.person).casefold(), playbook.skills[one.skill].name.casefold()

    headers = ("Owner", "Skill", "Has", "Needs", "For", "Where to learn it")
    return table(headers, map(row, sorted(found.lacking, key=order)))


def level(number: int) -> Md:
    """Such as "3 of 5"; 0 stands for a skill that is not held."""
    return span("pb-nowrap", verbatim(f"{number} of 5" if number else "not held"))


def people(links: Links, them: Iterable[str]) -> Md:
    """Links to the people by name; empty where there is nobody."""
    return join(", ", map(links.person, sorted(them, key=lambda one: links.playbook.person_name(one).casefold())))
