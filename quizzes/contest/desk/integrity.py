"""Signals for the review queue: what is strange about an attempt, and why. Never a verdict.

A signal names a reason with its numbers; a person decides, with a reason of their own, and the member is
told and may appeal. Device and address come as digests the shell keeps for 90 days and no longer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from quizzes.contest.checks.consistency import plans
from quizzes.contest.desk.likeness import Pair, Sheet, pairs
from quizzes.contest.desk.timing import Path, Together, clusters, together
from quizzes.contest.setup.rules import Rules
from quizzes.engine import SECOND
from quizzes.hours import MINUTE
from quizzes.questions.contract import FULL
from quizzes.refusals import N_

LEAST_ANSWERS = 5
"""The fewest answers of which speed and rhythm say anything."""
STEADY_PERCENT = 5
"""The least spread of answering times, in per cent of their mean: times that differ less look like a machine's."""
BURST, BURST_WITHIN = 20, MINUTE
"""The number of tries from one address, and the microseconds within which they begin, that make a signal."""
RELAY, RELAY_WITHIN = 4, MINUTE
"""The number of tries of different members in a row, and the microseconds between the end of one and the begin of the
next, that make a signal."""
FOCUS_LOST = 5
"""How often a page may lose its focus in one try before that is a signal."""
MOST_EXPECTED = 0.01
"""How many pairs as strange as this one chance may give in a contest: pairs it gives more often are not reported."""


@dataclass(frozen=True)
class Trace:
    """The facts about one finished attempt that signals are made from."""

    sheet: Sheet
    wave: int
    ended_at: int
    saved_at: tuple[int, ...] = ()
    """When each answer was first saved, in order."""
    device: str = ""
    source: str = ""
    """Digest of the address."""
    focus_lost: int = 0
    answered_at: Mapping[str, int] = field(default_factory=dict)
    """Question -> when it was first answered."""


@dataclass(frozen=True)
class Signal:
    """`weight` 1 (weak: a hall, a family phone) to 3. `sentence` is a msgid, `about` its numbers."""

    kind: str
    weight: int
    attempts: tuple[int, ...]
    members: tuple[int, ...]
    sentence: str
    about: Mapping[str, Any] = field(default_factory=dict)
    key: str = ""
    """The trait that the people of a group share. A later look during the same wave finds the same signal by it, with
    more people."""


def signals(rules: Rules, traces: Sequence[Trace]) -> list[Signal]:
    """All signals of a contest, strongest first."""
    ordered = sorted(traces, key=lambda trace: (trace.sheet.started_at, trace.sheet.attempt))
    found = [
        *(one for trace in ordered for one in _alone(rules, trace)),
        *_devices(rules, ordered),
        *_addresses(ordered),
        *_pairs(rules, ordered),
    ]
    return sorted(found, key=lambda one: (-one.weight, one.attempts, one.kind))


