"""Records of members: a chapter's list, one member's, one's own; files with their history."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import chain
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug import Response

from app.pages.parts.asked import chapter_at
from app.pages.parts.files import table, workbook
from app.pages.parts.forms import Form
from app.pages.parts.frame import today
from app.pages.parts.reply import Reply
from app.security import signed_in
from app.services.files.containers import Page
from app.services.people import members
from app.services.records import records
from quizzes.records.operations import MASTER, OPERATIONS
from quizzes.refusals import N_, Rejected

TITLES = (
    N_("Mã đoàn viên"),
    N_("Nghiệp vụ"),
    N_("Ngày"),
    N_("Số văn bản"),
    N_("Nội dung"),
    N_("Họ và tên"),
    N_("Cơ sở"),
    N_("Người ghi"),
    N_("Ghi lúc"),
    N_("Thu hồi lúc"),
    N_("Lý do thu hồi"),
)
"""The columns of the exported table."""

pages = Blueprint("records", __name__)

PAGE = 100  # records of a page


@pages.get("/chapters/<int:chapter_id>/records")
def index(chapter_id: int) -> str:
    """Serves the records of members of a chapter and below."""
    chapter, operation = chapter_at(chapter_id), request.args.get("operation", "")
    operation = operation if operation in OPERATIONS else ""
    found = records.of_chapter(chapter.path, operation, PAGE + 1, request.args.get("before", 0, type=int))
    more = found[PAGE - 1].id if len(found) > PAGE else None
    return render_template(
        "records/index.html",
        chapter=chapter,
        found=found[:PAGE],
        more=more,
        operation=operation,
        operations=OPERATIONS,
        master=MASTER,
    )


def _row(one: records.Line, operation: str) -> list[Any]:
    return [
        one.code,
        operation,
        one.on.isoformat(),
        one.document,
        one.text,
        one.member,
        one.chapter,
        one.by,
        _utc(one.made_at),
        _utc(one.taken_back_at),
        one.why,
    ]


@pages.get("/chapters/<int:chapter_id>/records.<form>")
def export(chapter_id: int, form: str) -> Any:
    """Everything with its history: what was taken back too, by whom and why."""
    if form not in ("csv", "xlsx"):
        raise Rejected("not_found")
    lines = records.exported(signed_in().id, chapter_at(chapter_id).id)
    titles = {key: _(title) for key, title in OPERATIONS.items()}
    rows = chain([[_(title) for title in TITLES]], (_row(one, titles[one.operation]) for one in lines))
    if form == "csv":
        return table(rows, f"nghiep-vu-{chapter_id}.csv")
    about = Page(_("Về bảng này"), [[_("Về bảng này")], [_(MASTER)]], widths=[110])
    sheet = Page(_("Nghiệp vụ"), rows, widths=[18, 30, 12, 18, 40, 28, 28, 28, 18, 18, 30])
    return workbook([sheet, about], f"nghiep-vu-{chapter_id}.xlsx")


def _utc(at: int | None) -> str:
    return datetime.fromtimestamp(at / 1e6, UTC).strftime("%Y-%m-%d %H:%M") if at else ""


@pages.route("/members/<int:member_id>/records", methods=["GET", "POST"])
def of_member(member_id: int) -> Reply:
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
    page = render_template(
        "records/of_member.html",
        member=member,
        lines=records.of_member(member_id),
        form=form,
        operations=OPERATIONS,
        options=[(key, _(name)) for key, name in OPERATIONS.items()],
        master=MASTER,
    )
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
    return render_template(
        "records/mine.html", lines=records.of_member(signed_in().id), operations=OPERATIONS, master=MASTER
    )
