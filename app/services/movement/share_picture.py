"""The spread map as a picture to pass on: 1200x630 pixels, what other sites show beside a link.

Drawn by Pillow twice as large and made smaller, so that edges are smooth. Letters come from the site's own fonts, which
are cut in two files: one for Vietnamese marks, one for the rest.
"""

from __future__ import annotations

import io
import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from math import cos, pi, sin
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from quizzes.movement.spread import BETWEEN, Mark, Picture

SIZE = (1200, 630)
"""The width and height of the picture, pixels: what social networks ask for."""
SCALE = 2
"""How many times larger it is drawn before it is made smaller, for smooth edges."""
MIDDLE, DRUM = (890, 315), 0.435
"""The centre of the drum in the picture, pixels, and the pixels of one unit of the map."""
LEFT, WIDE = 56, 500
LARGE = 90  # letters from this size on stand closer to the next line
"""The left edge and the width of the text, pixels."""
FONTS = Path(__file__).resolve().parents[3] / "static" / "fonts"
MARKED = re.compile(
    "([\u0102\u0103\u0110\u0111\u0128\u0129\u0168\u0169\u01a0\u01a1\u01af\u01b0\u0300\u0301\u0303\u0304"
    "\u0308\u0309\u0323\u0329\u1ea0-\u1ef9\u20ab]+)"
)
"""The letters that the font file of Vietnamese marks holds, as in the style sheet (unicode-range)."""

NIGHT, BLUE, GOLD, WHITE, SOFT = "#050f33", "#0d3a9e", "#ffc93c", "#ffffff", "#c9d7fb"
COLOURS = {Mark.FRIEND: "#ffc93c", Mark.RELATIVE: "#ff86b3", Mark.OTHER: "#8fd3ff"}
DIM = {Mark.FRIEND: "#a08a4b", Mark.RELATIVE: "#9f6490", Mark.OTHER: "#5f90c0"}
"""Those who were taught and have not yet done something alone."""


@dataclass(frozen=True)
class Words:
    """The words beside the drum, in the reader's language."""

    chapter: str
    title: str
    number: str
    people: str
    share: str
    apart: str
    foot: str


def drawn(picture: Picture, words: Words) -> bytes:
    """The PNG."""
    image = Image.new("RGB", (SIZE[0] * SCALE, SIZE[1] * SCALE), NIGHT)
    pen = ImageDraw.Draw(image)
    _ground(pen)
    _drum(pen, picture)
    for one in picture.dots:
        colour = (COLOURS if one.used else DIM)[one.mark]
        radius = max(one.size * DRUM / 2, 0.6)
        for x, y in one.places:
            _disc(pen, (MIDDLE[0] + x * DRUM, MIDDLE[1] + y * DRUM), radius, fill=colour)
    _words(pen, words)
    out = io.BytesIO()
    small = image.resize(SIZE, Image.Resampling.LANCZOS)
    small.quantize(128, method=Image.Quantize.FASTOCTREE).save(out, "PNG", optimize=True)
    return out.getvalue()


def _ground(pen: ImageDraw.ImageDraw) -> None:
    """Draws the light behind the drum, which fades to night."""
    night, blue = (tuple(int(one[n : n + 2], 16) for n in (1, 3, 5)) for one in (NIGHT, BLUE))
    for step in range(60, 0, -1):
        part = 1 - step / 60
        mixed = tuple(round(a + (b - a) * part) for a, b in zip(night, blue, strict=True))
        _disc(pen, MIDDLE, step * 15, fill=mixed)


def _drum(pen: ImageDraw.ImageDraw, picture: Picture) -> None:
    for radius, width in ((684, 2), (672, 5), (632, 2), (112, 2)):
        _disc(pen, MIDDLE, radius * DRUM, outline="#b99a4a", width=width)
    for _, outside in picture.bands:
        _disc(pen, MIDDLE, (outside + BETWEEN / 2) * DRUM, outline="#2a58bb", width=1)
    for tooth in range(120):
        at = 2 * pi * tooth / 120
        tip = [_around(at, 664), _around(at - 0.015, 641), _around(at + 0.015, 641)]
        pen.polygon([(x * SCALE, y * SCALE) for x, y in tip], fill="#8f7f55")
    star = [_around(pi * n / 14, 96 if n % 2 == 0 else 36) for n in range(28)]
    pen.polygon([(x * SCALE, y * SCALE) for x, y in star], fill=GOLD)


