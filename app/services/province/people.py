"""The province's chapters, members, accounts, roles and log."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache
from itertools import product
from typing import Any

from sqlalchemy import Table
from sqlalchemy.orm import Session

from app.models.people import Account, Chapter, Member, RoleGrant
from app.models.pouring import pour
from app.models.records import Audit
from app.services.commit import writing
from app.services.people.chapters import search_text
from quizzes.text import fold, person_key, sort_key

DAY = 24 * 3600 * 1_000_000
FAMILIES = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Đặng", "Bùi", "Đỗ", "Võ", "Lý", "Huỳnh", "Phan")
MIDDLES = ("Thị Minh", "Văn", "Hoàng Bảo", "Thúy", "Quốc", "Thị Ngọc", "Đức", "Hữu")
GIVEN = ("An", "Ánh", "Bình", "Chi", "Dũng", "Đào", "Giang", "Hà", "Khánh", "Lan", "Mai", "Nam", "Oanh", "Phúc",
         "Quỳnh", "Sơn", "Thảo", "Uyên", "Vân", "Yến")  # fmt: skip
WARDS = ("Sao Mai", "Sen Hồng", "Sóng Xanh", "Đồng Tâm", "Bình Minh", "Tân Tiến")
WARD_SIZE = 38
"""Chapters of a ward, itself among them."""
HEAD = 1
"""The number of the province itself, and of its first member."""


@writing
def plant(db: Session, chapters: int, members: int, at: int) -> dict[str, int]:
    """Plants chapters and members; returns the number of rows of each kind."""
    return {
        "chapters": pour(db, _of(Chapter), _chapters(chapters, at)),
        "members": pour(db, _of(Member), _members(chapters, members, at)),
        "accounts": pour(db, _of(Account), _accounts(members, at)),
        "roles": pour(db, _of(RoleGrant), _roles(chapters, members, at)),
        "audit": pour(db, _of(Audit), _log(chapters, members, at)),
    }


def home_of(member: int, chapters: int) -> int:
    """Members live in the lowest chapters, as evenly as it goes."""
    lowest = _branches(chapters)
    return lowest[member % len(lowest)]


def path_of(chapter: int) -> str:
    """Province, ward, branch: every ward is followed by its branches."""
    ward = _ward_of(chapter)
    steps = [HEAD] if chapter == HEAD else [HEAD, ward] if chapter == ward else [HEAD, ward, chapter]
    return f"/{'/'.join(map(str, steps))}/"


def name_of(member: int) -> str:
    """The same names come again, as they do among so many."""
    return _names()[member * 7919 % len(_names())]


def _of(model: Any) -> Table:
    return model.__table__  # type: ignore[no-any-return]


def _ward_of(chapter: int) -> int:
    return chapter - (chapter - 2) % WARD_SIZE


@cache
def _branches(chapters: int) -> tuple[int, ...]:
    """The chapters below the wards; of a province without wards, itself."""
    return tuple(one for one in range(HEAD + 1, chapters + 1) if _ward_of(one) != one) or (HEAD,)


@cache
def _names() -> tuple[str, ...]:
    return tuple(" ".join(words) for words in product(FAMILIES, MIDDLES, GIVEN))


def _chapters(count: int, at: int) -> Iterator[dict[str, Any]]:
    for number in range(HEAD, count + 1):
        ward = _ward_of(number)
        place = f"{WARDS[ward % len(WARDS)]} {ward}"
        if number == HEAD:
            name, kind, parent = "Tỉnh đoàn Mẫu", "tinh", None
        elif number == ward:
            name, kind, parent = f"Đoàn phường {place}", "xa_phuong", HEAD
        else:
            name, kind, parent = f"Chi đoàn khu phố {number - ward}, {place}", "chi_doan", ward
        code = f"MAU-{number}"
        yield {
            "id": number,
            "code": code,
            "name": name,
            "kind": kind,
            "parent_id": parent,
            "path": path_of(number),
            "sort_key": sort_key(name),
            "search": search_text(name, code),
            "valid_from": date(2025, 7, 1),
            "valid_to": None,
            "successor_id": None,
            "created_at": at - 400 * DAY,
        }


def _members(chapters: int, count: int, at: int) -> Iterator[dict[str, Any]]:
    keys = {name: (person_key(name), fold(name)) for name in _names()}
    for number in range(1, count + 1):
        name, home = name_of(number), home_of(number, chapters)
        key, folded = keys[name]
        yield {
            "id": number,
            "code": f"DV-{number}",
            "name": name,
            "nickname": "",
            "public_name": name,
            "birth_year": 1992 + number % 16,
            "chapter_id": home,
            "path": path_of(home),
            "sort_key": key,
            "search": f"{folded} dv-{number}",
            "confirmed_at": at - 300 * DAY,
            "left_at": at - 30 * DAY if number % 50 == 0 else None,
            "erased_at": None,
            "created_at": at - 300 * DAY,
        }


def _accounts(members: int, at: int) -> Iterator[dict[str, Any]]:
    """Nobody knows a password: whoever is to sign in gets a link."""
    for number in range(1, members + 1):
        yield {
            "member_id": number,
            "username": f"mau.{number}",
            "email": None,
            "password_hash": None,
            "status": "active",
            "created_at": at - 300 * DAY,
            "last_sign_in_at": None,
        }


def _roles(chapters: int, members: int, at: int) -> Iterator[dict[str, Any]]:
    """An organiser for each chapter, and hosts: as many as wards."""
    for number in range(HEAD, min(chapters, members) + 1):
        role = "host" if _ward_of(number) == number and number != HEAD else "organiser"
        yield {
            "id": number,
            "member_id": number,
            "role": role,
            "chapter_id": number,
            "granted_by": None,
            "granted_at": at - 200 * DAY,
        }


def _log(chapters: int, members: int, at: int) -> Iterator[dict[str, Any]]:
    for number in range(1, members + 1):
        yield {
            "id": number,
            "at": at - 300 * DAY + number,
            "actor_id": HEAD,
            "action": "member.added",
            "member_id": number,
            "chapter_id": home_of(number, chapters),
            "data": "{}",
        }
