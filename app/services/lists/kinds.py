"""Kinds of lists: an area offers its own in its `listed.py` as LISTS, by kind."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from app.services.offered import offered
from app.services.people.imports.columns import Column, Row

Draft = dict[str, Any]


@dataclass(frozen=True)
class Listed:
    """A kind of list. `clean` says what one row means, None where something is wrong with it. `looked_up` looks a chunk
    of them up in the database: it adds `chapter_id` and the like, notes what is wrong and returns what is good.
    `switch` puts all of them in force, in the confirming transaction, and returns how many were new."""

    title: str
    columns: Sequence[Column]
    examples: Sequence[Sequence[Any]]
    guide: Sequence[str]
    clean: Callable[[Row], Draft | None]
    looked_up: Callable[[Session, str, int, list[tuple[Row, Draft]]], list[Draft]]
    switch: Callable[[Session, int, int, list[Draft]], int]
    shown: Callable[[Draft], Sequence[str | date]]
    """One row of the preview."""
    heads: Sequence[str]
    page: str
    """The page that shows its rows afterwards: an endpoint that takes `chapter_id`, or `public_id` of a list's `of`."""
    check: Callable[[str, str], None] | None = None
    """Refuses an `of` that cannot take a list now: (path of the chapter, of)."""
    once: tuple[str, str, Callable[[Draft], Hashable]] | None = None
    """The column and the problem of a row that means what an earlier one did, and what a row means (None: nothing)."""


def lists() -> dict[str, Listed]:
    """All there are, by kind."""
    return {kind: one for area in offered("listed") for kind, one in area.LISTS.items()}
