"""A script that was saved elsewhere while somebody typed: both versions, field by field."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

from flask import request
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from app import security
from app.pages.parts import declared
from app.pages.shows import composer_form
from app.services.shows import own_scripts
from app.services.shows.own_scripts import Composed
from quizzes.engine import Setting
from quizzes.formats import FORMATS
from quizzes.line_up import PLAYS, TEAMS
from quizzes.refusals import Rejected
from quizzes.script import MOST_ROUNDS, ORDER, SETTINGS

Body = Mapping[str, Any]
Said = tuple[str, str, str]
"""The place of a field, its name, its content."""


@dataclass(frozen=True)
class Difference:
    """One field of which the two versions say different things."""

    where: str
    name: str
    standing: str
    typed: str


@dataclass(frozen=True)
class Both:
    """Two versions of a script; `same` where the rounds of the form show what was typed."""

    differences: list[Difference]
    same: bool


def kept(found: Composed, body: Body) -> bool:
    """Save what was changed; False where somebody has saved anything since the page was made."""
    typed = request.form.get("seen", "")
    seen = int(typed) if re.fullmatch(r"\d{1,18}", typed) else found.revision
    try:
        own_scripts.save(security.signed_in().id, found.public_id, seen, body)
    except Rejected as refusal:
        if refusal.code != "old_revision":
            raise
        return False
    return True


def shape(body: Body) -> str:
    """A short name of the rounds and their questions: while it stays, a field of a round means the same round."""
    rounds = [[one["format"], one["questions"]] for one in body["rounds"]]
    return blake2b(json.dumps(rounds, sort_keys=True).encode(), digest_size=8).hexdigest()


def listed(body: Body) -> list[str]:
    """The questions of banks in it, by their keys."""
    return [one for part in body["rounds"] for one in part["questions"] if isinstance(one, str)]


def together(form: MultiDict[str, str], typed: Body, standing: Body) -> tuple[dict[str, Any], Both]:
    """The script for the form, and both versions. Rounds that have become others keep what stands: then what was typed
    there is read from the list alone."""
    same = form.get("shape", "") == shape(standing)
    mine = {**typed} if same else {**typed, "rounds": _rounds(form)}
    before = {(where, name): text for where, name, text in _said(standing)}
    found = [Difference(where, name, before.get((where, name), ""), text) for where, name, text in _said(mine)]
    body = {**typed, "rounds": typed["rounds"] if same else standing["rounds"]}
    return body, Both([one for one in found if one.typed != one.standing], same)


def _rounds(form: MultiDict[str, str]) -> list[dict[str, Any]]:
    """The rounds as the page had them, without their questions."""
    formats = [form.get(f"r{at}-format", "") for at in range(MOST_ROUNDS)]
    bare = [{"format": one, "title": {}, "settings": {}, "questions": []} for one in formats if one in FORMATS]
    return list(composer_form.read(form, {"rounds": bare})["rounds"])


def _said(body: Body) -> Iterator[Said]:
    """Every field of a script in words."""
    whole = str(_("Cả chương trình"))
    title, about = body.get("title") or {}, body.get("about") or {}
    yield whole, str(_("Tên chương trình")), title.get("vi", "")
    yield whole, str(_("Tên tiếng Anh")), title.get("en", "")
    yield whole, str(_("Mô tả ngắn")), about.get("vi", "")
    yield whole, str(_("Mô tả tiếng Anh")), about.get("en", "")
    yield whole, str(_("Đơn vị đồng hành")), (body.get("brand") or {}).get("partner", "")
    yield from _settings(whole, SETTINGS, body.get("settings") or {})
    yield from _settings(whole, TEAMS, body.get("teams") or {})
    for at, part in enumerate(body["rounds"], 1):
        yield from _round(str(_("Phần thi %(n)s", n=at)), part)


def _round(where: str, part: Body) -> Iterator[Said]:
    fmt, title = FORMATS[part["format"]], part.get("title") or {}
    yield where, str(_("Thể thức")), str(_(fmt.title))
    yield where, str(_("Tên phần thi")), title.get("vi", "")
    yield where, str(_("Tên phần thi (tiếng Anh)")), title.get("en", "")
    yield from _settings(where, fmt.settings, part.get("settings") or {})
    yield from _settings(where, fmt.material, part.get("material") or {})
    yield from _settings(where, PLAYS, part.get("plays") or {})
    yield from _settings(where, ORDER, part)


def _settings(where: str, known: Mapping[str, Setting], values: Body) -> Iterator[Said]:
    for name, one in known.items():
        if one.kind == "picture":
            continue
        drawn = declared.drawn(name, one, one.default if values.get(name) is None else values[name])
        yield where, drawn["label"], _text(drawn["value"], dict(drawn["options"]))


def _text(value: Any, named: Mapping[str, str]) -> str:
    if isinstance(value, bool):
        return str(_("Có") if value else _("Không"))
    if isinstance(value, (list, tuple)):
        return ", ".join(_text(one, named) for one in value)
    if isinstance(value, Mapping):
        return ", ".join(_text(one, named) for one in value.values())
    return "" if value is None else named.get(str(value), str(value))
