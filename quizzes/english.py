"""English that was left behind: words of a preset beside Vietnamese that somebody has written anew.

Somebody changes "Rung chuông vàng" into the name of their own evening and does not see the English field; English
readers would go on reading the preset's "Golden bell". What is left out in English is read in Vietnamese.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

Pairs = Mapping[str, frozenset[str]]
"""English of presets -> the Vietnamese beside which it stands in one of them."""


def pairs(presets: Iterable[Any]) -> Pairs:
    """The words of shipped presets or scripts, trees of dicts and lists."""
    found: dict[str, set[str]] = {}
    for preset in presets:
        for vi, en in _texts(preset):
            found.setdefault(en, set()).add(vi)
    return {en: frozenset(beside) for en, beside in found.items()}


def without_left_behind(value: Any, known: Pairs) -> Any:
    """The same tree without English that belongs to other Vietnamese of a preset."""
    if isinstance(value, list):
        return [without_left_behind(one, known) for one in value]
    if not isinstance(value, dict):
        return value
    if "vi" in value and isinstance(value.get("en"), str) and value["vi"] not in known.get(value["en"], (value["vi"],)):
        value = {lang: words for lang, words in value.items() if lang != "en"}
    return {name: without_left_behind(one, known) for name, one in value.items()}


def _texts(value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, list):
        for one in value:
            yield from _texts(one)
    elif isinstance(value, dict):
        if isinstance(value.get("vi"), str) and isinstance(value.get("en"), str):
            yield value["vi"], value["en"]
        for one in value.values():
            yield from _texts(one)
