"""The description of a file's columns, and the meanings that a chapter gave such titles before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.engines import insert
from app.models.staging import ImportTitle
from app.services.people.imports.columns import notes_on
from app.services.people.imports.titles import UNUSED, Column, Layout, folded_title
from quizzes.importers import Sheet
from quizzes.text import visible


def about(sheets: Sequence[Sheet], layouts: Sequence[Layout], likely: Layout | None) -> dict[str, Any]:
    """Describes a file: its columns, the first rows below them, and the parts that were not read."""
    one = layouts[0] if layouts else likely
    if one is None:
        return {}
    keys = {at: key for key, places in one.places.items() for at in places}
    below = one.sheet.rows[one.start : one.start + 3]
    return {
        "titles": [[title, keys.get(at, "")] for at, title in enumerate(one.titles)],
        "sample": [[visible(str(cell))[:40] for cell in row[: len(one.titles)]] for row in below],
        "notes": [list(note) for note in notes_on(sheets, layouts)],
        "whole": bool(layouts),
    }


def chosen_keys(columns: Sequence[Column], chosen: Mapping[str, str]) -> dict[str, str]:
    """Folded title -> the key its sender chose for it; what is no key means that the column is not read."""
    known = {column.key for column in columns}
    return {folded_title(title): key if key in known else UNUSED for title, key in chosen.items() if title.strip()}


def known_in(db: Session, chapter_id: int, kind: str) -> dict[str, str]:
    """Folded title -> key, as somebody said of this chapter's lists before."""
    mine = ImportTitle.chapter_id == chapter_id, ImportTitle.kind == kind
    return {title: key for title, key in db.execute(select(ImportTitle.title, ImportTitle.key).where(*mine))}  # noqa: C416


def remember_in(db: Session, chapter_id: int, kind: str, said: Mapping[str, str]) -> dict[str, str]:
    """All that was ever said of the titles in this chapter's lists, with what is said now."""
    for title, key in said.items():
        row = insert(db, ImportTitle).values(chapter_id=chapter_id, kind=kind, title=title, key=key)
        keys = ["chapter_id", "kind", "title"]
        db.execute(row.on_conflict_do_update(index_elements=keys, set_={"key": key}))
    return known_in(db, chapter_id, kind)
