"""Pictures of deeds: optional, written anew without what a camera adds, seen by the member and organisers above."""

from __future__ import annotations

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.models.deeds import Deed, DeedPhoto
from app.models.engines import insert
from app.services.apart import apart
from app.services.banks.media import encode_picture
from app.services.commit import reading, writing
from app.services.deeds.noting import BACK
from app.services.deeds.sums import WAITING
from app.services.movement.clock import now_us
from quizzes.refusals import Rejected


def add(member_id: int, client_id: str, data: bytes) -> None:
    """The picture of one's own deed, by the phone's id of it; a later one takes its place."""
    _deed(member_id, client_id)  # before a picture is decoded for nobody
    _store(member_id, client_id, apart(encode_picture, data))


@reading
def _deed(db: Session, member_id: int, client_id: str) -> None:
    _open_in(db, member_id, client_id)


def _open_in(db: Session, member_id: int, client_id: str) -> int:
    mine = (Deed.member_id == member_id, Deed.client_id == client_id)
    row = db.execute(select(Deed.id, Deed.state).where(*mine)).first()
    if row is None or row.state == BACK:
        raise Rejected("not_found")
    if row.state != WAITING:
        raise Rejected("not_now")
    return int(row.id)


@writing
def _store(db: Session, member_id: int, client_id: str, data: bytes) -> None:
    deed_id = _open_in(db, member_id, client_id)
    row = insert(db, DeedPhoto).values(deed_id=deed_id, data=data, made_at=now_us(db))
    same = {"data": row.excluded.data, "made_at": row.excluded.made_at}
    db.execute(row.on_conflict_do_update(index_elements=["deed_id"], set_=same))


@writing
def remove(db: Session, member_id: int, deed_id: int) -> None:
    """Forget the picture of one's own deed."""
    mine = select(Deed.id).where(Deed.id == deed_id, Deed.member_id == member_id)
    db.execute(delete(DeedPhoto).where(DeedPhoto.deed_id.in_(mine)))


@reading
def picture(db: Session, deed_id: int) -> bytes | None:
    """The picture of a deed; who asks is checked by the page."""
    return db.scalar(select(DeedPhoto.data).where(DeedPhoto.deed_id == deed_id))
