"""A show's own clothes: a logo, a partner's slide, one colour in place of gold, if it can be read on the plates.

Contrast is that of WCAG 2.2 (1.4.3): the colour is words on the darkest plates, and the ground of dark words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from quizzes.engine import Setting
from quizzes.problems import Path, Problem
from quizzes.refusals import N_
from quizzes.settings.declared import check

BRAND: Mapping[str, Setting] = {
    "logo": Setting("picture", "", N_("Biểu trưng của cơ sở")),
    "partner": Setting("text", "", N_("Đơn vị đồng hành")),
    "partner_logo": Setting("picture", "", N_("Biểu trưng của đơn vị đồng hành")),
    "colour": Setting("text", "", N_("Màu nhấn thay cho vàng (như #ffc93c)")),
}
PICTURES = tuple(name for name, one in BRAND.items() if one.kind == "picture")
PLATES, INK = ("#04103a", "#0a2068", "#1c4bb4"), "#071b4a"
"""The grounds that words in the brand's colour stand on, and the ink of words that stand on it."""
LEAST, LEAST_LARGE = 4.5, 3.0
"""The least contrast of text, and of large text, with what is behind it (WCAG 2, AA)."""
COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


def luminance(colour: str) -> float:
    """Relative luminance of `#rrggbb`, 0 to 1."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, from 1 to 21 (WCAG 2)."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def can_be_read(colour: str) -> bool:
    """True when a colour can be read on the dark plates as any words, on the lightest as large ones, and under dark
    words."""
    *dark, light = PLATES
    return (
        all(contrast(colour, plate) >= LEAST for plate in dark)
        and contrast(colour, light) >= LEAST_LARGE
        and contrast(colour, INK) >= LEAST
    )


def check_brand(given: Any, path: Path) -> Iterator[Problem]:
    """Yields what is wrong with the brand of a script: its name, logo and colours."""
    if given is None:
        return
    yield from check(BRAND, given, path)
    if not isinstance(given, Mapping):
        return
    colour = given.get("colour") or ""
    if colour and not (isinstance(colour, str) and COLOUR.fullmatch(colour)):
        yield Problem((*path, "colour"), "colour_shape", N_("Màu viết như #ffc93c."))
    elif colour and not can_be_read(colour):
        sentence = N_("Màu này không đủ tương phản với nền xanh đậm và chữ đậm; hãy chọn màu sáng hơn.")
        yield Problem((*path, "colour"), "colour_contrast", sentence)
