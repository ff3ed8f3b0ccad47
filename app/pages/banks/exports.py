"""A bank as a file: for a spreadsheet, for other programs, for the printer."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any

from flask import Blueprint, Response, render_template, request
from flask_babel import gettext

from app.formulas.interchange import with_mathml
from app.language import current
from app.pages.banks.desk import rights, seen
from app.pages.parts.files import download, table
from app.services.apart import apart
from app.services.banks import exam_papers, own_banks
from app.services.banks.banks import today
from app.services.banks.own_banks import BankLine, QuestionLine
from app.services.banks.question_tables import questions_to_sheet
from app.services.files.containers import write_tree
from app.services.files.packing import SUFFIXES, packed_as
from quizzes import exam_paper
from quizzes.importers import IMPORTERS, bank_yaml
from quizzes.refusals import Rejected

pages = Blueprint("bank_exports", __name__)

WRITERS = {key: one for key, one in IMPORTERS.items() if one.write and key not in ("sheet", "bank_yaml")}
MOST_PRINTED = 200  # questions of one printed paper


@pages.get("/banks/<int:bank_id>/download")
def choose(bank_id: int) -> str:
    """Every form a bank can be taken away in, and a paper to print."""
    bank = _readable(bank_id)
    formats = [(key, gettext(one.title)) for key, one in WRITERS.items()]
    return render_template("banks/download.html", bank=bank, formats=formats)


@pages.get("/banks/<int:bank_id>/questions.<form>")
def export(bank_id: int, form: str) -> Response:
    """The whole bank with its keys: to be changed in a spreadsheet and uploaded again, or for another program."""
    bank = _readable(bank_id)
    found = _questions(bank_id)
    if form == "xlsx":
        data, _ = apart(questions_to_sheet, found, bank.topics)
        return download(data, f"{bank.key}.xlsx")
    if form == "yaml":
        return download(write_tree(bank_yaml.write(found, dict(bank.title), bank.topics)).encode(), f"{bank.key}.yaml")
    if form not in WRITERS:
        raise Rejected("not_found")
    one = WRITERS[form]
    return download(apart(_packed, one, found, bank.topics), f"{bank.key}-{form}.{SUFFIXES[one.container]}")


@pages.get("/banks/<int:bank_id>/left-out/<form>.csv")
def left_out(bank_id: int, form: str) -> Response:
    """Serves the list of questions that a form cannot hold, with reasons: a file's gaps are never silent."""
    bank = _readable(bank_id)
    if form not in WRITERS and form != "xlsx":
        raise Rejected("not_found")
    found = _questions(bank_id)
    _, problems = (IMPORTERS["sheet"] if form == "xlsx" else WRITERS[form]).write(found, bank.topics)  # type: ignore[misc]
    said = [(int(one.path[0]), gettext(one.sentence) % dict(one.about)) for one in problems]
    if form != "xlsx":
        bare = gettext("Câu này có trong tệp; hình, âm thanh hay phim của câu thì không.")
        said += [(at, bare) for at, one in enumerate(found) if one.get("media") and at not in dict(said)]
    rows = [[found[at]["id"], found[at]["text"]["vi"], sentence] for at, sentence in sorted(said)]
    return table([[gettext("Mã"), gettext("Câu hỏi"), gettext("Vấn đề")], *rows], f"{bank.key}-{form}.csv")


@pages.get("/banks/<int:bank_id>/paper.<form>")
def paper(bank_id: int, form: str) -> Response:
    """An exam paper in several codes, with sheets for answers and the keys. The same seed prints the same paper."""
    bank = _readable(bank_id)
    if form not in ("pdf", "docx"):
        raise Rejected("not_found")
    topic, words = request.args.get("topic", ""), request.args.get("title", "").strip()[:120]
    codes = min(max(request.args.get("codes", 1, type=int), 1), exam_paper.MOST_CODES)
    count = min(max(request.args.get("count", 20, type=int), 1), MOST_PRINTED)
    seed = re.sub(r"\W", "", request.args.get("seed", ""))[:40] or "1"
    found = [one for one in _questions(bank_id, marked=True) if not topic or one["topic"] == topic]
    chosen = exam_paper.chosen(found, count, seed)
    made = exam_paper.variants(chosen, codes, seed, current())
    write = exam_papers.as_pdf if form == "pdf" else exam_papers.as_docx
    return download(write(words or bank.title.get("vi", ""), made, current()), f"{bank.key}.{form}")


def _packed(one: Any, found: list[dict[str, Any]], topics: Any) -> bytes:
    written = one.write(found, topics)[0]
    if one.key == "qti_package":
        written.files.update({name: with_mathml(data) for name, data in written.files.items()})
    return packed_as(one.container, written)


def _readable(bank_id: int) -> BankLine:
    """The bank, for who may take its keys away."""
    bank = seen(bank_id)
    if not bank.public and not any(rights(bank).values()):
        raise Rejected("forbidden")
    return bank


def _questions(bank_id: int, *, marked: bool = False) -> list[dict[str, Any]]:
    """Those in use. `marked`: each says whether it was `changed` since it was approved, and whether it is `unsettled`:
    never approved, or not in force today."""
    found: list[dict[str, Any]] = []
    page = 1
    while part := own_banks.questions(bank_id, page=page)[0]:
        found += [json.loads(json.dumps(one.body)) | (_marks(one) if marked else {}) for one in part]
        page += 1
    return found


def _marks(one: QuestionLine) -> dict[str, bool]:
    in_force = (one.valid_from or date.min) <= today() <= (one.valid_to or date.max)
    return {"changed": one.changed, "unsettled": one.approved_version is None or not in_force}
