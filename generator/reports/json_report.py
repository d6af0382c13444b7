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
                "code": result.code.slug,
                "severity": result.code.severity.value,
                "message": result.message,
                "hint": result.hint,
                "file": printable(result.path),
                "line": result.line,
                "column": result.column,
                "length": result.length,
                "fails": result.fails,
            }
            for result in report.results
        ],
    }
    return json.dumps(data, indent=2) + "\n"
