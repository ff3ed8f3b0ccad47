"""The respected local person of a 1+1 visit: a member named for a chapter's area, or who holds a card for a day.

Both show a QR; the member scans it in the morning and the phone keeps its code for the day, also without a network.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.orm import Session

from app.models.deeds import Deed, DeedCard, LocalPerson
from app.models.engines import insert, lock
from app.models.people import Account, Chapter, Member
from app.services.audit import audit_in
from app.services.commit import reading, writing
from app.services.movement.clock import now_us
from app.services.movement.codes import Code, codes
from app.services.people.chapters import ids_of
from app.services.people.power import organised_in
from app.services.people.roles import ORGANISER, path_of_in, require_in, still_may_in
from app.services.same import SAME
from quizzes.movement.steps import DAY
from quizzes.refusals import Rejected
from quizzes.rights import day_of
from quizzes.text import visible

OVER, REVOKED = "over_card", "revoked_card"
CARD, PERSON = "d", "l"
"""Purposes of signed codes."""
LIVES = DAY
AGAIN = 10 * 60_000_000
"""A card of the same label that is asked for so soon after is the one that was made: microseconds."""
SENT_LATER = 7 * DAY
"""A visit of the card's day may arrive so much later; then somebody looks at it before it counts."""


@dataclass(frozen=True)
class Card:
    """A card as its organiser sees it; `code` is what stands in its QR."""

    id: int
    chapter_id: int
    label: str
    ends_at: int
    code: str


@dataclass(frozen=True)
class Named:
    """A respected local person as organisers see them."""

    member_id: int
    name: str
    code: str
    title: str


@dataclass(frozen=True)
class Partner:
    """The person who stood beside the member: "member:7" or "card:3". `signs`: reasons to look at the visit first, such
    as a card whose day had ended or that was revoked when the entry came."""

    who: str
    signs: tuple[str, ...] = ()


@writing
def make_card(db: Session, actor_id: int, chapter_id: int, label: str) -> int:
    """A card for the next 24 hours; its number. The label says an office or a place, never a person."""
    require_in(db, actor_id, ORGANISER, path_of_in(db, chapter_id))
    label = visible(label)[:80]
    if len(label) < 2:
        raise Rejected("card_label", field="label")
    lock(db, SAME, chapter_id)
    now = now_us(db)
    good = (DeedCard.chapter_id == chapter_id, DeedCard.label == label, DeedCard.revoked_at.is_(None))
    just_made = (DeedCard.ends_at > now + LIVES - AGAIN, DeedCard.made_by == actor_id)
    known = db.scalar(select(DeedCard.id).where(*good, *just_made).order_by(DeedCard.id.desc()).limit(1))
    if known is not None:
        return known
    new = DeedCard(chapter_id=chapter_id, label=label, ends_at=now + LIVES, made_by=actor_id)
    db.add(new)
    db.flush()
    audit_in(db, actor_id, "deed.card", chapter_id=chapter_id, card=new.id)
    return new.id


@reading
def cards(db: Session, chapter_id: int) -> list[Card]:
    """The cards of a chapter that are good now."""
    good = (DeedCard.chapter_id == chapter_id, DeedCard.ends_at > now_us(db), DeedCard.revoked_at.is_(None))
    return [_card(one) for one in db.scalars(select(DeedCard).where(*good).order_by(DeedCard.id.desc()))]


@reading
def card(db: Session, number: int) -> Card | None:
    """One card by its number; a revoked one is not printed again."""
    found = db.get(DeedCard, number)
    return _card(found) if found and found.revoked_at is None else None


def _card(one: DeedCard) -> Card:
    return Card(one.id, one.chapter_id, one.label, one.ends_at, codes.made(Code(CARD, str(one.id), one.ends_at)))


@writing
def revoke(db: Session, actor_id: int, chapter_id: int, number: int) -> int:
    """A lost or misused card is good for nothing from now on; how many of its visits are to be looked at.

    What was noted with it and is not verified yet goes to the review queue, or, where a list has it already, joins
    the list's sample. What phones still send of its day is taken and looked at, too. What was verified stays.
    """
    require_in(db, actor_id, ORGANISER, path_of_in(db, chapter_id))
    one = db.scalar(select(DeedCard).where(DeedCard.id == number, DeedCard.chapter_id == chapter_id).with_for_update())
    if one is None:
        raise Rejected("not_found")
    if one.revoked_at is not None:
        return 0
    one.revoked_at = now_us(db)
    visits = list(db.scalars(select(Deed).where(Deed.partner == f"card:{number}", Deed.state == "waiting")))
    for visit in visits:
        visit.signs = ",".join(filter(None, [visit.signs, REVOKED]))
        if visit.list_id is None:
            visit.review = "waiting"
        else:
            visit.sampled = visit.outcome == "" or visit.sampled
    audit_in(db, actor_id, "deed.card_revoked", chapter_id=chapter_id, card=number, count=len(visits))
    return len(visits)


