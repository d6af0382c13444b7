"""The changes of the inventory as an Atom feed (RFC 4287): an entry for each edition."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from xml.etree import ElementTree

from generator import paths
from generator.compare import Edition
from generator.model import Playbook

_ATOM = "http://www.w3.org/2005/Atom"


def text(playbook: Playbook, editions: Sequence[Edition]) -> str:
    """The text of the feed; `editions`, the newest first, is not empty."""
    company = playbook.settings.company
    feed = ElementTree.Element("feed", xmlns=_ATOM)
    _add(feed, "title", f"Partner changes, {company}" if company else "Partner changes")
    _add(feed, "id", _urn(sha256(company.encode()).hexdigest()))
    _add(feed, "updated", _moment(editions[0].moment))
    _link(feed, "self", paths.CHANGES_FEED)
    _link(feed, "alternate", paths.address(paths.CHANGES))
    for edition in editions:
        entry = ElementTree.SubElement(feed, "entry")
        _add(entry, "title", _title(edition))
        _add(entry, "id", _urn(edition.id))
        _add(entry, "updated", _moment(edition.moment))
        _add(ElementTree.SubElement(entry, "author"), "name", edition.author)
        _link(entry, "alternate", f"{paths.address(paths.CHANGES)}#{paths.edition_anchor(edition.id)}")
        _add(entry, "content", "\n".join(f"{change}." for change in edition.in_short))
    ElementTree.indent(feed)
    written = ElementTree.tostring(feed, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{written}\n'


def _title(edition: Edition) -> str:
    return edition.about if len(edition.in_short) > 1 else str(edition.in_short[0])


def _add(parent: ElementTree.Element, name: str, text: str) -> None:
    ElementTree.SubElement(parent, name).text = text


def _link(parent: ElementTree.Element, relation: str, target: str) -> None:
    ElementTree.SubElement(parent, "link", rel=relation, href=target)


def _urn(digest: str) -> str:
    """A name that stays wherever the site is served, from 32 or more hexadecimal digits."""
    return f"urn:uuid:{digest[:8]}-{digest[8:12]}-{digest[12:16]}-{digest[16:20]}-{digest[20:32]}"


def _moment(moment: datetime) -> str:
    return moment.isoformat().replace("+00:00", "Z")
