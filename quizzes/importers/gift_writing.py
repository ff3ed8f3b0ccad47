"""Writes questions as GIFT; what this format has no place for stands in a comment before each."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from quizzes.importers.building import not_carried
from quizzes.problems import Problem

KEPT = ("source", "difficulty", "topic", "author", "valid_from", "valid_to")


def write(
    questions: Sequence[Mapping[str, Any]], topics: Mapping[str, Mapping[str, str]] | None = None
) -> tuple[str, list[Problem]]:
    """The text, and which questions it cannot hold."""
    problems = not_carried(questions, {"single", "multiple", "true_false", "number", "text"})
    left = {one.path[0] for one in problems}
    parts = [_written(one, topics or {}) for place, one in enumerate(questions) if place not in left]
    return "\n\n".join(parts) + "\n", problems


def _written(one: Mapping[str, Any], topics: Mapping[str, Mapping[str, str]]) -> str:
    kept = {name: one[name] for name in KEPT if one.get(name)}
    kept["topic"] = topics.get(one["topic"], {}).get("vi") or one["topic"]
    tags = "".join(f" [tag:{name}={_tag(value)}]" for name, value in kept.items())
    why = _escaped((one.get("explanation") or {}).get("vi", ""))
    body = _key(one) + (f"\n####{why}" if why else "")
    return f"// [id:{one['id']}]{tags}\n::{_escaped(one['id'])}::{_escaped(one['text']['vi'])} {{{body}\n}}"


def _tag(value: Any) -> str:
    return " ".join(str(value).replace("]", "&#93;").split())


def _key(one: Mapping[str, Any]) -> str:
    answer, options = one["answer"], [option["text"]["vi"] for option in one.get("options") or []]
    if one["type"] == "true_false":
        return "TRUE" if answer else "FALSE"
    if one["type"] == "number":
        settings = one.get("settings") or {}
        around = settings.get("tolerance", 0)
        if settings.get("tolerance_kind") == "percent":
            around = abs(answer) * around / 100
        return f"#{answer}:{around}"
    if one["type"] == "text":
        return "".join(f"\n={_escaped(each)}" for each in answer)
    if one["type"] == "single":
        return "".join(f"\n{'=' if at == answer else '~'}{_escaped(each)}" for at, each in enumerate(options))
    share = f"{100 / len(answer):.5f}".rstrip("0").rstrip(".")
    return "".join(f"\n~%{share if at in answer else '-100'}%{_escaped(each)}" for at, each in enumerate(options))


def _escaped(text: str) -> str:
    text = re.sub(r"&(?=#?\w+;)", "&amp;", text)  # a reader takes it for a sign
    return re.sub(r"([\\~=#{}:])", r"\\\1", text).replace("\n", "\\n")
