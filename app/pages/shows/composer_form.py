"""The composer's form: what was typed, read into a script; one question that a host writes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import flash, g, request
from flask_babel import gettext
from werkzeug.datastructures import MultiDict

from app.errors import sentence
from app.pages.parts.forms import Form
from app.pages.shows import setting_fields
from app.services.banks import logos, media
from app.services.shows.asked import NONE, POINTS, REHEARSAL
from quizzes.brand import PICTURES
from quizzes.formats import FORMATS
from quizzes.importers import Sheet
from quizzes.importers.table import COLUMNS, LETTERS, column_of
from quizzes.importers.table import write as write_table
from quizzes.importers.titled import read as read_table
from quizzes.line_up import PLAYS, TEAMS
from quizzes.problems import Problem
from quizzes.questions import QUESTION_TYPES
from quizzes.refusals import Rejected
from quizzes.script import ORDER, SETTINGS, check_question

STAKES = (POINTS, NONE, REHEARSAL)
LONGEST_TITLE, LONGEST_ABOUT = 80, 300
"""The longest title of a script, and the longest sentence about it, letters."""
EXAMPLES = {key: {**one.example, "type": key} for key, one in QUESTION_TYPES.items() if one.cell and one.example}
"""Types that can be written by hand, each with a question to try a format with."""
WRITTEN = ("type", "text", "options", "answer", "explanation", "settings")
CELLS = (
    "type",
    "text",
    "text_en",
    "answer",
    "explanation",
    "explanation_en",
    "settings",
    *(f"option_{letter}{lang}" for letter in LETTERS for lang in ("", "_en")),
)


def read(form: MultiDict[str, str], body: Mapping[str, Any]) -> dict[str, Any]:
    """The script with what was typed on its page; questions and the order of rounds stand in `body`."""
    return {
        **body,
        "title": _words(form, "title", LONGEST_TITLE),
        "about": _words(form, "about", LONGEST_ABOUT),
        "settings": setting_fields.read(SETTINGS, form, "s-"),
        "teams": setting_fields.read(TEAMS, form, "t-") if form.get("in-teams") else None,
        "brand": _brand(form, body.get("brand") or {}),
        "rounds": [_round(form, f"r{at}-", one) for at, one in enumerate(body["rounds"])],
        "making": _making(form),
    }


def _brand(form: MultiDict[str, str], before: Mapping[str, Any]) -> dict[str, Any]:
    """The show's clothes: pictures stay as they were where no file is sent."""
    typed = {name: form.get(f"b-{name}", "").strip()[:LONGEST_TITLE] for name in ("partner", "colour")}
    typed |= {name: _picture(form, f"b-{name}", before.get(name, "")) for name in PICTURES}
    return {name: value for name, value in typed.items() if value}


def _picture(form: MultiDict[str, str], name: str, before: str) -> str:
    """The picture that was sent, else the one there was, unless it is to go. One that cannot be read is told and
    changes nothing, and all else that was typed is kept."""
    file = request.files.get(name)
    data = file.read(media.FILE_BYTES + 1) if file else b""
    try:
        store = logos.store_logo if name.startswith("b-") else media.store_picture
        return store(data) if data else "" if form.get(f"{name}-drop") else before
    except Rejected as refusal:
        flash(sentence(refusal.code, **refusal.about), "bad")
        g.picture_refused = True
        return before


def picture_refused() -> bool:
    """True when a picture of this form could not be read: then nothing is made of the script yet."""
    return bool(g.get("picture_refused"))


def _material(form: MultiDict[str, str], prefix: str, before: Mapping[str, Any]) -> dict[str, Any]:
    """The material of a round as typed and sent."""
    declared, held = FORMATS[before["format"]].material, before.get("material") or {}
    pictures = [name for name, one in declared.items() if one.kind == "picture"]
    sent = {name: _picture(form, f"{prefix}{name}", held.get(name, "")) for name in pictures}
    return setting_fields.read(declared, form, prefix) | {name: one for name, one in sent.items() if one}


def _round(form: MultiDict[str, str], prefix: str, before: Mapping[str, Any]) -> dict[str, Any]:
    """A round as typed. In another format it keeps the settings that both have."""
    if f"{prefix}format" not in form:
        return dict(before)
    key = form[f"{prefix}format"] if form[f"{prefix}format"] in FORMATS else before["format"]
    settings = setting_fields.read(FORMATS[before["format"]].settings, form, f"{prefix}s-")
    known = {name: value for name, value in settings.items() if name in FORMATS[key].settings}
    plays = setting_fields.read(PLAYS, form, f"{prefix}p-")
    standings = form.get(f"{prefix}standings", "")
    material = _material(form, f"{prefix}m-", before)
    kept = {name: value for name, value in material.items() if name in FORMATS[key].material}
    slots = [form.get(f"{prefix}q{at}-slot", "") for at in range(len(before.get("questions", ())))]
    more = {
        "apart": slots if key == before["format"] and any(slots) else None,
        "material": kept or None,
        "plays": plays or None,
        **dict.fromkeys(ORDER),
        **setting_fields.read(ORDER, form, f"{prefix}o-"),
        "standings": standings if standings in SETTINGS["standings"].choices else None,
    }
    return {**before, "format": key, "title": _words(form, f"{prefix}title", LONGEST_TITLE), "settings": known, **more}


