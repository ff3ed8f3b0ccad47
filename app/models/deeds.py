"""Deeds in the database: what members did besides 1+2, with whom, and its verification; old figures beside them.

A `Deed` names nobody who was helped: its words are the member's own and go with retention.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    UniqueConstraint,
    false,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Id, Microseconds, Reference
from app.models.people import ordered_text


class DeedKind(Base):
    """A kind of deed that a chapter made for its subtree, beside those that are shipped."""

    __tablename__ = "deed_kind"

    id: Mapped[Id]
    chapter_id: Mapped[int] = mapped_column(Reference, ForeignKey("chapter.id"), index=True)
    name: Mapped[str] = mapped_column(String(80))
    points: Mapped[int]
    first_points: Mapped[int]  # of a first real transaction; 0: there is no such step
    paired: Mapped[bool] = mapped_column(default=False, server_default=false())
    ended_at: Mapped[int | None] = mapped_column(BigInteger)


class Deed(Base):
    """One deed of one member. `client_id` is the phone's own: the same entry sent twice is one row.

    `state`: waiting, good (verified), rejected, back (taken back by its member). `review`: "", waiting, cleared.
    """

    __tablename__ = "deed"

    id: Mapped[Id]
    member_id: Mapped[int] = mapped_column(Reference)
    team_id: Mapped[int | None] = mapped_column(Reference, index=True)  # the owner, where a whole team did it
    client_id: Mapped[str] = mapped_column(ordered_text(40))
    chapter_id: Mapped[int] = mapped_column(Reference)  # the member's or the team's chapter when it arrived
    kind: Mapped[str] = mapped_column(ordered_text(24))
    step: Mapped[str] = mapped_column(String(8))
    count: Mapped[int]
    day: Mapped[date] = mapped_column(Date)  # as the member says
    at: Mapped[Microseconds]  # when it arrived
    note: Mapped[str] = mapped_column(String(200), default="", server_default=text("''"))
    place: Mapped[str] = mapped_column(String(80), default="", server_default=text("''"))
    paired: Mapped[bool] = mapped_column(default=False, server_default=false())
    partner: Mapped[str] = mapped_column(String(24), default="", server_default=text("''"))  # "member:7", "card:3"
    signs: Mapped[str] = mapped_column(String(80), default="", server_default=text("''"))
    state: Mapped[str] = mapped_column(String(8))
    review: Mapped[str] = mapped_column(String(8), default="", server_default=text("''"))
    list_id: Mapped[int | None] = mapped_column(Reference, ForeignKey("deed_list.id"))
    sampled: Mapped[bool] = mapped_column(default=False, server_default=false())
    outcome: Mapped[str] = mapped_column(String(10), default="", server_default=text("''"))
    decided_at: Mapped[int | None] = mapped_column(BigInteger)

    __table_args__ = (
        UniqueConstraint("member_id", "client_id", name="uq_deed_entry"),
        CheckConstraint("NOT paired OR partner <> ''", name="partner"),
        Index("ix_deed_chapter", "chapter_id", "state"),
        Index("ix_deed_list", "list_id"),
        Index("ix_deed_waiting", "state", "list_id", "chapter_id"),
        {"sqlite_autoincrement": True},
    )


class DeedSum(Base):
    """The number of a chapter's deeds of one kind in one state; kept up to date with every change of theirs."""

    __tablename__ = "deed_sum"

    chapter_id: Mapped[int] = mapped_column(Reference, ForeignKey("chapter.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(ordered_text(24), primary_key=True)
    step: Mapped[str] = mapped_column(ordered_text(8), primary_key=True)
    state: Mapped[str] = mapped_column(ordered_text(8), primary_key=True)
    count: Mapped[int] = mapped_column(BigInteger)


A_DAY = "days + 0 = 1"
"""Single days among spans, said so that only a query in the same words finds them by the index: SQLite would take it
for the spans of a few chapters, too, and not the primary key."""


class DeedSpan(Base):
    """How many of a kind a chapter's verified deeds come to in one day (`days` 1) or in one week from Monday (7); kept
    with every change of theirs."""

    __tablename__ = "deed_span"

    chapter_id: Mapped[int] = mapped_column(Reference, ForeignKey("chapter.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(ordered_text(24), primary_key=True)
    step: Mapped[str] = mapped_column(ordered_text(8), primary_key=True)
    days: Mapped[int] = mapped_column(primary_key=True)
    first: Mapped[date] = mapped_column(Date, primary_key=True)
    count: Mapped[int] = mapped_column(BigInteger)

    __table_args__ = (Index("ix_deed_span_first", "first", sqlite_where=text(A_DAY), postgresql_where=text(A_DAY)),)


class DeedWhole(Base):
    """The same of all chapters together, whatever the tree looks like."""

    __tablename__ = "deed_whole"

    kind: Mapped[str] = mapped_column(ordered_text(24), primary_key=True)
    step: Mapped[str] = mapped_column(ordered_text(8), primary_key=True)
    days: Mapped[int] = mapped_column(primary_key=True)
    first: Mapped[date] = mapped_column(Date, primary_key=True)
    count: Mapped[int] = mapped_column(BigInteger)


class DeedPhoto(Base):
    """The picture of a deed, written anew by us. Deleting the row is forgetting it."""

    __tablename__ = "deed_photo"

    deed_id: Mapped[int] = mapped_column(Reference, ForeignKey("deed.id"), primary_key=True)
    data: Mapped[bytes] = mapped_column(LargeBinary)
    made_at: Mapped[Microseconds]


class DeedList(Base):
    """The deeds of one chapter that wait for verification, frozen together. `state` as of the lists of 1+2."""

    __tablename__ = "deed_list"

    id: Mapped[Id]
    chapter_id: Mapped[int] = mapped_column(Reference, index=True)
    frozen_at: Mapped[Microseconds]
    count: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64))
    checkpoint_id: Mapped[int | None] = mapped_column(Reference)
    drawn_from: Mapped[int | None] = mapped_column(Reference)
    drawn_at: Mapped[int | None] = mapped_column(BigInteger)
    state: Mapped[str] = mapped_column(String(8))


class DeedCard(Base):
    """A QR card of an organiser: for one day its holder is the respected local person of a visit."""

    __tablename__ = "deed_card"

    id: Mapped[Id]
    chapter_id: Mapped[int] = mapped_column(Reference, index=True)
    label: Mapped[str] = mapped_column(String(80))  # an office or a place, not a person
    ends_at: Mapped[Microseconds]
    revoked_at: Mapped[int | None] = mapped_column(BigInteger)
    made_by: Mapped[int | None] = mapped_column(Reference)  # it ends with the power of whoever made it


class LocalPerson(Base):
    """A member with an account whom an organiser named as respected in a chapter's area."""

    __tablename__ = "local_person"

    chapter_id: Mapped[int] = mapped_column(Reference, ForeignKey("chapter.id"), primary_key=True)
    member_id: Mapped[int] = mapped_column(Reference, primary_key=True, index=True)
    title: Mapped[str] = mapped_column(String(80))
    named_at: Mapped[Microseconds]


class Tally(Base):
    """An old figure of a chapter: so many of a kind by a day, from a document. It earns no points."""

    __tablename__ = "tally"

    chapter_id: Mapped[int] = mapped_column(Reference, ForeignKey("chapter.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(ordered_text(24), primary_key=True)
    step: Mapped[str] = mapped_column(String(8), primary_key=True)
    day: Mapped[date] = mapped_column(Date, primary_key=True)
    source: Mapped[str] = mapped_column(ordered_text(120), primary_key=True)
    count: Mapped[int]
    made_by: Mapped[int] = mapped_column(Reference)
    made_at: Mapped[Microseconds]


class ImportTally(Base):
    """One good row of a file of old figures. `action`: new, change or same."""

    __tablename__ = "import_tally"

    job_id: Mapped[int] = mapped_column(Reference, ForeignKey("import_job.id", ondelete="CASCADE"), primary_key=True)
    row: Mapped[int] = mapped_column(primary_key=True)
    action: Mapped[str] = mapped_column(String(8))
    chapter_id: Mapped[int] = mapped_column(Reference)
    kind: Mapped[str] = mapped_column(ordered_text(24))
    step: Mapped[str] = mapped_column(String(8))
    day: Mapped[date] = mapped_column(Date)
    source: Mapped[str] = mapped_column(ordered_text(120))
    count: Mapped[int]
