"""A campaign to look at: an invented province of 20 chapters and 400 members, marked "(mẫu)".

It is made in the background in short transactions, posts nothing into the ledger (invented points would stay there
for ever), stands in no ranking beside real chapters, and one button removes it. Nobody in it can sign in.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from app.models.engines import insert as put
from app.models.engines import now_us
from app.models.movement import Campaign, Taught, Teaching
from app.models.people import Chapter, Member, under
from app.models.points import RulesVersion
from app.models.records import ConsentText
from app.services.commit import breathe, reading, writing
from app.services.movement import children
from app.services.movement.campaigns import new_public_id
from app.services.movement.confirming import PURPOSE
from app.services.people.chapters import search_text
from app.services.people.consent import Wording
from app.services.people.demo import FAMILIES, GIVEN, MIDDLES, demo_organisation_in
from app.services.people.public_names import initials
from app.services.people.tree import Draft, add_chapter_in
from quizzes.draws import Draws
from quizzes.ledger.rules import USUAL, to_data
from quizzes.movement import steps
from quizzes.text import person_key

CODE = "MAU-12"
WARDS, BRANCHES, EACH = 4, 5, 20
"""The invented chapters: wards, branches of each ward, members of each branch."""
TITLE = "1+2 Hạ Mây (mẫu)"
SERVICES = "vneid2,portal,payment"
DAYS = 60  # days of the invented campaign before and after today
SLICE = 200  # rows of one statement


def plant() -> str | None:
    """Make it, if it is not there; the campaign's public id."""
    if _there() is not None:
        return None
    chapters = _organise()
    for chapter, path in chapters:
        _people(chapter, path)
        breathe()
    campaign, members = _campaign()
    rows = _teachings(campaign, members, Draws("demo campaign"))
    for start in range(0, len(rows), SLICE):
        _store(rows[start : start + SLICE])
        breathe()
    return _there()


@reading
def _there(db: Session) -> str | None:
    return db.scalar(
        select(Campaign.public_id).join(Chapter, Chapter.id == Campaign.chapter_id).where(Chapter.code == CODE)
    )


@writing
def _organise(db: Session) -> list[tuple[int, str]]:
    """The province's part of the demo tree; its chapters with their paths."""
    top = add_chapter_in(db, None, demo_organisation_in(db).root_id, Draft("Đoàn vùng Hạ Mây (mẫu)", "tinh", CODE))
    found = []
    for ward in range(1, WARDS + 1):
        name = f"Đoàn phường Mây Trắng {ward} (mẫu)"
        above = add_chapter_in(db, None, top, Draft(name, "xa_phuong", f"{CODE}-{ward}"))
        for branch in range(1, BRANCHES + 1):
            name = f"Chi đoàn khu phố {branch}, Mây Trắng {ward} (mẫu)"
            made = add_chapter_in(db, None, above, Draft(name, "chi_doan", f"{CODE}-{ward}-{branch}"))
            found.append((made, db.get_one(Chapter, made).path))
    return found


@writing
def _people(db: Session, chapter: int, path: str) -> None:
    draws, now, rows = Draws("demo people", chapter), now_us(db), []
    for number in range(EACH):
        name = " ".join(words[draws.below(len(words))] for words in (FAMILIES, MIDDLES, GIVEN))
        code = f"{CODE}-{chapter}-{number + 1:02d}"
        rows.append(
            {
                "code": code,
                "name": name,
                "nickname": "",
                "public_name": initials(name),
                "chapter_id": chapter,
                "birth_year": 1996 + draws.below(12),
                "path": path,
                "sort_key": person_key(name),
                "created_at": now,
                "search": search_text(name, code),
                "confirmed_at": now,
            }
        )
    db.execute(insert(Member), rows)


