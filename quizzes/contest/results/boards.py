"""Boards: who stands where, in each wave and division, and over the whole contest."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from quizzes.contest.results.decisions import Rulings
from quizzes.contest.results.grading import Line
from quizzes.contest.setup.measures import KEYS
from quizzes.contest.setup.rules import Rules
from quizzes.ranking import Key, Order, Place, lot, order, packed, ranked

OVERALL = -1
"""The wave number of the board over the whole contest."""
LOT = Key("lot", "", most_first=False)


@dataclass(frozen=True)
class Row:
    """A member's counted result on one board."""

    line: Line
    distance: int | None = None
    """|prediction - actual|."""
    full_scores: int = 0


@dataclass(frozen=True)
class Board:
    wave: int
    division: str
    places: tuple[Place[Row], ...]


def measures(rules: Rules, row: Row) -> dict[str, int | None]:
    line = row.line
    return {
        "score": line.score,
        "correct": line.correct,
        "distance": row.distance,
        "time_used": line.time_us // (rules.ranking.time_step_ms * 1000),
        "submitted": line.ended_at,
        "started": line.started_at,
        "tries": line.try_no,
        "order": line.no,
        "full_scores": row.full_scores,
        "younger": line.birth_year,
        "older": line.birth_year,
    }


def row_order(rules: Rules, row: Row, lots_seed: str = "") -> Order:
    keys = [KEYS[name] for name in rules.ranking.keys]
    found = order(measures(rules, row), keys)
    if rules.ranking.ties == "lots" and lots_seed:
        found += order({"lot": lot(lots_seed, row.line.member)}, (LOT,))
    return found


def rank_bytes(rules: Rules, line: Line) -> bytes:
    """The key of a table's index: it puts attempts in the order of the live board (no distance, no lots yet)."""
    return packed(row_order(rules, Row(line, None, int(line.full))))


def actuals(rules: Rules, lines: Iterable[Line], rulings: Rulings) -> dict[int, int]:
    """Wave -> the number that was to be predicted; one number for all where it spans the contest."""
    asked = rules.prediction
    if asked is None:
        return {}
    counted: dict[int, set[int]] = {wave: set() for wave in range(len(rules.waves))}
    for line in lines:
        if not asked.disqualified and rulings.excludes(line.member, line.wave):
            continue
        if asked.quantity == "all_correct" and not line.full:
            continue
        for wave in counted if asked.span == "contest" else (line.wave,):
            counted[wave].add(line.member if asked.of == "people" else line.no)
    return {wave: len(found) for wave, found in counted.items()}


def boards(rules: Rules, lines: Sequence[Line], rulings: Rulings, lots_seed: str = "") -> list[Board]:
    """Waves in order, then the overall board; within each the divisions where they rank apart."""
    actual = actuals(rules, lines, rulings)
    admitted = [line for line in lines if not rulings.excludes(line.member, line.wave)]
    by_wave: dict[int, list[Row]] = {wave: [] for wave in range(len(rules.waves))}
    for (_, wave), tries in _grouped(admitted).items():
        by_wave[wave].append(_counted(rules, tries, actual.get(wave)))
    if rules.ranking.overall != "none":
        by_wave[OVERALL] = _overall(rules, [row for rows in by_wave.values() for row in rows])
    keys = [one.key for one in rules.divisions] if rules.ranking.apart else [""]
    return [Board(wave, key, _places(rules, rows, key, lots_seed)) for wave, rows in by_wave.items() for key in keys]


def _grouped(lines: Iterable[Line]) -> dict[tuple[int, int], list[Line]]:
    """(member, wave) -> the tries there."""
    found: dict[tuple[int, int], list[Line]] = {}
    for line in lines:
        found.setdefault((line.member, line.wave), []).append(line)
    return found


def _counted(rules: Rules, tries: list[Line], actual: int | None) -> Row:
    """The row of the try that counts."""
    full = sum(line.full for line in tries)
    rows = [Row(line, _distance(line, actual), full) for line in tries]
    if len(rows) == 1:
        return rows[0]
    if rules.attempts.counts == "first":
        return min(rows, key=lambda row: row.line.try_no)
    if rules.attempts.counts == "last":
        return max(rows, key=lambda row: row.line.try_no)
    return min(rows, key=lambda row: (row_order(rules, row), row.line.no))


def _distance(line: Line, actual: int | None) -> int | None:
    return None if line.prediction is None or actual is None else abs(line.prediction - actual)


def _overall(rules: Rules, rows: Iterable[Row]) -> list[Row]:
    mine: dict[int, list[Row]] = {}
    for row in rows:
        mine.setdefault(row.line.member, []).append(row)
    join = _sum if rules.ranking.overall == "sum" else _best
    return [join(rules, found) for found in mine.values()]


def _best(rules: Rules, rows: list[Row]) -> Row:
    best = min(rows, key=lambda row: (row_order(rules, row), row.line.no))
    return replace(best, full_scores=sum(row.full_scores for row in rows))


def _sum(rules: Rules, rows: list[Row]) -> Row:
    """The sum over the waves; a distance only for a member who entered every wave with a prediction."""
    rows = sorted(rows, key=lambda row: row.line.no)
    lines = [row.line for row in rows]
    added = ("try_no", "time_us", "score", "most", "correct", "of")
    sums = {name: sum(getattr(line, name) for line in lines) for name in added}
    line = replace(lines[0], ended_at=max(line.ended_at for line in lines), **sums)
    distances = [row.distance for row in rows if row.distance is not None]
    whole = len(distances) == len(rules.waves)
    return Row(line, sum(distances) if whole else None, sum(row.full_scores for row in rows))


def _places(rules: Rules, rows: Sequence[Row], division: str, lots_seed: str) -> tuple[Place[Row], ...]:
    mine = [row for row in rows if not division or row.line.division == division]
    places = ranked(mine, lambda row: row_order(rules, row, lots_seed), lambda row: row.line.member)
    return tuple(places)
