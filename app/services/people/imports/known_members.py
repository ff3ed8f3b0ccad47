"""The rows of a list of members beside the members there are: known by code, or by name, year of birth and chapter."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.people import Member, RoleGrant
from app.services.commit import reading
from app.services.people.imports.chapter_names import Subtree
from app.services.people.imports.columns import Row
from app.services.people.imports.namesakes import Draft, Namesake, alike_in, as_known, may_be, sure
from app.services.people.names import taken_in
from app.services.people.power import is_over_in
from app.services.tokens import new_code


@reading
def compared(
    db: Session, actor_id: int, scope: str, home: int, drafts: Sequence[tuple[Row, Draft]], listed: Collection[str]
) -> list[Draft]:
    """The drafts of one chunk with their chapter and what they change; wrong ones are noted and left out. `listed`: the
    codes of the whole list."""
    chunk = _Chunk(db, actor_id, scope, home, drafts)
    kept = []
    for row, draft in drafts:
        at = chunk.subtree.find(row, draft.pop("chapter_code"), draft.pop("chapter_name"))
        if not row.good:
            continue
        alike = chunk.alike(draft, listed)
        if draft["code"]:
            chunk.by_code(row, draft, at, alike)
        else:
            chunk.by_name(row, draft, at, alike)
        if row.good:
            del draft["spelled"], draft["several"]
            kept.append(draft)
    return kept


class _Chunk:
    """The members that the rows of one chunk may be."""

    def __init__(self, db: Session, actor_id: int, scope: str, home: int, drafts: Sequence[tuple[Row, Draft]]) -> None:
        self.db, self.actor_id, self.scope, self.home = db, actor_id, scope, home
        codes = [draft["code"] for _, draft in drafts if draft["code"]]
        self.known = {one.code: one for one in db.scalars(select(Member).where(Member.code.in_(codes)))}
        self.names = taken_in(db, codes)
        self.namesakes = alike_in(db, scope, (draft["name"] for _, draft in drafts), None)
        self.subtree = Subtree(db, scope)
        everybody = {one.id for one in self.known.values()}
        everybody |= {one.id for found in self.namesakes.values() for one in found}
        powerful = db.scalars(select(RoleGrant.member_id).where(RoleGrant.member_id.in_(everybody)).distinct())
        self.stronger = {one for one in powerful.all() if not is_over_in(db, actor_id, one)}

    def alike(self, draft: Draft, listed: Collection[str]) -> list[Namesake]:
        """The members of the draft's name and year whom no code of the list means."""
        found = self.namesakes.get(draft["spelled"], [])
        return [one for one in found if one.code not in listed and may_be(one.birth_year, draft["birth_year"])]

    def by_code(self, row: Row, draft: Draft, at: int | None, alike: Sequence[Namesake]) -> None:
        """Compare a row that says a code."""
        member = self.known.get(draft["code"])
        if member is not None and (member.erased_at is not None or not member.path.startswith(self.scope)):
            row.wrong("code", "elsewhere")
        if draft["code"] in self.names:
            row.wrong("code", "name_taken")
        draft["action"] = "new" if member is None else "change"
        if member is None:
            self._ask(draft, at, alike)
            return
        draft["twin_row"], draft["chapter_id"] = None, at or member.chapter_id
        if member.merged_into is not None:
            draft["action"] = "same"  # a former code of somebody who is kept as another member
        elif _says_nothing_new(member, draft):
            draft["action"] = "same"
        elif member.id in self.stronger:
            row.wrong("code", "stronger")

    def by_name(self, row: Row, draft: Draft, at: int | None, alike: Sequence[Namesake]) -> None:
        """Compare a row without a code: somebody known, somebody to ask about, or somebody new with a code of ours."""
        member = None if draft["several"] else sure(alike, draft["birth_year"], at)
        if member is None:
            draft |= {"action": "new", "code": new_code()}
            self._ask(draft, at, alike)
            return
        draft |= {"action": "change" if member.left else "same", "twin_row": None, "chapter_id": member.chapter_id}
        draft |= as_known(member)
        if member.left and member.id in self.stronger:
            row.wrong("name", "stronger")

    def _ask(self, draft: Draft, at: int | None, alike: Sequence[Namesake]) -> None:
        """A new row: whom it may be is asked; where it names no chapter, somebody known stays where they are."""
        draft["chapter_id"] = at or (None if alike else self.home)
        draft["twin_id"] = alike[0].id if alike else None


def _says_nothing_new(member: Member, draft: dict[str, Any]) -> bool:
    return (
        member.name == draft["name"]
        and draft["birth_year"] in (None, member.birth_year)
        and member.chapter_id == draft["chapter_id"]
        and member.left_at is None
    )
