"""Own scripts made from others: a shipped one to be changed, one from a show to play it again."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any

from flask import Blueprint, redirect, request, url_for
from werkzeug import Response

from app import security
from app.services.banks import banks
from app.services.shows import asked, listing, own_scripts, scripts
from quizzes.composing import in_one_list
from quizzes.refusals import Rejected
from quizzes.script import chosen_material, chosen_settings

pages = Blueprint("script_copies", __name__)


@pages.post("/scripts/from-shipped")
def from_shipped() -> Response:
    """A shipped script to be changed: what it draws is drawn now, so that the host sees it."""
    member = security.signed_in()
    script = scripts.available().get(request.form.get("script", ""))
    if script is None:
        raise Rejected("no_such_script")
    drawn, _numbers = asked.draw_rounds(
        script, secrets.token_hex(16), asked.Asker(member.id, None, asked.POINTS, unreviewed=True)
    )
    return _copied(script, drawn)


@pages.post("/shows/<public_id>/again")
def again(public_id: str) -> Response:
    """A script from a show, to play it again or better."""
    show = listing.by_public_id(public_id)
    made = own_scripts.of_show(security.signed_in().id, show.show_id)
    return _copied(made, [part["questions"] for part in made["rounds"]])


def _copied(script: Mapping[str, Any], drawn: list[list[dict[str, Any]]]) -> Response:
    member = security.signed_in()
    known = banks.by_keys([str(one["id"]) for part in drawn for one in part if "id" in one], member.id)
    rounds = [
        {
            "format": part["format"],
            "title": dict(part.get("title") or {}),
            "settings": chosen_settings(part),
            **({"material": chosen_material(part)} if chosen_material(part) else {}),
            **{name: part[name] for name in ("plays", "standings") if part.get(name)},
            "questions": [one["id"] if one.get("id") in known else one for one in listed],
            **_apart(part),
        }
        for part, listed in zip(script["rounds"], drawn, strict=True)
    ]
    body = {
        "title": scripts.unmarked(script["title"]),
        "about": dict(script.get("about") or {}),
        "settings": dict(script.get("settings") or {}),
        "rounds": rounds,
        "teams": script.get("teams"),
        "brand": dict(script.get("brand") or {}),
    }
    return redirect(url_for("scripts.one", public_id=own_scripts.add(member.id, body)))


def _apart(part: Mapping[str, Any]) -> dict[str, Any]:
    """The slot of each question, where a script lists them apart or a show was made of such a one."""
    sizes: Mapping[str, int] = part.get("slots") or {}
    names = [name for name, size in sizes.items() for _ in range(size)] or in_one_list(part).get("apart")
    return {"apart": names} if names else {}
