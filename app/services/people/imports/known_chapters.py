"""Chapters of a list without codes: known again by name below the same chapter, and given a code where they are new.

The chapter above is written as a code, as a name, or as the whole path; it may stand in the list itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.people import Chapter
from app.services.people.imports.chapter_names import APART, STEPS
from app.services.people.imports.columns import Row
from quizzes.text import fold

LONGEST, MOST_TRIES = 32, 10_000
"""The longest code made of a name, letters, and the numbers tried behind a code that is taken."""
Draft = dict[str, Any]


class Known:
    """The chapters of a subtree and those of a list, by name."""

    def __init__(self, db: Session, inside: Mapping[str, Chapter], top: str, drafts: list[tuple[Row, Draft]]) -> None:
        self._inside, self._top = inside, top
        self._codes = {one.id: one.code for one in inside.values()}
        self._named: defaultdict[str, list[Chapter]] = defaultdict(list)
        for one in inside.values():
            self._named[fold(one.name)].append(one)
        self._listed: defaultdict[str, list[tuple[Row, Draft]]] = defaultdict(list)
        for row, draft in drafts:
            self._listed[fold(draft["name"])].append((row, draft))
        self._rows = {draft["code"]: row.number for row, draft in drafts if draft["code"]}  # code -> its row
        needs = any(not draft["code"] for _, draft in drafts)
        self._taken = set(db.scalars(select(Chapter.code))) | self._rows.keys() if needs else set()
        self._open: set[int] = set()

    def settle(self, row: Row, draft: Draft) -> None:
        """Give the draft its parent's code and its own; a problem where one of them is none or one of several."""
        if "above" not in draft or not row.good:
            return
        if id(draft) in self._open:
            row.wrong(draft["above"][0], "ring")
            return
        self._open.add(id(draft))
        column, words = draft["above"]
        if words:
            draft["parent_code"] = self._parent(row, column, words)
        if not draft["code"] and row.good:
            self._name(row, draft)
        self._open.discard(id(draft))
        del draft["above"]

    def _parent(self, row: Row, column: str, words: str) -> str:
        *ways, last = [fold(one) for one in STEPS.split(words)]
        found = {one.code for one in self._named.get(last, []) if self._hangs(one, ways)}
        for above, draft in self._listed.get(last, []):
            self.settle(above, draft)
            if draft["code"] and (not ways or draft["code"] in found or self._is_below(draft, ways[-1])):
                found.add(draft["code"])
        if len(found) == 1:
            return found.pop()
        if found:
            row.wrong(column, "two_chapters", paths="; ".join(sorted(map(self._path, found))[:5]))
        else:
            row.wrong(column, "no_parent")
        return ""

    def _hangs(self, one: Chapter, ways: list[str]) -> bool:
        """True when all those names stand above, in that order, as far up as this list may look."""
        above = [fold(each.name) for each in self._above(one)]
        ways = [way for way in ways if way in above or way in self._named]
        names = iter(above)
        return all(any(name == way for name in names) for way in ways)

    def _above(self, one: Chapter) -> list[Chapter]:
        found: list[Chapter] = []
        code = self._codes.get(one.parent_id or 0, "")
        while code:
            found.insert(0, self._inside[code])
            code = self._codes.get(self._inside[code].parent_id or 0, "")
        return found

    def _is_below(self, draft: Draft, name: str) -> bool:
        code = draft["parent_code"]
        if code in self._inside and fold(self._inside[code].name) == name:
            return True
        return any(other["code"] == code for _, other in self._listed.get(name, []))

    def _path(self, code: str) -> str:
        one = self._inside.get(code)
        return APART.join(each.name for each in (*self._above(one), one)) if one else code

    def _name(self, row: Row, draft: Draft) -> None:
        """The code of the chapter of this name in this place; a new one where there is none."""
        same = self._named.get(fold(draft["name"]), [])
        below = draft["parent_code"] or self._top
        here = [one for one in same if self._codes.get(one.parent_id or 0) == below or one.code == self._top]
        if not here and not draft["parent_code"]:
            here = same  # the list does not say where: it is the only one of this name
        if len(here) > 1:
            row.wrong("name", "two_chapters", paths="; ".join(sorted(self._path(one.code) for one in here)[:5]))
            return
        code = here[0].code if here else self._twice(draft, below) or self._made(draft["name"])
        if code in self._rows:
            row.wrong("name", "same_name", first=self._rows[code])
            return
        self._rows[code], draft["code"] = row.number, code

    def _twice(self, draft: Draft, below: str) -> str:
        """The code of a row above that has the same name in the same place; "" where there is none."""
        for _, other in self._listed[fold(draft["name"])]:
            if other is not draft and other["code"] in self._rows and (other["parent_code"] or self._top) == below:
                return str(other["code"])
        return ""

    def _made(self, name: str) -> str:
        """A code nobody has, which says the name."""
        plain = "-".join(fold(name).upper().split())[:LONGEST].strip("-") or "CS"
        plain = "".join(letter for letter in plain if letter.isalnum() or letter == "-")
        code = next(one for one in (plain, *(f"{plain}-{n}" for n in range(2, MOST_TRIES))) if one not in self._taken)
        self._taken.add(code)
        return code
