"""Pages and files of ours as MkDocs has them among its own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File
from mkdocs.structure.pages import Page
from mkdocs.utils import weak_property

from generator.sinks.files import named

SAID = ("meta", "markdown", "content", "toc")
"""What MkDocs gives a page when it reads it."""


class Maker(Protocol):
    """Who makes the pages that MkDocs is not given."""

    def said(self, page: OurPage, name: str) -> Any:
        """What such a page says: one of SAID."""


class OurFile(File):
    """A page of ours among the files of MkDocs."""

    direct = False
    """Whether MkDocs leaves it alone."""

    def leave_alone(self, maker: Maker) -> None:
        """Have MkDocs know the address of the page, and no more; what it says, the `maker` is asked."""
        assert self.url  # it is worked out once, for as long as this is a page
        self.direct = True
        page: Any = self.page
        page.__class__, page.maker = OurPage, maker
        for name in SAID:
            delattr(page, name)

    def is_documentation_page(self) -> bool:
        return not self.direct

    def copy_file(self, dirty: bool = False) -> None:
        """Nothing: it is written elsewhere."""


class OurPage(Page):
    """A page that MkDocs is not given: a template that asks what another page than its own says finds what MkDocs would
    have read, whether that is made yet or not.
    """

    maker: Maker

    def __getattr__(self, name: str) -> Any:
        if name not in SAID:
            raise AttributeError(name)
        return self.maker.said(self, name)

    @weak_property
    def title(self) -> str:
        return str(self.meta["title"])


class OurData(File):
    """A file of ours that is no page: it is made when somebody asks what is in it, unless that was given meanwhile."""

    make: Callable[[], bytes] | None = None
    later: list[OurData] | None = None
    """Where it is put to be written when the pages are; None: it is written where MkDocs copies it."""

    @classmethod
    def of(cls, config: MkDocsConfig, path: str, make: Callable[[], bytes]) -> OurData:
        """The file of this path."""
        file = cls.generated(config, path, content=b"")
        assert isinstance(file, cls)
        file.make = make
        return file

    @property
    def content_bytes(self) -> bytes:
        return self.make() if self.make is not None else super().content_bytes

    @content_bytes.setter
    def content_bytes(self, value: bytes) -> None:
        self.make, self._content = None, value

    @property
    def content_string(self) -> str:
        return self.content_bytes.decode()

    @content_string.setter
    def content_string(self, value: str) -> None:
        self.content_bytes = value.encode()

    def copy_file(self, dirty: bool = False) -> None:  # noqa: ARG002
        if self.later is None:
            self.write()
        else:
            self.later.append(self)

    def write(self) -> None:
        """Put it into the site: MkDocs would end the lines of a text as the system does; bytes stay as they are."""
        put(Path(self.abs_dest_path), self.content_bytes)


def put(path: Path, content: bytes) -> None:
    """Write a file of the site, with the folders above it."""
    # Where a disk is full, the system does not say which one.
    with named(path):
        try:
            path.write_bytes(content)
        except FileNotFoundError:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
