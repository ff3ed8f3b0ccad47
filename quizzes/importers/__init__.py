"""Interchange formats: every module here with IMPORTER is one. Nothing else to register."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from quizzes.importers.contract import Given, Imported, Importer, Sheet, Tree

__all__ = ["IMPORTERS", "Imported", "Importer", "Sheet", "Tree", "for_file", "read_as"]

IMPORTERS: dict[str, Importer] = {
    module.IMPORTER.key: module.IMPORTER
    for module in (import_module(f"{__name__}.{found.name}") for found in iter_modules(__path__))
    if hasattr(module, "IMPORTER")
}


def for_file(name: str) -> list[Importer]:
    """The importers of a file by the end of its name, those that know their own first; no end is taken for a table."""
    name = name.lower()
    found = [one for one in IMPORTERS.values() if name.endswith(one.suffixes)] or [IMPORTERS["sheet"]]
    longest = {one.key: max(len(end) for end in ("", *one.suffixes) if name.endswith(end)) for one in found}
    return sorted(found, key=lambda one: (-longest[one.key], one.knows is None))


def read_as(found: list[Importer], opened: Callable[[str], Any], given: Given) -> tuple[str, Imported]:
    """The key of the first importer that could read the file, and what it found. `opened` opens the file as a
    container, once for each kind."""
    contents: dict[str, Any] = {}
    for one in found:
        content = contents[one.container] = contents.get(one.container) or opened(one.container)
        if one is found[-1] or one.knows is None or one.knows(content):
            return one.key, one.read(content, given) if one.asks else one.read(content)
    raise ValueError("no importer was offered")
