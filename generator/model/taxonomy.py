"""The taxonomy: functions, types and management modes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from generator.model.base import place_field
from generator.model.enums import Scope
from generator.problems import Place


@dataclass(frozen=True)
class Mode:
    """A way to manage a relationship.  `review_every` is in days; None asks for no review."""

    id: str
    name: str
    summary: str
    review_every: int | None = None
    needs_sponsor: bool = False
    needs_agreement: tuple[str, ...] = ()
    place: Place = place_field()


@dataclass(frozen=True)
class Stage:
    """A stage of the partner's own offer; `before_launch`: that offer is not on the market yet."""

    id: str
    name: str
    before_launch: bool = False
    place: Place = place_field()


@dataclass(frozen=True)
class Factor:
    """A reason that may justify another mode than the expected one."""

    id: str
    name: str
    summary: str = ""
    place: Place = place_field()


@dataclass(frozen=True)
class Function:
    """The job that a partner does for the company; `mode` is the default of its types."""

    id: str
    name: str
    value: str
    economics: str = ""
    mode: str | None = None
    place: Place = place_field()


@dataclass(frozen=True)
class Group:
    """A heading inside a function.  It carries no mode: types never inherit one from it."""

    id: str
    name: str
    function: str
    place: Place = place_field()


@dataclass(frozen=True)
class PartnerType:
    """A leaf of the taxonomy.

    `modes` holds the expected mode by stage id, or one mode under the key None where the stage
    does not matter; `own_mode` is false where the mode is the function's default; `short` may be empty.
    """

    id: str
    name: str
    function: str
    definition: str
    modes: Mapping[str | None, str]
    own_mode: bool = True
    short: str = ""
    group: str | None = None
    aliases: tuple[str, ...] = ()
    business_models: tuple[str, ...] = ()
    recognize: str = ""
    confused_with: tuple[str, ...] = ()
    scope: Scope = Scope.IN
    note: str = ""
    place: Place = place_field()

    @property
    def label(self) -> str:
        """The name where there is little room."""
        return self.short or self.name

    @property
    def other_names(self) -> tuple[str, ...]:
        """The short name and the aliases."""
        return tuple(dict.fromkeys(name for name in (self.short, *self.aliases) if name))

    @property
    def stage_dependent(self) -> bool:
        return None not in self.modes

    def expected_mode(self, stage: str | None) -> str:
        """The mode expected at `stage`; KeyError where the stage matters and is not known."""
        return self.modes[stage if self.stage_dependent else None]
