"""Carries a person's account over when two members turn out to be one person.

Where only the one who goes had an account, it goes over with its name, password and consents. Where both had, the one
of who is kept stays and the other is closed. Sessions of both end, so that nobody goes on as who they are no more.
"""

from __future__ import annotations

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from app.models.engines import now_us
from app.models.people import Account, Guardian, Member
from app.models.records import Consent
from app.models.rights import DataRequest
from app.models.signing_in import OneTimeLink, OutsideIdentity, Passkey
from app.services.carried import Rows
from app.services.people.consent import RANKING, given_in
from app.services.people.links import GUARDIAN
from app.services.people.logins import DISABLED
from app.services.people.public_names import refresh_public_name


class Accounts:
    """Moved: "over", or the former status of the account that was closed, or nothing."""

    def carry(self, db: Session, kept: int, gone: int) -> str:
        theirs, ours = db.get(Account, gone), db.get(Account, kept)
        if theirs is None:
            return ""
        if ours is None:
            _rename(db, gone, kept)
            return "over"
        former, theirs.status = theirs.status, DISABLED
        return former

    def give_back(self, db: Session, kept: int, gone: int, moved: str) -> None:
        if moved == "over":
            _rename(db, kept, gone)
        elif moved and (account := db.get(Account, gone)) is not None:
            account.status = moved


def _rename(db: Session, before: int, after: int) -> None:
    db.execute(update(Account).where(Account.member_id == before).values(member_id=after))
    for ways in (Passkey, OutsideIdentity):
        db.execute(update(ways).where(ways.member_id == before).values(member_id=after))
    asks = (OneTimeLink.member_id == before, OneTimeLink.purpose == GUARDIAN)
    db.execute(update(OneTimeLink).where(*asks).values(member_id=after))
    db.expire_all()


class Consents:
    """Decisions are never changed: those of the account are written again for who is kept, and withdrawn again.

    Moved: the purposes.
    """

    def carry(self, db: Session, kept: int, gone: int) -> list[str]:
        decided = set(db.scalars(select(Consent.purpose).where(Consent.member_id == kept)))
        newest = select(func.max(Consent.id)).where(Consent.member_id == gone).group_by(Consent.purpose)
        rows = [one for one in db.scalars(select(Consent).where(Consent.id.in_(newest))) if one.purpose not in decided]
        for one in rows:
            _again(db, one, kept, one.given)
        return [one.purpose for one in rows if one.given]

    def give_back(self, db: Session, kept: int, gone: int, moved: list[str]) -> None:
        newest = select(func.max(Consent.id)).where(Consent.member_id == kept).group_by(Consent.purpose)
        given = (Consent.id.in_(newest), Consent.purpose.in_(moved), Consent.given.is_(True))
        for one in db.scalars(select(Consent).where(*given)).all():
            _again(db, one, kept, False)


def _again(db: Session, one: Consent, member_id: int, given: bool) -> None:
    db.add(
        Consent(
            member_id=member_id,
            purpose=one.purpose,
            given=given,
            text_digest=one.text_digest,
            at=now_us(db),
            channel=one.channel,
            address_hash=one.address_hash,
            device_hash=one.device_hash,
            recorded_by=one.recorded_by,
        )
    )
    db.flush()
    refresh_public_name(db.get_one(Member, member_id), RANKING in given_in(db, member_id))


CARRIED = {
    "account": Accounts(),
    "consent": Consents(),
    "data_request": Rows(DataRequest.member_id, (DataRequest.id,)),
    "guardian": Rows(Guardian.member_id, (Guardian.member_id,), beside=()),
}
