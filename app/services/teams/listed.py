"""Teams, squads and their people from one file: a row for each person."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping
from typing import Any

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from app.models.engines import insert, now_us
from app.models.people import Chapter, Member, under
from app.models.teams import Team, TeamPerson
from app.services.lists.lists import Draft, Listed
from app.services.people.chapters import clean_code
from app.services.people.imports.chapter_names import Subtree
from app.services.people.imports.columns import Column, Row
from app.services.staging import CHUNK
from app.services.teams.teams import MOST_PEOPLE, person_row
from app.services.tokens import new_address_id
from quizzes.refusals import N_, Rejected
from quizzes.teams.composition import DEPUTY, LEADER, MEMBER
from quizzes.text import fold

COLUMNS = (
    Column(
        "team", N_("Tổ, đội hình"), ("to", "doi hinh", "ten to", "ten doi hinh", "to cong nghe so", "team"), needed=True
    ),
    Column("parent", N_("Thuộc tổ"), ("thuoc to", "thuoc doi hinh", "to cha", "inside")),
    Column("chapter", N_("Mã cơ sở"), ("ma co so", "ma don vi", "ma chi doan", "chapter code")),
    Column("chapter_name", N_("Tên cơ sở"), ("ten co so", "ten don vi", "co so", "don vi", "chapter name", "chapter")),
    Column("office", N_("Của cơ quan"), ("cua co quan", "co quan", "don vi chu quan", "office")),
    Column("name", N_("Họ và tên"), ("ho va ten", "ho ten", "full name", "name")),
    Column("code", N_("Mã đoàn viên"), ("ma dv", "ma doan vien", "member code")),
    Column("part", N_("Vai trò trong tổ"), ("vai tro", "nhiem vu", "chuc vu trong to", "part")),
    Column("post", N_("Chức danh ở địa phương"), ("chuc danh", "chuc vu", "post")),
    Column("youth", N_("Là đoàn viên"), ("la doan vien", "doan vien", "youth")),
)
YES, NO = frozenset(("x", "co", "yes", "1", "doan vien", "true")), frozenset(("", "khong", "no", "0", "false"))
"""The words, folded, by which a cell says that somebody is a member, or is not."""
WORDS_OF_PART = {
    "to truong": LEADER,
    "doi truong": LEADER,
    "truong": LEADER,
    "to pho": DEPUTY,
    "doi pho": DEPUTY,
    "pho": DEPUTY,
    "thanh vien": MEMBER,
    "": MEMBER,
}
WORDS_OF_POST = (
    ("pho bi thu doan truong", "school_deputy"), ("bi thu doan truong", "school_secretary"),
    ("bi thu chi doan", "area_secretary"), ("bi thu khu pho", "area_secretary"), ("to dan pho", "residents_leader"),
    ("truong thon", "residents_leader"), ("truong ap", "residents_leader"), ("can bo", "official"),
    ("cong chuc", "official"),
)  # fmt: skip
GUIDE = (
    N_("Mỗi dòng một người; tên tổ, đội hình lặp lại ở từng dòng. Dòng không có người lập một đội hình trống."),
    N_("“Thuộc tổ” ghi tên tổ của cùng cơ sở thì đây là đội hình bên trong tổ ấy; tổ chưa có thì được lập."),
    N_("Vai trò: tổ trưởng, tổ phó hoặc thành viên. Người có mã đoàn viên được tính là đoàn viên."),
    N_("Nhập lại cùng tệp không tạo bản trùng."),
)


def clean(row: Row) -> Draft | None:
    """The content of one row; None where something is wrong."""
    part = WORDS_OF_PART.get(fold(row["part"]))
    if not 2 <= len(row["team"]) <= 160:
        row.wrong("team", "name", most=160)
    if row["parent"] and not 2 <= len(row["parent"]) <= 160:
        row.wrong("parent", "name", most=160)
    if part is None:
        row.wrong("part", "team_part")
    if row["name"] and not (2 <= len(row["name"]) <= 100 and any(map(str.isalpha, row["name"]))):
        row.wrong("name", "name", most=100)
    if not row.good:
        return None
    if len(row["office"]) > 160:
        row.wrong("office", "too_long", most=160)
    if fold(row["youth"]) not in YES | NO:
        row.wrong("youth", "yes_no")
    said = fold(row["post"])
    post = next((key for words, key in WORDS_OF_POST if words in said), "other" if said else "")
    youth = fold(row["youth"]) in YES
    return {
        "row": row.number,
        "team": row["team"],
        "parent": row["parent"],
        "chapter": clean_code(row["chapter"]),
        "place": row["chapter_name"],
        "office": row["office"],
        "name": row["name"],
        "code": clean_code(row["code"]),
        "part": part,
        "post": post,
        "youth": youth,
    }


def looked_up(db: Session, scope: str, home: int, chunk: list[tuple[Row, Draft]]) -> list[Draft]:
    """The chapters and members of a chunk, one question for each."""
    subtree, members = Subtree(db, scope), _members(db, scope, {draft["code"] for _, draft in chunk} - {""})
    found = {row: subtree.find(row, draft["chapter"], draft["place"]) for row, draft in chunk}
    closed = Chapter.id.in_({one for one in found.values() if one}), Chapter.valid_to.is_not(None)
    over, kept = set(db.scalars(select(Chapter.id).where(*closed))), list[Draft]()
    for row, draft in chunk:
        if found[row] in over:
            row.wrong("chapter" if draft["chapter"] else "chapter_name", "closed")
        number, name = members.get(draft["code"], (None, ""))
        if draft["code"] and number is None:
            row.wrong("code", "no_member")
        elif number is not None and draft["name"] and fold(draft["name"]) != fold(name):
            row.wrong("code", "other_name", name=name)
        if row.good:
            kept.append(draft | {"chapter_id": found[row] or home, "member_id": number})
    return kept


def _members(db: Session, scope: str, codes: set[str]) -> dict[str, tuple[int, str]]:
    here = (Member.code.in_(codes), under(Member.path, scope), Member.erased_at.is_(None))
    return {
        code: (number, name)
        for code, number, name in db.execute(select(Member.code, Member.id, Member.name).where(*here))
    }


def person(draft: Draft) -> Hashable:
    """The person a row puts into a squad; None where it names nobody."""
    who = f"#{draft['member_id']}" if draft["member_id"] else fold(draft["name"])
    return (draft["chapter_id"], fold(draft["parent"]), fold(draft["team"]), who) if who else None


def switch(db: Session, actor_id: int, chapter_id: int, rows: list[Draft]) -> int:
    """Teams first, then squads, then people: each with a few statements for hundreds of rows."""
    whole = {"made_by": actor_id, "made_at": now_us(db)}
    tops, inside = dict[tuple[int, int, str], str](), dict[tuple[int, int, str], str]()
    for one in rows:
        key = one["chapter_id"], 0, one["parent"] or one["team"]
        tops[key] = ("" if one["parent"] else one["office"]) or tops.get(key, "")
    numbers = _teams(db, tops, whole)
    for one in rows:
        if one["parent"]:
            above = numbers[one["chapter_id"], 0, fold(one["parent"])[:200]]
            key = one["chapter_id"], above, one["team"]
            inside[key] = one["office"] or inside.get(key, "")
    numbers |= _teams(db, inside, whole)
    people: dict[tuple[int, str], dict[str, Any]] = {}
    for one in rows:
        above = numbers[one["chapter_id"], 0, fold(one["parent"])[:200]] if one["parent"] else 0
        of = numbers[one["chapter_id"], above, fold(one["team"])[:200]]
        if one["name"] or one["member_id"]:
            row = person_row(of, one["member_id"], one["name"], one["part"], one["post"], one["youth"])
            people[of, str(row["fold"])] = row
    return _people(db, list(people.values()))


def _teams(
    db: Session, wanted: Mapping[tuple[int, int, str], str], whole: Mapping[str, Any]
) -> dict[tuple[int, int, str], int]:
    """(chapter, team above or 0, folded name) -> number, those that were there before too. A named office is taken."""
    rows = [
        {
            "public_id": new_address_id(9),
            "chapter_id": chapter,
            "parent_id": above or None,
            "above": above,
            "name": name,
            "fold": fold(name)[:200],
            "office": office,
            **whole,
        }
        for (chapter, above, name), office in wanted.items()
    ]
    for at in range(0, len(rows), CHUNK):
        query = insert(db, Team).values(rows[at : at + CHUNK])
        office = query.excluded.office
        other = and_(office != "", office != Team.office)
        keys = ["chapter_id", "above", "fold"]
        db.execute(query.on_conflict_do_update(index_elements=keys, set_={"office": office}, where=other))
    chapters = {chapter for chapter, _, _ in wanted}
    known = select(Team.chapter_id, Team.above, Team.fold, Team.id).where(Team.chapter_id.in_(chapters))
    return {(row[0], row[1], row[2]): row[3] for row in db.execute(known)}


def _people(db: Session, rows: list[dict[str, Any]]) -> int:
    """How many are new, or stand in another part now. Rejected("team_full") where a team has too many."""
    new = 0
    for at in range(0, len(rows), CHUNK):
        query = insert(db, TeamPerson).values(rows[at : at + CHUNK])
        change = {key: query.excluded[key] for key in ("part", "post", "youth")}
        other = or_(*(getattr(TeamPerson, key) != value for key, value in change.items()))
        query = query.on_conflict_do_update(index_elements=["team_id", "fold"], set_=change, where=other)
        new += len(db.execute(query.returning(TeamPerson.id)).all())
    _refuse_crowds(db, {row["team_id"] for row in rows})
    return new


def _refuse_crowds(db: Session, teams: Collection[int]) -> None:
    many = select(Team.name).join(TeamPerson, TeamPerson.team_id == Team.id).where(Team.id.in_(teams))
    crowd = db.scalar(many.group_by(Team.id, Team.name).having(func.count() > MOST_PEOPLE).order_by(Team.id).limit(1))
    if crowd is not None:
        raise Rejected("team_full", name=crowd, most=MOST_PEOPLE)


def shown(draft: Draft) -> list[str]:
    """A row of the preview."""
    return [draft["team"], draft["parent"], draft["name"] or draft["code"]]


LISTS = {
    "teams": Listed(
        N_("Nhập tổ, đội hình"), COLUMNS,
        [["Tổ khu phố 1", "", "CD-KP1", "", "", "Nguyễn Thử An", "", "tổ trưởng", "tổ trưởng tổ dân phố", ""],
         ["Đội hình số 1", "Tổ khu phố 1", "", "Chi đoàn khu phố 1", "", "", "DV-2026-0001", "thành viên", "", "x"]],
        GUIDE, clean, looked_up, switch, shown, (COLUMNS[0].title, COLUMNS[1].title, COLUMNS[5].title), "teams.index",
        once=("name", "in_team", person),
    )
}  # fmt: skip
