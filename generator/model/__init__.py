"""The checked inventory as an immutable graph: ids join the parts, Playbook finds them.

Sequences are tuples and mappings are read-only, in the order in which editors wrote them.
`place` is where the entity stands in the data; it takes no part in comparison.
"""

from __future__ import annotations

from generator.model.audiences import HIDEABLE, Audience
from generator.model.base import frozen
from generator.model.enums import FieldKind, OfferStatus, On, Scope, Show, Status
from generator.model.fields import (
    COMPANY,
    FIELD_KINDS,
    FIELDS,
    LEFT_OUT,
    STATED,
    Field,
    Kind,
    custom_field,
    spelled,
)
from generator.model.partners import (
    Acquisition,
    Agreement,
    Company,
    Department,
    End,
    Entry,
    HeldSkill,
    Link,
    Logo,
    Partner,
    Person,
    Relationship,
    Review,
    Satisfaction,
)
from generator.model.plans import Objective, Offer, Program, Promise, Requirement, Route, Skill, Tool
from generator.model.playbook import Playbook, Settings, Snapshot, System, Thresholds
from generator.model.rules import (
    RULE_CODE,
    RULE_FIELDS,
    Alternatives,
    Ask,
    Clause,
    CompanyRule,
    Holds,
    RuleField,
    Waiver,
    rule_fields,
)
from generator.model.sources import PartnerSource
from generator.model.taken import IGNORE, TAKEN
from generator.model.taxonomy import Factor, Function, Group, Mode, PartnerType, Stage

__all__ = [
    "COMPANY",
    "FIELDS",
    "FIELD_KINDS",
    "HIDEABLE",
    "IGNORE",
    "LEFT_OUT",
    "RULE_CODE",
    "RULE_FIELDS",
    "STATED",
    "TAKEN",
    "Acquisition",
    "Agreement",
    "Alternatives",
    "Ask",
    "Audience",
    "Clause",
    "Company",
    "CompanyRule",
    "Department",
    "End",
    "Entry",
    "Factor",
    "Field",
    "FieldKind",
    "Function",
    "Group",
    "HeldSkill",
    "Holds",
    "Kind",
    "Link",
    "Logo",
    "Mode",
    "Objective",
    "Offer",
    "OfferStatus",
    "On",
    "Partner",
    "PartnerSource",
    "PartnerType",
    "Person",
    "Playbook",
    "Program",
    "Promise",
    "Relationship",
    "Requirement",
    "Review",
    "Route",
    "RuleField",
    "Satisfaction",
    "Scope",
    "Settings",
    "Show",
    "Skill",
    "Snapshot",
    "Stage",
    "Status",
    "System",
    "Thresholds",
    "Tool",
    "Waiver",
    "custom_field",
    "frozen",
    "rule_fields",
    "spelled",
]
