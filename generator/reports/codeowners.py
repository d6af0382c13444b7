"""Who is asked to review which data file, as CODEOWNERS of GitHub and GitLab.

https://docs.github.com/en/repositories/managing-your-repositorys-settings-and-features/customizing-your-repository/about-code-owners
"""

from __future__ import annotations

import re

from generator.model import Department, Playbook
from generator.reports.printable import printable

MARK = "# Written by `playbook codeowners`"
"""How the first line begins."""

# Both services read more than an address there; what has other characters could be taken apart.
_ADDRESS = re.compile(r"[A-Za-z0-9][A-Za-z0-9._%+-]*@[A-Za-z0-9][A-Za-z0-9.-]*")


def codeowners(playbook: Playbook, folder: str) -> str:
    """Each file in partners/ to the reviewers of its departments, all else to the home department's.

    `folder` is the path of the data folder in its repository, empty for the root.  All else is what stands beside it:
    others may have the rest of the repository.  The last line that fits counts.
    """
    beside = folder.strip("/").rpartition("/")[0]
    home = playbook.departments.get(playbook.settings.home_department or "")
    if home is not None and (reviewers := _reviewers(home)):
        rest = [" ".join([f"/{_pattern(beside)}/" if beside else "*", *reviewers])]
    else:
        rest = ["# For all other files nobody is asked: settings.yml names no home_department that has reviewers."]
    lines = [f"{MARK} from the departments' reviewers; do not edit.", "", *rest]
    by_file: dict[str, list[Department]] = {}
    for department in playbook.departments.values():
        by_file.setdefault(department.place.file, []).append(department)
    if shared := by_file.pop("partners.yml", []):
        names = ", ".join(printable(department.name) for department in shared)
        lines += ["", f"# Without a file of their own in partners/: {names}"]
    for file, departments in sorted(by_file.items()):
        lines += ["", *_file(f"{folder.strip('/')}/{file}".strip("/"), departments)]
    return "\n".join(lines) + "\n"


def by_address(playbook: Playbook) -> tuple[str, ...]:
    """The names of the departments that are asked at their contact alone: a mailbox that several share is no account,
    and GitHub asks accounts and teams only."""
    departments = playbook.departments.values()
    asked = (department for department in departments if not department.reviewers and _reviewers(department))
    return tuple(department.name for department in asked)


def _reviewers(department: Department) -> tuple[str, ...]:
    """Those whom the department names, or else its contact."""
    return department.reviewers or ((department.contact,) if _ADDRESS.fullmatch(department.contact) else ())


def _file(path: str, departments: list[Department]) -> list[str]:
    """Names as comments, then the line; a file without any reviewer is left to whoever has the rest."""
    nobody = ": no reviewers and no contact"
    lines = [f"# {printable(department.name)}{'' if _reviewers(department) else nobody}" for department in departments]
    reviewers = dict.fromkeys(reviewer for department in departments for reviewer in _reviewers(department))
    return [*lines, " ".join([f"/{_pattern(path)}", *reviewers])] if reviewers else lines


def _pattern(path: str) -> str:
    """GitHub has no escape for all that is special, but ? is any one character, on both services."""
    return re.sub(r"[\s#*?!\[\]\\]", "?", printable(path))
