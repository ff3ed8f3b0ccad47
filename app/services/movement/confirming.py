"""The acts of a taught person: confirm, use it alone later, take it back. Each is one transaction, safe to repeat."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from app.models.engines import insert, lock
from app.models.movement import CheckItem, Taught, Teaching
from app.models.records import ConsentText
from app.services.commit import writing
from app.services.movement import children
from app.services.movement.clock import now_us
from app.services.movement.rows import locked_in
from app.services.movement.teaching import Browser, need_witness_in, signed_code, slot_column
from app.services.people.consent import Wording
from app.services.people.person import clean_birth_year, clean_own_name
from app.services.people.public_names import is_child
from quizzes.movement import odd, steps
from quizzes.movement.services import things
from quizzes.refusals import N_, Rejected

PURPOSE = "taught"
WORDS = N_(
    "Tôi đồng ý để đơn vị tổ chức lưu tên và năm sinh của tôi, và việc tôi đã được chỉ, để xác nhận phong trào 1+2. "
    "Tôi có thể rút lại bất cứ lúc nào ngay trên trang này."
)
WITNESSED = N_(
    "Tôi đã đọc thông báo cho người được chỉ nghe. Người ấy đồng ý để đơn vị tổ chức lưu tên, năm sinh và việc đã được "
    "chỉ, để xác nhận phong trào 1+2, và biết rằng có thể rút lại bất cứ lúc nào."
)
PERSON = 10
"""The kind of lock a confirmation takes on both members it may concern, so that a slot is filled once."""


@dataclass(frozen=True)
class Confirmation:
    """The first step as the person, or the witness for them, gives it. `agreed`: they agreed to the words as shown."""

    birth_year: int
    name: str = ""
    agreed: bool = False
    wording: Wording | None = None


@writing
def confirm(db: Session, public_id: str, browser: Browser, said: Confirmation, *, witnessed: bool = False) -> None:
    """The first step. Sent twice it is done once; whoever it was stored for keeps it, whatever the network did."""
    now = now_us(db)
    one = locked_in(db, public_id)
    for number in sorted({one.member_id, browser.member_id or one.member_id}):
        lock(db, PERSON, number)
    if not children.holds(one, browser, now):
        raise Rejected("code_gone")
    if one.state == steps.CONFIRMED:
        return
    if one.state != steps.BEGUN or now >= (one.code_used_at or 0) + steps.GOES_ON:
        raise Rejected("code_gone")
    year = clean_birth_year(said.birth_year)
    if year is None:
        raise Rejected("birth_year", field="year")
    if witnessed:
        one.way, one.witness = steps.VISIT, need_witness_in(db, one, browser, now)
    with db.no_autoflush:  # the row is written once, at the end
        reasons = odd.at_once(one.code_used_at or now, now) + _same_browser(db, one, browser, witnessed)
        one.state, one.confirmed_at, one.child = steps.CONFIRMED, now, is_child(year)
        if one.child:
            children.empty(one)
        else:
            _fill_slot(db, one)
            reasons += remember_in(db, one, year, said, now, "witness" if witnessed else "self")
        if browser.member_id is not None and not witnessed and not one.child:
            became_member_in(db, one, browser.member_id)
        signed_code(one, *reasons)
        if one.signs and not one.review:
            one.review = "waiting"


def _fill_slot(db: Session, one: Teaching) -> None:
    """A friend or a relative takes the slot, unless somebody else stands there already."""
    slot = slot_column(one.campaign_id, one.member_id, one.kind)
    if slot is not None:
        if db.scalar(select(Teaching.id).where(Teaching.slot == slot)) is not None:
            raise Rejected("place_taken")
        one.slot = slot


def remember_in(db: Session, one: Teaching, year: int, said: Confirmation, now: int, channel: str) -> list[str]:
    """Keep what was agreed to; reasons to look at it first."""
    if not said.agreed or said.wording is None:
        raise Rejected("taught_consent", field="agreed")
    name = clean_own_name(said.name)
    key = odd.same_key(name, year)
    known = {
        "digest": said.wording.digest(PURPOSE),
        "purpose": PURPOSE,
        "lang": said.wording.lang,
        "words": said.wording.words,
    }
    db.execute(insert(db, ConsentText).values(**known).on_conflict_do_nothing())
    same = db.scalar(select(func.count()).select_from(Taught).where(Taught.same_key == key)) or 0
    db.add(
        Taught(
            teaching_id=one.id,
            name=name,
            birth_year=year,
            same_key=key,
            agreed_at=now,
            channel=channel,
            text_digest=known["digest"],
        )
    )
    return ["same_person"] if same else []


def _same_browser(db: Session, one: Teaching, browser: Browser, witnessed: bool) -> list[str]:
    """A witness's browser is meant to be the same; a taught person's is shared at times, so it is looked at."""
    if witnessed or one.browser is None:
        return []
    if browser.children:
        return ["same_browser"]
    others = (
        Teaching.browser == one.browser,
        Teaching.id != one.id,
        Teaching.confirmed_at.is_not(None),
        Teaching.way == steps.OWN,
    )
    return ["same_browser"] if db.scalar(select(Teaching.id).where(*others).limit(1)) else []


def became_member_in(db: Session, one: Teaching, member_id: int) -> None:
    """The person is a member themselves: such a one counts once in all, and never for their own slot."""
    if member_id == one.member_id:
        return
    if db.scalar(select(Teaching.id).where(Teaching.taught_member_id == member_id).limit(1)) is not None:
        raise Rejected("taught_already")
    one.taught_member_id = member_id


@writing
def use(db: Session, public_id: str, browser: Browser, what: str, *, witnessed: bool = False) -> None:
    """The second step: one small thing done alone, 7 to 30 days after the first. Once; sent again changes nothing. Of a
    child nothing more is kept than that it was taught, unless a guardian agreed."""
    now = now_us(db)
    one = locked_in(db, public_id)
    if one.state != steps.CONFIRMED:
        raise Rejected("code_gone")
    if one.used_at is not None:
        return
    if witnessed:
        one.use_witness = need_witness_in(db, one, browser, now)
    elif not children.holds(one, browser, now) or one.way == steps.VISIT:
        raise Rejected("code_gone")
    if not steps.may_use(one.confirmed_at, one.used_at, now) or (one.child and not one.guarded):
        raise Rejected("not_now")
    if what not in dict(things(one.services)):
        raise Rejected("did_what", field="what")
    one.used_at, one.used_what = now, what


@writing
def withdraw(db: Session, public_id: str, browser: Browser) -> None:
    """Forget the person: everything that names or describes them goes in this transaction, nothing is kept to know
    them again. What was verified stays as numbers; what was not is not counted, without blame for anybody."""
    one, now = locked_in(db, public_id), now_us(db)
    person = db.get(Taught, one.id)
    guards = person is not None and person.guardian is not None and person.guardian == browser.token
    if not (guards or children.holds(one, browser, now)) or one.state not in (steps.BEGUN, steps.CONFIRMED):
        raise Rejected("code_gone")
    forget_in(db, one, now)


def forget_in(db: Session, one: Teaching, now: int) -> None:
    db.execute(delete(Taught).where(Taught.teaching_id == one.id))
    db.execute(update(CheckItem).where(CheckItem.teaching_id == one.id).values(phone="", code=""))
    unfinished = (CheckItem.teaching_id == one.id, CheckItem.outcome == "")
    db.execute(update(CheckItem).where(*unfinished).values(outcome="unreached", decided_at=now))
    one.browser = one.address_digest = one.taught_member_id = None
    one.signs = one.services = one.used_what = ""
    one.review = "rejected" if one.review == "rejected" else ""  # what did not count never counts for being forgotten
    one.state, one.withdrawn_at = steps.WITHDRAWN, now
    if one.taught_ok_at is None:
        one.slot = None
        if one.child:
            children.empty(one)


@writing
def leave_number(db: Session, public_id: str, browser: Browser, phone: str) -> None:
    """A sampled person may leave their own number, to be called; it goes when the check is decided."""
    one = locked_in(db, public_id)
    digits = "".join(ch for ch in phone if ch.isdigit())
    if one.child or one.browser != browser.token:  # of a child no number is kept
        raise Rejected("code_gone")
    if not 9 <= len(digits) <= 12:
        raise Rejected("own_number", field="phone")
    asked = (CheckItem.teaching_id == one.id, CheckItem.sampled, CheckItem.outcome == "")
    db.execute(update(CheckItem).where(*asked).values(phone=digits))
