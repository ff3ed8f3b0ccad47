"""A member shows a code for a slot of 1+2; a browser that opens it is bound to the teaching."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models.movement import Taught, Teaching, WitnessCard
from app.models.people import Member
from app.services.commit import reading, writing
from app.services.movement.campaigns import new_public_id, numbered_in
from app.services.movement.clock import now_us
from app.services.movement.codes import CARD, GUARDIAN, KEEP, TEACH, VISIT, Code, codes
from app.services.movement.rows import locked_in
from app.services.people.roles import ORGANISER, may, power_in, still_may_in
from quizzes.movement import steps
from quizzes.movement.services import SERVICES
from quizzes.refusals import Rejected

MOST_OPEN = 200
"""Codes of one member that nobody has used yet, in a campaign: far more than anybody shows in earnest."""


@dataclass(frozen=True)
class Browser:
    """The holder of a browser: a digest of our random token, of the address (30 days), and the member signed in
    there."""

    token: str
    address: str = ""
    member_id: int | None = None
    card: str = ""
    """The code of a witness card this browser holds, as it was given."""
    child: str = ""
    """The text that a taught child's browser keeps, as it was given."""
    children: bool = False
    """True where a child was taught on this browser before: of that nothing is kept on our side."""


@dataclass(frozen=True)
class Opened:
    """The destination of an opened code: a teaching's page, or a witness card's. `ask_year`: the year of birth is asked
    first."""

    public_id: str
    purpose: str
    ask_year: bool = False


@writing
def show_code(db: Session, member_id: int, campaign_id: int, kind: str, services: tuple[str, ...]) -> str:
    """Begin a teaching; its public id. The code for it is made from that, and lives 15 minutes."""
    now, held = now_us(db), numbered_in(db, campaign_id)
    member = db.get_one(Member, member_id)
    chosen = [key for key in SERVICES if key in services and key in held.services.split(",")]
    if member.left_at is not None or not member.path.startswith(held.path):
        raise Rejected("forbidden")
    if not held.running(now):
        raise Rejected("campaign_over")
    if kind not in steps.KINDS or not chosen:
        raise Rejected("teach_what", field="services")
    slot = slot_column(campaign_id, member_id, kind)
    if slot is not None and db.scalar(select(Teaching.id).where(Teaching.slot == slot)) is not None:
        raise Rejected("place_taken")
    waiting = (Teaching.member_id == member_id, Teaching.campaign_id == campaign_id, Teaching.state == steps.SHOWN)
    if (db.scalar(select(func.count()).select_from(Teaching).where(*waiting)) or 0) >= MOST_OPEN:
        raise Rejected("slow_down")
    new = Teaching(
        public_id=new_public_id(14),
        campaign_id=campaign_id,
        member_id=member_id,
        chapter_id=member.chapter_id,
        kind=kind,
        services=",".join(chosen),
        way=steps.OWN,
        state=steps.SHOWN,
        slot=None,
        made_at=now,
        code_ends_at=now + steps.CODE_LIVES,
        code_used_at=None,
    )
    db.add(new)
    db.flush()
    return new.public_id


def code_of(public_id: str, ends_at: int) -> str:
    """The text in the fragment of a teaching's QR."""
    return codes.made(Code(TEACH, public_id, ends_at))


def keep_code(public_id: str) -> str:
    """The text in the fragment of the page the taught person keeps. Only their own browser is told."""
    return codes.made(Code(KEEP, public_id, 0))


@reading
def visit_code(db: Session, member_id: int, public_id: str) -> str:
    """The code of a second visit: the member shows it to the witness, while the second step can be taken."""
    one = db.scalar(select(Teaching).where(Teaching.public_id == public_id, Teaching.member_id == member_id))
    now = now_us(db)
    if one is None or not steps.may_use(one.confirmed_at, one.used_at, now) or one.state != steps.CONFIRMED:
        raise Rejected("not_now")
    return codes.made(Code(VISIT, public_id, now + steps.CODE_LIVES))


