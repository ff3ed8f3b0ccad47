"""Question banks: lists, one bank with its reviews, one question."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext

from app import security
from app.errors import sentence
from app.pages.banks.real_answers import real
from app.pages.banks.showing import written
from app.pages.parts.asked import chapter_at
from app.pages.parts.forms import Form, safe_next
from app.pages.parts.item_notes import NOTES
from app.pages.parts.offered_chapters import offered_chapters
from app.pages.parts.reply import Reply
from app.security import signed_in
from app.services.banks import own_banks, question_lists, question_reviews, question_use, review_desk
from app.services.banks.own_banks import BankLine
from app.services.banks.question_results import text_of
from app.services.banks.question_reviews import STATES, STEPS
from app.services.banks.rights import WORKERS
from quizzes.contest.desk.statistics import shares
from quizzes.questions import QUESTION_TYPES
from quizzes.refusals import Rejected

pages = Blueprint("banks", __name__)


@pages.route("/banks", methods=["GET", "POST"])
def index() -> Reply:
    """The banks somebody works with, and a form for a new one."""
    member = signed_in()
    form = Form()

    def create() -> int:
        return own_banks.create_bank(member.id, form.number("chapter") or 0, form["title"])

    if (made := form.made(create)) is not None:
        return redirect(url_for("banks.one", bank_id=made))
    offered, words = offered_chapters(member, "author", "organiser"), _words()
    return render_template(
        "banks/index.html",
        form=form,
        banks=own_banks.banks_of(member.id),
        places=offered,
        words=words,
        waits=_waits(),
        found=question_lists.found(member.id, words) if words else [],
        states=STATES,
    ), form.status


def _waits() -> int:
    """The number of questions that wait for this person as a reviewer."""
    member = signed_in()
    return review_desk.waiting(member.id)[1] if member.has("reviewer") or member.has("organiser") else 0


def _words() -> str:
    return request.args.get("q", "").strip()[:80]


@pages.route("/chapters/<int:chapter_id>/banks", methods=["GET", "POST"])
def of_chapter(chapter_id: int) -> Reply:
    """The banks of one chapter, and a form for a new one there."""
    one, form = chapter_at(chapter_id), Form(chapter=chapter_id)
    if (made := form.made(lambda: own_banks.create_bank(signed_in().id, chapter_id, form["title"]))) is not None:
        return redirect(url_for("banks.one", bank_id=made))
    found = [bank for bank in own_banks.banks_of(signed_in().id) if bank.chapter_id == chapter_id]
    return render_template("banks/index.html", form=form, banks=found, places=[one]), form.status


@pages.get("/banks/<int:bank_id>")
def one(bank_id: int) -> str:
    """The questions of a bank, to be sought, looked through and reviewed."""
    bank = seen(bank_id)
    asked = _asked()
    page = max(1, request.args.get("page", 1, type=int))
    found, total = own_banks.questions(bank_id, **asked, page=page)
    return render_template(
        "banks/one.html",
        bank=bank,
        found=found,
        total=total,
        asked=asked,
        page=page,
        may=rights(bank),
        own=question_reviews.written_by(signed_in().id, [line.id for line in found]) if bank.path else set(),
        pages=-(-total // own_banks.PAGE),
        states=STATES,
        steps=STEPS,
        types=QUESTION_TYPES,
    )


def _asked() -> dict[str, Any]:
    """The search in a bank; it stays in the addresses of the questions, so that one leads to the next."""
    return {
        "words": _words(),
        "topic": request.args.get("topic", ""),
        "state": request.args.get("state", ""),
        "difficulty": request.args.get("difficulty", 0, type=int),
    }


@pages.route("/banks/<int:bank_id>/name", methods=["GET", "POST"])
def rename(bank_id: int) -> Reply:
    """Call a chapter's bank something else."""
    bank = writable_bank(bank_id)
    form = Form(title=bank.title.get("vi", ""), title_en=bank.title.get("en", ""))
    if form.accepted(lambda: own_banks.rename_bank(signed_in().id, bank_id, form["title"], form["title_en"])):
        flash(gettext("Đã lưu."), "good")
        return redirect(url_for("banks.one", bank_id=bank_id))
    return render_template("banks/name.html", bank=bank, form=form), form.status


