"""Everything a contest publishes, from the finished attempts: one pure function, one plain table.

found = compute(rules, lines, rulings, units, lots_seed)
table(found)      JSON; what is published, exported, compared by `export.verify`
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from quizzes.contest.results.boards import OVERALL, Board, actuals, boards
from quizzes.contest.results.chapters import Entrant, Unit, UnitRow, homes
from quizzes.contest.results.chapters import table as unit_table
from quizzes.contest.results.decisions import Rulings
from quizzes.contest.results.grading import Line
from quizzes.contest.results.prizes import UnitWin, Win, unit_wins, wins
from quizzes.contest.setup.rules import Rules
from quizzes.ledger import Due


@dataclass(frozen=True)
class Results:
    actuals: Mapping[int, int]
    """Wave -> the number that was to be predicted."""
    boards: Sequence[Board]
    wins: Sequence[Win]
    units: Sequence[UnitRow]
    """Over the whole contest."""
    unit_wins: Sequence[UnitWin]
    due: Mapping[int, Due]
    """Member -> what the ledger gets, once for the contest."""


def compute(
    rules: Rules, lines: Sequence[Line], rulings: Rulings, units: Sequence[Unit], lots_seed: str = ""
) -> Results:
    found = boards(rules, lines, rulings, lots_seed)
    won = wins(rules, found, lots_seed)
    people = entrants(rules, found, won, lines)
    rows = unit_table(units, people, rules.rate_points)
    return Results(
        actuals=actuals(rules, lines, rulings),
        boards=found,
        wins=won,
        units=rows,
        unit_wins=unit_wins(rules, rows, units),
        due=_due(rules, found, won, {one.member: one.chapter for one in people}),
    )


def _counted(found: Sequence[Board]) -> dict[int, list[Line]]:
    """Member -> the counted line of each wave."""
    mine: dict[int, list[Line]] = {}
    for board in found:
        for place in board.places if board.wave != OVERALL else ():
            mine.setdefault(place.row.line.member, []).append(place.row.line)
    return mine


def entrants(rules: Rules, found: Sequence[Board], won: Sequence[Win], lines: Sequence[Line]) -> list[Entrant]:
    """Everybody with a counted result, once."""
    prizes = {prize.key: prize for prize in rules.prizes}
    home = homes((line.no, line.member, line.chapter) for line in lines)
    held: dict[int, list[int]] = {}
    for win in won:
        held.setdefault(win.member, []).append(prizes[win.prize].unit_points)
    return [
        Entrant(
            member=member,
            chapter=home.get(member),
            score=sum(line.score for line in mine),
            all_correct=any(line.full for line in mine),
            prizes=len(held.get(member, ())),
            unit_points=sum(held.get(member, ())),
        )
        for member, mine in sorted(_counted(found).items())
    ]


def _due(rules: Rules, found: Sequence[Board], won: Sequence[Win], home: Mapping[int, int | None]) -> dict[int, Due]:
    """entry + waves * per_wave + right answers * per_right + prizes, at most `most`."""
    formula = rules.points
    prizes = {prize.key: prize.points for prize in rules.prizes}
    sums = {
        member: formula.entry + sum(formula.per_wave + formula.per_right * line.correct for line in mine)
        for member, mine in _counted(found).items()
    }
    for win in won:
        sums[win.member] += prizes[win.prize]
    most = formula.most
    return {member: Due(min(points, most) if most else points, home[member]) for member, points in sorted(sums.items())}


COLUMNS = ("rank", "member", "attempt", "score", "correct", "of", "time_us", "ended_at", "prediction", "distance")
"""The columns of a board's rows in the published table."""


def table(found: Results) -> dict[str, Any]:
    """The results as JSON: member and chapter numbers only, no names."""
    return {
        "actuals": {str(wave): number for wave, number in sorted(found.actuals.items())},
        "boards": [
            {"wave": one.wave, "division": one.division, "rows": [_cells(place) for place in one.places]}
            for one in found.boards
        ],
        "wins": [asdict(one) for one in found.wins],
        "units": [asdict(one) for one in found.units],
        "unit_wins": [asdict(one) for one in found.unit_wins],
        "points": {str(member): due.points for member, due in sorted(found.due.items())},
    }


def _cells(place: Any) -> list[Any]:
    line = place.row.line
    numbers = [line.score, line.correct, line.of, line.time_us, line.ended_at, line.prediction]
    return [place.rank, line.member, line.no, *numbers, place.row.distance]
