"""The warnings: what is worth looking at in a playbook that is otherwise sound.

A rule is one function with the decorator `rule`, in any module of this package; the modules are
found by themselves, so that a rule is added without touching another file.
"""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from generator.findings.rules import Finding, every_rule
from generator.model import Playbook

__all__ = ["Finding", "find"]

for _module in iter_modules(__path__):
    import_module(f"{__name__}.{_module.name}")


def find(playbook: Playbook) -> tuple[Finding, ...]:
    """Everything that the rules find, by place; what settings.yml turns off is left out."""
    off = frozenset(playbook.settings.off)
    found = [finding for rule in every_rule() for finding in rule(playbook) if finding.problem.code.slug not in off]
    return tuple(sorted(found, key=_by_place))


def _by_place(finding: Finding) -> tuple[str, int, int, str, str]:
    problem = finding.problem
    return problem.place.file, problem.place.line, problem.place.column, problem.code.slug, problem.message
