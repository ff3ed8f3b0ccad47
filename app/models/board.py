"""A chapter's board: announcements, and polls in which nobody's name stands beside a vote."""

from __future__ import annotations

from sqlalchemy import BigInteger, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Id, Microseconds, Reference


class Announcement(Base):
    """A notice of a chapter to its people, until a day."""

    __tablename__ = "announcement"

    id: Mapped[Id]
    chapter_id: Mapped[int] = mapped_column(Reference, index=True)
    title: Mapped[str] = mapped_column(String(120))
    text: Mapped[str] = mapped_column(Text)
    made_by: Mapped[int | None] = mapped_column(Reference, index=True)
    at: Mapped[Microseconds]
    ends_at: Mapped[Microseconds]
    removed_at: Mapped[int | None] = mapped_column(BigInteger)


class BoardPoll(Base):
    """A question with a few answers, open until a moment."""

    __tablename__ = "board_poll"

    id: Mapped[Id]
    public_id: Mapped[str] = mapped_column(String(32), unique=True)
    chapter_id: Mapped[int] = mapped_column(Reference, index=True)
    question: Mapped[str] = mapped_column(String(200))
    options: Mapped[str] = mapped_column(Text)  # JSON: list of texts
    made_by: Mapped[int | None] = mapped_column(Reference, index=True)
    at: Mapped[Microseconds]
    closes_at: Mapped[Microseconds]
    removed_at: Mapped[int | None] = mapped_column(BigInteger)


class Vote(Base):
    """One vote. `voter` is a keyed digest of the account or of the browser, another one in every poll."""

    __tablename__ = "vote"

    poll_id: Mapped[int] = mapped_column(Reference, ForeignKey("board_poll.id"), primary_key=True)
    voter: Mapped[str] = mapped_column(String(64), primary_key=True)
    choice: Mapped[int]
