"""Members, for the organisers of their chapter."""

from __future__ import annotations

from itertools import chain

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext

from app import security
from app.pages.parts.asked import after_key, chapter_at, chapter_named, key_of
from app.pages.parts.files import table
from app.pages.parts.forms import Form
from app.pages.parts.qr import outward, qr
from app.pages.parts.reply import Reply
from app.pages.people.accounts import RELATIONS
from app.pages.people.member_form import changed, everybody, person, present, reason
from app.security import signed_in
from app.services import audit
from app.services.commit import breathe
from app.services.people import (
    chapters,
    consent,
    guardians,
    links,
    logins,
    members,
    membership,
    merging,
    my_data,
    queue,
    roles,
)
from app.services.people.chapters import ChapterLine
from app.services.people.consent import PURPOSES
from app.services.people.imports.chapter_names import written_paths
from app.services.people.roles import ROLES
from quizzes.refusals import N_, Rejected

pages = Blueprint("members", __name__)

PAGE = 50  # members of a page


@pages.get("/chapters/<int:chapter_id>/members")
def index(chapter_id: int) -> str:
    """The members of a chapter and everything below it, in Vietnamese order."""
    page, _ = _index(chapter_at(chapter_id), Form(), set())
    return page


def _index(one: ChapterLine, form: Form, chosen: set[int]) -> tuple[str, int]:
    words, left = request.args.get("q", "").strip(), bool(request.args.get("left"))
    found = members.list_members(one.path, words=words, after=after_key(), limit=PAGE + 1, left=left)
    return render_template(
        "people/members/index.html",
        chapter=one,
        way=chapters.ancestors(one.path),
        found=found[:PAGE],
        words=words,
        left=left,
        more=key_of(found, PAGE),
        form=form,
        chosen=chosen,
        size=chapters.size_of(one.path),
        first=after_key() is None,
        waits=queue.count(one.path),
    ), form.status


@pages.post("/chapters/<int:chapter_id>/members")
def many(chapter_id: int) -> Reply:
    """Move those who are ticked to another chapter, or take them off the list or back on it."""
    one, form, me = chapter_at(chapter_id), Form(), signed_in()
    chosen, done = request.form.getlist("member", type=int)[:PAGE], list[int]()

    def do() -> None:
        if not chosen:
            raise Rejected("nothing_ticked")
        if form["do"] == "move":
            goal = chapter_named(form, "chapter")
            done.append(membership.move_members(me.id, chosen, goal, form["reason"]))
        elif form["do"] in ("leave", "return"):
            done.append(membership.set_left_many(me.id, chosen, form["do"] == "leave", form["reason"]))
        else:
            raise Rejected("bad_request", field="do")

    if form.accepted(do):
        flash(gettext("Đã làm cho %(n)s người.", n=done[0]), "good")
        return redirect(url_for("members.index", chapter_id=chapter_id))
    return _index(one, form, set(chosen))


@pages.get("/chapters/<int:chapter_id>/members.csv")
def export(chapter_id: int) -> Response:
    """The whole list as a table, safe to open in a spreadsheet."""
    one = chapter_at(chapter_id)
    audit.note(signed_in().id, "member.exported", chapter_id=chapter_id)
    head = [
        gettext(word)
        for word in (N_("Mã đoàn viên"), N_("Họ và tên"), N_("Năm sinh"), N_("Mã cơ sở"), N_("Cơ sở"), N_("Tài khoản"))
    ]
    paths = written_paths(one.path)
    breathe()
    lines = (
        [m.code, m.name, m.birth_year or "", *paths.get(m.chapter_id, ("", m.chapter)), m.account or ""]
        for m in everybody(one.path)
    )
    return table(chain([head], lines), f"members-{one.id}.csv")


@pages.route("/chapters/<int:chapter_id>/members/new", methods=["GET", "POST"])
def new(chapter_id: int) -> Reply:
    """Enter one member."""
    one = chapter_at(chapter_id)
    form = Form()
    if (made := form.made(lambda: membership.add_member(signed_in().id, chapter_id, person(form)))) is not None:
        flash(gettext("Đã thêm đoàn viên."), "good")
        return redirect(url_for("members.show", member_id=made))
    page = "people/members/edit.html"
    return render_template(
        page, form=form, title=gettext("Thêm đoàn viên"), chapter=one, way=chapters.ancestors(one.path)
    ), form.status


