"""Pages into a folder, beside files of other people.

A manifest in the folder says which files are ours and what we wrote into them.  A folder without one
must be empty.  A file that is not in it, or that was edited since, is never touched.  Before anything is
written the manifest names the old and the new content, so that the run after a killed one knows both
for ours.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from generator.sinks import Refused
from generator.sinks.files import content, in_the_way, making, names_in, own_folder, renew
from generator.sinks.lock import locked

MANIFEST = ".playbook-manifest.json"
_VERSION = 1


@dataclass(frozen=True)
class Written:
    """How many pages were written, were there already, and were removed."""

    written: int
    unchanged: int
    removed: int


def write(
    new: Mapping[str, bytes],
    folder: Path,
    waiting: Callable[[], None] = lambda: None,
    *,
    protected: Iterable[Path] = (),
) -> Written:
    """Make `folder` hold exactly these files of ours, by path.

    Refused, with every reason, where the folder is somebody else's, holds or lies in a `protected` one, or
    where a file of others would be touched; then nothing is written at all.
    """
    for path in new:
        if not _inside(path):
            raise ValueError(f"the path {path!r} leads out of the folder")
    folder = own_folder(folder, protected)
    with ExitStack() as stack:
        try:
            stack.enter_context(making(folder))
        except (FileExistsError, NotADirectoryError):
            raise Refused(f"{folder} is not a folder") from None
        stack.enter_context(locked(folder, waiting))
        if not os.path.lexists(folder / MANIFEST) and (inside := names_in(folder)):
            raise Refused(f"{folder} holds something else than pages of ours ({inside}); name a new or an empty folder")
        return _write(new, folder)


def ours(folder: Path) -> frozenset[str]:
    """The paths in `folder` that hold what we wrote there, unchanged since."""
    known = _read_manifest(folder)
    return frozenset(
        path for path, sums in known.items() if not in_the_way(folder, path) and _checksum_of(folder / path) in sums
    )


def _write(new: Mapping[str, bytes], folder: Path) -> Written:
    known = _read_manifest(folder)
    reasons: list[str] = []
    present: dict[str, str] = {}
    for path in sorted({*new, *known}):
        reason = in_the_way(folder, path)
        checksum = None if reason else _checksum_of(folder / path)
        if checksum is not None:
            present[path] = checksum
            if checksum not in known.get(path, ()) and (path not in new or checksum != _checksum(new[path])):
                reason = "was edited by hand" if path in known else "was not written by playbook"
        if reason:
            reasons.append(f"{folder / path} {reason}")
    if reasons:
        raise Refused(*reasons)

    sums = {path: _checksum(data) for path, data in new.items()}
    stale = sorted(present.keys() - new.keys())
    changed = [path for path in sorted(new) if present.get(path) != sums[path]]
    if changed or stale or known != {path: {checksum} for path, checksum in sums.items()}:
        _write_manifest(folder, pages=present, pending=sums)
        for path in changed:
            with making((folder / path).parent):
                renew(folder / path, new[path])
        for path in stale:
            (folder / path).unlink()
            _remove_empty(folder, path)
        _write_manifest(folder, pages=sums)
    return Written(len(changed), len(new) - len(changed), len(stale))


def _inside(path: str) -> bool:
    parts = PurePosixPath(path).parts
    return bool(parts) and not path.startswith("/") and ".." not in parts and "\\" not in path and "\0" not in path


def _checksum(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _checksum_of(path: Path) -> str | None:
    data = content(path)
    return None if data is None else _checksum(data)


def _remove_empty(folder: Path, path: str) -> None:
    for parent in PurePosixPath(path).parents:
        if parent.parts:
            try:
                (folder / parent).rmdir()
            except OSError:
                return


def _write_manifest(folder: Path, **parts: Mapping[str, str]) -> None:
    data = {"version": _VERSION, **{name: dict(sorted(sums.items())) for name, sums in parts.items()}}
    text = json.dumps(data, indent=1) + "\n"
    renew(folder / MANIFEST, text.encode())


def _read_manifest(folder: Path) -> dict[str, set[str]]:
    """For each path that is ours, what it may hold."""
    path = folder / MANIFEST
    if reason := in_the_way(folder, MANIFEST):
        raise Refused(f"{path} {reason}")
    text = content(path)
    if text is None:
        return {}
    broken = Refused(f"{path} is damaged: delete it, and the pages that playbook wrote there, and run again")
    try:
        data = json.loads(text)
        known: dict[str, set[str]] = {}
        for part in (data["pages"], data.get("pending", {})):
            for page, checksum in part.items():
                if not _inside(page) or not isinstance(checksum, str):
                    raise broken
                known.setdefault(page, set()).add(checksum)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise broken from None
    if data.get("version") != _VERSION:
        raise Refused(f"{path} was written by another version of playbook")
    return known
