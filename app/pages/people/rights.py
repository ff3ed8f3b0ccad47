"""The pages of people's rights over their data: requests, the desk that answers, incidents, and the report of what was
erased in time."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import format_date, gettext
from werkzeug import Response

from app.pages.parts.forms import Form
from app.pages.parts.reply import Reply
from app.security import signed_in
from app.security.headers import settings
from app.services import retention
from app.services.people import incidents, requests, working_days
from app.services.people.incidents import Draft
from app.services.people.roles import ADMIN, ORGANISER, may
from app.services.people.working_days import Day
from quizzes.holidays import date_of
from quizzes.refusals import N_, Rejected
from quizzes.rights import KINDS

pages = Blueprint("rights", __name__)

ERASED = {
    "traces": N_("dấu vết thiết bị của lượt thi"), "signals": N_("dấu hiệu bất thường của lượt thi"),
    "answers": N_("câu trả lời có tên"), "unfinished": N_("mã 1+2 không ai dùng"),
    "addresses": N_("mã băm địa chỉ mạng"), "names": N_("tên người được chỉ"),
    "children": N_("trình duyệt của bạn nhỏ đã được chỉ"), "numbers": N_("số điện thoại tự để lại"),
    "request_words": N_("nội dung yêu cầu đã trả lời"), "reports": N_("báo cáo xóa cũ"),
    "deed_words": N_("lời ghi của việc làm"), "deed_photos": N_("ảnh của việc làm"),
    "attendance": N_("sự có mặt ở hoạt động"), "show_screens": N_("màn hình của chương trình đã xong"),
    "clips": N_("phim không câu hỏi nào dùng"), "tournament_names": N_("tên người trong giải đấu đã xong"),
}  # fmt: skip
"""kind of rows -> what the report calls it."""


@pages.route("/me/requests", methods=["GET", "POST"])
def mine() -> Reply:
    """Ask about one's own data, and read the answers."""
    me, form = signed_in(), Form()
    if form.accepted(lambda: requests.ask(me.id, form["kind"], form["words"])):
        flash(gettext("Đã gửi. Trong 2 ngày làm việc bạn nhận trả lời đầu tiên."), "good")
        return redirect(url_for("rights.mine"))
    asked = requests.mine(me.id)
    return render_template("people/rights/mine.html", form=form, kinds=KINDS, asked=asked), form.status


@pages.get("/requests")
def desk() -> str:
    """Requests of one's own area with their clocks, and what was erased because its time was over."""
    return render_template(
        "people/rights/desk.html",
        asked=requests.desk(signed_in().top(ORGANISER)),
        kinds=KINDS,
        report=retention.report(),
        erased=ERASED,
    )


@pages.route("/requests/days", methods=["GET", "POST"])
def days() -> Reply:
    """Serves the days that are free or made up for; the administrators of everything decide about more."""
    me, form = signed_in(), Form()
    work = lambda: working_days.decide(me.id, form.day("day"), form.ticked("works"), form["name"])  # noqa: E731
    if form.accepted(work):
        flash(gettext("Đã ghi."), "good")
        return redirect(url_for("rights.days"))
    held: dict[int, list[tuple[Day, str]]] = {}
    for one in working_days.days(_here().year * 10_000):
        said = format_date(date_of(one.day), "full")
        held.setdefault(one.day // 10_000, []).append((one, said))
    decides = may(me.roles, ADMIN, working_days.EVERYWHERE)
    return render_template("people/rights/days.html", form=form, held=held, decides=decides), form.status


@pages.post("/requests/days/<int:number>/back")
def day_back(number: int) -> Response:
    """A day is again what it was before somebody decided about it."""
    working_days.take_back(signed_in().id, number)
    flash(gettext("Đã ghi."), "good")
    return redirect(url_for("rights.days"))


@pages.post("/requests/<int:number>")
def answer(number: int) -> Response:
    """A first reply, more time, or the end of it."""
    me, form = signed_in(), Form()
    verbs = {
        "reply": lambda: requests.reply(me.id, number, form["words"]),
        "extend": lambda: requests.extend(me.id, number, form["words"]),
        "grant": lambda: requests.close(me.id, number, True, form["words"]),
        "refuse": lambda: requests.close(me.id, number, False, form["words"]),
    }
    if form["do"] not in verbs:
        raise Rejected("bad_request")
    done = form.accepted(verbs[form["do"]])
    if done:
        flash(gettext("Đã ghi."), "good")
    form.tell()
    return redirect(url_for("rights.desk"))


@pages.route("/incidents", methods=["GET", "POST"], endpoint="incidents")
def listed() -> Reply:
    """Incidents with the 72 hours of the law, and the form that writes one down."""
    me, form = signed_in(), Form(found_at=_here().strftime("%Y-%m-%dT%H:%M"))

    def store() -> None:
        draft = Draft(
            _moment(form["found_at"]),
            form["what"],
            form["data_kinds"],
            form.number("people") or 0,
            form["harm"],
            form["measures"],
            form["contact"],
        )
        incidents.write_down(me.id, me.chapter_id, draft)

    if form.accepted(store):
        flash(gettext("Đã ghi sự cố. Báo cơ quan có thẩm quyền trong 72 giờ kể từ lúc phát hiện."), "good")
        return redirect(url_for("rights.incidents"))
    held = incidents.listed(signed_in().top(ORGANISER))
    return render_template("people/rights/incidents.html", form=form, held=held), form.status


@pages.post("/incidents/<int:number>")
def reported(number: int) -> Response:
    """The authority has been told."""
    form = Form()
    done = form.accepted(lambda: incidents.reported(signed_in().id, number))
    if done:
        flash(gettext("Đã ghi."), "good")
    form.tell()
    return redirect(url_for("rights.incidents"))


def _here() -> datetime:
    return datetime.now(ZoneInfo(settings().time_zone)) - timedelta(minutes=1)


def _moment(text: str) -> int:
    """The microsecond of what a browser's field of day and time sends, where the people are."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise Rejected("bad_dates", field="found_at") from None
    return int(found.replace(tzinfo=ZoneInfo(settings().time_zone)).timestamp() * 1_000_000)
