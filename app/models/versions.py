"""The versions of the program that have used this database: what an older program is told by."""

from __future__ import annotations

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Microseconds


class ProgramVersion(Base):
    """A version, the step it brought the tables to, and when it came first."""

    __tablename__ = "program_version"

    version: Mapped[str] = mapped_column(String(40), primary_key=True)
    revision: Mapped[str] = mapped_column(String(40))
    at: Mapped[Microseconds]
