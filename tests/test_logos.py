"""Logos: what may stand in data/logos/, whose they are, and that the site has them as they are."""

from __future__ import annotations

import os
import struct
from binascii import b2a_base64
from datetime import date
from pathlib import Path

import pytest

from generator.loading import load_folder
from generator.site import Site
from generator.source.pictures import size_of
from tests.kit import inventory, loaded, run, world_in


def png(width: int, height: int) -> bytes:
    return b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR" + struct.pack(">II", width, height) + b"and more"


def webp(chunk: bytes, *content: bytes) -> bytes:
    return b"RIFF\x04\0\0\0WEBP" + chunk + b"\x0a\0\0\0" + b"".join(content)


def of_frame(width: int, height: int) -> bytes:
    """The only frame of a WebP that loses detail."""
    return webp(b"VP8 ", b"\0\0\0\x9d\x01\x2a", struct.pack("<HH", width, height))


PNG = png(200, 100)
WEBP = of_frame(200, 100)
DRAWN = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9">{}</svg>'
# What editors leave behind, and what refers to the file itself.
FINE = DRAWN.format(
    '<sodipodi:namedview xmlns:sodipodi="http://x.example/s" path="C:\\a" base="url(b)"/><defs><g id="a"/></defs>'
    '<style>.a { fill: url(#a) }</style><use xlink:href="#a"/><rect fill="url( \'#a\' )" clip-path="url(#a)"/>'
    '<image href="data:image/png;base64,' + b2a_base64(PNG, newline=False).decode() + '"/><text>on url(x)</text>'
)
NO_SIZE = " be read: it does not say how large it is"
MOST = ": at most 4,096 each way"
TWO = inventory(acme="types: [shop], owner: ann", birch="types: [shop], owner: ann, formerly: [beech]")


def said(folder: Path, **logos: str | bytes) -> list[str]:
    """What is said of a company with these files in logos/; a name has an underscore for its dot."""
    data = world_in(folder, partners=TWO)
    for name, content in logos.items():
        path = data / "logos" / name.replace("_", ".")
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    found = load_folder(data).errors
    return [f"{one.place.file}:{one.place.line}:{one.place.column} {one.code.slug}: {one.message}" for one in found]


def test_each_kind_reaches_the_site_as_it_is(tmp_path: Path) -> None:
    """Expected: SVG, PNG and WebP are taken by what they hold; a former id names the partner who had it."""
    assert said(tmp_path, acme_svg=FINE, beech_png=PNG) == []
    (tmp_path / "logos" / ".DS_Store").write_bytes(b"\0")
    site = Site(loaded(tmp_path))
    assert {path: site.page(path).data for path in site.paths if path.startswith("logos/")} == {
        "logos/acme.svg": FINE.encode(),
        "logos/birch.png": PNG,
    }

    assert said(tmp_path, birch_webp=WEBP, beech_png=PNG) == []
    assert loaded(tmp_path).logos["birch"].kind == "webp"
    done = run("pages", "--data", str(tmp_path), "--out", str(tmp_path.with_name("out")))
    assert done.exit_code == 0, done.output
    assert tmp_path.with_name("out").joinpath("logos/birch.webp").read_bytes() == WEBP


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("acme_png", b"\xff\xd8\xff\xe0", "logos/acme.png:1:1 bad-logo: this is JPEG, and no PNG"),
        ("acme_svg", PNG, "logos/acme.svg:1:1 bad-logo: this is PNG, and no SVG"),
        ("acme_webp", b"RIFF\x04\x00\x00\x00WAVEfmt ", "logos/acme.webp:1:1 bad-logo: this is no WebP"),
        ("acme_svg", b"", "logos/acme.svg:1:1 bad-logo: this is no SVG"),
        ("acme_svg", "<svg>\n<g></svg>", "logos/acme.svg:2:6 bad-logo: this is no SVG: mismatched tag"),
        ("acme_svg", "<svg/>", "logos/acme.svg:1:1 bad-logo: this is XML, and no SVG"),
        ("acme_gif", b"GIF89a", "logos/acme.gif:1:1 bad-logo: logos/acme.gif is not named like a logo"),
        ("ac\tme_svg", FINE, "logos/ac\\tme.svg:1:1 bad-logo: logos/ac\\tme.svg is not named like a logo"),
        ("acne_svg", FINE, "logos/acne.svg:1:1 unknown-id: there is no partner 'acne'"),
        (
            "acme_png",
            PNG[:8],
            "logos/acme.png:1:1 bad-logo: the picture cannot" + NO_SIZE,
        ),
        (
            "acme_png",
            png(0, 9),
            "logos/acme.png:1:1 bad-logo: the picture cannot" + NO_SIZE,
        ),
        ("acme_png", png(25_000, 9), "logos/acme.png:1:1 bad-logo: the picture is 25,000 by 9 pixels" + MOST),
        ("acme_webp", of_frame(9, 16_383), "logos/acme.webp:1:1 bad-logo: the picture is 9 by 16,383 pixels" + MOST),
        (
            "acme_webp",
            webp(b"VP8L", b"\x2f", struct.pack("<I", 16_382 | 4_096 << 14)),
            "logos/acme.webp:1:1 bad-logo: the picture is 16,383 by 4,097 pixels" + MOST,
        ),
        (
            "acme_webp",
            webp(b"VP8X", bytes(4), b"\xff\xff\x00", b"\x00\x10\x00"),
            "logos/acme.webp:1:1 bad-logo: the picture is 65,536 by 4,097 pixels" + MOST,
        ),
        (
            "acme_webp",
            webp(b"VP8 ", b"no frame"),
            "logos/acme.webp:1:1 bad-logo: the picture cannot" + NO_SIZE,
        ),
        ("acme_png", PNG + bytes(100_000), "logos/acme.png:1:1 too-big: the file is larger than 100,000 bytes"),
    ],
)
def test_what_is_no_logo(tmp_path: Path, name: str, content: str | bytes, message: str) -> None:
    """Expected: the file, and what it is instead of a logo of ours."""
    assert said(tmp_path, **{name: content}) == [message]


