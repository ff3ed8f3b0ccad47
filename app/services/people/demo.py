"""A small invented organisation to try things with. Nobody in it can sign in, and one call removes it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import delete, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.models.people import Chapter, Member, under
from app.services.audit import audit_in
from app.services.commit import writing
from app.services.people.membership import add_member_in
from app.services.people.person import Person
from app.services.people.roles import ADMIN, require_in
from app.services.people.tree import Draft, add_chapter_in
from quizzes.draws import Draws
from quizzes.refusals import Rejected

ROOT_CODE = "MAU"
WARDS = ("Phường Sao Mai (mẫu)", "Phường Sen Hồng (mẫu)", "Xã Sóng Xanh (mẫu)")
BRANCHES = ("khu phố 1", "khu phố 2", "cơ quan")
FAMILIES = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Đặng", "Bùi", "Đỗ", "Võ", "Lý")
MIDDLES = ("Thử", "Ví Dụ", "Làm Mẫu", "Minh Họa")
GIVEN = ("An", "Ánh", "Bình", "Chi", "Dũng", "Đào", "Giang", "Hà", "Khánh", "Lan", "Mai", "Nam", "Oanh", "Phúc",
         "Quỳnh", "Sơn", "Thảo", "Uyên", "Vân", "Yến")  # fmt: skip
PEOPLE = 40  # invented members


@dataclass(frozen=True)
class DemoOrganisation:
    """The place of the demo in the tree."""

    root_id: int
    path: str
    chapter_ids: tuple[int, ...]
    """The chi đoàn with members."""
    member_ids: tuple[int, ...]


@writing
def demo_organisation(db: Session) -> DemoOrganisation:
    """The demo organisation, made where it is missing."""
    return demo_organisation_in(db)


def demo_organisation_in(db: Session) -> DemoOrganisation:
    """Make the demo province with wards, chi đoàn and clearly invented members; the same every time."""
    found = db.scalar(select(Chapter).where(Chapter.code == ROOT_CODE))
    if found is None:
        found = db.get_one(Chapter, _plant(db))
    branches = select(Chapter.id).where(under(Chapter.path, found.path), Chapter.kind == "chi_doan")
    members = select(Member.id).where(under(Member.path, found.path)).order_by(Member.id)
    return DemoOrganisation(
        found.id, found.path, tuple(db.scalars(branches.order_by(Chapter.id))), tuple(db.scalars(members))
    )


def _plant(db: Session) -> int:
    root = add_chapter_in(db, None, None, Draft("Tỉnh đoàn Hạ Mây (mẫu)", "tinh", ROOT_CODE))
    branches = []
    for ward, name in enumerate(WARDS, 1):
        ward_id = add_chapter_in(
            db, None, root, Draft(f"Đoàn {name[0].lower()}{name[1:]}", "xa_phuong", f"{ROOT_CODE}-{ward}")
        )
        for branch, part in enumerate(BRANCHES, 1):
            draft = Draft(f"Chi đoàn {part}", "chi_doan", f"{ROOT_CODE}-{ward}-{branch}")
            branches.append(add_chapter_in(db, None, ward_id, draft))
    draws = Draws("demo organisation")
    for number in range(PEOPLE):
        name = " ".join(words[draws.below(len(words))] for words in (FAMILIES, MIDDLES, GIVEN))
        person = Person(name, 1996 + draws.below(12), f"{ROOT_CODE}-{number + 1:03d}")
        add_member_in(db, branches[number % len(branches)], person, confirmed=True)
    return root


def is_demo(chapter_code: str) -> bool:
    """True for the root of the invented organisation."""
    return chapter_code == ROOT_CODE


@writing
def remove(db: Session, actor_id: int) -> None:
    """Take the invented organisation away. Rejected("demo_in_use") where anything still refers to it."""
    root = db.execute(select(Chapter.id, Chapter.path).where(Chapter.code == ROOT_CODE)).first()
    if root is None:
        raise Rejected("not_found")
    require_in(db, actor_id, ADMIN, root.path)
    try:
        db.execute(delete(Member).where(under(Member.path, root.path)))
        for number in db.scalars(
            select(Chapter.id).where(under(Chapter.path, root.path)).order_by(func.length(Chapter.path).desc())
        ).all():
            db.execute(delete(Chapter).where(Chapter.id == number))
    except IntegrityError as problem:
        raise Rejected("demo_in_use") from problem
    audit_in(db, actor_id, "demo.organisation_removed")
