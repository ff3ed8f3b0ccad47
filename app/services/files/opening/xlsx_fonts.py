"""The elements of an XLSX that say how text looks: bold, underlined, coloured, struck out, in an old font."""

from __future__ import annotations

from typing import Any

from app.services.files.opening.old_fonts import kind_of

PLAIN_COLOURS = frozenset({"", "FF000000", "00000000", "000000", "FFFFFFFF", "00FFFFFF"})
NOT = ("0", "false", "none")


def tag_of(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def strong_runs(element: Any) -> list[str]:
    """The words of a text in several looks that stand out."""
    found = []
    for run in element.iter():
        if tag_of(run) == "r":
            look = next((one for one in run if tag_of(one) == "rPr"), None)
            if look is not None and stands_out(look):
                found += ["".join(one.text or "" for one in run if tag_of(one) == "t")]
    return [words for words in found if words.strip()]


def stands_out(font: Any) -> bool:
    return any(is_bright(tag_of(one), one) for one in font)


def is_struck(font: Any) -> bool:
    return any(tag_of(one) == "strike" and one.get("val") not in NOT for one in font)


def old_font(font: Any) -> str:
    names = (str(one.get("val") or "") for one in font if tag_of(one) in ("name", "rFont"))
    return next((name for name in names if kind_of(name)), "")


def is_bright(tag: str, about: Any) -> bool:
    if tag in ("b", "u"):
        return about.get("val") not in NOT
    return tag == "color" and (about.get("rgb") or "").upper() not in PLAIN_COLOURS


def is_filled(fill: Any) -> bool:
    for pattern in fill:
        if pattern.get("patternType") == "solid":
            colour = next((one for one in pattern if tag_of(one) == "fgColor"), None)
            return colour is not None and (colour.get("rgb") or "").upper() not in PLAIN_COLOURS
    return False
