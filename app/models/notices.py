"""Notices to somebody about their account, until they have seen them."""

from __future__ import annotations

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Id, Microseconds, Reference


class Notice(Base):
    """One thing that happened to an account. `by_id`: who did it; None is the program itself or nobody known."""

    __tablename__ = "notice"

    id: Mapped[Id]
    member_id: Mapped[int] = mapped_column(Reference, ForeignKey("member.id"))
    at: Mapped[Microseconds]
    code: Mapped[str] = mapped_column(String(40))
    by_id: Mapped[int | None] = mapped_column(Reference, ForeignKey("member.id"))
    data: Mapped[dict[str, object]] = mapped_column(JSON)
    seen_at: Mapped[Microseconds | None]

    __table_args__ = (Index("ix_notice_member", "member_id", "seen_at"),)
