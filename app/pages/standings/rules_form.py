"""The rules of a standing as a form, made from its declared fields."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from flask_babel import gettext

from quizzes.settings.fields import plain, spec
from quizzes.standing.rules import Rules

MOST_LINES = 200


def typed(form: Mapping[str, str]) -> dict[str, Any]:
    """What was sent, as `read` takes it."""
    found: dict[str, Any] = {one.name: form[one.name].strip() for one in fields(Rules) if one.name in form}
    if "clusters" in found:
        found["clusters"] = [_cluster(line) for line in found["clusters"].splitlines()[:MOST_LINES] if line.strip()]
    return found


def _cluster(line: str) -> dict[str, Any]:
    title, _, codes = line.partition(":")
    return {"title": title.strip(), "chapters": codes}


def shown(rules: Rules) -> list[dict[str, Any]]:
    """What the template draws: each field with its value as text."""
    values = plain(rules)
    return [_field(one.name, values[one.name]) for one in fields(Rules)]


def _field(name: str, value: Any) -> dict[str, Any]:
    declared = spec(next(one for one in fields(Rules) if one.name == name))
    found: dict[str, Any] = {"name": name, "label": gettext(declared.label), "value": value, "kind": "text"}
    if declared.kind == "whole":
        found |= {"kind": "number", "min": declared.about["least"], "max": declared.about["most"]}
    elif declared.kind == "choice":
        found |= {
            "kind": "select",
            "options": [(key, gettext(said)) for key, said in declared.about["choices"].items()],
        }
    elif declared.kind == "numbers":
        found["value"] = ", ".join(map(str, value))
    elif declared.kind == "parts":
        lines = [f"{one['title'].get('vi', '')}: {', '.join(one['chapters'])}" for one in value]
        found |= {"kind": "textarea", "value": "\n".join(lines)}
    return found
