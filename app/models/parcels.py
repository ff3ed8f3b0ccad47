"""Shows that halls without internet played: the keys whose files are taken, and the shows that came by them."""

from __future__ import annotations

from sqlalchemy import BigInteger, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Microseconds, Reference


class Hall(Base):
    """A hall's key that an organiser approved: parcels under it are taken for this chapter and below."""

    __tablename__ = "hall"

    fingerprint: Mapped[str] = mapped_column(String(64), primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    chapter_id: Mapped[int] = mapped_column(Reference, index=True)
    approved_by: Mapped[int | None] = mapped_column(Reference)
    approved_at: Mapped[Microseconds]
    ended_at: Mapped[int | None] = mapped_column(BigInteger)


class Origin(Base):
    """The place a show came from: the key that signed it and its public id there. The pair is unique: it comes once."""

    __tablename__ = "origin"
    __table_args__ = (UniqueConstraint("fingerprint", "public_id"),)

    show_id: Mapped[int] = mapped_column(Reference, ForeignKey("show.id"), primary_key=True, autoincrement=False)
    fingerprint: Mapped[str] = mapped_column(String(64))
    public_id: Mapped[str] = mapped_column(String(32))
    digest: Mapped[str] = mapped_column(String(64))  # of the manifest
    read_at: Mapped[Microseconds]
