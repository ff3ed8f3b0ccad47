"""Codes of chapters and members in the form of a contest's rules: typed as codes, kept as numbers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from app import security
from app.services.people import chapters, members
from quizzes.contest.setup.rules import Rules, plain
from quizzes.problems import Path, Problem
from quizzes.refusals import N_

CODED = re.compile(r"(?:divisions\.\d+\.)?(?:who|barred)\.(chapters|members)")


def shown(rules: Rules) -> dict[str, Any]:
    """The settings as the form shows them."""
    data = plain(rules)
    for here in _conditions(data):
        here["chapters"] = ", ".join(filter(None, map(_chapter_code, here["chapters"])))
        if "members" in here:
            here["members"] = ", ".join(filter(None, map(_member_code, here["members"])))
    return data


def with_numbers(data: dict[str, Any]) -> tuple[dict[str, Any], list[Problem]]:
    """Codes of chapters and members become their numbers; unknown ones are told at their field."""
    problems: list[Problem] = []
    data = _copied(data)
    for path, here in zip(_condition_paths(data), _conditions(data), strict=True):
        for what, find, sentence in (
            ("chapters", chapters.chapter_with_code, N_("Không có cơ sở mang mã %(code)s.")),
            ("members", members.member_with_code, N_("Không có đoàn viên mang mã %(code)s.")),
        ):
            if what not in here:
                continue
            found = {code: find(code) for code in codes_of(here[what])}
            problems += [
                Problem((*path, what), "unknown_code", sentence, {"code": code})
                for code, number in found.items()
                if number is None
            ]
            here[what] = [number for number in found.values() if number is not None]
    return data, problems


def codes_of(typed: Any) -> list[str]:
    """The codes in a field, divided by commas or spaces."""
    return [code for code in re.split(r"[,;\s]+", typed) if code][:500] if isinstance(typed, str) else []


def name_behind(what: str, code: str) -> str:
    """The name of a chapter, or of a member the reader organises for: a code of others tells nothing."""
    if what == "members":
        member, reader = members.member(members.member_with_code(code) or 0), security.current_member()
        return member.name if member and reader and reader.may("organiser", member.path) else ""
    chapter = chapters.chapter(chapters.chapter_with_code(code) or 0)
    return chapter.name if chapter else ""


def _copied(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _copied(one) for name, one in value.items()}
    return [_copied(one) for one in value] if isinstance(value, list) else value


def _condition_paths(data: Mapping[str, Any]) -> list[Path]:
    divisions = range(len(data.get("divisions") or []))
    return [("who",), ("barred",), *(("divisions", index, "who") for index in divisions)]


def _conditions(data: Mapping[str, Any]) -> list[dict[str, Any]]:
    inner = [one.setdefault("who", {}) for one in data.get("divisions") or []]
    return [data["who"], data["barred"], *inner]


def _chapter_code(number: int) -> str:
    one = chapters.chapter(number)
    return one.code if one else ""


def _member_code(number: int) -> str:
    one = members.member(number)
    return one.code if one else ""
