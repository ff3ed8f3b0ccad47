"""Dữ liệu của tôi: what is stored about the person who asks, and the means to change it."""

from __future__ import annotations

import io
import json
import zipfile

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug import Response as Plain

from app import security
from app.pages.parts.files import download
from app.pages.parts.forms import Form
from app.pages.parts.reply import Reply
from app.pages.people.accounts import agreed
from app.security import signed_in
from app.security.guesses import guessing
from app.services.people import chapters, consent, identities, logins, members, membership, my_data, notices, sign_ins
from app.services.people.consent import PURPOSES
from app.services.people.members import MemberLine
from app.services.people.outside import provider
from app.services.people.person import Person
from quizzes.refusals import Rejected

pages = Blueprint("my_data", __name__)

ERASE = "XÓA"


@pages.get("/me")
def index() -> str:
    """Everything at a glance."""
    me = signed_in()
    return render_template(
        "people/my_data/index.html",
        member=_line(),
        way=chapters.ancestors(me.path),
        purposes=PURPOSES,
        given=consent.given_consents(me.id),
        history=consent.consents(me.id),
        devices=sign_ins.sign_ins(me.id),
        current=me.sign_in,
        told=notices.told(me.id),
        notices=notices.SENTENCES,
        outside=provider.open or bool(identities.identities(me.id)),
    )


@pages.post("/me/told")
def seen() -> Plain:
    """Marks the notices about the account as seen."""
    notices.seen(signed_in().id, request.form.get("up_to", 0, int))
    return redirect(url_for("my_data.index"))


@pages.route("/me/change", methods=["GET", "POST"])
def change() -> Reply:
    """Correct one's own data."""
    one = _line()
    form = Form(name=one.name, nickname=one.nickname, birth_year=one.birth_year)

    def store() -> None:
        born = one.birth_year if one.child else form.number("birth_year", "birth_year")
        membership.change_own(one.id, Person(one.name if one.child else form["name"], born, nickname=form["nickname"]))

    if form.accepted(store):
        flash(gettext("Đã lưu."), "good")
        return redirect(url_for("my_data.index"))
    return render_template("people/my_data/change.html", form=form, member=one), form.status


@pages.route("/me/password", methods=["GET", "POST"])
def password() -> Reply:
    """Another password; every other device is signed out."""
    me, form = signed_in(), Form()

    def store() -> None:
        if form.secret("password") != form.secret("again"):
            raise Rejected("passwords_differ", field="again")
        with guessing(me.id):
            logins.change_password(me.id, form.secret("old"), form.secret("password"), keep=me.sign_in)

    if form.accepted(store):
        flash(gettext("Đã đổi mật khẩu. Các thiết bị khác đã bị đăng xuất."), "good")
        return redirect(url_for("my_data.index"))
    return render_template("people/my_data/password.html", form=form), form.status


@pages.route("/me/consents", methods=["GET", "POST"])
def consents() -> Reply:
    """Give or withdraw consent, purpose by purpose."""
    me = signed_in()
    given = consent.given_consents(me.id)
    form = Form(**{f"consent_{purpose}": purpose in given for purpose in PURPOSES})

    def store() -> None:
        terms = agreed(form)
        consent.decide_consents(me.id, terms.decisions, terms.wordings, terms.proof)

    if form.accepted(store):
        flash(gettext("Đã ghi lại lựa chọn của bạn."), "good")
        return redirect(url_for("my_data.index"))
    return render_template("people/my_data/consents.html", form=form, purposes=PURPOSES), form.status


@pages.post("/me/sign-ins")
def end_sign_ins() -> Plain:
    """Sign out one other device, or all of them."""
    me, only = signed_in(), request.form.get("only", type=int)
    sign_ins.end_sign_ins(me.id, keep=me.sign_in, only=only)
    flash(gettext("Đã kết thúc phiên đăng nhập."), "good")
    return redirect(url_for("my_data.index"))


@pages.get("/me/copy.<form>")
def copy(form: str) -> Response:
    """Everything stored, as JSON; or the same in a ZIP with a sheet for people."""
    if form not in ("json", "zip"):
        raise Rejected("not_found")
    data = my_data.copy_of(signed_in().id)
    text = json.dumps(data, ensure_ascii=False, indent=2)
    if form == "json":
        return download(text.encode(), "my-data.json")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bundle:
        bundle.writestr("my-data.json", text)
        bundle.writestr("READ-ME.txt", gettext("Thời điểm tính bằng phần triệu giây từ 1-1-1970, giờ quốc tế.") + "\n")
    return download(out.getvalue(), "my-data.zip")


@pages.route("/me/erase", methods=["GET", "POST"])
def erase() -> Reply:
    """Erase oneself. Asks for a word and the password, because nothing brings it back."""
    me, form = signed_in(), Form()

    def do() -> None:
        if form["word"].upper() != ERASE:
            raise Rejected("confirm_word", field="word")
        with guessing(me.id):
            logins.check_password(me.id, form.secret("password"))
        my_data.erase(me.id, me.id)
        security.sign_out()

    if form.accepted(do):
        flash(gettext("Dữ liệu cá nhân của bạn đã được xóa."), "good")
        return redirect(url_for("home.index"))
    return render_template("people/my_data/erase.html", form=form, word=ERASE), form.status


def _line() -> MemberLine:
    found = members.member(signed_in().id)
    if found is None:
        raise Rejected("not_found")
    return found