@pages.post("/banks/<int:bank_id>/step")
def step(bank_id: int) -> Reply:
    """Take the ticked questions a step on."""
    seen(bank_id)
    return take_step(safe_next(request.form.get("back"), url_for("banks.one", bank_id=bank_id)))


def take_step(back: str, again: str = "") -> Reply:
    """The step asked for; each question comes with the revision its reader saw, "number.revision"."""
    read = (re.fullmatch(r"(\d{1,9})\.(\d{1,18})", one) for one in request.form.getlist("question"))
    seen, note = {int(one[1]): int(one[2]) for one in read if one}, request.form.get("note", "")
    try:
        to, checked = request.form.get("to", ""), request.form.getlist("checked")
        done, left = question_reviews.step(signed_in().id, seen, to, note, checked)
    except Rejected as refusal:
        if refusal.code not in ("old_revision", "checklist"):
            raise
        old = gettext("Nội dung vừa được người khác sửa. Hãy đọc lại trước khi chuyển bước.")
        flash(old if refusal.code == "old_revision" else sentence(refusal.code), "bad")
        again = again or back
        return redirect(f"{again}{'&' if '?' in again else '?'}{urlencode({'note': note[:500]})}" if note else again)
    if done:
        flash(ngettext("Đã chuyển %(num)s câu.", "Đã chuyển %(num)s câu.", done), "good")
    if left:
        flash(gettext("%(n)s câu giữ nguyên: chưa tới bước này, hoặc do chính bạn viết.", n=left), "warn")
    if not done and not left:
        flash(gettext("Chưa chọn câu nào."), "warn")
    return redirect(back)


@pages.get("/questions/<int:question_id>")
def question(question_id: int) -> str:
    """One question with its key, its source and its history."""
    one = own_banks.question(question_id)
    bank, uses = seen(one.bank_id), review_desk.uses(question_id)
    return render_template(
        "banks/question.html",
        one=one,
        bank=bank,
        may=rights(bank),
        history=question_reviews.history(question_id),
        states=STATES,
        steps=STEPS,
        kind=QUESTION_TYPES[one.type],
        asked=_asked(),
        queued=(queued := "queue" in request.args),
        beside=review_desk.beside(security.signed_in().id, question_id)
        if queued
        else question_lists.beside(one.bank_id, question_id, **_asked()),
        editable=written(one) is not None,
        use=question_use.use_of(question_id),
        uses=uses,
        text_now=text_of(one.body),
        real=real(uses, f"{bank.key}/{one.key}"),
        notes=NOTES,
        shares=shares,
        approvers=review_desk.approvers(bank.id, signed_in().id) if bank.path else [],
        own=bank.path and question_reviews.written_by(signed_in().id, [question_id]),
    )


@pages.post("/questions/<int:question_id>/step")
def step_one(question_id: int) -> Reply:
    """Take one question a step on, with a note."""
    seen(own_banks.question(question_id).bank_id)
    back = url_for("banks.question", question_id=question_id)
    return take_step(safe_next(request.form.get("back"), back), back)


def seen(bank_id: int) -> BankLine:
    """The bank, for who may see its keys; a stranger learns nothing of it."""
    bank = own_banks.bank(bank_id)
    member = security.current_member()
    if member is None or not (bank.public or any(member.may(role, bank.path or "/") for role in WORKERS)):
        raise Rejected("not_found" if member and any(member.has(role) for role in WORKERS) else "forbidden")
    return bank


def rights(bank: BankLine) -> dict[str, bool]:
    """The rights of this person in the bank: write, review."""
    member = security.current_member()
    if member is None or bank.path is None:
        return {"write": False, "review": False}
    organises = member.may("organiser", bank.path)
    write, review = (organises or member.may(role, bank.path) for role in ("author", "reviewer"))
    return {"write": write, "review": review}


def writable_bank(bank_id: int) -> BankLine:
    bank = seen(bank_id)
    if not rights(bank)["write"]:
        raise Rejected("forbidden")
    return bank
