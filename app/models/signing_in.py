"""The means of coming in: sign-ins that are alive, links that work once, and endings. Tokens are digests."""

from __future__ import annotations

from sqlalchemy import ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Id, Microseconds, Reference

NEVER_AGAIN = {"sqlite_autoincrement": True}
"""Rows here are deleted, and SQLite would give the number of a deleted row to the next: an ended session's
sockets would belong to a stranger's new one."""


class SignIn(Base):
    """One living session. Deleting the row ends it; there is no other way in.

    After a change of roles `renew` is set: the next answer carries a new token, and the former one
    works for a few seconds more, because a browser may have several requests under way.
    """

    __tablename__ = "sign_in"
    __table_args__ = NEVER_AGAIN

    id: Mapped[Id]
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    former_hash: Mapped[str | None] = mapped_column(String(64), index=True)
    renewed_at: Mapped[Microseconds | None]
    renew: Mapped[bool] = mapped_column(default=False)
    member_id: Mapped[int] = mapped_column(Reference, ForeignKey("member.id"), index=True)
    began_at: Mapped[Microseconds]
    seen_at: Mapped[Microseconds]
    ends_at: Mapped[Microseconds]
    device: Mapped[str] = mapped_column(String(80))


class OneTimeLink(Base):
    """A secret address. `purpose`: password, slip, guardian, invitation, admin, address or reset.

    An invitation to a chapter may be used `uses_left` times, every other link once.
    """

    __tablename__ = "one_time_link"
    __table_args__ = NEVER_AGAIN

    id: Mapped[Id]
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    purpose: Mapped[str] = mapped_column(String(12))
    member_id: Mapped[int | None] = mapped_column(Reference, ForeignKey("member.id"), index=True)
    chapter_id: Mapped[int | None] = mapped_column(Reference, ForeignKey("chapter.id"))
    uses_left: Mapped[int] = mapped_column(default=1)
    made_by: Mapped[int | None] = mapped_column(Reference, ForeignKey("member.id"))
    made_at: Mapped[Microseconds]
    ends_at: Mapped[Microseconds] = mapped_column(index=True)


class Passkey(Base):
    """A key in somebody's device: only the public half is here."""

    __tablename__ = "passkey"
    __table_args__ = NEVER_AGAIN

    id: Mapped[Id]
    member_id: Mapped[int] = mapped_column(Reference, ForeignKey("member.id"), index=True)
    credential_id: Mapped[bytes] = mapped_column(LargeBinary(1023), unique=True)
    public_key: Mapped[bytes] = mapped_column(LargeBinary(2000))
    sign_count: Mapped[int]
    name: Mapped[str] = mapped_column(String(80))
    made_at: Mapped[Microseconds]
    used_at: Mapped[Microseconds | None]


class OutsideIdentity(Base):
    """An account at another provider that signs in a member. `issuer` and `subject` together are who it is."""

    __tablename__ = "outside_identity"
    __table_args__ = (UniqueConstraint("issuer", "subject", name="uq_outside_identity"), NEVER_AGAIN)

    id: Mapped[Id]
    member_id: Mapped[int] = mapped_column(Reference, ForeignKey("member.id"), index=True)
    issuer: Mapped[str] = mapped_column(String(200))
    subject: Mapped[str] = mapped_column(String(255))
    linked_at: Mapped[Microseconds]
    used_at: Mapped[Microseconds | None]


class Ended(Base):
    """The endings, one a line: every worker reads the newest once a second and closes what stood on them.

    `kind`: session (its number), or the subject whose right to run shows is asked again: member, show, all (0). Lines
    are kept for a day; a worker that has not looked for longer asks anew.
    """

    __tablename__ = "ended"
    __table_args__ = NEVER_AGAIN

    id: Mapped[Id]
    kind: Mapped[str] = mapped_column(String(8))
    number: Mapped[int] = mapped_column(Reference)
    at: Mapped[Microseconds] = mapped_column(index=True)