@writing
def _campaign(db: Session) -> tuple[int, list[tuple[int, int]]]:
    """The campaign, and (member, chapter) of everybody in it."""
    top, now = db.execute(select(Chapter.id, Chapter.path).where(Chapter.code == CODE)).one(), now_us(db)
    new = Campaign(
        public_id=new_public_id(),
        chapter_id=top.id,
        title=TITLE,
        services=SERVICES,
        invented=True,
        starts_at=now - DAYS * steps.DAY,
        ends_at=now + DAYS * steps.DAY,
    )
    db.add(new)
    db.flush()
    db.add(RulesVersion(campaign_id=new.id, no=1, since=new.starts_at, rules=json.dumps(to_data(USUAL))))
    known = {"digest": Wording("vi", TITLE).digest(PURPOSE), "purpose": PURPOSE, "lang": "vi", "words": TITLE}
    db.execute(put(db, ConsentText).values(**known).on_conflict_do_nothing())
    rows = db.execute(select(Member.id, Member.chapter_id).where(under(Member.path, top.path)).order_by(Member.id))
    return new.id, [(row[0], row[1]) for row in rows]


def _teachings(campaign: int, members: Sequence[tuple[int, int]], draws: Draws) -> list[dict[str, Any]]:
    """Make who taught whom: most a relative, many a friend, some of whom are members and went on."""
    rows = []
    for place, (member, chapter) in enumerate(members):
        for kind, percent in ((steps.RELATIVE, 72), (steps.FRIEND, 64), (steps.OTHER, 30)):
            if draws.below(100) >= percent:
                continue
            goes_on = kind == steps.FRIEND and place + 1 < len(members) and draws.below(100) < 40
            rows.append(
                {
                    "campaign": campaign,
                    "member": member,
                    "chapter": chapter,
                    "kind": kind,
                    "way": steps.VISIT if draws.below(8) == 0 else steps.OWN,
                    "ago": 1 + draws.below(DAYS - 2),
                    "minute": draws.below(600),
                    "used": draws.below(100) < 68,
                    "child": draws.below(20) == 0,
                    "taught": members[place + 1 + draws.below(len(members) - place - 1)][0] if goes_on else None,
                    "name": f"{FAMILIES[draws.below(len(FAMILIES))]} {GIVEN[draws.below(len(GIVEN))]} (mẫu)",
                }
            )
    return rows


@writing
def _store(db: Session, rows: Sequence[dict[str, Any]]) -> None:
    """Stores the invented teachings of the demo, with the steps that were taken and verified."""
    now = now_us(db)
    today = now - (now + 7 * 60 * steps.MINUTE) % steps.DAY
    for row in rows:
        at = today - row["ago"] * steps.DAY + (8 * 60 + row["minute"]) * steps.MINUTE
        used = at + steps.USE_FROM + steps.DAY if row["used"] and row["ago"] > 9 and not row["child"] else None
        slot = f"{row['campaign']}:{row['member']}:{row['kind']}" if row["kind"] in steps.SLOTS else None
        one = Teaching(
            public_id=new_public_id(14),
            campaign_id=row["campaign"],
            member_id=row["member"],
            slot=slot,
            chapter_id=row["chapter"],
            kind=row["kind"],
            services=SERVICES,
            way=row["way"],
            state=steps.CONFIRMED,
            child=row["child"],
            made_at=at,
            code_ends_at=at,
            code_used_at=at,
            confirmed_at=at,
            used_at=used,
            used_what="portal.filed" if used else "",
            taught_ok_at=now,
            used_ok_at=now if used else None,
            taught_member_id=row["taught"],
        )
        if one.child:
            children.empty(one)
        db.add(one)
        db.flush()
        if not one.child:
            db.add(_taught(one, row["name"]))


def _taught(one: Teaching, name: str) -> Taught:
    return Taught(
        teaching_id=one.id,
        name=name,
        birth_year=1950 + one.id % 40,
        same_key=f"mau|{one.id}",
        agreed_at=one.confirmed_at,
        channel="self",
        text_digest=Wording("vi", TITLE).digest(PURPOSE),
    )


def is_demo(public_id: str) -> bool:
    """True for the invented campaign of the demo."""
    return _there() == public_id
