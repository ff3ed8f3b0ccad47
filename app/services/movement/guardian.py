"""A taught child's guardian agrees, in a browser of their own; until then nothing of the child is kept.

The child's page shows a code; whoever opens it in another browser may say yes there. Kept are the words as shown and
the digest of that browser, no name of theirs. Law 91/2025/QH15 art. 24: for a child under 16 the guardian agrees, and
who is seven or older is asked, too.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.engines import lock
from app.models.movement import Taught, Teaching
from app.services.commit import reading, writing
from app.services.movement.children import fill_in, holds
from app.services.movement.clock import now_us
from app.services.movement.codes import GUARDIAN, codes
from app.services.movement.confirming import PERSON, Confirmation, remember_in
from app.services.movement.posting import post_in
from app.services.movement.rows import locked_in
from app.services.movement.teaching import Browser, signed_code
from app.services.people.guardians import GROWN_UP
from app.services.people.person import clean_birth_year
from app.services.people.public_names import is_child, this_year
from quizzes.movement import steps
from quizzes.refusals import N_, Rejected

WORDS = N_(
    "Tôi là cha, mẹ hoặc người giám hộ. Tôi đồng ý để đơn vị tổ chức lưu tên gọi và năm sinh của cháu, việc cháu đã "
    "được chỉ và tự làm được, để xác nhận phong trào 1+2. Cháu đã biết và cũng đồng ý. Tôi có thể rút lại bất cứ lúc "
    "nào ngay trên trang này."
)


@dataclass(frozen=True)
class Agreement:
    """The guardian's answers: their own year of birth (not kept), and what is kept of the child."""

    own_year: int
    child: Confirmation


@writing
def agree(db: Session, text: str, browser: Browser, said: Agreement) -> str:
    """The guardian's yes, with the code from the child's page; the teaching's public id. Sent twice it is one."""
    now = now_us(db)
    code = codes.read(text, now)
    if code.purpose != GUARDIAN:
        raise Rejected("code_gone")
    one = locked_in(db, code.of.partition("~")[0])
    known = db.get(Taught, one.id)
    if known is not None and known.guardian == browser.token:
        return one.public_id
    if known is not None or one.state != steps.CONFIRMED or not one.child:
        raise Rejected("code_gone")
    if not browser.token or holds(one, browser, now) or browser.member_id == one.member_id:
        raise Rejected("own_browser")
    own = clean_birth_year(said.own_year)
    if own is None or this_year() - own < GROWN_UP:
        raise Rejected("grown_up", field="own_year")
    year = clean_birth_year(said.child.birth_year)
    if year is None or not is_child(year):
        raise Rejected("child_year", field="year")
    lock(db, PERSON, one.member_id)
    fill_in(db, one, code.of)
    signed_code(one, *remember_in(db, one, year, said.child, now, "guardian"))
    db.flush()
    db.get_one(Taught, one.id).guardian = browser.token
    post_in(db, one.campaign_id, [one.member_id])
    return one.public_id


@reading
def guards(db: Session, public_id: str, browser: Browser) -> bool:
    """True when a guardian has agreed in this browser."""
    query = select(Taught.guardian).join(Teaching, Teaching.id == Taught.teaching_id)
    held = db.scalar(query.where(Teaching.public_id == public_id))
    return bool(browser.token) and held == browser.token
