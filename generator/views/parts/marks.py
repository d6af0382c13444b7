"""How urgent a finding is: what is to be mended today, and what is to be recorded or watched."""

from __future__ import annotations

from generator.findings.agreements import AGREEMENT_EXPIRED, AGREEMENT_MISSING
from generator.findings.management import REVIEW_OVERDUE, SPONSOR_MISSING
from generator.findings.ownership import NO_LEAD, OWNER_GONE, TWO_LEADS, UNOWNED

TO_MEND = frozenset(
    code.slug
    for code in (
        *(UNOWNED, OWNER_GONE, TWO_LEADS, NO_LEAD, REVIEW_OVERDUE, SPONSOR_MISSING),
        *(AGREEMENT_MISSING, AGREEMENT_EXPIRED),
    )
)
"""The codes of what is wrong today; whatever else is found is to be recorded or watched."""
