"""The figures of a run: collected, compared with what the server stored, printed."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from statistics import mean
from typing import Any

from app.load.crowd import A_SHOW, Answers

BUDGETS = {
    "cpu_us_per_answer": 400, "times_echo": 2.2, "cpu_us_per_question": 1200, "screen_bytes": 1536,
    "bytes_per_question": 5120, "fan_out_ms": 700, "ack_p99_ms": 2500, "memory_kb": 75, "lost": 0, "duplicates": 0,
}  # fmt: skip


def percentile(values: Iterable[float], share: float) -> float:
    """The value that this share (0 to 1) does not exceed; 0 of nothing."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else 0.0


def percentiles_ms(values: Iterable[float], name: str) -> dict[str, float | None]:
    """p50, p95 and p99 in milliseconds, under names; None of nothing."""
    values = list(values)
    return {
        f"{name}_p{share}_ms": round(percentile(values, share / 100) * 1000, 1) if values else None
        for share in (50, 95, 99)
    }


def most_ms(seconds: Iterable[float | None]) -> float | None:
    """The largest that was measured, in milliseconds; None where nothing was."""
    return max((round(one * 1000, 1) for one in seconds if one is not None), default=None)


def average(values: Iterable[float | None], digits: int | None = None) -> float | None:
    """The mean of what was measured; None where nothing was."""
    measured = [one for one in values if one is not None]
    return round(mean(measured), digits) if measured else None


@dataclass
class Question:
    """One question of the run."""

    answers: list[Answers]
    no: int
    fan_out_s: float | None
    bytes: int | None
    """The bytes of all phones, both ways; None where they were not counted."""
    cpu_s: float | None
    """From `open` until the last phone had the standings."""
    seen: int = 0
    """Phones that saw it open: they share what it cost."""
    put_to: int | None = None
    """How many phones it was put to; None: all of them."""
    again: Counter[str] = field(default_factory=Counter)
    """The replies to answers sent once more under the id that was acknowledged; `ok` is right."""

    @property
    def given(self) -> list[tuple[int, Any]]:
        return [one for part in self.answers for one in part.given]

    @property
    def refused(self) -> Counter[str]:
        """Answers by the code of their refusal."""
        return sum((part.refused for part in self.answers), Counter[str]())

    def unseen(self, players: int) -> int:
        """The number of phones that it was put to and did not reach; others may see it, too, and make up for none."""
        return max(0, (players if self.put_to is None else self.put_to) - self.seen)

    def unanswered(self, players: int) -> int:
        """The number of players whose answer was neither acknowledged nor refused, sent or not."""
        return (players if self.put_to is None else self.put_to) - len(self.given) - self.refused.total()

    @property
    def _began(self) -> float:
        return min((part.began for part in self.answers if part.written), default=0.0)

    @property
    def writing_s(self) -> float | None:
        """From the first phone's write to the last one's; None where none wrote."""
        return max(part.written for part in self.answers) - self._began if self._began else None

    @property
    def seconds(self) -> float | None:
        """From the first write to the last acknowledgement; None where there is none."""
        ended = max(part.ended for part in self.answers)
        return ended - self._began if ended else None

    @property
    def per_second(self) -> float | None:
        """Answers acknowledged in a second."""
        return len(self.given) / self.seconds if self.seconds else None

    def each_of_seen(self, whole: float | None, unit: float = 1.0) -> float | None:
        """The part of each phone that saw the question; `unit`: how many of what is wanted are one of `whole`."""
        return whole * unit / self.seen if whole is not None and self.seen else None

    def cpu_each_us(self, idle_share: float | None) -> float | None:
        """CPU of one acknowledged answer, µs: what the process used meanwhile, without what it uses idle."""
        spans = [part.cpu for part in self.answers if part.cpu]
        if not spans or not self.given or not self.seconds:
            return None
        used = max(after for _, after in spans) - min(before for before, _ in spans)
        return (used - (idle_share or 0.0) * self.seconds) / len(self.given) * 1e6