def _words(form: MultiDict[str, str], name: str, most: int) -> dict[str, str]:
    typed = {"vi": form.get(name, ""), "en": form.get(f"{name}-en", "")}
    return {lang: " ".join(text.split())[:most] for lang, text in typed.items() if text.strip()}


def _making(form: MultiDict[str, str]) -> dict[str, Any]:
    stakes = form.get("stakes", NONE)
    return {
        "chapter": form.get("chapter", 0, type=int),
        "stakes": stakes if stakes in STAKES else NONE,
        "guests": bool(form.get("guests")),
    }


def place_of(do: str, at: Sequence[int], before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    """The part of the page where a step has put a round or a question: the keyboard goes on from there. A question that
    another round cannot ask stays, and that is said."""
    way = {"up": -1, "down": 1}.get(do.rpartition("-")[2], 0)
    if do in ("up", "down", "drop", "to") and len(at) >= 2:
        part, number = (at[2], at[3]) if len(at) == 4 else (at[0], at[1] + way)
        if do == "to" and before == after:
            flash(gettext("Câu này ở lại chỗ cũ: phần thi kia không hỏi được câu loại này."), "warn")
            part, number = at[0], at[1]
        part = max(0, min(part, len(after["rounds"]) - 1))
        last = len(after["rounds"][part]["questions"]) - 1
        return f"question-{part}-{max(0, min(number, last))}" if last >= 0 else f"round-{part}"
    to = (
        at[1]
        if do == "round-to" and len(at) == 2
        else (at[0] if at else len(after["rounds"])) + way + (do == "round-copy")
    )
    return f"round-{max(0, min(to, len(after['rounds']) - 1))}"


def question(form: Form, format_key: str) -> tuple[dict[str, Any], list[Problem]]:
    """The question that was written, and what keeps this format from asking it, each with the path to its field."""
    if FORMATS[format_key].needs_answer:
        draft, problems = _keyed()
        return draft, problems or check_question(format_key, draft)
    draft = {"type": form["type"], "text": _localized("text")}
    if draft["type"] in QUESTION_TYPES:
        options = [_localized(f"option_{letter}") for letter in LETTERS]
        draft["options"] = [{"text": one} for one in options if one]
    return draft, check_question(format_key, draft)


def _keyed() -> tuple[dict[str, Any], list[Problem]]:
    """Read as a row of the question table is: people write answers in one way everywhere."""
    names = (*CELLS, "topic", "difficulty", "source")
    cells = [*(request.form.get(name, "") for name in CELLS), "own", "1", "-"]
    found = read_table([Sheet("", [[*names], cells])])
    problems = [one for one in found.problems if not one.warning]
    draft = found.drafts[0] if found.drafts else {}
    return {name: draft[name] for name in WRITTEN if draft.get(name) not in (None, "", [], {})}, problems


def settings_of(written: Mapping[str, Any]) -> dict[str, str]:
    """The settings of a written question as its field has them: tolerance=5; unit=người."""
    if written["type"] not in QUESTION_TYPES or not written.get("settings"):
        return {}
    bare = {name: one for name, one in written.items() if name in ("type", "text", "answer", "settings")}
    sheet, problems = write_table([{**bare, "topic": "own"}])
    cells = {} if problems else dict(zip((column.key for column in COLUMNS), sheet.rows[1], strict=True))
    return {"settings": str(cells.get("settings") or "")}


def _localized(name: str) -> dict[str, str]:
    typed = {"vi": request.form.get(name, ""), "en": request.form.get(f"{name}_en", "")}
    return {lang: text.strip() for lang, text in typed.items() if text.strip()}


def kinds() -> dict[str, str]:
    """The names of all question types."""
    own: dict[str, str] = {key: title for one in FORMATS.values() for key, title in one.own_types.items()}
    return {
        key: gettext(title) for key, title in ({key: one.title for key, one in QUESTION_TYPES.items()} | own).items()
    }


def key_of(asked: Mapping[str, Any]) -> str:
    """The answer of a question as people write it: B, or A, C, or 3,5."""
    cell = QUESTION_TYPES[asked["type"]].cell if asked["type"] in QUESTION_TYPES else None
    return str(cell.write(asked["answer"]) if cell else asked["answer"])


def refuse(form: Form, problems: list[Problem]) -> None:
    """Each problem beside its field."""
    for one in problems:
        form.errors.setdefault(column_of(one.path) or "", gettext(one.sentence) % dict(one.about))
    form.status = 422
