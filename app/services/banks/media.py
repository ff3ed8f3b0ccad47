"""Pictures people upload: decoded, made small, written anew under a name that says nothing.

What is stored is our own WebP of the pixels alone: no EXIF (place, camera), no hidden payload, and
neither its name nor its metadata tells which answer it belongs to.
"""

from __future__ import annotations

import io
import secrets
from base64 import urlsafe_b64encode
from hashlib import blake2b
from pathlib import Path

from PIL import Image, ImageOps
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.models.bank import Picture
from app.models.engines import insert
from app.services.apart import apart
from app.services.commit import reading, writing
from quizzes.refusals import Rejected
from quizzes.settings.values import PICTURE_NAME

FILE_BYTES = 10 * 1024 * 1024  # bytes of an uploaded picture
PIXELS = 12_000_000  # pixels of an uploaded picture
SIDE = 1600
"""The longer side as stored: a full-HD stage shows a picture beside the question."""
NAME_BYTES = 16  # random bytes of a stored name
MAGIC = {b"\xff\xd8\xff": "JPEG", b"\x89PNG\r\n\x1a\n": "PNG", b"GIF8": "GIF", b"RIFF": "WEBP"}


def store_picture(data: bytes) -> str:
    """Store a JPEG, PNG, GIF (first frame) or WebP; its new name, or Rejected("bad_picture")."""
    name = f"{secrets.token_urlsafe(NAME_BYTES)}.webp"
    _store(name, apart(encode_picture, data))
    return name


def store_named(name: str, data: bytes) -> None:
    """Store a picture of a file under the name its importer made of its bytes; or Rejected("bad_picture")."""
    if picture(name) is None:
        _store(name, apart(encode_picture, data))


def named_by(secret: str, data: bytes) -> str:
    """A name for a picture that may be sent twice: it follows from the bytes, and from a secret so that nobody guesses
    it."""
    digest = blake2b(secret.encode() + data, digest_size=NAME_BYTES).digest()
    return f"{urlsafe_b64encode(digest).decode().rstrip('=')}.webp"


def in_pieces(name: str) -> list[str]:
    """Cut a stored picture into four corners and the centre, each a picture of its own under a random name, so that
    nobody can ask for what is still covered. Corners are empty where the centre lies. [] without such a picture.
    """
    data = picture(name)
    if data is None:
        return []
    with Image.open(io.BytesIO(data)) as whole:
        pixels = whole.convert("RGBA")
    return [store_picture(_png(piece)) for piece in cut(pixels)]


CENTRE = (0.29, 0.27, 0.71, 0.73)
"""Of width and height, as the stage's style has it."""


def cut(whole: Image.Image) -> list[Image.Image]:
    """Top left, top right, bottom left, bottom right without the centre; the centre."""
    width, height = whole.size
    left, top, right, bottom = (round(part * side) for part, side in zip(CENTRE, (width, height) * 2, strict=True))
    middle = whole.crop((left, top, right, bottom))
    rest = whole.copy()
    rest.paste((0, 0, 0, 0), (left, top, right, bottom))
    x, y = width // 2, height // 2
    boxes = ((0, 0, x, y), (x, 0, width, y), (0, y, x, height), (x, y, width, height))
    return [*(rest.crop(box) for box in boxes), middle]


def _png(piece: Image.Image) -> bytes:
    out = io.BytesIO()
    piece.save(out, "PNG")
    return out.getvalue()


@writing
def _store(db: Session, name: str, data: bytes) -> None:
    keep_in(db, name, data)


def keep_in(db: Session, name: str, data: bytes) -> None:
    """Keep an encoded picture under a name that is new, or that says its bytes."""
    row = insert(db, Picture).values(name=name, data=data)
    db.execute(row.on_conflict_do_nothing())


def forget_in(db: Session, name: str) -> None:
    """A picture that only one thing showed goes with it; "" is none."""
    db.execute(delete(Picture).where(Picture.name == name))


@reading
def picture(db: Session, name: str) -> bytes | None:
    """The picture of this name."""
    return db.scalar(select(Picture.data).where(Picture.name == name))


def carry_over(folder: Path) -> int:
    """Take the pictures that lay in the instance folder before version 0.2 into the database; how many there were.

    Each file goes away once its row is committed, so this may be broken off and begun again.
    """
    found = [path for path in folder.glob("*") if PICTURE_NAME.fullmatch(path.name)] if folder.is_dir() else []
    for path in found:
        _store(path.name, path.read_bytes())
        path.unlink()
    if folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
    return len(found)


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


def pixels_of(data: bytes) -> int:
    """The number of pixels that a picture declares, before any is decoded; 0 for a file that is no picture."""
    try:
        with Image.open(io.BytesIO(data), formats=list(MAGIC.values())) as picture:
            return picture.width * picture.height
    except Exception:  # as above: to the person every failure of a decoder means that it is no picture
        return 0


def _written(picture: Image.Image) -> bytes:
    upright = ImageOps.exif_transpose(picture)
    pixels = upright.convert("RGBA" if upright.has_transparency_data else "RGB")
    pixels.thumbnail((SIDE, SIDE))
    clean = Image.new(pixels.mode, pixels.size)
    clean.paste(pixels)
    out = io.BytesIO()
    clean.save(out, "WEBP", quality=82, method=4)
    return out.getvalue()
