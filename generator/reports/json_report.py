"""Problems as JSON, for scripts.

The object has `format` (1; it changes only where a name here goes or changes its meaning, so that
readers should pass over names they do not know), `errors` and `warnings` (how many there are), and
`problems`, by file, line and column.  Each problem has `code` and `severity` ("error" or
"warning"), `message` and `hint` (empty where there is none), `file` (a path in the repository),
`line` and `column` (from 1), `length` (in characters of that line), and `fails`: whether it makes
the run end with an exit code of 1.  What the words of a warning were made of is there, too: the
`partner` and the `department` (ids) and the `owner` (an id, or as it is written), each null where
there is none; `key`, a list of texts such as "type:agency", which tells it from others of the same
code, partner and department and stays while names, days, counts and wording change; and `values`,
an object whose names depend on the code: ids, days such as "2026-11-30", numbers, lists of ids,
null for what is not recorded.  Of an error these five are null.
"""

from __future__ import annotations

import json
from typing import Any

from generator.findings import Finding
from generator.problems import Severity
from generator.reports.format import Report
from generator.reports.printable import printable


def json_report(report: Report) -> str:
    """The report as JSON in ASCII, with a line end."""
    data = {
        "format": 1,
        "errors": report.count(Severity.ERROR),
        "warnings": report.count(Severity.WARNING),
        "problems": [
            {
                "code": result.code.slug,
                "severity": result.code.severity.value,
                "message": result.message,
                "hint": result.hint,
                "file": printable(result.path),
                "line": result.line,
                "column": result.column,
                "length": result.length,
                "fails": result.fails,
                **_data(result.finding),
            }
            for result in report.results
        ],
    }
    return json.dumps(data, indent=2) + "\n"


def _data(finding: Finding | None) -> dict[str, Any]:
    return {
        "partner": finding and finding.partner,
        "department": finding and finding.department,
        "owner": finding and finding.owner,
        "key": finding and finding.key,
        "values": finding and dict(finding.values),
    }
