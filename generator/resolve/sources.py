"""Where other systems keep partners, each with one place to ask."""

from __future__ import annotations

import re
from collections.abc import Mapping

from generator.model import PartnerSource, frozen
from generator.problems import define_error
from generator.resolve.references import References
from generator.schema.shapes import Sources, SourceShape

BAD_SOURCE = define_error(
    "bad-source",
    "A source that cannot be asked",
    meaning="Each source in sources.yml is one of three: a file, a web address (url, which begins with https:// or "
    "http://), or a database with a query. What belongs to another of the three means nothing: headers go along to a "
    "web address, a query to a database, and a sheet is one of a workbook.",
    fix="Write one of file, url and database, and no more with it than it takes.",
)

_PLACES = ("file", "url", "database")
_HEADER = re.compile(r"[A-Za-z0-9-]+: ?\S.*")


def resolve_sources(shape: Sources, references: References) -> Mapping[str, PartnerSource]:
    """Every source, by id."""
    sources = references.declare("source", shape.sources)
    for source in sources:
        references.check("department", source.department, source.place.at("department"))
        _check(source, references)
    return frozen(
        {
            one.id: PartnerSource(
                id=one.id,
                name=one.name or one.id,
                department=one.department,
                file=one.file or "",
                url=one.url or "",
                headers=tuple(one.headers),
                database=one.database or "",
                query=one.query or "",
                sheet=one.sheet or "",
                map=one.map or "",
                key=one.key or "",
                place=one.place,
            )
            for one in sources
        }
    )


def _check(source: SourceShape, references: References) -> None:
    """Report what does not go together; never what an address holds, which may be a secret."""
    given = [name for name in _PLACES if getattr(source, name)]
    if len(given) != 1:
        what = " and ".join(given) if given else "no place to ask"
        place = source.place.at(given[-1]) if given else source.place
        references.report(
            BAD_SOURCE, f"the source {source.id!r} has {what}", place, "write one of file, url and database"
        )
        return
    (kind,) = given
    for name, of in (("headers", ("url",)), ("query", ("database",)), ("sheet", ("file", "url"))):
        if getattr(source, name) and kind not in of:
            message = f"the source {source.id!r} has a {kind}, which takes no {name}"
            references.report(BAD_SOURCE, message, source.place.at(name), f"delete it, or write a {of[0]}")
    if source.url and not re.match(r"https?://[^/\s]|\$\{\w+\}", source.url):
        message = f"the url of {source.id!r} is no web address"
        hint = "it begins with https:// or http://; write a file as file, and a database as database"
        references.report(BAD_SOURCE, message, source.place.at("url"), hint)
    if source.database and not re.match(r"[a-z][a-z0-9_+]*://|\$\{\w+\}", source.database):
        message = f"the database of {source.id!r} has no address such as postgresql://reader@db.example.com/crm"
        references.report(BAD_SOURCE, message, source.place.at("database"), "it begins with the kind of database")
    if source.database and not source.query:
        message = f"the source {source.id!r} does not say what to ask the database for"
        references.report(BAD_SOURCE, message, source.place, "add a query, such as select name, website from accounts")
    for index, header in enumerate(source.headers):
        if not _HEADER.fullmatch(header):
            place = source.place.at("headers", index)
            hint = 'write the name, a colon and the value: "Authorization: Bearer ${CRM_TOKEN}"'
            references.report(BAD_SOURCE, f"this header of {source.id!r} has no name", place, hint)
