"""Figures of a target from a table: each row a chapter, a day, how many more, and where that is written."""

from __future__ import annotations

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models.people import Chapter
from app.models.targets import Target, TargetFigure
from app.services.commit import reading
from app.services.deeds.cells import number_in
from app.services.lists.lists import Draft, Listed
from app.services.people.chapters import clean_code
from app.services.people.imports.chapter_names import Subtree
from app.services.people.imports.chapters import day_of_row
from app.services.people.imports.columns import Column, Row
from app.services.targets.filling import Figure, take_in
from quizzes.refusals import N_, Rejected
from quizzes.targets.shapes import IMPORT

COLUMNS = (
    Column("chapter", N_("Mã cơ sở"), ("ma co so", "ma don vi", "ma chi doan", "chapter code", "code")),
    Column("chapter_name", N_("Tên cơ sở"), ("ten co so", "ten don vi", "co so", "don vi", "chapter name", "chapter")),
    Column("day", N_("Ngày"), ("ngay", "ngay bao cao", "day", "date"), needed=True, is_day=True),
    Column("count", N_("Số lượng"), ("so luong", "so", "ket qua", "count", "number"), needed=True),
    Column("evidence", N_("Minh chứng"), ("minh chung", "van ban", "nguon", "evidence", "source")),
)
GUIDE = (
    N_("Mỗi dòng là một số thêm vào chỉ tiêu: của một cơ sở, đến một ngày, kèm minh chứng."),
    N_("Cơ sở ghi bằng mã, bằng tên, hoặc bằng cả đường dẫn nếu có nơi trùng tên."),
    N_("Cùng một tệp nhập hai lần chỉ được tính một lần."),
)


def clean(row: Row) -> Draft | None:
    """The content of one row; None where something is wrong."""
    if not row["chapter"] and not row["chapter_name"]:
        row.wrong("chapter", "needed")
    day, count = day_of_row(row, "day"), number_in(row, "count")
    if day is None and row.good:
        row.wrong("day", "needed")
    if not row.good or day is None:
        return None
    said = {"chapter": row["chapter"], "name": row["chapter_name"], "evidence": row["evidence"]}
    return {"row": row.number, "day": day.isoformat(), "count": count, **said}


def looked_up(db: Session, scope: str, home: int, chunk: list[tuple[Row, Draft]]) -> list[Draft]:
    """The chapters of a chunk, among those of the target."""
    subtree, kept = Subtree(db, scope), list[Draft]()
    for row, draft in chunk:
        chapter = subtree.find(row, clean_code(draft["chapter"]), draft["name"])
        if chapter is not None and row.good:
            kept.append(draft | {"chapter_id": chapter, "name": draft["name"] or draft["chapter"]})
    return kept


def switch(db: Session, actor_id: int, chapter_id: int, rows: list[Draft]) -> int:
    """All of them; the same row of the same file is the same figure for ever."""
    if not rows:
        return 0
    target = db.scalars(select(Target.id).where(Target.public_id == rows[0]["of"])).one()
    had = _count(db, target)
    figures = [_figure(f"{one['file']}-{target}-{number}", one) for number, one in enumerate(rows)]
    take_in(db, actor_id, rows[0]["of"], figures)
    return _count(db, target) - had


def _figure(client_id: str, one: Draft) -> Figure:
    return Figure(client_id, one["chapter_id"], date.fromisoformat(one["day"]), one["count"], one["evidence"])


def _count(db: Session, target: int) -> int:
    return db.scalar(select(func.count()).where(TargetFigure.target_id == target)) or 0


def shown(draft: Draft) -> list[str | date]:
    """A row of the preview."""
    return [draft["name"], date.fromisoformat(draft["day"]), str(draft["count"]), draft["evidence"]]


@reading
def check(db: Session, scope: str, of: str) -> None:
    """The target is there, of this chapter, and takes figures from files."""
    query = select(Target.ways).join(Chapter, Chapter.id == Target.chapter_id)
    mine = (Target.public_id == of, Target.removed_at.is_(None), Chapter.path == scope)
    ways = db.scalar(query.where(*mine))
    if ways is None:
        raise Rejected("not_found")
    if IMPORT not in ways.split(","):
        raise Rejected("not_now")


LISTS = {
    "figures": Listed(
        N_("Nhập số của chỉ tiêu từ tệp"),
        COLUMNS,
        [["CD-KP1", "", "2023-06-30", 120, "15-BC/ĐTN"], ["", "Đoàn xã Sóng Xanh", "2023-06-30", 85, "16-BC/ĐTN"]],
        GUIDE,
        clean,
        looked_up,
        switch,
        shown,
        (COLUMNS[1].title, COLUMNS[2].title, COLUMNS[3].title, COLUMNS[4].title),
        "targets.one",
        check,
    )
}
