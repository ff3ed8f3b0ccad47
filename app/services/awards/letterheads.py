"""The letterhead of a chapter's documents: logo, picture of the signature, signer and post. Pictures are made anew as
PNG."""

from __future__ import annotations

import io
from dataclasses import dataclass

from PIL import Image
from sqlalchemy.orm import Session

from app.models.awards import Letterhead
from app.models.engines import insert
from app.services.audit import audit_in
from app.services.banks.media import encode_picture
from app.services.commit import reading, writing
from app.services.people.roles import ORGANISER, path_of_in, require_in
from quizzes.text import visible

SIDE = 700  # pixels of a picture's longer side


@dataclass(frozen=True)
class Pictures:
    """PNG, or None."""

    logo: bytes | None = None
    signature: bytes | None = None


@dataclass(frozen=True)
class Head:
    """A letterhead as its form shows it."""

    signer: str = ""
    signer_title: str = ""
    place: str = ""
    pictures: Pictures = Pictures()


def as_png(data: bytes) -> bytes:
    """Somebody's picture as our own PNG of at most 700 pixels; or Rejected("bad_picture")."""
    with Image.open(io.BytesIO(encode_picture(data))) as picture:
        picture.thumbnail((SIDE, SIDE))
        out = io.BytesIO()
        picture.save(out, "PNG", optimize=True)
        return out.getvalue()


@writing
def store(db: Session, actor_id: int, chapter_id: int, head: Head) -> None:
    """Put this on documents printed from now on. A picture that is None stays as it was."""
    require_in(db, actor_id, ORGANISER, path_of_in(db, chapter_id))
    values = {
        "signer": visible(head.signer)[:120],
        "signer_title": visible(head.signer_title)[:120],
        "place": visible(head.place)[:60],
    }
    given = {"logo": head.pictures.logo, "signature": head.pictures.signature}
    new = insert(db, Letterhead).values(chapter_id=chapter_id, **given, **values)
    changed = values | {name: one for name, one in given.items() if one is not None}
    db.execute(new.on_conflict_do_update(index_elements=["chapter_id"], set_=changed))
    audit_in(db, actor_id, "award.letterhead", chapter_id=chapter_id)


@reading
def head(db: Session, chapter_id: int) -> Head:
    """A chapter's letterhead; an empty one where it has none."""
    return head_in(db, chapter_id)


def head_in(db: Session, chapter_id: int) -> Head:
    one = db.get(Letterhead, chapter_id)
    return Head(one.signer, one.signer_title, one.place, Pictures(one.logo, one.signature)) if one else Head()
