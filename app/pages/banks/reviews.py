"""Reviewing: what waits, what ends soon, what is said of a question, what is ticked, what papers lack."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext

from app.pages.banks.desk import rights, seen, take_step, writable_bank
from app.pages.parts.forms import Form, safe_next
from app.pages.parts.reply import Reply
from app.security import signed_in
from app.services.banks import own_banks, planning, review_desk
from app.services.banks.question_reviews import STATES, STEPS
from quizzes.questions import QUESTION_TYPES
from quizzes.refusals import Rejected

pages = Blueprint("bank_reviews", __name__)

EMPTY_ROWS = 3  # empty lines under the checklist


@pages.get("/reviews")
def queue() -> str:
    """Questions that wait for this reviewer, oldest first."""
    page = max(1, request.args.get("page", 1, type=int))
    found, total = review_desk.waiting(signed_in().id, page)
    return render_template(
        "banks/queue.html",
        found=found,
        total=total,
        page=page,
        pages=-(-total // review_desk.PAGE),
        states=STATES,
        types=QUESTION_TYPES,
        steps=STEPS,
        lists=[
            line for bank_id in {one.bank_id: 0 for one, _, _ in found} for line in own_banks.bank(bank_id).checklist
        ],
    )


@pages.post("/reviews")
def step() -> Reply:
    """Take the ticked questions of the queue a step on, whichever banks they are of."""
    return take_step(safe_next(request.form.get("back"), url_for("bank_reviews.queue")))


@pages.post("/questions/<int:question_id>/comments")
def comment(question_id: int) -> Reply:
    """Say something about a question; it stays in its history."""
    seen(own_banks.question(question_id).bank_id)
    try:
        review_desk.comment(signed_in().id, question_id, request.form.get("words", ""))
    except Rejected as refusal:
        if refusal.code != "comment_empty":
            raise
        flash(gettext("Hãy viết nhận xét."), "bad")
    return redirect(url_for("banks.question", question_id=question_id) + "#history")


@pages.route("/banks/<int:bank_id>/checklist", methods=["GET", "POST"])
def checklist(bank_id: int) -> Reply:
    """Edits the lines that a reviewer ticks before approving."""
    bank = writable_bank(bank_id)
    form = Form(checklist="\n".join(bank.checklist))
    if form.accepted(lambda: review_desk.set_checklist(signed_in().id, bank_id, form["checklist"].splitlines())):
        flash(gettext("Đã lưu."), "good")
        return redirect(url_for("banks.one", bank_id=bank_id))
    return render_template("banks/checklist.html", bank=bank, form=form), form.status


@pages.get("/banks/<int:bank_id>/ending")
def ending(bank_id: int) -> str:
    """Questions that have ended, or end within 30 and 90 days."""
    bank = seen(bank_id)
    return render_template("banks/ending.html", bank=bank, groups=review_desk.ending(bank_id), states=STATES)


@pages.route("/banks/<int:bank_id>/plan", methods=["GET", "POST"])
def plan(bank_id: int) -> Reply:
    """The distribution sheet: what papers need, what there is, what is short."""
    bank = seen(bank_id)
    sheet, form = planning.sheet(bank_id), Form()
    if form.sent:
        writable_bank(bank_id)
    if form.accepted(lambda: planning.set_plan(signed_in().id, bank_id, form.number("papers") or 1, _rows())):
        flash(gettext("Đã lưu."), "good")
        return redirect(url_for("bank_reviews.plan", bank_id=bank_id))
    return render_template(
        "banks/plan.html",
        bank=bank,
        sheet=sheet,
        may=rights(bank),
        types=QUESTION_TYPES,
        form=form,
        lines=[*(one.row for one in sheet.rows), *[planning.Row()] * EMPTY_ROWS],
    ), form.status


def _rows() -> list[planning.Row]:
    """The rows of the form; each field comes once for every row."""
    columns: list[list[Any]] = [request.form.getlist("topic"), request.form.getlist("type")]
    columns += [request.form.getlist(name, type=int) for name in ("difficulty", "writer", "count")]
    if len({len(one) for one in columns}) != 1 or len(columns[0]) > planning.MOST_ROWS + EMPTY_ROWS:
        raise Rejected("plan_bounds", field="papers")
    return [
        planning.Row(topic[:80], difficulty, kind[:24], writer, count)
        for topic, kind, difficulty, writer, count in zip(*columns, strict=True)
    ]
