"""A member's goal: two slots, what each earned, what comes next, and the code that fills one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, flash, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug import Response

from app.pages.movement.browser import stage_of
from app.pages.parts.forms import Form
from app.pages.parts.qr import outward, qr
from app.pages.parts.reply import Reply
from app.security import signed_in
from app.services.movement import campaigns, figures, reviewing, rows, teaching
from app.services.movement.campaigns import Held, taught_in
from app.services.movement.clock import now
from app.services.movement.rows import Seen
from app.services.points import reading, rules
from quizzes.ledger.rules import PointRules, in_force
from quizzes.ledger.sources import MANY
from quizzes.movement import steps
from quizzes.movement.services import things
from quizzes.refusals import Rejected

pages = Blueprint("goal", __name__)


@dataclass(frozen=True)
class SlotView:
    """One of the two slots as the page draws it. `fill` is how much of the drum's rim shines, in 28ths."""

    kind: str
    seen: Seen | None
    stage: str
    fill: int
    remind: bool
    taught: int
    used: int


@pages.get("/movement")
def index() -> str:
    """The two slots of the nearest campaign, and others taught besides."""
    me, at = signed_in(), now()
    found = campaigns.of_member(me.id, me.path, at)
    wanted = request.args.get("campaign", "")
    campaign = next((one for one in found if one.public_id == wanted), found[0] if found else None)
    if campaign is None:
        return render_template("movement/none.html")
    seen = rows.of_member(me.id, campaign.id)
    worth_at = _worth(campaign)
    slots = [_slot(me.id, campaign, kind, seen, worth_at, at) for kind in steps.SLOTS]
    return render_template(
        "movement/goal.html",
        campaign=campaign,
        found=found,
        slots=slots,
        kinds=steps.CALLED,
        worth=worth_at(at),
        others=[one for one in seen if one not in [slot.seen for slot in slots]],
        stage_of=stage_of,
        earned=reading.by_source(me.id, 0, campaign.id),
        total=reading.total(me.id, 0, campaign.id),
        many=MANY,
        figures=figures.figures(campaign, at),
        now=at,
        running=campaign.running(at),
    )


def _worth(campaign: Held) -> Callable[[int], PointRules]:
    """The point rules of a campaign in force at a moment."""
    known = rules.versions(campaign.id)
    return lambda at: (in_force(known, at) or known[0]).rules


def _slot(
    member_id: int, campaign: Held, kind: str, seen: list[Seen], worth_at: Callable[[int], PointRules], at: int
) -> SlotView:
    standing = [
        one
        for one in seen
        if one.kind == kind
        and one.confirmed_at
        and one.review != "rejected"
        and (one.state == steps.CONFIRMED or one.taught_ok)
    ]
    one = standing[-1] if standing else None
    stage = stage_of(one) if one else steps.EMPTY
    fill = 28 if stage == steps.DONE else 14 if one else 0
    remind = stage == steps.OPEN and one is not None and one.asked and figures.remind(member_id, campaign.id, kind, at)
    taught, used = ((one.confirmed_at or at), (one.used_at or at)) if one else (at, at)
    return SlotView(kind, one, stage, fill, remind, worth_at(taught).taught, worth_at(used).used)


@pages.get("/movement/teach")
def teach() -> Response:
    """From a show or contest on a topic to who is taught it: in the nearest campaign that teaches it."""
    me, wanted = signed_in(), request.args.getlist("services")
    for campaign in campaigns.for_member(me.path, now()):
        services = [key for key in campaign.services.split(",") if key in wanted]
        if services:
            return redirect(url_for("goal.show", public_id=campaign.public_id, services=services))
    return redirect(url_for("goal.index"))


@pages.route("/movement/<public_id>/show", methods=["GET", "POST"])
def show(public_id: str) -> Reply:
    """Show who is taught what: then the code."""
    me, campaign = signed_in(), _campaign(public_id)
    form = Form(kind=request.args.get("kind", steps.FRIEND))

    def begin() -> str:
        chosen = tuple(request.form.getlist("services"))
        return teaching.show_code(me.id, campaign.id, form["kind"], chosen)

    if (made := form.made(begin)) is not None:
        return redirect(url_for("goal.code", public_id=made))
    return render_template(
        "movement/show.html",
        campaign=campaign,
        form=form,
        kinds=steps.CALLED,
        sites=taught_in(campaign),
        ticked=request.values.getlist("services"),
    ), form.status


@pages.get("/movement/codes/<public_id>")
def code(public_id: str) -> Reply:
    """The code on the member's phone, to be scanned by the other one."""
    seen = _own(public_id)
    if seen.state != steps.SHOWN:
        return redirect(url_for("goal.one", public_id=public_id))
    address = outward("taught.start") + "#" + teaching.code_of(public_id, seen.code_ends_at)
    return render_template(
        "movement/code.html",
        seen=seen,
        code=qr(address),
        ends_at=seen.code_ends_at,
        over=now() >= seen.code_ends_at,
        kinds=steps.CALLED,
    )


@pages.get("/movement/codes/<public_id>/state")
def code_state(public_id: str) -> Any:
    """Tells the page that shows a code whether it was opened."""
    return jsonify(state=_own(public_id).state)


@pages.get("/movement/teachings/<public_id>")
def one(public_id: str) -> str:
    """Serves the member's side of a teaching that both agreed on."""
    seen = _own(public_id)
    return render_template(
        "movement/one.html",
        seen=seen,
        sites=taught_in(seen.campaign),
        stage=stage_of(seen),
        kinds=steps.CALLED,
        did=dict(things(seen.services)).get(seen.used_what, ""),
        objections=reviewing.objections(seen.id),
        reasons=reviewing.why_not(seen.id),
        form=Form(),
        worth=_worth(seen.campaign)(seen.confirmed_at or now()),
    )


@pages.get("/movement/teachings/<public_id>/visit")
def visit(public_id: str) -> str:
    """The code of the second visit, for the witness to scan."""
    seen = _own(public_id)
    address = outward("taught.start") + "#" + teaching.visit_code(signed_in().id, public_id)
    return render_template(
        "movement/code.html",
        seen=seen,
        code=qr(address),
        ends_at=now() + steps.CODE_LIVES,
        over=False,
        kinds=steps.CALLED,
        second=True,
    )


@pages.post("/movement/teachings/<public_id>/objection")
def object_to(public_id: str) -> Reply:
    """The member's own words about one that does not count."""
    _own(public_id)
    form = Form()
    if form.accepted(lambda: reviewing.object_to(signed_in().id, public_id, form["words"])):
        flash(gettext("Đã gửi. Một người ngoài cơ sở sẽ xem và trả lời."), "good")
    form.tell()
    return redirect(url_for("goal.one", public_id=public_id))


def _campaign(public_id: str) -> Held:
    found = campaigns.campaign(public_id)
    if found is None:
        raise Rejected("not_found")
    return found


def _own(public_id: str) -> Seen:
    seen = rows.teaching(public_id)
    if seen is None or seen.member_id != signed_in().id:
        raise Rejected("not_found")
    return seen
