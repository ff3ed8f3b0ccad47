"""Gathers what areas offer to all others: files of the same name in each area, found by folder, so that nobody keeps a
list.

personal.py    PARTS       what the area knows of a person: how it is copied out, how it is erased
audited.py     ACTIONS     its acts of power: code -> the sentence of the audit log
retention.py   erase_due   what it keeps only for a time
carried.py     CARRIED     what goes over when two members are found to be one person
inherited.py   inherit_in  what goes over to the successor of a chapter that is merged
listed.py      LISTS       its lists from files: kind -> how a row is read, looked up and put in force
refused.py     REFUSED     what it refuses: code -> HTTP status and the sentence a person reads
"""

from __future__ import annotations

from functools import cache
from importlib import import_module, util
from pkgutil import iter_modules
from types import ModuleType

from app import services


@cache
def offered(name: str) -> tuple[ModuleType, ...]:
    """The module `name` of every area that has one, in the order of the areas' names."""
    areas = [f"{services.__name__}.{found.name}" for found in iter_modules(services.__path__) if found.ispkg]
    return tuple(import_module(f"{area}.{name}") for area in areas if util.find_spec(f"{area}.{name}"))
