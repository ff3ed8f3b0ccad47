"""Pictures people upload: decoded, made small, written anew under a name that says nothing.

What is stored is our own WebP of the pixels alone: no EXIF (place, camera), no hidden payload, and
neither its name nor its metadata tells which answer it belongs to.
"""

from __future__ import annotations

import io
import os
import secrets
from pathlib import Path

from PIL import Image, ImageOps

from quizzes.refusals import Rejected

FILE_BYTES = 10 * 1024 * 1024
PIXELS = 12_000_000
SIDE = 1600
"""The longer side as stored: a full-HD stage shows a picture beside the question."""
NAME_BYTES = 16
MAGIC = {b"\xff\xd8\xff": "JPEG", b"\x89PNG\r\n\x1a\n": "PNG", b"GIF8": "GIF", b"RIFF": "WEBP"}


def store_picture(data: bytes, folder: Path) -> str:
    """Store a JPEG, PNG, GIF (first frame) or WebP under `folder`; its new name, or Rejected("bad_picture")."""
    encoded = encode_picture(data)
    name = f"{secrets.token_urlsafe(NAME_BYTES)}.webp"
    folder.mkdir(parents=True, exist_ok=True)
    part = folder / f".{name}.part"
    with part.open("wb") as file:
        file.write(encoded)
        file.flush()
        os.fsync(file.fileno())
    part.rename(folder / name)
    return name


def encode_picture(data: bytes) -> bytes:
    """The pixels as WebP, upright, at most 1600 wide or high."""
    kind = next((kind for magic, kind in MAGIC.items() if data.startswith(magic)), None)
    if kind is None:
        raise Rejected("bad_picture", why="kind")
    if len(data) > FILE_BYTES:
        raise Rejected("bad_picture", why="bytes")
    try:
        with Image.open(io.BytesIO(data), formats=[kind]) as picture:
            if picture.width * picture.height > PIXELS:  # known from the header, before any pixel is decoded
                raise Rejected("bad_picture", why="pixels")
            picture.draft("RGB", (SIDE, SIDE))
            return _written(picture)
    except Rejected:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise Rejected("bad_picture", why="pixels") from None
    except Exception:  # decoders fail in many ways on broken data; to the person they are one
        raise Rejected("bad_picture", why="broken") from None


def _written(picture: Image.Image) -> bytes:
    upright = ImageOps.exif_transpose(picture)
    pixels = upright.convert("RGBA" if upright.has_transparency_data else "RGB")
    pixels.thumbnail((SIDE, SIDE))
    clean = Image.new(pixels.mode, pixels.size)
    clean.paste(pixels)
    out = io.BytesIO()
    clean.save(out, "WEBP", quality=82, method=4)
    return out.getvalue()
