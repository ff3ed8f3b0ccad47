"""Awards: who is given what, the documents, and what a chapter puts on its documents.

Names on documents can be erased; a row's number and its digest stay and say nothing about anybody.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import BigInteger, Date, ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Id, Microseconds, Reference
from app.models.people import ordered_text


class AwardBatch(Base):
    """Awards of one kind that one organiser proposes with a reason and a second one decides.

    `kind`: certificate (giấy chứng nhận), praise (giấy khen), merit (bằng khen). `state`: waiting, accepted, refused.
    """

    __tablename__ = "award_batch"

    id: Mapped[Id]
    public_id: Mapped[str] = mapped_column(ordered_text(12), unique=True)
    chapter_id: Mapped[int] = mapped_column(Reference, ForeignKey("chapter.id"), index=True)  # the giver
    kind: Mapped[str] = mapped_column(String(12))
    title: Mapped[str] = mapped_column(String(120))  # for the lists of organisers
    design: Mapped[str] = mapped_column(String(12))
    wording: Mapped[str] = mapped_column(String(300))
    decision_no: Mapped[str] = mapped_column(String(60))
    decided_on: Mapped[date | None] = mapped_column(Date)
    signer: Mapped[str] = mapped_column(String(120))
    signer_title: Mapped[str] = mapped_column(String(120))
    place: Mapped[str] = mapped_column(String(60))  # where it was signed, as the document says it
    giver: Mapped[str] = mapped_column(String(200), default="")  # these two as printed, from acceptance
    above: Mapped[str] = mapped_column(String(200), default="")
    source: Mapped[str] = mapped_column(String(60))  # see app.services.awards.sources; "" by hand
    reason: Mapped[str] = mapped_column(Text)
    guardians: Mapped[str] = mapped_column(String(300), default="")
    """How the guardians of the children in it agreed to names on paper; "" where children have their nicknames."""
    state: Mapped[str] = mapped_column(String(8))
    made_by: Mapped[int] = mapped_column(Reference, index=True)
    made_at: Mapped[Microseconds]
    decided_at: Mapped[int | None] = mapped_column(BigInteger)
    leased_until: Mapped[Microseconds]  # a worker is printing until then

    __table_args__ = (Index("ix_award_batch_state", "state", "leased_until"),)


class Award(Base):
    """One award of a batch, to a member or to a chapter. `serial` counts within the giver's year, from acceptance."""

    __tablename__ = "award"
    __table_args__ = (
        UniqueConstraint("batch_id", "place", name="uq_award_place"),
        UniqueConstraint("giver_id", "year", "serial", name="uq_award_serial"),
    )

    id: Mapped[Id]
    public_id: Mapped[str] = mapped_column(ordered_text(20), unique=True)
    batch_id: Mapped[int] = mapped_column(Reference, ForeignKey("award_batch.id"))
    place: Mapped[int]
    member_id: Mapped[int | None] = mapped_column(Reference, index=True)
    chapter_id: Mapped[int | None] = mapped_column(Reference, index=True)  # where a chapter is given it
    name: Mapped[str] = mapped_column(String(200))  # as printed; "" once erased
    nickname: Mapped[bool] = mapped_column(default=False)  # a child's: `name` is what anybody may read
    chapter: Mapped[str] = mapped_column(String(200))  # of that day
    prize: Mapped[str] = mapped_column(String(120))
    giver_id: Mapped[int | None] = mapped_column(Reference)  # these three from acceptance
    year: Mapped[int | None]
    serial: Mapped[int | None]
    revoked_at: Mapped[int | None] = mapped_column(BigInteger)
    revoked_decision: Mapped[str] = mapped_column(String(60))
    revoked_reason: Mapped[str] = mapped_column(String(500))


class AwardFile(Base):
    """The document exactly as it was issued. `digest` (SHA-256) finds it again; `signed`: with a key of this site."""

    __tablename__ = "award_file"

    award_id: Mapped[int] = mapped_column(Reference, ForeignKey("award.id"), primary_key=True, autoincrement=False)
    digest: Mapped[str] = mapped_column(ordered_text(64), unique=True)
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    signed: Mapped[bool] = mapped_column(default=False)
    made_at: Mapped[Microseconds]


class Letterhead(Base):
    """The letterhead of a chapter's documents: logo and signature as PNG, signer, post and place."""

    __tablename__ = "letterhead"

    chapter_id: Mapped[int] = mapped_column(Reference, ForeignKey("chapter.id"), primary_key=True, autoincrement=False)
    logo: Mapped[bytes | None] = mapped_column(LargeBinary)
    signature: Mapped[bytes | None] = mapped_column(LargeBinary)
    signer: Mapped[str] = mapped_column(String(120))
    signer_title: Mapped[str] = mapped_column(String(120))
    place: Mapped[str] = mapped_column(String(60))
