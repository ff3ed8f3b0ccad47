"""Members of one name: those of a subtree that a list's rows may be, and rows of a list that may be one person.

Names are compared without regard to case and to where a tone stands (Hòa, Hoà); another tone is another name.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.people import Chapter, Member, under
from app.services.commit import in_turns
from app.services.people.chapters import search_text
from app.services.people.imports.columns import Note, Row, named
from app.services.people.public_names import initials
from quizzes.refusals import N_
from quizzes.text import person_key, spelling

Draft = dict[str, Any]
NAMED = "named"
"""The kind of a staged row without a code: its person is known by name."""
ALL_WITHOUT = N_(
    "Tệp không có mã đoàn viên: người đã có được nhận ra theo tên, năm sinh và cơ sở, người mới được cấp mã."
)
SOME_WITHOUT = N_(
    "Các dòng không có mã đoàn viên: %(rows)s. Người đã có được nhận ra theo tên, năm sinh và cơ sở, người mới được "
    "cấp mã."
)
_OPEN = [first + last for first, last in ("oa", "oe", "uy")]
_MOVED = {
    unicodedata.normalize("NFC", f"{pair[0]}{tone}{pair[1]}"): unicodedata.normalize("NFC", f"{pair}{tone}")
    for pair in _OPEN
    for tone in "\u0300\u0301\u0303\u0309\u0323"
}
"""The end of a word with its tone on the first vowel, as schools write it -> on the second."""


@dataclass(frozen=True)
class Namesake:
    """A member of a name that a list has."""

    id: int
    code: str
    name: str
    birth_year: int | None
    chapter_id: int
    chapter: str
    left: bool
    waits: bool
    """Signed up alone, and nobody has said yet that they belong here."""


def written(name: str) -> set[str]:
    """The spellings of a name that lists use: as it is, with capitals, in capitals, each with its tones moved."""
    low = name.lower()
    ways = {name, *(" ".join(_moved(word, table) for word in low.split()) for table in (_MOVED, _BACK, {}))}
    return {form for way in ways for form in (way, way.title(), way.upper())}


_BACK = {new: old for old, new in _MOVED.items()}


def _moved(word: str, table: dict[str, str]) -> str:
    return word[:-2] + table.get(word[-2:], word[-2:])


NAMES = 100
"""Names between two breaths: each is written in some ten ways."""


def alike_in(db: Session, scope: str, names: Iterable[str], without: Any) -> dict[str, list[Namesake]]:
    """Name, spelled in one way -> the members of a subtree who bear it. `without`: codes that stand for others."""
    keys = {person_key(form) for name in in_turns(names, NAMES) for form in written(name)}
    query = (
        select(
            Member.id,
            Member.code,
            Member.name,
            Member.birth_year,
            Member.chapter_id,
            Chapter.name,
            Member.left_at,
            Member.confirmed_at,
        )
        .join(Chapter, Chapter.id == Member.chapter_id)
        .where(Member.sort_key.in_(keys), under(Member.path, scope), Member.erased_at.is_(None))
        .where(Member.merged_into.is_(None), *([] if without is None else [Member.code.not_in(without)]))
        .order_by(Member.id)
    )
    found: dict[str, list[Namesake]] = {}
    for number, code, name, born, chapter_id, chapter, left_at, confirmed_at in db.execute(query):
        one = Namesake(number, code, name, born, chapter_id, chapter, left_at is not None, confirmed_at is None)
        found.setdefault(spelling(name), []).append(one)
    return found


def may_be(one: int | None, other: int | None) -> bool:
    """True when people of one name, born in these years, may be one person."""
    return one is None or other is None or one == other


def sure(found: Sequence[Namesake], born: int | None, at: int | None) -> Namesake | None:
    """The one member who is meant by a name, a year of birth and, where the row says it, a chapter; None for doubt."""
    exact = [one for one in found if one.birth_year == born and at in (None, one.chapter_id)]
    one = exact[0] if len(exact) == 1 and (born is not None or len(found) == 1) else None
    return None if one is None or one.waits else one


def together(drafts: Sequence[tuple[Row, Draft]]) -> None:
    """Mark the rows of one list that may be one person: `twin_row` of a later one, `several` of both."""
    first: dict[tuple[str, int | None], tuple[Row, Draft]] = {}
    anybody: dict[str, tuple[Row, Draft]] = {}
    for row, draft in in_turns(drafts):
        name, born = draft["spelled"], draft["birth_year"]
        draft["twin_row"], draft["several"] = None, False
        other = first.get((name, born)) or (first.get((name, None)) if born else anybody.get(name))
        first.setdefault((name, born), (row, draft))
        anybody.setdefault(name, (row, draft))
        if other is None:
            continue
        apart = _place(draft) and _place(other[1]) and _place(draft) != _place(other[1])
        same_year = born is not None and born == other[1]["birth_year"]
        if same_year or (not apart and not (draft["code"] and other[1]["code"])):
            draft["twin_row"] = other[0].number
        if not apart:
            draft["several"] = other[1]["several"] = True


def _place(draft: Draft) -> str:
    return str(draft["chapter_code"] or draft["chapter_name"])


def as_known(member: Namesake) -> Draft:
    """The words of a row about somebody known by name: code and name stay as they are."""
    return {
        "code": member.code,
        "name": member.name,
        "sort_key": person_key(member.name),
        "search": search_text(member.name, member.code),
        "public_name": initials(member.name),
    }


def codes_of(drafts: Iterable[tuple[Row, Draft]]) -> Collection[str]:
    """The codes that a list has: whoever has one of them is no other row's namesake."""
    return {draft["code"] for _, draft in in_turns(drafts) if draft["code"]}


def notes(drafts: Sequence[tuple[Row, Draft]]) -> list[Note]:
    """Notes the rows without a code, and by what their people are known."""
    rows = [row.number for row, draft in in_turns(drafts) if not draft["code"]]
    if not rows:
        return []
    return [(ALL_WITHOUT, {})] if len(rows) == len(drafts) else [(SOME_WITHOUT, {"rows": named(rows)})]
