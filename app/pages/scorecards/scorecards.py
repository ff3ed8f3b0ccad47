"""Scorecards: made by a chapter, scored by those below, verified above, ranked in their cụm, with minutes."""

from __future__ import annotations

import re
import time
from datetime import datetime, timedelta
from datetime import time as hour
from zoneinfo import ZoneInfo

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug import Response

from app.pages.parts.asked import chapter_at
from app.pages.parts.files import download
from app.pages.parts.forms import Form
from app.pages.parts.frame import day, today
from app.pages.parts.groups import group_name
from app.pages.parts.reply import Reply
from app.security import current_member, signed_in
from app.security.access import need
from app.security.headers import settings
from app.services.people.kinds import KINDS
from app.services.scorecards import cards, entries, scoring
from app.services.scorecards import minutes as papers
from app.services.scorecards.cards import Card, Draft
from app.services.standings import opened, standings
from app.services.standings.standings import Held
from quizzes.refusals import N_, Rejected
from quizzes.scorecards.criteria import FILLS, RATE, SHAPES, most, worth, written
from quizzes.settings import typed

pages = Blueprint("scorecards", __name__)

EXAMPLE = (
    N_("Tổ chức; Báo cáo tháng; bậc; 8; 8 = đủ và đúng hạn, 6 = có trễ, 0 = thiếu"),
    N_("Tổ chức; Có kế hoạch chuyển đổi số năm; có không; 5"),
    N_("Phong trào; Đoàn viên hoàn thành 1+2; tỷ lệ; 20; từ both"),
    N_("Phong trào; Đoàn viên dự thi trực tuyến; tỷ lệ; 10; từ entrants"),
    N_("Phong trào; Buổi ra quân hỗ trợ người dân; số lượng; 10; 2,5 mỗi buổi"),
    N_("Điểm cộng; Mô hình mới được nhân rộng; cộng; 10; 5 mỗi mô hình"),
    N_("Điểm trừ; Minh chứng không đúng; trừ; 10; 2 mỗi lần"),
)
WEEKS = timedelta(weeks=3)
STANDINGS = 20  # standings offered to fill a card


@pages.get("/chapters/<int:chapter_id>/scorecards")
def index(chapter_id: int) -> str:
    """The cards of a chapter and of those above, which it scores itself on."""
    one = chapter_at(chapter_id)
    return render_template("scorecards/index.html", chapter=one, cards=cards.listed(one.path))


@pages.route("/chapters/<int:chapter_id>/scorecards/new", methods=["GET", "POST"])
def new(chapter_id: int) -> Reply:
    """Criteria as lines; what is wrong with one is said with its number."""
    one = chapter_at(chapter_id)
    form = Form(
        kind="chi_doan",
        criteria="\n".join(gettext(line) for line in EXAMPLE),
        until=(today() + WEEKS).isoformat(),
        source="",
        title=gettext("Chấm điểm thi đua năm %(year)s", year=today().year),
    )
    found, problems = written(form["criteria"])

    def store() -> str | None:
        if problems:
            said = [gettext(one.sentence) % one.about for one in problems[:5]]
            lines = "; ".join(f"{one.path[0]}: {words}" for one, words in zip(problems, said, strict=False))
            form.errors["criteria"] = gettext("Dòng %(lines)s", lines=lines)
            form.status = 422
            return None
        day = form.day("until")
        end = datetime.combine((day or today()) + timedelta(days=1), hour(), ZoneInfo(settings().time_zone))
        source = _source(form["source"], form["kind"])
        draft = Draft(form["title"], form["kind"], found, int(end.timestamp()) * 1_000_000, source)
        return cards.make(signed_in().id, chapter_id, draft)

    if (made := form.made(store)) is not None:
        return redirect(url_for("scorecards.one", public_id=made))
    return render_template(
        "scorecards/new.html",
        form=form,
        chapter=one,
        kinds=KINDS,
        shapes=SHAPES,
        fills=FILLS,
        most=most(found),
        sources=_sources(one.path),
    ), form.status


def _sources(path: str) -> list[tuple[str, str]]:
    """The frozen standings of a subtree and of all above it, which a card could be filled from, by "abc:2"."""
    found = [one for one in standings.listed() if one.path.startswith(path) or path.startswith(one.path)]
    return [
        (f"{held.public_id}:{no}", _named(held, no, at))
        for held in found[:STANDINGS]
        for no, at in opened.frozen(held.id)
    ]


def _named(held: Held, no: int, at: int) -> str:
    kind = gettext(KINDS[held.kind])
    said = gettext("%(title)s, %(kind)s, bản chốt số %(no)s, %(day)s", title=held.title, kind=kind, no=no, day=day(at))
    return str(said)


def _source(said: str, kind: str) -> str:
    """The frozen standing that fills a card: "" for none. Rejected: scorecard_source where there is none of that name,
    or it compares chapters of another kind."""
    if not said:
        return ""
    public_id, _, no = said.partition(":")
    held = next((one for one in standings.listed() if one.public_id == public_id), None)
    if held is None or held.kind != kind or not no.isdecimal() or opened.snapshot(held.id, int(no)) is None:
        raise Rejected("scorecard_source", field="source")
    return said


