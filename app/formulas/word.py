"""Formulas in a Word file: the tree as the elements that Word's own editor of equations makes."""

from __future__ import annotations

from typing import Any
from xml.etree.ElementTree import Element

from app.formulas.tree import words_of

SPACE = "http://schemas.openxmlformats.org/officeDocument/2006/math"
BIG = "∑∏∫"
Made = tuple[str, Any]


def equation(one: Element) -> Any:
    """The formula as an element to hang into a paragraph."""
    from lxml.etree import Element as XmlElement

    root = XmlElement(f"{{{SPACE}}}oMath", nsmap={"m": SPACE})
    _inside(root, list(one))
    return root


def _inside(above: Any, those: list[Element]) -> None:
    """The parts of a row; a sum or an integral takes what follows it as its own."""
    for at, one in enumerate(those):
        if one.tag in ("msubsup", "munderover", "msub", "munder", "msup") and words_of(one[0]) in BIG:
            return _sum(above, one, those[at + 1 :])
        _part(above, one)
    return None


def _part(above: Any, one: Element) -> None:
    """Adds one element of MathML to a formula of Word."""
    if one.tag == "mfrac":
        made = _under(above, "f")
        if one.get("linethickness") == "0":
            _value(_under(made, "fPr"), "type", "noBar")
        _filled(made, num=one[0], den=one[1])
    elif one.tag in ("msqrt", "mroot"):
        made = _under(above, "rad")
        if one.tag == "msqrt":
            _value(_under(made, "radPr"), "degHide", "1")
        _under(made, "deg")
        if one.tag == "mroot":
            _inside(made[-1], [one[1]])
        _inside(_under(made, "e"), [one[0]] if one.tag == "mroot" else list(one))
    elif one.tag in ("msup", "msub", "msubsup"):
        _filled(_under(above, {"msup": "sSup", "msub": "sSub", "msubsup": "sSubSup"}[one.tag]), **_ends(one))
    elif one.tag == "mover":
        made = _under(above, "acc")
        _value(_under(made, "accPr"), "chr", words_of(one[1])[:1] or "\u0302")
        _inside(_under(made, "e"), [one[0]])
    elif one.tag in ("munder", "munderover"):
        _filled(_under(above, "limLow"), e=one[0], lim=one[1])
    elif one.tag == "mtable":
        made = _under(above, "m")
        for row in one:
            line = _under(made, "mr")
            for cell in row:
                _inside(_under(line, "e"), list(cell))
    elif len(one):
        _inside(above, list(one))
    elif one.text:
        _under(_under(above, "r"), "t").text = one.text


def _sum(above: Any, one: Element, rest: list[Element]) -> None:
    made = _under(above, "nary")
    _value(_under(made, "naryPr"), "chr", words_of(one[0]))
    ends = _ends(one)
    _inside(_under(made, "sub"), [ends["sub"]] if "sub" in ends else [])
    _inside(_under(made, "sup"), [ends["sup"]] if "sup" in ends else [])
    _inside(_under(made, "e"), rest)


def _ends(one: Element) -> dict[str, Element]:
    """The parts under Word's names, in Word's order."""
    if one.tag in ("msup", "mover"):
        return {"e": one[0], "sup": one[1]}
    if one.tag in ("msub", "munder"):
        return {"e": one[0], "sub": one[1]}
    return {"e": one[0], "sub": one[1], "sup": one[2]}


def _filled(made: Any, **parts: Element) -> None:
    for name, one in parts.items():
        _inside(_under(made, name), [one])


def _under(above: Any, name: str) -> Any:
    made = above.makeelement(f"{{{SPACE}}}{name}", nsmap={"m": SPACE})
    above.append(made)
    return made


def _value(above: Any, name: str, value: str) -> None:
    _under(above, name).set(f"{{{SPACE}}}val", value)
