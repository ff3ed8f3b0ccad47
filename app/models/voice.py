"""Tiếng loa thanh niên: what a chapter reads out, as text and, where there is one, a recording."""

from __future__ import annotations

from sqlalchemy import BigInteger, ForeignKey, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, deferred, mapped_column

from app.models.base import Base, Id, Microseconds, Reference


class Broadcast(Base):
    """One broadcast. `sound`: MP3 of our own making; `seconds`: how long it is."""

    __tablename__ = "broadcast"

    id: Mapped[Id]
    public_id: Mapped[str] = mapped_column(String(32), unique=True)
    chapter_id: Mapped[int] = mapped_column(Reference, ForeignKey("chapter.id"), index=True)
    title: Mapped[str] = mapped_column(String(120))
    text: Mapped[str] = mapped_column(Text)
    sound: Mapped[bytes | None] = deferred(mapped_column(LargeBinary, nullable=True))
    seconds: Mapped[int | None]
    made_by: Mapped[int | None] = mapped_column(Reference, index=True)
    at: Mapped[Microseconds]
    removed_at: Mapped[int | None] = mapped_column(BigInteger)
