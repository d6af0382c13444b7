"""The calendars, read back with a library that did not write them; the world's day is 2026-06-01."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from icalendar import Calendar, Event, vText

from generator import paths
from generator.feeds import calendars
from generator.insights.due import due_dates
from generator.model import Agreement, Playbook
from generator.views.kit.context import Context
from tests.kit import World, examples

PEOPLE = """\
people:
  - {id: ann, name: "Ann; Lee, Dr."}
  - {id: gone, name: Gone, active: false}
  - {id: zoe, name: Zoë Unlisted}
"""
PARTNERS = """\
departments:
  - id: sales
    name: Sales, North
    partners:
      - {id: acme, name: 'Acme; "A", Ltd \\n', types: [agent], owner: ann, reviewed: {date: 2026-05-01, by: ann},
         agreements: [{kind: contract, ref: C-1, starts: 2026-01-01, ends: 2026-12-31}, {kind: program}]}
      - {id: birch, name: Birch, types: [agent], owner: gone, reviewed: {date: 2026-05-02, by: ann}}
      - {id: cedar, name: Cedar, types: [shop], owner: ann}
  - id: idle
    name: Idle
    partners:
      - {id: cedar, types: [shop], owner: null}
      - {id: elm, name: Elm, types: [agent], owner: zoe, reviewed: {date: 2026-05-03, by: ann}}
