"""The logos of partners: files in logos/, each a picture that can be shown and holds nothing but shapes."""

from __future__ import annotations

import binascii
import os
import re
import stat
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote_to_bytes
from xml.parsers import expat

from generator.problems import Place, Problem, define_error
from generator.source.drawn import DrawnParts, TooMuch
from generator.source.folder import LOGOS, NOT_A_FILE, kind, unreadable
from generator.source.pictures import size_of
from generator.source.reading import TOO_BIG, read_bytes

BAD_LOGO = define_error(
    "bad-logo",
    "A logo that cannot be used",
    meaning="A file in logos/ is shown as the logo of the partner whose id it is named by. It has to be a picture of "
    "the kind that its name ends in: SVG, PNG or WebP. What it is, its content says and not its name. It is shown "
    "small, and browsers need as much memory as its width and height ask for.",
    fix="Export the logo as one of the three kinds, and name it by the partner's id, as acme-controls.svg.",
)
UNSAFE_LOGO = define_error(
    "unsafe-logo",
    "A logo that does more than show a picture",
    meaning="An SVG file can hold scripts, react to events, move, and load other files. A logo is shown to everybody, "
    "so it may hold shapes and text alone, and refer to nothing outside of itself. Nor may it repeat them so often "
    "that browsers stand still.",
    fix="Export it anew as plain or optimized SVG, or as PNG; or delete what is named.",
)

KINDS = ("svg", "png", "webp")
_MOST = 100_000
_LARGEST = 4_096
"""So many pixels wide and high may a picture be."""
_PICTURES = 10
"""So many may stand in a drawing."""
_NAME = re.compile(rf"([a-z0-9]+(?:-[a-z0-9]+)*)\.({'|'.join(KINDS)})")
_NAMED = "name it by the partner's id, and by its kind: acme.svg, acme.png or acme.webp"

