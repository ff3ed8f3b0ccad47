"""Records of members from a file: a row for each operation on a day."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.engines import now_us
from app.models.member_records import MemberRecord
from app.models.people import Member, under
from app.services.lists.lists import Draft, Listed
from app.services.people.chapters import clean_code
from app.services.people.imports.columns import Column, Row
from app.services.records.records import FILE, row_of, write_in
from app.services.staging import CHUNK
from quizzes.records.operations import OPERATIONS, day_in, operation_named
from quizzes.refusals import N_
from quizzes.text import fold

COLUMNS = (
    Column("code", N_("Mã đoàn viên"), ("ma dv", "ma so doan vien", "member code", "code"), needed=True),
    Column("operation", N_("Nghiệp vụ"), ("noi dung nghiep vu", "loai", "loai nghiep vu", "operation"), needed=True),
    Column("on", N_("Ngày"), ("ngay thang", "ngay quyet dinh", "tu ngay", "date", "on"), needed=True, is_day=True),
    Column("document", N_("Số văn bản"), ("so quyet dinh", "quyet dinh so", "van ban", "document")),
    Column("text", N_("Nội dung"), ("ghi chu", "dien giai", "text", "note")),
)
GUIDE = (
    N_("Mỗi dòng một nghiệp vụ của một đoàn viên vào một ngày. Nhập lại cùng tệp không tạo bản trùng."),
    N_("Nghiệp vụ ghi bằng tên như trong danh sách mười hai nghiệp vụ."),
    N_("Đoàn viên phải có trong danh sách của cơ sở hoặc đơn vị bên dưới."),
)


def clean(row: Row) -> Draft | None:
    """The content of one row; None where something is wrong."""
    code, operation, on = clean_code(row["code"]), operation_named(fold(row["operation"])), day_in(row["on"])
    if not code:
        row.wrong("code", "needed")
    if operation is None:
        row.wrong("operation", "operation")
    if on is None:
        row.wrong("on", "date")
    for column, most in (("document", 120), ("text", 399)):
        if len(row[column]) > most:
            row.wrong(column, "too_long", most=most)
    if not row.good or on is None:
        return None
    return {
        "row": row.number,
        "code": code,
        "operation": operation,
        "on": on.isoformat(),
        "document": row["document"],
        "text": row["text"],
    }


def looked_up(db: Session, scope: str, home: int, chunk: list[tuple[Row, Draft]]) -> list[Draft]:
    """The members of a chunk, with one question."""
    codes = {draft["code"] for _, draft in chunk}
    query = select(Member).where(Member.code.in_(codes), under(Member.path, scope), Member.erased_at.is_(None))
    known = {one.code: one for one in db.scalars(query)}
    kept, back = [], _taken_back(db, {one.id for one in known.values()})
    for row, draft in chunk:
        member = known.get(draft["code"])
        if member is None:
            row.wrong("code", "no_member")
            continue
        on = date.fromisoformat(draft["on"])
        why = back.get(_key(member.id, draft["operation"], on, draft["document"], draft["text"]))
        if why is not None:
            row.wrong("operation", "record_back", why=why)
        else:
            kept.append(draft | {"member_id": member.id, "chapter_id": member.chapter_id, "name": member.name})
    return kept


def _taken_back(db: Session, members: set[int]) -> dict[str, str]:
    """Key of what was taken back and holds no more -> why: no file brings it back by itself."""
    rows = list(db.scalars(select(MemberRecord).where(MemberRecord.member_id.in_(members))))
    keys = {one: _key(one.member_id, one.operation, one.on, one.document, one.text) for one in rows}
    holds = {keys[one] for one in rows if one.taken_back_at is None}
    return {keys[one]: one.why for one in rows if keys[one] not in holds}


def _key(member_id: int, operation: str, on: date, document: str, text: str) -> str:
    return str(row_of(member_id, 0, operation, on, document, text)["key"])


def switch(db: Session, actor_id: int, chapter_id: int, rows: list[Draft]) -> int:
    """All of them; a few statements for hundreds of rows."""
    now, new = now_us(db), 0
    for at in range(0, len(rows), CHUNK):
        new += write_in(
            db,
            [
                row_of(
                    one["member_id"],
                    one["chapter_id"],
                    one["operation"],
                    date.fromisoformat(one["on"]),
                    one["document"],
                    one["text"],
                    way=FILE,
                    made_by=actor_id,
                    made_at=now,
                )
                for one in rows[at : at + CHUNK]
            ],
        )
    return new


def shown(draft: Draft) -> list[str | date]:
    """A row of the preview."""
    return [f"{draft['name']} ({draft['code']})", OPERATIONS[draft["operation"]], date.fromisoformat(draft["on"])]


LISTS = {
    "records": Listed(
        N_("Nhập nghiệp vụ đoàn viên"),
        COLUMNS,
        [
            ["DV-2026-0001", "Kết nạp đoàn viên mới", "26/3/2026", "12-QĐ/ĐTN", ""],
            ["DV-2026-0002", "Sinh hoạt đoàn tạm thời", "2026-09-01", "", "Trường Cao đẳng A"],
        ],
        GUIDE,
        clean,
        looked_up,
        switch,
        shown,
        (N_("Tên đoàn viên"), COLUMNS[1].title, COLUMNS[2].title),
        "records.index",
    )
}
