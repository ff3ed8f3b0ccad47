"""Lists of members from a file: each row a member, known again by the member code."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from sqlalchemy import CursorResult, func, select, text
from sqlalchemy.orm import Session

from app.models.engines import lock
from app.models.people import Account, Member, RoleGrant, under
from app.models.staging import ImportJob, ImportRow
from app.services.commit import reading
from app.services.people.chapters import clean_code, search_text
from app.services.people.imports.chapter_names import Subtree
from app.services.people.imports.columns import Column, Row
from app.services.people.names import NAMES, taken_in
from app.services.people.notices import tell_in
from app.services.people.pending import end_links_to_in
from app.services.people.person import OLDEST, is_code
from app.services.people.power import is_over_in
from app.services.people.public_names import GUARDED_UNTIL, initials, reveals, this_year
from app.services.staging import rows_of
from quizzes.refusals import N_, Rejected
from quizzes.text import fold, person_key

COLUMNS = (
    Column(
        "code", N_("Mã đoàn viên"),
        ("ma dv", "ma so doan vien", "ma dinh danh doan vien", "ma dinh danh", "so dinh danh doan vien", "ma dvtn",
         "ma so", "so the doan", "so the doan vien", "ma the doan vien", "member code", "code"),
        needed=True,
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
    N_("Năm sinh: chỉ cần năm. Cột ngày sinh cũng đọc được, nhưng chỉ năm được lưu."),
    N_("Mã cơ sở để trống thì đoàn viên thuộc cơ sở đang nhập. Thay cho mã, ghi tên hoặc đường dẫn ở cột “Cơ sở”."),
    N_("Danh sách có sẵn cũng đọc được: cột khác tên thì chọn một lần, lần sau hệ thống nhớ cho cơ sở này."),
)


def clean(row: Row, seen: dict[str, int]) -> dict[str, Any] | None:
    """The content of one row, ready to be staged; None where something is wrong."""
    code, name = row.key("code", seen), row["name"] or f"{row['family']} {row['given']}".strip()
    if not is_code(code[:40]):
        row.wrong("code", "no_code")
    if not name:
        row.wrong("name", "needed")
    elif not 2 <= len(name) <= 100 or not any(map(str.isalpha, name)):
        row.wrong("name", "name", most=100)
    born = year_of(row["birth_year"])
    if row["birth_year"] and born is None:
        row.wrong("birth_year", "birth_year")
    if not row.good:
        return None
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
    }


CLOCK = r"(?:[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?"
"""An hour that a program wrote behind a date."""


def year_of(text_: str) -> int | None:
    """The year in `2006`, `26/3/2006`, `2006-03-26`, `ngày 26 tháng 3 năm 2006`; None where there is none a member can
    be born in."""
    found = re.fullmatch(rf"(?:\d{{1,2}}[/.-]){{0,2}}(\d{{4}}){CLOCK}|(\d{{4}})-\d{{1,2}}-\d{{1,2}}{CLOCK}", text_)
    said = re.fullmatch(r"(?:ngay \d{1,2},? )?(?:thang \d{1,2},? )?nam (\d{4})", fold(text_))
    year = int(found[1] or found[2]) if found else int(said[1]) if said else 0
    return year if OLDEST <= year <= this_year() - 5 else None


@reading
def compared(
    db: Session, actor_id: int, scope: str, home: int, drafts: list[tuple[Row, dict[str, Any]]]
) -> list[dict[str, Any]]:
    """The drafts of one chunk with their chapter and what they change; wrong ones are noted and left out."""
    mine = Member.code.in_([draft["code"] for _, draft in drafts])
    known = {one.code: one for one in db.scalars(select(Member).where(mine))}
    names = taken_in(db, (draft["code"] for _, draft in drafts))
    powerful = set(db.scalars(select(RoleGrant.member_id).join(Member, Member.id == RoleGrant.member_id).where(mine)))
    stronger = {one for one in powerful if not is_over_in(db, actor_id, one)}
    subtree, twins = Subtree(db, scope), _twins(db, scope, drafts)
    kept = []
    for row, draft in drafts:
        member, home_here = (
            known.get(draft["code"]),
            subtree.find(row, draft.pop("chapter_code"), draft.pop("chapter_name")),
        )
        if member is not None and (member.erased_at is not None or not member.path.startswith(scope)):
            row.wrong("code", "elsewhere")
        if draft["code"] in names:
            row.wrong("code", "name_taken")
        if not row.good:
            continue
        draft["chapter_id"] = home_here or (member.chapter_id if member else home)
        draft["action"] = _action(member, draft)
        if draft["action"] == "new":
            draft["twin_id"] = next(
                (one for year, one in twins.get(draft["sort_key"], []) if _may_be(year, draft)), None
            )
        else:
            draft["twin_row"] = None
        if member is not None and member.id in stronger and draft["action"] != "same":
            row.wrong("code", "stronger")
            continue
        kept.append(draft)
    return kept


def _twins(
    db: Session, scope: str, drafts: list[tuple[Row, dict[str, Any]]]
) -> dict[str, list[tuple[int | None, int]]]:
    """Name, as it is sorted -> (year of birth, number) of the members here under codes that are not in this part."""
    codes = {draft["code"] for _, draft in drafts}
    query = select(Member.sort_key, Member.birth_year, Member.id, Member.code).where(
        Member.sort_key.in_({draft["sort_key"] for _, draft in drafts}),
        under(Member.path, scope),
        Member.erased_at.is_(None),
    )
    found: dict[str, list[tuple[int | None, int]]] = {}
    for key, year, number, code in db.execute(query):
        if code not in codes:
            found.setdefault(key, []).append((year, number))
    return found


def _may_be(year: int | None, draft: dict[str, Any]) -> bool:
    """True when a member of that name may be this person: the same year, or one of them without."""
    return year is None or draft["birth_year"] is None or year == draft["birth_year"]


def _action(member: Member | None, draft: dict[str, Any]) -> str:
    if member is None:
        return "new"
    same = (
        member.name == draft["name"]
        and draft["birth_year"] in (None, member.birth_year)
        and member.chapter_id == draft["chapter_id"]
        and member.left_at is None
    )
    return "same" if same else "change"


def take_code_in(db: Session, member_id: int, code: str, hands: Iterable[int]) -> None:
    """Give a member the code a list knows them by; whoever does it stands over them."""
    member = db.get_one(Member, member_id)
    if member.erased_at is not None or not all(is_over_in(db, hand, member_id) for hand in hands):
        raise Rejected("import_moved")
    lock(db, NAMES, 0)
    if taken_in(db, [code]):
        raise Rejected("import_moved")
    member.code = code
    tell_in(db, member_id, "code_changed", by=min(hands))


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
