"""Problems as SARIF 2.1.0, the OASIS standard that code scanning services read.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
"""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

from generator.catalogue import CATALOGUE
from generator.findings import identify
from generator.formats import baseline
from generator.problems import Code, Severity
from generator.reports.format import Report, Result
from generator.words import count

FINGERPRINT = "playbookFinding/v1"
"""What a finding is known by from run to run: its line in a baseline."""


_MOST = 24_999
"""Code scanning refuses a run with more than 25,000 results as a whole."""


def sarif_report(report: Report) -> str:
    """One run with every rule there is, and a result for each problem; JSON in ASCII, with a line end.

    Of too many results the errors come first, then what else fails, and a notification counts the others.
    """
    results = report.results
    if len(results) > _MOST:
        results = tuple(sorted(results, key=lambda result: result.rank)[:_MOST])
    codes = {**CATALOGUE, **{result.code.slug: result.code for result in report.results}}
    index = {slug: number for number, slug in enumerate(codes)}
    log = {
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "playbook",
                        "version": report.version,
                        "rules": [_rule(code) for code in codes.values()],
                    }
                },
                "columnKind": "unicodeCodePoints",
                "results": [_result(result, index) for result in results],
                **_unlisted(len(report.results) - len(results)),
            }
        ],
    }
    return json.dumps(log, indent=2) + "\n"


def _unlisted(number: int) -> dict[str, Any]:
    """What to say of results that are too many."""
    if not number:
        return {}
    text = f"{count(number, 'more problem')}, which `playbook check` lists: no service takes so many at once."
    notification = {"level": "warning", "message": {"text": text}}
    return {"invocations": [{"executionSuccessful": True, "toolExecutionNotifications": [notification]}]}


def _rule(code: Code) -> dict[str, Any]:
    return {
        "id": code.slug,
        "shortDescription": {"text": code.title},
        "fullDescription": {"text": code.meaning},
        "help": {"text": f"{code.meaning}\n\nHow to mend it: {code.fix}"},
        "defaultConfiguration": {"level": _level(code.severity)},
    }


def _result(result: Result, index: dict[str, int]) -> dict[str, Any]:
    # Not under the name that GitHub computes for itself: it warns of each value that is another than its own.
    known = {FINGERPRINT: baseline.line(identify(result.finding))} if result.finding is not None else {}
    region = {
        "startLine": result.line,
        "startColumn": result.column,
        "endColumn": result.column + result.length,
    }
    return {
        "ruleId": result.code.slug,
        "ruleIndex": index[result.code.slug],
        "level": "error" if result.fails else _level(result.code.severity),
        "message": {"text": f"{result.message}. Help: {result.hint}" if result.hint else result.message},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": quote(result.path, safe="/", errors="backslashreplace")},
                    "region": region,
                }
            }
        ],
        **({"partialFingerprints": known} if known else {}),
    }


def _level(severity: Severity) -> str:
    match severity:
        case Severity.ERROR:
            return "error"
        case Severity.WARNING:
            return "warning"
