"""The look of words in a Word file: their own, that of their style, or that of their paragraph."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

BLACK = {"", "000000", "auto", "FFFFFF"}
STYLES = 10
"""How many styles may build on one another."""


class Style(NamedTuple):
    """The look that a style gives its words, with all styles it builds on; None where it gives none. `number`: its
    list."""

    colour: str
    underline: Any
    bold: Any
    italic: Any
    number: Any


PLAIN = Style("", None, None, None, None)


class Styles:
    """The styles of a document, each looked up once."""

    def __init__(self, document: Any) -> None:
        found = {one.style_id: one for one in document.styles if one.type in (1, 2)}  # of paragraphs and of words
        self.known = {name: _style(one) for name, one in found.items()}
        usual = document.styles.default(1)
        self.usual = self.known.get(usual.style_id, PLAIN) if usual is not None else PLAIN

    def of(self, paragraph: Any) -> Style:
        """The style of a paragraph's element."""
        return self.known.get(paragraph.style or "", self.usual)

    def look(self, element: Any, paragraph: Any) -> str:
        """The mark that makes a run stand out; the rarest first, as titles are often bold."""
        if element.rPr is None and self.of(paragraph) is self.usual:
            said = [self.usual]
        else:
            said = [_own(element), self.known.get(element.style or "", PLAIN), self.of(paragraph)]
            if element.rPr is not None and element.rPr.highlight_val is not None:
                return "highlight"
        if next((one.colour for one in said if one.colour), "") not in BLACK:
            return "colour"
        if next((one.underline for one in said if one.underline is not None), None):
            return "underline"
        if next((one.bold for one in said if one.bold is not None), None):
            return "bold"
        return "italic" if next((one.italic for one in said if one.italic is not None), None) else ""


def _own(element: Any) -> Style:
    from docx.text.font import Font

    font = Font(element) if element.rPr is not None else None
    return Style(_colour(font), font.underline, font.bold, font.italic, None) if font is not None else PLAIN


def _style(style: Any) -> Style:
    chain = list(_chain(style))
    fonts = [one.font for one in chain]
    colour = next((said for font in fonts if (said := _colour(font))), "")
    underline = next((font.underline for font in fonts if font.underline is not None), None)
    bold = next((font.bold for font in fonts if font.bold is not None), None)
    italic = next((font.italic for font in fonts if font.italic is not None), None)
    properties = style.element.pPr
    return Style(colour, underline, bold, italic, properties.numPr if properties is not None else None)


def _chain(style: Any) -> Iterator[Any]:
    for _ in range(STYLES):
        if style is None:
            return
        yield style
        style = style.base_style


def _colour(font: Any) -> str:
    colour = font.color
    return str(colour.rgb) if colour is not None and colour.type is not None and colour.rgb is not None else ""
