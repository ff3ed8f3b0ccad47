"""People's requests about their data, breaches that were found, and counts of rows erased when their time was over."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Id, Microseconds, Reference
from app.models.people import ordered_text


class DataRequest(Base):
    """One request of one member about their data, with its answer. `kind`: see quizzes.rights.

    `state`: open, granted, refused.
    """

    __tablename__ = "data_request"

    id: Mapped[Id]
    member_id: Mapped[int] = mapped_column(Reference)
    kind: Mapped[str] = mapped_column(String(12))
    words: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(8))
    asked_at: Mapped[Microseconds]
    replied_at: Mapped[int | None] = mapped_column(BigInteger)
    reply: Mapped[str] = mapped_column(Text, default="")
    extended_at: Mapped[int | None] = mapped_column(BigInteger)
    extension: Mapped[str] = mapped_column(Text, default="")  # the reason for taking longer
    closed_at: Mapped[int | None] = mapped_column(BigInteger)
    answer: Mapped[str] = mapped_column(Text, default="")

    __table_args__ = (Index("ix_data_request_member", "member_id", "id"), Index("ix_data_request_state", "state", "id"))


class Incident(Base):
    """A breach of personal data: what form 08 of decree 356/2025 asks for. No person is named in it."""

    __tablename__ = "incident"

    id: Mapped[Id]
    chapter_id: Mapped[int] = mapped_column(Reference, index=True)
    found_at: Mapped[Microseconds]
    what: Mapped[str] = mapped_column(Text)
    data_kinds: Mapped[str] = mapped_column(Text)
    people: Mapped[int] = mapped_column(Integer)  # the number of people concerned, as far as is known
    harm: Mapped[str] = mapped_column(Text)
    measures: Mapped[str] = mapped_column(Text)
    contact: Mapped[str] = mapped_column(String(200))  # the office in charge
    made_at: Mapped[Microseconds]
    reported_at: Mapped[int | None] = mapped_column(BigInteger)


class ErasedDay(Base):
    """The number of rows of one kind erased on a day because their time was over. `day`: 20261129, in Viet Nam."""

    __tablename__ = "erased_day"

    day: Mapped[int] = mapped_column(Integer, primary_key=True)
    kind: Mapped[str] = mapped_column(ordered_text(40), primary_key=True)
    count: Mapped[int] = mapped_column(Integer)


class CalendarDay(Base):
    """A day that whoever runs the program has decided: worked, or free. `day`: 20261129."""

    __tablename__ = "calendar_day"

    day: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    works: Mapped[bool] = mapped_column(Boolean)
    name: Mapped[str] = mapped_column(String(80))
