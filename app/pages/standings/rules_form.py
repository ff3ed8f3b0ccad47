"""The rules of a standing as a form, made from its declared fields."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from hashlib import sha256
from typing import Any

from flask import url_for
from flask_babel import gettext

from app.pages.parts import declared
from app.pages.parts.asked import code_in
from app.services.people import chapters
from quizzes.settings.fields import declared_by, plain
from quizzes.standing.rules import ONLY_FOR, Rules


def typed(form: Mapping[str, str], path: str) -> dict[str, Any]:
    """The values sent, as `read` takes them, without those that the formula does not read. Chapters are looked for by
    name inside `path`."""
    unread = {name for name, formula in ONLY_FOR.items() if formula != form.get("formula")}
    found: dict[str, Any] = {name: form[name].strip() for name in declared_by(Rules) if name in form.keys() - unread}
    if "clusters" in found:
        found["clusters"] = [_cluster(line, path) for line in found["clusters"].splitlines() if line.strip()]
    return found


def _cluster(line: str, path: str) -> dict[str, Any]:
    """`Cụm 1: Đoàn phường Sao Mai (P); X`: names with or without their codes, or codes alone."""
    title, _, named = line.partition(":")
    entries = [one.strip() for one in named.split(";" if ";" in named else ",")]
    return {"title": title.strip(), "chapters": [_code(one, path) for one in entries if one]}


def _code(entry: str, path: str) -> str:
    """The code of the chapter that is meant; what could be several or none stays as typed and is refused later."""
    code = chapters.clean_code(code_in(entry) or entry)
    if chapters.chapter_with_code(code) is not None:
        return code
    alike = chapters.find_chapters(entry, path=path, limit=2)
    return alike[0].code if len(alike) == 1 else entry


def digest(rules: Rules) -> str:
    """A short name of rules. The page that has shown their ranks saves no others."""
    return sha256(json.dumps(plain(rules), sort_keys=True).encode()).hexdigest()[:16]


def shown(
    rules: Rules, names: Mapping[str, str], sent: Mapping[str, str], errors: Mapping[str, str]
) -> list[dict[str, Any]]:
    """The fields of the template, with their values or as they were sent. `names`: code -> name of a chapter."""
    return [_field(name, value, names, sent, errors) for name, value in plain(rules).items()]


def _field(
    name: str, value: Any, names: Mapping[str, str], sent: Mapping[str, str], errors: Mapping[str, str]
) -> dict[str, Any]:
    setting = declared_by(Rules)[name]
    more: dict[str, Any] = {"only_for": ONLY_FOR.get(name, "")}
    wrong = [(errors[name], False)] if name in errors else []
    if setting.kind == "parts":
        setting = replace(setting, kind="text")
        value, more = "\n".join(_line(one, names) for one in value), {**more, "rows": 4, "more": _search()}
    return declared.drawn(name, setting, sent.get(name, value), wrong, **more)


def _search() -> dict[str, str]:
    """The attributes by which chapters are found while one types; they are put after one another on a line."""
    return {"data-find": url_for("chapters.find"), "data-seek": gettext("Tìm cơ sở theo tên"), "data-joined": ""}


def _line(cluster: Mapping[str, Any], names: Mapping[str, str]) -> str:
    named = (f"{names[code]} ({code})" if code in names else code for code in cluster["chapters"])
    return f"{cluster['title'].get('vi', '')}: {'; '.join(named)}"
