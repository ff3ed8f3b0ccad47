"""Finds the winners: prizes for people by their boards, prizes for chapters by their tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from quizzes.contest.results.boards import OVERALL, Board, Row
from quizzes.contest.results.chapters import Unit, UnitRow
from quizzes.contest.setup.rewards import CollectivePrize, Prize
from quizzes.contest.setup.rules import Rules
from quizzes.ranking import Key, Order, Place, lot, order, ranked


@dataclass(frozen=True)
class Win:
    prize: str
    wave: int
    division: str
    member: int
    rank: int
    """On the board."""


@dataclass(frozen=True)
class UnitWin:
    prize: str
    unit: int
    rank: int
    value: int
    """The figure it was judged by, in the unit of UnitRow."""


def wins(rules: Rules, boards: Sequence[Board], lots_seed: str = "") -> list[Win]:
    """The individual prizes of these boards.

    "best" goes through the prizes from the most to the least worthy over all waves, so that everybody
    keeps the best one and the next person moves up; "first" goes wave by wave; so prizes of a wave that
    is out stay as they are. Equal people at the edge of a prize all get it. The next prizes shrink by as many, as
    ranks 1, 1, 3 say.
    """
    hands = sorted(_hands(rules, boards), key=_turn(rules))
    holders: dict[object, set[int]] = {}
    carried: dict[tuple[int, str, str], int] = {}
    found: list[Win] = []
    for index, board in hands:
        prize = rules.prizes[index]
        having = holders.setdefault(_scope(rules, board), set())
        line = (board.wave, board.division, prize.by if prize.by == "rank" else prize.key)
        slots = prize.count - carried.get(line, 0)
        winners = _winners(rules, prize, board, having, slots, lots_seed)
        carried[line] = len(winners) - slots if slots < len(winners) else max(-slots, 0)
        found += [Win(prize.key, board.wave, board.division, place.row.line.member, place.rank) for place in winners]
        having.update(place.row.line.member for place in winners)
    return found


def _hands(rules: Rules, boards: Sequence[Board]) -> Iterator[tuple[int, Board]]:
    """Each prize with each board it is given on."""
    for index, prize in enumerate(rules.prizes):
        for board in boards:
            here = (board.wave == OVERALL) == (prize.board == "overall")
            if here and prize.division in ("", board.division):
                yield index, board


def _turn(rules: Rules) -> Callable[[tuple[int, Board]], tuple[int, int]]:
    """The order in which prizes are given; the overall board comes after the waves."""
    best = rules.one_prize == "best"

    def turn(hand: tuple[int, Board]) -> tuple[int, int]:
        index, board = hand
        wave = len(rules.waves) if board.wave == OVERALL else board.wave
        return (index, wave) if best else (wave, index)

    return turn


def _scope(rules: Rules, board: Board) -> object:
    """The key of the boards among which one person wins once: one board, one wave, or None for the whole contest."""
    if rules.one_prize == "none":
        return (board.wave, board.division)
    return board.wave if rules.one_prize == "wave" else None


def _winners(
    rules: Rules, prize: Prize, board: Board, having: set[int], slots: int, lots_seed: str
) -> list[Place[Row]]:
    able = [place for place in board.places if _able(prize, place.row) and place.row.line.member not in having]
    if slots <= 0:
        return []
    if prize.by == "lots":
        able.sort(key=lambda place: lot(f"{lots_seed}:{prize.key}:{board.wave}", place.row.line.member))
        return able[:slots]
    winners = able[:slots]
    edge = winners[-1].rank if winners else 0
    return winners + [place for place in able[slots:] if place.rank == edge]


def _able(prize: Prize, row: Row) -> bool:
    """True where this row may win: a place on the board is worth nothing to a person with no right answer."""
    line = row.line
    if prize.by == "rank" and line.of and not line.correct:
        return False
    return line.correct * 100 >= prize.least_percent * line.of


def unit_wins(rules: Rules, rows: Sequence[UnitRow], units: Iterable[Unit]) -> list[UnitWin]:
    """The collective prizes by the table over the whole contest."""
    tree = list(units)
    return [win for prize in rules.collective for win in _unit_winners(prize, rows, tree)]


def rivals(prize: CollectivePrize, units: Sequence[Unit]) -> list[Unit]:
    """The chapters that compete: of the kinds, big enough; where no kind is named those at the bottom."""
    parents = {unit.parent for unit in units}
    return [
        unit
        for unit in units
        if (unit.kind in prize.kinds if prize.kinds else unit.id not in parents) and unit.members >= prize.least_members
    ]


def _unit_winners(prize: CollectivePrize, rows: Sequence[UnitRow], units: Sequence[Unit]) -> list[UnitWin]:
    able = {unit.id for unit in rivals(prize, units)}
    compared = [row for row in rows if row.unit in able and row.entrants >= prize.least_entrants]
    places = ranked(compared, lambda row: _unit_order(prize, row), lambda row: row.unit)
    return [
        UnitWin(prize.key, place.row.unit, place.rank, value(prize.by, place.row))
        for place in places
        if place.rank <= prize.count and value(prize.by, place.row)
    ]


def value(by: str, row: UnitRow) -> int:
    """The figure that a collective prize compares."""
    found: int = getattr(row, by)
    return found


def _unit_order(prize: CollectivePrize, row: UnitRow) -> Order:
    """Equal chapters: the one with more entrants, then the higher rate, stands first."""
    keys = [Key(name, "", most_first=True) for name in (prize.by, "entrants", "rate")]
    return order({key.name: value(key.name, row) for key in keys}, keys)
