"""A printed exam paper in several codes: the same questions in another order, with a sheet for answers and the keys.

Three parts, as công văn 7991/BGDĐT-GDTrH has them: options to choose from, four statements, short answers. The seed
decides every order, so the same paper can be printed again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from quizzes import siblings
from quizzes.draws import Draws
from quizzes.questions import localized
from quizzes.questions.options import TRUE_AND_FALSE

CHOICE, TRUTHS, SHORT = "choice", "truths", "short"
PART_OF = {"single": CHOICE, "multiple": CHOICE, "true_false": CHOICE, "true_false_set": TRUTHS}
"""Types not named are answered in words."""
TRUTH_LETTERS = {"vi": "SĐ", "en": "FT"}
"""Wrong and right, as they stand in the table of keys."""
GRID = {
    "vi": "(Ghi một ô: hình chia 8 cột A đến H từ trái sang, 6 hàng 1 đến 6 từ trên xuống.)",
    "en": "(Write a cell: the picture has 8 columns A to H from the left, 6 rows 1 to 6 from the top.)",
}
"""Said beside a question that is answered by touching its picture."""
FIRST_CODE = 101
"""The code of the first variant of a paper; the others follow."""
MOST_CODES = 24  # codes of one paper


@dataclass(frozen=True)
class Asked:
    """One question as printed. `letters`: A, B or a, b; `key`: as it stands in the table of keys."""

    number: int
    text: str
    options: list[str]
    key: str
    picture: str = ""
    """The name of the question's picture; `pictures`: those of its options, "" for none."""
    pictures: list[str] = field(default_factory=list)
    changed: bool = False
    """True when its text was changed since it was approved."""
    unsettled: bool = False
    """True when nobody has approved it, or it is not in force."""


@dataclass(frozen=True)
class Variant:
    """One code: (part, its questions, numbered from 1 in each part), empty parts left out."""

    code: str
    parts: list[tuple[str, list[Asked]]]


def variants(questions: Sequence[Mapping[str, Any]], count: int, seed: str, lang: str = "vi") -> list[Variant]:
    """`count` codes of a paper, each with its own order of questions and options."""
    return [_variant(questions, str(FIRST_CODE + place), Draws(seed, "paper", place), lang) for place in range(count)]


def _variant(questions: Sequence[Mapping[str, Any]], code: str, draws: Draws, lang: str) -> Variant:
    parts = []
    for part in (CHOICE, TRUTHS, SHORT):
        mine = [one for one in questions if PART_OF.get(one["type"], SHORT) == part]
        if mine:
            drawn = draws.shuffled(mine)
            parts.append((part, [_asked(one, number, draws, lang) for number, one in enumerate(drawn, 1)]))
    return Variant(code, parts)


def _asked(one: Mapping[str, Any], number: int, draws: Draws, lang: str) -> Asked:
    made = replace(_without_picture(one, number, draws, lang), picture=_picture(one))
    return replace(made, changed=bool(one.get("changed")), unsettled=bool(one.get("unsettled")))


def _picture(one: Mapping[str, Any]) -> str:
    return str((one.get("media") or {}).get("name") or "")


def _without_picture(one: Mapping[str, Any], number: int, draws: Draws, lang: str) -> Asked:
    text, answer, kind = localized(one["text"], lang), one["answer"], one["type"]
    if kind == "true_false":
        return Asked(number, text, list(TRUE_AND_FALSE[lang]), "A" if answer else "B")
    options = [localized(option.get("text"), lang) for option in one.get("options") or []]
    last = [len(options) - 1] if (one.get("settings") or {}).get("shuffle") == "keep_last" else []
    order = draws.shuffled(range(len(options) - len(last))) + last
    shown = [options[at] for at in order]
    pictures = [_picture(one["options"][at]) for at in order]
    if kind in ("single", "multiple"):
        right = answer if isinstance(answer, list) else [answer]
        key = "".join(chr(65 + place) for place, at in enumerate(order) if at in right)
        return Asked(number, text, shown, key, "", pictures)
    if kind == "true_false_set":
        return Asked(number, text, shown, "".join(TRUTH_LETTERS[lang][bool(answer[at])] for at in order))
    if kind == "matching":
        half = len(options) // 2
        first, second = draws.shuffled(range(half)), draws.shuffled(range(half, 2 * half))
        said = " ".join(chr(65 + half + second.index(answer[at])) for at in first)
        return Asked(number, text, [options[at] for at in (*first, *second)], said)
    if kind == "ordering":
        return Asked(number, text, shown, " ".join(chr(65 + order.index(at)) for at in answer))
    said = str(answer).replace(".", ",") if kind == "number" else " | ".join(answer)
    return Asked(number, f"{text} {GRID[lang]}" if kind == "hotspot" else text, [], said)


def chosen(questions: Sequence[Mapping[str, Any]], count: int, seed: str) -> list[Mapping[str, Any]]:
    """The questions of a paper, drawn, at most one of those that give each other away; all where there are no more."""
    draws = Draws(seed, "chosen")
    apart = siblings.apart(questions, draws)
    return draws.sample(apart, min(count, len(apart)))
