"""Slips: sheets to print for people without an account, and the way in for who holds one."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext

from app.pages.parts.asked import chapter_at
from app.pages.parts.forms import Form
from app.pages.parts.qr import outward, qr
from app.pages.parts.reply import Reply
from app.pages.people.accounts import agreed, let_in, where_to
from app.security import current_member, limits, sign_in, signed_in
from app.services.commit import in_turns
from app.services.people import accounts, chapters, links, members, merging, slips
from app.services.people.consent import PURPOSES
from app.services.people.public_names import is_child
from quizzes.refusals import Rejected

pages = Blueprint("slips", __name__)


@pages.get("/chapters/<int:chapter_id>/slips")
def index(chapter_id: int) -> str:
    """Show who needs a slip; the page has them made batch by batch and shows how far it is."""
    one, again = chapter_at(chapter_id), request.args.get("again") == "yes"
    wanting = slips.wanting(signed_in().id, one.path, again=again)
    return render_template(
        "people/slips/index.html",
        chapter=one,
        way=chapters.ancestors(one.path),
        wanting=wanting,
        again=again,
        now=sum(map(len, wanting.batches)),
    )


@pages.post("/chapters/<int:chapter_id>/slips")
def make(chapter_id: int) -> Reply:
    """The sheets of one batch: a piece of the page for its script, a page of its own without scripts."""
    numbers = [
        int(one)
        for one in [*request.form.get("members", "").split(","), *request.form.getlist("member")]
        if one.isascii() and one.isdigit()
    ]
    made = slips.make(signed_in().id, chapter_id, numbers)
    sheets: list[Any] = []
    for (chapter, place), mine in groupby(made, key=lambda slip: (slip.chapter, slip.place)):
        pictures = [_picture(slip) for slip in in_turns(mine, slips.SHEET)]
        starts = range(0, len(pictures), slips.SHEET)
        sheets += [(chapter, place, pictures[start : start + slips.SHEET]) for start in starts]
    template = "_sheets" if request.form.get("piece") else "sheets"
    page = render_template(
        f"people/slips/{template}.html", sheets=sheets, made=len(made), back=chapter_id, enter=_short("slips.enter")
    )
    return page if made else (page, 409)


def _picture(slip: slips.Slip) -> tuple[slips.Slip, str, Any]:
    dashed = "-".join(slip.code[start : start + 4] for start in range(0, len(slip.code), 4))
    return slip, dashed, qr(outward("slips.use", code=slip.code))


def _short(endpoint: str) -> str:
    return outward(endpoint).partition("://")[2]


@pages.route("/slip", methods=["GET", "POST"])
def enter() -> Reply:
    """Type the code of a slip."""
    form = Form()
    if form.accepted(lambda: _looked_up(form["code"])):
        return redirect(url_for("slips.use", code=slips.clean_slip(form["code"])))
    return render_template("people/slips/enter.html", form=form), form.status


@pages.route("/slip/<code>", methods=["GET", "POST"])
def use(code: str) -> Reply:
    """Open the account this slip is for."""
    link = _looked_up(code)
    member, me = members.member(link.member_id or 0), current_member()
    if member is None:
        raise Rejected("slip_gone", field="code")
    if me is not None:
        return render_template("people/slips/claim.html", member=member, me=me, code=slips.clean_slip(code))
    form = Form(username="", birth_year=member.birth_year)

    def store() -> None:
        if form.secret("password") != form.secret("again"):
            raise Rejected("passwords_differ", field="again")
        born = member.birth_year or form.number("birth_year", "birth_year")
        terms = None if is_child(born) else agreed(form)
        token = slips.clean_slip(code)
        let_in(accounts.activate(token, form["username"], form.secret("password"), born, terms, links.SLIP))

    if form.accepted(store):
        return redirect(where_to())
    page = "people/accounts/activate.html"
    return render_template(page, form=form, member=member, purposes=PURPOSES), form.status


@pages.post("/slip/<code>/claim")
def claim(code: str) -> Reply:
    """Somebody who signed up alone holds the slip of the list: the two are one person."""
    link = _looked_up(code)
    merging.claim(slips.clean_slip(code), signed_in().id)
    sign_in(link.member_id or 0)
    flash(gettext("Đã gắn tài khoản của bạn với danh sách đoàn viên."), "good")
    return redirect(url_for("home.index"))


def _looked_up(code: str) -> links.Link:
    """The slip with this code. Wrong codes are counted for an address, as wrong PINs are."""
    found = links.link(slips.clean_slip(code), links.SLIP)
    if found is None:
        wait = limits.wrong_slip()
        if wait:
            limits.refuse(wait)
        raise Rejected("slip_gone", field="code")
    return found