@pages.get("/scorecards/<public_id>")
def one(public_id: str) -> str:
    """The ranking inside each cụm; before it is closed the scores so far are for organisers only."""
    card, member = cards.card(public_id), current_member()
    organiser = member is not None and member.may("organiser", card.path)
    roles = member.roles if member else ()
    mine = tuple(path for role, path in roles if role in ("organiser", "admin") and _meet(path, card.path))
    seen = card.state == cards.CLOSED or bool(mine)
    return render_template(
        "scorecards/one.html",
        card=card,
        lines=scoring.table(card, scoring.snapshot_of(card)) if seen else [],
        group_name=group_name,
        organiser=organiser,
        seen=seen,
        most=most(card.criteria),
        shapes=SHAPES,
        mine=mine,
    )


def _meet(path: str, other: str) -> bool:
    """True when one of two chapters lies below the other, or both are the same."""
    return path.startswith(other) or other.startswith(path)


@pages.route("/scorecards/<public_id>/chapters/<int:chapter_id>", methods=["GET", "POST"])
def chapter(public_id: str, chapter_id: int) -> Reply:
    """A chapter's sheet: it scores itself while the card is open; the parent verifies."""
    card, one, me = cards.card(public_id), chapter_at(chapter_id), signed_in()
    verifies, scores = me.may("organiser", card.path), me.may("organiser", one.path)
    if not scores or one.kind != card.kind or not one.path.startswith(card.path):
        raise Rejected("forbidden" if not scores else "not_found")
    form, frozen = Form(), scoring.snapshot_of(card)

    def store() -> None:
        if form["what"] == "verify":
            scoring.verify(me.id, card, chapter_id, _typed(card, "verified", "note"), frozen, _shown(card))
        else:
            scoring.claim(me.id, card, chapter_id, _typed(card, "claimed", "evidence"))

    if form.accepted(store):
        flash(gettext("Đã lưu."), "good")
        return redirect(url_for("scorecards.chapter", public_id=public_id, chapter_id=chapter_id))
    return render_template(
        "scorecards/chapter.html",
        card=card,
        chapter=one,
        form=form,
        entries=entries.entries(card.id, chapter_id),
        given=scoring.fills(card, frozen, chapter_id),
        witnessed=scoring.witnessed_of(card, frozen, chapter_id),
        verifies=verifies,
        claims=card.takes_claims(time.time_ns() // 1000),
        shapes=SHAPES,
        fills=FILLS,
        worth=worth,
        most=most(card.criteria),
    ), form.status


def _typed(card: Card, value: str, words: str) -> dict[int, tuple[int | None, str]]:
    """The entries sent for each criterion; None for a field that was emptied."""
    found = {}
    for place, line in enumerate(card.criteria):
        text = request.form.get(f"{value}_{place}")
        if text is not None:
            number = _number(line.shape, text.strip(), f"{value}_{place}") if text.strip() else None
            found[place] = (number, request.form.get(f"{words}_{place}", ""))
    return found


def _shown(card: Card) -> dict[int, str]:
    """The marks of the claims that stood on the page which was sent."""
    marks = {place: request.form.get(f"shown_{place}") for place in range(len(card.criteria))}
    return {place: mark for place, mark in marks.items() if mark is not None}


def _number(shape: str, text: str, field: str) -> int:
    """A whole number as people write it (1.200 buổi), or hundredths of a per cent."""
    if shape == RATE and re.fullmatch(r"\d{1,3}(?:[.,]\d{1,6})?", text):
        return round(float(text.replace(",", ".")) * 100)
    found = typed.number(text)
    if shape == RATE or not isinstance(found, int) or found < 0:
        raise Rejected("score_value", field=field)
    return found


@pages.post("/scorecards/<public_id>/advance")
def advance(public_id: str) -> Response:
    """End scoring, then end verifying."""
    state = cards.advance(signed_in().id, public_id, request.form.get("state", ""))
    told = {
        cards.VERIFYING: gettext("Đã khóa tự chấm. Bây giờ thẩm định."),
        cards.CLOSED: gettext("Đã chốt bảng điểm."),
    }
    flash(told[state], "good")
    return redirect(url_for("scorecards.one", public_id=public_id))


@pages.get("/scorecards/<public_id>/minutes.pdf")
def minutes(public_id: str) -> Response:
    """Biên bản thẩm định, for signing."""
    card = cards.card(public_id)
    need("organiser", card.path)
    if card.state != cards.CLOSED:
        raise Rejected("not_now")
    frozen = scoring.snapshot_of(card)
    paper = papers.minutes(card, scoring.table(card, frozen), frozen, today())
    return download(papers.as_pdf(paper), f"bien-ban-{card.public_id}.pdf")
