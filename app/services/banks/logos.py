"""A logo of a show: the stage puts it on a light plate, so that a light one gets a dark ground of its own.

It is judged by what would be seen: its pixels that are not transparent, against the plate (WCAG 2, 1.4.11).
"""

from __future__ import annotations

import io
import secrets

from PIL import Image, ImageStat

from app.services.apart import apart
from app.services.banks import media
from quizzes.brand import LEAST_LARGE, contrast
from quizzes.refusals import Rejected

PLATE, DARK = "#f4f6fb", "#0a2068"
"""The plate that logos stand on, as the stage's style has it; the ground of a light logo."""
LEAST_SIDE = 32
"""The shorter side of a logo, pixels: a smaller one is a blot on a screen of the hall."""
MARGIN = 0.08  # of the longer side, around a light logo


def store_logo(data: bytes) -> str:
    """Store a logo that can be seen; its new name. Rejected: bad_picture, logo_small."""
    name = f"{secrets.token_urlsafe(media.NAME_BYTES)}.webp"
    media.store_named(name, apart(seen, data))
    return name


def seen(data: bytes) -> bytes:
    """The picture as it is stored, on a dark ground where it would be lost on the light plate."""
    with Image.open(io.BytesIO(media.encode_picture(data))) as stored:
        whole = stored.convert("RGBA")
    if min(whole.size) < LEAST_SIDE:
        raise Rejected("logo_small", least=LEAST_SIDE)
    out = io.BytesIO()
    (_on_dark(whole) if _is_lost(whole) else whole).save(out, "PNG")
    return out.getvalue()


def _is_lost(logo: Image.Image) -> bool:
    """True for one with a transparent ground whose middle colour is too near to the plate's."""
    alpha = logo.getchannel("A")
    if alpha.getextrema()[0] == 255:
        return False
    inked = alpha.point(lambda value: 255 if value > 127 else 0)
    if inked.getbbox() is None:
        raise Rejected("bad_picture", why="empty")
    red, green, blue = (round(one) for one in ImageStat.Stat(logo.convert("RGB"), inked).mean)
    return contrast(f"#{red:02x}{green:02x}{blue:02x}", PLATE) < LEAST_LARGE


def _on_dark(logo: Image.Image) -> Image.Image:
    edge = round(MARGIN * max(logo.size))
    ground = Image.new("RGBA", (logo.width + 2 * edge, logo.height + 2 * edge), DARK)
    ground.alpha_composite(logo, (edge, edge))
    return ground
