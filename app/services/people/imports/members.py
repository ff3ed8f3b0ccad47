"""Lists of members from a file: each row a member, known again by the member code."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from sqlalchemy import CursorResult, func, select, text
from sqlalchemy.orm import Session

from app.models.engines import lock
from app.models.people import Account, Member, RoleGrant
from app.models.staging import ImportJob, ImportRow
from app.services.files.opening.old_fonts import is_doubtful
from app.services.people.chapters import clean_code, search_text
from app.services.people.imports.columns import Row
from app.services.people.imports.known_members import compared
from app.services.people.imports.namesakes import NAMED
from app.services.people.imports.titles import Column
from app.services.people.names import NAMES
from app.services.people.pending import end_links_to_in
from app.services.people.person import OLDEST, is_code
from app.services.people.power import is_over_in
from app.services.people.public_names import GUARDED_UNTIL, initials, reveals, this_year
from app.services.staging import rows_of
from quizzes.refusals import N_, Rejected
from quizzes.text import fold, person_key, spelling

__all__ = ["COLUMNS", "EXAMPLES", "GUIDE", "clean", "compared", "year_of"]

COLUMNS = (
    Column(
        "code", N_("Mã đoàn viên"),
        ("ma dv", "ma so doan vien", "ma dinh danh doan vien", "ma dinh danh", "so dinh danh doan vien", "ma dvtn",
         "ma so", "so the doan", "so the doan vien", "ma the doan vien", "member code", "code"),
        asked=r"\b(ma|so the|so so|so hieu|dinh danh|code|id|mssv|msv|so hs|so ho so)\b",
    ),
    Column(
        "name", N_("Họ và tên"),
        ("ho va ten", "ho ten", "ho, ten", "ho ten doan vien", "ho va ten doan vien", "ho ten dvtn", "full name",
         "name"),
        needed=True, instead=("family", "given"),
    ),
    Column("family", N_("Họ đệm"), ("ho va ten dem", "ho va dem", "ho dem", "ho va chu dem", "ho", "family name")),
    Column("given", N_("Tên"), ("ten", "given name")),
    Column(
        "birth_year", N_("Năm sinh"),
        ("ngay sinh", "ngay thang nam sinh", "ngay, thang, nam sinh", "ngay/thang/nam sinh", "sinh ngay", "sinh nam",
         "birth year", "year of birth", "date of birth",
         *(f"{title} {one}" for title in ("ngay sinh", "nam sinh", "ngay thang nam sinh", "ngay, thang, nam sinh")
           for one in ("nam", "nu"))),
        is_day=True,
    ),
    Column("chapter", N_("Mã cơ sở"), ("ma co so", "ma chi doan", "ma don vi", "chapter code", "chapter")),
    Column(
        "chapter_name", N_("Cơ sở"),
        ("co so", "ten co so", "chi doan", "ten chi doan", "don vi", "ten don vi", "chi doan/don vi", "sinh hoat tai",
         "chi doan sinh hoat", "chapter name"),
    ),
)  # fmt: skip
EXAMPLES = [["DV-2026-0001", "Nguyễn Thử An", 2006, "CD-KP1"], ["DV-2026-0002", "Trần Ví Dụ Bình", 2003, ""]]
GUIDE = (
    N_("Mỗi dòng một đoàn viên. Nhập lại tệp có cùng mã thì thông tin được cập nhật, không tạo bản trùng."),
    N_(
        "Không có mã cũng được: người đã có được nhận ra theo tên, năm sinh và cơ sở; người mới được cấp mã; "
        "trùng tên thì hệ thống hỏi."
    ),
    N_("Năm sinh: chỉ cần năm. Cột ngày sinh cũng đọc được, nhưng chỉ năm được lưu."),
    N_("Mã cơ sở để trống thì đoàn viên thuộc cơ sở đang nhập. Thay cho mã, ghi tên hoặc đường dẫn ở cột “Cơ sở”."),
    N_("Danh sách có sẵn cũng đọc được: cột khác tên thì chọn một lần, lần sau hệ thống nhớ cho cơ sở này."),
)


def clean(row: Row, seen: dict[str, int]) -> dict[str, Any] | None:
    """The content of one row, ready to be staged; None where something is wrong."""
    code = row.key("code", seen) if row["code"] else ""
    name = row["name"] or f"{row['family']} {row['given']}".strip()
    if row.good and not is_code(code[:40]):
        row.wrong("code", "no_code")
    _check_name(row, code, name)
    born = year_of(row["birth_year"])
    if row["birth_year"] and born is None:
        row.wrong("birth_year", "birth_year")
    if not row.good:
        return None
    if code:
        seen[code] = row.number
    return {
        "row": row.number,
        "code": code,
        "name": name,
        "birth_year": born,
        "chapter_code": clean_code(row["chapter"]),
        "chapter_name": row["chapter_name"],
        "sort_key": person_key(name),
        "search": search_text(name, code),
        "public_name": initials(name),
        "spelled": spelling(name),
        "kind": "" if code else NAMED,
    }


FOOT = re.compile(
    r"(tổng( số| cộng)?|cộng|người (lập|ghi|nhập).*|(t/?m|tl)[. ].*|(phó )?bí thư|xác nhận.*|ghi chú.*|"
    r"ngày .* tháng .*|danh sách.*|\W*ký.*họ tên.*|lập (bảng|biểu|danh sách))\W*",
    re.IGNORECASE,
)
"""Words below a list that are nobody's name."""


