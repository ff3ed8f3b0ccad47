"""A taught person who became a member says so on the page they kept: what they teach from then on is the next ring of
the spread map, and they cannot be counted a second time."""

from __future__ import annotations

from sqlalchemy.orm import Session

from app.models.engines import lock
from app.models.movement import Taught
from app.models.people import Member
from app.services.commit import writing
from app.services.movement.confirming import PERSON, became_member_in
from app.services.movement.rows import Seen, locked_in
from app.services.movement.teaching import Browser
from quizzes.movement import steps
from quizzes.refusals import Rejected

NO, SIGN_UP, ASK, DONE = "", "sign_up", "ask", "done"


def standing(one: Seen, browser: Browser) -> str:
    """The offer of the kept page: nothing, to sign up, to say "this is me", or that it was said."""
    if one.browser != browser.token or one.way != steps.OWN or one.state != steps.CONFIRMED:
        return NO
    if one.became_member:
        return DONE
    if one.agreed is None or one.child or browser.member_id == one.member_id:
        return NO
    return SIGN_UP if browser.member_id is None else ASK


@writing
def become(db: Session, public_id: str, browser: Browser) -> None:
    """This browser's person is the member who is signed in here. Said twice it is said once."""
    one = locked_in(db, public_id)
    person = db.get(Taught, one.id)
    mine = one.browser == browser.token and one.way == steps.OWN and one.state == steps.CONFIRMED
    if not mine or person is None or one.child or browser.member_id in (None, one.member_id):
        raise Rejected("code_gone")
    number = int(browser.member_id or 0)
    if one.taught_member_id == number:
        return
    lock(db, PERSON, number)
    if db.get_one(Member, number).birth_year != person.birth_year:
        raise Rejected("other_member")
    if one.taught_member_id is not None:
        raise Rejected("taught_already")
    became_member_in(db, one, number)
