"""Targets: what a chapter wants to reach by a date, what fills it, and what was counted so far."""

from __future__ import annotations

from datetime import date

from sqlalchemy import BigInteger, Date, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Id, Microseconds, Reference
from app.models.people import ordered_text


class Target(Base):
    """One target for a chapter's subtree. `shape`: count or percent. `goal`: so many, or hundredths of a percent.

    `ways`: comma-separated out of deeds, declared, hand, import. `counts`: what of deeds fills it, as "payment.first".
    """

    __tablename__ = "target"

    id: Mapped[Id]
    public_id: Mapped[str] = mapped_column(ordered_text(12), unique=True)
    chapter_id: Mapped[int] = mapped_column(Reference, ForeignKey("chapter.id"), index=True)
    title: Mapped[str] = mapped_column(String(200))
    shape: Mapped[str] = mapped_column(String(8))
    unit: Mapped[str] = mapped_column(String(40), default="", server_default=text("''"))
    goal: Mapped[int] = mapped_column(BigInteger)
    baseline: Mapped[int] = mapped_column(BigInteger, default=0, server_default=text("0"))
    base: Mapped[str] = mapped_column(String(8))  # the denominator: "" (count), members, given
    ways: Mapped[str] = mapped_column(String(40))
    counts: Mapped[str] = mapped_column(String(4000), default="", server_default=text("''"))
    declares: Mapped[str] = mapped_column(String(24), default="", server_default=text("''"))
    starts_on: Mapped[date] = mapped_column(Date)
    ends_on: Mapped[date] = mapped_column(Date)
    document: Mapped[str] = mapped_column(String(200), default="", server_default=text("''"))
    removed_at: Mapped[int | None] = mapped_column(BigInteger)


class TargetShare(Base):
    """The share of one chapter below in a target: its part of the goal and its denominator, where they are given."""

    __tablename__ = "target_share"

    target_id: Mapped[int] = mapped_column(Reference, ForeignKey("target.id"), primary_key=True)
    chapter_id: Mapped[int] = mapped_column(Reference, primary_key=True)
    goal: Mapped[int | None] = mapped_column(BigInteger)
    denominator: Mapped[int | None] = mapped_column(BigInteger)


class TargetFigure(Base):
    """An addition to a target by a day in a chapter, typed with its evidence (way hand) or from a file (way import)."""

    __tablename__ = "target_figure"

    id: Mapped[Id]
    target_id: Mapped[int] = mapped_column(Reference, ForeignKey("target.id"))
    chapter_id: Mapped[int] = mapped_column(Reference)
    client_id: Mapped[str] = mapped_column(ordered_text(40), unique=True)
    way: Mapped[str] = mapped_column(String(8))
    day: Mapped[date] = mapped_column(Date)
    count: Mapped[int] = mapped_column(BigInteger)
    evidence: Mapped[str] = mapped_column(String(300), default="", server_default=text("''"))
    made_by: Mapped[int] = mapped_column(Reference, index=True)
    made_at: Mapped[Microseconds]
    removed_at: Mapped[int | None] = mapped_column(BigInteger)

    __table_args__ = (Index("ix_target_figure_target", "target_id", "chapter_id", "day"),)


class Declaration(Base):
    """A member's declaration, such as having VNeID at level 2. Taking it back deletes the row."""

    __tablename__ = "declaration"

    member_id: Mapped[int] = mapped_column(Reference, primary_key=True)
    what: Mapped[str] = mapped_column(ordered_text(24), primary_key=True)
    at: Mapped[Microseconds]

    __table_args__ = (Index("ix_declaration_what", "what", "member_id", "at"),)  # holds all a target asks for
