"""A part of what is known of a person. Every area offers its own in the `PARTS` of its `personal.py`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session


@dataclass(frozen=True)
class Part:
    """One kind of personal data: how it is copied out and how it is erased (None: numbers only, it stays).

    `tables` are the tables it answers for.
    """

    name: str
    copy: Callable[[Session, int], Any]
    erase: Callable[[Session, int], None] | None = None
    tables: tuple[str, ...] = ()
