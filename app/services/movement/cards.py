"""Witness cards: a QR on paper that makes its holder the second pair of eyes for one day."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.movement import Campaign, WitnessCard
from app.models.people import Chapter
from app.services.audit import audit_in
from app.services.commit import reading, writing
from app.services.movement.clock import now_us
from app.services.movement.codes import CARD, Code, codes
from app.services.people.roles import ORGANISER, require_in
from quizzes.movement.steps import CARD_LIVES
from quizzes.refusals import Rejected
from quizzes.text import visible


@dataclass(frozen=True)
class Card:
    """A card as its organiser sees it; `code` is what stands in its QR."""

    id: int
    label: str
    ends_at: int
    code: str


@writing
def make(db: Session, actor_id: int, campaign_id: int, label: str) -> int:
    """A card for the next 24 hours. The label says an office or a place, never a person."""
    campaign = db.get_one(Campaign, campaign_id)
    require_in(db, actor_id, ORGANISER, db.get_one(Chapter, campaign.chapter_id).path)
    label = visible(label)[:80]
    if len(label) < 2:
        raise Rejected("card_label", field="label")
    now = now_us(db)
    new = WitnessCard(campaign_id=campaign_id, chapter_id=campaign.chapter_id, label=label, made_by=actor_id,
                      made_at=now, ends_at=now + CARD_LIVES)  # fmt: skip
    db.add(new)
    db.flush()
    audit_in(db, actor_id, "witness.card", chapter_id=campaign.chapter_id, card=new.id)
    return new.id


@reading
def cards(db: Session, campaign_id: int, now: int) -> list[Card]:
    """The cards that are good now."""
    good = (WitnessCard.campaign_id == campaign_id, WitnessCard.ends_at > now)
    return [_card(one) for one in db.scalars(select(WitnessCard).where(*good).order_by(WitnessCard.id.desc()))]


@reading
def card(db: Session, number: int) -> Card | None:
    """One card by its number."""
    found = db.get(WitnessCard, number)
    return _card(found) if found else None


def _card(one: WitnessCard) -> Card:
    return Card(one.id, one.label, one.ends_at, codes.made(Code(CARD, str(one.id), one.ends_at)))
