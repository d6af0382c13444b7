"""Where the data folder stands in its repository."""

from __future__ import annotations

import os
from pathlib import Path


def path_in_repository(folder: str) -> str:
    """The path of a folder from the root of its repository, with slashes; empty where it is that root.

    Where there is no repository, it is the path from here, or the whole path where it is not below.
    """
    place = Path(os.path.realpath(folder))
    for root in (place, *place.parents):
        if os.path.lexists(root / ".git"):
            break
    else:
        root = Path.cwd() if place.is_relative_to(Path.cwd()) else Path(place.anchor)
        if root == Path(place.anchor):
            return place.as_posix()
    path = place.relative_to(root).as_posix()
    return "" if path == "." else path


def beside(data: str) -> Path:
    """The folder in which the data folder stands."""
    return Path(os.path.normpath(Path(data, os.pardir)))