def _alone(rules: Rules, trace: Trace) -> Iterator[Signal]:
    sheet = trace.sheet
    count = len(sheet.answers)
    right = sum(share == FULL for share in sheet.rights.values())
    spent = trace.ended_at - sheet.started_at
    fast = spent < count * rules.integrity.seconds_per_question * SECOND
    if count >= LEAST_ANSWERS and right * 2 >= count and fast:
        sentence = N_("Trả lời %(count)s câu trong %(seconds)s giây, đúng %(right)s câu: nhanh hơn mức đọc được.")
        about = {"count": count, "seconds": spent // SECOND, "right": right}
        yield _signal("too_fast", 3, [trace], sentence, "", **about)
    if _is_steady(trace.saved_at):
        sentence = N_("Các câu được trả lời cách nhau đều đặn (%(seconds)s giây), như máy làm.")
        gaps = len(trace.saved_at) - 1
        seconds = round((trace.saved_at[-1] - trace.saved_at[0]) / gaps / SECOND, 1)
        yield _signal("steady", 2, [trace], sentence, seconds=seconds)
    if rules.integrity.focus and trace.focus_lost >= FOCUS_LOST:
        sentence = N_("Rời trang thi %(times)s lần.")
        yield _signal("focus", 1, [trace], sentence, times=trace.focus_lost)


def _is_steady(times: Sequence[int]) -> bool:
    """True when the gaps between answers differ by less than people's do."""
    gaps = [after - before for before, after in pairwise(times)]
    if len(gaps) < LEAST_ANSWERS:
        return False
    mean = sum(gaps) / len(gaps)
    deviation = (sum((gap - mean) ** 2 for gap in gaps) / len(gaps)) ** 0.5
    return mean > 0 and deviation * 100 < STEADY_PERCENT * mean


def _devices(rules: Rules, traces: Iterable[Trace]) -> Iterator[Signal]:
    least = rules.integrity.members_per_device
    for shared, group in _by(traces, lambda trace: (trace.device, trace.wave) if trace.device else None):
        people = {trace.sheet.member for trace in group}
        if least > 1 and len(people) >= least:
            sentence = N_("%(people)s người dự thi trên cùng một thiết bị.")
            yield _signal("same_device", 2, group, sentence, key=f"{shared[0]}:{shared[1]}", people=len(people))


def _addresses(traces: Iterable[Trace]) -> Iterator[Signal]:
    for source, group in _by(traces, lambda trace: trace.source or None):
        for run in _runs(group):
            sentence = N_(
                "%(people)s tài khoản thi nối tiếp nhau từ cùng một địa chỉ mạng, hết người này đến người kia."
            )
            yield _signal("relay", 2, run, sentence, key=f"{source}:{run[0].sheet.attempt}", people=len(run))
        starts = [trace.sheet.started_at for trace in group]
        for first in range(len(group) - BURST + 1):
            if starts[first + BURST - 1] - starts[first] <= BURST_WITHIN:
                sentence = N_(
                    "%(people)s lượt bắt đầu trong một phút từ cùng một địa chỉ mạng (có thể là một hội trường)."
                )
                until = sum(start <= starts[first] + BURST_WITHIN for start in starts)
                yield _signal("burst", 1, group[first:until], sentence, key=source, people=until - first)
                break


def _runs(group: Sequence[Trace]) -> Iterator[list[Trace]]:
    """Rows of tries of different members, each begun right after the last one's end and never two at once: as one
    person with many accounts makes them."""
    run: list[Trace] = []
    for trace in group:
        gap = trace.sheet.started_at - run[-1].ended_at if run else 0
        follows = bool(run) and 0 <= gap <= RELAY_WITHIN
        if follows and all(trace.sheet.member != one.sheet.member for one in run):
            run.append(trace)
            continue
        if len(run) >= RELAY:
            yield run
        run = [trace]
    if len(run) >= RELAY:
        yield run


def _pairs(rules: Rules, traces: Sequence[Trace]) -> Iterator[Signal]:
    """Papers that are alike or were written side by side, and rooms in which many were."""
    found = [_alike(pair) for pair in pairs([trace.sheet for trace in traces], MOST_EXPECTED)]
    shuffled = all(plan.shuffle_questions for _, plan in plans(rules))
    if shuffled and rules.timing.kind == "whole":
        found += [_together(one) for one in together([_path(trace) for trace in traces], MOST_EXPECTED)]
    yield from found
    by_attempt = {trace.sheet.attempt: trace for trace in traces}
    for group in clusters([(one.attempts[0], one.attempts[1]) for one in found]):
        sentence = N_("%(people)s bài liên quan với nhau từng đôi một: giống nhau hoặc làm cùng nhịp.")
        room = [by_attempt[attempt] for attempt in group]
        yield _signal("room", 3, room, sentence, key=f"room:{group[0]}", people=len(group))


def _path(trace: Trace) -> Path:
    sheet = trace.sheet
    return Path(sheet.attempt, sheet.member, sheet.started_at, trace.answered_at, sheet.groups)


def _together(pair: Together) -> Signal:
    in_step = N_(
        "Trả lời %(count)s trong %(shared)s câu chung cùng lúc, lệch không quá 3 giây."
        " Nếu ngẫu nhiên, khoảng %(one_in)s cuộc thi như thế này mới có một cặp như vậy."
    )
    same_path = N_(
        "Đề trộn khác nhau mà %(count)s lần trả lời hai câu liền nhau theo cùng thứ tự (%(shared)s câu chung)."
        " Nếu ngẫu nhiên, khoảng %(one_in)s cuộc thi như thế này mới có một cặp như vậy."
    )
    about = {"count": pair.count, "shared": pair.shared, "one_in": _one_in(pair.expected)}
    attempts, members = (pair.one.attempt, pair.other.attempt), (pair.one.member, pair.other.member)
    return Signal(pair.kind, 3, attempts, members, in_step if pair.kind == "in_step" else same_path, about)


def _one_in(expected: float) -> int:
    return min(int(1 / expected), 10**12) if expected else 10**12


def _alike(pair: Pair) -> Signal:
    sentence = N_(
        "Giống nhau %(same)s trong %(shared)s câu; %(both_wrong)s câu cùng sai thì %(same_wrong)s câu sai y hệt."
        " Nếu ngẫu nhiên, khoảng %(one_in)s cuộc thi như thế này mới có một cặp như vậy."
    )
    about = {
        "same": pair.same,
        "shared": pair.shared,
        "both_wrong": pair.both_wrong,
        "same_wrong": pair.same_wrong,
        "one_in": _one_in(pair.expected),
    }
    sheets = (pair.one, pair.other)
    attempts = tuple(sheet.attempt for sheet in sheets)
    return Signal("alike", 3, attempts, tuple(sheet.member for sheet in sheets), sentence, about)


def _by(traces: Iterable[Trace], key: Any) -> list[tuple[Any, list[Trace]]]:
    groups: dict[Any, list[Trace]] = {}
    for trace in traces:
        name = key(trace)
        if name is not None:
            groups.setdefault(name, []).append(trace)
    return list(groups.items())


def _signal(kind: str, weight: int, group: Sequence[Trace], sentence: str, key: str = "", **about: Any) -> Signal:
    attempts = tuple(trace.sheet.attempt for trace in group)
    members = tuple(dict.fromkeys(trace.sheet.member for trace in group))
    return Signal(kind, weight, attempts, members, sentence, about, key)
