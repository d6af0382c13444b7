"""A company as large as wanted: the sample's partners again and again, each under a name of its own.

`python bench/company.py FOLDER PARTNERS COMMITS` makes a git repository of it, in which commands can be timed.
"""

from __future__ import annotations

import copy
import csv
import os
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import Any

import yaml

SAMPLE = Path(__file__).parents[1] / "data"
_SYLLABLES = [f"{first}{second}" for first in "bdfgklmnprstvz" for second in "aeiou"]


def word(number: int) -> str:
    """A name that nobody else has: three syllables or more, and no two alike enough to be taken for one company."""
    digits: list[int] = []
    number += len(_SYLLABLES) ** 2  # so that it has three
    while number:
        number, digit = divmod(number, len(_SYLLABLES))
        digits.append((digit * 37 + 11 * len(digits)) % len(_SYLLABLES))
    return "".join(_SYLLABLES[digit] for digit in digits)


def multiply(inventory: dict[str, Any], partners: int) -> dict[str, Any]:
    """The inventory with its partners copied until there are so many."""
    known = list(
        dict.fromkeys(entry["id"] for department in inventory["departments"] for entry in department["partners"])
    )
    made = {"departments": [{**department, "partners": []} for department in inventory["departments"]]}
    for number in range(-(-partners // len(known))):
        wanted = known[: partners - number * len(known)]
        for department, source in zip(made["departments"], inventory["departments"], strict=True):
            department["partners"] += [_copy(entry, number) for entry in source["partners"] if entry["id"] in wanted]

    return made


def _copy(entry: dict[str, Any], number: int) -> dict[str, Any]:
    if not number:
        return entry
    made, first = copy.deepcopy(entry), word(number)
    made["id"] += f"-{first}"
    made.pop("formerly", None)
    if "name" in made:
        made["name"] = f"{first.title()} {word(number * 7919 + len(made['name'])).title()} {made['name'].split()[-1]}"
    if "domain" in made:
        made["domain"] = f"{first}-{made['domain']}"
    if "via" in made:
        made.pop("via")
    return made


def write(folder: Path, partners: int, commits: int) -> None:
    """A git repository with the data of such a company, and so many commits, each of which changes a few entries."""
    shutil.rmtree(folder, ignore_errors=True)
    data = folder / "data"
    shutil.copytree(SAMPLE, data, ignore=shutil.ignore_patterns("schemas"))
    inventory = multiply(yaml.safe_load((data / "partners.yml").read_text("utf-8")), partners)
    entries = [entry for department in inventory["departments"] for entry in department["partners"]]
    owners = sorted({entry["owner"] for entry in entries if entry.get("owner")})
    # Each is written when it has changed: to write all of them anew for each commit takes longer than any command.
    texts = list(map(_text, entries))
    _git(folder, "init", "--quiet")
    for commit in range(commits):
        for number in range(commit, len(entries), max(len(entries) // 5, 1)):
            entries[number]["owner"] = owners[commit % len(owners)]
            texts[number] = _text(entries[number])
        (data / "partners.yml").write_text(_file(inventory["departments"], texts), "utf-8")
        _git(folder, "add", "--all")
        day = f"2026-{commit // 28 + 1:02}-{commit % 28 + 1:02}"
        _git(folder, "commit", "--quiet", f"--message=Change {commit}", day=day)


def write_sheet(file: Path, company: Path, rows: int) -> None:
    """A department's spreadsheet: half of its rows are about partners of the company, half about others."""
    inventory = yaml.safe_load((company / "data" / "partners.yml").read_text("utf-8"))
    known = {entry["id"]: entry for department in inventory["departments"] for entry in department["partners"]}
    with file.open("w", encoding="utf-8", newline="") as opened:
        sheet = csv.writer(opened)
        sheet.writerow(["Name", "Website", "Type", "Owner", "Region", "Tier", "Notes"])
        for number, entry in enumerate([*known.values()][: rows // 2]):
            name, types = entry.get("name", entry["id"]), "; ".join(entry["types"])
            owner = entry.get("owner") or "maya-okafor"
            sheet.writerow([name, entry.get("domain", ""), types, owner, "EMEA; AMER", "Select", f"Note {number}"])
        for number in range(rows - rows // 2):
            first, second = word(number + 500_000), word(number * 104_729 + 77)
            name = f"{first.title()} {second.title()} Systems"
            sheet.writerow([name, f"{first}.example", "ISV", "Maya Okafor", "EMEA", "Premier", f"Note {number}"])


def edit_sheet(file: Path) -> None:
    """What somebody does in an export: a text in every 20th row, a list in every 50th, a day in every 60th."""
    with file.open(encoding="utf-8-sig", newline="") as opened:
        rows = list(csv.DictReader(opened))
    for number, row in enumerate(rows):
        if number % 20 == 0:
            row["notes"] = f"Edited {number}"
        if number % 50 == 3:
            row["regions"] = "EMEA; APAC"
        if number % 60 == 4:
            row["reviewed_date"], row["reviewed_by"] = "2026-10-30", row["owner"] or "maya-okafor"
    with file.open("w", encoding="utf-8-sig", newline="") as opened:
        sheet = csv.DictWriter(opened, list(rows[0]))
        sheet.writeheader()
        sheet.writerows(rows)


def _file(departments: list[dict[str, Any]], entries: list[str]) -> str:
    rest, parts = iter(entries), ["departments:\n"]
    for department in departments:
        parts += [_text({**department, "partners": []}).replace("partners: []", "partners:")]
        parts += [textwrap.indent(next(rest), "  ") for _ in department["partners"]]
    return "".join(parts)


def _text(item: dict[str, Any]) -> str:
    """It as an item of a list."""
    return yaml.safe_dump([item], sort_keys=False, allow_unicode=True, width=118)


def _git(folder: Path, *arguments: str, day: str = "2026-01-01") -> None:
    who = {f"GIT_{role}_{what}": text for role in ("AUTHOR", "COMMITTER") for what, text in (
        ("NAME", "Bench"), ("EMAIL", "bench@example.com"), ("DATE", f"{day}T12:00:00Z"))}  # fmt: skip
    subprocess.run(["git", "-C", folder, *arguments], check=True, env={**os.environ, **who})


if __name__ == "__main__":
    write(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
