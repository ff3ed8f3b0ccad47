"""The organisers' desk after and during a contest: grading, publishing, decisions, the review queue."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext

from app.language import say
from app.pages.contests.here import STATES, Here, clock, desk
from app.pages.parts.asked import member_named
from app.pages.parts.forms import Form
from app.security import signed_in
from app.services.contests import complaint_lists
from app.services.contests.publishing import making, publications
from app.services.contests.publishing.publications import OFFICIAL, PROVISIONAL
from app.services.contests.results import decisions, foreseeing, grading, integrity, statistics
from app.services.contests.results.integrity import Queued
from quizzes.contest.results.decisions import ABOUT_QUESTIONS
from quizzes.contest.results.showing import results_due
from quizzes.contest.rules_text.whole import rules_text
from quizzes.contest.taking.attempts import settled_at
from quizzes.questions import of
from quizzes.questions.cells import CellForm
from quizzes.refusals import Rejected

pages = Blueprint("contest_desk", __name__)


@pages.get("/contests/<public_id>/desk")
def index(public_id: str) -> str:
    """Serves the desk of a contest: the state of grading, publications, waiting work."""
    return _index(desk(public_id), Form())


def _index(here: Here, form: Form) -> str:
    number, rules = here.line.id, here.contest.rules
    waiting = [one for one in complaint_lists.of_contest(number) if one.state == "open"]
    return render_template(
        "contests/desk/index.html",
        here=here,
        rules=rules,
        states=STATES,
        form=form,
        settled_at=settled_at,
        left=grading.left(number, here.now),
        running=statistics.running(number),
        due=results_due,
        decided=decisions.all_of(number),
        titles=decisions.TITLES,
        headings=publications.headings(number),
        signals=integrity.waiting(number),
        complaints=len(waiting),
        PROVISIONAL=PROVISIONAL,
        OFFICIAL=OFFICIAL,
    )


@pages.post("/contests/<public_id>/desk/publish")
def publish(public_id: str) -> Any:
    """Publish what is settled: provisional, then official."""
    here, form = desk(public_id), Form()
    state = OFFICIAL if form["state"] == OFFICIAL else PROVISIONAL
    if form.accepted(lambda: making.publish(signed_in().id, here.line.id, state)):
        flash(gettext("Đã công bố kết quả."), "good")
        return redirect(url_for("contest_results.one", public_id=public_id))
    return _index(here, form), form.status


@pages.route("/contests/<public_id>/desk/decide", methods=["GET", "POST"])
def decide(public_id: str) -> Any:
    """Make a decision; its kind and what it is about come in the address."""
    here = desk(public_id)
    names = ("do", "question", "member", "wave_out", "attempt", "signal")
    form = Form(**{name: request.args.get(name, "") for name in names})
    seen: list[foreseeing.Foreseen] = []

    def make() -> None:
        me, draft = signed_in().id, _draft(here, form)
        if form.ticked("sure"):
            decisions.decide(me, here.line.id, draft)
        else:
            seen.append(foreseeing.foresee(me, here.line.id, draft))

    if form.accepted(make) and not seen:
        done = gettext("Đã ghi quyết định. Kết quả được tính lại tự động; người liên quan được báo trên trang kết quả.")
        flash(done, "good")
        return redirect(url_for("contest_desk.index", public_id=public_id))
    member = seen[0].member if seen else form.number("member") if form["member"].isdigit() else None
    about = {one.member: one.name for one in _people(here, member)}
    return render_template(
        "contests/desk/decide.html",
        here=here,
        form=form,
        titles=decisions.TITLES,
        about=about,
        say=say,
        questions=[(key, say(body["text"])) for key, body in here.contest.paper.items()],
        asked=here.contest.paper.get(form["question"]),
        cell=_cell(here, form),
        ABOUT_QUESTIONS=ABOUT_QUESTIONS,
        seen=seen[0] if seen else None,
        sections=[(one.key, gettext(one.title)) for one in rules_text(here.contest.rules)],
    ), form.status


def _people(here: Here, member: int | None) -> list[integrity.Person]:
    return integrity.tries_of(here.line.id, member) if member else []


def _cell(here: Here, form: Form) -> CellForm | None:
    """The field for a right answer to the question, written as in a table of questions."""
    body = here.contest.paper.get(form["question"])
    return of(body).cell if body else None


def _about_whom(here: Here, form: Form) -> int:
    if not form["member"] or form["member"].isdigit():
        return form.number("member") or 0
    return member_named(form, "member", here.line.path)


def _draft(here: Here, form: Form) -> decisions.Draft:
    cell = _cell(here, form)
    answers = tuple(cell.read(line) for line in form["answers"].splitlines() if line.strip()) if cell else ()
    if None in answers:
        raise Rejected("bad_decision", field="answers")
    return decisions.Draft(
        form["do"],
        form["reason"],
        form["question"],
        answers,
        _about_whom(here, form),
        form.number("wave_out"),
        form.number("attempt") or 0,
        form.number("signal"),
        form["paragraph"],
    )


# --- review queue ------------------------------------------------------------------------------------


@pages.get("/contests/<public_id>/desk/signals")
def signals(public_id: str) -> str:
    """Serves the unusual attempts, with reasons and figures; nothing happens to anybody here."""
    here = desk(public_id)
    return render_template(
        "contests/desk/signals.html",
        here=here,
        waiting=integrity.queue(here.line.id),
        say_signal=say_signal,
        done=integrity.queue(here.line.id, done=True, limit=50),
        kinds=integrity.KINDS,
        clock=clock,
    )


@pages.route("/contests/<public_id>/desk/signals/<int:signal_id>", methods=["GET", "POST"])
def signal(public_id: str, signal_id: int) -> Any:
    """One signal: clear it with a reason, or go on to a decision."""
    here, form = desk(public_id), Form()
    one = integrity.one(signal_id)
    if one.contest_id != here.line.id:
        raise Rejected("not_found")
    if form.accepted(lambda: integrity.clear(signed_in().id, signal_id, form["reason"])):
        flash(gettext("Đã ghi: không có gì bất thường."), "good")
        return redirect(url_for("contest_desk.signals", public_id=public_id))
    return render_template(
        "contests/desk/signal.html",
        here=here,
        one=one,
        form=form,
        kinds=integrity.KINDS,
        say_signal=say_signal,
        clock=clock,
    ), form.status


def say_signal(one: Queued) -> str:
    """The reason with its numbers, in the reader's language."""
    return str(gettext(one.sentence) % one.about)
