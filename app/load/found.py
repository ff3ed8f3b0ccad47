"""The findings of the kill rounds: the show's record against the replies that phones got, and posted points against the
record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from app.load.steady import Seat

TOO_LATE = ("too_late", "not_open")
"""Refusals of an answer whose question was closed while the server was away."""


@dataclass
class Found:
    """The findings of the kill rounds. `lost`, `twice`, `miscounted`, `misposted` and `problems` have to be empty."""

    players: int
    rounds: int = 0
    kills: Counter[str] = field(default_factory=Counter)
    acknowledged: int = 0
    resumed: int = 0
    backs: list[float] = field(default_factory=list)
    lost: int = 0
    twice: int = 0
    miscounted: int = 0
    members: int = 0
    misposted: int = 0
    problems: list[str] = field(default_factory=list)

    def flat(self) -> dict[str, Any]:
        """One line of figures."""
        return {
            "players": self.players,
            "rounds": self.rounds,
            "kills": dict(self.kills),
            "acknowledged": self.acknowledged,
            "lost": self.lost,
            "twice": self.twice,
            "miscounted": self.miscounted,
            "members": self.members,
            "misposted": self.misposted,
            "suspended_and_resumed": self.resumed,
            "worst_back_s": round(max(self.backs, default=0.0), 1),
            "problems": self.problems,
        }

    def compare(self, record: dict[str, Any], seats: list[Seat]) -> None:
        """The record against what the phones were told."""
        choices = {(no, seat): choice for no, seat, _take, choice, *_ in record["ballots"]}
        verdicts = {data["no"]: data["results"] for _, _, _, _, name, data in record["journal"] if name == "judged"}
        for seat in seats:
            number = seat.phone.seat
            for no, (choice, is_right) in seat.told.items():
                self.acknowledged += 1
                self.lost += choices.get((no, number)) != choice
                self.miscounted += (str(number) in verdicts.get(no, {})) != is_right
            self.problems += [f"seat {number} was refused in {no}: {code}" for no, code in seat.refused.items()]

    def compare_stored(self, record: dict[str, Any], seats: list[Seat]) -> None:
        """The record against what the phones were told, where nobody knows what is right; too late is no fault."""
        choices = {(no, seat): choice for no, seat, _take, choice, *_ in record["ballots"]}
        for seat in seats:
            for no, (choice, _) in seat.told.items():
                self.acknowledged += 1
                self.lost += choices.get((no, seat.phone.seat)) != choice
            self.problems += [
                f"seat {seat.phone.seat} was refused in {no}: {code}"
                for no, code in seat.refused.items()
                if code not in TOO_LATE
            ]

    def compare_posted(self, ends: Mapping[int, int], posted: Mapping[int, list[int]]) -> None:
        """Each member has one entry with the points of the end, or none where these are nothing."""
        self.members = len(posted)
        for seat, entries in posted.items():
            self.misposted += entries != ([ends[seat]] if ends.get(seat) else [])

    def compare_ledger(self, record: dict[str, Any], posted: Mapping[int, list[int]]) -> None:
        """Each member has one entry with the sum of the verdicts, or none where that is nothing. `posted`: seat of a
        member -> its entries, half-points."""
        verdicts = [data["results"] for *_, name, data in record["journal"] if name == "judged"]
        self.members = len(posted)
        for seat, entries in posted.items():
            earned = sum(results[str(seat)][0] for results in verdicts if str(seat) in results)
            self.misposted += entries != ([earned] if earned else [])


def counted_twice(journal: list[list[Any]], results: list[dict[str, Any]]) -> int:
    """Openings judged once more, and seats whose points in the end are not the sum of one verdict of each opening."""
    verdicts = [data for *_, name, data in journal if name == "judged"]
    once = {data["no"]: data["results"] for data in verdicts}
    earned: Counter[int] = Counter()
    for opening in once.values():
        earned.update({int(seat): half for seat, (half, *_) in opening.items()})
    ended: dict[int, int] = {line["seat"]: line["points"] for line in results}
    return len(verdicts) - len(once) + sum(ended.get(seat, 0) != earned[seat] for seat in ended.keys() | earned.keys())


def judged_again(journal: list[list[Any]]) -> int:
    """Openings that were judged more than once."""
    judged = Counter(data["no"] for *_, name, data in journal if name == "judged")
    return sum(count - 1 for count in judged.values())