# How the content of files begins (https://mimesniff.spec.whatwg.org/#matching-an-image-type-pattern).
_BEGINNINGS = {
    "png": re.compile(rb"\x89PNG\r\n\x1a\n"),
    "webp": re.compile(rb"RIFF.{4}WEBPVP", re.DOTALL),
    "JPEG": re.compile(rb"\xff\xd8\xff"),
    "GIF": re.compile(rb"GIF8[79]a"),
    "PDF": re.compile(rb"%PDF-"),
    "compressed SVG": re.compile(rb"\x1f\x8b\x08"),
    "svg": re.compile(rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?\s*\0?<"),
}
_CALLED = {"svg": "SVG", "png": "PNG", "webp": "WebP"}
_KINDS_ARE = "logos are SVG, PNG or WebP"

_SVG = "http://www.w3.org/2000/svg"
_XML = "http://www.w3.org/XML/1998/namespace"
_EVENTS = "http://www.w3.org/2001/xml-events"
# Elements of these do what they do on pages; those of others, such as editors leave behind, do nothing.
_ACTIVE = ("http://www.w3.org/1999/xhtml", "http://www.w3.org/1998/Math/MathML")
_REFUSED = frozenset(
    (
        *("script", "handler", "listener", "foreignobject", "iframe", "embed", "object", "audio", "video", "canvas"),
        *("animate", "animatecolor", "animatemotion", "animatetransform", "set", "discard"),
    )
)
_PICTURE = "data:image/(?:png|jpeg|gif|webp);base64,"
_WRITTEN_OUT = re.compile(rf"{_PICTURE}([^\"')]*)", re.IGNORECASE)
_INSIDE = re.compile(rf"\s*(?:#|{_PICTURE})", re.IGNORECASE)
_URL = re.compile(r"url\s*\(\s*[\"']?", re.IGNORECASE)
# Other ways in which a style names files (https://drafts.csswg.org/css-images-4/), and the one to hide a name.
_LOADS = re.compile(r"@import|(?<![\w-])(?:src|image|(?:-webkit-)?image-set|cross-fade)\s*\(|\\", re.IGNORECASE)


class LogoFile(NamedTuple):
    """A logo: the id that its file is named by, one of KINDS, and its bytes; none where they cannot be shown."""

    name: str
    kind: str
    content: bytes
    place: Place


def read_logos(folder: Path) -> tuple[list[LogoFile], list[Problem]]:
    """The logos of a data folder by name, and what is wrong with them."""
    try:
        if not stat.S_ISDIR(mode := (folder / LOGOS).lstat().st_mode):
            what = kind(mode) if not stat.S_ISREG(mode) else "a file"
            message = f"{LOGOS} is {what}, not a folder"
            return [], [Problem(NOT_A_FILE, message, Place(LOGOS), "put an ordinary folder in its place")]
        names = sorted(name for name in os.listdir(folder / LOGOS) if not name.startswith("."))
    except (FileNotFoundError, NotADirectoryError):
        return [], []
    except OSError as error:
        return [], [unreadable(error, LOGOS)]
    logos: dict[str, LogoFile] = {}
    problems: list[Problem] = []
    for name in names:
        logo, found = _read(folder / LOGOS / name, name)
        problems += found
        if logo is not None:
            first = logos.setdefault(logo.name, logo)
            if first is not logo:
                message = f"{first.place.file} is the logo of {logo.name!r} already"
                problems.append(Problem(BAD_LOGO, message, logo.place, "delete one of the two"))
    return list(logos.values()), problems


def _read(path: Path, name: str) -> tuple[LogoFile | None, list[Problem]]:
    # A name may hold bytes and characters that cannot be printed; a place must be printable.
    place = Place(f"{LOGOS}/{name if name.isprintable() else ascii(name)[1:-1]}")
    named = _NAME.fullmatch(name)
    if named is None:
        return None, [Problem(BAD_LOGO, f"{place.file} is not named like a logo", place, _NAMED)]
    content, problem = read_bytes(path, place.file, _MOST)
    if problem is not None:
        too_big = problem.code is TOO_BIG
        problem = replace(problem, hint="export it smaller: it is shown small") if too_big else problem
        return LogoFile(named[1], named[2], b"", place), [problem]
    ident, ending = named.groups()
    found = next((what for what, begins in _BEGINNINGS.items() if begins.match(content)), "")
    if found == ending:
        problems = [*(_wrong_in_svg if found == "svg" else _wrong_in_picture)(content, place)]
        return LogoFile(ident, ending, b"" if problems else content, place), problems
    message = f"this is {_CALLED.get(found, found)}, and no" if found else "this is no"
    hint = f"name it {ident}.{found}" if found in KINDS else f"{_KINDS_ARE}: export it as one of them"
    return LogoFile(ident, ending, b"", place), [Problem(BAD_LOGO, f"{message} {_CALLED[ending]}", place, hint)]


def _wrong_in_picture(content: bytes, place: Place) -> Iterator[Problem]:
    if wrong := _too_large(content):
        yield Problem(BAD_LOGO, f"the picture {wrong}", place, "export it anew, and smaller: it is shown small")


def _too_large(picture: bytes) -> str:
    """Why a picture cannot be shown; empty where it can."""
    size = size_of(picture)
    if size is None:
        return "cannot be read: it does not say how large it is"
    return f"is {size[0]:,} by {size[1]:,} pixels: at most {_LARGEST:,} each way" if max(size) > _LARGEST else ""


def _wrong_in_svg(content: bytes, place: Place) -> Iterator[Problem]:
    """What keeps a file from being shown as SVG: it is none, or it holds more than shapes; each kind once."""
    drawing = _Drawing()
    try:
        drawing.read(content)
    except expat.ExpatError as error:
        message = f"this is no SVG: {expat.ErrorString(error.code)}"
        yield Problem(BAD_LOGO, message, place._replace(line=error.lineno, column=error.offset + 1), _KINDS_ARE)
        return
    except _Enough:
        pass
    else:
        if not drawing.is_svg:
            yield Problem(BAD_LOGO, "this is XML, and no SVG", place, _KINDS_ARE)
            return
    for message, (line, column) in drawing.found.items():
        yield Problem(UNSAFE_LOGO, message, place._replace(line=line, column=column), "delete it, or export it anew")


class _Enough(Exception):
    """What was found already is reason enough to read no further."""


class _Drawing:
    """What a parser finds in an SVG file."""

    def __init__(self) -> None:
        self.is_svg = False
        self.found: dict[str, tuple[int, int]] = {}
        """What must not be there, with the line and the column where it first is."""
        self._depth = self._number = 0
        self._drawn = DrawnParts()
        self._sheets: list[str] = []
        self._styles: list[str] = []
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.StartElementHandler = self._begins
        self._parser.EndElementHandler = self._ends
        self._parser.CharacterDataHandler = self._text
        self._parser.StartDoctypeDeclHandler = self._document_type
        self._parser.ProcessingInstructionHandler = lambda target, _: self._say(f"the instruction <?{target}?>")
        self._within_style = 0

    def read(self, content: bytes) -> None:
        """Look through a file; ExpatError where it is not well-formed, _Enough where it may grow without end."""
        try:
            self._parser.Parse(content, True)
            self._drawn.measure(self._sheets)
        except TooMuch as much:
            self._say(str(much))
            raise _Enough from None

    def _say(self, what: str) -> None:
        where = self._parser.CurrentLineNumber, self._parser.CurrentColumnNumber + 1
        self.found.setdefault(f"a logo may not hold {what}", where)

    def _document_type(self, *_: object) -> None:
        # It may define texts that hold each other a billion times.
        self._say("a document type (<!DOCTYPE>)")
        raise _Enough

    def _begins(self, name: str, attributes: Mapping[str, str]) -> None:
        space, _, element = name.rpartition(" ")
        if not self._depth:
            self.is_svg = (space, element) == (_SVG, "svg")
        self._depth += 1
        if space in _ACTIVE or (space == _SVG and element.casefold() in _REFUSED):
            self._say(f"the element <{element}>")
        self._within_style += element == "style"
        for attribute, value in attributes.items():
            self._attribute(space, *attribute.rpartition(" ")[::2], value)
        self._drawn.begins(element, attributes)

    def _attribute(self, of: str, space: str, name: str, value: str) -> None:
        self._pictures(value)
        if name.casefold().startswith("on") or space == _EVENTS:
            self._say(f"the event handler {name}")
        elif (space, name) == (_XML, "base"):
            self._say("the attribute xml:base")
        elif name.casefold() in ("href", "src"):
            if not _INSIDE.match(value):
                self._say(f"a reference to something outside ({name})")
        elif of == _SVG and not space and self._loads(value):
            self._say(f"a reference to something outside ({name})")

    def _pictures(self, value: str) -> None:
        """Those that are written out in a value."""
        for data in _WRITTEN_OUT.findall(value):
            if wrong := _too_large(_decoded(data)):
                self._say(f"a picture that {wrong}")
            self._number += 1
            if self._number > _PICTURES:
                self._say(f"more than {_PICTURES} pictures")

    def _text(self, text: str) -> None:
        self._drawn.says(text)
        if self._within_style:
            self._styles.append(text)

    def _ends(self, name: str) -> None:
        if name.rpartition(" ")[2] == "style":
            self._within_style -= 1
            self._sheets.append("".join(self._styles))
            self._pictures(self._sheets[-1])
            if self._loads(self._sheets[-1]):
                self._say("a style that loads something from outside")
            self._styles = []
        self._depth -= 1
        self._drawn.ends()

    @staticmethod
    def _loads(style: str) -> bool:
        return bool(_LOADS.search(style)) or any(
            not _INSIDE.match(style, address.end()) for address in _URL.finditer(style)
        )


def _decoded(text: str) -> bytes:
    """The bytes that are written as base64; none where they are not."""
    try:
        return binascii.a2b_base64(unquote_to_bytes(text))
    except ValueError:
        return b""
