"""Taking a paper: who may start, how long it lasts, which save is stored, when a try is over.

All times are the server's receive times. A deadline is `closes_at`; what arrives within the grace after it
still counts (the road to us is not the member's fault), and is used as if it came at `closes_at`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NoReturn

from quizzes import hours
from quizzes.contest.setup.eligibility import Person, barred, unmet
from quizzes.contest.setup.rules import Division, Rules
from quizzes.contest.setup.waves import hours_of, wave_at
from quizzes.engine import SECOND
from quizzes.refusals import Rejected

MOST_EXTRA = 200
"""The most extra time that a person can be given, per cent."""
PRACTICE_WAVE = -1
"""The wave that tries for practice stand under."""


@dataclass(frozen=True)
class Past:
    """A try of this person so far. A `cancelled` one (a technical fault) is given back."""

    wave: int
    closes_at: int
    submitted_at: int | None
    practice: bool = False
    cancelled: bool = False


@dataclass(frozen=True)
class Start:
    wave: int
    division: str
    try_no: int
    """From 1, in this wave."""
    closes_at: int


def grace(rules: Rules) -> int:
    return rules.timing.grace_seconds * SECOND


def division_of(rules: Rules, person: Person, year: int) -> Division | None:
    """The first division that fits; one for all where none are named."""
    if not rules.divisions:
        return Division()
    return next((one for one in rules.divisions if unmet(one.who, person, year) is None), None)


def admitted(rules: Rules, person: Person, questions: frozenset[str]) -> Division:
    """The person's division, or Rejected: barred, not_eligible, birth_year_needed, with `part`."""
    year = hours.local(rules.waves[0].opens_at).year if rules.waves else 0
    refusal = barred(rules.barred, person, questions) or unmet(rules.who, person, year)
    if refusal:
        raise Rejected(refusal.code, part=refusal.part)
    division = division_of(rules, person, year)
    if division is None:
        raise Rejected("not_eligible", part="divisions")
    return division


def start(
    rules: Rules,
    person: Person,
    questions: frozenset[str],
    past: Sequence[Past],
    at: int,
    length: int,
    extra_percent: int = 0,
) -> Start:
    """A try that counts, or Rejected: not_open {opens_at}, over, unfinished, no_tries, or `admitted`'s."""
    division = admitted(rules, person, questions)
    wave = wave_at(rules.waves, at, person.chapters)
    if wave is None:
        _refuse_hours(rules, at, person.chapters)
    counted = [one for one in past if not one.practice]
    if any(is_running(rules, one, at) for one in counted):
        raise Rejected("unfinished")
    used = [one for one in counted if not one.cancelled]
    if rules.attempts.per == "wave":
        used = [one for one in used if one.wave == wave]
    if len(used) >= rules.attempts.most:
        raise Rejected("no_tries", most=rules.attempts.most)
    number = 1 + sum(one.wave == wave for one in counted)
    return Start(wave, division.key, number, deadline(rules, wave, at, length, extra_percent, person.chapters))


def practise(rules: Rules, person: Person, past: Sequence[Past], at: int, length: int, extra_percent: int = 0) -> Start:
    """A try that does not count, from the practice pool, until the last wave closes."""
    division = admitted(rules, person, frozenset())
    if not rules.waves or at >= max(wave.ends_at for wave in rules.waves):
        raise Rejected("over")
    used = [one for one in past if one.practice]
    if any(is_running(rules, one, at) for one in used):
        raise Rejected("unfinished")
    if len(used) >= rules.attempts.practice:
        raise Rejected("no_tries", most=rules.attempts.practice)
    closes_at = at + allowed(rules, length, extra_percent)
    return Start(PRACTICE_WAVE, division.key, len(used) + 1, closes_at)


def _refuse_hours(rules: Rules, at: int, chapters: Sequence[int]) -> NoReturn:
    later = [opens_at for opens_at, _ in (hours_of(wave, chapters) for wave in rules.waves) if opens_at > at]
    if later:
        raise Rejected("not_open", opens_at=min(later))
    raise Rejected("over")


def is_running(rules: Rules, past: Past, at: int) -> bool:
    return past.submitted_at is None and not past.cancelled and at <= past.closes_at + grace(rules)


def allowed(rules: Rules, length: int, extra_percent: int = 0) -> int:
    """The time for a paper of `length` questions, in microseconds."""
    times = 1 if rules.timing.kind == "whole" else length
    return times * each(rules, extra_percent)


def each(rules: Rules, extra_percent: int = 0) -> int:
    """The time for one question, or for the whole paper where that is what is timed."""
    return rules.timing.seconds * SECOND * (100 + min(extra_percent, MOST_EXTRA)) // 100


def deadline(
    rules: Rules, wave: int, started_at: int, length: int, extra_percent: int = 0, chapters: Sequence[int] = ()
) -> int:
    """When a try that begins now is over; `chapters` as in Person."""
    closes_at = started_at + allowed(rules, length, extra_percent)
    return min(closes_at, hours_of(rules.waves[wave], chapters)[1]) if rules.timing.cut else closes_at


def settled_at(rules: Rules, wave: int) -> int:
    """The moment from which nothing of this wave can change: nobody is writing, and nothing late is on its way."""
    closed = rules.waves[wave].ends_at
    longest = 0 if rules.timing.cut else allowed(rules, 200, MOST_EXTRA)
    return closed + longest + grace(rules)


@dataclass(frozen=True)
class Position:
    """The question at which a paper timed by questions stands. `index` = length: all questions are over."""

    index: int
    opens_at: int
    closes_at: int


def position(windows: Sequence[Position], at: int) -> Position:
    """The question that is open at `at`."""
    end = windows[-1].closes_at if windows else at
    return next((one for one in windows if at < one.closes_at), Position(len(windows), end, end))


def question_windows(
    started_at: int, length: int, each_us: int, moved_on: Mapping[int, int], closes_at: int
) -> list[Position]:
    """The moment at which each question's time ends. The next question opens when the time is up, or when the member
    moved on (received at `moved_on[index]`). A phone that is away changes nothing: the clock runs on the server."""
    found: list[Position] = []
    opens_at = started_at
    for index in range(length):
        limit = min(opens_at + each_us, max(closes_at, opens_at))
        left = moved_on.get(index)
        end = min(left, limit) if left is not None and left >= opens_at else limit
        found.append(Position(index, opens_at, end))
        opens_at = end
    return found
