"""Results of a contest for everybody: standings so far, provisional and official results, tables of chapters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask_babel import gettext

from app.pages.contests.here import STATES, Here, clock, here
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
    place = here(public_id)
    found = place.published
    row = max(request.args.get("page", 1, type=int), 1) if place.organises else 1
    rules = place.contest.rules
    return render_template(
        "contests/results/one.html",
        place=place,
        rules=rules,
        board=board(place, found, row),
        page=row,
        size=_size(place),
        published=found,
        winners=_winners(place, found),
        unit_winners=_unit_winners(place, found),
        overall=found is not None and boards.has_overall(found),
        titles=decisions.TITLES,
        states=STATES,
        cancelled=_cancelled(place),
        headings=publications.headings(place.line.id),
        decided=_about_questions(place),
        settled_at=settled_at,
        told=decisions.told(place.line.id, place.member) if place.member else [],
        exported=_is_exported(place),
        clock=clock,
        one_prize=results.ONE_PRIZE,
        pager=lambda number: _address(place, number),
    )


def _cancelled(place: Here) -> list[tuple[str, int]]:
    """(section of the rules in words, people): cancelled results as everybody may read of them."""
    titles = {one.key: gettext(one.title) for one in rules_text(place.contest.rules)}
    return [(titles.get(key, gettext("Thể lệ")), count) for key, count in decisions.cancelled(place.line.id)]


def _address(place: Here, page: int) -> str:
    about: dict[str, Any] = {"wave": place.wave, "division": place.division or None, "page": page}
    return url_for("contest_results.one", public_id=place.line.public_id, **about)


def board(place: Here, found: Published | None, page: int) -> Page | None:
    """The rows to show, or None where there is nothing to show yet. Full names for organisers only."""
    if not (place.visible.standings or place.organises):
        return None
    top, skip, number = _size(place), (page - 1) * _size(place), place.line.id
    if found is not None:
        got = boards.board(number, found, place.wave, place.division, top=top, skip=skip, member=place.member)
    elif place.wave == OVERALL or place.state.state == "not_started":
        return None
    else:
        got = standings.board(number, place.wave, place.division, top=top, skip=skip, member=place.member)
    return got if place.organises else Page(standings.masked(got.lines), got.count, got.mine)


def _size(place: Here) -> int:
    return PAGE if place.organises else place.contest.rules.showing.top


def _winners(place: Here, found: Published | None) -> list[boards.Winner]:
    if found is None:
        return []
    mine = [one for one in boards.winners(place.line.id, found) if one.wave == place.wave]
    return [one for one in mine if one.division in ("", place.division)]


def _unit_winners(place: Here, found: Published | None) -> list[boards.UnitWinner]:
    is_last = place.wave in (OVERALL, len(place.contest.rules.waves) - 1)
    return boards.unit_winners(place.line.id, found) if found and is_last else []


@dataclass(frozen=True)
class AboutQuestion:
    """A decision about a question; its text only where the key may be seen."""

    no: int
    do: str
    text: str
    reason: str
    at: int


def _about_questions(place: Here) -> list[AboutQuestion]:
    return [
        AboutQuestion(one.no, one.do, place.question_text(one.question), one.reason, one.at)
        for one in decisions.about_questions(place.line.id)
    ]


def _is_exported(place: Here) -> bool:
    try:
        return bool(export.newest_official(place.line.id, place.now))
    except Rejected:
        return False


# --- chapters ---------------------------------------------------------------------------------------


@pages.get("/contests/<public_id>/results/chapters")
def chapters(public_id: str) -> str:
    """The table of the chapters below one: any level of the tree."""
    place = here(public_id)
    if not (place.visible.counts or place.organises):
        return render_template("contests/results/chapters.html", place=place, rows=None, kinds=KINDS)
    found = place.published
    rows: Sequence[Any]
    if found is not None and (place.wave == OVERALL or len(place.states) == 1):
        rows = boards.units(place.line.id, found)
    else:
        rows = standings.chapters(place.line.id, max(place.wave, 0))
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
        place=place,
        rows=below,
        at=at,
        way=_way(known, at),
        kinds=KINDS,
        rate=rate,
        has_below={one.parent for one in rows},
        official=found is not None,
        scores=place.visible.standings or place.organises,  # of a single entrant they are that person's
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
