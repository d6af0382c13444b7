"""How urgent a finding is: what is to be mended today, and what is to be recorded or watched."""

from __future__ import annotations

from generator.findings.agreements import AGREEMENT_EXPIRED
from generator.findings.leavers import SPONSOR_GONE
from generator.findings.management import MODE_UNJUSTIFIED, REVIEW_OVERDUE
from generator.findings.ownership import NO_LEAD, OWNER_GONE, TWO_LEADS, UNOWNED

TO_MEND = frozenset(
    code.slug
    for code in (
        *(UNOWNED, OWNER_GONE, TWO_LEADS, NO_LEAD, REVIEW_OVERDUE, AGREEMENT_EXPIRED),
        *(SPONSOR_GONE, MODE_UNJUSTIFIED),
    )
)
"""The codes of what is wrong today, as the checks of health judge it; whatever else is found, such as an agreement of
which nothing is recorded, is to be recorded or watched."""