def _check_name(row: Row, code: str, name: str) -> None:
    """Note what is wrong with a name, and where a row without a code may be the foot of the list."""
    if not name:
        row.wrong("name", "needed")
    elif not 2 <= len(name) <= 100 or not any(map(str.isalpha, name)):
        row.wrong("name", "name", most=100)
    elif is_doubtful(name):
        row.wrong("name", "old_font")
    elif not code and (FOOT.fullmatch(name) or any(map(str.isdigit, name)) or _is_bare(row)):
        row.wrong("name", "not_person")


def _is_bare(row: Row) -> bool:
    """True when nothing but a name says that this is somebody: no ordinal number, no year where the list has them."""
    if row["birth_year"] or row.counted:
        return False
    return row.counted is False or "birth_year" in row


CLOCK = r"(?:[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?"
"""An hour that a program wrote behind a date."""


def year_of(text_: str) -> int | None:
    """The year in `2006`, `26/3/2006`, `26/3/06`, `2006-03-26`, `ngày 26 tháng 3 năm 2006`; None where there is none a
    member can be born in. Of two digits, the latest year somebody can be born in."""
    found = re.fullmatch(rf"(?:\d{{1,2}}[/.-]){{0,2}}(\d{{4}}){CLOCK}|(\d{{4}})-\d{{1,2}}-\d{{1,2}}{CLOCK}", text_)
    said = re.fullmatch(r"(?:ngay \d{1,2},? )?(?:thang \d{1,2},? )?nam (\d{4})", fold(text_))
    short = re.fullmatch(rf"\d{{1,2}}[/.-]\d{{1,2}}[/.-](\d\d){CLOCK}", text_)
    latest = this_year() - 5
    year = int(found[1] or found[2]) if found else int(said[1]) if said else 0
    if short:
        year = latest - (latest - int(short[1])) % 100
    return year if OLDEST <= year <= latest else None


# Whoever's name is public now stays named, a child and everybody else stays hidden.
_SWITCH = text("""
    INSERT INTO member (code, name, nickname, public_name, birth_year, chapter_id, path, sort_key, search,
                        confirmed_at, created_at)
    SELECT r.code, r.name, '', r.public_name, r.birth_year, r.chapter_id, c.path, r.sort_key, r.search, :now, :now
    FROM import_row r JOIN chapter c ON c.id = r.chapter_id
    WHERE r.job_id = :job AND r.action <> 'same' AND c.path >= :scope AND c.path < :beyond
    ORDER BY r.row
    ON CONFLICT (code) DO UPDATE SET
        name = excluded.name, birth_year = COALESCE(excluded.birth_year, member.birth_year),
        public_name = CASE
            WHEN member.public_name = member.name
                AND (excluded.birth_year IS NULL OR :year - excluded.birth_year >= :guarded) THEN excluded.name
            WHEN member.nickname <> '' THEN member.nickname
            ELSE excluded.public_name END,
        chapter_id = excluded.chapter_id, path = excluded.path, sort_key = excluded.sort_key,
        search = excluded.search, confirmed_at = COALESCE(member.confirmed_at, excluded.confirmed_at),
        left_at = CASE WHEN member.merged_into IS NULL THEN NULL ELSE member.left_at END
    WHERE member.erased_at IS NULL AND member.path >= :scope AND member.path < :beyond""")


_NAMED = (
    select(Account.member_id)
    .join(Member, Member.id == Account.member_id)
    .where(func.upper(Account.username) != Member.code)
)
"""Usernames that are not the same person's code."""


def _switch(db: Session, job: ImportJob, scope: str, hands: Iterable[int]) -> None:
    """Put all staged members in, in one statement; all or nothing. `hands`: who read the file and who confirms it."""
    values = {
        "job": job.id,
        "scope": scope,
        "beyond": scope[:-1] + "0",
        "now": job.done_at,
        "year": this_year(),
        "guarded": GUARDED_UNTIL,
    }
    staged = Member.code == ImportRow.code, ImportRow.job_id == job.id, ImportRow.action == "change"
    powerful = select(RoleGrant.member_id).distinct().where(RoleGrant.member_id == Member.id, *staged)
    if not all(is_over_in(db, hand, one) for one in db.scalars(powerful).all() for hand in hands):
        raise Rejected("import_moved")
    still_there = select(Member.id).where(Member.code == ImportRow.code).exists()
    if db.scalar(select(ImportRow.id).where(*staged[1:], ~still_there).limit(1)) is not None:
        raise Rejected("import_moved")
    end_links_to_in(db, db.scalars(select(Member.id).where(*staged, Member.chapter_id != ImportRow.chapter_id)))
    lock(db, NAMES, 0)
    staged_codes = select(ImportRow.code).where(ImportRow.job_id == job.id, ImportRow.action == "new")
    if db.scalar(_NAMED.where(func.upper(Account.username).in_(staged_codes)).limit(1)) is not None:
        raise Rejected("import_moved")
    done = db.execute(_SWITCH, values)
    if not isinstance(done, CursorResult) or done.rowcount != rows_of(job):
        raise Rejected("import_moved")
    named = select(Member).join(ImportRow, ImportRow.code == Member.code)
    for member in db.scalars(named.where(ImportRow.job_id == job.id, Member.nickname != "")):
        if member.public_name == member.nickname and reveals(member.nickname, member.name):
            member.public_name = initials(member.name)  # the name is now what they were called by
