"""The ledger: append-only entries, balances that can always be rebuilt from them, checkpoints and rules.

Campaign number 0 stands for the year: every entry counts for its year, one that names a campaign for that, too.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Id, Microseconds, Reference
from app.models.engines import append_only

CORRECTS = text("revision > 1")
"""The few entries that changed an earlier one: public pages look for them among millions."""


class Entry(Base):
    """One movement of points. The sum of a source's revisions for an owner is what the source says."""

    __tablename__ = "entry"
    __table_args__ = (
        UniqueConstraint("source_kind", "source_id", "owner_kind", "owner_id", "revision", name="uq_entry_posting"),
        Index("ix_entry_owner", "owner_kind", "owner_id", "at"),
        Index("ix_entry_chapter", "chapter_id", "at"),
        Index("ix_entry_campaign", "campaign_id", "rules_version", "id"),
        Index("ix_entry_corrected", "id", sqlite_where=CORRECTS, postgresql_where=CORRECTS),
        Index(
            "ix_entry_corrected_by_rules",
            "campaign_id",
            "rules_version",
            sqlite_where=CORRECTS,
            postgresql_where=CORRECTS,
        ),
    )

    id: Mapped[Id]
    source_kind: Mapped[str] = mapped_column(String(16))  # quizzes.ledger.sources
    source_id: Mapped[int] = mapped_column(Reference)
    owner_kind: Mapped[str] = mapped_column(String(8))  # member, chapter, team
    owner_id: Mapped[int] = mapped_column(Reference)
    revision: Mapped[int]
    chapter_id: Mapped[int] = mapped_column(Reference)  # the owner's chapter on that day
    half_points: Mapped[int]
    at: Mapped[Microseconds]
    campaign_id: Mapped[int] = mapped_column(Reference)
    rules_version: Mapped[int]
    note_digest: Mapped[str] = mapped_column(String(64))  # of a reason that may be erased; "" without one
    link_version: Mapped[int]  # the way `chain` was made: 1 while members were the only owners
    chain: Mapped[str] = mapped_column(String(64))  # SHA-256 over the former entry's chain and this entry


class Balance(Base):
    """An owner's points in a season (a year; 0 where a campaign is named); written with the entry."""

    __tablename__ = "balance"

    owner_kind: Mapped[str] = mapped_column(String(8), primary_key=True)
    owner_id: Mapped[int] = mapped_column(Reference, primary_key=True)
    campaign_id: Mapped[int] = mapped_column(Reference, primary_key=True)
    season: Mapped[int] = mapped_column(primary_key=True)
    half_points: Mapped[int]


class ChapterBalance(Base):
    """Points earned for a chapter itself (not its subtree) in a season or a campaign; written with the entry."""

    __tablename__ = "chapter_balance"

    chapter_id: Mapped[int] = mapped_column(Reference, primary_key=True)
    campaign_id: Mapped[int] = mapped_column(Reference, primary_key=True)
    season: Mapped[int] = mapped_column(primary_key=True)
    half_points: Mapped[int]


class LedgerKey(Base):
    """A public key under checkpoints. `endorsed` is the former key's signature; "" under the first one."""

    __tablename__ = "ledger_key"

    no: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    public_key: Mapped[str] = mapped_column(String(64), unique=True)
    endorsed: Mapped[str] = mapped_column(String(128))


class Checkpoint(Base):
    """The length of the ledger at a moment and its head, signed. `text` is the published text."""

    __tablename__ = "checkpoint"

    id: Mapped[Id]
    entries: Mapped[int] = mapped_column(BigInteger)
    head: Mapped[str] = mapped_column(String(64))
    at: Mapped[Microseconds]
    text: Mapped[str] = mapped_column(Text)

    __table_args__ = (Index("ix_checkpoint_at", "at"),)


class RulesVersion(Base):
    """Point rules of the year (campaign 0) or a campaign, in force for results dated `since` and later."""

    __tablename__ = "rules_version"

    campaign_id: Mapped[int] = mapped_column(Reference, primary_key=True, autoincrement=False)
    no: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    since: Mapped[Microseconds]
    rules: Mapped[str] = mapped_column(Text)  # JSON of quizzes.ledger.rules


class PointsAdjustment(Base):
    """Points given or taken by hand: one organiser proposes with a reason, a second one decides.

    `state`: waiting, accepted, refused. The reason can be erased (""); the ledger holds its salted digest.
    """

    __tablename__ = "points_adjustment"

    id: Mapped[Id]
    owner_id: Mapped[int] = mapped_column(Reference, index=True)
    chapter_id: Mapped[int] = mapped_column(Reference, index=True)
    half_points: Mapped[int]
    reason: Mapped[str] = mapped_column(String(500))
    salt: Mapped[str] = mapped_column(String(64))
    state: Mapped[str] = mapped_column(String(8))
    proposed_by: Mapped[int] = mapped_column(Reference)
    proposed_at: Mapped[Microseconds]


for _table in (Entry, LedgerKey, Checkpoint, RulesVersion):
    append_only(_table.__table__)  # type: ignore[arg-type]
