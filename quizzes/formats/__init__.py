"""Formats: every module or folder here with FORMAT is one. Nothing else to register."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from quizzes.engine import Format

FORMATS: dict[str, Format] = {
    module.FORMAT.key: module.FORMAT
    for module in (import_module(f"{__name__}.{found.name}") for found in iter_modules(__path__))
    if hasattr(module, "FORMAT")
}
