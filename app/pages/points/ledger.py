"""The ledger for everybody: checkpoints to take away, and every entry that corrected an earlier one."""

from __future__ import annotations

from flask import Blueprint, Response, render_template

from app.pages.parts.files import download
from app.services.points import checkpoints, reading, rules
from quizzes.ledger.posting import CHAPTER, MEMBER
from quizzes.ledger.sources import MANY
from quizzes.refusals import Rejected

pages = Blueprint("ledger", __name__)


@pages.get("/ledger")
def index() -> str:
    """Serves the page of the ledger: its length, its checkpoints and its corrections."""
    found = rules.corrections()
    members = reading.public_names([one[4] for one in found if one[3] == MEMBER])
    chapters = reading.chapter_names([one[4] for one in found if one[3] == CHAPTER])
    lines = [
        (
            one[0],
            MANY[one[1]],
            one[2],
            {MEMBER: members, CHAPTER: chapters}.get(one[3], {}).get(one[4], ""),
            one[5],
            one[6] / 2,
            one[8],
        )
        for one in found
    ]
    return render_template(
        "points/ledger.html",
        count=checkpoints.count(),
        lines=lines,
        points=checkpoints.texts(60),
        keys=checkpoints.all_keys(),
    )


@pages.get("/ledger/checkpoints/<int:number>.txt")
def checkpoint(number: int) -> Response:
    """One checkpoint, as it was signed."""
    found = checkpoints.text(number)
    if found is None:
        raise Rejected("not_found")
    return download(found, f"diem-moc-{number}.txt")
