"""A contest in the database: its settings, the questions frozen at opening, tries, answers and decisions.

What results depend on (snapshot, papers, answers, decisions) can be exported and recomputed by anybody;
reasons, complaints and signals speak of persons and can be erased.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Id, Microseconds, Reference
from app.models.people import ordered_text


class Contest(Base):
    """A contest of a chapter. `rules` may change until `opened_at`, when they are frozen with the snapshot.

    Seeds are drawn when the contest is made; their SHA-256 is published with the rules ("mã đã cam kết"),
    the seeds themselves when nobody can enter any more.
    """

    __tablename__ = "contest"

    id: Mapped[Id]
    public_id: Mapped[str] = mapped_column(String(32), unique=True)
    chapter_id: Mapped[int] = mapped_column(Reference, ForeignKey("chapter.id"), index=True)
    title: Mapped[str] = mapped_column(Text)  # JSON {"vi", "en"?}, as in the rules: for lists
    rules: Mapped[str] = mapped_column(Text)  # JSON of quizzes.contest.setup.rules
    revision: Mapped[int] = mapped_column(default=1)  # of the rules: two organisers cannot overwrite each other
    seed: Mapped[str] = mapped_column(String(64))
    lots_seed: Mapped[str] = mapped_column(String(64))
    created_by: Mapped[int | None] = mapped_column(Reference)
    created_at: Mapped[Microseconds]
    opened_at: Mapped[int | None] = mapped_column(BigInteger)  # frozen since then; hours are the waves' own
    first_at: Mapped[int | None] = mapped_column(BigInteger)  # copies of the waves' hours, for lists
    last_at: Mapped[int | None] = mapped_column(BigInteger)
    next_no: Mapped[int] = mapped_column(default=1)  # of the next try that counts
    decided: Mapped[int] = mapped_column(default=0)  # the number of decisions; the one that lines were graded under
    signalled_at: Mapped[int | None] = mapped_column(BigInteger)
    points_digest: Mapped[str | None] = mapped_column(String(64))  # of what the ledger was last told
    cancelled_at: Mapped[int | None] = mapped_column(BigInteger)


class ContestQuestion(Base):
    """A question as it stood at opening, with its key. `pool` is "paper" or "practice"."""

    __tablename__ = "contest_question"

    contest_id: Mapped[int] = mapped_column(Reference, ForeignKey("contest.id"), primary_key=True)
    pool: Mapped[str] = mapped_column(String(8), primary_key=True)
    key: Mapped[str] = mapped_column(ordered_text(120), primary_key=True)  # "<bank>/<key>": unique over banks
    question_id: Mapped[int] = mapped_column(Reference, index=True)
    body: Mapped[str] = mapped_column(Text)


class ContestUnit(Base):
    """A chapter as it was when the contest opened, with its locked head-count."""

    __tablename__ = "contest_unit"

    contest_id: Mapped[int] = mapped_column(Reference, ForeignKey("contest.id"), primary_key=True)
    chapter_id: Mapped[int] = mapped_column(Reference, primary_key=True)
    parent_id: Mapped[int | None] = mapped_column(Reference)
    kind: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(200))
    members: Mapped[int]  # of the whole subtree; 0: not declared


class Entrant(Base):
    """The facts a contest knows of a person beyond the account: the group they declared, extra time granted."""

    __tablename__ = "entrant"

    contest_id: Mapped[int] = mapped_column(Reference, ForeignKey("contest.id"), primary_key=True)
    member_id: Mapped[int] = mapped_column(Reference, primary_key=True)
    groups: Mapped[str] = mapped_column(String(400), default="")  # names, comma-separated
    extra_percent: Mapped[int] = mapped_column(default=0)
    extra_by: Mapped[int | None] = mapped_column(Reference)
    agreed_at: Mapped[int | None] = mapped_column(BigInteger)  # read the rules page and the notice


class Attempt(Base):
    """One try. The paper is frozen in it; `no` counts tries that count from 1, practice has none.

    The columns from `ended_at` on are the graded line, written once the try is over and again after each
    decision: a board is an index range of `rank_key`, so a page costs the same at 100,000 tries.
    """

    __tablename__ = "attempt"
    __table_args__ = (
        UniqueConstraint("contest_id", "member_id", "wave", "try_no"),
        UniqueConstraint("contest_id", "no"),
        Index("ix_attempt_board", "contest_id", "wave", "division", "counted", "rank_key"),
        Index("ix_attempt_units", "contest_id", "wave", "counted", "chapter_id", "score", "correct", "of"),
        Index("ix_attempt_due", "contest_id", "graded", "closes_at"),
        Index("ix_attempt_member", "member_id", "contest_id"),
    )

    id: Mapped[Id]
    public_id: Mapped[str] = mapped_column(String(32), unique=True)  # drawn: says nothing of how many take part
    contest_id: Mapped[int] = mapped_column(Reference, ForeignKey("contest.id"))
    no: Mapped[int | None]
    member_id: Mapped[int] = mapped_column(Reference)
    wave: Mapped[int]  # -1: practice
    try_no: Mapped[int]
    division: Mapped[str] = mapped_column(ordered_text(40))
    chapter_id: Mapped[int | None] = mapped_column(Reference)  # the home chapter on that day
    birth_year: Mapped[int | None]
    started_at: Mapped[Microseconds]
    closes_at: Mapped[Microseconds]
    submitted_at: Mapped[int | None] = mapped_column(BigInteger)  # the member's own act; None: it was left
    extra_percent: Mapped[int] = mapped_column(default=0)
    paper: Mapped[str] = mapped_column(Text)  # JSON of quizzes.contest.taking.paper.written
    prediction: Mapped[int | None] = mapped_column(BigInteger)
    flags: Mapped[str] = mapped_column(String(600), default="")  # places flagged for later, comma-separated
    moved_on: Mapped[str] = mapped_column(Text, default="{}")  # timed by question: place -> when left (JSON)
    device_hash: Mapped[bytes | None] = mapped_column(LargeBinary(32))  # salted, erased after 90 days
    source_hash: Mapped[bytes | None] = mapped_column(LargeBinary(32))  # of the address, the same
    focus_lost: Mapped[int] = mapped_column(default=0)
    cancelled: Mapped[bool] = mapped_column(default=False)

    graded: Mapped[int] = mapped_column(default=-1)  # decisions the line was graded under; below 0: not yet
    counted: Mapped[bool] = mapped_column(default=False)  # the person's try that stands on the board
    ended_at: Mapped[int | None] = mapped_column(BigInteger)
    score: Mapped[int | None]  # half-points
    most: Mapped[int | None]
    correct: Mapped[int | None]
    of: Mapped[int | None]
    rank_key: Mapped[bytes | None] = mapped_column(LargeBinary(120))


class AttemptAnswer(Base):
    """One answer as it stands, with the save that made it. `place` 0.. in the paper, -1 the prediction."""

    __tablename__ = "attempt_answer"

    attempt_id: Mapped[int] = mapped_column(Reference, primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True)
    revision: Mapped[int]
    device: Mapped[str] = mapped_column(String(24))
    count: Mapped[int]
    choice: Mapped[str] = mapped_column(Text)  # canonical JSON; "null" is a choice taken back
    first_at: Mapped[Microseconds]
    at: Mapped[Microseconds]


class ContestDecision(Base):
    """A recorded decision that changes results: quizzes.contest.results.decisions. Never changed, never deleted."""

    __tablename__ = "contest_decision"
    __table_args__ = (UniqueConstraint("contest_id", "no"),)

    id: Mapped[Id]
    contest_id: Mapped[int] = mapped_column(Reference, ForeignKey("contest.id"))
    no: Mapped[int]
    do: Mapped[str] = mapped_column(String(12))
    question: Mapped[str] = mapped_column(String(120), default="")
    answers: Mapped[str] = mapped_column(Text, default="[]")  # JSON
    member_id: Mapped[int] = mapped_column(Reference, default=0)
    wave: Mapped[int | None]
    attempt_no: Mapped[int] = mapped_column(default=0)
    paragraph: Mapped[str] = mapped_column(
        String(20), server_default=text("''")
    )  # section of the rules page it rests on
    reason: Mapped[str] = mapped_column(String(1000))  # speaks of persons: told to the member, not exported
    decided_by: Mapped[int] = mapped_column(Reference)
    at: Mapped[Microseconds]


class Complaint(Base):
    """A member's complaint about a contest (khiếu nại) or appeal against a decision."""

    __tablename__ = "complaint"

    id: Mapped[Id]
    contest_id: Mapped[int] = mapped_column(Reference, ForeignKey("contest.id"), index=True)
    member_id: Mapped[int] = mapped_column(Reference, index=True)
    about: Mapped[str] = mapped_column(String(16))  # question, result, decision, technical, other
    question: Mapped[str] = mapped_column(String(120), default="")
    decision_no: Mapped[int | None]
    state: Mapped[str] = mapped_column(String(12))  # open, accepted, refused, withdrawn
    at: Mapped[Microseconds]


