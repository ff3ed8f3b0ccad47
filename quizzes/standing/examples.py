"""Four invented chapters beside each formula, so that an organiser sees what it rewards before choosing it."""

from __future__ import annotations

from dataclasses import replace

from quizzes.ranking import fading_sum
from quizzes.refusals import N_
from quizzes.standing.figures import Candidate, Figures
from quizzes.standing.placing import Placed, placed
from quizzes.standing.rules import Rules

NAMES = (
    N_("Chi đoàn đông: 200 người, 60 người thi"),
    N_("Chi đoàn vừa: 40 người, 30 người thi"),
    N_("Chi đoàn nhỏ: 12 người, ai cũng thi"),
    N_("Chi đoàn ba người"),
)
EACH = 100
"""Half-points of everybody who took part."""
_TAKEN = ((200, 60, 20), (40, 30, 16), (12, 12, 9), (3, 3, 3))
"""People, who took part, who completed 1+2."""


def examples(rules: Rules) -> list[Placed]:
    """The four in the order these rules put them; `number` is the place in NAMES. Nobody is grouped."""
    return placed(replace(rules, grouping="all"), [_one(at, *row) for at, row in enumerate(_TAKEN)])


def _one(number: int, people: int, took_part: int, both: int) -> Candidate:
    points = took_part * EACH
    counts = Figures(
        people, points, points * 3 // 5, points * 2 // 5, both, both * 2, both * 3, both, both, people, took_part
    )
    return Candidate(number, counts, fading_sum([EACH] * took_part))
