"""What a request asks for: a chapter, by number or by code, and a page of a list."""

from __future__ import annotations

from typing import Any

from flask import request

from app.pages.parts.forms import Form
from app.services.people import chapters
from app.services.people.chapters import ChapterLine
from quizzes.refusals import Rejected


def chapter_at(chapter_id: int) -> ChapterLine:
    """The chapter of an address."""
    found = chapters.chapter(chapter_id)
    if found is None:
        raise Rejected("not_found")
    return found


def chapter_coded(form: Form, field: str) -> int:
    """The chapter whose code was typed."""
    found = chapters.chapter_with_code(form[field])
    if found is None:
        raise Rejected("no_such_chapter", field=field)
    return found


def after_key() -> tuple[str, int] | None:
    """Where the last page of a list ended, from the address: `after=<sort key>.<number>`."""
    key, _, number = request.args.get("after", "").rpartition(".")
    return (key, int(number)) if key and number.isdigit() and len(number) < 16 else None


def key_of(rows: list[Any], size: int) -> str | None:
    """The `after` of the next page, if there is one more row than a page holds."""
    return f"{rows[size - 1].sort_key}.{rows[size - 1].id}" if len(rows) > size else None
