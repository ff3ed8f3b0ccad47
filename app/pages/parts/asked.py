"""Reads from a request a chapter, by number or by code, and a page of a list."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from flask import request

from app.pages.parts.forms import Form
from app.security import signed_in
from app.services.people import chapters, members
from app.services.people.chapters import ChapterLine
from app.services.people.sign_ins import CurrentMember
from quizzes.refusals import Rejected

SOME = 6
"""Names told where several fit."""


def chapter_at(chapter_id: int) -> ChapterLine:
    """The chapter of an address."""
    found = chapters.chapter(chapter_id)
    if found is None:
        raise Rejected("not_found")
    return found


def is_inside(member: CurrentMember | None, path: str) -> bool:
    """True when somebody is of the chapter at this path, or organises over it: these people read what is the
    chapter's own, such as documents, minutes, teams and undertakings."""
    return member is not None and (member.path.startswith(path) or member.may("organiser", path))


def must_be_inside(path: str) -> None:
    """Refuse everybody else. Raises Rejected: forbidden."""
    if not is_inside(signed_in(), path):
        raise Rejected("forbidden")


def chapter_named(form: Form, field: str) -> int:
    """The chapter somebody named: by its code, as a list of suggestions wrote it, or by enough of its name.

    Raises Rejected: no_such_chapter, several_chapters (names them).
    """
    typed = form[field]
    found = chapters.chapter_with_code(code_in(typed)) or chapters.chapter_with_code(typed)
    if found is not None:
        return found
    alike = chapters.find_chapters(typed, limit=SOME + 1) if typed else []
    if len(alike) == 1:
        return alike[0].id
    if not alike:
        raise Rejected("no_such_chapter", field=field)
    raise Rejected("several_chapters", field=field, names=names_of((one.name, one.place, one.code) for one in alike))


def member_named(form: Form, field: str, *paths: str) -> int:
    """The member somebody named, likewise; by a name only in these subtrees.

    Raises Rejected: no_such_member, several_members (names them).
    """
    typed = form[field]
    found = members.member_with_code(code_in(typed)) or members.member_with_code(typed)
    if found is not None:
        return found
    alike = {one.id: one for path in paths for one in members.list_members(path, words=typed, limit=SOME + 1)}
    if len(alike) == 1:
        return next(iter(alike))
    if not typed or not alike:
        raise Rejected("no_such_member", field=field)
    names = names_of((one.name, one.chapter, one.code) for one in alike.values())
    raise Rejected("several_members", field=field, names=names)


def code_in(typed: str) -> str:
    """The code at the end of `Chi đoàn khu phố 1 (KP1)`; "" without one."""
    found = re.search(r"\(([^()]+)\)$", typed)
    return found[1] if found else ""


def names_of(alike: Iterable[tuple[str, str, str]]) -> str:
    """(name, place, code) of those that a name fits, as a refusal says them: the first few."""
    some = list(alike)
    said = "; ".join(f"{name}, {place} ({code})" if place else f"{name} ({code})" for name, place, code in some[:SOME])
    return said + ("; …" if len(some) > SOME else "")


def after_key() -> tuple[str, int] | None:
    """The end of the last page of a list, from the address: `after=<sort key>.<number>`."""
    key, _, number = request.args.get("after", "").rpartition(".")
    return (key, int(number)) if key and number.isdigit() and len(number) < 16 else None


def key_of(rows: list[Any], size: int) -> str | None:
    """The `after` of the next page, if there is one more row than a page holds."""
    return f"{rows[size - 1].sort_key}.{rows[size - 1].id}" if len(rows) > size else None
