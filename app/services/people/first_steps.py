"""The first steps of a new administrator, and those already done in a subtree."""

from __future__ import annotations

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from app.models.bank import Bank
from app.models.contests import Contest
from app.models.people import Account, Chapter, Member, RoleGrant, under
from app.models.shows import Show
from app.services.commit import reading_aside


@reading_aside
def done(db: Session, member_id: int, path: str) -> dict[str, bool]:
    """Step -> whether it is done: units, people, accounts, helpers, bank, contest, show."""
    others = (Member.id != member_id, under(Member.path, path), Member.left_at.is_(None))
    chapters = select(Chapter.id).where(under(Chapter.path, path))
    home = select(Member.chapter_id).where(Member.id == member_id)
    found = {
        "units": exists().where(under(Chapter.path, path), Chapter.parent_id.is_not(None), Chapter.id.not_in(home)),
        "people": exists().where(*others),
        "accounts": exists().where(Account.member_id.in_(select(Member.id).where(*others))),
        "helpers": exists().where(RoleGrant.member_id != member_id, RoleGrant.chapter_id.in_(chapters)),
        "bank": exists().where(Bank.chapter_id.in_(chapters)),
        "contest": exists().where(Contest.chapter_id.in_(chapters)),
        "show": exists().where(Show.chapter_id.in_(chapters)),
    }
    row = db.execute(select(*(one.label(name) for name, one in found.items()))).one()
    return dict(zip(found, map(bool, row), strict=True))