@writing
def open_code(db: Session, text: str, browser: Browser, birth_year: int | None = None) -> Opened:
    """Opens a scanned or kept code in this browser.

    The first browser to open a teaching's code has it; opened again by the same one it goes on, by another it is
    gone. A kept page that is opened in another browser wants the year of birth, is marked, and is looked at.
    """
    now = now_us(db)
    code = codes.read(text, now)
    if code.purpose == CARD:
        return Opened("", CARD)
    if code.purpose == GUARDIAN:
        return Opened(code.of.partition("~")[0], GUARDIAN)
    one = locked_in(db, code.of)
    if one.state == steps.WITHDRAWN:
        raise Rejected("code_gone")
    if code.purpose == TEACH:
        _open_teaching(one, browser, now)
    elif code.purpose == KEEP and one.browser != browser.token:
        if birth_year is None:
            return Opened(one.public_id, KEEP, ask_year=True)
        _take_over(db, one, browser, birth_year)
    elif code.purpose == VISIT:
        need_witness_in(db, one, browser, now)
    return Opened(one.public_id, code.purpose)


def _open_teaching(one: Teaching, browser: Browser, now: int) -> None:
    if one.child:
        return  # bound to no browser of ours: its page looks for what the child's own one keeps
    if one.browser is not None:
        if one.browser != browser.token:
            raise Rejected("code_used")
        return
    one.browser, one.code_used_at, one.state = browser.token, now, steps.BEGUN
    one.address_digest = browser.address or None
    if browser.member_id == one.member_id:
        one.signs = "own_browser"


def _take_over(db: Session, one: Teaching, browser: Browser, birth_year: int) -> None:
    person = db.get(Taught, one.id)
    if person is None or person.birth_year != birth_year or browser.member_id == one.member_id:
        raise Rejected("other_year", field="year")
    one.browser, one.took_over = browser.token, one.took_over + 1
    signed_code(one, "took_over")


def signed_code(one: Teaching, *reasons: str) -> None:
    """Add reasons to look at a teaching before (more of) it counts."""
    fresh = [reason for reason in reasons if reason not in one.signs.split(",")]
    if fresh:
        one.signs = ",".join(part for part in [*one.signs.split(","), *fresh] if part)
    if fresh and one.state == steps.CONFIRMED and one.review != "rejected":
        one.review = "waiting"


def slot_column(campaign_id: int, member_id: int, kind: str) -> str | None:
    """The slot a teaching fills, of which there is one."""
    return f"{campaign_id}:{member_id}:{kind}" if kind in steps.SLOTS else None


def _witness(db: Session, one: Teaching, browser: Browser, now: int) -> str:
    """The second pair of eyes that holds this browser: "member:7", "card:3", or "" for none. Nobody sees their own
    teaching, with a card neither."""
    if browser.member_id == one.member_id:
        return ""
    if browser.card:
        try:
            code = codes.read(browser.card, now)
        except Rejected:
            code = None
        number = int(code.of) if code and code.purpose == CARD and code.of.isdigit() else 0
        card = db.get(WitnessCard, number)
        if card is not None and card.campaign_id == one.campaign_id and _holds(db, card, now):
            return f"card:{card.id}"
    if browser.member_id is None:
        return ""
    home = db.scalar(select(Member.path).where(Member.id == one.member_id)) or "/"
    return f"member:{browser.member_id}" if may(power_in(db, browser.member_id), ORGANISER, home) else ""


def _holds(db: Session, card: WitnessCard, now: int) -> bool:
    """True while a card is good; it ends with the power of the organiser who made it."""
    is_good = now < card.ends_at and card.revoked_at is None
    return is_good and still_may_in(db, card.made_by, ORGANISER, card.chapter_id)


def need_witness_in(db: Session, one: Teaching, browser: Browser, now: int) -> str:
    found = _witness(db, one, browser, now)
    if not found:
        raise Rejected("witness_needed")
    return found


@reading
def witness_here(db: Session, public_id: str, browser: Browser) -> bool:
    """True when this browser's holder may be the second pair of eyes of a teaching."""
    if not browser.card and browser.member_id is None:
        return False
    one = db.scalar(select(Teaching).where(Teaching.public_id == public_id))
    return one is not None and _witness(db, one, browser, now_us(db)) != ""
