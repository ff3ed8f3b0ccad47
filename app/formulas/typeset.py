"""Formulas on paper: a text in pieces for Typst, each formula as code of its mathematics.

The code is made of names that stand here, single letters and escaped signs, so nothing of a formula is ever run.
"""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from app.formulas.tree import tree, words_of
from quizzes.formulas import pieces

OVER = {"→": "arrow", "^": "hat", "―": "overline", "¯": "overline", "~": "tilde", "˙": "dot"}
SPACE = " "


def in_pieces(text: str) -> list[dict[str, str]]:
    """The text for `templates/banks/paper.typ`: `math` is "" for words, else the code of a formula."""
    found = []
    for is_formula, said in pieces(text):
        read = tree(said) if is_formula else None
        if read is None:
            found.append({"text": rf"\({said}\)" if is_formula else said, "math": ""})
        else:
            found.append({"text": words_of(read), "math": _code(read)})
    return found


def _code(one: Element) -> str:
    parts = [_code(each) for each in one]
    name = one.tag
    if name == "mfrac":
        bare = one.get("linethickness") == "0"
        return f"mat(delim: #none, {parts[0]}; {parts[1]})" if bare else f"frac({parts[0]}, {parts[1]})"
    if name == "msqrt":
        return f"sqrt({SPACE.join(parts)})"
    if name == "mroot":
        return f"root({parts[1]}, {parts[0]})"
    if name in ("msup", "msub", "msubsup", "munder", "munderover", "mover"):
        return _with_ends(one, parts)
    if name == "mtable":
        return "mat(delim: #none, " + "; ".join(", ".join(_code(cell) for cell in row) for row in one) + ")"
    if name in ("mspace", "mphantom"):
        return "thin"
    if len(one):
        return f"lr({SPACE.join(parts)})" if _is_fenced(one) else SPACE.join(parts)
    return _leaf(one)


def _with_ends(one: Element, parts: list[str]) -> str:
    """A base with what stands above, below and beside it."""
    above = words_of(one[len(one) - 1])
    if one.tag == "mover" and above in OVER:
        return f"{OVER[above]}({parts[0]})"
    if one.tag in ("msup", "mover"):
        return f"attach({parts[0]}, t: {parts[1]})"
    if one.tag in ("msub", "munder"):
        return f"attach({parts[0]}, b: {parts[1]})"
    return f"attach({parts[0]}, b: {parts[1]}, t: {parts[2]})"


def _is_fenced(one: Element) -> bool:
    stacked = any(each.tag == "mtable" or each.get("linethickness") == "0" for each in one)
    return len(one) > 1 and (stacked or one[0].get("fence") == "true")


def _leaf(one: Element) -> str:
    text = (one.text or "").replace("\u00a0", " ")
    if not text.strip():
        return '""' if not text else '" "'
    if re.fullmatch(r"[A-Za-z]|\d+(\.\d+)?", text):
        return f"upright({text})" if one.get("mathvariant") == "normal" else text
    if one.tag == "mtext" or len(text) > 1:
        quoted = text.replace("\\", "\\\\").replace('"', '\\"')
        return f'op("{quoted}", limits: #true)' if text in ("lim", "max", "min") else f'"{quoted}"'
    return f"\\u{{{ord(text):x}}}"
