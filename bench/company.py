"""A company as large as wanted: the sample's partners again and again, each under a name of its own.

`python bench/company.py FOLDER PARTNERS COMMITS` makes a git repository of it, in which commands can be timed.
"""

from __future__ import annotations

import copy
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import yaml

SAMPLE = Path(__file__).parents[1] / "data"
_SYLLABLES = [f"{first}{second}" for first in "bdfgklmnprstvz" for second in "aeiou"]


def word(number: int) -> str:
    """A name that nobody else has: three syllables or more, and no two alike enough to be taken for one company."""
    digits = []
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
    _git(folder, "init", "--quiet")
    for commit in range(commits):
        for entry in entries[commit :: max(len(entries) // 5, 1)]:
            entry["owner"] = owners[commit % len(owners)]
        text = yaml.safe_dump(inventory, sort_keys=False, allow_unicode=True, width=120)
        (data / "partners.yml").write_text(text, "utf-8")
        _git(folder, "add", "--all")
        _git(
            folder,
            "commit",
            "--quiet",
            f"--message=Change {commit}",
            day=f"2026-{commit // 28 + 1:02}-{commit % 28 + 1:02}",
        )


def _git(folder: Path, *arguments: str, day: str = "2026-01-01") -> None:
    who = {f"GIT_{role}_{what}": text for role in ("AUTHOR", "COMMITTER") for what, text in (
        ("NAME", "Bench"), ("EMAIL", "bench@example.com"), ("DATE", f"{day}T12:00:00Z"))}  # fmt: skip
    subprocess.run(["git", "-C", folder, *arguments], check=True, env={**os.environ, **who})


if __name__ == "__main__":
    write(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