def level(number: int, times: int = 10, refer: str = '<use href="#l{}"/>', of: str = "g") -> str:
    """An element that refers so often to the one of the level below."""
    return f'<{of} id="l{number}">{refer.format(number - 1) * times}</{of}>'


def levels(*, of: str = "g", refer: str = '<use href="#l{}"/>', style: str = "") -> str:
    """Nine levels, each of which draws the one below ten times."""
    above = "".join(level(number, refer=refer, of=of) for number in range(1, 10))
    return DRAWN.format(f'{style}<{of} id="l0"><rect/></{of}>{above}{refer.format(9)}')


USED, FILTERED = '<use href="#p"/>', '<g filter="url(#f)"/>'
OFTEN = "shapes that are repeated too often"
STYLES = "".join(f".c{number} {{ fill: url(#l{number}) }}" for number in range(10))
TOO_MUCH = {
    "uses": (levels(), OFTEN),
    "uses of xlink": (levels(refer='<use xlink:href="#l{}" href="#none"/>'), OFTEN),
    "escaped uses": (levels(refer='<use href=" #%6c{}"/>'), OFTEN),
    "symbols": (levels(of="symbol"), OFTEN),
    "patterns": (levels(of="pattern", refer='<rect fill="url(#l{})"/>'), OFTEN),
    "patterns around": (
        DRAWN.format(
            '<pattern id="l0"><rect/></pattern>'
            + "".join(
                f'<g fill="url(#l{n - 1})"><pattern id="l{n}">{"<rect/>" * 10}</pattern></g>' for n in range(1, 10)
            )
        ),
        OFTEN,
    ),
    "patterns of a style": (
        levels(of="pattern", refer='<rect class="c{}"/>', style=f"<style>/*}}*/ @media all {{ {STYLES} }}</style>"),
        OFTEN,
    ),
    "patterns beside texts": (
        levels(of="pattern", refer='<rect class="c{}"/>', style=f"<style>.x {{ x: '/*{{'; }} {STYLES}</style>"),
        OFTEN,
    ),
    "masks": (levels(of="mask", refer='<g mask="url(#l{})"/>'), OFTEN),
    "masks of style attributes": (levels(of="mask", refer="<g style=\"mask: url( '#l{}' )\"/>"), OFTEN),
    "markers": (
        DRAWN.format(f'<marker id="m">{"<rect/>" * 500}</marker><path marker-mid="url(#m)" d="M{"1,1 " * 500}"/>'),
        OFTEN,
    ),
    "filters": (
        DRAWN.format(f'<filter id="f">{"<feTile/>" * 40}</filter>{FILTERED * 40}'),
        OFTEN,
    ),
    "a long path": (DRAWN.format(f'<path id="p" d="M{"1 " * 20_000}"/>{USED * 60}'), OFTEN),
    "a long text": (DRAWN.format(f'<text id="p">{"word " * 8_000}</text>{USED * 60}'), OFTEN),
    "nesting": (DRAWN.format("<g>" * 3_000 + "</g>" * 3_000), "elements that are nested more than 100 deep"),
    "nested uses": (
        DRAWN.format('<g id="l0"/>' + "".join(level(number, 1) for number in range(1, 200))),
        "parts that refer to each other more than 100 deep",
    ),
    "nested uses, the last first": (
        DRAWN.format("".join(level(number, 1) for number in range(200, 0, -1)) + '<g id="l0"/>'),
        "parts that refer to each other more than 100 deep",
    ),
    "itself": (DRAWN.format('<g id="a"><use href="#a"/></g>'), "a part that draws itself"),
    "a variable": (
        DRAWN.format('<g style="--x: url(#a)"/>'),
        "a variable of a style that refers to a part of it",
    ),
    "a picture": (
        DRAWN.format(f'<image href="data:image/png;base64,{b2a_base64(png(9, 5_000), newline=False).decode()}"/>'),
        "a picture that is 9 by 5,000 pixels: at most 4,096 each way",
    ),
    "a picture of a style": (
        DRAWN.format(f'<style>g {{ mask: url("data:image/png;base64,{b2a_base64(png(1, 9_999)).decode()}") }}</style>'),
        "a picture that is 1 by 9,999 pixels: at most 4,096 each way",
    ),
    "many pictures": (
        DRAWN.format(f'<image href="data:image/png;base64,{b2a_base64(PNG, newline=False).decode()}"/>' * 11),
        "more than 10 pictures",
    ),
    "masks by another name": (levels(of="mask", refer='<g style="-webkit-mask-image: url(#l{})"/>'), OFTEN),
    "another": (
        DRAWN.format('<image href="data:image/jpeg;base64,/9j/4AAEAAD/wgAICP//AAk="/>'),
        "a picture that is 9 by 65,535 pixels: at most 4,096 each way",
    ),
}


