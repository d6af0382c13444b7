"""What a build takes from a repository beside our pages, and what keeps it from that: links, pipes, broken text."""

from __future__ import annotations

import os
import stat
from collections.abc import Collection, Iterator
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File

_READ = (".md", ".markdown", ".mdown", ".mkdn", ".mkd", ".html")


def unfit(docs: Path, look: str | None, site: Path) -> Iterator[str]:
    """Why these folders cannot be used: the company's own pages, its changes of the look, and the place of the site.

    A pull request can carry a link.  In the first two it could publish files from elsewhere; in place of the site it
    would have MkDocs empty another folder.
    """
    if site.is_symlink():
        yield f"{site} is a symbolic link, and MkDocs would empty what it leads to; put a folder in its place"
    for folder in (docs, *([Path(look)] if look else [])):
        if folder.is_symlink():
            yield f"{folder} is a symbolic link, which could publish files from elsewhere"
            continue
        for root, folders, names in os.walk(folder, onerror=_raise):
            for name in sorted(folders + names):
                path = Path(root, name)
                if reason := _unfit(path):
                    yield f"{path} {reason}"


def _raise(error: OSError) -> None:
    raise error


def _unfit(path: Path) -> str:
    mode = path.lstat().st_mode
    if stat.S_ISLNK(mode):
        return "is a symbolic link, which could publish files from elsewhere"
    if stat.S_ISDIR(mode):
        return ""
    if not stat.S_ISREG(mode):
        return "is neither a file nor a folder"
    if path.suffix in _READ:
        # MkDocs ends with a traceback at a text that it cannot read.
        try:
            path.read_text(encoding="utf-8-sig")
        except UnicodeDecodeError as error:
            line = path.read_bytes().count(b"\n", 0, error.start) + 1
            return f"is not in UTF-8: line {line} holds the byte 0x{error.object[error.start]:02X}; save it as UTF-8"
    return ""


def addresses_taken(docs: Path, pages: Collection[str], owned: frozenset[str], config: MkDocsConfig) -> Iterator[str]:
    """Which files of docs/ stand where one of our pages belongs; `owned` are files that we wrote there."""
    by_address = {_address(path, config): path for path in pages}
    excluded = config.exclude_docs
    for root, _, names in os.walk(docs):
        for name in sorted(names):
            path = Path(root, name)
            inside = path.relative_to(docs).as_posix()
            if inside in owned or (excluded and excluded.match_file(inside) and inside not in pages):
                continue  # at a page's own path, the page would be excluded with it
            if page := by_address.get(_address(inside, config)):
                yield f"{path} stands where the page {page} belongs, which is made from the data"


def _address(path: str, config: MkDocsConfig) -> str:
    return File(path, None, config.site_dir, config.use_directory_urls).dest_uri
