"""The organisation and its people: chapters, members, accounts, guardians and roles.

Names and everything else that belongs to a person stand here, in ordinary tables that can be corrected
and erased. Append-only tables elsewhere hold `member.id` only, a number that means nothing by itself.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import JSON, ColumnElement, Date, ForeignKey, Index, String, UniqueConstraint, and_
from sqlalchemy.orm import InstrumentedAttribute, Mapped, mapped_column

from app.models.base import Base, Id, Microseconds, Reference


def ordered_text(length: int) -> String:
    """Text compared byte by byte on both engines, so that sort keys, paths and codes mean the same."""
    return String(length).with_variant(String(length, collation="C"), "postgresql")


class Chapter(Base):
    """A node of the organisation tree. `path` is `/1/7/23/`: every id from the root to the node itself."""

    __tablename__ = "chapter"

    id: Mapped[Id]
    code: Mapped[str] = mapped_column(ordered_text(40), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    kind: Mapped[str] = mapped_column(String(40))
    parent_id: Mapped[int | None] = mapped_column(Reference, ForeignKey("chapter.id"))
    path: Mapped[str] = mapped_column(ordered_text(400))
    sort_key: Mapped[str] = mapped_column(ordered_text(2600))
    search: Mapped[str] = mapped_column(ordered_text(400))
    valid_from: Mapped[date | None] = mapped_column(Date)
    valid_to: Mapped[date | None] = mapped_column(Date)
    successor_id: Mapped[int | None] = mapped_column(Reference, ForeignKey("chapter.id"))
    created_at: Mapped[Microseconds]

    __table_args__ = (
        Index("ix_chapter_path", "path"),
        Index("ix_chapter_children", "parent_id", "sort_key", "id"),
        Index("ix_chapter_sort", "sort_key", "id"),
    )


class Member(Base):
    """A person with a home chapter. `path` repeats the chapter's, for lists of a whole subtree.

    `public_name` is what strangers may read: the name with consent, a nickname for a child, else initials.
    """

    __tablename__ = "member"

    id: Mapped[Id]
    code: Mapped[str] = mapped_column(ordered_text(40), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    nickname: Mapped[str] = mapped_column(String(40), default="")
    public_name: Mapped[str] = mapped_column(String(120))
    birth_year: Mapped[int | None]
    chapter_id: Mapped[int] = mapped_column(Reference, ForeignKey("chapter.id"))
    path: Mapped[str] = mapped_column(ordered_text(400))
    sort_key: Mapped[str] = mapped_column(ordered_text(1300))
    search: Mapped[str] = mapped_column(ordered_text(200))
    confirmed_at: Mapped[Microseconds | None]
    left_at: Mapped[Microseconds | None]
    erased_at: Mapped[Microseconds | None]
    merged_into: Mapped[int | None] = mapped_column(Reference)  # the member this person is kept as
    created_at: Mapped[Microseconds]

    __table_args__ = (
        Index("ix_member_chapter", "chapter_id", "sort_key", "id"),
        Index("ix_member_path", "path", "left_at", "confirmed_at"),  # counts of a subtree
        Index("ix_member_merged", "merged_into"),
        Index("ix_member_sort", "sort_key", "id", "path", "left_at", "search"),  # lists and searches, in order
    )


class MemberMerge(Base):
    """Two members who were found to be one person. `moved`: what went over, so that it can go back."""

    __tablename__ = "member_merge"

    id: Mapped[Id]
    kept_id: Mapped[int] = mapped_column(Reference, ForeignKey("member.id"), index=True)
    gone_id: Mapped[int] = mapped_column(Reference, ForeignKey("member.id"), index=True)
    made_by: Mapped[int] = mapped_column(Reference)
    made_at: Mapped[Microseconds]
    moved: Mapped[dict[str, Any]] = mapped_column(JSON)
    undone_at: Mapped[Microseconds | None]


class Account(Base):
    """A member's means of signing in. `status`: active, waiting (for a guardian) or disabled."""

    __tablename__ = "account"

    member_id: Mapped[int] = mapped_column(Reference, ForeignKey("member.id"), primary_key=True)
    username: Mapped[str | None] = mapped_column(ordered_text(64), unique=True)
    email: Mapped[str | None] = mapped_column(ordered_text(200), unique=True)
    email_confirmed_at: Mapped[Microseconds | None]  # by a letter; only then is a new password sent there
    password_hash: Mapped[str | None] = mapped_column(String(200))
    status: Mapped[str] = mapped_column(String(12))
    created_at: Mapped[Microseconds]
    last_sign_in_at: Mapped[Microseconds | None]


class Guardian(Base):
    """The guardian who agreed for a child. Kept as long as the child's own data.

    Until somebody vouches for the guardian, `agreed` (boxes, words, proof), `child_name` and `nickname` wait here.
    `guardian_id`: the member the guardian is; `met_by`: who vouched for them, the guardian or an organiser.
    """

    __tablename__ = "guardian"

    member_id: Mapped[int] = mapped_column(Reference, ForeignKey("member.id"), primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    relation: Mapped[str] = mapped_column(String(40))
    confirmed_at: Mapped[Microseconds]
    child_name: Mapped[str | None] = mapped_column(String(120))
    nickname: Mapped[str | None] = mapped_column(String(40))
    agreed: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    guardian_id: Mapped[int | None] = mapped_column(Reference)
    met_by: Mapped[int | None] = mapped_column(Reference)
    met_at: Mapped[Microseconds | None]


class RoleGrant(Base):
    """A role of one member in the subtree of one chapter; without a chapter, everywhere."""

    __tablename__ = "role_grant"

    id: Mapped[Id]
    member_id: Mapped[int] = mapped_column(Reference, ForeignKey("member.id"), index=True)
    role: Mapped[str] = mapped_column(String(12))
    chapter_id: Mapped[int | None] = mapped_column(Reference, ForeignKey("chapter.id"))
    granted_by: Mapped[int | None] = mapped_column(Reference, ForeignKey("member.id"))
    granted_at: Mapped[Microseconds]

    __table_args__ = (
        UniqueConstraint("member_id", "role", "chapter_id", name="uq_role_grant"),
        {"sqlite_autoincrement": True},  # a revoked number must not become somebody else's grant
    )


def on_the_list() -> ColumnElement[bool]:
    """Select the members of a chapter: confirmed and still there. An erased or merged member has left as well."""
    return and_(Member.left_at.is_(None), Member.confirmed_at.is_not(None))


def under(column: InstrumentedAttribute[str], path: str) -> ColumnElement[bool]:
    """The condition that `column` lies in the subtree of `path`; `/` is everything. It is a range, so an index serves
    it."""
    return and_(column >= path, column < path[:-1] + "0")  # "0" is the byte after "/"
