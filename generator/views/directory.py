"""The partner directory: every partner in one table, with the facts to look for."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from generator import paths
from generator.markdown import join
from generator.model import Partner
from generator.views.page import Context, Links, View, chip, count, listed, table

_HEADERS = (
    *("Partner", "Status", "Function", "Type", "Mode", "Department", "Owner"),
    *("Region", "Tier", "Segment", "Findings"),
)


def view(context: Context) -> View:
    """All partners by name; those whose relationships have all ended come last."""
    playbook = context.playbook
    links = Links(playbook, paths.PARTNERS)
    function, kind, mode, department, owner = map(
        cache, (links.function, links.type, links.mode, links.department, links.owner)
    )

    # Where nothing was found at all the column goes.
    no_finding = "none" if context.findings else ""

    def row(partner: Partner) -> Iterable[str]:
        current = partner.current or partner.relationships
        types = dict.fromkeys(t for r in current for t in r.types)
        found = len(context.findings_by_partner.get(partner.id, ()))
        return (
            links.partner(partner.id),
            chip(partner.status),
            join(", ", map(function, dict.fromkeys(playbook.types[t].function for t in types))),
            join(", ", map(kind, types)),
            join(", ", map(mode, dict.fromkeys(m for r in current for m in r.modes))),
            join(", ", map(department, dict.fromkeys(r.department for r in current))),
            join(", ", map(owner, dict.fromkeys(r.owner for r in current))),
            join(", ", dict.fromkeys(region for r in current for region in r.regions)),
            join(", ", dict.fromkeys(r.tier for r in current if r.tier)),
            join(", ", dict.fromkeys(r.segment for r in current if r.segment)),
            links.to(str(found), f"{paths.partner(partner.id)}#findings") if found else no_finding,
        )

    partners = sorted(playbook.partners.values(), key=lambda p: (not p.current, p.name.casefold(), p.id))
    ended = sum(not partner.current for partner in partners)
    return View(
        path=paths.PARTNERS,
        template="directory.md.j2",
        title="Partners",
        description="Every partner, with its type, its owner and the department that manages it.",
        facts={
            "title": "Partners",
            "number": count(len(partners) - ended, "partner"),
            "ended": count(ended, "former partner") if ended else "",
            "any": bool(partners),
            "partners": table(_HEADERS, map(row, partners)),
            "departments": listed(map(department, playbook.departments)),
        },
        place=context.inventory,
        hide=("toc", "navigation"),
        # Every partner's own page is found by its name; this page would stand in front of it.
        boost=0,
    )
