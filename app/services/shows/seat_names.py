"""The names of players where everybody can read them after a show."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.people import Member
from app.models.shows import Seat
from app.services.commit import reading
from app.services.people.public_names import reveals


@reading
def public_names(db: Session, show_id: int, numbers: Iterable[int]) -> dict[int, str]:
    """Seat number -> the name it was given in the hall; a member's that tells the real name only with their consent.

    The hall is one evening, the page stays: so it follows the consent as it is now.
    """
    query = (
        select(Seat.number, Seat.name, Member.name, Member.public_name)
        .outerjoin(Member, Member.id == Seat.member_id)
        .where(Seat.show_id == show_id, Seat.number.in_(list(numbers)))
    )
    return {
        number: public if real and reveals(given, real) else given for number, given, real, public in db.execute(query)
    }
