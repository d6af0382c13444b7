"""Every page of one small company, as files: a change of wording or layout shows as a diff to review.

`pytest tests/test_golden.py --refresh` writes them anew.
"""

from __future__ import annotations

import shutil
from itertools import pairwise
from pathlib import Path

from generator.site import Site
from tests.kit import contents, loaded

HERE = Path(__file__).parent / "golden"


def test_pages_are_as_reviewed(refresh: bool) -> None:
    """The pages of the small company are the committed files, no more and no less, to the byte."""
    # Bytes: the lines of a calendar end otherwise than those of a page.
    pages = {page.path: page.data for page in Site(loaded(HERE / "data")).pages()}
    if refresh:
        shutil.rmtree(HERE / "pages", ignore_errors=True)
        for path, content in pages.items():
            (HERE / "pages" / path).parent.mkdir(parents=True, exist_ok=True)
            (HERE / "pages" / path).write_bytes(content)

    assert pages == contents(HERE / "pages")


def test_same_data_and_day_give_the_same_pages() -> None:
    """Nothing but the data and the day goes into the pages: no clock, no order of sets."""
    assert list(Site(loaded(HERE / "data")).pages()) == list(Site(loaded(HERE / "data")).pages())


def test_each_heading_begins_a_block() -> None:
    """A heading right below a line of a table would be read as one more row of it."""
    for page in Site(loaded(HERE / "data")).pages():
        if page.path.endswith(".md"):
            lines = page.content.splitlines()
            below = [line for above, line in pairwise(lines) if line.startswith("##") and above.strip()]
            assert below == [], page.path
