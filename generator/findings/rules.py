"""Every rule: nothing else decides what is looked for."""

from __future__ import annotations

from generator.findings import (
    agreements,
    bulk,
    company,
    identity,
    leavers,
    management,
    ownership,
    phones,
    satisfaction,
    strategy,
)

ALL = (
    *ownership.RULES,
    *leavers.RULES,
    *management.RULES,
    *agreements.RULES,
    *bulk.RULES,
    *satisfaction.RULES,
    *strategy.RULES,
    *identity.RULES,
    *phones.RULES,
    *company.RULES,
)
