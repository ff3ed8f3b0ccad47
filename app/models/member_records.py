"""A chapter's notes on its members' records: dated, never changed; a wrong one is taken back and stays in sight."""

from __future__ import annotations

from datetime import date

from sqlalchemy import BigInteger, Date, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Id, Microseconds, Reference

EMPTY = text("''")


class MemberRecord(Base):
    """One operation on one day. `key`: a digest of what it says while it holds, so that a list read twice makes no
    doubles; empty once it is taken back."""

    __tablename__ = "member_record"

    id: Mapped[Id]
    member_id: Mapped[int] = mapped_column(Reference, ForeignKey("member.id"))
    chapter_id: Mapped[int] = mapped_column(Reference)
    operation: Mapped[str] = mapped_column(String(16))
    on: Mapped[date] = mapped_column("on_day", Date)
    document: Mapped[str] = mapped_column(String(120), server_default=EMPTY)
    text: Mapped[str] = mapped_column(String(500), server_default=EMPTY)
    way: Mapped[str] = mapped_column(String(8))
    key: Mapped[str | None] = mapped_column(String(64), unique=True)
    made_by: Mapped[int | None] = mapped_column(Reference, index=True)
    made_at: Mapped[Microseconds]
    taken_back_at: Mapped[int | None] = mapped_column(BigInteger)
    why: Mapped[str] = mapped_column(String(300), server_default=EMPTY)

    __table_args__ = (Index("ix_member_record_member", "member_id", "on_day"),)
