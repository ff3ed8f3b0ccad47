"""Shared by the pages of one member: the form about a person, and the answer after a change."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from flask import flash, redirect, request, url_for
from werkzeug.wrappers import Response as Plain

from app.pages.parts.forms import Form
from app.services.commit import breathe
from app.services.people import members
from app.services.people.members import MemberLine
from app.services.people.person import Person
from quizzes.refusals import Rejected


def changed(member_id: int, work: Callable[[], None], words: str) -> Plain:
    work()
    flash(words, "good")
    return redirect(url_for("members.show", member_id=member_id))


def reason() -> str:
    return request.form.get("reason", "").strip()[:500]


def person(form: Form) -> Person:
    return Person(form["name"], form.number("birth_year", "birth_year"), form["code"], form["nickname"])


def present(member_id: int) -> MemberLine:
    found = members.member(member_id)
    if found is None or found.erased:
        raise Rejected("not_found")
    return found


EXPORT_PAGE = 400  # members read at once for a file


def everybody(path: str) -> Iterator[MemberLine]:
    after: tuple[str, int] | None = None
    while page := members.list_members(path, after=after, limit=EXPORT_PAGE):
        yield from page
        breathe()
        after = (page[-1].sort_key, page[-1].id)
