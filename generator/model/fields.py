"""The fields of an entry, one row each: shape, check, page, comparison, export, import and feed follow from it.

The rows here are those that every company has; settings.yml declares more, which `custom_field` makes rows of.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum, auto
from typing import Any

from generator.model.enums import FieldKind, On, Show


class Kind(Enum):
    """What a field holds.  Those of the kind OWN have a shape, and words, of their own wherever they are used."""

    NAME = auto()
    NAMES = auto()
    VALUE = auto()
    """One line, short enough for a table."""
    PROSE = auto()
    REFERENCE = auto()
    REFERENCES = auto()
    NUMBER = auto()
    DATE = auto()
    URL = auto()
    FLAG = auto()
    OWN = auto()


@dataclass(frozen=True)
class Field:
    """A field that editors write in an entry.

    `label` is what pages call it and `words` what the summary of changes does; where one is empty, the field is not
    shown, or not compared, by itself.  `meaning` and `example` (a value as YAML writes it) are for editors, `default`
    is what an entry says by leaving it out.  `on` says whether it is about the company or about one department's work
    with it.  A reference leads to an entity of the kind `refers_to`; texts are those of the list `listed` of the
    settings, where that has any.  `columns` are other names of its column in a spreadsheet.  `asked`: a page says where
    an entry lacks it, once the company records it at all.  `filter` is the name by which addresses of the directory ask
    for it; where that is empty, the directory has no such filter, and no column of it.  `published` tells programs what
    it holds (it may be empty), and is None where that is told elsewhere.

    A `custom` field is one that settings.yml declares: `values` are what it may hold where it is a choice, and `show`
    is where it is shown.
    """

    id: str
    kind: Kind
    meaning: str
    example: str
    label: str = ""
    words: str = ""
    on: On = On.ENTRY
    default: str = ""
    refers_to: str = ""
    listed: str = ""
    columns: str = ""
    asked: bool = False
    filter: str = ""
    published: str | None = None
    custom: bool = False
    values: tuple[str, ...] = ()
    show: tuple[Show, ...] = (Show.PAGE, Show.EXPORT)

    def __hash__(self) -> int:
        # The shapes of entries are kept by the fields that they have, and asked for once for each entry.
        return hash(self.id)

    @property
    def plain(self) -> bool:
        """Whether the row alone says all that there is to say."""
        return self.kind is not Kind.OWN

    @property
    def many(self) -> bool:
        """Whether it holds any number of texts."""
        return self.kind in (Kind.NAMES, Kind.REFERENCES)

    @property
    def on_page(self) -> bool:
        """Whether pages show it by itself."""
        return bool(self.label) and Show.PAGE in self.show

    @property
    def on_partner(self) -> bool:
        """Whether it is about the company, whichever entry says it."""
        return self.on is On.PARTNER

    def of(self, holder: Any) -> Any:
        """What an entry, or of a field on partners a partner, holds of it: a text, a number, True or False, a day or a
        tuple of texts; None, or what is empty, for nothing."""
        if self.custom:
            return holder.custom.get(self.id, () if self.many else None)
        return getattr(holder, self.id)


FIELDS = (
    Field(
        "id",
        Kind.OWN,
        "The partner's id, which becomes its page's address; the same id elsewhere is the same company.",
        "acme-controls",
    ),
    Field(
        "name",
        Kind.OWN,
        "The company's name, where it first appears; elsewhere its id will do.",
        "Acme Controls",
        on=On.PARTNER,
        columns="company, company name, partner, partner name, account, account name, organization, organisation",
    ),
    Field(
        "types",
        Kind.OWN,
        "What kind of partner it is: ids, names or aliases of the taxonomy.",
        "[isv-ihv]",
        columns="type, partner type, partner types, kind, category, role, partner role",
    ),
    Field(
        "owner",
        Kind.OWN,
        "Who owns the relationship; null for nobody yet.",
        "jane-doe",
        columns="partner manager, partner account manager, partner development manager, relationship manager, managed "
        "by, pdm, relationship owner, account manager, account owner, channel manager, manager, pam, cam",
    ),
    Field(
        "backup_owner",
        Kind.OWN,
        "Who stands in for the owner.",
        "john-roe",
        label="Backup",
        words="backup",
        columns="backup, deputy, second owner",
        asked=True,
    ),
    Field(
        "sponsor",
        Kind.OWN,
        "The executive behind the relationship.",
        "ann-lee",
        label="Sponsor",
        words="sponsor",
        columns="executive sponsor, exec sponsor",
        asked=True,
    ),
    Field(
        "status",
        Kind.OWN,
        "active, onboarding, prospect, dormant or ended; active, if left out.",
        "prospect",
        default="active",
        columns="partner status, relationship status, lifecycle",
    ),
    Field(
        "end",
        Kind.OWN,
        "When and why it ended; `playbook end` records it.",
        "{date: 2026-06-30, why: Went out of business}",
        label="Ended",
        words="how it ended",
    ),
    Field(
        "lead",
        Kind.OWN,
        "Whether this department leads, where several share the partner.",
        "true",
        words="who leads",
        default="false",
    ),
    Field(
        "offer_stage",
        Kind.REFERENCE,
        "The stage of the partner's own offer; needed where the mode of its type depends on it.",
        "post-commercialization",
        label="Stage of its own offer",
        words="the stage of its own offer",
        refers_to="stage",
        asked=True,
        published="The stage of the partner's own offer.",
    ),
    Field("mode", Kind.OWN, "How it is managed, where not as expected: a mode, or one for each type.", "one-on-one"),
    Field(
        "mode_reason",
        Kind.REFERENCE,
        "The factor that justifies that mode.",
        "relative-power",
        words="the reason for its mode",
        refers_to="factor",
        published="Why it is managed in another mode than expected: the id of a factor.",
    ),
    Field(
        "regions",
        Kind.NAMES,
        "Where the relationship holds.",
        "[EMEA, AMER]",
        label="Regions",
        words="regions",
        listed="regions",
        columns="region, geo, geos, geography, territory, area",
        asked=True,
        filter="region",
        published="",
    ),
    Field(
        "offers",
        Kind.REFERENCES,
        "The offers of the company that it is about.",
        "[basic-plan]",
        label="Offers",
        words="offers",
        refers_to="offer",
        columns="offer, product, products, solution, solutions",
        asked=True,
        filter="offer",
        published="The ids of our offers that it serves.",
    ),
    Field(
        "objectives",
        Kind.REFERENCES,
        "The business objectives that it serves.",
        "[new-customers]",
        label="Objectives",
        words="objectives",
        refers_to="objective",
        columns="objective, goal, goals",
        asked=True,
        filter="objective",
        published="The ids of the objectives that it serves.",
    ),
    Field(
        "segment",
        Kind.NAME,
        "The part of the market that it serves.",
        "Mid-market",
        label="Segment",
        words="segment",
        listed="segments",
        columns="market segment, customer segment",
        asked=True,
        filter="segment",
        published="",
    ),
    Field(
        "tier",
        Kind.NAME,
        "Its level in a program.",
        "Select",
        label="Tier",
        words="tier",
        listed="tiers",
        columns="level, partner level, program level, program tier",
        asked=True,
        filter="tier",
        published="",
    ),
    Field(
        "industries",
        Kind.NAMES,
        "The industries that it serves.",
        "[Manufacturing, Water]",
        label="Industries",
        words="industries",
        listed="industries",
        columns="industry, vertical, verticals, sector, sectors",
        asked=True,
        filter="industry",
        published="",
    ),
    Field(
        "certifications",
        Kind.NAMES,
        "What it is certified for.",
        "[Certified Installer]",
        label="Certifications",
        words="certifications",
        columns="certification, certificates, certificate",
        asked=True,
        filter="certification",
        published="",
    ),
    Field(
        "business_model",
        Kind.NAME,
        "How it earns: one of those that its type lists, where it lists any.",
        "Introduces only",
        label="Business model",
        words="business model",
        asked=True,
        published="",
    ),
    Field(
        "value",
        Kind.VALUE,
        "What it does for customers, in 160 characters at most.",
        "Looks after gateways in dairies.",
        words="the value line",
        columns="value proposition",
        asked=True,
        published="What it brings, in one line.",
    ),
    Field(
        "domain",
        Kind.OWN,
        "Its internet domain, by which twins are found.",
        "acme.example",
        on=On.PARTNER,
        columns="website, company website, domain name, web site, web, url, homepage, site",
    ),
    Field(
        "parent",
        Kind.OWN,
        "The company that it belongs to: an id, or a name.",
        "Acme Holding",
        on=On.PARTNER,
        columns="parent company, parent account",
    ),
    Field(
        "ids",
        Kind.OWN,
        "Its ids in other systems, by the system, which `systems` in settings.yml may explain.",
        "{salesforce: 0015g00000XyZ1aAAC}",
        on=On.PARTNER,
    ),
    Field(
        "via",
        Kind.REFERENCE,
        "The partner through whom it sells.",
        "acme-hosting",
        words="whom it sells through",
        refers_to="partner",
        columns="sells through, through",
        published="The id of the partner that it sells through.",
    ),
    Field(
        "agreements",
        Kind.OWN,
        "What was signed: references and dates.",
        "[{kind: program, ref: P-2025-003, ends: 2027-01-15}]",
        asked=True,
    ),
    Field(
        "reviewed",
        Kind.OWN,
        "The last review; `playbook review` records one.",
        "{date: 2026-07-08, by: jane-doe, outcome: Grows as planned, next: Talk about a second region}",
        label="Last review",
        asked=True,
    ),
    Field(
        "satisfaction",
        Kind.OWN,
        "What the partner says of the relationship.",
        "{date: 2026-05-20, score: 4.2, scale: 5, n: 14}",
        label="Satisfaction",
        words="satisfaction",
        asked=True,
    ),
    Field(
        "links",
        Kind.OWN,
        "Pages that help to work with it.",
        "[{label: Price list, url: https://acme.example/prices}]",
        words="links",
    ),
    Field(
        "formerly",
        Kind.OWN,
        "Ids that it had before; links to their pages keep working.",
        "[acme-inc]",
        on=On.PARTNER,
        columns="former id, former ids, old id",
    ),
    Field(
        "acquired",
        Kind.OWN,
        "Companies that it bought, by the ids that they had; links to their pages lead to its own.",
        "[{id: acme-hosting, name: Acme Hosting, date: 2026-03-01}]",
        on=On.PARTNER,
    ),
    Field(
        "notes",
        Kind.PROSE,
        "Anything else, as plain text.",
        "Was bought by a competitor in 2025.",
        words="notes",
        columns="note, comment, comments, remarks, remark",
    ),
    Field(
        "only",
        Kind.REFERENCES,
        "The audiences whose sites have this entry; every site has it, if left out.",
        "[managers]",
        words="who may see it",
        refers_to="audience",
    ),
)
"""Every field, in the order of the data files."""

COMPANY = tuple(field.id for field in FIELDS if field.on_partner)
"""Those that are about the company, and not about one department's work with it."""

