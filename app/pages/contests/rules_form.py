"""The settings of a contest as a form, made from the fields that quizzes.contest.setup.rules declares.

A field's name is its path: `timing.seconds`, `waves.0.opens_at`. Lists of people and chapters are typed as
codes; everything else is read by the declared fields themselves, so the form cannot say anything else.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import MISSING, Field, fields
from typing import Any

from werkzeug.datastructures import MultiDict

from app.pages.contests.rules_codes import CODED, codes_of, name_behind
from quizzes.contest.setup.rules import Rules
from quizzes.importers.table import slug
from quizzes.problems import Path, Problem
from quizzes.settings.fields import Spec, spec

SEVERAL = {"names", "numbers", "span", "by_difficulty"}
WHOLE = {"part", "parts", "maybe"}
"""Made of further fields: never sent as one, except whether a part is there (`prediction.on`)."""
NEEDED = {"waves": ("opens_at", "closes_at", "title"), "cells": ("count",), "divisions": ("title",),
          "prizes": ("title",), "collective": ("title",)}  # fmt: skip
"""What makes a row of a list: one where all of these are empty is left out."""
MOST_FIELDS = 4000


class RulesForm:
    """What the form shows: `data` is nested as in `plain(rules)`, with codes for chapters and members."""

    def __init__(self, data: dict[str, Any], problems: Sequence[Problem] = ()) -> None:
        self.data = data
        self.problems = list(problems)
        self.by_name: dict[str, list[Problem]] = {}
        for one in problems:
            self.by_name.setdefault(name_of(one.path), []).append(one)

    def value(self, name: str) -> Any:
        """What stands in a field; in a row or part that is new, the declared default."""
        here: Any = self.data
        for part in name.split("."):
            if isinstance(here, Mapping) and part in here:
                here = here[part]
            elif isinstance(here, list) and part.isdecimal() and int(part) < len(here):
                here = here[int(part)]
            else:
                return default_of(name)
        return "" if here is None else here

    def rows(self, name: str) -> int:
        found = self.value(name)
        return len(found) if isinstance(found, list) else 0

    def spec(self, name: str) -> Spec:
        """How the field is declared."""
        found = spec_at(name)
        if found is None:
            raise KeyError(name)
        return found

    def label(self, name: str) -> str:
        return self.spec(name).label

    def named(self, name: str) -> list[str]:
        """The names behind the codes in a field; codes of nobody are left out."""
        what = name.rpartition(".")[2]
        return [said for code in codes_of(self.value(name)) for said in [name_behind(what, code)] if said]

    def wrong(self, name: str) -> list[Problem]:
        """Problems of the field itself, not of fields inside it."""
        return self.by_name.get(name, [])


def name_of(path: Path) -> str:
    return ".".join(map(str, path))


def spec_at(name: str) -> Spec | None:
    """The declaration behind a name; None where there is none."""
    found = _field(name)
    return spec(found) if found is not None else None


def default_of(name: str) -> Any:
    """What a new field says, as `plain` writes it; "" for texts, parts and lists."""
    found = _field(name)
    if found is None or found.default is MISSING or CODED.fullmatch(name):
        return ""
    declared = spec(found)
    return "" if declared.kind in WHOLE or found.default is None else declared.plain(found.default)


def _field(name: str) -> Field[Any] | None:
    cls: Any = Rules
    found: Field[Any] | None = None
    for part in name.split("."):
        if part.isdecimal() and found is not None and spec(found).kind == "parts":
            continue
        found = next((one for one in fields(cls) if one.name == part), None) if cls is not None else None
        if found is None:
            return None
        cls = spec(found).about.get("cls")
    return found


def read_form(sent: MultiDict[str, str], base: dict[str, Any]) -> dict[str, Any]:
    """What was typed, laid over `base` (as `shown`): fields the form does not have keep their value."""
    tree: dict[str, Any] = {}
    for name in list(sent)[:MOST_FIELDS]:
        found = spec_at(name.removesuffix(".vi").removesuffix(".en").removesuffix(".on"))
        if found is None or (found.kind in WHOLE and not (found.kind == "maybe" and name.endswith(".on"))):
            continue
        values = [one.strip() for one in sent.getlist(name)]
        value: Any = values if found.kind in SEVERAL and not CODED.fullmatch(name) else values[-1]
        if found.kind == "names":
            value = [part.strip() for one in values for part in one.splitlines() if part.strip()]
        elif found.kind == "numbers" and not CODED.fullmatch(name):
            value = [one for one in values if one]
        _put(tree, name.split("."), value)
    return dict(_laid_over(base, _lists(tree)))


def _put(tree: dict[str, Any], way: Sequence[str], value: Any) -> None:
    for part in way[:-1]:
        inner = tree.setdefault(part, {})
        if not isinstance(inner, dict):
            return
        tree = inner
    tree[way[-1]] = value


def _lists(value: Any) -> Any:
    """Numbered fields become lists; `on` decides over parts that may be absent."""
    if not isinstance(value, dict):
        return value
    if value and all(name.isdecimal() for name in value):
        return [_lists(value[name]) for name in sorted(value, key=int)]
    if "on" in value:
        rest = {name: one for name, one in value.items() if name != "on"}
        return _lists(rest) if value["on"] == "1" else None
    return {name: _lists(one) for name, one in value.items()}


def _laid_over(base: Any, new: Any) -> Any:
    if isinstance(base, dict) and isinstance(new, dict) and not set(base) <= {"vi", "en"}:
        return base | {name: _laid_over(base.get(name), one) for name, one in new.items()}
    return _own_words(base, new)


def _own_words(base: Any, new: Any) -> Any:
    """Without the English of other words: where the Vietnamese was written anew and the English left as it was."""
    if isinstance(base, list) and isinstance(new, list):
        return [_own_words(base[no] if no < len(base) else None, one) for no, one in enumerate(new)]
    if not (isinstance(base, dict) and isinstance(new, dict)):
        return new
    if set(new) <= {"vi", "en"}:
        stale = new.get("vi") != base.get("vi") and new.get("en") == base.get("en")
        return {name: one for name, one in new.items() if name == "vi" or not stale}
    return {name: _own_words(base.get(name), one) for name, one in new.items()}


def without_empty_rows(data: dict[str, Any]) -> dict[str, Any]:
    """Without the rows that were offered and not filled in; prizes and divisions get their key."""
    data = {name: _rows(name, value) for name, value in data.items()}
    used: set[str] = set()
    for name in ("divisions", "prizes", "collective"):
        used = set() if name == "prizes" else used
        for one in data.get(name) or []:
            one["key"] = one.get("key") or _key(one, used)
            used.add(one["key"])
    return data


def _rows(name: str, value: Any) -> Any:
    if isinstance(value, list) and name in NEEDED:
        return [_rows("", one) for one in value if isinstance(one, dict) and (_said(name, one) or _touched(name, one))]
    if isinstance(value, dict):
        return {inner: _rows(inner, one) for inner, one in value.items()}
    return value


def _said(name: str, row: Mapping[str, Any]) -> bool:
    return any(any(one.values()) if isinstance(one, Mapping) else one for one in map(row.get, NEEDED[name]))


def _touched(name: str, row: Mapping[str, Any]) -> bool:
    """Whether somebody has filled in anything beside the name: such a row is told about, not dropped."""
    path = {"cells": "blueprint.cells"}.get(name, name)
    typed = {field: value for field, value in row.items() if field not in NEEDED[name]}
    return any(
        value not in ("", [], None) and not _is_default(f"{path}.0.{field}", value) for field, value in typed.items()
    )


def _is_default(name: str, value: Any) -> bool:
    default = default_of(name)
    plain = {True: "1", False: "0"}.get(default, default) if isinstance(default, bool) else default
    return value == default or str(value) == str(plain)


def _key(one: Mapping[str, Any], used: set[str]) -> str:
    title = one.get("title")
    key = base = slug(str(title.get("vi", "") if isinstance(title, Mapping) else ""))[:40].strip("-_") or "muc"
    number = 2
    while key in used:
        key, number = f"{base}-{number}", number + 1
    return key
