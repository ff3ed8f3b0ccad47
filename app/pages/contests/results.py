"""Results of a contest for everybody: standings so far, provisional and official results, tables of chapters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask_babel import gettext

from app.pages.contests.here import STATES, Here, clock, here_at
from app.services.contests.publishing import boards, export, publications
from app.services.contests.publishing.publications import Published
from app.services.contests.results import decisions, standings
from app.services.contests.results.standings import Page
from app.services.people.kinds import KINDS
from quizzes.contest.results.boards import OVERALL
from quizzes.contest.rules_text import results
from quizzes.contest.rules_text.whole import rules_text
from quizzes.contest.taking.attempts import settled_at
from quizzes.ranking import MILLION
from quizzes.refusals import Rejected

pages = Blueprint("contest_results", __name__)

PAGE = 50  # rows of a page


@pages.get("/contests/<public_id>/results")
def one(public_id: str) -> str:
    """The results page in its three states, as far as everybody may see."""
    here = here_at(public_id)
    found = here.published
    row = max(request.args.get("page", 1, type=int), 1) if here.organises else 1
    rules = here.contest.rules
    return render_template(
        "contests/results/one.html",
        here=here,
        rules=rules,
        board=board(here, found, row),
        page=row,
        size=_size(here),
        published=found,
        winners=_winners(here, found),
        unit_winners=_unit_winners(here, found),
        overall=found is not None and boards.has_overall(found),
        titles=decisions.TITLES,
        states=STATES,
        cancelled=_cancelled(here),
        headings=publications.headings(here.line.id),
        decided=_about_questions(here),
        settled_at=settled_at,
        told=decisions.told(here.line.id, here.member) if here.member else [],
        exported=_is_exported(here),
        clock=clock,
        one_prize=results.ONE_PRIZE,
        pager=lambda number: _address(here, number),
    )


def _cancelled(here: Here) -> list[tuple[str, int]]:
    """(section of the rules in words, people): cancelled results as everybody may read of them."""
    titles = {one.key: gettext(one.title) for one in rules_text(here.contest.rules)}
    return [(titles.get(key, gettext("Thể lệ")), count) for key, count in decisions.cancelled(here.line.id)]


def _address(here: Here, page: int) -> str:
    about: dict[str, Any] = {"wave": here.wave, "division": here.division or None, "page": page}
    return url_for("contest_results.one", public_id=here.line.public_id, **about)


def board(here: Here, found: Published | None, page: int) -> Page | None:
    """The rows to show, or None where there is nothing to show yet. Full names for organisers only."""
    if not (here.visible.standings or here.organises):
        return None
    top, skip, number = _size(here), (page - 1) * _size(here), here.line.id
    if found is not None:
        got = boards.board(number, found, here.wave, here.division, top=top, skip=skip, member=here.member)
    elif here.wave == OVERALL or here.state.state == "not_started":
        return None
    else:
        got = standings.board(number, here.wave, here.division, top=top, skip=skip, member=here.member)
    return got if here.organises else Page(standings.masked(got.lines), got.count, got.mine)


def _size(here: Here) -> int:
    return PAGE if here.organises else here.contest.rules.showing.top


def _winners(here: Here, found: Published | None) -> list[boards.Winner]:
    if found is None:
        return []
    mine = [one for one in boards.winners(here.line.id, found) if one.wave == here.wave]
    return [one for one in mine if one.division in ("", here.division)]


def _unit_winners(here: Here, found: Published | None) -> list[boards.UnitWinner]:
    is_last = here.wave in (OVERALL, len(here.contest.rules.waves) - 1)
    return boards.unit_winners(here.line.id, found) if found and is_last else []


@dataclass(frozen=True)
class AboutQuestion:
    """A decision about a question; its text only where the key may be seen."""

    no: int
    do: str
    text: str
    reason: str
    at: int


def _about_questions(here: Here) -> list[AboutQuestion]:
    return [
        AboutQuestion(one.no, one.do, here.question_text(one.question), one.reason, one.at)
        for one in decisions.about_questions(here.line.id)
    ]


def _is_exported(here: Here) -> bool:
    try:
        return bool(export.newest_official(here.line.id, here.now))
    except Rejected:
        return False


# --- chapters ---------------------------------------------------------------------------------------


@pages.get("/contests/<public_id>/results/chapters")
def chapters(public_id: str) -> str:
    """The table of the chapters below one: any level of the tree."""
    here = here_at(public_id)
    if not (here.visible.counts or here.organises):
        return render_template("contests/results/chapters.html", here=here, rows=None, kinds=KINDS)
    found = here.published
    rows: Sequence[Any]
    if found is not None and (here.wave == OVERALL or len(here.states) == 1):
        rows = boards.units(here.line.id, found)
    else:
        rows = standings.chapters(here.line.id, max(here.wave, 0))
    known = {one.unit: one for one in rows}
    under = request.args.get("under", type=int)
    at = known.get(under) if under is not None else None
    below = [one for one in rows if (one.parent if one.parent in known else None) == (at.unit if at else None)]
    if at is None and len(below) == 1:  # one province at the top: begin with what is below it
        at = below[0]
        below = [one for one in rows if one.parent == at.unit]
    below.sort(key=lambda one: (-one.entrants, one.name))
    return render_template(
        "contests/results/chapters.html",
        here=here,
        rows=below,
        at=at,
        way=_way(known, at),
        kinds=KINDS,
        rate=rate,
        has_below={one.parent for one in rows},
        official=found is not None,
        scores=here.visible.standings or here.organises,  # of a single entrant they are that person's
    )


def _way(known: dict[int, Any], at: Any) -> list[Any]:
    way: list[Any] = []
    while at is not None:
        way.insert(0, at)
        at = known.get(at.parent)
    return way


def rate(entrants: int, members: int) -> float | None:
    """Per cent of the locked head-count; None where it was not declared."""
    return min(entrants * MILLION // members, MILLION) / 10_000 if members else None
