"""The ledger: append-only entries, and balances that can always be rebuilt from them."""

from __future__ import annotations

from sqlalchemy import Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Id, Microseconds, Reference
from app.models.engines import append_only


class Entry(Base):
    """One movement of points. The sum of a source's revisions for a member is what the source says."""

    __tablename__ = "entry"
    __table_args__ = (
        UniqueConstraint("source_kind", "source_id", "member_id", "revision"),
        Index("ix_entry_member", "member_id", "at"),
        Index("ix_entry_chapter", "chapter_id", "at"),
    )

    id: Mapped[Id]
    source_kind: Mapped[str] = mapped_column(String(16))  # show, contest, deed, ...
    source_id: Mapped[int] = mapped_column(Reference)
    member_id: Mapped[int] = mapped_column(Reference)
    revision: Mapped[int]
    chapter_id: Mapped[int] = mapped_column(Reference)  # the member's chapter on that day
    half_points: Mapped[int]
    at: Mapped[Microseconds]
    chain: Mapped[str] = mapped_column(String(64))  # SHA-256 over the former entry's chain and this entry


append_only(Entry.__table__)  # type: ignore[arg-type]


class MemberBalance(Base):
    """A member's points in a season (a year); written with the entry."""

    __tablename__ = "member_balance"

    member_id: Mapped[int] = mapped_column(Reference, primary_key=True)
    season: Mapped[int] = mapped_column(primary_key=True)
    half_points: Mapped[int]


class ChapterBalance(Base):
    """Points earned for a chapter itself (not its subtree) in a season; written with the entry."""

    __tablename__ = "chapter_balance"

    chapter_id: Mapped[int] = mapped_column(Reference, primary_key=True)
    season: Mapped[int] = mapped_column(primary_key=True)
    half_points: Mapped[int]
    members: Mapped[int]  # how many of its members have earned something
