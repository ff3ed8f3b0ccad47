"""The figures of a run: collected, compared with what the server stored, printed."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from statistics import mean
from typing import Any

from app.load.crowd import Answers

BUDGETS = {
    "cpu_us_per_answer": 400, "times_echo": 2.2, "cpu_us_per_question": 1200, "screen_bytes": 1536,
    "bytes_per_question": 5120, "fan_out_ms": 700, "ack_p99_ms": 2500, "memory_kb": 75, "lost": 0, "duplicates": 0,
}  # fmt: skip


def percentile(values: Iterable[float], share: float) -> float:
    """The value that this share (0 to 1) does not exceed; 0 of nothing."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else 0.0


def spread_ms(values: Iterable[float], name: str) -> dict[str, float]:
    """p50, p95 and p99 in milliseconds, under names."""
    values = list(values)
    return {f"{name}_p{share}_ms": round(percentile(values, share / 100) * 1000, 1) for share in (50, 95, 99)}


@dataclass
class Question:
    """One question of the run."""

    answers: list[Answers]
    no: int
    fan_out_s: float
    bytes_each: float
    cpu_s: float | None
    """From `open` until the last phone had the standings."""

    @property
    def given(self) -> list[tuple[int, Any]]:
        return [one for part in self.answers for one in part.given]

    @property
    def writing_s(self) -> float:
        """From the first phone's write to the last one's."""
        return max(part.written for part in self.answers) - min(part.began for part in self.answers)

    @property
    def seconds(self) -> float:
        """From the first write to the last acknowledgement."""
        return max(part.ended for part in self.answers) - min(part.began for part in self.answers)

    def cpu_each_us(self, idle_share: float) -> float | None:
        """CPU of one acknowledged answer, µs: what the process used meanwhile, without what it uses idle."""
        spans = [part.cpu for part in self.answers if part.cpu]
        if not spans or not self.given:
            return None
        used = max(after for _, after in spans) - min(before for before, _ in spans)
        return (used - idle_share * self.seconds) / len(self.given) * 1e6


@dataclass
class Figures:
    """Everything measured."""

    players: int
    joins: list[dict[str, Any]] = field(default_factory=list)
    connects: list[float] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    screen_bytes: int = 0
    idle_share: float = 0.0
    """CPU of the idle server with everybody connected, as a share of one core."""
    entry_cpu_s: tuple[float, float] | None = None
    """CPU of all joins, and of all connections with their first screens."""
    memory: int | None = None
    """Bytes by which the server grew from before the first join."""
    echo: Mapping[str, float] = field(default_factory=dict)
    stored: Mapping[str, Any] = field(default_factory=dict)

    def _each(self, part: int) -> float | None:
        return round(self.entry_cpu_s[part] / self.players * 1e6) if self.entry_cpu_s else None

    def flat(self) -> dict[str, Any]:
        """One level of names and numbers, for `--json` and for the table."""
        asked = self.questions
        told: Counter[int] = Counter()
        for one in self.joins:
            told.update(one["told"])
        refused: Counter[str] = Counter()
        for part in (part for question in asked for part in question.answers):
            refused.update(part.refused)
        each = [us for one in asked if (us := one.cpu_each_us(self.idle_share)) is not None]
        whole = [one.cpu_s / self.players * 1e6 for one in asked if one.cpu_s is not None]
        seconds = max((one["seconds"] for one in self.joins), default=0.0)
        answer_us = round(mean(each), 1) if each else None
        echo_us = self.echo.get("echo_us_per_answer")
        return {
            "players": self.players, "questions": len(asked),
            "joined": told[200] + told[201], "told_to_wait": told[429],
            "joins_per_s": round((told[200] + told[201]) / seconds) if seconds else 0,
            **spread_ms(self.connects, "connect"),
            "cpu_us_per_join": self._each(0), "cpu_us_per_connection": self._each(1),
            "fan_out_ms": round(max((one.fan_out_s for one in asked), default=0) * 1000, 1),
            "writing_ms": round(max((one.writing_s for one in asked), default=0) * 1000, 1),
            **spread_ms((wait for one in asked for part in one.answers for wait in part.waits), "ack"),
            "answers_per_s": round(mean(len(one.given) / one.seconds for one in asked)) if asked else 0,
            "cpu_us_per_answer": answer_us,
            "times_echo": round(answer_us / echo_us, 2) if answer_us and echo_us else None,
            "cpu_us_per_question": round(mean(whole), 1) if whole else None,
            "idle_cpu_percent": round(self.idle_share * 100, 1),
            "bytes_per_question": round(mean(one.bytes_each for one in asked)) if asked else 0,
            "screen_bytes": self.screen_bytes,
            "memory_kb": round(self.memory / 1024 / self.players, 1) if self.memory is not None else None,
            "acknowledged": sum(len(one.given) for one in asked), "refused": dict(refused),
            "unanswered": sum(part.missing for one in asked for part in one.answers),
            **self.stored, **self.echo,
        }  # fmt: skip


def compared(questions: list[Question], record: Mapping[str, Any]) -> dict[str, int]:
    """What was acknowledged beside what the server stored: lost answers, and seats stored twice."""
    stored: dict[tuple[int, int], list[Any]] = {}
    for no, seat, _take, choice, _at, _lag in record["ballots"]:
        stored.setdefault((no, seat), []).append(choice)
    lost = sum(choice not in stored.get((one.no, seat), []) for one in questions for seat, choice in one.given)
    return {"stored": sum(map(len, stored.values())), "lost": lost,
            "duplicates": sum(len(choices) - 1 for choices in stored.values())}


def table(flat: Mapping[str, Any]) -> str:
    """The figures for people, with the budget beside those that have one."""
    width = max(map(len, flat))
    rows = []
    for name, value in flat.items():
        budget, text = BUDGETS.get(name), json.dumps(value) if isinstance(value, dict) else str(value)
        rows.append(f"{name:{width}}  {text:>10}" + (f"   budget {budget}" if budget is not None else ""))
    return "\n".join(rows)
