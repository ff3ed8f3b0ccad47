"""Witness cards: a QR on paper that makes its holder the second pair of eyes for one day."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.movement import Campaign, Teaching, WitnessCard
from app.models.people import Chapter
from app.services.audit import audit_in
from app.services.commit import reading, writing
from app.services.movement.clock import now_us
from app.services.movement.codes import CARD, Code, codes
from app.services.movement.teaching import signed_code
from app.services.people.person import MOST_DIGITS
from app.services.people.roles import ORGANISER, require_in
from quizzes.movement.steps import CARD_LIVES, CONFIRMED
from quizzes.refusals import Rejected
from quizzes.text import visible


@dataclass(frozen=True)
class Card:
    """A card as its organiser sees it; `code` is what stands in its QR."""

    id: int
    campaign_id: int
    label: str
    ends_at: int
    code: str


@writing
def make(db: Session, actor_id: int, campaign_id: int, label: str) -> int:
    """A card for the next 24 hours. The label says an office or a place, never a person."""
    campaign = db.get_one(Campaign, campaign_id)
    require_in(db, actor_id, ORGANISER, db.get_one(Chapter, campaign.chapter_id).path)
    label = visible(label)[:80]
    if len(label) < 2 or sum(map(str.isdigit, label)) > MOST_DIGITS:
        raise Rejected("card_label", field="label")
    now = now_us(db)
    about = {"campaign_id": campaign_id, "chapter_id": campaign.chapter_id, "label": label, "made_by": actor_id}
    new = WitnessCard(**about, ends_at=now + CARD_LIVES)
    db.add(new)
    db.flush()
    audit_in(db, actor_id, "witness.card", chapter_id=campaign.chapter_id, card=new.id)
    return new.id


@writing
def revoke(db: Session, actor_id: int, campaign_id: int, number: int) -> int:
    """A lost or misused card is good for nothing from now on; how many of its steps are to be looked at.

    What it witnessed and is not verified yet goes to the review queue; what was verified stays.
    """
    campaign = db.get_one(Campaign, campaign_id)
    require_in(db, actor_id, ORGANISER, db.get_one(Chapter, campaign.chapter_id).path)
    mine = (WitnessCard.id == number, WitnessCard.campaign_id == campaign_id)
    one = db.scalar(select(WitnessCard).where(*mine).with_for_update())
    if one is None:
        raise Rejected("not_found")
    if one.revoked_at is not None:
        return 0
    one.revoked_at, held = now_us(db), f"card:{number}"
    first = (Teaching.witness == held) & Teaching.taught_ok_at.is_(None)
    second = (Teaching.use_witness == held) & Teaching.used_ok_at.is_(None)
    open_ = (Teaching.campaign_id == campaign_id, Teaching.state == CONFIRMED)
    found = list(db.scalars(select(Teaching).where(*open_, first | second).with_for_update()))
    for teaching in found:
        signed_code(teaching, "revoked_card")
    audit_in(db, actor_id, "witness.card_revoked", chapter_id=one.chapter_id, card=number, count=len(found))
    return len(found)


@reading
def cards(db: Session, campaign_id: int, now: int) -> list[Card]:
    """The cards that are good now."""
    good = (WitnessCard.campaign_id == campaign_id, WitnessCard.ends_at > now, WitnessCard.revoked_at.is_(None))
    return [_card(one) for one in db.scalars(select(WitnessCard).where(*good).order_by(WitnessCard.id.desc()))]


@reading
def card(db: Session, number: int) -> Card | None:
    """One card by its number; a revoked one is not printed again."""
    found = db.get(WitnessCard, number)
    return _card(found) if found and found.revoked_at is None else None


def _card(one: WitnessCard) -> Card:
    return Card(one.id, one.campaign_id, one.label, one.ends_at, codes.made(Code(CARD, str(one.id), one.ends_at)))
