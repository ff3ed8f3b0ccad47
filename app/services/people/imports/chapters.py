"""Lists of chapters from a file: each row a chapter, known again by its code, hung under another's code."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from sqlalchemy import CursorResult, func, select, text
from sqlalchemy.orm import Session

from app.models.engines import lock
from app.models.people import Chapter, under
from app.models.staging import ImportJob
from app.services.commit import reading
from app.services.people.chapters import clean_code, search_text
from app.services.people.imports.columns import Column, Row
from app.services.people.imports.known_chapters import Known
from app.services.people.kinds import spellings
from app.services.people.tree import TREE, replant_in
from app.services.staging import rows_of
from quizzes.refusals import N_, Rejected
from quizzes.text import fold, sort_key

COLUMNS = (
    Column("code", N_("Mã cơ sở"), ("ma co so", "ma don vi", "ma chi doan", "chapter code", "code")),
    Column(
        "name",
        N_("Tên cơ sở"),
        ("ten co so", "ten don vi", "ten chi doan", "co so", "don vi", "chi doan", "ten", "chapter name", "name"),
        needed=True,
    ),
    Column("kind", N_("Loại"), ("loai", "loai co so", "loai don vi", "kind", "type")),
    Column("parent", N_("Mã cấp trên"), ("ma cap tren", "ma don vi cap tren", "parent code", "parent")),
    Column(
        "parent_name",
        N_("Cấp trên"),
        (
            "cap tren",
            "cap tren truc tiep",
            "ten cap tren",
            "don vi cap tren",
            "co so cap tren",
            "truc thuoc",
            "thuoc",
            "duong dan cap tren",
            "chapter above",
            "above",
            "parent name",
            "parent path",
        ),
    ),
    Column("valid_from", N_("Từ ngày"), ("tu ngay", "ngay thanh lap", "valid from")),
    Column("valid_to", N_("Đến ngày"), ("den ngay", "ngay ket thuc", "valid to")),
)
EXAMPLES = [
    ["P-SAOMAI", "Đoàn phường Sao Mai", "Đoàn phường", "", "", "2025-07-01", ""],
    ["CD-KP1", "Chi đoàn khu phố 1", "Chi đoàn", "P-SAOMAI", "", "", ""],
    ["", "Chi đoàn khu phố 2", "Chi đoàn", "", "Đoàn phường Sao Mai", "", ""],
]
GUIDE = (
    N_("Mỗi dòng một cơ sở. Nhập lại tệp có cùng mã thì thông tin được cập nhật, không tạo bản trùng."),
    N_("Không có mã cũng được: cơ sở được nhận ra theo tên dưới cùng một cấp trên, cơ sở mới được đặt mã."),
    N_("Cấp trên ghi bằng mã, bằng tên hoặc bằng đường dẫn đầy đủ, có thể là một dòng khác của tệp."),
    N_("Cấp trên để trống thì cơ sở mới thuộc cơ sở đang nhập. Ô để trống giữ nguyên điều đã biết về cơ sở đã có."),
    N_("Loại có thể viết: Đoàn xã, Đoàn phường, Đoàn cơ sở, Chi đoàn, Đoàn trường, Liên đội ..."),
)
KINDS_FOLDED = {fold(word): key for word, key in spellings().items()}


def clean(row: Row, seen: dict[str, int]) -> dict[str, Any] | None:
    """The content of one row, ready to be compared; None where something is wrong."""
    code, name = row.key("code", seen) if row["code"] else "", row["name"]
    if not 2 <= len(name) <= 200:
        row.wrong("name", "name" if name else "needed", most=200)
    kind = KINDS_FOLDED.get(fold(row["kind"]), "")
    if row["kind"] and not kind:
        row.wrong("kind", "kind")
    start, end = day_of_row(row, "valid_from"), day_of_row(row, "valid_to")
    if start and end and end < start:
        row.wrong("valid_to", "dates")
    if not row.good:
        return None
    if code:
        seen[code] = row.number
    return {
        "row": row.number,
        "code": code,
        "name": name,
        "kind": kind,
        "parent_code": clean_code(row["parent"]),
        "above": ("parent_name", "" if row["parent"] else row["parent_name"]),
        "valid_from": start,
        "valid_to": end,
        "sort_key": sort_key(name),
        "search": search_text(name, code),
    }


def day_of_row(row: Row, column: str) -> date | None:
    """`2025-07-01`, `1/7/2025`, `01-07-2025`; a problem for anything else."""
    found = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T].*)?|(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", row[column])
    try:
        if found:
            year, month, day = (found[1], found[2], found[3]) if found[1] else (found[6], found[5], found[4])
            return date(int(year), int(month), int(day))
    except ValueError:
        found = None
    if row[column]:
        row.wrong(column, "date")
    return None


@reading
def compared(
    db: Session, actor_id: int, scope: str, home: int, drafts: list[tuple[Row, dict[str, Any]]], listed: Collection[str]
) -> list[dict[str, Any]]:
    """All drafts with their parents and what they change; wrong ones are noted and left out."""
    inside = {one.code: one for one in db.scalars(select(Chapter).where(under(Chapter.path, scope)))}
    codes = {one.id: one.code for one in inside.values()}
    _settle(db, inside, codes[home], drafts)
    mine = [draft["code"] for _, draft in drafts]
    taken = set(db.scalars(select(Chapter.code).where(Chapter.code.in_(mine)))) - inside.keys()
    top = codes[home]
    for row, draft in drafts:
        known = inside.get(draft["code"])
        _keep(known, draft)
        if draft["code"] in taken:
            row.wrong("code", "elsewhere")
        if draft["code"] == top:
            draft["parent_code"] = ""
        elif not draft["parent_code"]:
            draft["parent_code"] = codes.get(known.parent_id or 0, top) if known else top
    return _hung(drafts, inside, codes, top)


def _settle(db: Session, inside: dict[str, Chapter], top: str, drafts: list[tuple[Row, dict[str, Any]]]) -> None:
    """Give each draft its own code and its parent's, also where names stand for them."""
    listed = {draft["code"] for _, draft in drafts}
    for row, draft in drafts:
        if draft["parent_code"] and draft["parent_code"] not in inside and draft["parent_code"] not in listed:
            draft["above"] = ("parent", row["parent"])
    known = Known(db, inside, top, drafts)
    for row, draft in drafts:
        known.settle(row, draft)
        draft.pop("above", None)
        draft["search"] = search_text(draft["name"], draft["code"])


