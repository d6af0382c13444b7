"""Where agreements stand on a day, and which kinds an entry needs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from enum import Enum

from generator.model import Agreement, Entry, Mode, Playbook, frozen


class Validity(Enum):
    """An agreement without an end is in force once it has started."""

    NOT_YET = "not yet in force"
    IN_FORCE = "in force"
    IN_NOTICE = "in its notice time"
    EXPIRED = "expired"


RUNNING = (Validity.IN_FORCE, Validity.IN_NOTICE)
"""The states in which an agreement holds."""


def state(agreement: Agreement, day: date, notice_days: int) -> Validity:
    """The state on `day`; `notice_days` holds where the agreement does not say its own notice time."""
    if agreement.starts is not None and agreement.starts > day:
        return Validity.NOT_YET
    if agreement.ends is None:
        return Validity.IN_FORCE
    if agreement.ends < day:
        return Validity.EXPIRED
    return Validity.IN_NOTICE if _may_end(agreement, day, notice_days) else Validity.IN_FORCE


def notice_time(agreement: Agreement, notice_days: int) -> int:
    """The agreement's own notice time in days, or else `notice_days`."""
    return agreement.notice_days if agreement.notice_days is not None else notice_days


def ending(agreements: Sequence[Agreement], day: date, notice_days: int) -> tuple[tuple[Agreement, Validity], ...]:
    """Those that have expired or are in their notice time, where no other of their kind takes their place."""
    if not any(_may_end(agreement, day, notice_days) for agreement in agreements):
        return ()
    states = {agreement: state(agreement, day, notice_days) for agreement in agreements}
    # A successor that starts later counts too: the end of the old one is then no surprise.
    succeeded = {
        agreement.kind for agreement, validity in states.items() if validity in (Validity.IN_FORCE, Validity.NOT_YET)
    }
    running = {agreement.kind for agreement, validity in states.items() if validity is Validity.IN_NOTICE} | succeeded
    return tuple(
        (agreement, validity)
        for agreement, validity in states.items()
        if (validity is Validity.EXPIRED and agreement.kind not in running)
        or (validity is Validity.IN_NOTICE and agreement.kind not in succeeded)
    )


def came_on(agreements: Iterable[Agreement], kind: str, validity: Validity, notice_days: int) -> date:
    """The first day on which `ending` gave those of that kind so: until then one took the place of the others."""
    ends = [(one, one.ends) for one in agreements if one.kind == kind and one.ends is not None]
    if validity is Validity.EXPIRED:
        return max(day for _, day in ends) + timedelta(days=1)
    # A long notice time would reach past the beginning of the calendar.
    notices = (date.fromordinal(max(1, day.toordinal() - notice_time(one, notice_days))) for one, day in ends)
    return max(max(notice, one.starts or notice) for notice, (one, _) in zip(notices, ends, strict=True))


def _may_end(agreement: Agreement, day: date, notice_days: int) -> bool:
    """Whether its end is near or past: of nearly all it is not, and no more need be known of those."""
    return agreement.ends is not None and (agreement.ends - day).days <= notice_time(agreement, notice_days)


def needed_kinds(playbook: Playbook, entry: Entry) -> Mapping[str, Mode]:
    """The kinds of agreement that its modes need, each with a mode that needs it."""
    modes = (playbook.modes[mode] for mode in entry.modes)
    return frozen({kind: mode for mode in modes for kind in mode.needs_agreement})
