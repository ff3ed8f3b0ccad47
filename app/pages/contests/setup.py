"""Setting a contest up: a preset, one form, head-counts, the check, and the opening."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import format_decimal, gettext

from app import security
from app.errors import sentence
from app.pages.contests.rules_codes import shown, with_numbers
from app.pages.contests.rules_form import RulesForm, name_of, read_form, setting_at, without_empty_rows
from app.pages.parts.forms import Form
from app.pages.parts.offered_chapters import offered_chapters
from app.pages.parts.reply import Reply
from app.pages.parts.saying import GROUPS, at
from app.security import signed_in
from app.services.banks import own_banks
from app.services.contests import contests
from app.services.contests.contests import ContestLine
from app.services.contests.setup import drafts, opening
from app.services.people import chapters
from app.services.people.kinds import KINDS
from quizzes.contest.checks import consistency
from quizzes.contest.setup.rules import plain, read_rules, timetable
from quizzes.problems import Problem
from quizzes.refusals import Rejected

pages = Blueprint("contest_setup", __name__)


@pages.route("/contests/new", methods=["GET", "POST"])
def new() -> Reply:
    """Choose a chapter and a preset; the first day makes exact hours of the preset's timetable."""
    member = signed_in()
    presets, offered, problem = drafts.presets(), offered_chapters(member, "organiser"), ""
    named = chapters.chapter(request.args.get("chapter", 0, type=int))
    if named is not None and member.may("organiser", named.path) and named not in offered:
        offered.append(named)
    if request.method == "POST":
        chapter = request.form.get("chapter", 0, type=int)
        data = presets.get(request.form.get("preset", ""), {})
        first = _day(request.form.get("first_day", ""))
        if request.form.get("first_day") and first is None:
            problem = gettext("Ngày không hợp lệ.")
        else:
            made = drafts.create(member.id, chapter, _dated(data, first))
            return redirect(url_for("contest_setup.setup", public_id=contests.contest(made).public_id))
    return render_template(
        "contests/setup/new.html",
        presets=presets,
        places=offered,
        problem=problem,
        chosen=request.values.get("preset", "classic-doan"),
        chapter=request.values.get("chapter", 0, type=int),
    ), 422 if problem else 200


def _dated(data: dict[str, Any], first: date | None) -> dict[str, Any]:
    """The preset with its waves from the first day."""
    rules, _ = read_rules(data)
    return plain(timetable(rules, first.isoformat()) if first else rules)


def _day(text: str) -> date | None:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if 2000 <= found.year < 2200 else None


@pages.route("/contests/<public_id>/setup", methods=["GET", "POST"])
def setup(public_id: str) -> Reply:
    """The form with everything the rules declare."""
    line = organised(public_id)
    if line.opened_at is not None or line.cancelled_at is not None:
        return redirect(url_for("contests.one", public_id=public_id))
    if request.method == "GET":
        form = RulesForm(shown(line.rules), consistency.check(line.rules))
        return _form_page(line, form, line.revision)
    data = read_form(request.form, shown(line.rules))
    revision = request.form.get("revision", 0, type=int)
    do = request.form.get("do", "save")
    if do not in ("save", "check"):
        return _form_page(line, RulesForm(_changed(data, do)), revision, unsaved=True)
    data = without_empty_rows(data)
    numbered, problems = with_numbers(data)
    try:
        problems = problems or drafts.save(signed_in().id, line.id, revision, numbered)
    except Rejected as refusal:
        flash(sentence(refusal.code), "bad")
        return _form_page(line, RulesForm(data), revision, unsaved=True, status=409)
    if problems:
        return _form_page(line, RulesForm(data, problems), revision, unsaved=True, status=422)
    flash(gettext("Đã lưu."), "good")
    return redirect(url_for("contest_setup.check" if do == "check" else "contest_setup.setup", public_id=public_id))


def _changed(data: dict[str, Any], do: str) -> dict[str, Any]:
    """The form with a row more, a row less, or the waves of the timetable; nothing is stored."""
    verb, _, name = do.partition(":")
    if verb == "fill":
        rules, _ = read_rules({"schedule": data.get("schedule") or {}})
        first = _day(request.form.get("first_day", ""))
        if first is None:
            flash(gettext("Hãy chọn ngày đầu tiên để điền các đợt."), "warn")
            return data
        return data | {"waves": plain(timetable(rules, first.isoformat()))["waves"]}
    way = name.split(".")
    at = way.pop() if verb == "drop" else ""
    found = setting_at(".".join(way))
    holder = _holder(data, way[:-1])
    if found is None or found.kind != "parts" or holder is None:
        return data
    rows = holder.get(way[-1]) or []
    if verb == "add" and isinstance(rows, list):
        holder[way[-1]] = [*rows, {}]
    elif verb == "drop" and at.isdecimal() and isinstance(rows, list):
        holder[way[-1]] = [one for index, one in enumerate(rows) if str(index) != at]
    return data


