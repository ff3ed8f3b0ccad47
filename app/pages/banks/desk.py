"""Question banks: lists, one bank with its reviews, one question."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext
from werkzeug import Response

from app import security
from app.errors import sentence
from app.pages.parts.asked import chapter_at
from app.pages.parts.forms import Form, safe_next
from app.pages.parts.offered_chapters import offered_chapters
from app.security import signed_in
from app.services.banks import media, own_banks, question_reviews, question_use, question_writing
from app.services.banks.bank_rights import WORKERS
from app.services.banks.own_banks import BankLine, QuestionLine
from app.services.banks.question_reviews import STATES, STEPS
from quizzes import bank as rules
from quizzes.importers import Sheet
from quizzes.importers.sheet import read
from quizzes.importers.table import COLUMNS, LETTERS, column_of, slug, write
from quizzes.problems import Problem
from quizzes.questions import QUESTION_TYPES
from quizzes.refusals import Rejected

pages = Blueprint("banks", __name__)

Answer = str | Response | tuple[str, int]
FIELDS = tuple(one.key for one in COLUMNS if one.key not in ("id", "siblings", "author", "media"))
TYPES = {key: one for key, one in QUESTION_TYPES.items() if one.cell}


@pages.route("/banks", methods=["GET", "POST"])
def index() -> Answer:
    """The banks somebody works with, and a form for a new one."""
    member = signed_in()
    form, made = Form(), list[int]()

    def create() -> None:
        made.append(own_banks.create_bank(member.id, form.number("chapter") or 0, form["title"]))

    if form.accepted(create):
        return redirect(url_for("banks.one", bank_id=made[0]))
    offered, found = offered_chapters(member, "author", "organiser"), own_banks.banks_of(member.id)
    return render_template("banks/index.html", form=form, banks=found, places=offered), form.status


@pages.route("/chapters/<int:chapter_id>/banks", methods=["GET", "POST"])
def of_chapter(chapter_id: int) -> Answer:
    """The banks of one chapter, and a form for a new one there."""
    one, form, made = chapter_at(chapter_id), Form(chapter=chapter_id), list[int]()
    if form.accepted(lambda: made.append(own_banks.create_bank(signed_in().id, chapter_id, form["title"]))):
        return redirect(url_for("banks.one", bank_id=made[0]))
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
        "banks/one.html", bank=bank, found=found, total=total, asked=asked, page=page, may=rights(bank),
        pages=-(-total // own_banks.PAGE), states=STATES, steps=STEPS, types=QUESTION_TYPES,
    )  # fmt: skip


def _asked() -> dict[str, Any]:
    """What is sought in a bank; it stays in the addresses of the questions, so that one leads to the next."""
    return {
        "words": request.args.get("q", "").strip()[:80], "topic": request.args.get("topic", ""),
        "state": request.args.get("state", ""), "difficulty": request.args.get("difficulty", 0, type=int),
    }  # fmt: skip


@pages.route("/banks/<int:bank_id>/name", methods=["GET", "POST"])
def rename(bank_id: int) -> Answer:
    """Call a chapter's bank something else."""
    bank = writable_bank(bank_id)
    form = Form(title=bank.title.get("vi", ""), title_en=bank.title.get("en", ""))
    if form.accepted(lambda: own_banks.rename_bank(signed_in().id, bank_id, form["title"], form["title_en"])):
        flash(gettext("Đã lưu."), "good")
        return redirect(url_for("banks.one", bank_id=bank_id))
    return render_template("banks/name.html", bank=bank, form=form), form.status


@pages.post("/banks/<int:bank_id>/step")
def step(bank_id: int) -> Answer:
    """Take the ticked questions a step on."""
    seen(bank_id)
    return _step(safe_next(request.form.get("back"), url_for("banks.one", bank_id=bank_id)))


def _step(back: str, again: str = "") -> Answer:
    """The step asked for; each question comes with the revision its reader saw, "number.revision"."""
    read = (re.fullmatch(r"(\d{1,9})\.(\d{1,18})", one) for one in request.form.getlist("question"))
    seen, note = {int(one[1]): int(one[2]) for one in read if one}, request.form.get("note", "")
    try:
        done, left = question_reviews.step(signed_in().id, seen, request.form.get("to", ""), note)
    except Rejected as refusal:
        if refusal.code != "old_revision":
            raise
        flash(gettext("Nội dung vừa được người khác sửa. Hãy đọc lại trước khi chuyển bước."), "bad")
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
    bank = seen(one.bank_id)
    return render_template(
        "banks/question.html", one=one, bank=bank, may=rights(bank), history=question_reviews.history(question_id),
        states=STATES, steps=STEPS, kind=QUESTION_TYPES[one.type], asked=_asked(),
        beside=own_banks.beside(one.bank_id, question_id, **_asked()),
        editable=_written(one) is not None, use=question_use.use_of(question_id),
    )  # fmt: skip


