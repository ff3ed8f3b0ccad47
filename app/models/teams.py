"""Teams of the movement: tổ công nghệ số cộng đồng, teams of offices, squads inside a team, who stands in them, and the
contests they entered."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Id, Microseconds, Reference
from app.models.people import ordered_text

EMPTY = text("''")


class TeamRules(Base):
    """The composition that a locality asks of its teams: of those below this chapter, unless a nearer one has its
    own."""

    __tablename__ = "team_rules"

    chapter_id: Mapped[int] = mapped_column(Reference, ForeignKey("chapter.id"), primary_key=True)
    rules: Mapped[dict[str, Any]] = mapped_column(JSON)
    source: Mapped[str] = mapped_column(String(200), server_default=EMPTY)
    made_by: Mapped[int | None] = mapped_column(Reference)
    made_at: Mapped[Microseconds]


class Team(Base):
    """A team of a chapter, or a squad inside a team (`parent_id`). `office`: whose team it is, where it is an office's.

    `fold`: the folded name, once among those of a chapter and a parent, so that a list read twice makes no doubles.
    """

    __tablename__ = "team"

    id: Mapped[Id]
    public_id: Mapped[str] = mapped_column(String(32), unique=True)
    chapter_id: Mapped[int] = mapped_column(Reference, ForeignKey("chapter.id"))
    parent_id: Mapped[int | None] = mapped_column(Reference, ForeignKey("team.id"), index=True)
    above: Mapped[int] = mapped_column(Reference)  # the parent's number, 0 without one: part of what is unique
    name: Mapped[str] = mapped_column(String(160))
    fold: Mapped[str] = mapped_column(ordered_text(200))
    office: Mapped[str] = mapped_column(String(160), server_default=EMPTY)
    made_by: Mapped[int | None] = mapped_column(Reference, index=True)
    made_at: Mapped[Microseconds]
    ended_at: Mapped[int | None] = mapped_column(BigInteger)

    __table_args__ = (UniqueConstraint("chapter_id", "above", "fold"), Index("ix_team_chapter", "chapter_id", "fold"))


class TeamPerson(Base):
    """Somebody in a team: a member, or a resident by name and post. `fold`: the folded name or the member, once."""

    __tablename__ = "team_person"

    id: Mapped[Id]
    team_id: Mapped[int] = mapped_column(Reference, ForeignKey("team.id"))
    member_id: Mapped[int | None] = mapped_column(Reference, ForeignKey("member.id"), index=True)
    name: Mapped[str] = mapped_column(String(120), server_default=EMPTY)  # "" of a member: theirs is read
    fold: Mapped[str] = mapped_column(ordered_text(160))
    part: Mapped[str] = mapped_column(String(12))
    post: Mapped[str] = mapped_column(String(24), server_default=EMPTY)
    youth: Mapped[bool]

    __table_args__ = (UniqueConstraint("team_id", "fold"),)


class ContestTeam(Base):
    """A team that takes part in a contest, entered by its leader or a deputy."""

    __tablename__ = "contest_team"

    contest_id: Mapped[int] = mapped_column(Reference, ForeignKey("contest.id"), primary_key=True)
    team_id: Mapped[int] = mapped_column(Reference, ForeignKey("team.id"), primary_key=True)
    entered_by: Mapped[int | None] = mapped_column(Reference, index=True)
    entered_at: Mapped[Microseconds]


class ContestTeamPerson(Base):
    """People who contest for a team: one team for each person, entered before their first try."""

    __tablename__ = "contest_team_person"

    contest_id: Mapped[int] = mapped_column(Reference, ForeignKey("contest.id"), primary_key=True)
    member_id: Mapped[int] = mapped_column(Reference, primary_key=True, index=True)
    team_id: Mapped[int] = mapped_column(Reference, ForeignKey("team.id"), index=True)
