"""Taking a contest: the way in, the paper, the result. What a phone saves goes through app/saving/door.py."""

from __future__ import annotations

import hmac
from typing import Any

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask_babel import gettext as _
from jinja2.utils import htmlsafe_json_dumps

from app import language, security
from app.errors import sentence, status_of
from app.formulas import markup
from app.pages.contests.answer_lines import line_of
from app.pages.contests.entrance import brings, division, groups, hours, lengths
from app.security import signed_in
from app.services.contests import contests
from app.services.contests.contests import Frozen
from app.services.contests.results.stored_attempts import PREDICTION
from app.services.contests.taking import entrants, starting, tickets, views
from app.services.contests.taking.starting import Entry
from app.services.contests.taking.views import Sheet
from app.services.refused import refusals
from quizzes.contest.results import showing
from quizzes.contest.setup.waves import wave_at
from quizzes.contest.taking import attempts as rules_of_taking
from quizzes.movement.services import about
from quizzes.questions import QUESTION_TYPES
from quizzes.refusals import Rejected

pages = Blueprint("taking", __name__)

TICKET, TRY, DATA = "@@ticket@@", "@@try@@", "@@data@@"
"""The marks in the page of a paper that are replaced by one person's own values."""
MOST_SHELLS = 200  # drawn papers kept in memory


def _now() -> int:
    """When this request arrived."""
    return int(current_app.extensions["taking"].received_at())


def _running(public_id: str) -> tuple[contests.ContestLine, Frozen]:
    """An opened contest; a draft is not there for members."""
    line = contests.by_public_id(public_id)
    if line.opened_at is None:
        raise Rejected("no_such_contest")
    return line, contests.frozen(line.id)


# --- the way in --------------------------------------------------------------------------------------


@pages.get("/contests/<public_id>/enter")
def enter(public_id: str) -> Any:
    """Rules in short, one's own tries, and the buttons that begin."""
    return _enter(public_id)


def _enter(public_id: str, problem: Rejected | None = None) -> Any:
    line, contest = _running(public_id)
    member, at = signed_in(), _now()
    known = entrants.known(contest.contest_id, member.id)
    tries = views.my_tries(contest.contest_id, member.id, at)
    refused = starting.refusal(contest.contest_id, member.id, at)
    if line.cancelled_at is not None:
        refused = Rejected("over")
    practice = starting.refusal(contest.contest_id, member.id, at, practice=True)
    page = render_template(
        "contests/taking/enter.html",
        contest=line,
        rules=contest.rules,
        known=known,
        tries=tries,
        at=at,
        wave=wave_at(contest.rules.waves, at, known.person.chapters),
        hours=hours(contest, known),
        brings=brings(contest),
        questions=lengths(contest),
        refused=refused,
        say_refusal=_why,
        practice_refused=practice,
        problem=problem,
        groups=groups(contest),
        size=len(tries),
        division=division(contest, known),
        locked=any(not one.practice for one in tries),
    )
    return page, status_of(problem.code) if problem else 200


def _why(refusal: Rejected) -> str:
    """A refusal in the words of a contest."""
    if refusal.code == "not_open":
        from app.pages.parts.frame import moment

        return str(_("Đợt thi mở lúc %(time)s.", time=moment(int(str(refusal.about["opens_at"])))))
    code = "contest_over" if refusal.code == "over" else refusal.code
    return sentence(code if code in refusals() else "not_now")


@pages.post("/contests/<public_id>/start")
def start(public_id: str) -> Any:
    """Begin a try, of the open wave or for practice; who has one that runs goes on with it."""
    contest = entrants.opened(public_id)
    member, at = signed_in(), _now()
    form, practice = request.form, request.form.get("kind") == "practice"
    try:
        attempt = current_app.extensions["taking"].start(
            Entry(
                contest.contest_id,
                member.id,
                practice,
                at,
                _mark(contest, form.get("device", "")),
                _mark(contest, security.address()),
                form.get("agreed") == "yes",
                tuple(form.getlist("groups")) if "groups_shown" in form else None,
            )
        )
    except Rejected as refusal:
        found = views.running(contest.contest_id, member.id, at, practice=practice)
        if refusal.code != "unfinished" or found is None:
            return _enter(public_id, refusal)
        attempt = found
    return redirect(url_for("taking.paper", attempt=attempt), 303)