def _keep(known: Chapter | None, draft: dict[str, Any]) -> None:
    """Fill in what a row leaves empty: an empty cell leaves what is known; a new chapter's kind is the one its name
    begins with."""
    draft["kind"] = draft["kind"] or (known.kind if known else kind_in(draft["name"]))
    if known:
        for day in ("valid_from", "valid_to"):
            draft[day] = draft[day] or getattr(known, day)


def kind_in(name: str) -> str:
    """The kind a chapter's name begins with, the longest that fits; chi đoàn where none does."""
    said = f"{fold(name)} "
    found = max((word for word in KINDS_FOLDED if said.startswith(f"{word} ")), key=len, default="")
    return KINDS_FOLDED.get(found, "chi_doan")


def _hung(
    drafts: list[tuple[Row, dict[str, Any]]], inside: dict[str, Chapter], codes: dict[int, str], top: str
) -> list[dict[str, Any]]:
    """Those drafts that hang on the tree as it would become; orphans and rings are noted."""
    above = {code: codes.get(one.parent_id or 0, "") for code, one in inside.items()} | {top: ""}
    above |= {draft["code"]: draft["parent_code"] for row, draft in drafts if row.good}
    kept = []
    for row, draft in drafts:
        way, code = set(), draft["code"]
        while row.good and code != top:
            if code not in above:
                row.wrong("parent", "no_parent")
            elif code in way:
                row.wrong("parent", "ring")
            way.add(code)
            code = above.get(code, "")
        if row.good:
            kept.append(draft | {"action": _action(inside.get(draft["code"]), draft, codes)})
    return kept


def _action(known: Chapter | None, draft: dict[str, Any], codes: dict[int, str]) -> str:
    if known is None:
        return "new"
    parent = codes.get(known.parent_id or 0, "") if draft["parent_code"] else ""
    now = (known.name, known.kind, known.valid_from, known.valid_to, parent)
    wanted = (draft["name"], draft["kind"], draft["valid_from"], draft["valid_to"], draft["parent_code"])
    return "same" if now == wanted else "change"


_CHAPTERS = text("""
    INSERT INTO chapter (code, name, kind, path, sort_key, search, valid_from, valid_to, created_at)
    SELECT r.code, r.name, r.kind, '', r.sort_key, r.search, r.valid_from, r.valid_to, :now
    FROM import_row r WHERE r.job_id = :job AND r.action <> 'same' ORDER BY r.row
    ON CONFLICT (code) DO UPDATE SET
        name = excluded.name, kind = excluded.kind, sort_key = excluded.sort_key, search = excluded.search,
        valid_from = excluded.valid_from, valid_to = excluded.valid_to
    WHERE chapter.path >= :scope AND chapter.path < :beyond""")
_PARENTS = text("""
    UPDATE chapter SET parent_id = p.id FROM import_row r JOIN chapter p ON p.code = r.parent_code
    WHERE r.job_id = :job AND r.action <> 'same' AND chapter.code = r.code
    AND (p.path = '' OR (p.path >= :scope AND p.path < :beyond))""")


def _switch(db: Session, job: ImportJob, scope: str, hands: Iterable[int]) -> None:
    """Put all staged chapters in and write the paths anew; all or nothing."""
    lock(db, TREE, 0)
    values = {"job": job.id, "scope": scope, "beyond": scope[:-1] + "0", "now": job.done_at}
    done = db.execute(_CHAPTERS, values)
    db.execute(_PARENTS, values)
    replant_in(db)
    whole = db.scalar(select(func.count()).select_from(Chapter))
    if not isinstance(done, CursorResult) or done.rowcount != rows_of(job) or db.scalar(_REACHED) != whole:
        raise Rejected("import_moved")


_REACHED = text("""
    WITH RECURSIVE tree(id) AS (
        SELECT id FROM chapter WHERE parent_id IS NULL AND path <> ''
        UNION ALL SELECT c.id FROM chapter c JOIN tree t ON c.parent_id = t.id)
    SELECT count(*) FROM tree""")
