"""Imports of small sheets, most of them from public reports about tools of this kind, with names that are made up."""

from __future__ import annotations

import csv
import io
import shutil
from pathlib import Path
from typing import NamedTuple

from click.testing import Result

from generator.model import Entry, Partner, Playbook
from tests.kit import loaded, run

HERE = Path(__file__).parent
CASES = HERE / "cases"


class Asked(NamedTuple):
    """A line of the review file."""

    field: str
    value: str
    rows: str
    reason: str
    choices: str
    decision: str


class Company:
    """A copy of the small company beside this file; everything is imported into its department channel-sales."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        shutil.copytree(HERE / "data", folder / "data")

    def take(self, *lines: str, name: str = "our.csv", options: tuple[str, ...] = ()) -> Result:
        """Import these lines, or the sheet that is there already; nothing is ever said by a traceback."""
        if lines:
            (self.folder / name).write_text("\n".join(lines) + "\n", "utf-8")
        result = run("import", name, "--department", "channel-sales", *options)
        assert "bug of playbook" not in result.output, result.output
        return result

    def case(self, name: str, options: tuple[str, ...] = ()) -> Result:
        """Import a copy of a case."""
        path = self.folder / Path(name).name
        shutil.copy(CASES / name, path)
        beside = (CASES / name).with_suffix(".columns.yml")
        if beside.exists():
            shutil.copy(beside, self.folder)
        return self.take(name=path.name, options=options)

    def add(self, text: str, file: str = "partners.yml", above: str = "  - id: alliances") -> None:
        """Write more into a data file."""
        path = self.folder / "data" / file
        path.write_text(path.read_text("utf-8").replace(above, text + above, 1), "utf-8")

    def known(self, ident: str, name: str, more: str = "") -> None:
        """Record a partner."""
        self.add(f"      - {{id: {ident}, name: {name!r}, types: [isv-ihv], owner: maya-okafor{more}}}\n")

    @property
    def data(self) -> str:
        return (self.folder / "data" / "partners.yml").read_text("utf-8")

    @property
    def playbook(self) -> Playbook:
        return loaded(self.folder / "data")

    @property
    def partners(self) -> dict[str, Partner]:
        """Those that are new."""
        return {
            ident: partner
            for ident, partner in self.playbook.partners.items()
            if ident not in ("bluefen-technik", "castel-mendes")
        }

    def entry(self, ident: str) -> Entry:
        return self.playbook.partners[ident].entries[0]

    def asked(self, name: str = "our") -> list[Asked]:
        """The lines of the review file; none where nothing is asked."""
        path = self.folder / f"{name}.review.csv"
        lines = list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig")))) if path.exists() else []
        return [Asked(**{field: line[field] for field in Asked._fields}) for line in lines]

    def decide(self, decisions: dict[str, str], name: str = "our") -> None:
        """Fill in the column decision, by value, or by field where a question has none."""
        path = self.folder / f"{name}.review.csv"
        lines = list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"))))
        out = io.StringIO()
        writer = csv.DictWriter(out, list(lines[0]))
        writer.writeheader()
        for line in lines:
            writer.writerow({**line, "decision": decisions.get(line["value"] or line["field"], line["decision"])})
        path.write_text(out.getvalue(), "utf-8")
