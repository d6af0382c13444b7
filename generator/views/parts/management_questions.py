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
    exceptions = [partner_type for partner_type in wanted(links) if is_exception(links, partner_type)]

    def share(partner_type: PartnerType) -> float:
        types = playbook.types_by_function[partner_type.function]
        return sum(is_exception(links, other) for other in types) / len(types)

    for partner_type in sorted(exceptions, key=share):
        default = playbook.functions[partner_type.function].mode
        assert default is not None
        yield candidate(
            partner_type.id,
            _how(partner_type),
            playbook.modes[partner_type.modes[None]].name,
            _other_modes(links, partner_type.modes[None], first=default),
            words(
                "The type names a mode of its own,", md("{}.", links.mode(partner_type.modes[None])),
                "It beats the default of", links.function(partner_type.function), "partners, which is",
                md("{}.", links.mode(default)),
                *([partner_type.note] if partner_type.note else []), "See", md("{}.", links.type(partner_type.id)),
            ),
        )  # fmt: skip


def default_mode(links: Links) -> Iterator[Candidate]:
    """A type that names no mode takes that of its function."""
    for partner_type in wanted(links):
        if not partner_type.own_mode and not partner_type.stage_dependent:
            yield candidate(
                partner_type.id,
                _how(partner_type),
                links.playbook.modes[partner_type.modes[None]].name,
                _other_modes(links, partner_type.modes[None]),
                words(
                    links.type(partner_type.id), "names no mode of its own, so it takes the default of",
                    md("{}:", links.function(partner_type.function)), md("{}.", links.mode(partner_type.modes[None])),
                ),
            )  # fmt: skip


def _how(partner_type: PartnerType) -> Md:
    return words("How do we expect to manage a partner of the type", md("{}?", quoted(partner_type.name)))


def mode_of_a_group(links: Links) -> Iterator[Candidate]:
    """A group has no mode: its types may be managed in several ways; the group with the most ways first."""
    playbook = links.playbook

    def inside(group: Group) -> list[PartnerType]:
        return [partner_type for partner_type in playbook.types.values() if partner_type.group == group.id]

    def ways(group: Group) -> list[str]:
        return list(dict.fromkeys(mode for partner_type in inside(group) for mode in partner_type.modes.values()))

    for group in sorted(playbook.groups.values(), key=lambda group: -len(ways(group))):
        if len(ways(group)) > 1:
            managed = (
                words(links.type(partner_type.id), md("({})", modes_of(links, partner_type)))
                for partner_type in inside(group)
            )
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
    for partner_type in wanted(links):
        if len(set(partner_type.modes.values())) < 2:
            continue
        stages = [stage for stage in partner_type.modes if stage is not None]
        first = stages[0]
        second = next(stage for stage in stages if partner_type.modes[stage] != partner_type.modes[first])
        before, after = (playbook.modes[partner_type.modes[stage]].name for stage in (first, second))
        yield candidate(
            partner_type.id,
            words(
                "How do we expect to manage a partner of the type", quoted(partner_type.name),
                "at two stages of its offer:",
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
                links.stage(first), md("({}),", links.mode(partner_type.modes[first])),
                links.stage(second), md("({}).", links.mode(partner_type.modes[second])),
                "See", md("{}.", links.type(partner_type.id)),
            ),
        )  # fmt: skip


def factors(links: Links) -> Iterator[Candidate]:
    """What justifies another mode than the expected one."""
    factors = links.playbook.factors.values()
    if factors:
        names = join(" / ", (quoted(factor.name) for factor in factors))
        reasons = ((links.factor(factor.id), factor.summary) for factor in factors)
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
        addressee = _partner(links, promise)
        if promise.never and addressee is not None:
            ask, may = ([t for t in texts if t not in forbidden] for texts in (promise.ask, promise.may))
            partner, target = addressee
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
