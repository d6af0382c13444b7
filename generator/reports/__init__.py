"""Problems and what else is reported, as text; each module makes one form of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from generator.reports.format import Report
from generator.reports.github_report import github_report
from generator.reports.gitlab_report import gitlab_report
from generator.reports.json_report import json_report
from generator.reports.junit_report import junit_report
from generator.reports.sarif_report import sarif_report

FORMATS: Mapping[str, Callable[[Report], str]] = {
    "github": github_report,
    "gitlab": gitlab_report,
    "json": json_report,
    "junit": junit_report,
    "sarif": sarif_report,
}
"""Every format for programs, by the name that `check --format` takes."""