def _around(angle: float, radius: float) -> tuple[float, float]:
    return MIDDLE[0] + radius * DRUM * sin(angle), MIDDLE[1] - radius * DRUM * cos(angle)


def _disc(pen: ImageDraw.ImageDraw, at: tuple[float, float], radius: float, **how: object) -> None:
    x, y, r = at[0] * SCALE, at[1] * SCALE, radius * SCALE
    if "width" in how:
        how["width"] = int(str(how["width"])) * SCALE
    pen.ellipse((x - r, y - r, x + r, y + r), **how)  # type: ignore[arg-type]


def _words(pen: ImageDraw.ImageDraw, words: Words) -> None:
    y = 46.0
    for text, sizes, weight, colour, lines in (
        (words.chapter.upper(), (30, 26, 22, 18), 800, GOLD, 2),
        (words.title, (64, 56, 48, 40), 800, WHITE, 2),
        (words.number, (150, 120, 96), 800, GOLD, 1),
        (words.people, (36, 30, 24), 600, WHITE, 2),
        (words.share, (32, 28, 24), 600, SOFT, 2),
        (words.apart, (22, 20, 18), 600, SOFT, 2),
    ):
        size, found = fitted(text, sizes, weight, lines)
        for line in found:
            write(pen, line, (LEFT, y), size, weight, colour)
            y += size * (1.2 if size < LARGE else 1.08)
        y += 8
    write(pen, words.foot, (LEFT, SIZE[1] - 56), 24, 600, SOFT)


def fitted(text: str, sizes: tuple[int, ...], weight: int, lines: int, wide: int = WIDE) -> tuple[int, list[str]]:
    """The largest size at which the text stands on so many lines; of the rest at the smallest the end is left out."""
    for size in sizes:
        found = broken(text, size, weight, wide)
        if len(found) <= lines and all(_long(line, size, weight) <= wide for line in found):
            return size, found
    cut = found[:lines]
    while cut[-1] and _long(cut[-1] + "…", sizes[-1], weight) > wide:
        cut[-1] = cut[-1][:-1].rstrip()
    return sizes[-1], [*cut[:-1], cut[-1] + "…"]


def broken(text: str, size: int, weight: int, wide: int = WIDE) -> list[str]:
    """The text in lines that are no wider, broken between words."""
    found: list[str] = []
    for word in unicodedata.normalize("NFC", text).split():
        if found and _long(f"{found[-1]} {word}", size, weight) <= wide:
            found[-1] += f" {word}"
        else:
            found.append(word)
    return found or [""]


@cache
def _font(size: int, weight: int, marked: bool) -> ImageFont.FreeTypeFont:
    name = f"be-vietnam-pro-{'vietnamese' if marked else 'latin'}-{weight}.woff2"
    return ImageFont.truetype(FONTS / name, size * SCALE, layout_engine=ImageFont.Layout.BASIC)


def _runs(text: str, size: int, weight: int) -> list[tuple[str, ImageFont.FreeTypeFont]]:
    parts = MARKED.split(unicodedata.normalize("NFC", text))
    return [(part, _font(size, weight, place % 2 == 1)) for place, part in enumerate(parts) if part]


def _long(text: str, size: int, weight: int) -> float:
    return sum(font.getlength(part) for part, font in _runs(text, size, weight)) / SCALE


def write(pen: ImageDraw.ImageDraw, text: str, at: tuple[float, float], size: int, weight: int, colour: str) -> None:
    """A line of text in the site's own letters; `at` is its upper left corner."""
    x, base = at[0] * SCALE, (at[1] + size) * SCALE
    for part, font in _runs(text, size, weight):
        pen.text((x, base), part, font=font, fill=colour, anchor="ls")
        x += font.getlength(part)
