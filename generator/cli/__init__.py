"""The commands, and the only printer but for the boundary around them.  Each returns its exit code.

A command is a function in any module of this folder; adding one touches nothing else.
"""

from __future__ import annotations

import importlib
import pkgutil

from generator.cli.group import main

__all__ = ["main"]

for _module in sorted(module.name for module in pkgutil.iter_modules(__path__)):
    importlib.import_module(f"{__name__}.{_module}")
