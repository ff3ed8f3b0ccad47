"""A live show in the database: the truth that every worker's replica is folded from."""

from __future__ import annotations

from sqlalchemy import BigInteger, ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Id, Microseconds, Reference
from app.models.engines import append_only


class Show(Base):
    """The handle of a show. What happens in it stands in the journal."""

    __tablename__ = "show"

    id: Mapped[Id]
    public_id: Mapped[str] = mapped_column(String(32), unique=True)
    pin: Mapped[str | None] = mapped_column(String(8), unique=True)  # given back when the show is over
    script: Mapped[str] = mapped_column(String(80))
    title: Mapped[str] = mapped_column(Text)  # JSON {"vi", "en"?}
    chapter_id: Mapped[int | None] = mapped_column(Reference, index=True)
    host_member_id: Mapped[int | None] = mapped_column(Reference, index=True)
    guests_allowed: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[Microseconds]
    over_at: Mapped[int | None] = mapped_column(BigInteger)
    head: Mapped[int] = mapped_column(BigInteger, default=0)  # the last journal number
    ahead: Mapped[int] = mapped_column(BigInteger, default=0, server_default="0")  # of screens, after a restore
    posted_digest: Mapped[str | None] = mapped_column(String(64))
    # the stakes: points, none, rehearsal
    stakes: Mapped[str] = mapped_column(String(12), default="points", server_default="points")
    removed_at: Mapped[int | None] = mapped_column(BigInteger)  # taken off the lists; its journal stays


class OwnScript(Base):
    """A script that a host composes: it may be incomplete, and is checked when a show is made from it."""

    __tablename__ = "own_script"

    id: Mapped[Id]
    public_id: Mapped[str] = mapped_column(String(32), unique=True)
    member_id: Mapped[int] = mapped_column(Reference, index=True)
    body: Mapped[str] = mapped_column(Text)  # JSON: a script, with what is wanted of the show made from it
    shared_chapter_id: Mapped[int | None] = mapped_column(Reference, index=True)  # its hosts may read and copy it
    updated_at: Mapped[Microseconds]


class JournalLine(Base):
    """One event of a show. Holds opaque numbers only: names and reasons stand elsewhere."""

    __tablename__ = "journal"
    __table_args__ = (UniqueConstraint("show_id", "seq"), UniqueConstraint("show_id", "actor", "client_id", "part"))

    id: Mapped[Id]
    show_id: Mapped[int] = mapped_column(Reference, ForeignKey("show.id"))
    seq: Mapped[int] = mapped_column(BigInteger)
    at: Mapped[Microseconds]
    actor: Mapped[str] = mapped_column(String(24))  # "clock" or "seat:<number>"
    member_id: Mapped[int | None] = mapped_column(Reference)  # the person, where known
    client_id: Mapped[str | None] = mapped_column(String(64))
    part: Mapped[int] = mapped_column(default=0)  # the how-manieth event of one command
    step: Mapped[bool] = mapped_column(default=False)  # a host command begins here: what undo counts
    name: Mapped[str] = mapped_column(String(32))
    data: Mapped[str] = mapped_column(Text)


append_only(JournalLine.__table__)  # type: ignore[arg-type]


class Opening(Base):
    """The fence of one open ask: a ballot group reads it under its share lock and obeys it."""

    __tablename__ = "opening"

    show_id: Mapped[int] = mapped_column(Reference, ForeignKey("show.id"), primary_key=True)
    no: Mapped[int] = mapped_column(primary_key=True)
    closes_at: Mapped[int | None] = mapped_column(BigInteger)
    accepting: Mapped[bool]
    code: Mapped[str] = mapped_column(String(16))  # the reason, when it is not accepting
    held: Mapped[int | None]  # the number that came in time, but a worker stood still with them


class Seat(Base):
    """A place in a show. `number` counts from 1 in each show; the journal knows people only by it."""

    __tablename__ = "seat"
    __table_args__ = (
        UniqueConstraint("show_id", "number"),
        UniqueConstraint("show_id", "device_hash"),
        UniqueConstraint("show_id", "name_key"),
        UniqueConstraint("show_id", "code"),
    )

    id: Mapped[Id]
    show_id: Mapped[int] = mapped_column(Reference, ForeignKey("show.id"))
    number: Mapped[int]
    side: Mapped[str] = mapped_column(String(8))  # "public" or "staff"
    role: Mapped[str] = mapped_column(String(12))  # player, host, mc, judge, stage
    name: Mapped[str] = mapped_column(String(120))
    name_key: Mapped[str] = mapped_column(String(160))  # folded: two alike names cannot both join
    device_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    code: Mapped[str] = mapped_column(String(4))
    lang: Mapped[str] = mapped_column(String(2))
    member_id: Mapped[int | None] = mapped_column(Reference, index=True)
    chapter_id: Mapped[int | None] = mapped_column(Reference, index=True)
    joined_at: Mapped[Microseconds]
    connected_at: Mapped[int | None] = mapped_column(BigInteger)  # the first time it was here with a screen
    kicked_at: Mapped[int | None] = mapped_column(BigInteger)  # none again when the host takes it back
    source: Mapped[str | None] = mapped_column(String(16))  # keyed digest of an address


