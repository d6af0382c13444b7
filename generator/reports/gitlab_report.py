"""Problems as a Code Quality report, which GitLab shows in merge requests and on the lines that they change.

https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format says what is in it.
"""

from __future__ import annotations

import json
from collections import Counter
from hashlib import sha256

from generator.findings import identify
from generator.formats import baseline
from generator.reports.format import Report, Result
from generator.reports.printable import printable


def gitlab_report(report: Report) -> str:
    """A list with an object for each problem; JSON in ASCII, with a line end."""
    seen: Counter[str] = Counter()
    issues = []
    for result in report.results:
        known = _known(result)
        seen[known] += 1
        issues.append(
            {
                "description": f"{result.message}. Help: {result.hint}" if result.hint else result.message,
                "check_name": result.code.slug,
                # GitLab tells what is new by it: it holds no line.
                "fingerprint": sha256(f"{known}\n{seen[known]}".encode()).hexdigest(),
                "severity": "blocker" if result.fails else "minor",
                "location": {"path": printable(result.path), "lines": {"begin": result.line}},
            }
        )
    return json.dumps(issues, indent=2) + "\n"


def _known(result: Result) -> str:
    if result.finding is not None:
        return baseline.line(identify(result.finding))
    return f"{result.code.slug} {result.path} {result.message}"
