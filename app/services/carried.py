"""Carries things over when two members turn out to be one person, and gives them back when that was wrong.

Each area offers its own in its `carried.py`, as `CARRIED`: a name and something with `carry` and `give_back`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

from sqlalchemy import and_, exists, select, tuple_, update
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from app.services.offered import offered


class Carrier(Protocol):
    """One kind of thing of a person. `moved` is JSON: what `carry` says it moved is given to `give_back`."""

    def carry(self, db: Session, kept: int, gone: int) -> Any: ...

    def give_back(self, db: Session, kept: int, gone: int, moved: Any) -> None: ...


@dataclass(frozen=True)
class Rows:
    """Rows of a table that name a member in `column`, each found again by `key`.

    `beside`: columns beside which a member has one row only. Of two such rows each stays where it is.
    """

    column: InstrumentedAttribute[Any]
    key: tuple[InstrumentedAttribute[Any], ...]
    beside: tuple[InstrumentedAttribute[Any], ...] | None = None

    def carry(self, db: Session, kept: int, gone: int) -> list[list[Any]]:
        table = self.column.class_
        query = select(*self.key).where(self.column == gone)
        if self.beside is not None:
            other = aliased(table)
            same = [getattr(other, one.key) == one for one in self.beside]
            query = query.where(~exists().where(and_(getattr(other, self.column.key) == kept, *same)))
        found = [list(row) for row in db.execute(query)]
        self._set(db, gone, kept, found)
        return found

    def give_back(self, db: Session, kept: int, gone: int, moved: list[list[Any]]) -> None:
        self._set(db, kept, gone, moved)

    def _set(self, db: Session, before: int, after: int, keys: list[list[Any]]) -> None:
        for start in range(0, len(keys), 200):
            chosen = tuple_(*self.key).in_([tuple(one) for one in keys[start : start + 200]])
            change = update(self.column.class_).where(self.column == before, chosen)
            db.execute(change.values({self.column.key: after}).execution_options(synchronize_session=False))


def carriers() -> dict[str, Carrier]:
    """All there are, by name."""
    return {name: one for area in offered("carried") for name, one in area.CARRIED.items()}