@pages.post("/questions/<int:question_id>/step")
def step_one(question_id: int) -> Answer:
    """Take one question a step on, with a note."""
    seen(own_banks.question(question_id).bank_id)
    back = url_for("banks.question", question_id=question_id)
    return _step(safe_next(request.form.get("back"), back), back)


@pages.route("/banks/<int:bank_id>/new", methods=["GET", "POST"])
def write_new(bank_id: int) -> Answer:
    """Write a question by hand."""
    bank = writable_bank(bank_id)
    return _edit(bank, None, Form(type="single", difficulty=1, topic=next(iter(bank.topics), "")))


@pages.route("/questions/<int:question_id>/edit", methods=["GET", "POST"])
def edit(question_id: int) -> Answer:
    """Write a question anew; it has to be reviewed again."""
    one = own_banks.question(question_id)
    bank = writable_bank(one.bank_id)
    cells = _written(one, bank)
    if cells is None:
        raise Rejected("not_now")
    shown = {"type": one.type, "topic": _topic(bank, one.topic), "seen": one.revision}
    return _edit(bank, one, Form(**cells | shown))


def _edit(bank: BankLine, old: QuestionLine | None, form: Form) -> Answer:
    if form.sent:
        draft, problems = _draft(form, old)
        picture = request.files.get("picture")
        if draft is not None and picture and not _draw(form, draft, picture.read()):
            draft = None
        if draft is not None:
            if old is not None and rules.normal(draft) == rules.normal(old.body):
                return redirect(url_for("banks.question", question_id=old.id))
            seen, made = int(form["seen"]) if re.fullmatch(r"\d{1,18}", form["seen"]) else 0, list[int]()
            about = (bank.id, draft, form["topic"], seen if old else None)
            if form.accepted(lambda: made.append(question_writing.store(signed_in().id, *about))):
                flash(gettext("Đã lưu. Câu hỏi cần được thẩm định và duyệt trước khi dùng."), "good")
                return redirect(url_for("banks.question", question_id=made[0]))
        for one in problems:
            form.errors.setdefault(column_of(one.path) or "", gettext(one.sentence) % dict(one.about))
        form.status = 422
    return render_template(
        "banks/edit.html", form=form, bank=bank, old=old, letters=LETTERS, types=TYPES,
        topics=[_topic(bank, key) for key in bank.topics],
    ), form.status  # fmt: skip


def _draft(form: Form, old: QuestionLine | None) -> tuple[dict[str, Any] | None, list[Problem]]:
    """The form as a row of the table: the same reading, the same problems."""
    body = old.body if old else {}
    media_name = body.get("media", {}).get("name", "") if not form.ticked("no_picture") else ""
    kept = {"id": old.key if old else "", "media": media_name} | {
        key: body.get(key, "") for key in ("siblings", "author")
    }
    found = read([Sheet("", [[*FIELDS, *kept], [*(form[key] for key in FIELDS), *kept.values()]])])
    return (found.drafts[0] if found.drafts else None), [one for one in found.problems if not one.warning]


def _draw(form: Form, draft: dict[str, Any], data: bytes) -> bool:
    """Store the uploaded picture and hang it into the draft; False with the reason at its field."""
    if not data:
        return True
    if not form["media_alt"]:
        form.errors["media_alt"] = gettext("Hình cần lời mô tả cho người không nhìn thấy.")
        return False
    try:
        name = media.store_picture(data)
    except Rejected as refusal:
        form.errors["picture"] = sentence(refusal.code)
        return False
    alt = {"vi": form["media_alt"]} | ({"en": form["media_alt_en"]} if form["media_alt_en"] else {})
    draft["media"] = {"name": name, "alt": alt}
    return True


def _written(one: QuestionLine, bank: BankLine | None = None) -> dict[str, Any] | None:
    """The question as cells of the table; None where a table cannot hold it."""
    sheet, problems = write([one.body], bank.topics if bank else None)
    return None if problems else dict(zip((column.key for column in COLUMNS), sheet.rows[1], strict=True))


def _topic(bank: BankLine, key: str) -> str:
    """What people type for a topic: its name where it leads back to the same key."""
    named = bank.topics.get(key, {}).get("vi", "")
    return named if slug(named) == key else key


def seen(bank_id: int) -> BankLine:
    """The bank, for who may see its keys; a stranger learns nothing of it."""
    bank = own_banks.bank(bank_id)
    member = security.current_member()
    if member is None or not (bank.public or any(member.may(role, bank.path or "/") for role in WORKERS)):
        raise Rejected("not_found" if member and any(member.has(role) for role in WORKERS) else "forbidden")
    return bank


def rights(bank: BankLine) -> dict[str, bool]:
    """What this person may do in the bank: write, review."""
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
