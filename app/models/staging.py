"""Imports on their way: what was read from a file and waits for somebody's yes."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import JSON, Date, ForeignKey, Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, deferred, mapped_column

from app.models.base import Base, Id, Microseconds, Reference


class ImportJob(Base):
    """One uploaded file. `state`: reading, ready (to be confirmed), done."""

    __tablename__ = "import_job"
    __table_args__ = ({"sqlite_autoincrement": True},)  # a dropped number must not become another's file

    id: Mapped[Id]
    kind: Mapped[str] = mapped_column(String(12))
    state: Mapped[str] = mapped_column(String(12))
    made_by: Mapped[int] = mapped_column(Reference, ForeignKey("member.id"))
    chapter_id: Mapped[int] = mapped_column(Reference, ForeignKey("chapter.id"))
    bank_id: Mapped[int | None] = mapped_column(Reference, ForeignKey("bank.id"))  # of questions
    file_name: Mapped[str] = mapped_column(String(200))
    made_at: Mapped[Microseconds]
    done_at: Mapped[Microseconds | None]
    counts: Mapped[dict[str, int]] = mapped_column(JSON)
    problems: Mapped[list[dict[str, object]]] = mapped_column(JSON)
    data: Mapped[bytes | None] = deferred(mapped_column(LargeBinary))  # the file, to be read again when more is said
    said: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))  # the sender's choices
    found: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))  # the reader's report


class ImportTitle(Base):
    """The meaning of a column title in the lists of a chapter, as somebody gave it once."""

    __tablename__ = "import_title"

    chapter_id: Mapped[int] = mapped_column(Reference, ForeignKey("chapter.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(12), primary_key=True)
    title: Mapped[str] = mapped_column(String(200), primary_key=True)  # folded
    key: Mapped[str] = mapped_column(String(20))  # "" for a column that is not used


class ImportRow(Base):
    """One good row of the file, ready to be switched in. `action`: new, change or same. `kind`: a chapter's, or "named"
    for somebody without a code. A row that may be somebody known and names no chapter has none yet."""

    __tablename__ = "import_row"

    id: Mapped[Id]
    job_id: Mapped[int] = mapped_column(Reference, ForeignKey("import_job.id", ondelete="CASCADE"))
    row: Mapped[int]
    action: Mapped[str] = mapped_column(String(8))
    code: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(200))
    sort_key: Mapped[str] = mapped_column(String(2600))
    search: Mapped[str] = mapped_column(String(400))
    chapter_id: Mapped[int | None] = mapped_column(Reference)
    birth_year: Mapped[int | None]
    public_name: Mapped[str] = mapped_column(String(120), default="")
    kind: Mapped[str] = mapped_column(String(40), default="")
    parent_code: Mapped[str] = mapped_column(String(40), default="")
    level: Mapped[int] = mapped_column(default=0)
    valid_from: Mapped[date | None] = mapped_column(Date)
    valid_to: Mapped[date | None] = mapped_column(Date)
    twin_id: Mapped[int | None] = mapped_column(Reference)  # a member of that name and year under another code
    twin_row: Mapped[int | None]  # a row of the file with that name and year and another code

    __table_args__ = (Index("ix_import_row_job", "job_id", "level", "row"),)


class ImportQuestion(Base):
    """One good question of a file. `action`: new, change or same."""

    __tablename__ = "import_question"

    job_id: Mapped[int] = mapped_column(Reference, ForeignKey("import_job.id", ondelete="CASCADE"), primary_key=True)
    key: Mapped[str] = mapped_column(String(80), primary_key=True)
    row: Mapped[int]
    action: Mapped[str] = mapped_column(String(8))
    topic: Mapped[str] = mapped_column(Text)  # JSON {"vi", "en"?}: how the file names the topic
    body: Mapped[str] = mapped_column(Text)
    about: Mapped[str] = mapped_column(Text, default="{}", server_default="{}")  # JSON {"rule"?, "old"?}