@pages.get("/members/<int:member_id>")
def show(member_id: int) -> str:
    """One member: data, account, roles."""
    one = present(member_id)
    me = security.current_member()
    way = chapters.ancestors(one.path)
    held = me.roles if me else ()
    givable = [role for role in ROLES if any(roles.may_give(held, role, step.path) for step in way)]
    scopes: list[tuple[int | str, str]] = [
        (step.id, step.name) for step in way if any(roles.may_give(held, role, step.path) for role in givable)
    ]
    if roles.may_give(held, "admin", "/"):
        scopes.insert(0, ("", gettext("Toàn hệ thống")))
    return render_template(
        "people/members/show.html",
        member=one,
        way=way,
        granted=roles.grants("/", member_id=member_id),
        all_roles=ROLES,
        roles=[(role, gettext(ROLES[role][0])) for role in givable],
        scopes=scopes,
        where=one.chapter_id,
        consents=consent.given_consents(member_id),
        purposes=PURPOSES,
        said=guardians.statement(member_id),
        relations=RELATIONS,
        merged=merging.merged(member_id),
        kept_as=members.member(merging.kept_as(member_id) or 0),
    )


@pages.route("/members/<int:member_id>/change", methods=["GET", "POST"])
def change(member_id: int) -> Reply:
    """Correct a member's data."""
    one = present(member_id)
    form = Form(name=one.name, birth_year=one.birth_year, code=one.code, nickname=one.nickname)
    if form.accepted(lambda: membership.change_member(signed_in().id, member_id, person(form))):
        flash(gettext("Đã lưu."), "good")
        return redirect(url_for("members.show", member_id=member_id))
    page = "people/members/edit.html"
    return render_template(
        page, form=form, title=gettext("Sửa thông tin"), member=one, way=chapters.ancestors(one.path)
    ), form.status


@pages.route("/members/<int:member_id>/move", methods=["GET", "POST"])
def move(member_id: int) -> Reply:
    """Give a member another home chapter."""
    one = present(member_id)
    form = Form()
    me = signed_in().id
    if form.accepted(lambda: membership.move_member(me, member_id, chapter_named(form, "chapter"), form["reason"])):
        flash(gettext("Đã chuyển sinh hoạt."), "good")
        return redirect(url_for("chapters.show", chapter_id=present(member_id).chapter_id))
    way = chapters.ancestors(one.path)
    return render_template("people/members/move.html", form=form, member=one, way=way), form.status


@pages.post("/members/<int:member_id>/confirm")
def confirm(member_id: int) -> Reply:
    """Vouch for somebody who signed up alone."""
    words = gettext("Đã xác nhận đoàn viên.")
    return changed(member_id, lambda: membership.confirm_member(signed_in().id, member_id), words)


@pages.post("/members/<int:member_id>/leave")
def leave(member_id: int) -> Reply:
    """Off the lists, or back on them."""
    left = request.form.get("left") == "yes"
    words = gettext("Đã đưa khỏi danh sách.") if left else gettext("Đã đưa trở lại danh sách.")
    return changed(member_id, lambda: membership.set_left(signed_in().id, member_id, left, reason()), words)


@pages.post("/members/<int:member_id>/disable")
def disable(member_id: int) -> Reply:
    """Close or reopen the account."""
    disabled = request.form.get("disabled") == "yes"
    words = gettext("Đã khóa tài khoản và kết thúc mọi phiên.") if disabled else gettext("Đã mở lại tài khoản.")
    return changed(member_id, lambda: logins.set_disabled(signed_in().id, member_id, disabled, reason()), words)


@pages.post("/members/<int:member_id>/link")
def link(member_id: int) -> Reply:
    """A one-time link to hand over: set a password, open an account, or ask the guardian."""
    one = present(member_id)
    if one.account == logins.WAITING:
        address = outward("accounts.guardian", token=links.guardian_link(signed_in().id, member_id))
    else:
        address = outward("accounts.activate", token=links.password_link(signed_in().id, member_id))
    return render_template("people/members/link.html", member=one, address=address, code=qr(address))


@pages.post("/members/<int:member_id>/guardian")
def guardian(member_id: int) -> Reply:
    """The organiser has met the guardian of a child, or knows that this was not the guardian."""
    if request.form.get("met") == "yes":
        work, words = guardians.confirm_guardian, gettext("Đã xác nhận. Trẻ đăng nhập được ngay bây giờ.")
    else:
        work, words = guardians.refuse_guardian, gettext("Đã bỏ lời đồng ý này. Hãy cấp liên kết mới.")
    return changed(member_id, lambda: work(signed_in().id, member_id), words)


@pages.route("/members/<int:member_id>/erase", methods=["GET", "POST"])
def erase(member_id: int) -> Reply:
    """Erase a person's data at their wish."""
    one = present(member_id)
    form = Form()

    def do() -> None:
        if form["word"].upper() != one.code.upper():
            raise Rejected("confirm_word", field="word")
        my_data.erase(signed_in().id, member_id, form["reason"])

    if form.accepted(do):
        flash(gettext("Đã xóa dữ liệu cá nhân."), "good")
        return redirect(url_for("members.index", chapter_id=one.chapter_id))
    way = chapters.ancestors(one.path)
    return render_template("people/members/erase.html", form=form, member=one, way=way), form.status
