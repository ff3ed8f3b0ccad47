"""The organisation tree as it is read. What changes it stands in `tree`."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, func, or_, select, tuple_
from sqlalchemy.orm import Session, aliased

from app.models.people import Chapter, Member, on_the_list, under
from app.services.commit import reading, reading_aside
from quizzes.refusals import Rejected
from quizzes.text import fold, sought


@dataclass(frozen=True)
class ChapterLine:
    """A chapter as others see it."""

    id: int
    code: str
    name: str
    kind: str
    parent_id: int | None
    path: str
    valid_from: date | None
    valid_to: date | None
    successor_id: int | None
    sort_key: str
    place: str = ""
    """The name of the chapter above, to tell two of the same name apart."""

    def open_on(self, day: date) -> bool:
        """True when the chapter exists on that day."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


@reading
def chapter(db: Session, chapter_id: int) -> ChapterLine | None:
    """One chapter, or None."""
    above = aliased(Chapter)
    row = db.execute(
        select(Chapter, above.name).outerjoin(above, above.id == Chapter.parent_id).where(Chapter.id == chapter_id)
    ).first()
    return _line(row[0], row[1] or "") if row else None


@reading
def path_of_chapter(db: Session, chapter_id: int) -> str | None:
    """The path of a chapter, for questions of rights."""
    return db.scalar(select(Chapter.path).where(Chapter.id == chapter_id))


@reading
def chapter_with_code(db: Session, code: str) -> int | None:
    """The chapter a code belongs to."""
    return db.scalar(select(Chapter.id).where(Chapter.code == clean_code(code)))


@reading
def names_of(db: Session, numbers: Collection[int]) -> dict[int, str]:
    """The names of these chapters."""
    return {one.id: one.name for one in db.scalars(select(Chapter).where(Chapter.id.in_(numbers)))}


@reading
def ancestors(db: Session, path: str) -> list[ChapterLine]:
    """The chapters from the root down to the one at `path`, itself last."""
    return [
        _line(one) for one in db.scalars(select(Chapter).where(Chapter.id.in_(ids_of(path))).order_by(Chapter.path))
    ]


@reading
def children(
    db: Session, parent_id: int | None, after: tuple[str, int] | None = None, limit: int = 50
) -> list[ChapterLine]:
    """The chapters right below one (or the roots), in Vietnamese order, those after the given key."""
    return [
        _line(one) for one in db.scalars(_page(select(Chapter).where(Chapter.parent_id == parent_id), after, limit))
    ]


@reading
def all_children(db: Session, parent_id: int) -> list[ChapterLine]:
    """Every chapter right below one, in Vietnamese order: for tables and reports, which leave nobody out."""
    below = select(Chapter).where(Chapter.parent_id == parent_id).order_by(Chapter.sort_key, Chapter.id)
    return [_line(one) for one in db.scalars(below)]


@reading
def find_chapters(
    db: Session, words: str, *, path: str = "/", limit: int = 20, on: date | None = None
) -> list[ChapterLine]:
    """Chapters whose name or code holds all the words, marks and case aside; only open ones with `on`."""
    found = select(Chapter).where(under(Chapter.path, path))
    for word in sought(words):
        found = found.where(Chapter.search.contains(word, autoescape=True))
    if on is not None:
        found = found.where(or_(Chapter.valid_to.is_(None), Chapter.valid_to >= on))
    rows = list(db.scalars(found.order_by(func.length(Chapter.search), Chapter.sort_key).limit(limit)))
    above = {one.id: one.name for one in db.scalars(select(Chapter).where(Chapter.id.in_({r.parent_id for r in rows})))}
    return [_line(one, above.get(one.parent_id or 0, "")) for one in rows]


@reading_aside
def size_of(db: Session, path: str) -> tuple[int, int]:
    """The number of chapters below `path`, and of members in its whole subtree now."""
    chapters = db.scalar(select(func.count()).select_from(Chapter).where(under(Chapter.path, path))) or 0
    members = select(func.count()).select_from(Member).where(under(Member.path, path), on_the_list())
    return max(0, chapters - (path != "/")), db.scalar(members) or 0


def ids_of(path: str) -> list[int]:
    """The chapters on the way to `path`, from the root."""
    return [int(part) for part in path.split("/") if part]


def clean_code(code: str) -> str:
    """The form in which codes are compared: in capitals, without spaces."""
    return "".join(code.split()).upper()


def search_text(name: str, code: str) -> str:
    """The text that the search field is compared with."""
    return fold(f"{name} {code}")


def chapter_in(db: Session, chapter_id: int) -> Chapter:
    found = db.get(Chapter, chapter_id)
    if found is None:
        raise Rejected("no_such_chapter", field="chapter")
    return found


def open_in(db: Session, chapter_id: int) -> Chapter:
    """The same, unless it has ended: nobody is entered, moved or invited into it."""
    found = chapter_in(db, chapter_id)
    if found.valid_to is not None:
        raise Rejected("chapter_closed", field="chapter")
    return found


def _page(rows: Select[Chapter], after: tuple[str, int] | None, limit: int) -> Select[Chapter]:
    if after is not None:
        rows = rows.where(tuple_(Chapter.sort_key, Chapter.id) > after)
    return rows.order_by(Chapter.sort_key, Chapter.id).limit(limit)


def _line(one: Chapter, place: str = "") -> ChapterLine:
    return ChapterLine(
        one.id,
        one.code,
        one.name,
        one.kind,
        one.parent_id,
        one.path,
        one.valid_from,
        one.valid_to,
        one.successor_id,
        one.sort_key,
        place,
    )
