"""All that an import says of a sheet that is wrong or unclear: reports, notes, questions and the column map, whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.kit import data_in, run
from tests.test_exchange import FILES, PARTNERS

EXPECTED = Path(__file__).parent / "golden" / "imports.txt"
STRATEGY = "objectives: [{id: grow, title: Grow abroad}]\n"
MAP = "# The column map of a spreadsheet.\n"

SHEETS: dict[str, tuple[str, list[str]]] = {
    "a column map with mistakes": (
        MAP
        + "colums: {}\nvalues: {tier: Gold, teir: {Gold: Premier}, xyzzy: {a: b}}\ndefaults: [a]\n"
        + "columns: {Name: nam, Owner: [a], Type: ignore, What: xyzzy}\n",
        ["Name,Owner,Type,What", "Delta,Ann Lee,Shop,x"],
    ),
    "a column map that is none": (f"{MAP}- a\n", ["Name", "Delta"]),
    "a column map of another sheet": (
        f"{MAP}columns: {{Nme: name, Comment: notes, Gone: ignore}}\n",
        ["Name,Comments", "Delta,x"],
    ),
    "two columns of one field": ("", ["Partner,Name,Owner,Owner", "Delta,Delta,Ann Lee,Bo"]),
    "no column of names": ("", ["Owner,Type,", "Ann Lee,Shop,x"]),
    "rows that disagree": (
        "",
        [
            "Our partners,,,,",
            "Name,Type,Owner,Regions,Tier",
            "Delta,Shop,Ann Lee,EMEA,Premier",
            "Delta,Agent,Bo Díaz,APAC,Select",
        ],
    ),
    "values that nobody can tell": (
        "",
        [
            "Name,Type,Owner,Mode,Regions,Tier,Offers,Objectives,Status,Lead,Domain,Reviewed date,Reviewed by,Via",
            "Delta,VAR,Jo Kim,Lite,EMEA / Mars,Gold,Gatway,Grow,activ,perhaps,a b,31.12.,An Lee,Acne",
            "Echo,Shopp,Nobody,light,EMEA & APAC,premier,Edge Gateway,Grow abroad,Active,Yes,www.E.example,,Bo,Acme",
            "Foxtrot,Shop,ann@example.com,{Shop: Close},NA,,,,,,https://foxtrot.example/,,,",
            "Golf,Shop,Ann Lee,{Shop: Closed},,,,,,,,,,",
            "Hotel,Shop,Ann Lee,{Shop,,,,,,,,,,",
        ],
    ),
    "partners that nobody can tell": (
        "",
        [
            "id,Name,Type,Owner,Domain",
            ",,Shop,Ann Lee,",
            ",Zetta,Shop,Ann Lee,",
            ",Acme,Shop,Ann Lee,other.example",
            ",Other,Shop,Ann Lee,Acme.example",
            ",Beta Sytems,Shop,Ann Lee,",
            ",!!!,Shop,Ann Lee,",
            "Not An Id,Delta,Shop,Ann Lee,",
            "acme-old,Acme,Shop,Ann Lee,acme.example",
        ],
    ),
    "what some lack and need": (
        "",
        [
            "Name,Type,Owner,Satisfaction score,Reviewed date,Notes",
            "Delta,,Ann Lee,,,",
            "Echo,Maker,Ann Lee,,,",
            "Foxtrot,Shop,Ann Lee,4,2026-01-31,x",
            "Golf,,Ann Lee,,,",
        ],
    ),
    "what another department records": ("", ["id,Name,Type,Owner,Domain", "beta,Beta Two,Shop,Ann Lee,two.example"]),
    "what is understood": (
        f"{MAP}columns: {{Who: name, Zip: ignore}}\nvalues: {{tier: {{gold: Premier}}}}\ndefaults: {{types: Shop}}\n",
        ["Who,Owner,Tier,Zip,Colour", "Delta,Ann Lee,GOLD,1,red", "Acme,,,2,", "Zeta Two,BO DÍAZ,Select,3,"],
    ),
}


def test_the_words_of_imports(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, refresh: bool) -> None:
    """Exactly those of golden/imports.txt: what is printed, and each file that comes or changes."""
    said = []
    for number, (title, (column_map, lines)) in enumerate(SHEETS.items()):
        folder = tmp_path / str(number)
        data_in(folder / "data", **FILES, strategy=STRATEGY)
        (folder / "our.csv").write_text("\n".join(lines) + "\n", "utf-8")
        if column_map:
            (folder / "our.columns.yml").write_text(column_map, "utf-8")
        monkeypatch.chdir(folder)
        result = run("import", "our.csv", "--department", "sales")
        said.append(f"===== {title}: exit {result.exit_code}\n{result.stdout}{result.stderr}")
        for path in (folder / "our.columns.yml", folder / "our.review.csv", folder / "data" / "partners.yml"):
            text = path.read_text("utf-8-sig") if path.exists() else ""
            if text not in ("", column_map, PARTNERS):
                said.append(f"----- {path.name}\n{text}")
    found = "\n".join(said)
    if refresh:
        EXPECTED.write_text(found, "utf-8")
    assert found == EXPECTED.read_text("utf-8")
