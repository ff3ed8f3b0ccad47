"""Rows of a file on their way, for lists that an area reads by itself."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Reference


class ImportLine(Base):
    """One good row, as its area reads it; it goes with its job."""

    __tablename__ = "import_line"

    job_id: Mapped[int] = mapped_column(Reference, ForeignKey("import_job.id", ondelete="CASCADE"), primary_key=True)
    row: Mapped[int] = mapped_column(primary_key=True)
    about: Mapped[dict[str, Any]] = mapped_column(JSON)
