"""Problems as JUnit XML, in the subset that GitLab and Jenkins both read.

Each file of data is a suite, each problem in it a test.  One that fails the run is a failure, any
other is skipped, and a file without problems has one test, which passes: Jenkins refuses a report
without any.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from xml.etree import ElementTree

from generator.reports.format import Entry, Report, report_format
from generator.reports.printable import printable


@report_format("junit")
def junit_report(report: Report) -> str:
    """The report as XML in ASCII, with a line end."""
    by_file: dict[str, list[Entry]] = {file: [] for file in report.files}
    for entry in report.entries:
        by_file.setdefault(entry.path, []).append(entry)
    root = ElementTree.Element("testsuites", {"name": "playbook check", **_counts(by_file.values())})
    for file, entries in by_file.items():
        suite = ElementTree.SubElement(root, "testsuite", {"name": printable(file), **_counts([entries])})
        seen: Counter[str] = Counter()
        for entry in entries:
            _test(suite, entry, seen)
        if not entries:
            ElementTree.SubElement(suite, "testcase", classname=printable(file), name="no problems", time="0")
    ElementTree.indent(root)
    xml: bytes = ElementTree.tostring(root, encoding="us-ascii", xml_declaration=True)
    return xml.decode("ascii") + "\n"


def _counts(files: Iterable[list[Entry]]) -> dict[str, str]:
    files = list(files)
    failures = sum(entry.fails for entries in files for entry in entries)
    skipped = sum(not entry.fails for entries in files for entry in entries)
    tests = sum(len(entries) or 1 for entries in files)
    return {"tests": str(tests), "failures": str(failures), "errors": "0", "skipped": str(skipped), "time": "0"}


def _test(suite: ElementTree.Element, entry: Entry, seen: Counter[str]) -> None:
    """GitLab knows a test again by its name: it holds no line, and a second one of the name gets a number."""
    file, name = printable(entry.path), f"{entry.code.slug}: {entry.message}"
    seen[name] += 1
    again = f" ({seen[name]})" if seen[name] > 1 else ""
    test = ElementTree.SubElement(suite, "testcase", classname=file, name=name + again, file=file, time="0")
    where = f"{file}:{entry.line}:{entry.column}"
    if not entry.fails:
        ElementTree.SubElement(test, "skipped", message=f"a warning at {where}")
        return
    failure = ElementTree.SubElement(test, "failure", type=entry.code.slug, message=entry.message)
    help_lines = [f"help: {entry.hint}"] if entry.hint else []
    failure.text = "\n".join([where, entry.message, *help_lines])
