"""Reads a paragraph of a Word file: words, also linked and inserted ones, formulas, pictures."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from quizzes.importers.raised import raised

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
EMBED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}embed"
BLIP = "{http://schemas.openxmlformats.org/drawingml/2006/main}blip"
OLD_PICTURE = "{urn:schemas-microsoft-com:vml}imagedata"
OLD_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
AROUND = {f"{W}{name}" for name in ("hyperlink", "ins", "moveTo", "smartTag", "sdt", "sdtContent", "fldSimple")}
FORMULAS = {f"{M}oMath", f"{M}oMathPara"}
LEVELS = {"superscript": "sup", "subscript": "sub"}
DEPTH = 40  # levels of nested elements
BREAKS = {f"{W}br": "\n", f"{W}cr": "\n", f"{W}tab": "\t", f"{W}noBreakHyphen": "-"}


def pieces(element: Any, depth: int = 0) -> Iterator[tuple[str, Any]]:
    """(words, their run) in order; a formula comes as LaTeX in \\( \\) with no run. What was deleted is not read."""
    for one in element:
        if one.tag == f"{W}r":
            if text := _text(one):
                yield text, one
        elif one.tag in FORMULAS:
            if said := latex(one).strip():
                yield f"\\({said}\\)", None
        elif one.tag in AROUND and depth < DEPTH:
            yield from pieces(one, depth + 1)


def _text(run: Any) -> str:
    text = "".join((one.text or "") if one.tag == f"{W}t" else BREAKS.get(one.tag, "") for one in run)
    level = next((one.get(f"{W}val") for one in run.iterfind(f"{W}rPr/{W}vertAlign")), "")
    return raised(text, LEVELS[level]) if level in LEVELS else text


def pictures(element: Any) -> Iterator[str]:
    """The relations that its pictures are kept under, each once."""
    seen = [one.get(EMBED) or "" for one in element.iter(BLIP)]
    seen += [one.get(OLD_ID) or "" for one in element.iter(OLD_PICTURE)]
    yield from dict.fromkeys(seen)


def latex(element: Any, depth: int = 0) -> str:
    """A formula of Word in LaTeX: fractions, powers, indices, roots, sums, brackets; of the rest the letters."""
    if depth > DEPTH:
        return ""
    name = element.tag.removeprefix(M) if element.tag.startswith(M) else ""
    parts = {one.tag.removeprefix(M): latex(one, depth + 1) for one in element if one.tag.startswith(M)}
    base = parts.get("e", "")
    if name == "t":
        return element.text or ""
    if name == "f":
        return rf"\frac{{{parts.get('num', '')}}}{{{parts.get('den', '')}}}"
    if name in ("sSup", "sSub", "sSubSup"):
        return base + _ends(parts)
    if name == "rad":
        degree = parts.get("deg", "")
        return rf"\sqrt[{degree}]{{{base}}}" if degree else rf"\sqrt{{{base}}}"
    if name == "nary":
        return f"{_sign(element, 'chr', '∫')}{_ends(parts)} {base}"
    if name == "d":
        inside = ", ".join(latex(one, depth + 1) for one in element if one.tag == f"{M}e")
        return f"{_sign(element, 'begChr', '(')}{inside}{_sign(element, 'endChr', ')')}"
    return "".join(latex(one, depth + 1) for one in element if not one.tag.endswith("Pr"))


def _ends(parts: dict[str, str]) -> str:
    low, high = parts.get("sub", ""), parts.get("sup", "")
    return (f"_{{{low}}}" if low else "") + (f"^{{{high}}}" if high else "")


def _sign(element: Any, name: str, otherwise: str) -> str:
    found = next(element.iter(f"{M}{name}"), None)
    return str(found.get(f"{M}val") or "") if found is not None else otherwise
