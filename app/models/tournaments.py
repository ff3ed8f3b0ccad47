"""Tournaments: shows tied together in stages of matches, and who goes on from each."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Id, Microseconds, Reference
from app.models.people import ordered_text

EMPTY = text("''")


class Tournament(Base):
    """The plan of its stages, and the seed of its draws: the digest is public from the start, the seed once it has
    drawn."""

    __tablename__ = "tournament"

    id: Mapped[Id]
    public_id: Mapped[str] = mapped_column(String(32), unique=True)
    chapter_id: Mapped[int] = mapped_column(Reference, ForeignKey("chapter.id"), index=True)
    title: Mapped[str] = mapped_column(String(120))
    stages: Mapped[list[dict[str, Any]]] = mapped_column(JSON)  # as quizzes.tournament.stages has them
    script: Mapped[str] = mapped_column(String(80))  # a shipped script, for every match
    seed: Mapped[str] = mapped_column(String(64))
    drawn: Mapped[int] = mapped_column(default=0, server_default="0")  # the number of drawn stages
    made_by: Mapped[int | None] = mapped_column(Reference, index=True)
    made_at: Mapped[Microseconds]
    over_at: Mapped[int | None] = mapped_column(BigInteger)


class TournamentEntrant(Base):
    """A team or a person who takes part, by name: in a show a team or a seat of that name is theirs."""

    __tablename__ = "tournament_entrant"

    id: Mapped[Id]
    tournament_id: Mapped[int] = mapped_column(Reference, ForeignKey("tournament.id"))
    number: Mapped[int]
    name: Mapped[str] = mapped_column(String(80), server_default=EMPTY)
    fold: Mapped[str] = mapped_column(ordered_text(120))

    __table_args__ = (UniqueConstraint("tournament_id", "fold"),)


class TournamentMatch(Base):
    """A match of a stage. `taken`: the digest of the show's results that its lines have."""

    __tablename__ = "tournament_match"

    id: Mapped[Id]
    tournament_id: Mapped[int] = mapped_column(Reference, ForeignKey("tournament.id"))
    stage: Mapped[int]
    number: Mapped[int]
    show_id: Mapped[int | None] = mapped_column(Reference, ForeignKey("show.id"), unique=True)
    taken: Mapped[str] = mapped_column(String(64), server_default=EMPTY)

    __table_args__ = (UniqueConstraint("tournament_id", "stage", "number"),)


class TournamentLine(Base):
    """An entrant in a match, with place and half-points once they are known."""

    __tablename__ = "tournament_line"

    match_id: Mapped[int] = mapped_column(Reference, ForeignKey("tournament_match.id"), primary_key=True)
    entrant_id: Mapped[int] = mapped_column(
        Reference, ForeignKey("tournament_entrant.id"), primary_key=True, index=True
    )
    place: Mapped[int | None]
    half: Mapped[int | None]


class TournamentGoing(Base):
    """The entrants that go on from a stage, or won the last one. A correction names whom it put aside, and why."""

    __tablename__ = "tournament_going"

    tournament_id: Mapped[int] = mapped_column(Reference, ForeignKey("tournament.id"), primary_key=True)
    stage: Mapped[int] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    entrant_id: Mapped[int] = mapped_column(Reference, ForeignKey("tournament_entrant.id"))
    way: Mapped[str] = mapped_column(String(8))
    lot: Mapped[bool]
    instead_of: Mapped[int | None] = mapped_column(Reference)
    reason: Mapped[str] = mapped_column(String(300), server_default=EMPTY)
    by: Mapped[int | None] = mapped_column(Reference)
    at: Mapped[Microseconds]

    __table_args__ = (UniqueConstraint("tournament_id", "stage", "entrant_id"),)
