"""Interchange formats: every module here with IMPORTER is one. Nothing else to register."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from quizzes.importers.contract import Imported, Importer, Sheet, Tree

__all__ = ["IMPORTERS", "Imported", "Importer", "Sheet", "Tree", "for_file"]

IMPORTERS: dict[str, Importer] = {
    module.IMPORTER.key: module.IMPORTER
    for module in (import_module(f"{__name__}.{found.name}") for found in iter_modules(__path__))
    if hasattr(module, "IMPORTER")
}


def for_file(name: str) -> Importer:
    """The importer of a file by the end of its name; a name that tells nothing is taken for a table."""
    return next((one for one in IMPORTERS.values() if name.lower().endswith(one.suffixes)), IMPORTERS["sheet"])
