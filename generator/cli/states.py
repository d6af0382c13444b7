"""A state of the data by the name that somebody gives it: a folder, or a revision in git."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import quote

import click

from generator import loading
from generator.cli.options import cut, is_folder
from generator.cli.repository import path_in_repository
from generator.problems import suggest
from generator.source import NotInstalled, Repository, Unread, Unusable


@dataclass(frozen=True)
class NamedState:
    """What is there, what to call it in a report, and the commit that it is of: None for a folder."""

    loaded: loading.Loaded
    name: str
    commit: str | None


def state(name: str, data: str, as_of: date | None, today: date, argument: str) -> NamedState:
    """What stands in the folder or the revision of that name.

    click.BadParameter where there is neither; Unusable where the revision holds no data that can be looked at.
    """
    if is_folder(name):
        if (name, argument) != (data, "HEAD") and (revision := _revision(name, data)):
            hint = f"write {os.curdir}{os.sep}{name} for the folder, or {revision[:12]} for the revision"
            raise _bad_argument(f"{cut(name)!r} is a folder, and a revision in git: {hint}", argument)
        return NamedState(loading.load_folder(Path(name), as_of, today), name, None)
    try:
        with Repository(Path(data)) as repository:
            revision = repository.commit(name)
            if revision is None:
                known = repository.branches()
                hint = suggest(name, known) if known else f"{data!r} is in no git repository, or it has no commits"
                if repository.shallow:
                    hint += "; this clone lacks older commits, which `git fetch --unshallow` brings"
                raise _bad_argument(f"there is no folder and no git revision {cut(name)!r}. {hint}", argument)
            loaded = loading.load_revision(repository, revision, as_of, today)
            if loaded is None:
                raise Unusable(f"the folder {data} is not in it")
            return NamedState(loaded, f"{name}:{data}", revision)
    except NotInstalled as missing:
        raise _bad_argument(f"there is no folder {cut(name)!r}, and {missing}: revisions need it", argument) from None
    except Unread as unread:
        raise _bad_argument(
            f"there is no folder {cut(name)!r}, and git cannot read that revision: {unread}", argument
        ) from None


def _revision(name: str, data: str) -> str | None:
    try:
        with Repository(Path(data)) as repository:
            return repository.commit(name)
    except Unread:
        return None


def address(found: NamedState, data: str) -> str:
    """Where the files of a state of the data folder can be looked at, in a job of GitHub or GitLab; empty elsewhere."""
    environment = os.environ
    if github := environment.get("GITHUB_REPOSITORY"):
        root = f"{environment.get('GITHUB_SERVER_URL', 'https://github.com')}/{github}/blob"
        commit = found.commit or environment.get("GITHUB_SHA", "")
    elif gitlab := environment.get("CI_PROJECT_URL"):
        root, commit = f"{gitlab}/-/blob", found.commit or environment.get("CI_COMMIT_SHA", "")
    else:
        return ""
    if not commit or (found.commit is None and found.name != data):
        return ""
    folder = path_in_repository(data)
    return f"{root}/{commit}/{quote(f'{folder}/') if folder else ''}"


def _bad_argument(message: str, argument: str) -> click.BadParameter:
    return click.BadParameter(message, param_hint=argument)
