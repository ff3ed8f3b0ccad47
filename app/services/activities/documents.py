"""Documents of an activity: kept in the database, told by their first bytes, given as downloads only."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from app.models.activities import ActivityDocument
from app.models.engines import now_us
from app.services.activities.planning import activity_in, require_over_in
from app.services.commit import reading, writing
from quizzes.refusals import Rejected
from quizzes.text import visible

MOST_BYTES = 5 * 1024 * 1024
"""Bytes of one document."""
MOST = 20
"""Documents of one activity."""
STARTS = {
    "pdf": (b"%PDF-",),
    "docx": (b"PK\x03\x04",),
    "xlsx": (b"PK\x03\x04",),
    "pptx": (b"PK\x03\x04",),
    "png": (b"\x89PNG\r\n\x1a\n",),
    "jpg": (b"\xff\xd8\xff",),
}
"""The end of a file's name, and how such a file begins."""


@dataclass(frozen=True)
class Document:
    """A document as a list shows it; `size` in bytes."""

    id: int
    name: str
    kind: str
    size: int


@writing
def add(db: Session, actor_id: int, public_id: str, file_name: str, data: bytes) -> None:
    """Keep one more. Rejected: document_kind, document_size, too_many_rows."""
    one = activity_in(db, public_id)
    require_over_in(db, actor_id, one)
    name, _, kind = visible(file_name).rpartition(".")
    kind = {"jpeg": "jpg"}.get(kind.lower(), kind.lower())
    if kind not in STARTS or not data.startswith(STARTS[kind]):
        raise Rejected("document_kind", field="file")
    if len(data) > MOST_BYTES:
        raise Rejected("document_size", field="file")
    db.refresh(one, with_for_update=True)  # who adds another one meanwhile waits
    name = name[:150] or "tài liệu"
    same = (ActivityDocument.name == name, ActivityDocument.kind == kind, ActivityDocument.size == len(data))
    there = select(ActivityDocument.data).where(ActivityDocument.activity_id == one.id, *same)
    if data in db.scalars(there):
        return
    held = db.scalar(select(func.count()).where(ActivityDocument.activity_id == one.id)) or 0
    if held >= MOST:
        raise Rejected("too_many_rows", field="file", most=MOST)
    db.add(
        ActivityDocument(
            activity_id=one.id, name=name, kind=kind, size=len(data), data=data, made_by=actor_id, made_at=now_us(db)
        )
    )


@writing
def remove(db: Session, actor_id: int, public_id: str, number: int) -> None:
    """Take one away."""
    one = activity_in(db, public_id)
    require_over_in(db, actor_id, one)
    mine = (ActivityDocument.id == number, ActivityDocument.activity_id == one.id)
    db.execute(delete(ActivityDocument).where(*mine))


@reading
def of_activity(db: Session, activity_id: int) -> list[Document]:
    """All of an activity, in the order they came."""
    wanted = (ActivityDocument.id, ActivityDocument.name, ActivityDocument.kind, ActivityDocument.size)
    query = select(*wanted).where(ActivityDocument.activity_id == activity_id).order_by(ActivityDocument.id)
    return [Document(*row) for row in db.execute(query)]


@reading
def content(db: Session, activity_id: int, number: int) -> tuple[str, bytes]:
    """(kind, bytes) of a document of this activity."""
    mine = (ActivityDocument.id == number, ActivityDocument.activity_id == activity_id)
    row = db.execute(select(ActivityDocument.kind, ActivityDocument.data).where(*mine)).first()
    if row is None:
        raise Rejected("not_found")
    return row[0], row[1]
