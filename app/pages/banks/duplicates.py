"""Questions of a bank that look like one another, two by two."""

from __future__ import annotations

from flask import Blueprint, render_template

from app.language import current
from app.pages.banks.desk import rights, seen
from app.pages.banks.showing import shown
from app.services.banks import duplicates, own_banks
from app.services.banks.question_reviews import STATES
from quizzes.refusals import Rejected

pages = Blueprint("bank_duplicates", __name__)


@pages.get("/banks/<int:bank_id>/duplicates")
def look(bank_id: int) -> str:
    """Pairs in three classes, with both texts and keys."""
    bank = seen(bank_id)
    may = rights(bank)
    if bank.path is not None and not any(may.values()):
        raise Rejected("forbidden")
    lang, found = current(), duplicates.in_bank(bank_id)
    lines = own_banks.by_number([one for pair in found for one in pair[1:3]])
    groups = [
        (
            title,
            [
                (lines[one], shown(lines[one].body, lang), lines[two], shown(lines[two].body, lang), score)
                for kind, one, two, score in found
                if kind == key and one in lines and two in lines
            ],
        )
        for key, title in duplicates.CLASSES.items()
    ]
    return render_template("banks/duplicates.html", bank=bank, groups=groups, may=may, states=STATES)
