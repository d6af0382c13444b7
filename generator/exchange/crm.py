"""The exports of well-known CRMs: what they call their columns, and which field of an entry each is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from generator.exchange.fields import IDS, key


@dataclass(frozen=True)
class Crm:
    """A system: its id, under which its records' ids are kept, and its name.

    `fields` are the fields of its columns, by what counts of their names; `own` are columns that nobody else calls so,
    by which it is known.
    """

    id: str
    name: str
    fields: Mapping[str, str] = field(default_factory=dict)
    own: frozenset[str] = frozenset()

    def knows(self, title: str) -> str | None:
        """The field of a column; empty where the column is passed over, and None where the system has no such one."""
        heading = key(title)
        found = self.fields.get(heading)
        return found if found is not None else "" if heading in self.own else None


def _crm(ident: str, called: str, /, *, own: str, **fields: str) -> Crm:
    """`own` and the headings of each field stand between commas; `ids` are its own ids, `ignored` mean nothing here."""
    known = {
        key(heading): "" if column == "ignored" else f"{IDS}_{ident}" if column == "ids" else column
        for column, headings in fields.items()
        for heading in headings.split(",")
    }
    return Crm(ident, called, known, frozenset(key(heading) for heading in own.split(",")))


SYSTEMS = (
    _crm(
        "salesforce",
        "Salesforce",
        own="account id, account id (18), account owner alias, account record type, account owner: full name, "
        "partner account, account site, billing country, billing state/province, billing city, account source, "
        "parent account id, last modified by, accountnumber, ownerid, recordtypeid, billingcountry, attributes.type, "
        "attributes.url",
        ids="account id, account id (18), id, account id 18",
        name="account name, name",
        owner="account owner, account owner: full name, account owner alias, owner name, owner.name, owner full name",
        types="type, partner type, account type",
        domain="website",
        parent="parent account, parent account: account name, parent.name",
        industries="industry",
        tier="partner tier, tier, partner level, account tier",
        notes="description, account description",
        ignored="account record type, partner account, created date, last modified date, last activity, phone, fax, "
        "billing country, billing city, rating, employees, annual revenue, ownerid, account source",
    ),
    _crm(
        "hubspot",
        "HubSpot",
        own="record id, company owner, company domain name, lifecycle stage, number of employees, create date, "
        "last activity date, country/region, hs_object_id, hubspot_owner_id, lead status, "
        "number of associated contacts",
        ids="record id, company id, hs_object_id, record id - company",
        name="company name, name",
        owner="company owner, hubspot owner, owner",
        types="type, partner type",
        domain="company domain name, domain, website url",
        parent="parent company, parent company name",
        industries="industry",
        tier="partner tier, tier",
        notes="description, about us",
        ignored="lifecycle stage, lead status, create date, last activity date, phone number, city, country/region, "
        "number of employees, website",
    ),
    _crm(
        "dynamics",
        "Dynamics 365",
        own="(do not modify) account, (do not modify) row checksum, (do not modify) modified on, main phone, "
        "relationship type, primary contact, address 1: city, address 1: country/region, accountid, "
        "parent account name, process, no. of employees",
        ids="(do not modify) account, accountid, account id",
        name="account name, name",
        owner="owner, owning user, _ownerid_value",
        types="relationship type, account type, customertypecode",
        domain="website, websiteurl",
        parent="parent account, parent account name",
        industries="industry, industrycode",
        status="partner status",
        tier="partner tier, category",
        notes="description",
        ignored="status, status reason, (do not modify) row checksum, (do not modify) modified on, main phone, "
        "created on",
    ),
    _crm(
        "pipedrive",
        "Pipedrive",
        own="organization - id, organization - name, organization - owner, organization - label, "
        "organization - labels, organization - address, organization - people, organization - organization created",
        ids="organization - id",
        name="organization - name",
        owner="organization - owner",
        types="organization - partner type, organization - type",
        domain="organization - website, organization - domain",
        industries="organization - industry",
        tier="organization - tier, organization - partner tier",
        notes="organization - notes",
        parent="organization - parent organization",
        ignored="organization - label, organization - labels, organization - address, organization - people",
    ),
    _crm(
        "zoho",
        "Zoho CRM",
        own="account owner.id, account owner id, account number, account image, rating.id, created by.id, "
        "modified by.id, "
        "territories, sic code, account site, parent account.id, layout.id, record image, ownership, ticker symbol",
        ids="record id, account id, id",
        name="account name",
        owner="account owner, account owner name",
        types="account type, partner type",
        domain="website",
        parent="parent account, parent account name",
        industries="industry",
        tier="partner tier, partner level",
        notes="description",
        ignored="account owner.id, account owner id, account number, ownership, employees, annual revenue, rating, "
        "territories",
    ),
    _crm(
        "suitecrm",
        "SuiteCRM",
        own="assigned user name, assigned_user_name, assigned_user_id, assigned to, assigned user id, date entered, "
        "date_entered, date modified, date_modified, billing_address_country, billing address country, account_type, "
        "office phone, alternate phone, sic_code, campaign_id, member of, deleted",
        ids="id",
        name="name, account name",
        owner="assigned user name, assigned_user_name, assigned to",
        types="account type, account_type, type",
        domain="website",
        parent="member of, parent account, parent_name",
        industries="industry",
        tier="partner tier",
        notes="description",
        ignored="assigned_user_id, date entered, date modified, deleted, office phone, employees, rating, ownership",
    ),
)
"""Those that are known, in the order of their rows here."""

_ENOUGH = 2


def crm_of(titles: Iterable[str]) -> Crm | None:
    """The system whose columns these are: at least two are its own, and more than any other's."""
    headings = {key(title) for title in titles if title}
    own = [(len(headings & crm.own), len(headings & crm.fields.keys()), -at) for at, crm in enumerate(SYSTEMS)]
    most, _, place = max(own)
    return SYSTEMS[-place] if most >= _ENOUGH else None
