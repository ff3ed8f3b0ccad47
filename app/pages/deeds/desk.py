"""The organisers' desk of deeds: what to verify, cards and persons of 1+1, kinds; and the chapter's figures."""

from __future__ import annotations

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug import Response as Plain

from app.pages.deeds.figures import rows_of
from app.pages.parts.asked import chapter_at, member_named
from app.pages.parts.files import workbook
from app.pages.parts.forms import Form
from app.pages.parts.qr import outward, qr
from app.pages.parts.reply import Reply
from app.security import signed_in
from app.services.deeds import checking, kinds, looking, partners
from app.services.files.containers import Page
from app.services.people import chapters
from quizzes.deeds.entries import SIGNS
from quizzes.refusals import Rejected

pages = Blueprint("deed_desk", __name__)


@pages.get("/chapters/<int:chapter_id>/deeds/desk")
def desk(chapter_id: int) -> Reply:
    """Serves the waiting work: unusual deeds, lists to check, cards, persons, kinds."""
    return _desk(chapter_id, Form())


def _desk(chapter_id: int, form: Form) -> Reply:
    one = chapter_at(chapter_id)
    lists = looking.lists(one.path)
    chosen = looking.list_of(one.path, request.args.get("list", 0, type=int))
    page = render_template(
        "deeds/desk.html",
        chapter=one,
        way=chapters.ancestors(one.path),
        form=form,
        odd=looking.odd(one.path),
        signs=SIGNS,
        lists=lists,
        to_check=looking.to_check(one.path),
        chosen=chosen,
        items=looking.items(chosen.id) if chosen else [],
        waiting=looking.waiting(chapter_id),
        cards=partners.cards(chapter_id),
        named=partners.named(chapter_id),
        own=kinds.own_kinds(one.path),
        names=kinds.all_kinds(),
    )
    return page, form.status


def _back(chapter_id: int, words: str, chosen: int | None = None) -> Plain:
    flash(words, "good")
    return redirect(url_for("deed_desk.desk", chapter_id=chapter_id, list=chosen))


def _ticked() -> list[int]:
    return [int(one) for one in request.form.getlist("deed") if one.isascii() and one.isdigit() and len(one) < 16]


@pages.post("/chapters/<int:chapter_id>/deeds/freeze")
def freeze(chapter_id: int) -> Reply:
    """Freeze now what would be frozen after a week."""
    form, counts = Form(), list[int]()
    if form.accepted(lambda: counts.append(checking.freeze(signed_in().id, chapter_id))):
        return _back(chapter_id, gettext("Đã chốt %(n)s việc. Mẫu được bốc từ điểm mốc kế tiếp.", n=counts[0]))
    return _desk(chapter_id, form)


@pages.post("/chapters/<int:chapter_id>/deeds/check")
def check(chapter_id: int) -> Reply:
    """The same word about all ticked deeds of a list."""
    form, list_id, counts = Form(), request.form.get("list", 0, type=int), list[int]()

    def decide() -> None:
        if looking.list_of(chapter_at(chapter_id).path, list_id) is None:
            raise Rejected("not_found")
        counts.append(checking.decide(signed_in().id, list_id, _ticked(), form["outcome"]))

    if form.accepted(decide):
        return _back(chapter_id, gettext("Đã ghi cho %(n)s việc.", n=counts[0]), list_id)
    return _desk(chapter_id, form)


@pages.post("/chapters/<int:chapter_id>/deeds/review")
def review(chapter_id: int) -> Reply:
    """Accepts or rejects the ticked unusual deeds for listing."""
    form, counts = Form(), list[int]()
    good = form["counts"] == "yes"
    if form.accepted(lambda: counts.append(checking.review(signed_in().id, chapter_id, _ticked(), good))):
        return _back(chapter_id, gettext("Đã ghi cho %(n)s việc.", n=counts[0]))
    return _desk(chapter_id, form)


@pages.route("/chapters/<int:chapter_id>/deeds/card", methods=["GET", "POST"])
def card(chapter_id: int) -> Reply:
    """Make a card for one day, or print one."""
    form = Form()
    if form["revoke"]:
        seen = partners.revoke(signed_in().id, chapter_id, form.number("revoke") or 0)
        return _back(chapter_id, gettext("Đã thu hồi thẻ. %(n)s lần đến hộ chờ xem lại.", n=seen))
    if form.sent:
        if (made := form.made(lambda: partners.make_card(signed_in().id, chapter_id, form["label"]))) is not None:
            return redirect(url_for("deed_desk.card", chapter_id=chapter_id, number=made))
        return _desk(chapter_id, form)
    found = partners.card(request.args.get("number", 0, type=int))
    if found is None or found.chapter_id != chapter_id:
        raise Rejected("not_found")
    address = outward("deeds.partner") + "#" + found.code
    return render_template("deeds/card.html", label=found.label, ends_at=found.ends_at, code=qr(address), own=False)


@pages.post("/chapters/<int:chapter_id>/deeds/person")
def person(chapter_id: int) -> Reply:
    """Name a respected local person, or take that back."""
    form, me = Form(), signed_in().id
    gone = form["gone"]
    if gone.isdigit():
        partners.unname(me, chapter_id, int(gone))
        return _back(chapter_id, gettext("Đã bỏ."))
    path = chapter_at(chapter_id).path
    if form.accepted(lambda: partners.name(me, chapter_id, member_named(form, "member", path), form["title"])):
        return _back(chapter_id, gettext("Đã ghi nhận. Người ấy mở “Mã của tôi” ở trang việc làm."))
    return _desk(chapter_id, form)


@pages.post("/chapters/<int:chapter_id>/deeds/kind")
def kind(chapter_id: int) -> Reply:
    """Make a kind of one's own, or end one."""
    form, me = Form(), signed_in().id
    gone = form["gone"]
    if gone.isdigit():
        kinds.end(me, int(gone))
        return _back(chapter_id, gettext("Đã thôi dùng loại việc này. Những gì đã ghi vẫn được tính."))

    def make() -> None:
        points, first = form.number("points", "bad_points") or 0, form.number("first", "bad_points") or 0
        kinds.make(me, chapter_id, form["name"], points, first, form.ticked("paired"))

    if form.accepted(make):
        return _back(chapter_id, gettext("Đã thêm loại việc."))
    return _desk(chapter_id, form)


@pages.get("/chapters/<int:chapter_id>/deeds")
def figures(chapter_id: int) -> str:
    """Serves the deeds of the chapter and everything below it, by kind and by chapter."""
    one = chapter_at(chapter_id)
    below = chapters.all_children(chapter_id)
    total, table = rows_of(one, below)
    return render_template(
        "deeds/figures.html",
        chapter=one,
        way=chapters.ancestors(one.path),
        total=total,
        rows=table,
        names=kinds.all_kinds(),
    )


@pages.get("/chapters/<int:chapter_id>/deeds.xlsx")
def table(chapter_id: int) -> Response:
    """The same as a table."""
    one = chapter_at(chapter_id)
    total, rows = rows_of(one, chapters.all_children(chapter_id))
    head = [gettext("Cơ sở"), *(gettext(line.name) + " · " + gettext(line.step) for line in total)]
    lines = [[row.name, *(row.of(line.counted) for line in total)] for row in rows]
    sheet = Page(gettext("Việc làm"), [head, *lines, [gettext("Cộng"), *(line.sum for line in total)]], widths=[40])
    return workbook([sheet], f"deeds-{chapter_id}.xlsx")
