"""Points for answers that many give at once. All points are half-points, all times microseconds.

"accuracy" (default). One more right answer always beats any speed and streak bonus of the whole round:

    B      = half-points of one right answer           S = sum of the multipliers of the round's questions
    cap    = floor((B - 1) / S) * multiplier           the most bonus one question can give
    points = floor(B * multiplier * right / 1000)      and, only when wholly right,
           + speed bonus  + streak bonus

    With streaks the streak bonus gets floor(cap / 2) and the speed bonus the rest; without, speed gets all.
    speed bonus  = floor(speed cap * (T - t) / T)      t rounded down to 0.1 s, 0 when untimed
    streak bonus = floor(streak cap * min(run - 1, 5) / 5)     run: wholly right answers in a row with this one

    Proof: the bonuses of a round sum to at most S * floor((B - 1) / S) <= B - 1 < B. So who has one right
    answer more (or any B half-points more by rightness) stands ahead, whatever the bonuses.

"speed", as Kahoot! has it, P = B * multiplier:

    points = floor((1 - t / T / 2) * P * right / 1000), all of P below 0.5 s or when untimed;
    streak bonus = floor(P * min(run - 1, 5) / 10): a tenth for each answer after the first, at most half.

Bonuses of a whole point or more are rounded down to whole points, which reads better on a stage.
"""

from __future__ import annotations

from dataclasses import dataclass

from quizzes.questions.contract import FULL

TENTH_US = 100_000
"""The step that times are rounded down to before they are compared, microseconds."""
SURE_US = 500_000
"""The time below which speed scoring gives everything, microseconds: nobody reads faster, and lines differ less."""
LONGEST_RUN = 5
"""The right answers in a row after which the bonus grows no more."""
ACCURACY, SPEED = "accuracy", "speed"


def rounded_us(time_us: int) -> int:
    """The time rounded down to 100 ms: smaller differences are network noise."""
    return time_us // TENTH_US * TENTH_US


def _neat(half_points: int) -> int:
    return half_points // 2 * 2 if half_points >= 2 else half_points


@dataclass(frozen=True)
class Scoring:
    """The published formula with the numbers of one round."""

    mode: str
    right_half: int
    """B: what one right answer is worth, in half-points."""
    seconds: int
    """T; 0 when untimed."""
    weights: int
    """S: the sum of the multipliers of all questions of the round."""
    streaks: bool = False

    def points(self, right: int, time_us: int, multiplier: int = 1, run: int = 1) -> int:
        """Half-points for an answer of share `right` after `time_us` on the show's clock."""
        if self.mode == SPEED:
            return self._by_speed(right, time_us, multiplier, run)
        base = self.right_half * multiplier * right // FULL
        return base + (self._bonus(time_us, multiplier, run) if right == FULL else 0)

    def _bonus(self, time_us: int, multiplier: int, run: int) -> int:
        cap = (self.right_half - 1) // max(1, self.weights) * multiplier
        streak_cap = cap // 2 if self.streaks else 0
        bonus = _neat(streak_cap * min(run - 1, LONGEST_RUN) // LONGEST_RUN)
        if self.seconds:
            whole_us = self.seconds * 1_000_000
            left_us = max(0, whole_us - rounded_us(time_us))
            bonus += _neat((cap - streak_cap) * left_us // whole_us)
        return bonus

    def _by_speed(self, right: int, time_us: int, multiplier: int, run: int) -> int:
        most = self.right_half * multiplier
        whole_us = self.seconds * 1_000_000
        if whole_us and time_us >= SURE_US:
            used_us = min(rounded_us(time_us), whole_us)
            won = most * (2 * whole_us - used_us) * right // (2 * whole_us * FULL)
        else:
            won = most * right // FULL
        streak = most * min(run - 1, LONGEST_RUN) // 10 if self.streaks and right == FULL else 0
        return _neat(won) + _neat(streak)
