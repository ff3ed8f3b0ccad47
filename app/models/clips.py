"""Sound and film of questions, in rows of at most a megabyte: every worker on every machine can serve a part."""

from __future__ import annotations

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Microseconds


class Clip(Base):
    """A clip under a random name that ends with its kind: .mp3 or .mp4. There once all its parts are."""

    __tablename__ = "clip"

    name: Mapped[str] = mapped_column(String(80), primary_key=True)
    seconds: Mapped[int]
    size: Mapped[int]
    made_at: Mapped[Microseconds]


class ClipPart(Base):
    """A megabyte of a clip, the last one shorter."""

    __tablename__ = "clip_part"

    name: Mapped[str] = mapped_column(String(80), ForeignKey("clip.name"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    data: Mapped[bytes] = mapped_column(LargeBinary)
