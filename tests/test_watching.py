"""What is watched while the site is served stays watched, whatever happens to it for a moment."""

from __future__ import annotations

import queue
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from mkdocs.livereload import LiveReloadServer

from generator.mkdocs_plugin.watching import watch


class Watched:
    """A server that watches docs/, mkdocs.yml and data/, and other/ its own way; ours looks when it is told to."""

    def __init__(self, root: Path) -> None:
        for folder in ("docs", "data/partners", "other"):
            (root / folder).mkdir(parents=True)
        for file in ("docs/index.md", "mkdocs.yml", "data/taxonomy.yml", "data/partners/sales.yml"):
            (root / file).write_text("x")
        self.server = LiveReloadServer(lambda: None, "127.0.0.1", 0, str(root))
        # As MkDocs does it before any plugin is asked; another plugin has asked for docs/ as well.
        for path in ("docs", "mkdocs.yml", "docs", "other"):
            self.server.watch(str(root / path))
        self.theirs = self.server.observer
        self.observer = watch(
            self.server, [str(root / "data")], [str(root / "docs"), str(root / "mkdocs.yml"), "theme"]
        )
        self.emitters = list(self.observer.emitters)
        for emitter in self.emitters:
            emitter.on_thread_start()

    def look(self) -> set[str]:
        """The names of the files of which something was noticed since the last look."""
        for emitter in self.emitters:
            emitter.queue_events(0)
        found: set[str] = set()
        while True:
            try:
                event, _ = self.observer.event_queue.get_nowait()
            except queue.Empty:
                return found
            # A server builds again for files alone.
            if not event.is_directory:
                found |= {Path(str(path)).name for path in (event.src_path, event.dest_path)}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "company"


@pytest.fixture
def watched(root: Path) -> Iterator[Watched]:
    made = Watched(root)
    yield made
    made.server.server_close()


def away(path: Path) -> Callable[[], None]:
    """Move a place away; what is returned moves it back."""
    there = path.with_name("elsewhere")
    path.rename(there)

    def back() -> None:
        there.rename(path)

    return back


PLACES = ["data", "docs", "mkdocs.yml", ".", "data/partners", "data/taxonomy.yml"]


@pytest.mark.parametrize("place", PLACES)
def test_what_is_moved_away_and_back(watched: Watched, root: Path, place: str) -> None:
    """Expected: that it is gone is noticed, that it is back, and each change after that, as often as it happens."""
    assert watched.look() == set()
    inside = {"data": "taxonomy.yml", "docs": "index.md", "mkdocs.yml": "mkdocs.yml", ".": "mkdocs.yml"}
    name = inside.get(place, "sales.yml" if place == "data/partners" else "taxonomy.yml")
    changed = next(root.rglob(name))
    for time in range(3):
        back = away(root / place if place != "." else root)
        assert name in watched.look()
        assert watched.look() == set()
        back()
        assert name in watched.look()
        assert watched.look() == set()
        changed.write_text("x" * (time + 2))
        assert name in watched.look()


def test_a_folder_that_is_replaced(watched: Watched, root: Path) -> None:
    """Expected: a file in its place, then another folder, are both noticed."""
    away(root / "data")
    watched.look()
    (root / "data").write_text("x")
    assert "data" in watched.look()
    (root / "data").unlink()
    (root / "data").mkdir()
    (root / "data" / "new.yml").write_text("x")
    assert "new.yml" in watched.look()


def test_what_others_have_asked_for_stays(watched: Watched, root: Path) -> None:
    """Expected: the observer of the server keeps what is none of ours, and is the one that it starts."""
    assert watched.server.observer is watched.theirs
    assert len(watched.theirs.emitters) == 1
    watched.server.unwatch(str(root / "other"))
    assert not watched.theirs.emitters
    assert len(watched.observer.emitters) == 3
