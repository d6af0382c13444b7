"""A company as large as a test wants it, in which every table that may grow does."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

from tests.kit import world_in

_OFFERS = ("anvil", "bellows")


def _name(what: str, number: int) -> str:
    """A name that begins with any letter, and is like no other."""
    digest = sha256(f"{what}{number}".encode()).digest()
    return "".join(chr(ord("a") + byte % 26) for byte in digest[:9]).capitalize()


def crowd(folder: Path, partners: int, people: int = 0) -> Path:
    """The data of a company with so many partners and people: a third as many, if not told.

    Half of the partners are managed by two departments; of everything that may be missing, late, low or not as
    expected, a share of the entries has it.
    """
    people = people or max(3, partners // 3)
    sales = [_sales(number, people) for number in range(partners)]
    care = [_care(number, people) for number in range(0, partners, 2)]
    files: dict[str, Any] = {
        "partners": {
            "departments": [
                {"id": "sales", "name": "Sales", "lead": "person-0", "partners": sales},
                {"id": "care", "name": "Care", "partners": care},
            ]
        },
        "people": {"people": [_person(number) for number in range(people)]},
        "portfolio": {
            "offers": [
                {"id": offer, "name": offer.title(), "status": "live", "requires": [{"type": "ally", "min": partners}]}
                for offer in _OFFERS
            ],
            "routes": [{"id": "way", "name": "Way", "region": "North", "offer": "anvil", "types": ["shop", "agent"]}],
        },
        "strategy": {
            "objectives": [
                {"id": "grow", "title": "Grow"},
                {"id": "past", "title": "Past", "ends": "2026-01-01"},
            ]
        },
        "toolkit": {
            "skills": [
                {"id": skill, "name": skill.title(), "modes": ["light", "regular", "close"], "level": 3}
                for skill in ("ask", "tell")
            ]
        },
        "settings": {"company": "Crowd", "as_of": "2026-06-01", "regions": ["North", "South"]},
    }
    # JSON is YAML.
    return world_in(folder, **{name: json.dumps(value, indent=1) for name, value in files.items()})


def _sales(number: int, people: int) -> dict[str, Any]:
    entry: dict[str, Any] = {"id": f"p-{number}", "name": _name("partner", number), "types": ["agent"]}
    entry["owner"] = f"person-{number % people}" if number % 9 else None
    if number % 2:
        entry["backup_owner"] = "person-1"
        entry["satisfaction"] = {"score": 2 + number % 3, "scale": 5, "n": 8, "date": "2024-01-01"}
    if number % 5 == 1:
        entry["mode"] = "close"
        entry["sponsor"] = "person-2"
    if number % 5 == 2:
        entry["types"] = ["ally"]
        entry["offers"] = [_OFFERS[0]]
        entry["status"] = "prospect"
    if number % 5 > 2:
        entry["types"] = ["shop"]
        entry["offers"] = list(_OFFERS)
        entry["regions"] = ["North"]
    if number % 3 == 1:
        entry["objectives"] = ["past"]
        entry["agreements"] = [{"kind": "contract", "ref": f"C-{number}", "ends": f"2026-07-{1 + number % 28:02}"}]
    if number and number % 3 == 0:
        entry["via"] = "p-0"
        entry["parent"] = "p-0"
    return entry


def _care(number: int, people: int) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "id": f"p-{number}",
        "types": ["maker"],
        "mode": {"maker": "regular"},
        "offer_stage": "after",
    }
    entry["owner"] = f"person-{(number + 7) % people}"
    entry["reviewed"] = {"date": f"2025-12-{1 + number % 28:02}", "by": "person-0"}
    if number % 5 == 0:
        entry["status"] = "ended"
    return entry


def _person(number: int) -> dict[str, Any]:
    person: dict[str, Any] = {"id": f"person-{number}", "name": f"{_name('person', number)} Lee", "department": "sales"}
    if number % 5:
        person["skills"] = [{"skill": "ask", "level": 1 + number % 5}, {"skill": "tell", "level": 2}]
    return person
