"""Decides what is shown at which time: scores, keys, standings, counts, the state of the results page.

Three rules stand above the settings. With several tries the score waits for the wave's end (an oracle
otherwise). Standings hold everybody's own score, so they never come before it. Where a number of entrants is
to be predicted, everything that tells it waits until nobody can enter any more (traps 1.22).
"""

from __future__ import annotations

from dataclasses import dataclass

from quizzes.contest.setup.rules import Rules
from quizzes.contest.taking.attempts import settled_at
from quizzes.hours import DAY, MINUTE


@dataclass(frozen=True)
class Visible:
    """To members and the public, of one wave."""

    score: bool
    key: bool
    counts: bool
    """How many take part, charts of it, chapter tables."""
    standings: bool
    as_of: int | None
    """Standings show what was handed in up to here; None: everything."""


PRACTICE = Visible(score=True, key=True, counts=True, standings=False, as_of=None)
"""Shows everything at once for practice, which has a pool of its own."""


def one_try(rules: Rules) -> bool:
    """True when nobody can use a shown score for a further try in the same wave."""
    return rules.attempts.most == 1


def last_settled(rules: Rules) -> int:
    return max((settled_at(rules, wave) for wave in range(len(rules.waves))), default=0)


def visible(rules: Rules, wave: int, at: int, published: bool = False, official: bool = False) -> Visible:
    """The parts of a wave that may be shown. `published`: the wave's results were published, as provisional or
    official ones."""
    showing = rules.showing
    over = at >= settled_at(rules, wave)
    ended = at >= last_settled(rules)
    counts = _counts(rules, over, ended)
    score = official or (over and showing.score != "official") or (showing.score == "at_once" and one_try(rules))
    open_board = published or (score and (over or showing.standings == "live"))
    return Visible(
        score=score,
        key=(showing.key == "after_wave" and over) or (showing.key == "after_contest" and ended),
        counts=counts,
        standings=open_board and counts,
        as_of=None if published else _frozen(rules, wave, at, over),
    )


def _counts(rules: Rules, over: bool, ended: bool) -> bool:
    if rules.prediction is None:
        return True
    return over if rules.prediction.span == "wave" else ended


def _frozen(rules: Rules, wave: int, at: int, over: bool) -> int | None:
    freeze = rules.showing.freeze_minutes * MINUTE
    if not freeze:
        return None if over else at
    return min(at, rules.waves[wave].ends_at - freeze)


def results_state(rules: Rules, wave: int, at: int, published_at: int = 0, official_at: int = 0) -> str:
    """not_started, running, closed (no results yet), provisional (complaints are taken), official."""
    if official_at and at >= official_at:
        return "official"
    if published_at and at >= published_at:
        return "provisional"
    if at < rules.waves[wave].opens_at:
        return "not_started"
    return "running" if at < settled_at(rules, wave) else "closed"


def complaints_until(rules: Rules, published_at: int) -> int:
    """The end of the complaint window, which begins with the publication; results become official after it."""
    return published_at + rules.complaints.window_days * DAY


def results_due(rules: Rules, wave: int) -> int:
    """The moment by which the rules promise the results."""
    return rules.waves[wave].ends_at + rules.complaints.results_days * DAY
