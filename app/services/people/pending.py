"""The things that wait to be used with somebody's power: links nobody opened yet, files nobody confirmed yet.

It ends with that power. Its use asks for the maker's power once more (`links`, `imports`), so that nothing
works which was forgotten here; but what has ended must not come back when the power does.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import ColumnElement, delete, or_, select
from sqlalchemy.orm import Session

from app.models.people import Chapter, Member, under
from app.models.signing_in import OneTimeLink
from app.models.staging import ImportJob

SETS_PASSWORD = ("password", "slip", "reset")
"""The purposes of links with which a password is set."""


def end_links_to_in(db: Session, member_ids: Iterable[int]) -> None:
    """Ends the links that lead into these people's accounts: their roles, their home or their account have changed."""
    db.execute(delete(OneTimeLink).where(OneTimeLink.member_id.in_(list(member_ids))))


def end_ways_in_in(db: Session, member_id: int) -> None:
    """Ends the links and letters that set a password, where another one was set: whoever reads old ones is shut out."""
    ways = OneTimeLink.purpose.in_(SETS_PASSWORD)
    db.execute(delete(OneTimeLink).where(OneTimeLink.member_id == member_id, ways))


def end_made_by_in(db: Session, maker_id: int, path: str = "/") -> None:
    """Ends the waiting things that this person made in the subtree under `path`, where a power of theirs has ended."""
    db.execute(delete(OneTimeLink).where(OneTimeLink.made_by == maker_id, _lies_under(path)))
    waits = (ImportJob.made_by == maker_id, ImportJob.state != "done", ImportJob.chapter_id.in_(_chapters(path)))
    db.execute(delete(ImportJob).where(*waits))


def end_below_in(db: Session, path: str) -> None:
    """Ends the links into a branch that goes into other hands. A file that was read for it sees for itself what has
    moved."""
    db.execute(delete(OneTimeLink).where(_lies_under(path)))


def _lies_under(path: str) -> ColumnElement[bool]:
    people = select(Member.id).where(under(Member.path, path))
    return or_(OneTimeLink.member_id.in_(people), OneTimeLink.chapter_id.in_(_chapters(path)))


def _chapters(path: str):  # type: ignore[no-untyped-def]
    return select(Chapter.id).where(under(Chapter.path, path))
