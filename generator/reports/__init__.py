"""Problems and what else is reported, as text; each module makes one form of it.

A format for programs is a function Report -> str, marked with @report_format, in any module of
this folder; adding one touches nothing else.
"""

from __future__ import annotations

import importlib
import pkgutil

for _module in sorted(module.name for module in pkgutil.iter_modules(__path__)):
    importlib.import_module(f"{__name__}.{_module}")