def _holder(data: Any, way: list[str]) -> dict[str, Any] | None:
    """The part a list stands in; an absent one is made. None where there is no such row."""
    for part in way:
        if isinstance(data, list):
            data = data[int(part)] if part.isdecimal() and int(part) < len(data) else None
        elif isinstance(data, dict):
            data[part] = {} if data.get(part) is None else data[part]
            data = data[part]
    return data if isinstance(data, dict) else None


def _form_page(line: ContestLine, form: RulesForm, revision: int, *, unsaved: bool = False, status: int = 200) -> Reply:
    banks = own_banks.banks_for_contests(signed_in().id)
    counts = opening.stock(line.rules, [one.id for one in banks])
    topics = {key: words for bank in banks for key, words in bank.topics.items()}
    page = render_template(
        "contests/setup/setup.html",
        contest=line,
        form=form,
        revision=revision,
        unsaved=unsaved,
        banks=banks,
        kinds=KINDS,
        stock=counts,
        topics=topics,
        name_of=name_of,
        said=_said,
        groups=GROUPS,
        first_day=request.form.get("first_day", ""),
        usable=Counter({bank: sum(row[3] for row in counts if row[0] == bank) for bank in {row[0] for row in counts}}),
    )
    return page, status


@pages.get("/contests/<public_id>/check")
def check(public_id: str) -> str:
    """Serves the obstacles to opening the contest now."""
    line = organised(public_id)
    found = opening.findings(signed_in().id, line.id)
    return render_template(
        "contests/setup/check.html",
        contest=line,
        found=found,
        said=_said,
        name_of=name_of,
        at=at,
        number=format_decimal,
    )


def _said(one: Problem) -> str:
    return str(gettext(one.sentence) % dict(one.about))


@pages.post("/contests/<public_id>/open")
def open_now(public_id: str) -> Reply:
    """Freeze everything; the waves' hours decide who may start when."""
    line = organised(public_id)
    if not request.form.get("sure"):
        flash(gettext("Hãy xác nhận rằng thể lệ không đổi được nữa sau khi mở."), "warn")
        return redirect(url_for("contest_setup.check", public_id=public_id))
    errors = opening.open_contest(signed_in().id, line.id, request.form.get("revision", 0, type=int))
    if errors:
        flash(gettext("Chưa mở được: còn %(n)s lỗi.", n=len(errors)), "bad")
        return redirect(url_for("contest_setup.check", public_id=public_id))
    flash(gettext("Cuộc thi đã mở theo lịch. Thể lệ và câu hỏi đã được chốt."), "good")
    return redirect(url_for("contests.one", public_id=public_id))


@pages.post("/contests/<public_id>/cancel")
def cancel(public_id: str) -> Reply:
    """Call the contest off, with a reason."""
    line = organised(public_id)
    form = Form()
    if form.accepted(lambda: drafts.cancel(signed_in().id, line.id, form["reason"])):
        flash(gettext("Đã hủy cuộc thi."), "good")
    form.tell()
    return redirect(url_for("contests.one", public_id=public_id))


@pages.post("/contests/<public_id>/discard")
def discard(public_id: str) -> Reply:
    """Delete a draft."""
    drafts.discard(signed_in().id, organised(public_id).id)
    flash(gettext("Đã xóa bản nháp."), "good")
    return redirect(url_for("contests.index"))


@pages.post("/contests/<public_id>/copy")
def copy(public_id: str) -> Reply:
    """A new draft with the same settings."""
    made = drafts.copy(signed_in().id, organised(public_id).id)
    return redirect(url_for("contest_setup.setup", public_id=contests.contest(made).public_id))


def organised(public_id: str) -> ContestLine:
    """The contest, for an organiser of its chapter; a stranger does not learn that a draft exists."""
    line = contests.by_public_id(public_id)
    member = security.current_member()
    if member is None or not member.may("organiser", line.path):
        raise Rejected("forbidden" if line.opened_at else "no_such_contest")
    return line
