"""Composing a script and making a show of it: rounds, their settings, single questions chosen, written and ordered."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from app import security
from app.pages.parts import declared
from app.pages.parts.offered_chapters import offered_chapters
from app.pages.parts.reply import Reply
from app.pages.shows import composer_form, setting_fields, two_versions
from app.pages.shows.composer_form import key_of, kinds
from app.services.banks import banks
from app.services.people.roles import HOST
from app.services.shows import asked, own_scripts, scripts
from app.services.shows.own_scripts import Composed
from quizzes import composing, lengths
from quizzes.formats import FORMATS
from quizzes.line_up import PLAYS, TEAMS
from quizzes.problems import Problem
from quizzes.refusals import N_, Rejected
from quizzes.script import MOST_ROUNDS, ORDER, SETTINGS

pages = Blueprint("scripts", __name__)

STAKES = {
    asked.NONE: (N_("Giao lưu"), N_("Không tính điểm, không trao giải. Được dùng câu hỏi tự viết, chưa duyệt.")),
    asked.POINTS: (N_("Tính điểm"), N_("Điểm vào sổ và xếp hạng cơ sở. Chỉ dùng câu hỏi đã duyệt.")),
    asked.REHEARSAL: (N_("Tập dượt"), N_("Mọi màn hình ghi rõ là tập dượt. Được dùng câu chưa duyệt.")),
}
"""The stakes of a show: name and meaning of each."""
STEPS: Mapping[tuple[str, int], Callable[..., dict[str, Any]]] = {
    ("round-drop", 1): composing.drop_round,
    ("round-up", 1): lambda body, at: composing.move_round(body, at, -1),
    ("round-down", 1): lambda body, at: composing.move_round(body, at, 1),
    ("round-to", 2): composing.carry_round,
    ("round-copy", 1): composing.copy_round,
    ("style", 2): composing.in_style,
    ("drop", 2): composing.drop,
    ("up", 2): lambda body, at, number: composing.move(body, at, number, -1),
    ("down", 2): lambda body, at, number: composing.move(body, at, number, 1),
    ("to", 4): composing.carry,
}
"""The steps that a button takes, by its name and the number of places it names."""


def first_format() -> str:
    """The format of a new round: the one the demonstration begins with."""
    return str(scripts.available()["demo"]["rounds"][0]["format"])


@pages.route("/shows/compose", methods=["GET", "POST"])
def compose() -> Reply:
    """An empty page to begin with; nothing is kept before something is sent."""
    body = composing.blank(first_format())
    if request.method == "GET":
        return _page(None, body)
    body = composer_form.read(request.form, body)
    public_id = own_scripts.add(security.signed_in().id, body)
    return _go_on(own_scripts.one(security.signed_in().id, public_id), body)


@pages.route("/scripts/<public_id>", methods=["GET", "POST"])
def one(public_id: str) -> Reply:
    """A script as it stands; every button keeps what was typed."""
    found = own_scripts.one(security.signed_in().id, public_id)
    if request.method == "GET":
        return _page(found, found.body)
    return _go_on(found, composer_form.read(request.form, found.body))


def _go_on(found: Composed, body: dict[str, Any]) -> Reply:
    """Do what the pressed button says, keep the script, and show where that leads."""
    typed = body
    do, *at = ("save" if composer_form.picture_refused() else request.form.get("do", "")).split(":")
    places_in = [int(one) for one in at if one.isdecimal() and len(one) < 4]
    if do == "add":
        body = composing.add_round(body, first_format())
    elif step := STEPS.get((do, len(places_in))):
        body = step(body, *places_in)
    moved = composer_form.place_of(do, places_in, typed, body)
    if not two_versions.kept(found, body):
        return _both(own_scripts.one(security.signed_in().id, found.public_id), typed)
    if do in ("pick", "write") and len(places_in) == 1:
        return redirect(url_for(f"round_questions.{do}", public_id=found.public_id, at=places_in[0]))
    if do == "create":
        return _create(found.public_id, body)
    if do == "check":
        return _check(found.public_id, body)
    if do == "look":
        return redirect(url_for("script_files.look", public_id=found.public_id))
    return redirect(url_for("scripts.one", public_id=found.public_id) + ("" if do == "save" else f"#{moved}"))


def _both(found: Composed, typed: dict[str, Any]) -> Reply:
    """The page again after somebody saved elsewhere: nothing is kept yet, nothing is lost, both versions are shown."""
    body, versions = two_versions.together(request.form, typed, found.body)
    return _page(found, body, versions=versions)[0], 409


def _create(public_id: str, body: dict[str, Any]) -> Reply:
    """A show from the script, or the script again with everything that keeps it from being played."""
    member, making = security.signed_in(), body["making"]
    offered = {one.id for one in offered_chapters(member, HOST)}
    script = composing.finished({name: value for name, value in body.items() if name != "making"})
    try:
        if making["chapter"] not in offered:
            raise Rejected("forbidden")
        made = scripts.create(
            "own",
            script=script,
            host_member_id=member.id,
            chapter_id=making["chapter"],
            guests_allowed=making["guests"],
            stakes=making["stakes"],
            unreviewed=making["stakes"] != asked.POINTS,
        )
    except asked.BadScript as bad:
        return _page(own_scripts.one(member.id, public_id), body, [_placed(one) for one in bad.problems])
    return redirect(url_for("shows.one", public_id=made.public_id))


def _check(public_id: str, body: dict[str, Any]) -> Reply:
    """The script with everything that keeps it from being played, or with the word that nothing does."""
    member, making = security.signed_in(), body["making"]
    script = composing.finished({name: value for name, value in body.items() if name != "making"})
    unreviewed = making["stakes"] != asked.POINTS
    try:
        scripts.look_at(script, asked.Asker(member.id, making["chapter"] or None, making["stakes"], unreviewed))
    except asked.BadScript as bad:
        return _page(own_scripts.one(member.id, public_id), body, [_placed(one) for one in bad.problems])
    flash(_("Kịch bản chơi được."), "good")
    return redirect(url_for("scripts.one", public_id=public_id))


def _placed(problem: Problem) -> str:
    """A problem with its place in words: round and question as the page numbers them."""
    sentence, path = str(_(problem.sentence) % dict(problem.about)), list(problem.path)
    if path[:1] == ["title"]:
        return str(_("Chương trình chưa có tên."))
    if path[:1] == ["brand"]:
        clothes = _("Màu, biểu trưng")
        return f"{clothes}: {sentence}"
    if path[:1] != ["rounds"] or len(path) < 2:
        return sentence
    where = _("Phần %(n)s", n=int(path[1]) + 1)
    apart = str(path[3]) if len(path) > 3 else ""
    slot = next((fmt.slots[apart] for fmt in FORMATS.values() if apart in fmt.slots), None)
    if slot is not None and path[2] == "questions":
        nth = str(_("câu %(m)s", m=int(path[4]) + 1)) if len(path) > 4 else ""
        where = ", ".join(one for one in (where, str(_(slot.title)), nth) if one)
    elif len(path) > 3 and path[2] == "questions":
        where = _("Phần %(n)s, câu %(m)s", n=int(path[1]) + 1, m=int(path[3]) + 1)
    elif path[2:] == ["questions"] and problem.code == "questions_count":
        sentence = _("chưa có câu hỏi nào. Hãy chọn hoặc viết ít nhất một câu.")
    elif len(path) > 3 and path[2] == "plays":
        sentence = f"{_(PLAYS[str(path[3])].title)}: {sentence}" if str(path[3]) in PLAYS else sentence
    elif len(path) > 3 and path[2] in ("settings", "material"):
        named = _setting_names().get(str(path[3]))
        sentence = f"{_(named)}: {sentence}" if named else sentence
    return f"{where}: {sentence}"


def _setting_names() -> dict[str, str]:
    """The names of all settings and material."""
    return {name: one.title for fmt in FORMATS.values() for name, one in {**fmt.settings, **fmt.material}.items()}


def _page(
    found: Composed | None,
    body: dict[str, Any],
    problems: Sequence[str] = (),
    versions: two_versions.Both | None = None,
) -> tuple[str, int]:
    """The composer with a script as it stands, and the problems found in it; `versions` where two differ."""
    member = security.signed_in()
    making = {"stakes": asked.NONE, "guests": True, "chapter": 0} | body.get("making", {})
    return render_template(
        "shows/compose.html",
        found=found,
        body=body,
        making=making,
        problems=problems,
        versions=versions,
        shape=two_versions.shape(body),
        known=banks.by_keys(two_versions.listed(body), member.id),
        places=offered_chapters(member, HOST),
        stakes=STAKES,
        show_settings=setting_fields.drawn(SETTINGS, body["settings"], "s-"),
        minutes=lengths.minutes(body),
        **_of_rounds(body),
        teams=setting_fields.drawn(TEAMS, body.get("teams") or {}, "t-"),
        in_teams=body.get("teams") is not None,
        standings=[("", _("Như cả chương trình")), *declared.choices(SETTINGS["standings"])],
        formats=sorted(((key, _(one.title)) for key, one in FORMATS.items()), key=lambda one: one[1]),
        kinds=kinds(),
        key_of=key_of,
        most_rounds=MOST_ROUNDS,
    ), 422 if problems else 200


def _of_rounds(body: Mapping[str, Any]) -> dict[str, list[Any]]:
    """The fields of each round."""
    return {
        "round_settings": [
            setting_fields.drawn(FORMATS[part["format"]].settings, part["settings"], f"r{at}-s-")
            for at, part in enumerate(body["rounds"])
        ],
        "slots": [_slots(part["format"]) for part in body["rounds"]],
        "styles": [[_(one.title) for one in FORMATS[part["format"]].presets.values()] for part in body["rounds"]],
        "round_plays": [
            setting_fields.drawn(PLAYS, part.get("plays") or {}, f"r{at}-p-") for at, part in enumerate(body["rounds"])
        ],
        "round_material": [
            setting_fields.drawn(FORMATS[part["format"]].material, part.get("material") or {}, f"r{at}-m-")
            for at, part in enumerate(body["rounds"])
        ],
        "order": [setting_fields.drawn(ORDER, part, f"r{at}-o-") for at, part in enumerate(body["rounds"])],
        "round_minutes": [lengths.minutes({**body, "rounds": [part]}) for part in body["rounds"]],
    }


def _slots(format_key: str) -> list[tuple[str, str]]:
    """The slots among which a round's questions may be listed apart; none where the format knows none."""
    named = [(key, str(_(slot.title))) for key, slot in FORMATS[format_key].slots.items()]
    return [("", str(_("Theo thứ tự"))), *named] if named else []


@pages.post("/scripts/<public_id>/remove")
def remove(public_id: str) -> Reply:
    """Throw a script away."""
    own_scripts.remove(security.signed_in().id, public_id)
    flash(_("Đã bỏ kịch bản. Các chương trình đã tạo từ nó vẫn còn."), "good")
    return redirect(url_for("shows.index"))
