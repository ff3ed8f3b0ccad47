"""The organisation tree: everybody may look, organisers grow and prune it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import Blueprint, flash, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext

from app import security
from app.pages.parts.asked import after_key, chapter_at, chapter_named, key_of
from app.pages.parts.forms import Form
from app.pages.parts.frame import today
from app.pages.parts.mine import on_chapter
from app.pages.parts.qr import outward, qr
from app.pages.parts.reply import Reply
from app.security import limits, signed_in
from app.services.mail import post
from app.services.people import chapters, demo, links, mail_invitations, members, tree
from app.services.people.chapters import ChapterLine
from app.services.people.kinds import KINDS
from app.services.people.tree import Draft
from quizzes.refusals import Rejected

pages = Blueprint("chapters", __name__)

PAGE = 50  # chapters of a page
MOST_FOUND = 30  # chapters a search lists
NAMED = 10
"""Names told of who and what goes over."""


@pages.get("/chapters")
def index() -> str:
    """Search, and the roots of the tree."""
    words = request.args.get("q", "").strip()
    found = chapters.find_chapters(words, limit=MOST_FOUND) if words else chapters.children(None, limit=200)
    return render_template("people/chapters/index.html", words=words, found=found, kinds=KINDS, most=MOST_FOUND)


@pages.get("/chapters/find")
def find() -> Any:
    """Open chapters whose names hold the words, for fields that help while one types."""
    found = chapters.find_chapters(request.args.get("q", ""), limit=MOST_FOUND, on=today())
    return jsonify([{"id": one.id, "code": one.code, "name": one.name, "place": one.place} for one in found])


@pages.get("/chapters/<int:chapter_id>")
def show(chapter_id: int) -> str:
    """One chapter with those right below it."""
    one = chapter_at(chapter_id)
    below = chapters.children(chapter_id, after=after_key(), limit=PAGE + 1)
    successor = chapters.chapter(one.successor_id) if one.successor_id else None
    member = security.current_member()
    return render_template(
        "people/chapters/show.html",
        chapter=one,
        way=chapters.ancestors(one.path),
        below=below[:PAGE],
        more=key_of(below, PAGE),
        size=chapters.size_of(one.path),
        successor=successor,
        kinds=KINDS,
        organiser=member is not None and member.may("organiser", one.path),
        today=today(),
        panels=on_chapter(one),
        sample=demo.is_demo(one.code) and member is not None and member.may("admin", one.path),
    )


@pages.post("/chapters/<int:chapter_id>/sample")
def remove_sample(chapter_id: int) -> Reply:
    """Take the invented organisation of a new site away."""
    if not demo.is_demo(chapter_at(chapter_id).code):
        raise Rejected("not_found")
    demo.remove(security.signed_in().id)
    flash(gettext("Đã xóa dữ liệu mẫu."), "good")
    return redirect(url_for("chapters.index"))


@pages.route("/chapters/new", methods=["GET", "POST"])
def new_root() -> Reply:
    """A chapter without one above it: only for who administers everything."""
    security.need("admin", "/")
    return _new(None)


@pages.route("/chapters/<int:chapter_id>/new", methods=["GET", "POST"])
def new(chapter_id: int) -> Reply:
    """A chapter below this one."""
    return _new(chapter_at(chapter_id))


def _new(above: ChapterLine | None) -> Reply:
    form = Form(kind="chi_doan")

    def add() -> int:
        return tree.add_chapter(signed_in().id, above.id if above else None, _draft(form))

    if (made := form.made(add)) is not None:
        flash(gettext("Đã thêm cơ sở."), "good")
        return redirect(url_for("chapters.show", chapter_id=made))
    return _edit_page(form, gettext("Thêm cơ sở"), above, above)


@pages.route("/chapters/<int:chapter_id>/change", methods=["GET", "POST"])
def change(chapter_id: int) -> Reply:
    """Correct what is known about a chapter."""
    one = chapter_at(chapter_id)
    form = Form(name=one.name, kind=one.kind, code=one.code, valid_from=one.valid_from, valid_to=one.valid_to)
    if form.accepted(
        lambda: tree.change_chapter(signed_in().id, chapter_id, replace(_draft(form), valid_to=one.valid_to))
    ):
        flash(gettext("Đã lưu."), "good")
        return redirect(url_for("chapters.show", chapter_id=chapter_id))
    return _edit_page(form, gettext("Sửa cơ sở"), one, None)


@pages.route("/chapters/<int:chapter_id>/move", methods=["GET", "POST"])
def move(chapter_id: int) -> Reply:
    """Hang the branch under another chapter, named by its code."""
    one = chapter_at(chapter_id)
    form = Form()
    me = signed_in().id
    if form.accepted(lambda: tree.move_chapter(me, chapter_id, chapter_named(form, "parent"), form["reason"])):
        flash(gettext("Đã chuyển. Các đơn vị và đoàn viên bên dưới đi theo."), "good")
        return redirect(url_for("chapters.show", chapter_id=chapter_id))
    way = chapters.ancestors(one.path)
    return render_template("people/chapters/move.html", form=form, chapter=one, way=way), form.status


@pages.route("/chapters/<int:chapter_id>/close", methods=["GET", "POST"])
def close(chapter_id: int) -> Reply:
    """End a chapter, or merge it into another."""
    one = chapter_at(chapter_id)
    form, heirs = Form(valid_to=today()), list[ChapterLine | None]()

    def end() -> None:
        on = form.day("valid_to")
        if on is None:
            raise Rejected("bad_dates", field="valid_to")
        successor = chapter_named(form, "successor") if form["successor"] else None
        if form.ticked("sure"):
            tree.close_chapter(signed_in().id, chapter_id, on, successor, form["reason"], form.ticked("leave"))
        else:
            heirs.append(chapters.chapter(successor) if successor else None)

    if form.accepted(end) and not heirs:
        flash(gettext("Đã kết thúc cơ sở. Kết quả trước đây vẫn giữ nguyên."), "good")
        return redirect(url_for("chapters.show", chapter_id=chapter_id))
    way, size = chapters.ancestors(one.path), chapters.size_of(one.path)
    return render_template(
        "people/chapters/close.html",
        form=form,
        chapter=one,
        way=way,
        size=size,
        shown=bool(heirs),
        heir=heirs[0] if heirs else None,
        here_now=members.list_members(one.path, limit=NAMED),
        below=chapters.children(chapter_id, limit=NAMED),
    ), form.status


@pages.post("/chapters/<int:chapter_id>/reopen")
def reopen(chapter_id: int) -> Reply:
    """A chapter that was ended exists again."""
    tree.reopen_chapter(signed_in().id, chapter_id, request.form.get("reason", "").strip())
    flash(gettext("Đã mở lại cơ sở."), "good")
    return redirect(url_for("chapters.show", chapter_id=chapter_id))


@pages.route("/chapters/<int:chapter_id>/invite", methods=["GET", "POST"])
def invite(chapter_id: int) -> Reply:
    """A link, and its QR to print, with which people make an account in this chapter."""
    one = chapter_at(chapter_id)
    form = Form(uses=50)
    if (made := form.made(lambda: links.invite(signed_in().id, chapter_id, form.number("uses") or 0))) is not None:
        address = outward("accounts.invited", token=made)
        return render_template("people/chapters/invited.html", chapter=one, address=address, code=qr(address))
    return _invite_page(form, one)


@pages.post("/chapters/<int:chapter_id>/invite/mail")
def invite_by_mail(chapter_id: int) -> Reply:
    """A letter with a link of its own to each address; the addresses are kept nowhere."""
    one, form = chapter_at(chapter_id), Form(uses=50)
    sent: list[str] = []
    if not form.accepted(lambda: sent.extend(_write_to(chapter_id, one.name, form["addresses"]))):
        return _invite_page(form, one)
    flash(gettext("Đã gửi %(count)s thư mời.", count=len(sent)), "good")
    return redirect(url_for("chapters.show", chapter_id=chapter_id))


def _write_to(chapter_id: int, name: str, pasted: str) -> list[str]:
    if not post.open:
        raise Rejected("not_now")
    people = mail_invitations.addresses(pasted)
    wait = limits.rates().spend(limits.LETTERS, "invitations", f"member {signed_in().id}")
    if wait:
        limits.refuse(wait)
    tokens = mail_invitations.invite_each(signed_in().id, chapter_id, len(people))
    texts = [_invitation(name, outward("accounts.invited", token=one)) for one in tokens]
    post.send_each(gettext("Lời mời từ %(name)s", name=name), list(zip(people, texts, strict=True)))
    return people


def _invitation(name: str, address: str) -> str:
    text: str = gettext(
        "%(name)s mời bạn lập tài khoản tại Sân Chơi Số. Liên kết này của riêng bạn, dùng được một lần, trong 14 ngày:"
        "\n\n%(address)s\n\nNếu không muốn, bạn chỉ cần bỏ qua thư này: địa chỉ của bạn không được lưu lại.",
        name=name,
        address=address,
    )
    return text


def _invite_page(form: Form, one: ChapterLine) -> Reply:
    page = render_template(
        "people/chapters/invite.html",
        form=form,
        chapter=one,
        way=chapters.ancestors(one.path),
        letters=post.open,
        most=mail_invitations.MOST,
    )
    return page, form.status


def _draft(form: Form) -> Draft:
    return Draft(form["name"], form["kind"], form["code"], form.day("valid_from"), form.day("valid_to"))


def _edit_page(form: Form, title: str, here: ChapterLine | None, above: ChapterLine | None) -> Reply:
    way = chapters.ancestors(here.path) if here else []
    kinds = [(key, gettext(word)) for key, word in KINDS.items()]
    page = render_template("people/chapters/edit.html", form=form, title=title, way=way, above=above, kinds=kinds)
    return page, form.status