@pytest.mark.parametrize("case", TOO_MUCH)
def test_what_would_keep_a_browser_busy_is_refused(tmp_path: Path, case: str) -> None:
    """Expected: an error for what repeats itself, is nested or is larger than a logo needs."""
    content, what = TOO_MUCH[case]
    (found,) = said(tmp_path, acme_svg=content)
    assert found.partition(" ")[2] == f"unsafe-logo: a logo may not hold {what}"


def test_what_repeats_a_little_is_shown(tmp_path: Path) -> None:
    """Expected: what design programs write is fine: a gradient that all is painted with, parts used several times, the
    style of a class, a clip path around all, and pictures of the usual kinds.
    """
    pictures = {"jpeg": "/9j/4AAEAAD/wgAICAAJAAk=", "gif": "R0lGODlhCQAJAA==", "png": b2a_base64(PNG).decode()}
    shapes = f'<path class="cls-1" d="M{"1 1 " * 100}"/>' * 50
    content = DRAWN.format(
        '<style>.cls-1, .cls-2 { fill: url(#g) } .cls-3{clip-path:url("#c")} text { font: 9px "A {b}" }</style>'
        '<g fill="url(#g)" class="cls-3"><defs><linearGradient id="g" href="#h"><stop/></linearGradient>'
        '<linearGradient id="h"><stop/></linearGradient><clipPath id="c"><rect/></clipPath></defs>'
        f'<symbol id="p">{shapes}</symbol>{USED * 9}</g><a href="#s"/><use href="#"/><use href="#none"/>'
        + "".join(f'<image href="data:image/{kind};base64,{text}"/>' for kind, text in pictures.items())
    )
    assert said(tmp_path, acme_svg=content) == []


@pytest.mark.parametrize(
    "content", [b"", b"\xff", b"\xff\xd8\x00", b"\xff\xd8\xff\xe0\x00\x04\x00\x00\x00", b"GIF89a\x01"]
)
def test_what_says_no_size_has_none(content: bytes) -> None:
    """Expected: nothing, wherever the file ends or goes wrong."""
    assert size_of(content) is None


def test_a_picture_that_is_no_base64(tmp_path: Path) -> None:
    """Expected: it is told like any other that says no size."""
    (found,) = said(tmp_path, acme_svg=DRAWN.format('<image href="data:image/png;base64,a"/>'))
    assert "unsafe-logo" in found


@pytest.mark.parametrize("style", ["url(", '"', "/*", "a", "{", "*{fill:url(#a)}", "@a{.b{"])
def test_no_style_takes_long_to_read(tmp_path: Path, style: str) -> None:
    """Expected: an answer, whatever the largest style is made of: each part of it is looked at once."""
    said(tmp_path, acme_svg=DRAWN.format(f"<style>{style * (90_000 // len(style))}</style>{'<g/>' * 2_000}"))


