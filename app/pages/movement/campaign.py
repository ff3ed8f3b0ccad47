"""A campaign as everybody may see it: how many were taught, how many still use it, and the map of it."""

from __future__ import annotations

import math

from flask import Blueprint, Response, render_template

from app.security import current_member
from app.services.apart import apart
from app.services.movement import campaigns, figures
from app.services.movement.campaigns import Held
from app.services.movement.clock import now
from app.services.points import chapter_ranking
from quizzes.movement.spread import OTHERS, RADII, WIDTH, picture
from quizzes.refusals import Rejected

pages = Blueprint("movement", __name__)

MILESTONES = (10, 50, 100, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000)
SHOWN = 100


@pages.get("/movement/<public_id>")
def one(public_id: str) -> str:
    """The headline is the share that still uses it."""
    campaign, at = _campaign(public_id), now()
    told = figures.figures(campaign, at)
    member = current_member()
    return render_template(
        "movement/one_campaign.html", campaign=campaign, figures=told,
        chapters=figures.by_chapter(campaign, at)[:SHOWN],
        milestone=max((one for one in MILESTONES if one <= told.taught), default=0),
        next_milestone=min((one for one in MILESTONES if one > told.taught), default=0), running=campaign.running(at),
        ranking=chapter_ranking(under=campaign.path, season=0, campaign_id=campaign.id, top=20),
        desk=member is not None and member.may("organiser", campaign.path),
    )  # fmt: skip


@pages.get("/movement/<public_id>/spread.svg")
def spread(public_id: str) -> Response:
    """The map, as a picture to hang on a wall, to put on the stage and to pass on."""
    campaign = _campaign(public_id)
    nodes, names = figures.nodes(campaign)
    text = render_template("movement/spread.html", campaign=campaign, picture=apart(picture, nodes), names=names,
                           radii=RADII, width=WIDTH, others=OTHERS, polar=_polar,
                           figures=figures.figures(campaign, now()))  # fmt: skip
    return Response(text, mimetype="image/svg+xml", headers={"Cache-Control": "public, max-age=300"})


def _polar(radius: float, degrees: float) -> str:
    """A point of the drum's star."""
    angle = math.radians(degrees - 90)
    return f"{radius * math.cos(angle):.1f} {radius * math.sin(angle):.1f}"


def _campaign(public_id: str) -> Held:
    found = campaigns.campaign(public_id)
    if found is None:
        raise Rejected("not_found")
    return found
