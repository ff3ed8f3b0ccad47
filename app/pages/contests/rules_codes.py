"""Chapters and members in the form of a contest's rules: written by name, kept as numbers.

One on a line, `Chi đoàn khu phố 1 (KP1)` as the search writes it; a name alone or a code alone are read too, and codes
that stand together on one line.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from app import security
from app.pages.parts.asked import code_in
from app.services.people import chapters, members
from quizzes.contest.setup.rules import Rules, plain
from quizzes.problems import Path, Problem
from quizzes.refusals import N_

CODED = re.compile(r"(?:divisions\.\d+\.)?(?:who|barred)\.(chapters|members)")
MOST, SOME = 500, 4
"""The most lines of codes that are read, and the names a refusal lists."""
Found = Sequence[tuple[int, str]]
"""(number, "name (code)") of what may be meant."""

UNKNOWN = {
    "chapters": N_("Không có cơ sở nào mang tên hoặc mã “%(code)s”."),
    "members": N_("Không có đoàn viên nào mang tên hoặc mã “%(code)s”."),
}
SEVERAL = N_("Có nhiều nơi hợp với “%(code)s”: %(names)s. Hãy viết rõ hơn.")


def shown(rules: Rules) -> dict[str, Any]:
    """The settings as the form shows them."""
    data = plain(rules)
    for here in _conditions(data):
        here["chapters"] = "\n".join(filter(None, map(_chapter, here["chapters"])))
        if "members" in here:
            here["members"] = "\n".join(filter(None, map(_member, here["members"])))
    return data


def with_numbers(data: dict[str, Any]) -> tuple[dict[str, Any], list[Problem]]:
    """Puts members and chapters in the place of names and codes; a name of nobody, or of several, is reported at its
    field."""
    problems: list[Problem] = []
    data = _copied(data)
    for path, here in zip(_condition_paths(data), _conditions(data), strict=True):
        for what, search in (("chapters", _chapters_like), ("members", _members_like)):
            if what in here:
                here[what] = _numbers(here[what], what, search, (*path, what), problems)
    return data, problems


def _numbers(typed: Any, what: str, search: Callable[[str], Found], path: Path, problems: list[Problem]) -> list[int]:
    numbers = []
    for words in entries_of(typed, search):
        found = search(words)
        if len(found) == 1:
            numbers.append(found[0][0])
        elif found:
            names = "; ".join(name for _, name in found[:SOME])
            problems.append(Problem(path, "unknown_code", SEVERAL, {"code": words, "names": names}))
        else:
            problems.append(Problem(path, "unknown_code", UNKNOWN[what], {"code": words}))
    return list(dict.fromkeys(numbers))


def entries_of(typed: Any, search: Callable[[str], Found]) -> list[str]:
    """The entries of a field: one a line, and where a line is no name the codes in it."""
    if not isinstance(typed, str):
        return []
    lines = [line.strip(" ,;") for line in re.split(r"[\n;]+", typed)]
    found = []
    for line in filter(None, lines[:MOST]):
        found += [line] if search(line) else re.split(r"[,\s]+", line) if "," in line or " " not in line else [line]
    return found[:MOST]


def _chapters_like(words: str) -> Found:
    number = chapters.chapter_with_code(code_in(words)) or chapters.chapter_with_code(words)
    if number is not None:
        return [(number, words)]
    alike = chapters.find_chapters(words, limit=SOME + 1)
    return [(one.id, f"{one.name}, {one.place} ({one.code})") for one in alike]


def _members_like(words: str) -> Found:
    """Find members by name only among those the reader organises for."""
    number = members.member_with_code(code_in(words)) or members.member_with_code(words)
    if number is not None:
        return [(number, words)]
    reader = security.current_member()
    tops = reader.top("organiser") if reader else ()
    alike = {one.id: one for top in tops for one in members.list_members(top, words=words, limit=SOME + 1)}
    return [(one.id, f"{one.name}, {one.chapter} ({one.code})") for one in alike.values()]


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


def _chapter(number: int) -> str:
    one = chapters.chapter(number)
    return f"{one.name} ({one.code})" if one else ""


def _member(number: int) -> str:
    """With the name for who organises where the member is; to others the code tells no name."""
    one, reader = members.member(number), security.current_member()
    if one is None:
        return ""
    return f"{one.name} ({one.code})" if reader and reader.may("organiser", one.path) else one.code
