"""1+2 in the database: campaigns, who taught whom what, what the taught person confirmed, and its verification.

A `Teaching` holds numbers and moments only and stays. What names the taught person stands in `Taught` and goes
when they say so.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, Text, and_, false, or_
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Id, Microseconds, Reference
from app.models.people import ordered_text


class Campaign(Base):
    """A season of 1+2 in the subtree of a chapter: its dates, and the services that are taught."""

    __tablename__ = "campaign"

    id: Mapped[Id]
    public_id: Mapped[str] = mapped_column(ordered_text(12), unique=True)
    chapter_id: Mapped[int] = mapped_column(Reference, ForeignKey("chapter.id"), index=True)
    title: Mapped[str] = mapped_column(String(120))
    services: Mapped[str] = mapped_column(String(200))  # keys of quizzes.movement.services, comma-separated
    app_name: Mapped[str] = mapped_column(String(80), default="")  # the province's own application
    app_site: Mapped[str] = mapped_column(String(200), default="")
    starts_at: Mapped[Microseconds]
    ends_at: Mapped[Microseconds]
    invented: Mapped[bool] = mapped_column(default=False, server_default=false())  # to look at: it earns nothing


OF_A_CHILD = (
    "NOT child OR guarded OR (kind = 'other' AND services = '' AND slot IS NULL AND browser IS NULL AND "
    "address_digest IS NULL AND taught_member_id IS NULL AND used_at IS NULL AND used_what = '')"
)
"""Of a child whose guardian has not agreed nothing is kept but that it was taught, by whom, when."""


class Teaching(Base):
    """One person shown something by one member. `kind`: friend, relative, other. `way`: own (phone), visit.

    `state`: shown (a code waits), begun (opened in a browser), confirmed, withdrawn (the person said no again).
    `slot` is set while a friend or relative stands in it: nobody else can stand there.
    """

    __tablename__ = "teaching"

    id: Mapped[Id]
    public_id: Mapped[str] = mapped_column(ordered_text(16), unique=True)
    campaign_id: Mapped[int] = mapped_column(Reference, ForeignKey("campaign.id"))
    member_id: Mapped[int] = mapped_column(Reference)
    chapter_id: Mapped[int] = mapped_column(Reference, index=True)  # the member's chapter on that day
    kind: Mapped[str] = mapped_column(String(8))
    services: Mapped[str] = mapped_column(String(200))
    way: Mapped[str] = mapped_column(String(8))
    state: Mapped[str] = mapped_column(String(10))
    slot: Mapped[str | None] = mapped_column(ordered_text(60), unique=True)
    child: Mapped[bool] = mapped_column(default=False)
    guarded: Mapped[bool] = mapped_column(default=False, server_default=false())  # a child whose guardian agreed
    made_at: Mapped[Microseconds]
    code_ends_at: Mapped[Microseconds]  # of the code on the member's phone
    code_used_at: Mapped[int | None] = mapped_column(BigInteger)
    browser: Mapped[str | None] = mapped_column(String(64), index=True)  # digest of a random token of ours
    address_digest: Mapped[str | None] = mapped_column(String(64))  # 30 days
    confirmed_at: Mapped[int | None] = mapped_column(BigInteger)
    used_at: Mapped[int | None] = mapped_column(BigInteger)
    used_what: Mapped[str] = mapped_column(String(24), default="")
    witness: Mapped[str] = mapped_column(String(24), default="")  # "member:7" or "card:3", at the first step
    use_witness: Mapped[str] = mapped_column(String(24), default="")  # at the second
    took_over: Mapped[int] = mapped_column(default=0)  # the number of times another browser took over
    signs: Mapped[str] = mapped_column(String(200), default="")  # reasons to look at it: the reviewer reads them
    review: Mapped[str] = mapped_column(String(8), default="")  # "", waiting, cleared, rejected
    reviewed_at: Mapped[int | None] = mapped_column(BigInteger)
    taught_ok_at: Mapped[int | None] = mapped_column(BigInteger)  # the first step was verified
    used_ok_at: Mapped[int | None] = mapped_column(BigInteger)
    taught_member_id: Mapped[int | None] = mapped_column(Reference, index=True)  # became a member
    withdrawn_at: Mapped[int | None] = mapped_column(BigInteger)

    __table_args__ = (
        Index("ix_teaching_member", "member_id", "campaign_id"),
        Index("ix_teaching_campaign", "campaign_id", "chapter_id", "confirmed_at"),
        Index("ix_teaching_review", "review", "campaign_id"),
        CheckConstraint(OF_A_CHILD, name="of_a_child"),
        {"sqlite_autoincrement": True},
    )


COUNTED = and_(
    Teaching.review.in_(("", "cleared")),
    or_(Teaching.state == "confirmed", and_(Teaching.state == "withdrawn", Teaching.taught_ok_at.is_not(None))),
)
"""True where a teaching stands in figures and ranks: nobody has to look at it first, and whoever took theirs back had
been verified before."""
WITNESSED = or_(Teaching.way == "visit", Teaching.use_witness != "")
"""True where somebody else saw one of the two steps, which every figure tells apart."""


class Taught(Base):
    """The data that a taught person agreed to have kept. Deleting the row forgets the person."""

    __tablename__ = "taught"

    teaching_id: Mapped[int] = mapped_column(Reference, ForeignKey("teaching.id"), primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    birth_year: Mapped[int]
    same_key: Mapped[str] = mapped_column(ordered_text(160), index=True)  # folded name and year
    agreed_at: Mapped[Microseconds]
    channel: Mapped[str] = mapped_column(String(12))  # self, witness, guardian
    text_digest: Mapped[str] = mapped_column(String(64), ForeignKey("consent_text.digest"))
    guardian: Mapped[str | None] = mapped_column(String(64))  # of a child: digest of the guardian's own browser


class WitnessCard(Base):
    """A QR card of an organiser: for one day its holder is the second pair of eyes."""

    __tablename__ = "witness_card"

    id: Mapped[Id]
    campaign_id: Mapped[int] = mapped_column(Reference, ForeignKey("campaign.id"), index=True)
    chapter_id: Mapped[int] = mapped_column(Reference)
    label: Mapped[str] = mapped_column(String(80))  # an office, not a person
    ends_at: Mapped[Microseconds]
    revoked_at: Mapped[int | None] = mapped_column(BigInteger)
    made_by: Mapped[int | None] = mapped_column(Reference)  # it ends with the power of whoever made it


class CheckList(Base):
    """The steps of one chapter's teachings that wait for verification, frozen together.

    `state`: frozen, drawn (the sample is known), review (one failed: each is looked at), done.
    """

    __tablename__ = "check_list"

    id: Mapped[Id]
    campaign_id: Mapped[int] = mapped_column(Reference, ForeignKey("campaign.id"))
    chapter_id: Mapped[int] = mapped_column(Reference)
    frozen_at: Mapped[Microseconds]
    count: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64))
    checkpoint_id: Mapped[int | None] = mapped_column(Reference)  # that names the digest
    drawn_from: Mapped[int | None] = mapped_column(Reference)  # the checkpoint whose seed drew the sample
    drawn_at: Mapped[int | None] = mapped_column(BigInteger)
    state: Mapped[str] = mapped_column(String(8))

    __table_args__ = (Index("ix_check_list_campaign", "campaign_id", "state"),)


class CheckItem(Base):
    """One step on a list. `outcome`: "" (waiting), met, failed, unreached, accepted, rejected."""

    __tablename__ = "check_item"

    list_id: Mapped[int] = mapped_column(Reference, ForeignKey("check_list.id"), primary_key=True)
    teaching_id: Mapped[int] = mapped_column(Reference, ForeignKey("teaching.id"), primary_key=True)
    step: Mapped[str] = mapped_column(String(8), primary_key=True)  # taught, used
    sampled: Mapped[bool] = mapped_column(default=False)
    code: Mapped[str] = mapped_column(String(8), default="")  # the code that the person shows the organiser
    phone: Mapped[str] = mapped_column(String(20), default="")  # their own, given by themselves; until decided
    outcome: Mapped[str] = mapped_column(String(10), default="")
    decided_at: Mapped[int | None] = mapped_column(BigInteger)

    __table_args__ = (Index("uq_check_item_step", "teaching_id", "step", unique=True),)


class Objection(Base):
    """A member's words about a teaching that was not counted, and the answer."""

    __tablename__ = "objection"

    id: Mapped[Id]
    teaching_id: Mapped[int] = mapped_column(Reference, ForeignKey("teaching.id"), index=True)
    member_id: Mapped[int] = mapped_column(Reference, index=True)
    words: Mapped[str] = mapped_column(Text)
    at: Mapped[Microseconds]
    answer: Mapped[str] = mapped_column(Text, default="")
    answered_at: Mapped[int | None] = mapped_column(BigInteger)


class Reminder(Base):
    """The reminders of one slot of 1+2 to a member: two in all, never more."""

    __tablename__ = "reminder"

    campaign_id: Mapped[int] = mapped_column(Reference, primary_key=True)
    member_id: Mapped[int] = mapped_column(Reference, primary_key=True)
    kind: Mapped[str] = mapped_column(String(8), primary_key=True)
    count: Mapped[int]
    last_at: Mapped[Microseconds]
