"""A broadcast as a picture for fanpages and Zalo: 1080x1080, in the site's own letters and colours."""

from __future__ import annotations

import io

import segno
from PIL import Image, ImageDraw

from app.services.movement.share_picture import BLUE, GOLD, NIGHT, SCALE, SOFT, WHITE, broken, fitted, write

SIDE, EDGE, QR = 1080, 72, 220
"""The side of the poster, its margin and the side of its QR code, pixels."""
WIDE = SIDE - 2 * EDGE
"""The width of the text, pixels."""
FEWEST_LINES = 3  # lines of a poster, at least


def drawn(chapter: str, title: str, text: str, address: str, foot: str) -> bytes:
    """The PNG: whose it is, the title, as much of the text as stands on it, a QR code of the whole."""
    image = Image.new("RGB", (SIDE * SCALE, SIDE * SCALE), NIGHT)
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, SIDE * SCALE, 20 * SCALE), fill=GOLD)
    pen.rectangle((0, (SIDE - QR - 2 * 40) * SCALE, SIDE * SCALE, SIDE * SCALE), fill=BLUE)
    y = float(EDGE)
    for words, sizes, weight, colour, lines in (
        (chapter.upper(), (34, 30, 26), 800, GOLD, 2),
        (title, (76, 64, 54, 46), 800, WHITE, 4),
    ):
        size, found = fitted(words, sizes, weight, lines, WIDE)
        for line in found:
            write(pen, line, (EDGE, y), size, weight, colour)
            y += size * 1.22
        y += 20
    _text(pen, text, y, SIDE - QR - 2 * 40 - 30)
    _foot(image, pen, address, foot)
    out = io.BytesIO()
    image.resize((SIDE, SIDE), Image.Resampling.LANCZOS).save(out, "PNG", optimize=True)
    return out.getvalue()


def _text(pen: ImageDraw.ImageDraw, text: str, y: float, until: float) -> None:
    size = 34
    lines = [line for part in text.splitlines() if part.strip() for line in broken(part, size, 600, WIDE)]
    room = max(FEWEST_LINES, int((until - y) / (size * 1.35)))
    shown = lines[:room] if len(lines) <= room else [*lines[: room - 1], lines[room - 1].rstrip(" .,;") + " …"]
    for line in shown:
        write(pen, line, (EDGE, y), size, 600, SOFT)
        y += size * 1.35


def _foot(image: Image.Image, pen: ImageDraw.ImageDraw, address: str, foot: str) -> None:
    top = SIDE - QR - 40
    code = io.BytesIO()
    segno.make(address, error="m", micro=False).save(code, kind="png", scale=10, border=2)
    with Image.open(code) as drawing:
        side = QR * SCALE
        image.paste(drawing.convert("RGB").resize((side, side), Image.Resampling.NEAREST), (EDGE * SCALE, top * SCALE))
    size, found = fitted(foot, (40, 34, 28), 800, 3, WIDE - QR - 40)
    for place, line in enumerate(found):
        write(pen, line, (EDGE + QR + 40, top + 20 + place * size * 1.25), size, 800, WHITE)
