"""The packed XML files that workbooks are, read within bounds.

A few thousand bytes can unpack to terabytes, name one cell billions of times or hold a tag without an end, so
everything is counted while it is unpacked, and nothing is kept that was not counted.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from xml.parsers import expat

from generator.exchange.sheets.sheet import UnusableSheet

MOST_UNPACKED = 60_000_000
"""In bytes, of all parts that are read."""

MOST_TAGS = 1_100_000
_DEEPEST = 100
_MOST_PARTS = 5_000
_MOST_NAMES = 5_000
_LONGEST_TAG = 300_000
_CHUNK = 1 << 16
_ENTRY = b"PK\x01\x02"
"""What stands before each part in the list of them."""

# A workbook has parts that are packed otherwise as little as it has passwords.
_PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_UNPACKING_ERRORS = (
    *(KeyError, ValueError, OverflowError, RuntimeError, EOFError, OSError),
    *(zipfile.BadZipFile, zlib.error, struct.error),
)
"""Whatever the library may raise about a damaged file."""

_DAMAGED = "the workbook is damaged, or is none", "open it in your spreadsheet program and save it again"

Start = Callable[[str, Mapping[str, str]], None]
End = Callable[[str], None]


class Package:
    """A packed file; Unusable where its list of parts is damaged or too long."""

    def __init__(self, content: bytes) -> None:
        if content.count(_ENTRY) > _MOST_PARTS:
            raise UnusableSheet(
                f"the workbook has more than {_MOST_PARTS:,} parts", "save the one sheet that counts as CSV"
            )
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
        except _UNPACKING_ERRORS as error:
            raise UnusableSheet(*_DAMAGED) from error
        self.names = frozenset(self._zip.namelist())
        self._unpacked = 0
        self._tags = 0

    def text(self, name: str) -> str:
        """The text of a small part; of a large one its beginning."""
        return next(self._chunks(name), b"").decode("utf-8", "replace")

    def read(self, name: str, start: Start, end: End | None = None, text: Callable[[str], None] | None = None) -> None:
        """Go through a part: its elements by their names without prefix, and its text.

        Unusable where the part is missing, damaged or too large, or declares what would be expanded.
        """
        names: dict[str, str] = {}
        parser = expat.ParserCreate(None, None, names)
        parser.buffer_text = True
        parser.XmlDeclHandler = _known_encoding
        parser.StartDoctypeDeclHandler = _no_declarations
        parser.StartElementHandler, parser.EndElementHandler = _nested(start, end)
        if text is not None:
            parser.CharacterDataHandler = text
        fed = 0
        try:
            for chunk in self._chunks(name):
                self._count_tags(chunk)
                fed += len(chunk)
                parser.Parse(chunk, False)
                # The parser keeps names for good, and a tag until its end.
                if len(names) > _MOST_NAMES or fed - parser.CurrentByteIndex > _LONGEST_TAG:
                    raise UnusableSheet(*_DAMAGED)
            parser.Parse(b"", True)
        except expat.ExpatError as error:
            raise UnusableSheet(*_DAMAGED) from error

    def _count_tags(self, chunk: bytes) -> None:
        self._tags += chunk.count(b"<")
        if self._tags > MOST_TAGS:
            hint = "delete empty rows and columns with colors or borders, or save the sheet as CSV"
            raise UnusableSheet(f"the workbook has more than {MOST_TAGS:,} tags, of cells and others", hint)

    def _chunks(self, name: str) -> Iterator[bytes]:
        try:
            info = self._zip.getinfo(name)
            if info.flag_bits & 1:
                raise UnusableSheet("it is protected by a password", "save a copy without a password")
            if info.compress_type not in _PACKED:
                raise UnusableSheet(*_DAMAGED)
            with self._zip.open(info) as part:
                while chunk := part.read(_CHUNK):
                    self._unpacked += len(chunk)
                    if self._unpacked > MOST_UNPACKED:
                        message = f"the workbook unpacks to more than {MOST_UNPACKED:,} bytes"
                        raise UnusableSheet(message, "save the one sheet that counts as CSV")
                    yield chunk
        except (
            KeyError,
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            OSError,
            struct.error,
            NotImplementedError,
        ) as error:
            raise UnusableSheet(*_DAMAGED) from error


def _nested(start: Start, end: End | None) -> tuple[Start, End]:
    """Both, called by names without prefix, as long as elements do not stand in each other without end."""
    depth = 0

    def begin(name: str, attributes: Mapping[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > _DEEPEST:
            raise UnusableSheet(*_DAMAGED)
        start(name.rpartition(":")[2] if ":" in name else name, attributes)

    def finish(name: str) -> None:
        nonlocal depth
        depth -= 1
        if end is not None:
            end(name.rpartition(":")[2] if ":" in name else name)

    return begin, finish


def _known_encoding(_version: str, encoding: str | None, _standalone: int) -> None:
    """The parser asks Python for others, which knows many that are no way to store letters."""
    if encoding is not None and encoding.lower() not in ("utf-8", "utf-16", "us-ascii", "iso-8859-1"):
        raise UnusableSheet(*_DAMAGED)


def _no_declarations(*_: object) -> None:
    """What a declaration at the top names could be anything, any number of times; no workbook has one."""
    raise UnusableSheet(*_DAMAGED)


def attribute(attributes: Mapping[str, str], name: str) -> str | None:
    """An attribute by its name without prefix."""
    return next((value for key, value in attributes.items() if key.rpartition(":")[2] == name), None)