"""


def written(playbook: Playbook) -> dict[str, str]:
    return {path: make() for path, make in calendars.files(playbook, due_dates(playbook))}


def events(text: str) -> list[Any]:
    return list(Calendar.from_ical(text).walk("VEVENT"))


def shown(text: str) -> list[tuple[str, str]]:
    return [(event.decoded("dtstart").isoformat(), str(event["summary"])) for event in events(text)]


def test_without_dates_there_is_no_calendar(world: World) -> None:
    """No file for nobody, nor for a department in which nothing is due."""
    assert written(world(partners="departments: []\n")) == {}


def test_a_calendar_for_each_department_and_each_owner_with_dates(world: World) -> None:
    """Who has left has none, though the department still shows what was theirs."""
    playbook = world(partners=PARTNERS, people=PEOPLE)
    found = written(playbook)

    assert set(found) == {
        paths.calendar_of_department("sales"),
        paths.calendar_of_department("idle"),
        paths.calendar_of_person("ann"),
        paths.calendar_of_person("zoe"),
    }
    assert set(found) == Context(playbook).calendars


def test_events_are_read_back(world: World) -> None:
    """By day, all day long, with what there is to do, for whom and where; punctuation of names survives."""
    found = written(world(partners=PARTNERS, people=PEOPLE))
    sales = found[paths.calendar_of_department("sales")]
    acme = 'Acme; "A", Ltd \\n'

    assert shown(sales) == [
        ("2026-10-02", f"Decide on the agreement: {acme}, contract C-1 (Sales, North)"),
        ("2026-10-28", f"Review due: {acme} (Sales, North)"),
        ("2026-10-29", "Review due: Birch (Sales, North)"),
        ("2026-12-31", f"Agreement ends: {acme}, contract C-1 (Sales, North)"),
    ]
    assert shown(found[paths.calendar_of_person("ann")]) == [one for one in shown(sales) if "Birch" not in one[1]]
    decide, review, birch, _ = events(sales)
    assert str(decide["description"]).split("\n") == [
        "Owner: Ann; Lee, Dr.",
        "The agreement ends on 2026-12-31; its notice time begins.",
        "In the playbook: partners/acme/",
    ]
    assert str(birch["description"]).split("\n")[0] == "Owner: Gone (has left)"
    assert review["transp"] == "TRANSPARENT"
    assert type(review.decoded("dtstart")) is date
    # To the standard, what it does not name is a text; the library leaves it alone.
    named = vText("Sales, North: partner dates, Example").to_ical().decode()
    assert f"\r\nX-WR-CALNAME:{named}\r\n" in sales


def test_calendars_keep_to_the_standard(world: World) -> None:
    """Lines end with CRLF and have 75 bytes at most; every event has an id of its own and the day of the data."""
    for text in written(world(partners=PARTNERS, people=PEOPLE)).values():
        lines = text.split("\r\n")

        assert lines[0] == "BEGIN:VCALENDAR"
        assert lines[-2:] == ["END:VCALENDAR", ""]
        assert not [line for line in lines if "\n" in line or "\r" in line or len(line.encode()) > 75]
        ids = [str(event["uid"]) for event in events(text)]
        assert len(set(ids)) == len(ids)
        assert {event.decoded("dtstamp") for event in events(text)} == {datetime(2026, 6, 1, tzinfo=UTC)}


ANY = st.one_of(st.sampled_from("\\;,^N \né株🙂"), st.characters(exclude_categories=("Cs", "Cc")))


@given(st.text(ANY, max_size=200))
@settings(max_examples=examples(200))
def test_a_text_is_written_as_the_library_writes_it(text: str) -> None:
    """Expected: the same bytes, folds included, but for `\\N`, which it takes for the end of a line."""
    assume("\\N" not in text)
    event = Event()
    event.add("summary", text)
    ours = calendars._folded(f"SUMMARY:{calendars._text(text)}")

    assert event.to_ical().decode() == f"BEGIN:VEVENT\r\n{ours}END:VEVENT\r\n"


def test_ids_stay_when_days_move(world: World) -> None:
    """A calendar program knows an event again after the review was held or the agreement extended."""
    playbook = world(partners=PARTNERS, people=PEOPLE)
    later = world(
        partners=PARTNERS.replace("2026-05-01", "2026-05-31").replace("2026-12-31", "2027-12-31"), people=PEOPLE
    )

    def ids(one: Playbook) -> dict[str, str]:
        return {str(e["uid"]): str(e["summary"]) for text in written(one).values() for e in events(text)}

    assert ids(playbook) == ids(later)
    assert len(ids(playbook)) == 5
    assert written(playbook) == written(playbook)
    assert written(playbook) != written(later)


def test_equal_agreements_are_two_events(world: World) -> None:
    """Two entries that cannot be told apart but by their end keep ids of their own."""
    playbook = world(partners=PARTNERS, people=PEOPLE)
    acme = playbook.partners["acme"]
    twice = tuple(Agreement("contract", ends=date(2026, month, 30)) for month in (6, 9))
    entry = replace(acme.entries[0], agreements=twice)
    changed = replace(playbook, partners={**playbook.partners, "acme": replace(acme, entries=(entry,))})
    found = events(written(changed)[paths.calendar_of_person("ann")])

    assert len(found) == 4
    assert len({str(event["uid"]) for event in found}) == 4


@pytest.mark.parametrize("name", ["x" * 120, "🎉" * 120])
def test_names_of_files_fit(name: str) -> None:
    """Whatever an editor wrote for an owner: 255 bytes at most, and another name gives another file."""
    file = paths.calendar_of_person(name).removeprefix("calendars/")

    assert len(file.encode()) <= 255
    assert paths.calendar_of_person(f"{name[:-1]}y") != paths.calendar_of_person(name)


def test_a_department_and_a_person_of_one_id_have_two_files() -> None:
    """A department may be called what a person's file is called after."""
    assert paths.calendar_of_department("person-ann") != paths.calendar_of_person("ann")
    assert paths.calendar_of_department("ann") != paths.calendar_of_person("ann")


def test_each_date_reminds_a_week_before(world: World) -> None:
    """Expected: one alarm of each event, which is shown."""
    for text in written(world(partners=PARTNERS, people=PEOPLE)).values():
        for event in events(text):
            (alarm,) = event.walk("VALARM")
            assert alarm.decoded("trigger") == timedelta(days=-7)
            assert str(alarm["action"]) == "DISPLAY"


@pytest.mark.parametrize("site", ["https://playbook.example/x/", "https://playbook.example/x"])
def test_addresses_are_absolute_where_the_site_is_known(world: World, site: str) -> None:
    """Expected: of each event, in its text and as its address; without one, the path alone."""
    playbook = world(partners=PARTNERS, people=PEOPLE)
    dues = due_dates(playbook)
    with_site, without = (
        {path: make() for path, make in calendars.files(playbook, dues, address)} for address in (site, "")
    )
    acme = next(
        event for event in events(with_site[paths.calendar_of_department("sales")]) if "Acme" in event["summary"]
    )

    assert str(acme["url"]) == "https://playbook.example/x/partners/acme/"
    assert "In the playbook: https://playbook.example/x/partners/acme/" in str(acme["description"])
    assert with_site.keys() == without.keys()
    assert not [event for text in without.values() for event in events(text) if "url" in event]
