"""Standings: chapters of a subtree compared by published rules, live and as they were frozen.

Only numbers, names of chapters and figures of whole chapters stand here; nothing of a person.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Id, Microseconds, Reference
from app.models.people import ordered_text


class Standing(Base):
    """One comparison: whose subtree, which kind of chapters, which season or campaign, by which rules."""

    __tablename__ = "standing"

    id: Mapped[Id]
    public_id: Mapped[str] = mapped_column(ordered_text(12), unique=True)
    chapter_id: Mapped[int] = mapped_column(Reference, ForeignKey("chapter.id"), index=True)
    title: Mapped[str] = mapped_column(String(120))
    kind: Mapped[str] = mapped_column(String(40))  # of the chapters compared
    season: Mapped[int]  # a year; 0 where a campaign is named
    campaign_id: Mapped[int] = mapped_column(Reference)
    rules: Mapped[str] = mapped_column(Text)  # JSON of quizzes.standing.rules
    revision: Mapped[int]
    due_at: Mapped[Microseconds]  # from when a worker computes the live snapshot again
    removed_at: Mapped[int | None] = mapped_column(BigInteger)

    __table_args__ = (Index("ix_standing_due", "due_at"),)


class StandingSnapshot(Base):
    """A standing as it was computed. Number 0 is the live one and changes; the others were frozen and do not."""

    __tablename__ = "standing_snapshot"
    __table_args__ = (UniqueConstraint("standing_id", "no", name="uq_standing_snapshot"),)

    id: Mapped[Id]
    standing_id: Mapped[int] = mapped_column(Reference, ForeignKey("standing.id"))
    no: Mapped[int]
    at: Mapped[Microseconds]
    body: Mapped[str] = mapped_column(Text)  # JSON: rules, chapters, figures and the places computed from them
    before: Mapped[str] = mapped_column(Text)  # JSON: chapter -> its rank at `before_at`
    before_at: Mapped[Microseconds]
    digest: Mapped[str] = mapped_column(String(64))  # SHA-256 of `body`
    signature: Mapped[str] = mapped_column(String(128))  # of the digest and the checkpoint; "" of the live one
    checkpoint: Mapped[str] = mapped_column(Text)  # of the ledger, made when this was frozen; "" of the live one
