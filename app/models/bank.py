"""Question banks. A question's body is the dict that `quizzes.questions` knows, stored as JSON."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Date, ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Id, Microseconds, Reference


class Bank(Base):
    """A collection of questions. The shipped ones are `public`: their keys stand in an open repository."""

    __tablename__ = "bank"

    id: Mapped[Id]
    key: Mapped[str] = mapped_column(String(80), unique=True)
    title: Mapped[str] = mapped_column(Text)  # JSON {"vi", "en"?}
    topics: Mapped[str] = mapped_column(Text, default="{}")  # JSON {key: {"vi", "en"?}}
    public: Mapped[bool]
    chapter_id: Mapped[int | None] = mapped_column(Reference, index=True)
    digest: Mapped[str] = mapped_column(String(64), default="")  # of the file it was loaded from
    updated_at: Mapped[Microseconds]
    checklist: Mapped[str] = mapped_column(Text, default="[]", server_default="[]")  # JSON: what a reviewer ticks
    plan: Mapped[str] = mapped_column(Text, default="{}", server_default="{}")  # JSON: what papers need; see planning


class Question(Base):
    """One question; `key` is its stable id inside the bank."""

    __tablename__ = "question"
    __table_args__ = (
        UniqueConstraint("bank_id", "key"),
        Index("ix_question_draw", "bank_id", "state", "topic", "difficulty"),
    )

    id: Mapped[Id]
    bank_id: Mapped[int] = mapped_column(Reference, ForeignKey("bank.id"))
    key: Mapped[str] = mapped_column(String(80))
    type: Mapped[str] = mapped_column(String(24))
    topic: Mapped[str] = mapped_column(String(80))
    difficulty: Mapped[int]
    state: Mapped[str] = mapped_column(String(12))  # draft, reviewed, approved, retired
    valid_from: Mapped[date | None] = mapped_column(Date)
    valid_to: Mapped[date | None] = mapped_column(Date)
    body: Mapped[str] = mapped_column(Text)
    author_id: Mapped[int | None] = mapped_column(Reference, index=True)
    updated_at: Mapped[Microseconds]
    version: Mapped[int] = mapped_column(default=1, server_default="1")  # of the text; counts up with each change
    approved_version: Mapped[int | None]  # the one that was approved last, whatever was written since


class QuestionVersion(Base):
    """A text of a chapter's question as it was written, by whom; none is ever changed."""

    __tablename__ = "question_version"

    question_id: Mapped[int] = mapped_column(
        Reference, ForeignKey("question.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    no: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    body: Mapped[str] = mapped_column(Text)
    author_id: Mapped[int | None] = mapped_column(Reference, index=True)
    at: Mapped[Microseconds]


class QuestionResult(Base):
    """The result of a question in a contest that is over, for the text with this version."""

    __tablename__ = "question_result"

    question_id: Mapped[int] = mapped_column(
        Reference, ForeignKey("question.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    contest_id: Mapped[int] = mapped_column(
        Reference, ForeignKey("contest.id"), primary_key=True, autoincrement=False, index=True
    )
    version: Mapped[int]
    answers: Mapped[int]
    facility: Mapped[int]  # thousandths right
    slope: Mapped[int | None]  # thousandths of the two-parameter model, from 200 answers on
    place: Mapped[int | None]


class QuestionWords(Base):
    """The words of a question, to be found by. Made of it by the service that writes it; see `models/searching.py`."""

    __tablename__ = "question_words"

    question_id: Mapped[int] = mapped_column(
        Reference, ForeignKey("question.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    place: Mapped[str] = mapped_column(Text)  # bank, state, topic, difficulty
    folded: Mapped[str] = mapped_column(Text)  # without marks
    marked: Mapped[str] = mapped_column(Text)  # with them, each after "="


class Picture(Base):
    """A picture of a question, as WebP. It lies here so that every worker on every machine can show it."""

    __tablename__ = "picture"

    name: Mapped[str] = mapped_column(String(80), primary_key=True)  # random: it says nothing
    data: Mapped[bytes] = mapped_column(LargeBinary)


class QuestionReview(Base):
    """A step of a question's way from draft to approved, and who took it. Everybody who took one knows the key."""

    __tablename__ = "question_review"

    id: Mapped[Id]
    question_id: Mapped[int] = mapped_column(Reference, ForeignKey("question.id", ondelete="CASCADE"), index=True)
    state: Mapped[str] = mapped_column(String(12))  # the state the step led to; "changed": a new text; "comment"
    member_id: Mapped[int | None] = mapped_column(Reference, index=True)
    note: Mapped[str] = mapped_column(String(500), default="")
    at: Mapped[Microseconds]
    version: Mapped[int | None]  # of the text it is about; unknown of old ones
    checked: Mapped[str] = mapped_column(Text, default="", server_default=text("''"))  # JSON: what was ticked


class ShowQuestion(Base):
    """A question drawn for a show: what is asked live may not be asked in a contest, and the reverse."""

    __tablename__ = "show_question"

    show_id: Mapped[int] = mapped_column(Reference, ForeignKey("show.id"), primary_key=True)
    question_id: Mapped[int] = mapped_column(Reference, primary_key=True, index=True)
