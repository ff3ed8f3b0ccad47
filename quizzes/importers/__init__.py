"""Interchange formats: every module here with IMPORTER is one. Nothing else to register."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from quizzes.importers.contract import Imported, Importer, Sheet, Tree

__all__ = ["IMPORTERS", "Imported", "Importer", "Sheet", "Tree"]

IMPORTERS: dict[str, Importer] = {
    module.IMPORTER.key: module.IMPORTER
    for module in (import_module(f"{__name__}.{found.name}") for found in iter_modules(__path__))
    if hasattr(module, "IMPORTER")
}