class ComplaintMessage(Base):
    """One message about a complaint; in order they are its history."""

    __tablename__ = "complaint_message"

    id: Mapped[Id]
    complaint_id: Mapped[int] = mapped_column(Reference, ForeignKey("complaint.id"), index=True)
    author_id: Mapped[int] = mapped_column(Reference)
    staff: Mapped[bool]
    text: Mapped[str] = mapped_column(String(2000))
    state: Mapped[str] = mapped_column(String(12))  # the complaint's state after this message
    at: Mapped[Microseconds]


class Signal(Base):
    """Something strange for the review queue. A person decides; deleted a year after the contest."""

    __tablename__ = "integrity_signal"
    __table_args__ = (UniqueConstraint("contest_id", "digest"),)

    id: Mapped[Id]
    contest_id: Mapped[int] = mapped_column(Reference, ForeignKey("contest.id"))
    digest: Mapped[str] = mapped_column(String(64))  # of kind and attempts: found again, not doubled
    kind: Mapped[str] = mapped_column(String(24))
    weight: Mapped[int]
    attempts: Mapped[str] = mapped_column(Text)  # JSON list of attempt numbers
    members: Mapped[str] = mapped_column(Text)  # JSON list of member ids
    sentence: Mapped[str] = mapped_column(Text)  # msgid
    about: Mapped[str] = mapped_column(Text)  # JSON of its numbers
    found_at: Mapped[Microseconds]
    outcome: Mapped[str] = mapped_column(String(12), default="")  # "", cleared, acted
    reason: Mapped[str] = mapped_column(String(1000), default="")
    reviewed_at: Mapped[int | None] = mapped_column(BigInteger)
