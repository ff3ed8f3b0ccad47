"""The texts of a question one after the other, with what changed; and one change for many questions."""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import SequenceMatcher
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext

from app import typed
from app.pages.banks.desk import rights, seen, writable_bank
from app.pages.banks.showing import shown
from app.pages.parts.forms import safe_next
from app.pages.parts.reply import Reply
from app.security import signed_in
from app.services.banks import bulk, own_banks, question_writing
from quizzes.importers.table import settings_cell
from quizzes.questions import QUESTION_TYPES
from quizzes.refusals import N_, Rejected

pages = Blueprint("bank_versions", __name__)

Part = tuple[str, str]
"""("", text that stayed), ("ins", new text) or ("del", old text)."""
NAMES = {
    "stem": N_("Nội dung câu hỏi"), "english": N_("Tiếng Anh"), "options": N_("Phương án"), "key": N_("Đáp án"),
    "why": N_("Giải thích"), "source": N_("Nguồn"), "place": N_("Chủ đề, độ khó"), "days": N_("Hiệu lực"),
    "tags": N_("Nhãn, nhóm"), "picture": N_("Hình, âm thanh, phim"), "settings": N_("Thiết lập"),
    "options_en": N_("Phương án tiếng Anh"), "why_en": N_("Giải thích tiếng Anh"),
}  # fmt: skip


@pages.get("/questions/<int:question_id>/versions")
def listed(question_id: int) -> str:
    """Every text with what it changed, newest first."""
    one = own_banks.question(question_id)
    bank = seen(one.bank_id)
    if bank.path is None or not any(rights(bank).values()):
        raise Rejected("forbidden")
    found = question_writing.versions(question_id)
    said = [told(version.body) for version in found]
    lines = [
        (version, changes(after, before)) for version, after, before in zip(found, said, [*said[1:], {}], strict=True)
    ]
    return render_template("banks/versions.html", one=one, bank=bank, lines=lines)


def told(body: Mapping[str, Any]) -> dict[str, str]:
    """A question as named lines of plain text in both languages, to be compared."""
    seen_as, text, options = shown(body, "vi"), body["text"], body.get("options") or []
    letters = [chr(65 + place) for place in range(len(options))]
    english = [(letter, (one.get("text") or {}).get("en")) for letter, one in zip(letters, options, strict=True)]
    hung = [("", body.get("media")), *((f"{at}. ", one.get("media")) for at, one in zip(letters, options, strict=True))]
    return {
        "stem": text.get("vi", ""),
        "english": text.get("en", ""),
        "options": "\n".join(f"{letter}. {words}" for letter, words, _ in seen_as.options),
        "options_en": "\n".join(f"{letter}. {words}" for letter, words in english if words),
        "key": f"{gettext(QUESTION_TYPES[body['type']].title)}: {seen_as.key}",
        "why": seen_as.explanation,
        "why_en": (body.get("explanation") or {}).get("en", ""),
        "source": str(body.get("source", "")),
        "place": f"{body.get('topic', '')} · {body.get('difficulty', '')}",
        "days": f"{body.get('valid_from') or '…'} – {body.get('valid_to') or '…'}",
        "tags": ", ".join([*body.get("tags", []), *filter(None, [body.get("siblings")])]),
        "settings": settings_cell(body.get("settings") or {}),
        "picture": "\n".join(f"{at}{_hung(media)}" for at, media in hung if media),
    }


def _hung(media: Mapping[str, Any]) -> str:
    """A picture, sound or film by its name and its words in every language."""
    return " · ".join(map(str, [media.get("name", ""), *(media.get("alt") or {}).values()]))


def changes(after: Mapping[str, str], before: Mapping[str, str]) -> list[tuple[str, list[Part]]]:
    """Named lines that differ, word by word; of a first text all lines that say something."""
    return [
        (NAMES[name], difference(before.get(name, ""), text) if before else [("", text)])
        for name, text in after.items()
        if text != before.get(name, "" if name != "days" else "… – …")
    ]


def difference(before: str, after: str) -> list[Part]:
    """One text made of two: what stayed, what went, what came, word by word."""
    old, new = (re.findall(r"\s+|[^\s]+", text) for text in (before, after))
    parts: list[Part] = []
    for what, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            parts.append(("", "".join(old[a:b])))
            continue
        parts += [("del", "".join(old[a:b]))] if b > a else []
        parts += [("ins", "".join(new[c:d]))] if d > c else []
    return parts


@pages.post("/banks/<int:bank_id>/bulk")
def change(bank_id: int) -> Reply:
    """Give the ticked questions a topic, a difficulty, a last day, tags or a group, all at once."""
    writable_bank(bank_id)
    back = safe_next(request.form.get("back"), url_for("banks.one", bank_id=bank_id))
    read = (re.fullmatch(r"(\d{1,9})\.(\d{1,18})", one) for one in request.form.getlist("question"))
    chosen = {int(one[1]): int(one[2]) for one in read if one}
    given = {name: request.form.get(f"set_{name}", "").strip() for name in bulk.FIELDS}
    try:
        count = bulk.change(signed_in().id, bank_id, chosen, {name: one for name, one in given.items() if one})
    except Rejected as refusal:
        if refusal.code not in ("old_revision", "bulk_value") or typed.words():
            raise
        flash(gettext("Không lưu được: có câu vừa được người khác sửa, hoặc giá trị không hợp lệ."), "bad")
        return redirect(back)
    flash(gettext("Đã đổi %(n)s câu; các câu này cần được duyệt lại.", n=count), "good" if count else "warn")
    return redirect(back)
