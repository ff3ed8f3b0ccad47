"""Activities of chapters: their plan and documents, who came; undertakings with an owner, a target and proofs."""

from __future__ import annotations

from datetime import date

from sqlalchemy import BigInteger, Date, ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, deferred, mapped_column

from app.models.base import Base, Id, Microseconds, Reference

EMPTY = text("''")


class Activity(Base):
    """Something at an hour that people come to. `quiz`: the path of a contest or practice of ours."""

    __tablename__ = "activity"

    id: Mapped[Id]
    public_id: Mapped[str] = mapped_column(String(32), unique=True)
    chapter_id: Mapped[int] = mapped_column(Reference, ForeignKey("chapter.id"))
    kind: Mapped[str] = mapped_column(String(20))
    title: Mapped[str] = mapped_column(String(160))
    place: Mapped[str] = mapped_column(String(160), server_default=EMPTY)
    plan: Mapped[str] = mapped_column(Text, server_default=EMPTY)
    minutes: Mapped[str] = mapped_column(Text, server_default=EMPTY)
    quiz: Mapped[str] = mapped_column(String(200), server_default=EMPTY)
    starts_at: Mapped[Microseconds]
    ends_at: Mapped[Microseconds]
    counts: Mapped[bool]
    points: Mapped[int]
    posted_at: Mapped[int | None] = mapped_column(BigInteger)  # when its points went into the ledger last
    made_by: Mapped[int | None] = mapped_column(Reference, index=True)
    made_at: Mapped[Microseconds]
    cancelled_at: Mapped[int | None] = mapped_column(BigInteger)

    __table_args__ = (Index("ix_activity_chapter", "chapter_id", "starts_at"), Index("ix_activity_ends", "ends_at"))


class ActivityPart(Base):
    """One person's task in an activity."""

    __tablename__ = "activity_part"

    activity_id: Mapped[int] = mapped_column(Reference, ForeignKey("activity.id"), primary_key=True)
    member_id: Mapped[int] = mapped_column(Reference, ForeignKey("member.id"), primary_key=True, index=True)
    part: Mapped[str] = mapped_column(String(120))


class ActivityDocument(Base):
    """A document of an activity, kept in the database and given as a download."""

    __tablename__ = "activity_document"

    id: Mapped[Id]
    activity_id: Mapped[int] = mapped_column(Reference, ForeignKey("activity.id"), index=True)
    name: Mapped[str] = mapped_column(String(160))
    kind: Mapped[str] = mapped_column(String(8))
    size: Mapped[int]
    data: Mapped[bytes] = deferred(mapped_column(LargeBinary, nullable=False))
    made_by: Mapped[int | None] = mapped_column(Reference, index=True)
    made_at: Mapped[Microseconds]


class Attendance(Base):
    """Somebody came. `way`: code (scanned on the screen), door (the organiser's phone), later (its queue).

    `device`: a keyed digest of the browser that scanned: one phone, one person. `key`: what the organiser's phone
    called the line, so that a queue sent twice is one. `chapter_id`: the home on that day.
    """

    __tablename__ = "attendance"

    id: Mapped[Id]
    activity_id: Mapped[int] = mapped_column(Reference, ForeignKey("activity.id"))
    member_id: Mapped[int] = mapped_column(Reference, ForeignKey("member.id"), index=True)
    chapter_id: Mapped[int] = mapped_column(Reference)
    way: Mapped[str] = mapped_column(String(8))
    device: Mapped[str | None] = mapped_column(String(64))
    key: Mapped[str | None] = mapped_column(String(40))
    by_id: Mapped[int | None] = mapped_column(Reference)
    at: Mapped[Microseconds]

    __table_args__ = (
        UniqueConstraint("activity_id", "member_id"),
        UniqueConstraint("activity_id", "device"),
        UniqueConstraint("key"),
    )


class Undertaking(Base):
    """A youth work, an idea or an agreement with a partner. `state`: proposed, running, done, declined.

    `points`: whole points for its owner once it is done. `posted_at`: NULL while the ledger may say something else.
    """

    __tablename__ = "undertaking"

    id: Mapped[Id]
    public_id: Mapped[str] = mapped_column(String(32), unique=True)
    chapter_id: Mapped[int] = mapped_column(Reference, ForeignKey("chapter.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    title: Mapped[str] = mapped_column(String(160))
    text: Mapped[str] = mapped_column(Text, server_default=EMPTY)
    partner: Mapped[str] = mapped_column(String(160), server_default=EMPTY)
    owner_id: Mapped[int | None] = mapped_column(Reference, ForeignKey("member.id"), index=True)
    starts_on: Mapped[date | None] = mapped_column(Date)
    ends_on: Mapped[date | None] = mapped_column(Date)
    target: Mapped[str] = mapped_column(String(200), server_default=EMPTY)
    wanted: Mapped[int | None] = mapped_column(BigInteger)
    reached: Mapped[int | None] = mapped_column(BigInteger)
    proof: Mapped[str] = mapped_column(Text, server_default=EMPTY)
    answer: Mapped[str] = mapped_column(Text, server_default=EMPTY)
    state: Mapped[str] = mapped_column(String(12))
    points: Mapped[int] = mapped_column(server_default="0")
    posted_at: Mapped[Microseconds | None]
    made_by: Mapped[int | None] = mapped_column(Reference, index=True)
    made_at: Mapped[Microseconds]
