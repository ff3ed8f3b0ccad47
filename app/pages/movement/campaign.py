"""A campaign as everybody may see it: how many were taught, how many still use it, and the map of it."""

from __future__ import annotations

import math

from flask import Blueprint, Response, render_template, request
from flask_babel import format_decimal, gettext
from markupsafe import Markup

from app import language
from app.pages.parts.qr import outward
from app.security import current_member
from app.services.apart import apart
from app.services.kept import Kept
from app.services.movement import campaigns, figures, share_picture
from app.services.movement.campaigns import Held
from app.services.movement.clock import now
from app.services.movement.figures import ChapterLine, Figures
from app.services.movement.share_picture import Words
from app.services.points import chapter_ranking
from app.services.points.ranking import ChapterLine as Ranked
from quizzes.movement import milestones
from quizzes.movement.spread import LEAST, OTHERS, Node, Picture, picture
from quizzes.refusals import Rejected

pages = Blueprint("movement", __name__)

SHOWN = 100  # chapters listed
KEPT = {"Cache-Control": "public, max-age=300"}
SHAPES = {"": "movement/spread.html", "wide": "movement/spread_wide.html", "drum": "movement/spread_drum.html"}
MAP_S, MOST_MAPS = 60.0, 24
"""How long the drawing of a map is kept while its figures stay the same, seconds, and how many drawings."""
drawings = Kept[Markup | bytes](MAP_S, MOST_MAPS)
TABLES_S = 3.0
"""How long the tables of chapters are kept while the campaign's figures stay the same, seconds."""
tables = Kept[tuple[list[ChapterLine], list[Ranked]]](TABLES_S, MOST_MAPS)


@pages.get("/movement/<public_id>")
def one(public_id: str) -> str:
    """The headline is the share that still uses it."""
    campaign, at = _campaign(public_id), now()
    member, milestone = current_member(), figures.milestone(campaign)
    told = figures.figures(campaign, at)
    lines, ranking = tables.of((campaign, told), lambda: _tables(campaign, at))
    return render_template(
        "movement/one_campaign.html",
        campaign=campaign,
        figures=told,
        milestone=milestone,
        chapters=lines,
        celebrated=milestones.fresh(milestone.passed_at, at),
        running=campaign.running(at),
        shared=outward("movement.share", public_id=public_id),
        address=outward("movement.one", public_id=public_id),
        ranking=ranking,
        desk=member is not None and member.may("organiser", campaign.path),
    )


def _tables(campaign: Held, at: int) -> tuple[list[ChapterLine], list[Ranked]]:
    """The chapters that taught most, and those that earned most."""
    ranking = chapter_ranking(under=campaign.path, season=0, campaign_id=campaign.id, top=20)
    return figures.by_chapter(campaign, at)[:SHOWN], ranking


@pages.get("/movement/<public_id>/spread.svg")
def spread(public_id: str) -> Response:
    """The map, as a picture to hang on a wall, or wide, for a screen."""
    shape = request.args.get("shape", "")
    text = _drawn(_campaign(public_id), shape if shape in SHAPES else "")
    return Response(text, mimetype="image/svg+xml", headers=KEPT)


def _drawn(campaign: Held, shape: str) -> Markup:
    """The drawing of the map, made once for all who look at it meanwhile, and anew when a figure of it changes."""
    told = figures.figures(campaign, now())

    def draw() -> Markup:
        nodes, names = figures.nodes(campaign)
        laid = apart(_laid_out, nodes)
        others = {"others": OTHERS, "least": LEAST, "polar": polar}
        text = render_template(SHAPES[shape], campaign=campaign, picture=laid, names=names, figures=told, **others)
        return Markup(text)  # noqa: S704 (our own template has escaped it)

    return drawings.of((campaign, shape, told, language.current()), draw)  # type: ignore[return-value]


def _laid_out(nodes: list[Node]) -> Picture:
    """Lay the people out, and write their paths."""
    laid = picture(nodes)
    for one in laid.dots:
        _ = one.path
    return laid


@pages.get("/movement/<public_id>/spread.png")
def share(public_id: str) -> Response:
    """The map as other sites show it beside a link, and as a picture to pass on."""
    campaign = _campaign(public_id)
    told = figures.figures(campaign, now())

    def draw() -> bytes:
        nodes, _names = figures.nodes(campaign)
        return apart(_share, nodes, _words(campaign, told, len(nodes)))

    kept = drawings.of((campaign, "png", told, language.current()), draw)
    return Response(kept, mimetype="image/png", headers=KEPT)


def _words(campaign: Held, told: Figures, people: int) -> Words:
    """The words of the picture to pass on."""
    enough = people >= LEAST
    return Words(
        campaign.chapter,
        gettext("Ai chỉ cho ai?"),
        format_decimal(people) if enough else "…",
        gettext("người được chỉ") if enough else gettext("đủ %(n)s người thì vẽ", n=LEAST),
        gettext("%(n)s phần trăm vẫn tự dùng", n=told.still_using) if enough and told.still_using is not None else "",
        _apart(told) if enough and told.visits else "",
        f"{gettext('Sân Chơi Số')} · 1+2",
    )


def _apart(told: Figures) -> str:
    """Tell those whom a witness saw apart from those who confirmed on their own phone."""
    seen, used = format_decimal(told.visits), format_decimal(told.used_visits)
    return str(gettext("Có người chứng kiến: %(n)s, trong đó tự làm được: %(used)s.", n=seen, used=used))


def _share(nodes: list[Node], words: Words) -> bytes:
    return share_picture.drawn(picture(nodes), words)


@pages.get("/movement/<public_id>/stage")
def stage(public_id: str) -> str:
    """The map for the screen of a hall, and a milestone when it is passed."""
    campaign = _campaign(public_id)
    milestone = figures.milestone(campaign)
    return render_template(
        "movement/stage.html",
        campaign=campaign,
        milestone=milestone,
        drawn=_drawn(campaign, "wide"),
        celebrated=milestones.fresh(milestone.passed_at, now()),
    )


def polar(radius: float, degrees: float) -> str:
    """A point of the drum's star."""
    angle = math.radians(degrees - 90)
    return f"{radius * math.cos(angle):.1f} {radius * math.sin(angle):.1f}"


def _campaign(public_id: str) -> Held:
    found = campaigns.campaign(public_id)
    if found is None:
        raise Rejected("not_found")
    return found
