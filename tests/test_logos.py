"""Logos: what may stand in data/logos/, whose they are, and that the site has them as they are."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from generator.loading import load_folder
from generator.site import Site
from tests.kit import inventory, loaded, run, world_in

PNG = b"\x89PNG\r\n\x1a\nand more"
WEBP = b"RIFF\x04\x00\x00\x00WEBPVP8 "
DRAWN = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9">{}</svg>'
# What editors leave behind, and what refers to the file itself.
FINE = DRAWN.format(
    '<sodipodi:namedview xmlns:sodipodi="http://x.example/s" path="C:\\a" base="url(b)"/><defs><g id="a"/></defs>'
    '<style>.a { fill: url(#a) }</style><use xlink:href="#a"/><rect fill="url( \'#a\' )" clip-path="url(#a)"/>'
    '<image href="data:image/png;base64,iVBORw0KGgo="/><text>on url(x)</text>'
)
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
        ("acme_png", PNG + bytes(100_000), "logos/acme.png:1:1 too-big: the file is larger than 100,000 bytes"),
    ],
)
def test_what_is_no_logo(tmp_path: Path, name: str, content: str | bytes, message: str) -> None:
    """Expected: the file, and what it is instead of a logo of ours."""
    assert said(tmp_path, **{name: content}) == [message]


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
