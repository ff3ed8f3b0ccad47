"""The settings of a contest as a form, made from the fields that quizzes.contest.setup.rules declares.

A field's name is its path: `timing.seconds`, `waves.0.opens_at`. Lists of people and chapters are typed as
names or codes; everything else is read by the declared fields themselves, so the form cannot say anything else.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from werkzeug.datastructures import MultiDict

from app.pages.contests.rules_codes import CODED
from app.pages.parts import declared
from quizzes.contest.setup.rules import Rules
from quizzes.engine import Setting
from quizzes.importers.table import slug
from quizzes.problems import Path, Problem
from quizzes.settings import kinds
from quizzes.settings.fields import declared_by

SEVERAL = {"words", "choices", "numbers", "span", "by_difficulty"}
WHOLE = {"part", "parts", "maybe"}
"""Made of further fields: never sent as one, except whether a part is there (`prediction.on`)."""
NEEDED = {
    "waves": ("opens_at", "closes_at", "title"),
    "cells": ("count",),
    "divisions": ("title",),
    "prizes": ("title",),
    "collective": ("title",),
}
"""The fields that make a row of a list: a row in which all of these are empty is left out."""
MOST_FIELDS = 4000  # fields of one form


class RulesForm:
    """The content of the form: `data` is nested as in `plain(rules)`, with names for chapters and members."""

    def __init__(self, data: dict[str, Any], problems: Sequence[Problem] = ()) -> None:
        self.data = data
        self.problems = list(problems)
        self.by_name: dict[str, list[Problem]] = {}
        for one in problems:
            self.by_name.setdefault(name_of(one.path), []).append(one)

    def value(self, name: str) -> Any:
        """The value of a field; in a new row or part, the declared default."""
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

    def setting(self, name: str) -> Setting:
        """The declaration of the field."""
        found = setting_at(name)
        if found is None:
            raise KeyError(name)
        return found

    def label(self, name: str) -> str:
        return self.setting(name).title

    def drawn(
        self, name: str, label: str, hint: str, said: Callable[[Problem], str], seek: Mapping[str, str]
    ) -> dict[str, Any]:
        """The field as `templates/_setting.html` draws it; people and chapters are sought by name, with `seek`."""
        setting, wrong = self.setting(name), [(said(one), one.warning) for one in self.wrong(name)]
        more: dict[str, Any] = {"rows": 2, "more": seek} if setting.kind == "numbers" else {}
        more |= {"label": label} if label else {}
        return declared.drawn(name, setting, self.value(name), wrong, hint, **more)

    def wrong(self, name: str) -> list[Problem]:
        """Problems of the field itself, not of fields inside it."""
        return self.by_name.get(name, [])


def name_of(path: Path) -> str:
    return ".".join(map(str, path))


def setting_at(name: str) -> Setting | None:
    """The declaration behind a name; None where there is none."""
    inside: Mapping[str, Setting] = declared_by(Rules)
    found: Setting | None = None
    for part in name.split("."):
        if part.isdecimal() and found is not None and found.kind == "parts":
            continue
        found = inside.get(part)
        if found is None:
            return None
        inside = found.parts
    return found


def default_of(name: str) -> Any:
    """The default of a new field, as `plain` writes it; "" for texts, parts and lists."""
    found = setting_at(name)
    if found is None or found.kind in {*WHOLE, "localized"} or CODED.fullmatch(name):
        return ""
    return kinds.plain(found, found.default)


def read_form(sent: MultiDict[str, str], base: dict[str, Any]) -> dict[str, Any]:
    """The typed values, laid over `base` (as `shown`): fields that the form does not have keep their value."""
    tree: dict[str, Any] = {}
    for name in list(sent)[:MOST_FIELDS]:
        found = setting_at(name.removesuffix(".vi").removesuffix(".en").removesuffix(".on"))
        if found is None or (found.kind in WHOLE and not (found.kind == "maybe" and name.endswith(".on"))):
            continue
        values = [one.strip() for one in sent.getlist(name)]
        value: Any = values if found.kind in SEVERAL and not CODED.fullmatch(name) else values[-1]
        if found.kind in ("words", "choices"):
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
        return [
            _rows("", one) for one in value if isinstance(one, dict) and (_is_filled(name, one) or _touched(name, one))
        ]
    if isinstance(value, dict):
        return {inner: _rows(inner, one) for inner, one in value.items()}
    return value


def _is_filled(name: str, row: Mapping[str, Any]) -> bool:
    return any(any(one.values()) if isinstance(one, Mapping) else one for one in map(row.get, NEEDED[name]))


def _touched(name: str, row: Mapping[str, Any]) -> bool:
    """True when somebody has filled in anything beside the name: such a row is reported, not dropped."""
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
