"""Where an agreement stands on a day."""

from __future__ import annotations

from datetime import date
from enum import Enum

from generator.model import Agreement


class State(Enum):
    """An agreement without an end is in force once it has started."""

    NOT_YET = "not yet in force"
    IN_FORCE = "in force"
    IN_NOTICE = "in its notice time"
    EXPIRED = "expired"


def state(agreement: Agreement, day: date, notice_days: int) -> State:
    """The state on `day`; `notice_days` holds where the agreement does not say its own notice time."""
    if agreement.starts is not None and agreement.starts > day:
        return State.NOT_YET
    if agreement.ends is None:
        return State.IN_FORCE
    if agreement.ends < day:
        return State.EXPIRED
    notice = agreement.notice_days if agreement.notice_days is not None else notice_days
    return State.IN_NOTICE if (agreement.ends - day).days <= notice else State.IN_FORCE
