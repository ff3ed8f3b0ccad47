"""The public statements of a contest: publications with their signed rows, and hours that were moved."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Id, Microseconds, Reference


class Publication(Base):
    """One publication of results: provisional, then official. Earlier ones stay as they were."""

    __tablename__ = "contest_publication"
    __table_args__ = (UniqueConstraint("contest_id", "no"),)

    id: Mapped[Id]
    contest_id: Mapped[int] = mapped_column(Reference, ForeignKey("contest.id"))
    no: Mapped[int]
    state: Mapped[str] = mapped_column(String(12))  # provisional, official
    computed_at: Mapped[Microseconds]
    results: Mapped[str] = mapped_column(Text)  # JSON of quizzes.contest.results.outcome.table
    digest: Mapped[str] = mapped_column(String(64))  # SHA-256 of `results`
    signature: Mapped[str] = mapped_column(String(128))  # of the digest, by the instance's key
    at: Mapped[Microseconds]
    repaired: Mapped[str] = mapped_column(String(400), server_default="[]")  # JSON: waves whose results it changed
    rows_digest: Mapped[str] = mapped_column(
        String(64), server_default=text("''")
    )  # of the digests of its visible rows


class PublishedRow(Base):
    """A row as people see it in a publication: name and chapter of that day, and the salt of its digest.

    When the person is erased name, chapter and salt go; the digest stays and says nothing about anybody.
    """

    __tablename__ = "published_row"
    __table_args__ = (UniqueConstraint("publication_id", "place"), Index("ix_published_row_member", "member_id"))

    id: Mapped[Id]
    publication_id: Mapped[int] = mapped_column(Reference, ForeignKey("contest_publication.id"))
    place: Mapped[int]  # from 0, over all boards of the publication in their order
    member_id: Mapped[int] = mapped_column(Reference)
    name: Mapped[str] = mapped_column(String(200))
    chapter: Mapped[str] = mapped_column(String(200))
    salt: Mapped[str] = mapped_column(String(32))  # hex; empty once erased
    digest: Mapped[str] = mapped_column(String(64))  # SHA-256, hex


class WaveMove(Base):
    """The hours of a wave moved while the contest is open. Never changed, never deleted."""

    __tablename__ = "wave_move"
    __table_args__ = (UniqueConstraint("contest_id", "no"),)

    id: Mapped[Id]
    contest_id: Mapped[int] = mapped_column(Reference, ForeignKey("contest.id"))
    no: Mapped[int]
    wave: Mapped[int]
    chapter_id: Mapped[int] = mapped_column(Reference)  # 0: everybody
    opened_at: Mapped[Microseconds]  # the hours before
    closed_at: Mapped[Microseconds]
    opens_at: Mapped[Microseconds]
    closes_at: Mapped[Microseconds]
    reason: Mapped[str] = mapped_column(String(1000))  # for everybody to read
    at: Mapped[Microseconds]