def _mark(contest: Frozen, text: str) -> bytes | None:
    """A digest that only compares within one contest, and only here."""
    key = current_app.config["SECRET_KEY"].encode()
    return hmac.digest(key, f"{contest.public_id} {text[:200]}".encode(), "sha256") if text else None


# --- the paper ---------------------------------------------------------------------------------------


@pages.get("/tries/<attempt>")
def paper(attempt: str) -> Any:
    """The paper of one's own try, with everything that is saved. A finished one leads to its result."""
    member, at = signed_in(), _now()
    one = views.sheet(attempt, member.id, at)
    if one.end is not None or one.cancelled:
        return redirect(url_for("taking.result", attempt=attempt))
    lang = language.current()
    ticket = tickets.issue(current_app.config["SECRET_KEY"], attempt, member.id, member.sign_in)
    page = _shell(one, lang).replace(TICKET, ticket)
    return page.replace(TRY, attempt).replace(DATA, str(htmlsafe_json_dumps(_data(one, at))))


def _shell(one: Sheet, lang: str) -> str:
    """The page without what is one person's own: the same for everybody in a wave, and the larger part of the cost."""
    known: dict[Any, str] = current_app.extensions.setdefault("paper_shells", {})
    key = (one.contest.public_id, one.wave, lang)
    if key not in known:
        if len(known) >= MOST_SHELLS:
            known.clear()
        rules = one.contest.rules
        known[key] = render_template(
            "contests/taking/paper.html",
            one=one,
            rules=rules,
            types=sorted(QUESTION_TYPES),
            ticket=TICKET,
            data=DATA,
            attempt=TRY,
            title=language.say(dict(rules.title)),
            wave="" if one.practice else language.say(dict(rules.waves[one.wave].title)),
        )
    return known[key]


def _data(one: Sheet, at: int) -> dict[str, Any]:
    """The data for the scripts of the page: faces, never keys. Where questions have times of their own, those still to
    come stay on the server."""
    lang, opened, rules = language.current(), one.open_place(at), one.contest.rules
    faces: list[Any] = [None] * len(one.asked)
    for place in [opened.index] if opened else range(len(one.asked)):
        if place < len(faces):
            faces[place] = one.face(place, lang)
    return {
        "attempt": one.public_id,
        "now": at,
        "started_at": one.started_at,
        "closes_at": one.closes_at,
        "grace_s": rules.timing.grace_seconds,
        "each": rules.timing.kind == "each",
        "faces": faces,
        "open": {"index": opened.index, "opens_at": opened.opens_at, "closes_at": opened.closes_at} if opened else None,
        "answers": {
            str(place): {"choice": saved.choice, "revision": saved.revision} for place, saved in one.answers.items()
        },
        "flags": one.flags,
        "predicts": rules.prediction is not None and not one.practice,
        "focus": rules.integrity.focus and not one.practice,
        **markup.of(faces),
    }


# --- the result --------------------------------------------------------------------------------------


@pages.get("/tries/<attempt>/result")
def result(attempt: str) -> Any:
    """Serves the result of a try: the answers handed in, and as much of score and key as may be shown now."""
    member, at = signed_in(), _now()
    one = views.sheet(attempt, member.id, at)
    if one.end is None and not one.cancelled:
        return redirect(url_for("taking.paper", attempt=attempt))
    found = views.result(one, at)
    rules = one.contest.rules
    settled = 0 if one.practice else rules_of_taking.settled_at(rules, one.wave)
    return render_template(
        "contests/taking/result.html",
        one=one,
        rules=rules,
        found=found,
        at=at,
        settled=settled,
        ended=showing.last_settled(rules),
        lines=[line_of(one, found, place) for place in range(len(one.asked))],
        prediction=one.answers.get(PREDICTION),
        answered=_answered(one),
        teach=about(str(question.get("topic")) for question, _shown in one.asked) if found.visible.key else [],
    )


def _answered(one: Sheet) -> int:
    return sum(saved.choice is not None for place, saved in one.answers.items() if place != PREDICTION)
