"""What a dry run says is what the real one does; and nothing is written unless everything can be."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from tests.imports.kit import CASES, Company

SHEETS = sorted(
    path.relative_to(CASES)
    for path in CASES.glob("*/*")
    if path.suffix in (".csv", ".xlsx") and "columns" not in path.name
)

HEAD = "Name,Type,Owner,Website,Status,Region"
OTHERS = {
    "new.csv": f"{HEAD}\nTavaro,ISV,Maya Okafor,tavaro.example,active,EMEA\n",
    "known.csv": f"{HEAD}\nBluefen Technik,ISV,Maya Okafor,,,EMEA\n",
    "unclear.csv": f"{HEAD}\nTavaro,Baker,Nobody,tavaro.example,maybe,Moon\nQuillmoor,ISV,Maya Okafor,,,EMEA\n",
    "disagreeing.csv": f"{HEAD}\nTavaro,ISV,Maya Okafor,a.example,,\nTavaro,ISV,Maya Okafor,b.example,,\n",
    "ended.csv": "Name,Type,Owner,Status,End date\nTavaro,ISV,Maya Okafor,ended,2036-01-01\n",
    "parent.csv": "Name,Type,Owner,Parent\nTavaro,ISV,Maya Okafor,nobody-here\nQuillmoor,ISV,Maya Okafor,\n",
    "damaged.csv": f"{HEAD}\nTavaro\ufffd,ISV,Maya Okafor,,,\n",
    "field.csv": "Name,Type,Owner,Fleet size\nTavaro,ISV,Maya Okafor,12\nQuillmoor,ISV,Maya Okafor,7\n",
    "nameless.csv": "Type,Owner\nISV,Maya Okafor\n",
    "heads.csv": f"{HEAD}\n",
    "empty.csv": "",
    "no-sheet.xlsx": "no workbook",
    "broken.json": "[{]",
    "list.json": json.dumps([{"Name": "Tavaro", "Type": "ISV", "Owner": "Maya Okafor"}]),
}
"""Sheets of each other kind: taken, asked about, refused as a sheet, and refused since the data cannot hold them."""


def put(folder: Path, name: str) -> str:
    """The name of the sheet in the folder of a company."""
    if name in OTHERS:
        (folder / name).write_text(OTHERS[name], "utf-8")
        return name
    shutil.copy(CASES / name, folder)
    beside = (CASES / name).with_suffix(".columns.yml")
    if beside.exists():
        shutil.copy(beside, folder)
    return Path(name).name


def files(folder: Path) -> dict[str, bytes]:
    """Every file, but for the locks that commands leave."""
    paths = (path for path in folder.rglob("*") if path.is_file() and ".playbook-" not in path.name)
    return {str(path.relative_to(folder)): path.read_bytes() for path in paths}


@pytest.mark.long
@pytest.mark.parametrize("name", [*map(str, SHEETS), *OTHERS])
def test_a_dry_run_says_what_the_real_one_does(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both say the same and end the same but for what is written; the dry one leaves the data alone and keeps nothing
    of the import; where a run fails, not a byte is written by either but the questions that it has.
    """
    ended, said, before, after = {}, {}, {}, {}
    for options in (("--dry-run",), ()):
        folder = tmp_path / ("dry" if options else "real")
        folder.mkdir()
        monkeypatch.chdir(folder)
        company = Company(folder)
        sheet = put(folder, name)
        before[options] = files(folder)
        result = company.take(name=sheet, options=options)
        ended[options] = result.exit_code
        after[options] = files(folder)
        said[options] = (result.stdout, result.stderr)
    dry, real = ("--dry-run",), ()

    assert ended[dry] == ended[real]
    written = re.sub(r"The data stays as it is: (.*) would be written\.", r"Written: \1.", said[dry][0])
    assert (written, said[dry][1]) == said[real]
    if ended[real]:
        new = {
            options: {path for path in after[options] if after[options][path] != before[options].get(path)}
            for options in after
        }
        assert new[dry] == new[real]
        assert "To decide" in said[real][0] or not new[real]
        assert all(path.endswith((".review.csv", ".columns.yml")) for path in new[real])
        return
    data = {path for path in before[dry] if path.startswith("data/")}
    assert {path: after[dry][path] for path in data} == {path: before[dry][path] for path in data}
    assert not any(path.endswith(".imported.csv") for path in after[dry])
    changed = {path for path in data if after[real][path] != before[real][path]}
    assert bool(changed) == ("Written: " in said[real][0])
    beside = [{path: text for path, text in found.items() if path not in data} for found in (after[dry], after[real])]
    assert beside[0] == {path: text for path, text in beside[1].items() if not path.endswith(".imported.csv")}


def test_the_sheets_above_are_of_each_kind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Some are written, some asked about, some refused: what holds for all of them is no empty promise."""
    seen = set()
    for name in OTHERS:
        folder = tmp_path / name
        folder.mkdir()
        monkeypatch.chdir(folder)
        result = Company(folder).take(name=put(folder, name))
        asked = any(path.name.endswith(".review.csv") for path in folder.iterdir())
        seen.add((result.exit_code, "Written: " in result.stdout, asked))
    assert seen >= {(0, True, False), (0, True, True), (1, False, False)}
