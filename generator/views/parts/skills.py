"""Skills on the page about tools and skills: who holds what their modes need, who lacks it, where to learn it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from generator import paths
from generator.insights.skills import SkillGap, Skills
from generator.markdown import Md, join, md, span, verbatim
from generator.model import Playbook
from generator.views.kit.links import Links
from generator.views.kit.long_tables import LongTables
from generator.views.kit.pictures import Bar, Picture, bars
from generator.views.kit.tables import Table, table
from generator.words import count

SECTION = f"{paths.TOOLKIT}#skills"


def sentence(links: Links, skills: Skills) -> Md:
    """How many of the owners who need a skill hold every one, lack one, or have none recorded."""
    everybody = count(skills.owners, "owner")
    if len(skills.unknown) == skills.owners:
        return md("Whether **{}** hold the skills that they need is not recorded.", links.to(everybody, SECTION))
    able = links.to(f"{len(skills.able) or 'None'} of {everybody}", SECTION)
    clauses = [md("**{}** {} every skill that they need", able, "hold" if len(skills.able) > 1 else "holds")]
    if skills.short:
        lack = links.to(str(len(skills.short)), f"{paths.TOOLKIT}#lacking")
        clauses.append(md("{} {} at least one", lack, "lacks" if len(skills.short) == 1 else "lack"))
    if skills.unknown:
        unknown = links.to(str(len(skills.unknown)), f"{paths.TOOLKIT}#skills-unknown")
        clauses.append(md("the skills of {} are not recorded", unknown))
    return md("{}.", join("; ", clauses))


def picture(playbook: Playbook, skills: Skills) -> Picture:
    """For each skill, the owners who hold it, lack it, or have no skill recorded."""

    def bar(skill: str) -> Bar:
        standing = skills.by_skill[skill]
        parts = [(len(standing.hold), "good", "hold it"), (len(standing.lack), "warn", "lack it")]
        parts.append((len(standing.unknown), "quiet", "not recorded"))
        total = sum(number for number, _, _ in parts)
        words = [f"{number} {_verb(number, word)}" for number, _, word in parts if number]
        shares = tuple((number / total, tone, f"{number} {_verb(number, word)}") for number, tone, word in parts)
        return Bar(playbook.skills[skill].name, ", ".join(words), shares)

    return bars(
        "skills-picture",
        "Each skill, over the owners who need it",
        "For each skill, how many owners hold it at the level needed, lack it, or have no skill recorded. "
        "The tables under Skills name them.",
        map(bar, skills.by_skill),
    )


def _verb(number: int, words: str) -> str:
    return words.replace("hold", "holds").replace("lack", "lacks") if number == 1 else words


def by_skill(links: Links, long: LongTables, skills: Skills) -> Table:
    """Every skill that somebody needs: for which modes, at which level, who holds it and how many do not."""
    playbook = links.playbook

    def row(skill_id: str) -> tuple[str, ...]:
        skill, standing = playbook.skills[skill_id], skills.by_skill[skill_id]
        modes = join(", ", (links.mode(mode) for mode in playbook.modes if mode in skill.modes))
        lack = links.to(str(len(standing.lack)), f"{paths.TOOLKIT}#lacking") if standing.lack else ""
        holders = people(links, long, f"skill-{skill_id}", standing.hold, f"{skill.name}, held by", "skills")
        return skill.name, modes, level(skill.level), holders, lack

    return table(("Skill", "Needed for", "Level", "Held by", "Lacking"), map(row, skills.by_skill), empty="none")


def lacking(links: Links, long: LongTables, skills: Skills) -> Table:
    """The worklist: what each owner lacks, for which modes, and where to learn it."""
    playbook = links.playbook

    def order(gap: SkillGap) -> tuple[str, str]:
        return playbook.person_name(gap.person).casefold(), playbook.skills[gap.skill].name.casefold()

    gaps = sorted(skills.lacking, key=order)
    return long.table(
        "lacking", gaps, _gaps, lambda gap: playbook.person_name(gap.person), heading="what to learn", of="owner"
    )


def _gaps(links: Links, gaps: Sequence[SkillGap]) -> Table:
    playbook = links.playbook

    def row(gap: SkillGap) -> tuple[str, ...]:
        skill = playbook.skills[gap.skill]
        modes = join(", ", map(links.mode, gap.modes))
        return links.person(gap.person), skill.name, level(gap.held), level(gap.needs), modes, skill.training

    headers = ("Owner", "Skill", "Has", "Needs", "For", "Where to learn it")
    return table(headers, map(row, gaps))


def level(number: int) -> Md:
    """Such as "3 of 5"; 0 stands for a skill that is not held."""
    return span("pb-nowrap", verbatim(f"{number} of 5" if number else "not held"))


def people(links: Links, long: LongTables, name: str, persons: Iterable[str], heading: str, anchor: str) -> Md:
    """Links to the people by name; empty where there is nobody."""
    person_name = links.playbook.person_name
    ordered = sorted(persons, key=lambda person: person_name(person).casefold())
    return long.names(name, ordered, Links.person, person_name, heading=heading, anchor=anchor, of="owner")
