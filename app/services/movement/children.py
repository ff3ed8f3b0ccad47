"""A taught child until a guardian agrees: kept is that one was taught, by whom, when.

What else was said, whether a friend or a relative and which services, stands signed in the child's own browser. It
comes back to us inside the code that a guardian scans, and not before the guardian's yes.
"""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.movement import Campaign, Teaching
from app.services.commit import reading
from app.services.movement.clock import now_us
from app.services.movement.codes import CHILD, GUARDIAN, Code, codes
from app.services.movement.rows import Seen
from app.services.movement.teaching import Browser, slot_column
from quizzes.movement import steps
from quizzes.refusals import Rejected

PAGE_LIVES = steps.USE_UNTIL
"""How long a child's page opens while no guardian has agreed, microseconds."""


def empty(one: Teaching) -> None:
    """Leave in the row what may be kept of a child: the table refuses anything else."""
    one.kind, one.services, one.slot, one.guarded = steps.OTHER, "", None, False
    one.browser = one.address_digest = one.taught_member_id = None
    one.used_at = one.used_ok_at = None
    one.used_what = ""


@reading
def code_for(db: Session, public_id: str, browser: Browser) -> str:
    """The text a child's browser keeps, made only while the teaching is not finished and for who has opened it; "" for
    anybody else, or later."""
    one = db.scalar(select(Teaching).where(Teaching.public_id == public_id))
    if one is None or one.state != steps.BEGUN or one.browser != browser.token:
        return ""
    return codes.made(Code(CHILD, _packed(db, one), 0))


def holds(one: Teaching | Seen, browser: Browser, now: int) -> bool:
    """True when this browser is the taught person's: a child's shows the text it kept, any other's is known to us."""
    if one.browser is not None:
        return one.browser == browser.token
    if not one.child or _kept_text(browser, CHILD, now).partition("~")[0] != one.public_id:
        return False
    return one.guarded or now < (one.confirmed_at or 0) + PAGE_LIVES


@reading
def guardian_code(db: Session, public_id: str, browser: Browser) -> str:
    """The code on a taught child's page, with what the child's browser kept; "" where a guardian has agreed already."""
    now, one = now_us(db), db.scalar(select(Teaching).where(Teaching.public_id == public_id))
    if one is None or not one.child or one.state != steps.CONFIRMED or one.guarded or not holds(one, browser, now):
        return ""
    return codes.made(Code(GUARDIAN, _kept_text(browser, CHILD, now), now + steps.GUARDIAN_LIVES))


def fill_in(db: Session, one: Teaching, said: str) -> None:
    """The guardian has agreed: who the child is to the member, and what it was shown, as its browser kept it. A place
    that somebody else stands in by now stays theirs."""
    _, kind, mask = said.split("~")
    taught = (db.scalar(select(Campaign.services).where(Campaign.id == one.campaign_id)) or "").split(",")
    slot = slot_column(one.campaign_id, one.member_id, kind)
    if slot is not None and db.scalar(select(Teaching.id).where(Teaching.slot == slot)) is not None:
        kind, slot = steps.OTHER, None
    one.guarded, one.kind, one.slot = True, kind, slot
    one.services = ",".join(key for place, key in enumerate(taught) if int(mask, 16) >> place & 1)


def _packed(db: Session, one: Teaching) -> str:
    """A teaching's public id, kind and services, these as places in the campaign's list, which never changes."""
    taught = (db.scalar(select(Campaign.services).where(Campaign.id == one.campaign_id)) or "").split(",")
    mask = sum(1 << place for place, key in enumerate(taught) if key in one.services.split(","))
    return f"{one.public_id}~{one.kind}~{mask:x}"


def _kept_text(browser: Browser, purpose: str, now: int) -> str:
    """The content of the text that a child's browser kept; "" for none or another's."""
    try:
        code = codes.read(browser.child, now)
    except Rejected:
        return ""
    return code.of if code.purpose == purpose else ""
