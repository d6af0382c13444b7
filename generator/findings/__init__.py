"""The warnings: one small function a rule.  What they find becomes the site's findings.

A rule is a function Playbook -> Finding..., marked with @rule, in any module of this folder;
adding one touches nothing else.
"""

from __future__ import annotations

import importlib
import pkgutil

from generator.findings.rule import Finding, Identity, Opened, find, identify

__all__ = ["Finding", "Identity", "Opened", "find", "identify"]

for _module in sorted(module.name for module in pkgutil.iter_modules(__path__)):
    importlib.import_module(f"{__name__}.{_module}")
