"""Writing a question by hand, or writing one anew."""

from __future__ import annotations

import re
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext

from app.errors import sentence
from app.formulas import markup
from app.pages.banks import showing
from app.pages.banks.desk import writable_bank
from app.pages.banks.showing import written
from app.pages.parts.forms import Form
from app.pages.parts.reply import Reply
from app.security import signed_in
from app.services.banks import media, own_banks, question_writing
from app.services.banks.own_banks import BankLine, QuestionLine
from app.services.clips import clips
from app.services.files.opening.clip_child import MOST_BYTES
from quizzes import bank as rules
from quizzes.importers import Sheet
from quizzes.importers.table import COLUMNS, LETTERS, column_of, slug
from quizzes.importers.titled import read
from quizzes.lint import whole_answers
from quizzes.problems import Problem
from quizzes.questions import QUESTION_TYPES
from quizzes.questions.contract import LANGUAGES
from quizzes.refusals import Rejected

pages = Blueprint("bank_writing", __name__)

FIELDS = tuple(one.key for one in COLUMNS if one.key not in ("id", "author", "media"))
TYPES = {key: one for key, one in QUESTION_TYPES.items() if one.cell}


@pages.route("/banks/<int:bank_id>/new", methods=["GET", "POST"])
def write_new(bank_id: int) -> Reply:
    """Write a question by hand, from nothing or from another one of the bank (`like`)."""
    bank = writable_bank(bank_id)
    like = request.args.get("like", 0, type=int)
    old = own_banks.by_number([like]).get(like) if like else None
    cells = written(old, bank) if old is not None and old.bank_id == bank_id else None
    if old is not None and cells is not None:
        return _edit(bank, None, Form(**cells | {"type": old.type, "topic": _topic(bank, old.topic)}))
    return _edit(bank, None, Form(type="single", difficulty=1, topic=next(iter(bank.topics), "")))


@pages.route("/questions/<int:question_id>/edit", methods=["GET", "POST"])
def edit(question_id: int) -> Reply:
    """Write a question anew; it has to be reviewed again."""
    one = own_banks.question(question_id)
    bank = writable_bank(one.bank_id)
    cells = written(one, bank)
    if cells is None:
        raise Rejected("not_now")
    shown = {"type": one.type, "topic": _topic(bank, one.topic), "seen": one.revision}
    return _edit(bank, one, Form(**cells | shown))


def _edit(bank: BankLine, old: QuestionLine | None, form: Form) -> Reply:
    if form.sent:
        draft, problems = _draft(form, old)
        picture = request.files.get("picture")
        if draft is not None and not _draw(form, draft, picture.read() if picture else b""):
            draft = None
        if draft is not None:
            if old is not None and rules.normal(draft) == rules.normal(old.body):
                return redirect(url_for("banks.question", question_id=old.id))
            seen = int(form["seen"]) if re.fullmatch(r"\d{1,18}", form["seen"]) else 0
            about = (bank.id, draft, form["topic"], seen if old else None)
            if (made := form.made(lambda: question_writing.store(signed_in().id, *about))) is not None:
                flash(gettext("Đã lưu. Câu hỏi cần được thẩm định và duyệt trước khi dùng."), "good")
                if form["then"] == "new":
                    return redirect(url_for("bank_writing.write_new", bank_id=bank.id))
                return redirect(url_for("banks.question", question_id=made))
        for one in problems:
            form.errors.setdefault(column_of(one.path) or "", gettext(one.sentence) % dict(one.about))
        form.status = 422
    return render_template(
        "banks/edit.html",
        form=form,
        bank=bank,
        old=old,
        letters=LETTERS,
        types=TYPES,
        topics=[_topic(bank, key) for key in bank.topics],
        most_clip_bytes=MOST_BYTES,
    ), form.status


@pages.post("/banks/<int:bank_id>/look")
def look(bank_id: int) -> Reply:
    """The question of the form as phone, stage and paper show it; nothing is stored."""
    bank = writable_bank(bank_id)
    draft, problems = _draft(Form(), None)
    seen = (
        [showing.previewed(draft, lang) for lang in LANGUAGES if lang == "vi" or draft["text"].get(lang)]
        if draft
        else []
    )
    sentences = [gettext(one.sentence) % dict(one.about) for one in problems]
    unread = markup.unread([[one.text, *one.options] for one in seen])
    natural = whole_answers.refused(draft) if draft else []
    return render_template("banks/look.html", bank=bank, seen=seen, problems=sentences, natural=natural, unread=unread)


def _draft(form: Form, old: QuestionLine | None) -> tuple[dict[str, Any] | None, list[Problem]]:
    """The form as a row of the table: the same reading, the same problems."""
    body = old.body if old else {}
    media_name = body.get("media", {}).get("name", "") if not form.ticked("no_picture") else ""
    kept = {"id": old.key if old else "", "media": media_name, "author": body.get("author", "")}
    found = read([Sheet("", [[*FIELDS, *kept], [*(form[key] for key in FIELDS), *kept.values()]])])
    return (found.drafts[0] if found.drafts else None), [one for one in found.problems if not one.warning]


def _draw(form: Form, draft: dict[str, Any], data: bytes) -> bool:
    """Store the uploaded picture and hang it into the draft; False with the reason at its field."""
    if not (data or form["clip"]):
        return True
    if not form["media_alt"]:
        form.errors["media_alt"] = gettext("Hình cần lời mô tả cho người không nhìn thấy.")
        return False
    try:
        name = media.store_picture(data) if data else _clip(form["clip"])
    except Rejected as refusal:
        form.errors["picture"] = sentence(refusal.code)
        return False
    alt = {"vi": form["media_alt"]} | ({"en": form["media_alt_en"]} if form["media_alt_en"] else {})
    draft["media"] = {"name": name, "alt": alt}
    return True


def _clip(name: str) -> str:
    """The sound or film that was uploaded beside the form."""
    if clips.clip(name) is None:
        raise Rejected("clip_bad")
    return name


def _topic(bank: BankLine, key: str) -> str:
    """The text that people type for a topic: its name where it leads back to the same key."""
    named = bank.topics.get(key, {}).get("vi", "")
    return named if slug(named) == key else key
