"""The proofs that are kept: consents given or withdrawn, and the audit log.

Both are append-only and hold opaque numbers and digests. Words about persons (reasons) stand beside
the log in an ordinary table, so that they can be erased.
"""

from __future__ import annotations

from sqlalchemy import JSON, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Id, Microseconds, Reference
from app.models.engines import append_only


class ConsentText(Base):
    """A wording people were shown, found by the digest their consent names."""

    __tablename__ = "consent_text"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    purpose: Mapped[str] = mapped_column(String(20))
    lang: Mapped[str] = mapped_column(String(5))
    words: Mapped[str] = mapped_column(Text)


class Consent(Base):
    """One decision of one person about one purpose. The newest row of a purpose is the one in force.

    `channel`: self (own screen), guardian (a guardian's link) or organiser (on paper, recorded by one).
    """

    __tablename__ = "consent"

    id: Mapped[Id]
    member_id: Mapped[int] = mapped_column(Reference, ForeignKey("member.id"))
    purpose: Mapped[str] = mapped_column(String(20))
    given: Mapped[bool]
    text_digest: Mapped[str] = mapped_column(String(64), ForeignKey("consent_text.digest"))
    at: Mapped[Microseconds]
    channel: Mapped[str] = mapped_column(String(12))
    address_hash: Mapped[str] = mapped_column(String(64))
    device_hash: Mapped[str] = mapped_column(String(64))
    recorded_by: Mapped[int | None] = mapped_column(Reference, ForeignKey("member.id"))

    __table_args__ = (Index("ix_consent_member", "member_id", "purpose", "id"),)


class Audit(Base):
    """One act of power in numbers: its actor, its kind and its subject. `data` never holds a name or a written
    reason."""

    __tablename__ = "audit"

    id: Mapped[Id]
    at: Mapped[Microseconds]
    actor_id: Mapped[int | None] = mapped_column(Reference)
    action: Mapped[str] = mapped_column(String(40))
    member_id: Mapped[int | None] = mapped_column(Reference)
    chapter_id: Mapped[int | None] = mapped_column(Reference)
    data: Mapped[dict[str, object]] = mapped_column(JSON)

    __table_args__ = (Index("ix_audit_member", "member_id", "id"), Index("ix_audit_chapter", "chapter_id", "id"))


class AuditNote(Base):
    """The reason somebody wrote for an audited act; erased when its time is over."""

    __tablename__ = "audit_note"

    audit_id: Mapped[int] = mapped_column(Reference, ForeignKey("audit.id"), primary_key=True)
    words: Mapped[str] = mapped_column(String(500))


append_only(Consent.__table__)  # type: ignore[arg-type]
append_only(Audit.__table__)  # type: ignore[arg-type]
