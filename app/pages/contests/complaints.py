"""Complaints: a member files one and follows it; organisers of the contest answer."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext

from app.language import say
from app.pages.contests.here import Here, desk, here_at
from app.pages.parts.forms import Form
from app.security import signed_in
from app.services.contests import complaint_lists, complaints, contests
from app.services.contests.complaint_answers import answer_many
from app.services.contests.complaint_lists import History
from app.services.contests.complaints import ABOUT, ANSWERS, STATES
from app.services.contests.results import decisions
from app.services.contests.taking import views
from app.services.people.sign_ins import CurrentMember
from quizzes.refusals import Rejected

pages = Blueprint("complaints", __name__)


@pages.route("/contests/<public_id>/complaints", methods=["GET", "POST"])
def mine(public_id: str) -> Any:
    """One's own complaints about a contest, and the form for a new one."""
    here, member = here_at(public_id), signed_in()
    form = Form(
        about=request.args.get("about", ""),
        decision=request.args.get("decision", ""),
        question=request.args.get("question", ""),
    )
    if (made := form.made(lambda: complaints.complain(member.id, here.line.id, _draft(form)))) is not None:
        flash(gettext("Đã gửi. Ban tổ chức trả lời ngay trong trang này."), "good")
        return redirect(url_for("complaints.one", complaint_id=made))
    subjects = complaints.open_subjects(here.line.id, member.id)
    return render_template(
        "contests/complaints/mine.html",
        here=here,
        form=form,
        subjects=subjects,
        about=ABOUT,
        states=STATES,
        decided=decisions.told(here.line.id, member.id),
        titles=decisions.TITLES,
        took_part=_took_part(here, member),
        found=complaint_lists.of_member(member.id, here.line.id),
    ), form.status


def _took_part(here: Here, member: CurrentMember) -> bool:
    return bool(views.my_tries(here.line.id, member.id, here.now))


def _draft(form: Form) -> complaints.Draft:
    return complaints.Draft(form["about"], form["text"], form["question"], form.number("decision"))


@pages.route("/contests/<public_id>/desk/complaints", methods=["GET", "POST"])
def of_contest(public_id: str) -> Any:
    """Every complaint about a contest, those that wait first; those ticked get one answer."""
    here, form = desk(public_id), Form()
    chosen = set(request.form.getlist("complaint", type=int))
    found = complaint_lists.of_contest(here.line.id)
    done: list[int] = []

    def answer() -> None:
        if not chosen:
            raise Rejected("nothing_ticked")
        ours = [one.id for one in found if one.id in chosen]
        done.append(answer_many(signed_in().id, ours, form["text"], form["state"]))

    if form.accepted(answer):
        flash(gettext("Đã trả lời %(n)s khiếu nại.", n=done[0]), "good")
        return redirect(url_for("complaints.of_contest", public_id=public_id))
    return render_template(
        "contests/complaints/of_contest.html",
        here=here,
        found=found,
        about=ABOUT,
        states=STATES,
        answers=ANSWERS,
        form=form,
        chosen=chosen,
    ), form.status


@pages.route("/complaints/<int:complaint_id>", methods=["GET", "POST"])
def one(complaint_id: int) -> Any:
    """A complaint with its history; who filed it says more or takes it back, organisers answer."""
    member, found = signed_in(), complaint_lists.history(complaint_id)
    line = contests.contest(found.line.contest_id)
    staff = member.may("organiser", line.path) and found.line.member != member.id
    if not staff and found.line.member != member.id:
        raise Rejected("not_found")  # others must not even learn that it is there
    form = Form(state=found.line.state)
    if form.accepted(lambda: _send(form, member.id, found, staff)):
        flash(gettext("Đã ghi lại."), "good")
        return redirect(url_for("complaints.one", complaint_id=complaint_id))
    body = contests.frozen(line.id).paper.get(found.line.question)
    return render_template(
        "contests/complaints/one.html",
        contest=line,
        found=found,
        form=form,
        staff=staff,
        about=ABOUT,
        states=STATES,
        answers=ANSWERS,
        question=say(body["text"]) if body else "",
    ), form.status


def _send(form: Form, member_id: int, found: History, staff: bool) -> None:
    if staff:
        complaints.answer(member_id, found.line.id, form["text"], form["state"])
    else:
        complaints.add_words(member_id, found.line.id, form["text"], withdraw=form.ticked("withdraw"))
