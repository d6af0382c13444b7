"""Types as several pages name them: in order, with their modes and why."""

from __future__ import annotations

from collections.abc import Iterable

from generator.markdown import Md, escape, join, link, url
from generator.model import PartnerType, Tool
from generator.schema import RESERVED, slug
from generator.views.kit.links import Links
from generator.views.kit.words import listed


def by_name(types: Iterable[PartnerType]) -> list[PartnerType]:
    return sorted(types, key=lambda partner_type: (partner_type.name.casefold(), partner_type.id))


def may_be_an_id(name: str) -> bool:
    """Whether something may have, or may have had, this name for its id."""
    return slug(name) == name and name not in RESERVED


def former_ids(partner_type: PartnerType) -> tuple[str, ...]:
    """The ids that it may have had: the old id of a type is one of its other names."""
    return tuple(filter(may_be_an_id, partner_type.aliases))


def is_exception(links: Links, partner_type: PartnerType) -> bool:
    """Whether the type's own mode differs from the default of its function."""
    default = links.playbook.functions[partner_type.function].mode
    return not partner_type.stage_dependent and default is not None and partner_type.modes[None] != default


def reason(links: Links, partner_type: PartnerType) -> Md:
    """Why the expected mode of the type is what it is, as the rest of a sentence."""
    default = links.playbook.functions[partner_type.function].mode
    function = links.function(partner_type.function)
    if partner_type.stage_dependent:
        return escape("depends on the stage of the partner’s own offer")
    if not partner_type.own_mode:
        return join(" ", ("the default of its function,", function))
    if default is None:
        return join(" ", ("the type’s own mode;", function, "has no default"))
    if default == partner_type.modes[None]:
        return join(" ", ("the type’s own mode, and also the default of", function))
    return join(" ", ("the type’s own mode, an exception: the default of", function, "is", links.mode(default)))


def modes_of(links: Links, partner_type: PartnerType) -> Md:
    """The expected modes of a type, linked, each once."""
    return listed(links.mode(mode) for mode in dict.fromkeys(partner_type.modes.values()))


def tool_name(tool: Tool) -> Md:
    """The tool's name, linked where its address is recorded."""
    return link(tool.name, url(tool.url)) if tool.url else escape(tool.name)
