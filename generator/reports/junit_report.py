"""Problems as JUnit XML, in the subset that GitLab and Jenkins both read.

Each file of data is a suite, each problem in it a test.  One that fails the run is a failure, any
other is skipped, and a file without problems has one test, which passes: Jenkins refuses a report
without any.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from xml.etree import ElementTree

from generator.reports.format import Report, Result
from generator.reports.printable import printable


def junit_report(report: Report) -> str:
    """The report as XML in ASCII, with a line end."""
    by_file: dict[str, list[Result]] = {file: [] for file in report.files}
    for result in report.results:
        by_file.setdefault(result.path, []).append(result)
    root = ElementTree.Element("testsuites", {"name": "playbook check", **_counts(by_file.values())})
    for file, results in by_file.items():
        suite = ElementTree.SubElement(root, "testsuite", {"name": printable(file), **_counts([results])})
        seen: Counter[str] = Counter()
        for result in results:
            _test(suite, result, seen)
        if not results:
            ElementTree.SubElement(suite, "testcase", classname=printable(file), name="no problems", time="0")
    ElementTree.indent(root)
    xml: bytes = ElementTree.tostring(root, encoding="us-ascii", xml_declaration=True)
    return xml.decode("ascii") + "\n"


def _counts(files: Iterable[list[Result]]) -> dict[str, str]:
    files = list(files)
    failures = sum(result.fails for results in files for result in results)
    skipped = sum(not result.fails for results in files for result in results)
    tests = sum(len(results) or 1 for results in files)
    return {"tests": str(tests), "failures": str(failures), "errors": "0", "skipped": str(skipped), "time": "0"}


def _test(suite: ElementTree.Element, result: Result, seen: Counter[str]) -> None:
    """GitLab knows a test again by its name: it holds no line, and a second one of the name gets a number."""
    file, name = printable(result.path), f"{result.code.slug}: {result.message}"
    seen[name] += 1
    again = f" ({seen[name]})" if seen[name] > 1 else ""
    test = ElementTree.SubElement(suite, "testcase", classname=file, name=name + again, file=file, time="0")
    where = f"{file}:{result.line}:{result.column}"
    if not result.fails:
        ElementTree.SubElement(test, "skipped", message=f"a warning at {where}")
        return
    failure = ElementTree.SubElement(test, "failure", type=result.code.slug, message=result.message)
    help_lines = [f"help: {result.hint}"] if result.hint else []
    failure.text = "\n".join([where, result.message, *help_lines])