STATED = tuple(name for name in COMPANY if name not in ("ids", "formerly", "acquired"))
"""Those of them that say one thing, which all entries of a company have to agree on; of the others it has what any of
them says."""

LEFT_OUT = {field.id: field.default for field in FIELDS if field.default}
"""What an entry says by leaving fields out."""

ASKED_BESIDE = ("text", "sort", "by", "band", "box")
"""What addresses of the directory and the landscape ask for beside filters, as generator/kit/pages/assets has it."""

FIELD_KINDS: Mapping[FieldKind, Kind] = {
    FieldKind.TEXT: Kind.PROSE,
    FieldKind.NUMBER: Kind.NUMBER,
    FieldKind.DATE: Kind.DATE,
    FieldKind.URL: Kind.URL,
    FieldKind.CHOICE: Kind.NAME,
    FieldKind.CHOICES: Kind.NAMES,
    FieldKind.PERSON: Kind.REFERENCE,
    FieldKind.YES_NO: Kind.FLAG,
}
"""What a custom field of each kind is among the others."""

_EXAMPLES: Mapping[FieldKind, str] = {
    FieldKind.TEXT: "As people say it.",
    FieldKind.NUMBER: "12.5",
    FieldKind.DATE: "2026-11-30",
    FieldKind.URL: "https://www.example.com/",
    FieldKind.PERSON: "jane-doe",
    FieldKind.YES_NO: "true",
}


def custom_field(
    ident: str, label: str, help_text: str, on: On, kind: FieldKind, values: Sequence[str], show: Sequence[Show]
) -> Field:
    """The row of a field that settings.yml declares."""
    # Ids have no hyphen, so that no other filter is called so.
    asked = f"field-{ident}" if ident in ASKED_BESIDE else ident
    return Field(
        ident,
        FIELD_KINDS[kind],
        help_text,
        _EXAMPLES.get(kind, ""),
        label=label,
        words=label,
        on=on,
        refers_to="person" if kind is FieldKind.PERSON else "",
        columns=label,
        published=help_text if Show.EXPORT in show else None,
        filter=asked if Show.FILTER in show or Show.COLUMN in show else "",
        custom=True,
        values=tuple(values),
        show=tuple(show),
    )


def spelled(value: Any) -> str:
    """What a field holds as one text, the way data files write it; items of a list with commas between them."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case int() | float():
            return format(Decimal(repr(value)), "f")
        case date():
            return value.isoformat()
        case tuple():
            return ", ".join(map(spelled, value))
        case _:
            return str(value)