@dataclass
class Figures:
    """Everything measured."""

    players: int
    joins: list[dict[str, Any]] = field(default_factory=list)
    connects: list[float] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    screen_bytes: int = 0
    idle_share: float | None = None
    """CPU of the idle server with everybody connected, as a share of one core; None where it was not measured."""
    entry_cpu_s: tuple[float, float] | None = None
    """CPU of all joins, and of all connections with their first screens."""
    memory: int | None = None
    """Bytes by which the server grew from before the first join."""
    echo: Mapping[str, float] = field(default_factory=dict)
    stored: Mapping[str, Any] = field(default_factory=dict)

    @property
    def _told(self) -> Counter[int]:
        return sum((Counter[int](one["told"]) for one in self.joins), Counter[int]())

    @property
    def _joined(self) -> int:
        return self._told[200] + self._told[201]

    def flat(self) -> dict[str, Any]:
        """One level of names and numbers, for `--json` and for the table."""
        return {
            "players": self.players,
            "questions": len(self.questions),
            **self._entry(),
            **self._times(),
            **self._costs(),
            **self._counts(),
            **self.stored,
            **self.echo,
        }

    def _entry(self) -> dict[str, Any]:
        seconds = max((one["seconds"] for one in self.joins), default=0.0)
        joins, connections = self.entry_cpu_s or (None, None)
        return {
            "joined": self._joined,
            "told_to_wait": self._told[429],
            "joins_per_s": round(self._joined / seconds) if seconds else 0,
            **percentiles_ms(self.connects, "connect"),
            "cpu_us_per_join": _each(joins, self._joined, 1e6),
            "cpu_us_per_connection": _each(connections, len(self.connects), 1e6),
        }

    def _times(self) -> dict[str, Any]:
        asked = self.questions
        return {
            "fan_out_ms": most_ms(one.fan_out_s for one in asked),
            "writing_ms": most_ms(one.writing_s for one in asked),
            **percentiles_ms((wait for one in asked for part in one.answers for wait in part.waits), "ack"),
            "answers_per_s": average(one.per_second for one in asked),
        }

    def _costs(self) -> dict[str, Any]:
        asked, echo_us = self.questions, self.echo.get("echo_us_per_answer")
        answer_us = average((one.cpu_each_us(self.idle_share) for one in asked), 1)
        return {
            "cpu_us_per_answer": answer_us,
            "times_echo": round(answer_us / echo_us, 2) if answer_us and echo_us else None,
            "cpu_us_per_question": average((one.each_of_seen(one.cpu_s, 1e6) for one in asked), 1),
            "idle_cpu_percent": round(self.idle_share * 100, 1) if self.idle_share is not None else None,
            "bytes_per_question": average(one.each_of_seen(one.bytes) for one in asked),
            "screen_bytes": self.screen_bytes,
            "memory_kb": _each(self.memory, len(self.connects), 1 / 1024, 1),
        }

    def _counts(self) -> dict[str, Any]:
        asked = self.questions
        return {
            "acknowledged": sum(len(one.given) for one in asked),
            "refused": dict(sum((one.refused for one in asked), Counter[str]())),
            "unanswered": sum(one.unanswered(self.players) for one in asked),
            "sent_again": sum(one.again.total() for one in asked),
            "refused_again": sum(one.again.total() - one.again["ok"] for one in asked),
            "not_connected": self.players - len(self.connects),
            "unseen": sum(one.unseen(self.players) for one in asked),
        }  # fmt: skip


def _each(whole: float | None, count: int, unit: float, digits: int | None = None) -> float | None:
    return round(whole * unit / count, digits) if whole is not None and count else None


def compared(questions: list[Question], record: Mapping[str, Any]) -> dict[str, int]:
    """Compares acknowledged answers with stored ones: lost answers, and seats stored twice."""
    stored: dict[tuple[int, int], list[Any]] = {}
    for no, seat, _take, choice, _at, _lag in record["ballots"]:
        stored.setdefault((no, seat), []).append(choice)
    lost = sum(choice not in stored.get((one.no, seat), []) for one in questions for seat, choice in one.given)
    return {
        "stored": sum(map(len, stored.values())),
        "lost": lost,
        "duplicates": sum(len(choices) - 1 for choices in stored.values()),
    }


def put_together(records: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """The ballots of several shows as those of one: seats of the n-th count from n million."""
    return {
        "ballots": [
            [no, seat + number * A_SHOW, *rest]
            for number, one in enumerate(records)
            for no, seat, *rest in one["ballots"]
        ]
    }


def table(flat: Mapping[str, Any]) -> str:
    """The figures for people, with the budget beside those that have one."""
    width = max(map(len, flat))
    rows = []
    for name, value in flat.items():
        budget, text = BUDGETS.get(name), json.dumps(value) if isinstance(value, dict) else str(value)
        rows.append(f"{name:{width}}  {text:>10}" + (f"   budget {budget}" if budget is not None else ""))
    return "\n".join(rows)
