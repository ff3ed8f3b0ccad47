"""Formulas in files for other programs that read MathML: QTI. The LaTeX goes along, so that it comes back as it was."""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement, fromstring, register_namespace, tostring

from app.formulas.markup import OPENING
from app.formulas.tree import tree
from quizzes.formulas import pieces

SPACE = "http://www.w3.org/1998/Math/MathML"
TEX = "application/x-tex"
KEPT_AS_TEXT = ("qti-value",)
"""Elements whose text is compared with what somebody types."""


def with_mathml(data: bytes) -> bytes:
    """An item of QTI with its formulas as MathML."""
    if OPENING.encode() not in data:
        return data
    root = fromstring(data)  # noqa: S314 (written here)
    register_namespace("", root.tag.partition("}")[0].strip("{"))
    register_namespace("m", SPACE)
    for one in list(root.iter()):
        if OPENING in (one.text or "") and one.tag.rpartition("}")[2] not in KEPT_AS_TEXT:
            _written(one)
    return bytes(tostring(root, "utf-8", xml_declaration=True))


def _written(above: Element) -> None:
    """Puts the formulas of an element's text before its children."""
    text, above.text, last, place = above.text or "", "", None, 0
    for is_formula, said in pieces(text):
        found = tree(said) if is_formula else None
        if found is None:
            words = rf"\({said}\)" if is_formula else said
            if last is None:
                above.text += words
            else:
                last.tail = (last.tail or "") + words
            continue
        last = Element(f"{{{SPACE}}}math")
        meant = SubElement(last, f"{{{SPACE}}}semantics")
        row = SubElement(meant, f"{{{SPACE}}}mrow")
        row.extend(_named(one) for one in found)
        SubElement(meant, f"{{{SPACE}}}annotation", {"encoding": TEX}).text = said
        above.insert(place, last)
        place += 1


def _named(one: Element) -> Element:
    """A copy whose elements say that they are MathML's."""
    made = Element(f"{{{SPACE}}}{one.tag}", one.attrib)
    made.text = one.text
    made.extend(_named(each) for each in one)
    return made
