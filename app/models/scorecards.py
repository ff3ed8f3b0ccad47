"""Scorecards (bảng chấm điểm thi đua): criteria, what a chapter says of itself, what its parent verified."""

from __future__ import annotations

from sqlalchemy import BigInteger, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Id, Microseconds, Reference
from app.models.people import ordered_text


class Scorecard(Base):
    """One card for the chapters of a kind below the one that verifies. `state`: open (they score), verifying, closed.

    `source`: "<standing's public id>:<number>" of the frozen snapshot that fills values and gives the groups; or "".
    """

    __tablename__ = "scorecard"

    id: Mapped[Id]
    public_id: Mapped[str] = mapped_column(ordered_text(12), unique=True)
    chapter_id: Mapped[int] = mapped_column(Reference, ForeignKey("chapter.id"), index=True)
    title: Mapped[str] = mapped_column(String(120))
    kind: Mapped[str] = mapped_column(String(40))
    criteria: Mapped[str] = mapped_column(Text)  # JSON of quizzes.scorecards.criteria
    source: Mapped[str] = mapped_column(String(40))
    state: Mapped[str] = mapped_column(String(10))
    until: Mapped[Microseconds]  # self-scores are taken until then
    closed_at: Mapped[int | None] = mapped_column(BigInteger)


class Score(Base):
    """One criterion of one chapter: the value it claims with evidence, and the value its parent verified."""

    __tablename__ = "scorecard_score"

    scorecard_id: Mapped[int] = mapped_column(Reference, ForeignKey("scorecard.id"), primary_key=True)
    chapter_id: Mapped[int] = mapped_column(Reference, primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)  # of the criterion, from 0
    claimed: Mapped[int | None] = mapped_column(BigInteger)
    evidence: Mapped[str] = mapped_column(String(500))
    claimed_by: Mapped[int | None] = mapped_column(Reference)
    claimed_at: Mapped[int | None] = mapped_column(BigInteger)
    verified: Mapped[int | None] = mapped_column(BigInteger)
    note: Mapped[str] = mapped_column(String(500))  # the parent's reason for another score
    verified_by: Mapped[int | None] = mapped_column(Reference)
    verified_at: Mapped[int | None] = mapped_column(BigInteger)
