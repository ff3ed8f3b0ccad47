"""Screens: one render for each role, group and language; and `me`, which is one seat's own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from flask import Flask
from jinja2 import Template

from app import language
from app.clock import now_us
from app.formulas import markup
from app.live.screens.awards import give_awards
from app.live.screens.naming import (
    MOST_KNOWN,
    give_reasons,
    hidden_seats,
    name_rounds,
    name_teams,
    name_thrown,
    named_in,
)
from app.live.screens.spread import give_spread
from app.services.shows import ballots, heard, preflight
from app.services.shows.shows import V_STEP, Replica
from quizzes import show as rules
from quizzes.engine import AUDIENCE, CAST, HOST, MC, OUT, PLAYER, STAFF, STAGE, Viewer

Chosen = Mapping[int, Mapping[int, Any]]
"""Seat -> number of the ask -> its choice."""

_heard: dict[int, tuple[int, list[dict[str, Any]]]] = {}  # show -> the step for which it was asked, what was typed
TOLD = (HOST, MC, STAGE)
"""The roles that see typed texts: phones have their own answer."""
LIKE = {OUT: AUDIENCE}  # the role whose macro draws one that the format lacks; for others it is the player's
OF_HOSTS = ("claims", "sources", "removed", "removed_in_all", "held", "screens", "preflight", "invited")
"""The parts that only a console shows, and that the journal does not know."""
STAFF_VIEWS = (HOST, STAGE)
"""Roles whose screens also change with joins, not only with the journal."""


def seconds(at: int | None) -> float | None:
    """The protocol's time: seconds since 1970 with decimals."""
    return None if at is None else at / 1_000_000


def as_of_now(kept: dict[str, Any]) -> dict[str, Any]:
    """A screen rendered before, with the times of this moment: phones set their clocks by them."""
    at = now_us()
    times = {"closes_in": _left(kept["data"]["closes_at"], at), "server_time": seconds(at)}
    return {**kept, "data": {**kept["data"], **times}}


def with_question(app: Flask, payload: dict[str, Any], replica: Replica, viewer: Viewer) -> dict[str, Any]:
    """The screen for a page that has just been loaded: it has not seen the question that was closed or revealed.
    Pages that were open have it already, so they are not sent it a second time."""
    if payload["data"]["question"]:
        return payload
    question = rules.question(replica.state, viewer)
    return {**payload, "data": {**payload["data"], "question": question, **markup.given(app, viewer.lang, question)}}


def _left(closes_at: float | None, at: int) -> float | None:
    return None if closes_at is None else round(closes_at - at / 1_000_000, 3)


def data_of(view: dict[str, Any], at: int) -> dict[str, Any]:
    """The protocol's `data`: what a program needs of a view, times in seconds."""
    asks = [
        ask | {"opens_at": seconds(ask["opens_at"]), "closes_at": seconds(ask["closes_at"])} for ask in view["asks"]
    ]
    first = asks[0] if asks else {}
    closes_at = first.get("closes_at") if view["phase"] != "paused" else None
    data = {
        "phase": view["phase"],
        "no": view["no"],
        "question": first.get("question"),
        "asks": asks,
        "acts": view["acts"],
        "opens_at": seconds(view["opens_at"]),
        "closes_at": closes_at,
        "closes_in": _left(closes_at, at),
        "server_time": seconds(at),
        "round": view["round"],
    }
    if view["role"] in CAST and view["phase"] == "ready":
        data["question"] = view["question"]  # the text to read, where the script lets people read first
    if view["reveal"]:
        data["reveal"] = {name: view["reveal"].get(name) for name in ("answer", "explanation", "counts")}
    return data


def screen(app: Flask, replica: Replica, viewer: Viewer, extra: dict[str, Any] | None = None) -> dict[str, Any]:
    """The payload of `screen` for everybody who looks as `viewer`."""
    at = now_us()
    view = rules.view(replica.state, viewer)
    extra = extra or {}
    give_reasons(replica, view)
    _give_words(replica, view, viewer.lang)
    if viewer.role in TOLD:
        _give_typed(replica, view)
    view |= {name: extra.get(name) or [] for name in OF_HOSTS}
    with language.speaking(app, viewer.lang):
        if view.get("playing_in"):
            name_teams(replica, view)
        give_spread(view, extra)
        give_awards(view, extra)
        named = hidden_seats(replica, viewer, named_in(replica, view, extra))
    data = _data(replica, viewer, view, named, at)
    v = staff_v(replica, at) if viewer.role in STAFF_VIEWS else replica.v
    with language.speaking(app, viewer.lang):
        name_rounds(replica, view)
        name_thrown(view, named)
        html = markup.in_page(html_of(app, view, named, extra))
    data |= markup.given(app, viewer.lang, data["asks"], data["question"], data.get("reveal"))
    return {"v": v, "html": html, "data": data}


