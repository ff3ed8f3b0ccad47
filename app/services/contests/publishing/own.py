"""One's own place in what a contest has published, where its rules let places be seen."""

from __future__ import annotations

from dataclasses import dataclass

from app.services.contests.contests import frozen
from app.services.contests.publishing import publications
from quizzes.contest.results.boards import OVERALL


@dataclass(frozen=True)
class OwnPlace:
    """`rank` among `of` of the same board: of the whole contest, else of the last wave this member took part in."""

    rank: int
    of: int
    official: bool


def own_place(contest_id: int, member_id: int, now: int) -> OwnPlace | None:
    """None where nothing is published, nothing may be seen yet, or the member is on no board."""
    rules, headings = frozen(contest_id).rules, publications.headings(contest_id)
    if not headings:
        return None
    states = {one.wave: one for one in publications.states(contest_id, now)}
    found = publications.published(contest_id, headings[-1].no)
    last = max(states, default=0)
    keys = [key for key, rows in found.rows.items() if member_id in rows]
    for wave, division in sorted(keys, key=lambda key: last + 1 if key[0] == OVERALL else key[0], reverse=True):
        about = states.get(last if wave == OVERALL else wave)
        if about is None or not publications.shown(rules, about.wave, about.state, now).standings:
            continue
        row = found.row(wave, division, member_id)
        if row is not None:
            return OwnPlace(int(row[0]), len(found.boards[wave, division]), about.state == publications.OFFICIAL)
    return None
