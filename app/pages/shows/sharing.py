"""Own scripts as files, as copies, shared with a chapter, and looked at as stage and phone show them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug import Response

from app import language, security
from app.pages.banks import showing
from app.pages.parts.files import download
from app.pages.parts.offered_chapters import offered_chapters
from app.services.banks import banks
from app.services.files.containers import Unreadable, open_tree, write_tree
from app.services.people.roles import HOST
from app.services.shows import own_scripts
from quizzes import composing
from quizzes.questions import QUESTION_TYPES, localized
from quizzes.questions.options import text_of
from quizzes.script import check_script

pages = Blueprint("script_files", __name__)


@pages.get("/scripts/<public_id>/file")
def out(public_id: str) -> Response:
    """The script as YAML, as shipped ones are written."""
    found = own_scripts.readable(security.signed_in().id, public_id)
    body = {name: value for name, value in found.body.items() if name != "making"}
    return download(write_tree(composing.finished(body)), f"kich-ban-{public_id}.yaml")


@pages.post("/scripts/from-file")
def from_file() -> Response:
    """A script from a YAML file. What is wrong in it is told by its place; nothing is kept then."""
    file = request.files.get("file")
    try:
        tree = open_tree(file.read() if file else b"").value
    except Unreadable as bad:
        flash(_(bad.problem.sentence) % dict(bad.problem.about), "bad")
        return redirect(url_for("shows.index"))
    problems = check_script(tree)
    hurting = [one for one in problems if one.code not in INCOMPLETE]
    if hurting or not isinstance(tree, dict) or any("draw" in one for one in tree["rounds"]):
        told = [f"{'.'.join(map(str, one.path))}: {_(one.sentence) % dict(one.about)}" for one in hurting[:5]]
        drawn = [_("Kịch bản rút câu ngẫu nhiên (draw) chỉ dùng được khi có sẵn trong chương trình.")]
        flash(" · ".join(told or drawn), "bad")
        return redirect(url_for("shows.index"))
    return _kept(tree)


INCOMPLETE = frozenset({"questions_count", "slot_count", "title_empty"})
"""The problems that a script may have while it is still being composed."""


def _kept(body: dict[str, Any]) -> Response:
    blank = composing.blank(body["rounds"][0]["format"])
    whole, empty = _filled(body, blank), blank["rounds"][0]
    rounds = [composing.in_one_list(_filled(one, empty)) for one in whole["rounds"]]
    public_id = own_scripts.add(security.signed_in().id, {**whole, "rounds": rounds})
    return redirect(url_for("scripts.one", public_id=public_id))


def _filled(part: Mapping[str, Any], empty: Mapping[str, Any]) -> dict[str, Any]:
    """A part as its file orders it, with what stands empty where the file says nothing."""
    given = {name: value for name, value in part.items() if value is not None}
    return given | {name: value for name, value in empty.items() if name not in given}


@pages.post("/scripts/<public_id>/copy")
def copy(public_id: str) -> Response:
    """A script like this one, to be changed."""
    return _kept(own_scripts.readable(security.signed_in().id, public_id).body)


@pages.post("/scripts/<public_id>/share")
def share(public_id: str) -> Response:
    """Let the hosts of a chapter, and of those below and above it, read and copy the script; 0: nobody."""
    chapter = request.form.get("chapter", 0, type=int)
    own_scripts.share(security.signed_in().id, public_id, chapter or None)
    flash(_("Đã chia sẻ kịch bản.") if chapter else _("Đã thôi chia sẻ."), "good")
    return redirect(url_for("script_files.look", public_id=public_id))


@pages.get("/scripts/<public_id>/look")
def look(public_id: str) -> str:
    """Every question as stage and phone show it, with what the MC is told; and with whom the script is shared."""
    member = security.signed_in()
    found = own_scripts.readable(member.id, public_id)
    keys = [one for part in found.body["rounds"] for one in part["questions"] if isinstance(one, str)]
    known = banks.by_keys(keys, member.id)
    lang = language.current()
    seen = [
        (
            part,
            [
                _look(known[one].question if isinstance(one, str) and one in known else one, lang)
                for one in part["questions"]
            ],
        )
        for part in found.body["rounds"]
    ]
    mine = any(one.public_id == public_id for one in own_scripts.of_member(member.id))
    return render_template(
        "shows/look.html", found=found, seen=seen, mine=mine, places=offered_chapters(member, HOST) if mine else []
    )


def _look(question: Any, lang: str) -> showing.Look | None:
    """None for a question that is not there any more."""
    if isinstance(question, str):
        return None
    if question["type"] not in QUESTION_TYPES:
        options = [(chr(65 + at), text_of(question, at, lang)) for at in range(len(question.get("options", ())))]
        return showing.Look(lang, localized(question["text"], lang), question["type"], "", options, 0)
    return showing.previewed(question, lang)
