"""Options and fixtures for all tests."""

from __future__ import annotations

import gc
import os
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import _lru_cache_wrapper
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from generator.model import Playbook
    from tests.kit import World

# Fixtures import the program themselves: the process that hands out the tests to others needs none of it.

# How fast the machine is proves nothing, and nobody's change shall fail for what chance finds in another place: by day,
# the examples are the same each time.  `make quick` looks at fewer, and says so by this name; each night
# --hypothesis-profile=long looks at many others.
settings.register_profile("untimed", deadline=None, max_examples=30, derandomize=True)
settings.register_profile("quick", deadline=None, max_examples=10, derandomize=True)
settings.register_profile("long", deadline=None, max_examples=2000)
settings.load_profile("untimed")


def pytest_configure(config: pytest.Config) -> None:
    """Keep nothing in the folder for caches of whoever runs the tests."""
    place = tempfile.TemporaryDirectory(prefix="playbook-caches-")
    os.environ["XDG_CACHE_HOME"] = place.name
    config.add_cleanup(place.cleanup)
    _measure_once(config)


def _measure_once(config: pytest.Config) -> None:
    """In each of several processes, stop what pytest-cov began there before it knew that it is one of several.

    It begins to measure once more then; while that is paused for a test that is marked no_cover, the first would go on.
    """
    measuring = config.pluginmanager.getplugin("_cov")
    if measuring is not None and hasattr(config, "workerinput"):
        measuring.cov_controller.cov.stop()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--refresh", action="store_true", help="write what comes out as what is expected; review the diff")


# The tests of what `make test` wants every line and branch of: what stands between data and page.
GUARDING = {
    *("test_source.py", "test_source_words.py", "test_markdown.py", "test_git_input.py", "test_difference.py"),
    *("test_pieces.py", "test_secrets.py", "test_logos.py", "test_slips.py", "test_states.py", "test_upgrade.py"),
    *("test_exchange.py", "test_exchange_reading.py", "test_import_bombs.py", "test_editing_empty.py"),
    *("test_editing_comments.py", "test_data_cases.py"),
}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Measure no coverage of tests that go through everything, or through what chance brings.

    It makes them twice as slow, and no line counts as tested because a whole site or one of a hundred examples happened
    to pass it.  What tests/architecture/ reads is the text of the program.  Where rooms are named, as in `make test`,
    their own tests alone are measured.
    """
    rooms_alone = any(isinstance(named, str) for named in config.getoption("cov_source", None) or ())
    for item in items:
        folder = item.path.parent.name
        by_chance = getattr(getattr(item, "obj", None), "is_hypothesis_test", False)
        elsewhere = rooms_alone and folder != "imports" and item.path.name not in GUARDING
        marks = any(item.get_closest_marker(name) for name in ("browser", "site", "long"))
        if folder == "architecture" or by_chance or elsewhere or marks:
            item.add_marker("no_cover")


def pytest_collection_finish() -> None:
    """Keep Python from looking through everything that was imported and collected for what nobody holds any more.

    It stays to the end, and to go through it time and again takes a twelfth of the tests' time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000)


@contextmanager
def _as_marked(item: pytest.Item) -> Iterator[None]:
    """With nothing measured meanwhile for a test that is marked no_cover: pytest-cov lets out the test's body alone."""
    measuring = item.config.pluginmanager.getplugin("_cov") if item.get_closest_marker("no_cover") else None
    if measuring is None or not measuring.cov_controller.started:
        yield
        return
    measuring.cov_controller.pause()
    try:
        yield
    finally:
        measuring.cov_controller.resume()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> Iterator[None]:
    """Measure no fixtures for a test that is not measured: what they made serves others, too, and none tests it."""
    with _as_marked(item):
        yield


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_teardown(item: pytest.Item) -> Iterator[None]:
    with _as_marked(item):
        yield


@pytest.fixture(scope="module", autouse=True)
def nothing_remembered() -> None:
    """Have each module's tests begin anew: what a test that is not measured has computed would never be measured."""
    for name, module in list(sys.modules.items()):
        if name.startswith(("generator.source", "generator.exchange.sheets")):
            for held in vars(module).values():
                if isinstance(held, _lru_cache_wrapper):
                    held.cache_clear()


@pytest.fixture
def refresh(request: pytest.FixtureRequest) -> bool:
    """True where golden files are to be written anew instead of compared."""
    return bool(request.config.getoption("--refresh"))


@pytest.fixture
def world(tmp_path: Path) -> World:
    """Makes the playbook of tests/world/ with these files in it: world(partners="...", strategy="...")."""
    from tests.kit import loaded, world_in

    return lambda **files: loaded(world_in(tmp_path / "data", **files))


@pytest.fixture(scope="session")
def rich() -> Playbook:
    """The company of tests/rich/: it has something on every page."""
    from tests.kit import RICH, loaded

    return loaded(RICH)


@pytest.fixture(scope="session")
def rich_pages(rich: Playbook) -> Mapping[str, str]:
    """The content of every page and file of its site, by path."""
    from tests.kit import pages_of

    return pages_of(rich)


@pytest.fixture(scope="session")
def run_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all processes of this run share."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


@pytest.fixture(scope="session")
def rich_data(run_folder: Path) -> Path:
    """The data of tests/rich/ in a git repository that knows an earlier state of it."""
    from tests import sites

    return sites.once(run_folder, "rich-repository", sites.commit_rich) / "data"


@pytest.fixture(scope="session")
def rich_site(run_folder: Path, rich_data: Path) -> Path:
    """The site of that data as files, built once a run; for reading only."""
    from tests import sites

    return sites.once(run_folder, "rich-site", lambda place: sites.build(rich_data, place))


@pytest.fixture(scope="session")
def engines(run_folder: Path, rich_data: Path) -> Path:
    """A folder with a project of those data for each engine, and the site that it made of it; for reading only."""
    from tests import sites

    return sites.once(run_folder, "engines", lambda place: sites.engines(rich_data, place))
