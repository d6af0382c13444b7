"""Types as several pages name them: in order, with their modes and why."""

from __future__ import annotations

from collections.abc import Iterable

from generator.markdown import Md, escape, join, link, url
from generator.model import PartnerType, Tool
from generator.views.kit.links import Links
from generator.views.kit.words import listed


def by_name(types: Iterable[PartnerType]) -> list[PartnerType]:
    return sorted(types, key=lambda one: (one.name.casefold(), one.id))


def is_exception(links: Links, one: PartnerType) -> bool:
    """Whether the type's own mode differs from the default of its function."""
    default = links.playbook.functions[one.function].mode
    return not one.stage_dependent and default is not None and one.modes[None] != default


def reason(links: Links, one: PartnerType) -> Md:
    """Why the expected mode of the type is what it is, as the rest of a sentence."""
    default = links.playbook.functions[one.function].mode
    function = links.function(one.function)
    if one.stage_dependent:
        return escape("depends on the stage of the partner’s own offer")
    if not one.own_mode:
        return join(" ", ("the default of its function,", function))
    if default is None:
        return join(" ", ("the type’s own mode;", function, "has no default"))
    if default == one.modes[None]:
        return join(" ", ("the type’s own mode, and also the default of", function))
    return join(" ", ("the type’s own mode, an exception: the default of", function, "is", links.mode(default)))


def modes_of(links: Links, one: PartnerType) -> Md:
    """The expected modes of a type, linked, each once."""
    return listed(links.mode(mode) for mode in dict.fromkeys(one.modes.values()))


def tool(one: Tool) -> Md:
    """The tool's name, linked where its address is recorded."""
    return link(one.name, url(one.url)) if one.url else escape(one.name)
