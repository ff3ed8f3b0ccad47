"""The questions of a round that is composed: chosen one by one from the banks, drawn by chance, or written."""

from __future__ import annotations

from collections.abc import Mapping
from random import SystemRandom
from secrets import token_hex
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from app import security
from app.pages.parts.forms import Form
from app.pages.parts.reply import Reply
from app.pages.shows import composer_form, own_pictures
from app.pages.shows.composer_form import EXAMPLES, key_of, kinds
from app.pages.shows.two_versions import kept
from app.services.banks import banks, stock
from app.services.shows import asked, own_scripts
from app.services.shows.own_scripts import Composed
from quizzes import composing
from quizzes.draws import Draws
from quizzes.formats import FORMATS
from quizzes.importers.table import LETTERS
from quizzes.questions import QUESTION_TYPES
from quizzes.refusals import Rejected
from quizzes.script import MOST_QUESTIONS
from quizzes.siblings import apart

pages = Blueprint("round_questions", __name__)

USUAL = "single"
"""The type of question people write most: offered first where the round can ask it."""
LISTED, DRAWN_FROM = 50, 1000
"""How many questions are shown to choose from; so many may be among those drawn by chance."""


def _round(public_id: str, at: int) -> tuple[Composed, dict[str, Any]]:
    found = own_scripts.one(security.signed_in().id, public_id)
    if at >= len(found.body["rounds"]):
        raise Rejected("not_found")
    return found, found.body["rounds"][at]


@pages.route("/scripts/<public_id>/rounds/<int:at>/choose", methods=["GET", "POST"])
def pick(public_id: str, at: int) -> Reply:
    """Questions of the banks to look at; the ticked ones, or some drawn among those found, go into the round."""
    found, part = _round(public_id, at)
    asking = _asking()
    unsettled = found.body.get("making", {}).get("stakes", asked.NONE) != asked.POINTS
    most = DRAWN_FROM if request.form.get("do") == "draw" else LISTED
    member = security.signed_in()
    fit = banks.pickable(
        member.id, lambda one: composing.may_ask(part["format"], one), **asking, unsettled=unsettled, most=most
    )
    taken = {one for other in found.body["rounds"] for one in other["questions"] if isinstance(one, str)}
    chosen: list[str] = []
    clashes = False
    free = [one for one in fit if one.question["id"] not in taken]
    if request.method == "POST":
        chosen = request.form.getlist("question")
        if request.form.get("do") == "draw":
            chosen = _drawn([one.question for one in free])
        if kept(found, composing.put(found.body, at, [one for one in chosen if one not in taken])):
            flash(_("Đã thêm %(n)s câu vào phần %(at)s.", n=len(chosen), at=at + 1), "good" if chosen else "warn")
            return redirect(url_for("scripts.one", public_id=public_id) + f"#round-{at}")
        clashes, chosen, fit = True, request.form.getlist("question"), fit[:LISTED]
        found, part = _round(public_id, at)
    return render_template(
        "shows/pick.html",
        found=found,
        part=part,
        at=at,
        asking=asking,
        fit=fit,
        taken=taken,
        kinds=kinds(),
        key_of=key_of,
        banks=stock.overview(member.id),
        more=len(fit) >= LISTED,
        chosen=chosen,
        clashes=clashes,
    ), 409 if clashes else 200


def _asking() -> dict[str, Any]:
    """The questions that are looked for."""
    return {
        "words": request.values.get("q", "").strip()[:80],
        "bank": request.values.get("bank", "")[:80],
        "difficulty": request.values.get("difficulty", 0, type=int),
    }


def _drawn(free: list[dict[str, Any]]) -> list[str]:
    """As many of them as were asked for, by chance, none that gives another one away."""
    lone = apart(free, Draws(token_hex(16), "siblings"))
    count = max(1, min(request.form.get("count", 1, type=int), MOST_QUESTIONS))
    return [one["id"] for one in SystemRandom().sample(lone, min(count, len(lone)))]


@pages.route("/scripts/<public_id>/rounds/<int:at>/write", methods=["GET", "POST"])
def write(public_id: str, at: int) -> Reply:
    """A question of the host's own; with `number` one that stands in the round already."""
    found, part = _round(public_id, at)
    number = request.args.get("number", type=int)
    clashes = False
    types, called = composing.types_of(part["format"], EXAMPLES), kinds()
    usual = USUAL if USUAL in types else "".join(types[:1])
    form = Form(**{"type": usual} | _cells(part, number))
    if form.sent:
        draft, problems = composer_form.question(form, part["format"])
        standing = None if form["do"] == "new" else _written(part, number)
        whole = None if problems else own_pictures.whole(form, draft, standing)
        if whole is None:
            composer_form.refuse(form, problems)
            own_pictures.choose_again(form)
        else:
            if saved := _saved(found, at, None if form["do"] == "new" else number, whole):
                return saved
            clashes, form.status = True, 409
            found, part = _round(public_id, at)
    standing = _written(part, number)
    fmt = FORMATS[part["format"]]
    return render_template(
        "shows/write.html",
        form=form,
        found=found,
        at=at,
        number=number if standing or not clashes else None,
        clashes=clashes,
        standing=standing if clashes else None,
        media=(standing or {}).get("media"),
        key_of=key_of,
        kinds=called,
        letters=LETTERS,
        fmt=fmt,
        types=[(key, called[key]) for key in types],
        hows={key: QUESTION_TYPES[key].cell.how for key in types if key in QUESTION_TYPES and fmt.needs_answer},  # type: ignore[union-attr]
    ), form.status


def _saved(found: Composed, at: int, number: int | None, draft: Mapping[str, Any]) -> Reply | None:
    """Put the question into the round and go on; None where the script was saved elsewhere since the page was made."""
    if number is not None and _written(found.body["rounds"][at], number) is None:
        return None
    body = composing.change(found.body, at, number, draft) if number is not None else None
    if not kept(found, body or composing.put(found.body, at, [draft])):
        return None
    again = request.form.get("do") == "again"
    where = url_for("round_questions.write", public_id=found.public_id, at=at) if again else None
    return redirect(where or url_for("scripts.one", public_id=found.public_id) + f"#round-{at}")


def _written(part: Mapping[str, Any], number: int | None) -> Mapping[str, Any] | None:
    """The question of the host's own that stands there now."""
    asked = part["questions"]
    written = asked[number] if number is not None and 0 <= number < len(asked) else None
    return written if isinstance(written, Mapping) else None


def _cells(part: Mapping[str, Any], number: int | None) -> dict[str, Any]:
    """A written question as the fields of its form."""
    written = _written(part, number)
    if written is None and number is not None and request.method == "GET":
        raise Rejected("not_found")
    if written is None:
        return {}
    cell = QUESTION_TYPES[written["type"]].cell if written["type"] in QUESTION_TYPES else None
    texts = {"text": written["text"], "explanation": written.get("explanation", {})}
    texts |= {f"option_{LETTERS[index]}": one.get("text", {}) for index, one in enumerate(written.get("options", ()))}
    cells = {"type": written["type"], "answer": cell.write(written["answer"]) if cell and "answer" in written else ""}
    for name, text in texts.items():
        cells |= {name: text.get("vi", ""), f"{name}_en": text.get("en", "")}
    return cells | composer_form.settings_of(written) | own_pictures.cells(written)
