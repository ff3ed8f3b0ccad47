"""The frame of every `retention.py`: rows are erased in slices, each in a short transaction of its own."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, ParamSpec

from sqlalchemy import Select, delete, update
from sqlalchemy.orm import InstrumentedAttribute, Session

SLICE = 500
"""Rows erased in one transaction."""
P = ParamSpec("P")


def all_of(erase: Callable[P, int], *args: P.args, **more: P.kwargs) -> int:
    """Repeats a slice until it finds nothing more; the number of rows."""
    return sum(iter(partial(erase, *args, **more), 0))


def slice_in(db: Session, wanted: Select[int], key: InstrumentedAttribute[Any], **values: Any) -> int:
    """Deletes one slice of the wanted keys, or overwrites it where `values` are given; the number of rows."""
    found = list(db.scalars(wanted.limit(SLICE)))
    here = key.in_(found)
    db.execute(update(key.class_).where(here).values(values) if values else delete(key.class_).where(here))
    return len(found)
