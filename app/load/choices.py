"""What a phone answers: something allowed, the same kind of thing for every question type."""

from __future__ import annotations

from typing import Any


def choice_of(question: dict[str, Any], number: int) -> Any:
    """A choice of phone `number`; the crowd spreads over the options."""
    ids = [option["id"] for option in question.get("options") or []]
    match question["type"]:
        case "multiple":
            return [ids[number % len(ids)]]
        case "true_false_set":
            return {one: bool(number % 2) for one in ids}
        case "ordering":
            return ids
        case "number":
            return number % 100
        case "text" | "word" | "keyword":
            return f"câu {number % 100}"
    return ids[number % len(ids)] if ids else True
