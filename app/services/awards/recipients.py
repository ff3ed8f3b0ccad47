"""The recipients of a batch: looked up by their codes, as their documents will name them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.people import Chapter, Member
from app.services.people.public_names import is_child
from quizzes.awards import kinds
from quizzes.refusals import Rejected
from quizzes.text import visible

AT_ONCE = 500
"""The most codes or numbers that one statement looks for."""


def people_in(db: Session, path: str, lines: Sequence[tuple[str, str]], named: bool = False) -> list[dict[str, object]]:
    """The rows of awards, each recipient in the giver's subtree and once for each prize. `named`: children too have
    their names on paper, else what anybody may read of them."""
    if not lines or len(lines) > kinds.MOST:
        raise Rejected("award_too_many" if lines else "award_nobody", field="lines", most=kinds.MOST)
    codes = [code for code, _ in lines]
    members = _members(db, codes)
    chapters = {
        one.code: one for part in _parts(codes) for one in db.scalars(select(Chapter).where(Chapter.code.in_(part)))
    }
    names = _names(db, {one.chapter_id for one in members.values()})
    found: list[dict[str, object]] = []
    seen: set[tuple[str, str]] = set()
    for number, (code, said) in enumerate(lines, 1):
        prize = visible(said)[:120]
        here = members.get(code) or chapters.get(code)
        if here is None or not here.path.startswith(path):
            raise Rejected("award_unknown", field="lines", line=number, name=code[:60])
        if (code, prize) in seen:
            raise Rejected("award_twice", field="lines", line=number, name=code[:60])
        seen.add((code, prize))
        row = _of_member(here, names, named) if isinstance(here, Member) else _of_chapter(here)
        _check_letters(f"{row['name']} {row['chapter']} {prize}", "lines")
        found.append(row | {"prize": prize})
    return found


def _of_member(one: Member, names: dict[int, str], named: bool) -> dict[str, object]:
    nickname = is_child(one.birth_year) and not named
    name = one.public_name if nickname else one.name
    return {
        "member_id": one.id,
        "chapter_id": None,
        "name": name,
        "nickname": nickname,
        "chapter": names[one.chapter_id],
    }


def _of_chapter(one: Chapter) -> dict[str, object]:
    return {"member_id": None, "chapter_id": one.id, "name": one.name, "nickname": False, "chapter": ""}


def _members(db: Session, codes: Sequence[str]) -> dict[str, Member]:
    """Code -> member who was not erased."""
    here = (select(Member).where(Member.code.in_(part), Member.erased_at.is_(None)) for part in _parts(codes))
    return {one.code: one for query in here for one in db.scalars(query)}


def _names(db: Session, homes: set[int]) -> dict[int, str]:
    """Chapter -> name."""
    parts = (select(Chapter.id, Chapter.name).where(Chapter.id.in_(part)) for part in _parts(sorted(homes)))
    return {row[0]: row[1] for part in parts for row in db.execute(part)}


def check_printed(*words: str) -> None:
    """Every letter of these words has a font. Rejected: award_letter {letter, text}."""
    for said in words:
        _check_letters(visible(said), "wording")


def _check_letters(said: str, field: str) -> None:
    if letter := kinds.unprintable(said):
        raise Rejected("award_letter", field=field, letter=letter, text=said[:60])


def _parts(values: Sequence[Any]) -> list[Sequence[Any]]:
    return [values[at : at + AT_ONCE] for at in range(0, len(values), AT_ONCE)]
