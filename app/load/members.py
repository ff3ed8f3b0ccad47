"""Members among the players of the kill rounds: people with accounts, whose points go to the ledger."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from pathlib import Path

from app.load import contest_data
from app.models.engines import database
from app.services.people.tree import Draft, add_chapter


def signed_in(instance: Path, count: int) -> list[str]:
    """The session cookies of so many new members of a running server of our own."""
    database.bind(f"sqlite:///{instance}/sanchoi.db")
    try:
        tokens = contest_data.people(add_chapter(None, None, Draft("Diễn tập", "tinh", "CHAOS")), count)
    finally:
        database.dispose()
    return [one.cookie for one in contest_data.signed(tokens, (instance / "secret_key").read_text().strip())]


def is_posted(instance: Path, show_id: int) -> bool:
    """True when the ledger holds the end of this show."""
    with _tables(instance) as db:
        found = db.execute("SELECT posted_digest FROM show WHERE id = ?", (show_id,)).fetchone()
    return bool(found and found[0])


def posted(instance: Path, show_id: int) -> dict[int, list[int]]:
    """Seat of a member -> the half-points of every entry the ledger holds of this show."""
    found: dict[int, list[int]] = defaultdict(list)
    with _tables(instance) as db:
        for seat, half in db.execute(
            "SELECT seat.number, entry.half_points FROM seat LEFT JOIN entry ON entry.source_kind = 'show'"
            " AND entry.source_id = seat.show_id AND entry.owner_kind = 'member' AND entry.owner_id = seat.member_id"
            " WHERE seat.show_id = ? AND seat.side = 'public' AND seat.member_id IS NOT NULL",
            (show_id,),
        ):
            found[seat] += [] if half is None else [half]
    return found


def _tables(instance: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"file:{instance / 'sanchoi.db'}?mode=ro", uri=True)
