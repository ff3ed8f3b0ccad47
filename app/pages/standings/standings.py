"""Standings as everybody may read them: live, frozen, one chapter's reasons, the members inside a chapter."""

from __future__ import annotations

import time
from typing import Any

from flask import Blueprint, Response, render_template, request

from app import security
from app.pages.parts.asked import chapter_at
from app.pages.parts.files import download
from app.pages.parts.frame import moment, today
from app.pages.parts.groups import group_name
from app.services import points
from app.services.apart import apart
from app.services.people.kinds import KINDS
from app.services.standings import freezing, inside, opened, standings
from app.services.standings import report as reports
from app.services.standings.opened import Snapshot
from app.services.standings.standings import Held
from quizzes.refusals import Rejected
from quizzes.standing import placing
from quizzes.standing.rules import ABOUT, FORMULAS, GROUPINGS, PARTS, weights

pages = Blueprint("standings", __name__)

SHOWN = 100  # chapters listed
MOVERS = 5  # chapters named that rose or fell most
WORDS = {
    "formulas": FORMULAS,
    "about": ABOUT,
    "groupings": GROUPINGS,
    "parts": PARTS,
    "weights": weights,
    "shown": placing.shown,
}


@pages.get("/standings")
def index() -> str:
    """All there are, the newest first."""
    return render_template("standings/index.html", found=standings.listed(), kinds=KINDS, **WORDS)


@pages.get("/standings/<public_id>", defaults={"no": 0})
@pages.get("/standings/<public_id>/<int:no>")
def one(public_id: str, no: int) -> str:
    """The live standing, or a frozen one."""
    held = standings.standing(public_id)
    found = _snapshot(held, no)
    member = security.current_member()
    home = _of_home(found, member.path if member else "/")
    group = request.args.get("group", home.group if home else found.groups[0] if found and found.groups else "")
    rows = [row for row in found.rows if row.group == group] if found else []
    moved = found.moves if found else []
    return render_template(
        "standings/one.html",
        held=held,
        found=found,
        rows=rows[:SHOWN],
        group=group,
        group_name=group_name,
        count=len(rows),
        home=home,
        near=placing.around(rows, home.number) if home else [],
        moves={row.number: row.up for row in moved},
        frozen=opened.frozen(held.id),
        climbed=[row for row in moved if row.up > 0][:MOVERS],
        check=_check(held, found),
        organiser=member is not None and member.may("organiser", held.path),
        **WORDS,
    )


def _of_home(found: Snapshot | None, path: str) -> placing.Placed | None:
    """The row of the reader's own chapter, or of the one above it that is compared."""
    if found is None:
        return None
    rows = {row.number: row for row in found.rows}
    return next(
        (
            rows[number]
            for number in map(int, reversed(path.strip("/").split("/") if path != "/" else []))
            if number in rows
        ),
        None,
    )


def _check(held: Held, found: Snapshot | None) -> freezing.Check | None:
    if found is None or not found.no or "check" not in request.args:
        return None
    return apart(freezing.check, held.public_id, found, opened.text_of(held.id, found.no))


def _snapshot(held: Held, no: int) -> Snapshot | None:
    found = opened.snapshot(held.id, no)
    if no and found is None:
        raise Rejected("not_found")
    return found


@pages.get("/standings/<public_id>/<int:no>/chapters/<int:chapter_id>")
def chapter(public_id: str, no: int, chapter_id: int) -> str:
    """Explains the rank of a chapter: its figures, each part with its weight."""
    held = standings.standing(public_id)
    found = _snapshot(held, no)
    row = found.row(chapter_id) if found else None
    if found is None or row is None:
        raise Rejected("not_found")
    return render_template(
        "standings/chapter.html",
        held=held,
        found=found,
        row=row,
        group_name=group_name,
        figures=found.candidates[chapter_id].figures,
        name=found.names[chapter_id],
        near=placing.around(found.rows, chapter_id),
        signed_in_here=security.current_member() is not None,
        **WORDS,
    )


@pages.get("/standings/<public_id>/<int:no>/chapters/<int:chapter_id>/report.<form>")
def report(public_id: str, no: int, chapter_id: int, form: str) -> Response:
    """The season's report of a chapter for its superior, from frozen figures only."""
    held = standings.standing(public_id)
    found = _snapshot(held, no)
    if found is None or not found.no or found.row(chapter_id) is None or form not in ("pdf", "xlsx"):
        raise Rejected("not_found")
    paper = reports.report(held, found, chapter_id, today(), moment(found.at))
    made = reports.as_pdf(paper) if form == "pdf" else reports.as_xlsx(paper)
    return download(made, f"bao-cao-{held.public_id}-{chapter_id}.{form}")


@pages.get("/chapters/<int:chapter_id>/points")
def members(chapter_id: int) -> str:
    """The members inside a chapter by their points of a season."""
    one = chapter_at(chapter_id)
    season = request.args.get("season", points.season_of(time.time_ns() // 1000), type=int)
    me = security.signed_in()
    lines, people = inside.members(one.path, season, me.id)
    return render_template(
        "standings/members.html",
        chapter=one,
        season=season,
        lines=lines,
        people=people,
        me=me,
        too_many=people > inside.MOST_PEOPLE,
        organiser=me.may("organiser", one.path),
    )


@pages.get("/standings/<public_id>/<int:no>/figures.json")
def export(public_id: str, no: int) -> Response:
    """Serves the sealed text, letter by letter, so that anybody can compute it again."""
    held = standings.standing(public_id)
    text = opened.text_of(held.id, no)
    if not text or not no:
        raise Rejected("not_found")
    return download(text, f"standing-{held.public_id}-{no}.json")


def context(**more: Any) -> dict[str, Any]:
    """The values that templates of standings need besides their own."""
    return {**WORDS, "group_name": group_name, **more}
