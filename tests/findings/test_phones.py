"""Phone numbers: what is taken for one, in whose texts, and what is not."""

from __future__ import annotations

from datetime import date

import pytest

from generator.findings import find, word
from generator.model import Playbook, Promise, Tool
from tests.kit import World, inventory

NUMBERS = [
    "+49 171 1234567",
    "+491711234567",
    "+1 (415) 555-2671",
    "+1-415-555-2671",
    "+44 (0)20 7946 0958",
    "+33 6 12 34 56 78",
    "0049 171 1234567",
    "0171 1234567",
    "0171/1234567",
    "01711234567",
    "(415) 555-2671",
    "415-555-2671",
    "415.555.2671",
    "06 12 34 56 78",
    "+91 98765 43210",
    "+47 40 61 23 45",
]
OTHERS = [
    "2025-01-16",
    "16.01.2025 to 15.01.2027",
    "LES-PRG-2025-003",
    "ISO 9001:2015 and ISO/IEC 27001:2022",
    "EN 60601-1-2:2014",
    "192.168.100.200",
    "10.11.12.13:8080",
    "EUR 1,250,000.00",
    "1 250 000 000 NOK",
    "4711-0815-23",
    "contract 0451239987",
    "order no. 0171 1234567",
    "2026-0004-1177",
    "1234567890",
    "DE89 3704 0044 0532 0130 00",
    "ISBN 978-3-16-148410-0",
    "v1.2.3-45678",
    "+2026",
    "+3 to +5 points from 2026 to 2027",
    "08:00-17:00",
    "0800 123 4567",
    "+1 800 555 0199",
    "https://a.example/0171-1234567",
    "a01711234567@b.example",
    "0.1711234567",
    "GTIN 04012345678901",
    "00000000000000",
    "40% of 12,000 in 2026",
    "K-0171-1234567-X",
    "0171-1234567-99-8888",
]


def holding(text: str) -> list[str]:
    """What is found where a tool has this text for a name."""
    playbook = Playbook(date(2026, 6, 1), tools={"t": Tool("t", text)})
    return [finding.code.slug for finding in find(playbook)]


@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize("text", ["{}", "Call {}, after nine.", "Jane ({})", "his number is: {}"])
def test_numbers_are_found(number: str, text: str) -> None:
    """International and national, with and without spaces, alone and in a sentence."""
    assert holding(text.format(number)) == ["phone-number"]


@pytest.mark.parametrize("text", OTHERS)
def test_other_numbers_are_none(text: str) -> None:
    """Dates, contracts, standards, money, codes, addresses, and numbers that are nobody's own."""
    assert holding(text) == []
    assert holding(f"It is {text}.") == []


def test_a_word_for_phones_counts_more_than_one_for_other_numbers() -> None:
    """The phone number of somebody is one, and the number of a contract is none."""
    assert holding("phone number 01711234567") == ["phone-number"]
    assert holding("contract number 01711234567") == []


def test_the_site_does_not_repeat_the_number() -> None:
    """The message goes to the page of findings: it says how the number ends, and no more."""
    playbook = Playbook(date(2026, 6, 1), promises=(Promise(may=("Nothing", "Call +49 171 1234567")),))
    [finding] = find(playbook)
    problem = word(finding, playbook)
    assert "1234567" not in f"{problem.message}{problem.hint}{finding.key}{finding.values}"
    assert "67" in problem.message
    assert finding.partner is None


@pytest.mark.parametrize(
    ("number", "end"), [("+49 171 123456 7", "67"), ("+49 171 12345-67", "67"), ("(0171) 1234568", "68")]
)
def test_a_number_is_told_by_its_last_two_digits(number: str, end: str) -> None:
    """Whatever stands between them."""
    playbook = Playbook(date(2026, 6, 1), tools={"t": Tool("t", f"Call {number}")})
    [finding] = find(playbook)
    assert f"which ends in {end}:" in word(finding, playbook).message


def test_a_number_in_what_is_said_of_a_company_is_told_once(world: World) -> None:
    """Expected: one finding for the partner, however many entries it has, by the name of the field in the data."""
    entries = (
        "{id: acme, name: Acme, types: [shop], owner: ann}",
        "{id: acme, types: [ally], owner: ann, parent: PARENT}",
    )
    partners = inventory(*entries).replace("PARENT", "Call +49 171 1234567")
    found = find(world(partners=partners, settings="as_of: 2026-06-01\n"))

    told = [(one.partner, one.values["field"]) for one in found if one.code.slug == "phone-number"]
    assert told == [("acme", "parent")]
