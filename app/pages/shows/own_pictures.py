"""The picture of a question that a host writes, and what else of it the form does not show: nothing of that is lost."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import request
from flask_babel import gettext as _

from app.errors import sentence
from app.pages.parts.forms import Form
from app.services.banks import media
from quizzes.refusals import Rejected

SHOWN = ("type", "text", "options", "answer", "explanation", "settings", "media")
"""The fields that the form gives anew; all others stay as they stand."""


def cells(written: Mapping[str, Any]) -> dict[str, str]:
    """The words about a question's picture as fields of its form."""
    alt = (written.get("media") or {}).get("alt") or {}
    return {"media_alt": alt.get("vi", ""), "media_alt_en": alt.get("en", "")}


def whole(form: Form, draft: Mapping[str, Any], standing: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """The question with its picture and with what stays of the one it replaces; None with the reason at its field."""
    old = standing or {}
    picture = _picture(form, old)
    if picture is None:
        return None
    kept = {name: value for name, value in old.items() if name not in SHOWN}
    options = [_with_picture(one, old, at) for at, one in enumerate(draft.get("options") or ())]
    return {**kept, **draft, **({"options": options} if options else {}), **({"media": picture} if picture else {})}


def choose_again(form: Form) -> None:
    """A browser does not keep the file of a form that comes back."""
    if request.files.get("picture"):
        form.errors.setdefault("picture", _("Hình vừa chọn không giữ lại được: hãy chọn lại."))


def _with_picture(option: Mapping[str, Any], old: Mapping[str, Any], at: int) -> dict[str, Any]:
    before = old.get("options") or []
    picture = before[at].get("media") if at < len(before) else None
    return {**option, **({"media": picture} if picture else {})}


def _picture(form: Form, old: Mapping[str, Any]) -> dict[str, Any] | None:
    """The picture that was sent, else the one there was unless it is to go; {} for none, None for one refused."""
    file = request.files.get("picture")
    data = file.read(media.FILE_BYTES + 1) if file else b""
    standing = {} if form.ticked("no_picture") else dict(old.get("media") or {})
    if not data and not standing:
        return {}
    if not form["media_alt"]:
        form.errors["media_alt"] = _("Hình cần lời mô tả cho người không nhìn thấy.")
        return None
    try:
        name = media.store_picture(data) if data else standing["name"]
    except Rejected as refusal:
        form.errors["picture"] = sentence(refusal.code, **refusal.about)
        return None
    alt = {"vi": form["media_alt"]} | ({"en": form["media_alt_en"]} if form["media_alt_en"] else {})
    return {"name": name, "alt": alt}