@writing
def name(db: Session, actor_id: int, chapter_id: int, member_id: int, title: str) -> None:
    """Name a member with an account as respected in a chapter's area; naming again changes the title."""
    require_in(db, actor_id, ORGANISER, path_of_in(db, chapter_id))
    title = visible(title)[:80]
    if len(title) < 2:
        raise Rejected("local_title", field="title")
    organised_in(db, actor_id, member_id)
    with_account = select(Member.id).join(Account, Account.member_id == Member.id)
    if db.scalar(with_account.where(Member.id == member_id, Member.left_at.is_(None))) is None:
        raise Rejected("no_account", field="member")
    row = insert(db, LocalPerson).values(chapter_id=chapter_id, member_id=member_id, title=title, named_at=now_us(db))
    other = row.on_conflict_do_update(
        index_elements=["chapter_id", "member_id"], set_={"title": title}, where=LocalPerson.title != title
    )
    if db.scalar(other.returning(LocalPerson.member_id)) is not None:
        audit_in(db, actor_id, "local_person.named", member_id=member_id, chapter_id=chapter_id)


@writing
def unname(db: Session, actor_id: int, chapter_id: int, member_id: int) -> None:
    """They are that no longer: their code is good for nothing from now on."""
    require_in(db, actor_id, ORGANISER, path_of_in(db, chapter_id))
    this = (LocalPerson.chapter_id == chapter_id, LocalPerson.member_id == member_id)
    if db.scalar(delete(LocalPerson).where(*this).returning(LocalPerson.member_id)) is not None:
        audit_in(db, actor_id, "local_person.unnamed", member_id=member_id, chapter_id=chapter_id)


@reading
def named(db: Session, chapter_id: int) -> list[Named]:
    """The respected local persons of a chapter's area, by name."""
    rows = db.execute(
        select(Member.id, Member.name, Member.code, LocalPerson.title)
        .join(LocalPerson, LocalPerson.member_id == Member.id)
        .where(LocalPerson.chapter_id == chapter_id)
        .order_by(Member.sort_key, Member.id)
    )
    return [Named(*row) for row in rows]


@reading
def titles_of(db: Session, member_id: int) -> list[tuple[str, str]]:
    """(chapter, title) where somebody is named; empty for most."""
    rows = select(Chapter.name, LocalPerson.title).join(LocalPerson, LocalPerson.chapter_id == Chapter.id)
    return [(row[0], row[1]) for row in db.execute(rows.where(LocalPerson.member_id == member_id))]


@reading
def my_code(db: Session, member_id: int) -> tuple[str, int]:
    """(code, when it ends) that a respected local person shows today, or Rejected("forbidden")."""
    if not _is_local_in(db, LocalPerson.member_id == member_id):
        raise Rejected("forbidden")
    ends = now_us(db) + LIVES
    return codes.made(Code(PERSON, str(member_id), ends)), ends


@reading
def shown(db: Session, text: str) -> str:
    """The name behind a scanned code: the card's label or the person's name. Rejected("code_gone") for any other
    code."""
    code = codes.read(text, now_us(db))
    if code.purpose == CARD:
        card = db.get(DeedCard, int(code.of))
        if card is None or not _is_good_in(db, card):
            raise Rejected("code_gone")
        return card.label
    is_local = code.purpose == PERSON and _is_local_in(db, LocalPerson.member_id == int(code.of))
    found = db.scalar(select(Member.name).where(Member.id == int(code.of))) if is_local else None
    if found is None:
        raise Rejected("code_gone")
    return found


def partner_in(db: Session, text: str, member: Member, day: date, now: int) -> Partner:
    """The person a code stands for, in a visit of this member on a day; else Rejected("deed_partner").

    The code of the day may come a few days later: its signature and its own end say which day it was made for.
    """
    try:
        code = codes.read(text, 0)
    except (Rejected, ValueError):
        raise Rejected("deed_partner", field="partner") from None
    signs = [OVER] if now >= code.ends_at else []
    if now >= code.ends_at + SENT_LATER or not _that_day(code.ends_at, day):
        raise Rejected("deed_partner_day", field="partner")
    if not code.of.isdigit() or code.purpose not in (CARD, PERSON):
        raise Rejected("deed_partner", field="partner")
    above = ids_of(member.path)
    if code.purpose == CARD:
        held = db.get(DeedCard, int(code.of))
        if held is None or held.chapter_id not in above:
            raise Rejected("deed_partner", field="partner")
        return Partner(f"card:{code.of}", (*signs, *(() if _is_good_in(db, held) else (REVOKED,))))
    mine = (LocalPerson.member_id == int(code.of), LocalPerson.chapter_id.in_(above))
    if int(code.of) == member.id or not _is_local_in(db, *mine):
        raise Rejected("deed_partner", field="partner")
    return Partner(f"member:{code.of}", tuple(signs))


def _is_good_in(db: Session, card: DeedCard) -> bool:
    """True unless the card was revoked, or the power of the organiser who made it has ended."""
    return card.revoked_at is None and still_may_in(db, card.made_by, ORGANISER, card.chapter_id)


def _is_local_in(db: Session, *these: ColumnElement[bool]) -> bool:
    """True when a person is named so who has an account that is open, and is on the list."""
    here = (Member.left_at.is_(None), Account.status == "active")
    named = select(LocalPerson.member_id).join(Member, Member.id == LocalPerson.member_id)
    named = named.join(Account, Account.member_id == Member.id).where(*these, *here)
    return db.scalar(named.limit(1)) is not None


def _that_day(ends_at: int, day: date) -> bool:
    """True when a code was good at some moment of the day."""
    said = day.year * 10_000 + day.month * 100 + day.day
    return day_of(ends_at - LIVES) <= said <= day_of(ends_at)