@pytest.mark.parametrize(
    ("inside", "message"),
    [
        ("<script>x</script>", "the element <script>"),
        ('<g xmlns:s="http://www.w3.org/2000/svg"><s:SCRIPT/></g>', "the element <SCRIPT>"),
        ("<foreignObject/>", "the element <foreignObject>"),
        ('<i xmlns="http://www.w3.org/1999/xhtml"/>', "the element <i>"),
        ('<set attributeName="href" to="x"/>', "the element <set>"),
        ('<g onload="x"/>', "the event handler onload"),
        ('<g xmlns:e="http://www.w3.org/2001/xml-events" e:event="x"/>', "the event handler event"),
        ('<g xml:base="//x.example/"/>', "the attribute xml:base"),
        ('<image href="//x.example/a.png"/>', "a reference to something outside (href)"),
        ('<a xlink:href="JavaScript:x()"/>', "a reference to something outside (href)"),
        ('<image href="data:image/svg+xml;base64,x"/>', "a reference to something outside (href)"),
        ('<g fill="URL( &quot;https://x.example&quot;)"/>', "a reference to something outside (fill)"),
        ('<g fill="u\\72l(//x.example)"/>', "a reference to something outside (fill)"),
        ("<style>@import 'x.css';</style>", "a style that loads something from outside"),
        ("<style>a { fill: url<![CDATA[(//x)]]> }</style>", "a style that loads something from outside"),
        ("<style>a { mask: image-set('x' 1x) }</style>", "a style that loads something from outside"),
        ("<?xml-stylesheet href='x'?>", "the instruction <?xml-stylesheet?>"),
    ],
)
def test_more_than_shapes(tmp_path: Path, inside: str, message: str) -> None:
    """Expected: a script, an event, a movement or a reference to elsewhere is named with its place."""
    [told] = said(tmp_path, acme_svg=DRAWN.format(f"\n{inside}\n"))

    assert told.startswith("logos/acme.svg:2:")
    assert told.endswith(f"unsafe-logo: a logo may not hold {message}")


def test_everything_wrong_at_once(tmp_path: Path) -> None:
    """Expected: each thing once, with its first place; of a document type nothing is read on."""
    bad = DRAWN.format("\n<script/><g onload='a'/>\n<g onload='b'/>")
    bomb = "<!DOCTYPE svg [<!ENTITY a 'aa'>]><svg>&a;</svg>"

    assert [line.split(":", 2)[2].split(" ", 1)[1] for line in said(tmp_path, acme_svg=bad, birch_svg=bomb)] == [
        "unsafe-logo: a logo may not hold the element <script>",
        "unsafe-logo: a logo may not hold the event handler onload",
        "unsafe-logo: a logo may not hold a document type (<!DOCTYPE>)",
    ]
    assert said(tmp_path, acne_png=b"GIF89a") == [
        "logos/acne.png:1:1 bad-logo: this is GIF, and no PNG",
        "logos/acne.png:1:1 unknown-id: there is no partner 'acne'",
    ]
    assert said(tmp_path, acme_png=PNG, acme_svg=FINE) == [
        "logos/acme.svg:1:1 bad-logo: logos/acme.png is the logo of 'acme' already"
    ]


def test_what_is_no_file(tmp_path: Path) -> None:
    """Expected: a link is not followed, a folder is no logo, and logos/ itself is a folder that can be read."""
    data = world_in(tmp_path / "data", partners=TWO)
    (data / "logos" / "acme.svg").mkdir(parents=True)
    if hasattr(os, "symlink"):
        (data / "logos" / "birch.svg").symlink_to(tmp_path / "elsewhere.svg")
    assert {one.code.slug for one in load_folder(data).errors} == {"not-a-file"}

    data = world_in(tmp_path / "data", partners=TWO)
    (data / "logos").write_text("")
    [problem] = load_folder(data).errors
    assert problem.message == "logos is a file, not a folder"


def test_a_folder_that_cannot_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Expected: one problem that says so, and none where there is no folder at all."""
    data = world_in(tmp_path, partners=TWO)
    (data / "logos").mkdir()
    listed = os.listdir

    def refuse(path: str | Path) -> list[str]:
        if Path(path).name == "logos":
            raise PermissionError(13, "Permission denied")
        return listed(path)

    monkeypatch.setattr(os, "listdir", refuse)
    [problem] = load_folder(data).errors

    assert (problem.code.slug, problem.place.file) == ("unreadable-file", "logos")


def test_an_audience_sees_no_logo_of_whom_it_does_not_see(tmp_path: Path) -> None:
    """Expected: with the partner its logo goes, and the others stay."""
    partners = inventory(acme="types: [shop], owner: ann, status: prospect", birch="types: [shop], owner: ann")
    settings = "audiences: [{id: everyone, name: Everyone, hides: [prospect]}]\n"
    data = world_in(tmp_path, partners=partners, settings=settings)
    (data / "logos").mkdir()
    for name in ("acme", "birch"):
        (data / "logos" / f"{name}.png").write_bytes(PNG)
    seen = load_folder(data, date(2026, 6, 1)).for_audience("everyone").playbook

    assert seen is not None
    assert [path for path in Site(seen).paths if path.startswith("logos/")] == ["logos/birch.png"]
