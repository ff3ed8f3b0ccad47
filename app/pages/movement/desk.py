"""The organisers' desk of 1+2: campaigns, lists to verify, what is odd, witness cards."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug import Response

from app.pages.parts.forms import Form
from app.pages.parts.qr import outward, qr
from app.pages.parts.reply import Reply
from app.security import signed_in
from app.security.headers import settings
from app.services.movement import campaigns, cards, check_lists, checking, demo, demo_removal, reviewing
from app.services.movement.campaigns import Draft, Held
from app.services.movement.clock import now
from app.services.people.chapters import path_of_chapter
from quizzes.ledger.rules import USUAL, WORDS, PointRules, from_data, to_data
from quizzes.movement.odd import REASONS
from quizzes.movement.services import SERVICES
from quizzes.refusals import Rejected

pages = Blueprint("movement_desk", __name__)

ROLE = "organiser"


def at(public_id: str) -> Held:
    """The campaign, for who organises over its chapter."""
    found = campaigns.campaign(public_id)
    if found is None:
        raise Rejected("not_found")
    if not signed_in().may(ROLE, found.path):
        raise Rejected("forbidden")
    return found


@pages.get("/movement/campaigns", endpoint="campaigns")
def listed() -> str:
    """The campaigns of one's own area."""
    return render_template(
        "movement/campaigns.html",
        campaigns=campaigns.in_subtrees(signed_in().top(ROLE)),
        now=now(),
        chapter=signed_in().chapter_id,
    )


@pages.route("/chapters/<int:chapter_id>/movement/new", methods=["GET", "POST"])
def new(chapter_id: int) -> Reply:
    """Begin a campaign."""
    path = path_of_chapter(chapter_id)
    if path is None or not signed_in().may(ROLE, path):
        raise Rejected("forbidden" if path else "not_found")
    today = datetime.now(ZoneInfo(settings().time_zone)).date()
    form = Form(
        starts_on=today.isoformat(),
        ends_on=(today + timedelta(days=90)).isoformat(),
        **{f"points_{name}": value for name, value in to_data(USUAL).items()},
    )

    def start() -> None:
        draft = Draft(
            form["title"],
            tuple(request.form.getlist("services")),
            _begin_of(form, "starts_on"),
            _begin_of(form, "ends_on", 1),
            form["app_name"],
            form["app_site"],
        )
        campaigns.start(signed_in().id, chapter_id, draft, points_of(form))

    if form.accepted(start):
        flash(gettext("Đã mở đợt 1+2."), "good")
        return redirect(url_for("movement_desk.campaigns"))
    ticked = request.form.getlist("services") if form.sent else list(SERVICES)[:3]
    return render_template("movement/new.html", form=form, services=SERVICES, ticked=ticked, words=WORDS), form.status


def points_of(form: Form) -> PointRules:
    """Point rules as typed into a form."""
    return from_data({name: form.number(f"points_{name}", "bad_points") or 0 for name in WORDS})


def _begin_of(form: Form, name: str, days_later: int = 0) -> int:
    """The first moment of a typed day, where the people are."""
    day = form.day(name)
    if day is None:
        raise Rejected("bad_dates", field=name)
    begin = datetime.combine(day + timedelta(days=days_later), datetime.min.time(), ZoneInfo(settings().time_zone))
    return int(begin.timestamp()) * 1_000_000


@pages.get("/movement/<public_id>/desk")
def desk(public_id: str) -> str:
    """Serves the waiting work: lists to check, confirmations to look at, cards."""
    campaign = at(public_id)
    wanted = request.args.get("list", type=int)
    lists = check_lists.lists(campaign.id)
    chosen = next((one for one in lists if one.id == wanted), None)
    return render_template(
        "movement/desk.html",
        campaign=campaign,
        lists=lists,
        chosen=chosen,
        items=check_lists.items(chosen.id) if chosen else [],
        queue=reviewing.queue(campaign.id),
        reasons=REASONS,
        demo=demo.is_demo(public_id) and signed_in().has("admin"),
        cards=cards.cards(campaign.id, now()),
        form=Form(),
    )


@pages.post("/movement/<public_id>/check")
def check(public_id: str) -> Response:
    """Records an organiser's finding about one step of a list."""
    campaign, form = at(public_id), Form()
    list_id = form.number("list") or 0
    if check_lists.campaign_and_chapter(list_id)[0] != campaign.id:
        raise Rejected("not_found")
    done = form.accepted(
        lambda: checking.decide(
            signed_in().id, list_id, form.number("teaching") or 0, form["step"], form["outcome"], form["code"]
        )
    )
    if done:
        flash(gettext("Đã ghi."), "good")
    form.tell()
    return redirect(url_for("movement_desk.desk", public_id=public_id, list=list_id))


@pages.post("/movement/<public_id>/review")
def review(public_id: str) -> Response:
    """Records whether an unusual confirmation counts."""
    at(public_id)
    form = Form()
    done = form.accepted(
        lambda: reviewing.decide(signed_in().id, form["teaching"], form["counts"] == "yes", form["answer"])
    )
    if done:
        flash(gettext("Đã ghi."), "good")
    form.tell()
    return redirect(url_for("movement_desk.desk", public_id=public_id))


@pages.post("/movement/<public_id>/remove-demo")
def remove_demo(public_id: str) -> Response:
    """Take the invented campaign away, with its people and chapters."""
    at(public_id)
    if not demo.is_demo(public_id):
        raise Rejected("not_found")
    demo_removal.remove(signed_in().id)
    flash(gettext("Đã xóa dữ liệu mẫu."), "good")
    return redirect(url_for("movement_desk.campaigns"))


@pages.route("/movement/<public_id>/card", methods=["GET", "POST"])
def card(public_id: str) -> Reply:
    """Make a witness card, or print one."""
    campaign, form = at(public_id), Form()
    if form["revoke"]:
        seen = cards.revoke(signed_in().id, campaign.id, form.number("revoke") or 0)
        flash(gettext("Đã thu hồi thẻ. %(n)s lần chứng kiến chờ xem lại.", n=seen), "good")
        return redirect(url_for("movement_desk.desk", public_id=public_id))
    if form.sent:
        if (made := form.made(lambda: cards.make(signed_in().id, campaign.id, form["label"]))) is not None:
            return redirect(url_for("movement_desk.card", public_id=public_id, number=made))
        form.tell()
        return redirect(url_for("movement_desk.desk", public_id=public_id))
    found = cards.card(request.args.get("number", 0, type=int))
    if found is None or found.campaign_id != campaign.id:
        raise Rejected("not_found")
    address = outward("taught.start") + "#" + found.code
    return render_template("movement/card.html", campaign=campaign, card=found, code=qr(address))
