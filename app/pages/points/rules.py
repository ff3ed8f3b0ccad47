"""Cách tính điểm: one public page made from the rules in force, and publishing new ones."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext

from app.pages.parts.forms import Form
from app.pages.parts.frame import today
from app.pages.parts.reply import Reply
from app.security import current_member, signed_in
from app.security.headers import settings
from app.services.deeds import kinds
from app.services.movement import campaigns, posting
from app.services.movement.campaigns import Held
from app.services.movement.clock import now
from app.services.points import rules
from quizzes.ledger.rules import WORDS, PointRules, Version, from_data, in_force, to_data
from quizzes.refusals import Rejected

pages = Blueprint("point_rules", __name__)


@pages.get("/points/rules")
def index() -> str:
    """The rules of the year, or of a campaign; every version with its date."""
    campaign = _campaign()
    known = rules.versions(campaign.id if campaign else 0)
    force = in_force(known, now()) or known[0]
    return render_template(
        "points/rules.html",
        campaign=campaign,
        versions=known[::-1],
        force=force,
        rules=force.rules,
        words=WORDS,
        data=to_data,
        again={one.no: rules.judged_again(campaign.id if campaign else 0, one.no) for one in known},
        may=_may(campaign),
        deeds=_deeds(force.rules, campaign.path if campaign else "/"),
        campaigns=campaigns.all_campaigns()[:20],
    )


@pages.route("/points/rules/new", methods=["GET", "POST"])
def publish() -> Reply:
    """A new version for the year."""
    return _publish(None)


@pages.route("/movement/<public_id>/rules/new", methods=["GET", "POST"])
def publish_campaign(public_id: str) -> Reply:
    """A new version for a campaign."""
    found = campaigns.campaign(public_id)
    if found is None:
        raise Rejected("not_found")
    return _publish(found)


def _publish(campaign: Held | None) -> Reply:
    """From a day on, or from a past day, which judges again what came since."""
    if not _may(campaign):
        raise Rejected("forbidden")
    number = campaign.id if campaign else 0
    newest: Version = rules.versions(number)[-1]
    form = Form(since=today().isoformat(), **{f"points_{name}": value for name, value in to_data(newest.rules).items()})

    def store() -> None:
        day = form.day("since")
        if day is None:
            raise Rejected("bad_dates", field="since")
        since = int(datetime.combine(day, datetime.min.time(), ZoneInfo(settings().time_zone)).timestamp()) * 1_000_000
        new = from_data({name: form.number(f"points_{name}", "bad_points") or 0 for name in WORDS})
        rules.publish(signed_in().id, number, new, since)
        if number:
            posting.judge_again(number)

    if form.accepted(store):
        flash(gettext("Đã ban hành. Điểm thay đổi được ghi thêm thành bút toán chênh lệch."), "good")
        return redirect(url_for("point_rules.index", campaign=campaign.public_id if campaign else None))
    return render_template("points/rules_new.html", form=form, words=WORDS, campaign=campaign), form.status


def _deeds(of: PointRules, path: str) -> list[tuple[str, str, float, int]]:
    """(kind, step, points, how many earn that together) of every deed that earns something by these rules."""
    rows = [
        (one.name, step.words, 2 * step.points * of.deed_percent // 100 / 2, one.per)
        for one in kinds.kinds(path).values()
        for step in one.steps
    ]
    return [row for row in rows if row[2]]


def _campaign() -> Held | None:
    public_id = request.args.get("campaign", "")
    found = campaigns.campaign(public_id) if public_id else None
    if public_id and found is None:
        raise Rejected("not_found")
    return found


def _may(campaign: Held | None) -> bool:
    member = current_member()
    return member is not None and (member.may("organiser", campaign.path) if campaign else member.may("admin", "/"))
