"""The rows that several verbs of 1+2 read: one teaching, whole, and as the rules see it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.movement import Campaign, Taught, Teaching
from app.models.people import Chapter, Member
from app.models.records import ConsentText
from app.services.commit import reading
from app.services.movement.campaigns import Held, held_of
from quizzes.movement import steps
from quizzes.refusals import Rejected


@dataclass(frozen=True)
class Agreed:
    """The words that a taught person, or a child's guardian, agreed to. `channel`: self, witness or guardian."""

    at: int
    channel: str
    words: str


@dataclass(frozen=True)
class Seen:
    """A teaching as its two people see it: both see the same."""

    id: int
    public_id: str
    campaign: Held
    member_id: int
    member: str
    kind: str
    services: str
    way: str
    state: str
    child: bool
    guarded: bool
    name: str
    """The name that the taught person wrote, or a child's guardian; "" for another child, or once they withdrew."""
    browser: str | None
    took_over: int
    made_at: int
    code_ends_at: int
    confirmed_at: int | None
    used_at: int | None
    used_what: str
    taught_ok: bool
    used_ok: bool
    review: str
    agreed: Agreed | None
    witnessed: bool
    """Somebody else saw one of the two steps."""
    became_member: bool

    @property
    def asked(self) -> bool:
        """True when this person is asked for a second step: a child only if a guardian agreed."""
        return not self.child or self.guarded

    @property
    def window(self) -> tuple[int, int]:
        """The begin and end of the time in which the second step counts; zeros before the first."""
        return steps.use_window(self.confirmed_at) if self.confirmed_at else (0, 0)


WHOLE = (
    select(Teaching, Taught, ConsentText.words, Member.name, Member.public_name, Campaign, Chapter.name, Chapter.path)
    .join(Member, Member.id == Teaching.member_id)
    .join(Campaign, Campaign.id == Teaching.campaign_id)
    .join(Chapter, Chapter.id == Campaign.chapter_id)
    .outerjoin(Taught, Taught.teaching_id == Teaching.id)
    .outerjoin(ConsentText, ConsentText.digest == Taught.text_digest)
)
"""Everything about teachings in one statement: a page of the taught person asks for it at every step."""


def _seen(row: Any) -> Seen:
    one, person, words, name, public_name, *campaign = row
    return Seen(
        one.id,
        one.public_id,
        held_of(*campaign),
        one.member_id,
        name or public_name,
        one.kind,
        one.services,
        one.way,
        one.state,
        one.child,
        one.guarded,
        person.name if person else "",
        one.browser,
        one.took_over,
        one.made_at,
        one.code_ends_at,
        one.confirmed_at,
        one.used_at,
        one.used_what,
        one.taught_ok_at is not None,
        one.used_ok_at is not None,
        one.review,
        Agreed(person.agreed_at, person.channel, words) if person else None,
        one.way == steps.VISIT or one.use_witness != "",
        one.taught_member_id is not None,
    )


@reading
def teaching(db: Session, public_id: str) -> Seen | None:
    """One teaching by what stands in addresses."""
    found = db.execute(WHOLE.where(Teaching.public_id == public_id)).first()
    return _seen(found) if found else None


@reading
def of_member(db: Session, member_id: int, campaign_id: int) -> list[Seen]:
    """The teachings a member has begun or finished in a campaign, the newest first; codes that nobody opened are left
    out."""
    mine = (Teaching.member_id == member_id, Teaching.campaign_id == campaign_id, Teaching.state != steps.SHOWN)
    return [_seen(row) for row in db.execute(WHOLE.where(*mine).order_by(Teaching.id.desc()))]


def locked_in(db: Session, public_id: str) -> Teaching:
    """The row for a verb that changes it; nobody else does meanwhile. Rejected: code_gone where there is none."""
    found = db.scalar(select(Teaching).where(Teaching.public_id == public_id).with_for_update())
    if found is None:
        raise Rejected("code_gone")
    return found


def as_rules(one: Teaching) -> steps.Teaching:
    return steps.Teaching(
        one.id,
        one.member_id,
        one.chapter_id,
        one.kind,
        one.way,
        one.confirmed_at,
        one.used_at,
        one.review == "rejected",
        one.taught_ok_at,
        one.used_ok_at,
        one.state == steps.WITHDRAWN,
        one.child,
    )
