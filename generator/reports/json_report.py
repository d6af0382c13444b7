"""Problems as JSON, for scripts.

The object has `format` (1; it changes only where a name here goes or changes its meaning, so that
readers should pass over names they do not know), `errors` and `warnings` (how many there are), and
`problems`, by file, line and column.  Each problem has `code` and `severity` ("error" or
"warning"), `message` and `hint` (empty where there is none), `file` (a path in the repository),
`line` and `column` (from 1), `length` (in characters of that line), and `fails`: whether it makes
the run end with an exit code of 1.
"""

from __future__ import annotations

import json

from generator.problems import Severity
from generator.reports.format import Report, report_format
from generator.reports.printable import printable


@report_format("json")
def json_report(report: Report) -> str:
    """The report as JSON in ASCII, with a line end."""
    data = {
        "format": 1,
        "errors": report.count(Severity.ERROR),
        "warnings": report.count(Severity.WARNING),
        "problems": [
            {
                "code": entry.code.slug,
                "severity": entry.code.severity.value,
                "message": entry.message,
                "hint": entry.hint,
                "file": printable(entry.path),
                "line": entry.line,
                "column": entry.column,
                "length": entry.length,
                "fails": entry.fails,
            }
            for entry in report.entries
        ],
    }
    return json.dumps(data, indent=2) + "\n"
