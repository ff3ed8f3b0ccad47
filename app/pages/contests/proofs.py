"""Files with which anybody can check published results: the signed page, the export, the public key."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from flask import Blueprint, Response, render_template, stream_with_context
from flask_babel import gettext

from app.pages.contests.here import STATES, Here, clock, here_at
from app.pages.parts.files import download
from app.services.commit import breathe
from app.services.contests.publishing import boards as read_boards
from app.services.contests.publishing import export as contest_export
from app.services.contests.publishing import publications, signing
from app.services.contests.publishing.publications import OFFICIAL, Published
from app.services.contests.publishing.rows import signed_rows
from app.services.points import checkpoints
from quizzes.contest.results import showing
from quizzes.refusals import Rejected

pages = Blueprint("contest_files", __name__)

STYLE = Path(__file__).resolve().parents[3] / "static" / "css" / "contests" / "publication.css"


@pages.get("/contests/<public_id>/publications/<int:no>.html")
def page(public_id: str, no: int) -> Response:
    """A publication as one file that needs no server: table, digest, signature, public key."""
    here = here_at(public_id)
    found = publications.published(here.line.id, no)
    breathe()  # the table of a province is long to read, each time
    if not here.organises and not _may_be_seen(here, found):
        raise Rejected("not_found")
    html = render_template(
        "contests/results/page.html",
        here=here,
        found=found,
        clock=clock,
        states=STATES,
        promises=_promises(here, found),
        public_key=signing.signer.public(),
        checkpoint=checkpoints.text_at(found.heading.at),
        style=_style(),
        **_tables(here, found),
    )
    breathe()
    return download(html, f"ket-qua-{public_id}-{no}.html")


def _tables(here: Here, found: Published) -> dict[str, Any]:
    """The results as the file shows them; each reading of a province's table is long, and lets others go on."""
    top = max(here.contest.rules.showing.top, 1)
    boards = [
        (
            part["wave"],
            part["division"],
            read_boards.board(here.line.id, found, part["wave"], part["division"], top=top),
        )
        for part in found.results["boards"]
        if part["rows"]
    ]
    breathe()
    won = read_boards.winners(here.line.id, found)
    breathe()
    rows = signed_rows(found.heading.id)
    breathe()
    data = contest_export.page_data(here.line.id, found, rows)
    breathe()
    return {
        "boards": boards,
        "winners": {(one.wave, one.division, one.member): one.prize for one in won},
        "unit_winners": read_boards.unit_winners(here.line.id, found),
        "rows": rows,
        "data": data,
    }


def _style() -> str:
    """The look of the file, inside it: the site's own pages have no such thing."""
    return f"<style>\n{STYLE.read_text()}</style>"


def _may_be_seen(here: Here, found: Published) -> bool:
    """Not while its numbers would tell what is still to be predicted."""
    rules = here.contest.rules
    waves = publications.covered(rules, found.heading.computed_at)
    return all(showing.visible(rules, wave, here.now, True).counts for wave in waves)


def _promises(here: Here, found: Published) -> list[tuple[str, str]]:
    """The seeds' published promises; the seeds themselves once nobody can enter and it is official."""
    papers, lots = here.line.commitments
    rows = [(gettext("Mã đã cam kết (đề thi)"), papers), (gettext("Mã đã cam kết (bốc thăm)"), lots)]
    if found.heading.state == OFFICIAL and here.now >= showing.last_settled(here.contest.rules):
        rows.append((gettext("Hạt giống (đề thi)"), here.contest.seed))
        rows.append((gettext("Hạt giống (bốc thăm)"), here.contest.lots_seed))
    return rows


@pages.get("/contests/<public_id>/results.jsonl")
def export(public_id: str) -> Response:
    """Everything the official results follow from, without names: `contest verify` recomputes them."""
    here = here_at(public_id)
    no = contest_export.newest_official(here.line.id, here.now)
    lines = (f"{line}\n" for line in contest_export.export_lines(here.line.id, no))
    return download(stream_with_context(lines), f"cuoc-thi-{public_id}.jsonl")


@pages.get("/results-key")
def key() -> Response:
    """The public key under which this site publishes results."""
    return Response(f"ed25519 {signing.signer.public()}\n", mimetype="text/plain")