class SeatClaim(Base):
    """A device that asks the host for a seat by its name."""

    __tablename__ = "seat_claim"
    __table_args__ = (UniqueConstraint("show_id", "device_hash"),)

    id: Mapped[Id]
    show_id: Mapped[int] = mapped_column(Reference, ForeignKey("show.id"))
    seat: Mapped[int]
    device_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    refused: Mapped[bool]
    source: Mapped[str | None] = mapped_column(String(16))


class StaffLink(Base):
    """When a link of host or stage was last used, noted once a day: it lives 7 days unused. Found by its digest."""

    __tablename__ = "staff_link"

    digest: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    show_id: Mapped[int] = mapped_column(Reference, ForeignKey("show.id"))
    used_at: Mapped[Microseconds]


class Ballot(Base):
    """One seat's answer to one opening. A row in this table counts; nothing filters later."""

    __tablename__ = "ballot"
    __table_args__ = (Index("uq_ballot_client", "show_id", "seat", "client_id", unique=True),)

    show_id: Mapped[int] = mapped_column(Reference, primary_key=True)
    no: Mapped[int] = mapped_column(primary_key=True)
    seat: Mapped[int] = mapped_column(primary_key=True)
    take: Mapped[int] = mapped_column(primary_key=True)  # 0 where the first counts, else counter and device
    client_id: Mapped[str] = mapped_column(String(64))
    choice: Mapped[str] = mapped_column(Text)  # canonical JSON
    received_at: Mapped[Microseconds]
    lag_us: Mapped[int] = mapped_column(default=0)


class ShowScreen(Base):
    """A browser that shows a show for those who run it: a projector, a tablet, a judge's phone, a console."""

    __tablename__ = "show_screen"
    __table_args__ = (UniqueConstraint("show_id", "key"),)

    id: Mapped[Id]
    show_id: Mapped[int] = mapped_column(Reference, ForeignKey("show.id"))
    key: Mapped[str] = mapped_column(String(64))  # made by the browser, which keeps it
    role: Mapped[str] = mapped_column(String(12))  # host, stage, mc, judge
    number: Mapped[int]  # the how-manieth of its role
    name: Mapped[str] = mapped_column(String(40))
    view: Mapped[str] = mapped_column(String(12))  # the view of a hall's screen
    reload: Mapped[int]  # counts up each time it is to be loaded anew
    worker: Mapped[str | None] = mapped_column(String(64))  # the worker that holds its connection
    left_at: Mapped[int | None] = mapped_column(BigInteger)
    told: Mapped[str] = mapped_column(Text)  # JSON: what it said of itself


class Reason(Base):
    """The reason of a host's act on a show. Free text about persons, so it can be erased."""

    __tablename__ = "show_reason"

    id: Mapped[Id]
    show_id: Mapped[int] = mapped_column(Reference, ForeignKey("show.id"), index=True)
    text: Mapped[str] = mapped_column(String(400))


class Worker(Base):
    """A process: how far it has read what phones sent, and when it was last alive, by the time of the shows and by
    the database's clock. The two part when that clock is set; who starts then goes on with the time of the shows."""

    __tablename__ = "worker"

    name: Mapped[str] = mapped_column(String(64), primary_key=True)
    alive_at: Mapped[Microseconds]
    db_at: Mapped[Microseconds]
    read_until: Mapped[int | None] = mapped_column(BigInteger)  # none once it has stopped on purpose


class Presence(Base):
    """The seats of a show that have a connection on a worker; rewritten as a whole, never counted up."""

    __tablename__ = "presence"

    show_id: Mapped[int] = mapped_column(Reference, primary_key=True)
    worker: Mapped[str] = mapped_column(String(64), primary_key=True)
    seats: Mapped[str] = mapped_column(Text)  # JSON list of seat numbers
    late: Mapped[str | None] = mapped_column(Text)  # JSON: an opening, and those of the seats that lack it
