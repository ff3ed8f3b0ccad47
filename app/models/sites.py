"""Sites: digital streets and cashless markets, what is met of a locality's criteria, with evidence."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Id, Microseconds, Reference
from app.models.people import ordered_text

EMPTY = text("''")


class SiteCriteria(Base):
    """The criteria of a locality for a kind of site: in force here and below, unless a nearer one has its own."""

    __tablename__ = "site_criteria"

    chapter_id: Mapped[int] = mapped_column(Reference, ForeignKey("chapter.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(12), primary_key=True)
    criteria: Mapped[list[Any]] = mapped_column(JSON)  # [[group, text], ...]
    source: Mapped[str] = mapped_column(String(200), server_default=EMPTY)
    made_by: Mapped[int | None] = mapped_column(Reference, index=True)
    made_at: Mapped[Microseconds]


class Site(Base):
    """A street or a market. `recognised_at`: the chapter above has looked at it and agreed."""

    __tablename__ = "site"

    id: Mapped[Id]
    public_id: Mapped[str] = mapped_column(String(32), unique=True)
    chapter_id: Mapped[int] = mapped_column(Reference, ForeignKey("chapter.id"))
    kind: Mapped[str] = mapped_column(String(12))
    name: Mapped[str] = mapped_column(String(160))
    fold: Mapped[str] = mapped_column(ordered_text(200))
    place: Mapped[str] = mapped_column(String(200), server_default=EMPTY)
    text: Mapped[str] = mapped_column(Text, server_default=EMPTY)
    recognised_at: Mapped[int | None] = mapped_column(BigInteger)
    decision: Mapped[str] = mapped_column(String(200), server_default=EMPTY)
    made_by: Mapped[int | None] = mapped_column(Reference, index=True)
    made_at: Mapped[Microseconds]

    __table_args__ = (UniqueConstraint("chapter_id", "kind", "fold"),)


class SiteMark(Base):
    """A criterion that is met, with its evidence in words and, where there is one, a picture."""

    __tablename__ = "site_mark"

    site_id: Mapped[int] = mapped_column(Reference, ForeignKey("site.id"), primary_key=True)
    criterion: Mapped[str] = mapped_column(String(16), primary_key=True)
    evidence: Mapped[str] = mapped_column(String(500))
    picture: Mapped[str] = mapped_column(String(40), server_default=EMPTY)
    made_by: Mapped[int | None] = mapped_column(Reference, index=True)
    made_at: Mapped[Microseconds]
