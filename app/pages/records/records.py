"""Records of members: a chapter's list, one member's, one's own; files with their history."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug import Response

from app.pages.parts.asked import chapter_at
from app.pages.parts.files import download
from app.pages.parts.forms import Form
from app.pages.parts.frame import today
from app.security import signed_in
from app.services.files.containers import Page, write_csv, write_xlsx
from app.services.people import members
from app.services.records import records
from quizzes.records.operations import MASTER, OPERATIONS
from quizzes.refusals import Rejected

pages = Blueprint("records", __name__)

Answer = str | Response | tuple[str, int]
PAGE = 100


@pages.get("/chapters/<int:chapter_id>/records")
def index(chapter_id: int) -> str:
    """What is noted of the members of a chapter and below."""
    chapter, operation = chapter_at(chapter_id), request.args.get("operation", "")
    operation = operation if operation in OPERATIONS else ""
    found = records.of_chapter(chapter.path, operation, PAGE + 1, request.args.get("before", 0, type=int))
    more = found[PAGE - 1].id if len(found) > PAGE else None
    return render_template("records/index.html", chapter=chapter, found=found[:PAGE], more=more, operation=operation,
                           operations=OPERATIONS, master=MASTER)  # fmt: skip


@pages.get("/chapters/<int:chapter_id>/records.<form>")
def export(chapter_id: int, form: str) -> Any:
    """Everything with its history: what was taken back too, by whom and why."""
    if form not in ("csv", "xlsx"):
        raise Rejected("not_found")
    lines = records.exported(signed_in().id, chapter_at(chapter_id).id)
    head = [_("Mã đoàn viên"), _("Nghiệp vụ"), _("Ngày"), _("Số văn bản"), _("Nội dung"), _("Họ và tên"), _("Cơ sở"),
            _("Người ghi"), _("Ghi lúc"), _("Thu hồi lúc"), _("Lý do thu hồi")]  # fmt: skip
    # fmt: off
    rows = [head, *([one.code, _(OPERATIONS[one.operation]), one.on.isoformat(), one.document, one.text, one.member,
                     one.chapter, one.by, _utc(one.made_at), _utc(one.taken_back_at), one.why] for one in lines)]
    # fmt: on
    if form == "csv":
        return download(write_csv(rows), f"nghiep-vu-{chapter_id}.csv")
    about = Page(_("Về bảng này"), [[_("Về bảng này")], [_(MASTER)]], widths=[110])
    sheet = Page(_("Nghiệp vụ"), rows, widths=[18, 30, 12, 18, 40, 28, 28, 28, 18, 18, 30])
    return download(write_xlsx([sheet, about]), f"nghiep-vu-{chapter_id}.xlsx")


def _utc(at: int | None) -> str:
    return datetime.fromtimestamp(at / 1e6, UTC).strftime("%Y-%m-%d %H:%M") if at else ""


@pages.route("/members/<int:member_id>/records", methods=["GET", "POST"])
def of_member(member_id: int) -> Answer:
    """One member's, with what was taken back, and a form for one more."""
    form, me = Form(on=today().isoformat()), signed_in().id

    def work() -> None:
        records.note(me, member_id, form["operation"], form.day("on"), form["document"], form["text"])

    if form.accepted(work):
        flash(_("Đã ghi."), "good")
        return redirect(url_for("records.of_member", member_id=member_id))
    member = members.member(member_id)
    if member is None:
        raise Rejected("not_found")
    page = render_template("records/of_member.html", member=member, lines=records.of_member(member_id), form=form,
                           operations=OPERATIONS, options=[(key, _(name)) for key, name in OPERATIONS.items()],
                           master=MASTER)  # fmt: skip
    return page, form.status


@pages.post("/records/<int:number>/back")
def take_back(number: int) -> Response:
    """It was wrong; it stays in sight with the reason."""
    member_id = records.take_back(signed_in().id, number, request.form.get("why", ""))
    flash(_("Đã thu hồi. Ghi chép vẫn còn trong lịch sử."), "good")
    return redirect(url_for("records.of_member", member_id=member_id))


@pages.get("/me/records")
def mine() -> str:
    """One's own."""
    return render_template("records/mine.html", lines=records.of_member(signed_in().id), operations=OPERATIONS,
                           master=MASTER)  # fmt: skip
