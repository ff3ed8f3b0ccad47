"""Reads LaTeX as a tree of MathML, of which only what is known is kept."""

from __future__ import annotations

from functools import lru_cache
from html import unescape
from xml.etree.ElementTree import Element, fromstring

from quizzes.formulas import LONGEST

MOST_KEPT = 2_000  # formulas kept in memory
DEEPEST = 24  # elements inside each other
KEPT = {
    "math": (), "mrow": (), "mi": ("mathvariant",), "mn": (), "mtext": (), "mspace": ("width",),
    "mo": ("stretchy", "fence", "form", "accent", "movablelimits"), "mfrac": ("linethickness",),
    "msqrt": (), "mroot": (),
    "msub": (), "msup": (), "msubsup": (), "mover": (), "munder": (), "munderover": (),
    "mtable": (), "mtr": (), "mtd": ("columnalign",), "mstyle": (), "mpadded": (), "menclose": (), "mphantom": (),
}  # fmt: skip
"""The elements that are kept, with those of their attributes that are: no address, no style, no script."""
ARGUMENTS = {
    "mfrac": 2, "mroot": 2, "msub": 2, "msup": 2, "mover": 2, "munder": 2, "msubsup": 3, "munderover": 3,
}  # fmt: skip
"""How many parts an element has that cannot do with fewer."""


@lru_cache(maxsize=MOST_KEPT)
def tree(latex: str) -> Element | None:
    """The formula, or None where it cannot be read: then it is shown as it was typed."""
    if not latex or len(latex) > LONGEST:
        return None
    from latex2mathml.converter import convert  # reads a list of symbols, which few installations need

    try:
        found = fromstring(_without_entities(convert(_plainer(latex))))  # noqa: S314 (made here, by the converter)
    except Exception:  # strangers' text: the converter says no with many classes, also plain ones
        return None
    return found if _is_known(found, 0) else None


def _plainer(latex: str) -> str:
    """Signs that the converter makes of two are said by their own names."""
    return latex.replace(r"\not=", r"\ne ").replace(r"\not\in", r"\notin ")


def _without_entities(markup: str) -> str:
    """The converter leaves & and < of a formula as they are, which XML does not allow."""
    return markup.replace("<mi>&</mi>", "<mi>&amp;</mi>")


def _is_known(one: Element, depth: int) -> bool:
    one.tag = one.tag.rpartition("}")[2]
    if depth > DEEPEST or one.tag not in KEPT or len(one) < ARGUMENTS.get(one.tag, 0):
        return False
    if not len(one) and "\\" in unescape(one.text or ""):  # a command that nobody knows
        return False
    one.attrib = {name: value for name, value in one.attrib.items() if name in KEPT[one.tag]}
    return all(_is_known(each, depth + 1) for each in one)


def words_of(one: Element) -> str:
    """The letters of a part without its form."""
    return "".join(one.itertext())