def _data(replica: Replica, viewer: Viewer, view: dict[str, Any], named: dict[int, str], at: int) -> Any:
    """The values that the page's program reads beside the picture: times, sounds, standings, pictures to fetch."""
    data = data_of(view, at)
    data |= {"sound": view["sound"]} if viewer.role == STAGE else {}
    data |= {"brand": view["brand"]} if view.get("brand") else {}
    data |= {"followed": view["followed"]} if view["followed"] and viewer.role != HOST else {}
    if view["standings"]:
        data["standings"] = [
            {"seat": row["seat"], "name": named.get(row["seat"], ""), "score": row["score"], "rank": row["rank"]}
            for row in view["standings"]
        ]
    if view.get("teams"):
        names = dict(view["team_names"])
        data["teams"] = [{**row, "name": names.get(row["team"], "")} for row in view["teams"]]
    pictures = pictures_of(replica.state)
    wanted = pictures if viewer.role == STAGE else [one for one in pictures if one.endswith(".webp")]
    data |= {"preload": wanted} if wanted else {}
    if viewer.role == STAGE and view["phase"] == "lobby" and (media := preflight.media_of(replica.state)):
        data["media"] = [f"/media/{name}" for name in media]
    return data


def staff_v(replica: Replica, at: int) -> int:
    """`v` of a screen that also changes between the journal's events; never below that of the event itself, though
    another clock than ours may have written it."""
    age_us = at - replica.state.at if replica.state.at else 0
    return replica.v + max(0, min(age_us // 1000, V_STEP - 1))


def pictures_of(state: Any) -> list[str]:
    """While a question is announced: its pictures, so that nobody waits for them. Random names say nothing."""
    if state.phase != "ready":
        return []
    body = state.round.body()
    found = [body, *sorted(body.get("options") or [], key=lambda option: (option.get("media") or {}).get("name", ""))]
    return [f"/media/{one['media']['name']}" for one in found if one.get("media")]


def _give_words(replica: Replica, view: dict[str, Any], lang: str) -> None:
    """The words of a cloud and the answers of contestants: the journal names each by its ballot."""
    if not view["quotes"]:
        return
    texts = ballots.quoted(replica.show_id, [(no, seat) for no, seat in view["quotes"]])
    for word in view["format"].get("words", ()):
        word["text"] = texts.get((word["no"], word["word"]), "")
    for row in view["format"].get("answers", ()):
        choice = texts.get((row["no"], row["seat"]))
        row["text"] = "" if choice is None else rules.in_words(replica.state, row["no"], choice, lang)


def _give_typed(replica: Replica, view: dict[str, Any]) -> None:
    """Adds the typed texts once everybody may know the key; they are the same for all who are shown this step of the
    show."""
    no = rules.typed_no(replica.state)
    if no is None or not view["reveal"]:
        return
    step, rows = _heard.get(replica.show_id, (0, []))
    if step != replica.seq:
        rows = rules.typed(replica.state, heard.choices(replica.show_id, no, replica.state.kicked))
        if len(_heard) >= MOST_KNOWN:
            _heard.clear()
        _heard[replica.show_id] = replica.seq, rows
    view["reveal"] = {**view["reveal"], "typed": rows}


def html_of(app: Flask, view: dict[str, Any], names: dict[int, str], extra: dict[str, Any]) -> str:
    """Draws a view with the macros of its round's format; those a format lacks are the default ones."""
    format_key = (view["round"] or {}).get("format")
    template = app.jinja_env.get_template(f"formats/{format_key or '_base'}.html")
    module = _module(template, language.current())
    plain = _module(app.jinja_env.get_template("formats/_base.html"), language.current())
    if view["role"] == MC:
        return _mc(app, module, plain, view, names, extra)
    macro = (
        getattr(module, view["role"], None)
        or (view["role"] in STAFF and getattr(plain, view["role"]))
        or getattr(module, LIKE.get(view["role"], PLAYER))
    )
    drawn = str(macro(view, names, extra.get("seats") or [], extra.get("links") or {})).strip()
    return drawn if view["role"] == HOST else drawn + str(plain.over(view, names)).strip()


def _mc(app: Flask, module: Any, plain: Any, view: dict[str, Any], names: dict[int, str], extra: dict[str, Any]) -> str:
    """Draws the MC's screen beside the picture that the format draws for the stage."""
    desk = _module(app.jinja_env.get_template("live/_mc.html"), language.current())
    picture = (getattr(module, STAGE, None) or plain.stage)(view, names, [], extra.get("links") or {})
    return str(desk.desk(view, names, picture + plain.over({**view, "role": STAGE}, names))).strip()


@lru_cache(maxsize=64)
def _module(template: Template, lang: str) -> Any:
    """A format's macros: nothing in them but the language outlasts a screen, so they are made once."""
    return template.make_module({"lang": lang})


def choices_of(replica: Replica, those: Sequence[int]) -> Chosen:
    """The choices of each of these seats in the open asks. A seat may always see its own."""
    numbers = [ask.no for ask in rules.asks(replica.state)]
    return ballots.choices_of(replica.show_id, those, numbers) if numbers and those else {}


def me(replica: Replica, seat: int, role: str, chosen: Chosen, code: str | None = None) -> dict[str, Any]:
    """The payload of `me`, without `v`: score and rank as of the last reveal, and the seat's own choices."""
    mine = rules.me(replica.state, seat) | {"role": role}
    choices = chosen.get(seat, {})
    mine["choices"] = {str(no): choice for no, choice in choices.items()}
    mine["answered"] = bool(choices)
    if code:
        mine["code"] = code
    return mine
