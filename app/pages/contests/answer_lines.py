"""The questions of a finished try as its member reads them again: what they chose, later the key and why."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _

from app import language
from app.services.contests.taking.views import Result, Sheet
from quizzes.questions import of
from quizzes.questions.contract import FULL


def line_of(one: Sheet, found: Result, place: int) -> dict[str, Any]:
    """One question as its member may see it now: what they chose; later the key and why."""
    question, shown = one.asked[place]
    lang = language.current()
    saved = one.answers.get(place)
    choice = saved.choice if saved else None
    ruling = found.rulings.questions.get(str(question["id"]))
    line = {
        "face": one.face(place, lang),
        "choice": choice,
        "mine": _in_words(one.face(place, lang), choice),
        "ruling": ruling.do if ruling and found.visible.key else "",
        "right": None,
    }
    if found.visible.key:
        line |= {
            "solution": of(question).solution(question, shown, lang)["texts"],
            "explanation": language.say(question.get("explanation")),
            "source": question.get("source"),
        }
        if found.marks and str(question["id"]) in found.marks.rights:
            share = found.marks.rights[str(question["id"])]
            line["right"] = "right" if share == FULL else "partly" if share else "wrong"
    return line


def _in_words(face: dict[str, Any], choice: Any) -> list[str]:
    """A choice as its member reads it again."""
    texts = {one["id"]: one["text"] or (one.get("media") or {}).get("alt", "") for one in face.get("options", [])}
    if choice is None:
        return []
    if isinstance(choice, dict):
        words = {True: _("Đúng"), False: _("Sai")}
        return [f"{texts.get(name, name)}: {words.get(value, value)}" for name, value in choice.items()]
    parts = choice if isinstance(choice, list) else [choice]
    return [
        texts.get(part, str(part)) if isinstance(part, str) else f"{part} {face.get('unit') or ''}".strip()
        for part in parts
    ]
