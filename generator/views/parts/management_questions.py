"""What a quiz may ask about how partners are managed: for each kind of question, every candidate."""

from __future__ import annotations

from collections.abc import Iterator

from generator import paths
from generator.markdown import Md, escape, join, md
from generator.model import Group, PartnerType, Promise, Scope
from generator.views.kit.links import Links
from generator.views.parts.questions import Candidate, candidate, quoted, wanted, words
from generator.views.parts.types import is_exception, modes_of


def _other_modes(links: Links, right: str, first: str | None = None) -> list[str]:
    modes = links.playbook.modes
    order = dict.fromkeys((*([first] if first is not None else []), *modes))
    return [modes[mode].name for mode in order if mode != right]


def own_mode(links: Links) -> Iterator[Candidate]:
    """A type's own mode beats the default of its function; the rarest exceptions first."""
    playbook = links.playbook
    found = [one for one in wanted(links) if is_exception(links, one)]

    def share(one: PartnerType) -> float:
        same = playbook.types_by_function[one.function]
        return sum(is_exception(links, each) for each in same) / len(same)

    for one in sorted(found, key=share):
        default = playbook.functions[one.function].mode
        assert default is not None
        yield candidate(
            one.id,
            _how(one),
            playbook.modes[one.modes[None]].name,
            _other_modes(links, one.modes[None], first=default),
            words(
                "The type names a mode of its own,", md("{}.", links.mode(one.modes[None])), "It beats the default of",
                links.function(one.function), "partners, which is", md("{}.", links.mode(default)),
                *([one.note] if one.note else []), "See", md("{}.", links.type(one.id)),
            ),
        )  # fmt: skip


def default_mode(links: Links) -> Iterator[Candidate]:
    """A type that names no mode takes that of its function."""
    for one in wanted(links):
        if not one.own_mode and not one.stage_dependent:
            yield candidate(
                one.id,
                _how(one),
                links.playbook.modes[one.modes[None]].name,
                _other_modes(links, one.modes[None]),
                words(
                    links.type(one.id), "names no mode of its own, so it takes the default of",
                    md("{}:", links.function(one.function)), md("{}.", links.mode(one.modes[None])),
                ),
            )  # fmt: skip


def _how(one: PartnerType) -> Md:
    return words("How do we expect to manage a partner of the type", md("{}?", quoted(one.name)))


def mode_of_a_group(links: Links) -> Iterator[Candidate]:
    """A group has no mode: its types may be managed in several ways; the group with the most ways first."""
    playbook = links.playbook

    def inside(group: Group) -> list[PartnerType]:
        return [one for one in playbook.types.values() if one.group == group.id]

    def ways(group: Group) -> list[str]:
        return list(dict.fromkeys(mode for one in inside(group) for mode in one.modes.values()))

    for group in sorted(playbook.groups.values(), key=lambda one: -len(ways(one))):
        if len(ways(group)) > 1:
            managed = (words(links.type(one.id), md("({})", modes_of(links, one))) for one in inside(group))
            yield candidate(
                f"group {group.id}",
                words("How do we expect to manage the partners in the group", md("{}?", quoted(group.name))),
                "It depends on the type: a group has no mode",
                (words("All of them by", quoted(playbook.modes[mode].name)) for mode in ways(group)),
                words("A type never takes its mode from its group:", md("{}.", join(", ", managed))),
            )


def mode_by_stage(links: Links) -> Iterator[Candidate]:
    """Where the mode depends on the stage of the partner's own offer."""
    playbook = links.playbook
    for one in wanted(links):
        if len(set(one.modes.values())) < 2:
            continue
        stages = [stage for stage in one.modes if stage is not None]
        first = stages[0]
        second = next(stage for stage in stages if one.modes[stage] != one.modes[first])
        before, after = (playbook.modes[one.modes[stage]].name for stage in (first, second))
        yield candidate(
            one.id,
            words(
                "How do we expect to manage a partner of the type", quoted(one.name), "at two stages of its offer:",
                quoted(playbook.stages[first].name), "and", md("{}?", quoted(playbook.stages[second].name)),
            ),
            words("First by", md("{},", quoted(before)), "then by", quoted(after)),
            (
                words("First by", md("{},", quoted(after)), "then by", quoted(before)),
                words("By", quoted(before), "at both stages"),
                words("By", quoted(after), "at both stages"),
            ),
            words(
                "The mode depends on the stage of the partner’s own offer:",
                links.stage(first), md("({}),", links.mode(one.modes[first])),
                links.stage(second), md("({}).", links.mode(one.modes[second])), "See", md("{}.", links.type(one.id)),
            ),
        )  # fmt: skip


def factors(links: Links) -> Iterator[Candidate]:
    """What justifies another mode than the expected one."""
    found = links.playbook.factors.values()
    if found:
        names = join(" / ", (quoted(one.name) for one in found))
        reasons = ((links.factor(one.id), one.summary) for one in found)
        listed = join(
            "; ", (md("{} ({})", name, summary.rstrip(".")) if summary else name for name, summary in reasons)
        )
        yield candidate(
            "factors",
            escape("When may a partner be managed in another mode than the one expected of its type?"),
            words("When such a reason is recorded:", names),
            (
                "Whenever its owner prefers another mode",
                "Never: the type alone decides",
                "When its department has always managed it so",
            ),
            words(
                "The expected mode is what fits most partners of a type. Another is fine where this is the reason:",
                md("{}.", listed), "See", md("{}.", links.to('who is managed otherwise', f'{paths.MODES}#unexpected')),
            ),
        )  # fmt: skip


def never_promised(links: Links) -> Iterator[Candidate]:
    """What nobody may say to such a partner, among what one may say at once or after asking."""
    playbook = links.playbook
    forbidden = {text for promise in playbook.promises for text in promise.never}
    for promise in playbook.promises:
        said = _partner(links, promise)
        if promise.never and said is not None:
            ask, may = ([t for t in texts if t not in forbidden] for texts in (promise.ask, promise.may))
            partner, target = said
            asked = (words("After you asked its owner:", *map(quoted, ask[:1])),) if ask else ()
            free = (words("Without asking:", *map(quoted, may[:1])),) if may else ()
            yield candidate(
                f"promise {target}",
                words("You speak with", md("{}.", partner), "What may you never promise?"),
                promise.never[0],
                (*ask[:1], *may[:1], *ask[1:], *may[1:]),
                words("It is on the list", md("{}.", links.to("never say", f"{target}#promises")), *asked, *free),
            )


def _partner(links: Links, promise: Promise) -> tuple[Md, str] | None:
    """Such a partner in words, and the page with its promises."""
    types = [links.playbook.types[t] for t in promise.types if links.playbook.types[t].scope is not Scope.OUT]
    if types:
        return words("a partner of the type", quoted(types[0].name)), paths.partner_type(types[0].id)
    if promise.modes:
        mode = links.playbook.modes[promise.modes[0]]
        return words("a partner that is managed by", quoted(mode.name)), paths.mode(mode.id)
    return None
