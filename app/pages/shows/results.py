"""After a show: podium, every question with its distribution, every player; files for Excel."""

from __future__ import annotations

import time
from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from app import language, security
from app.pages.parts import files
from app.pages.shows.making import may_run
from app.services.people.chapters import path_of_chapter
from app.services.shows import ballots, host_changes, listing, seat_names, seats, shows, team_names
from app.services.shows.asked import POINTS
from quizzes import questions
from quizzes import show as rules
from quizzes.mechanics.verdicts import CORRECTED
from quizzes.movement.services import about
from quizzes.refusals import N_, Rejected

pages = Blueprint("results", __name__)

SHOWN = 100  # players listed
WHYS = {
    "slip": N_("Bấm nhầm"),
    "technical": N_("Sự cố kỹ thuật"),
    "question": N_("Câu hỏi có vấn đề"),
    "rules": N_("Áp dụng chưa đúng thể lệ"),
}
"""The ready reasons of an undo in words."""


@pages.get("/results/<public_id>")
def one(public_id: str) -> Any:
    """The results page; before the end it only says that the show is going on."""
    show = listing.by_public_id(public_id)
    state = shows.catch_up(show.show_id).state
    if state.phase != "over":
        return render_template("shows/results/waiting.html", show=show)
    ranked = rules.results(state)
    changes = host_changes.told(show.show_id, state, max(time.time_ns() // 1000, state.at))
    member = security.current_member()
    seconds = host_changes.may_second(show.show_id, changes, member.id) if member else set()
    names = seat_names.public_names(show.show_id, [line["seat"] for line in ranked[:SHOWN]])
    asked = _once_each(rules.sheet(state))
    return render_template(
        "shows/results/one.html",
        show=show,
        teach=about(str(part["body"].get("topic")) for part in asked),
        ranked=ranked[:SHOWN],
        ranked_by=rules.ranked_by(state) if state.table.is_ranked else "",
        placed=bool(state.table.places or state.table.orders),
        count=len(ranked),
        teams=_teams(state),
        names=names,
        may=may_run(show),
        gives=gives(show),
        changes=changes,
        seconds=seconds,
        kicked=len(state.kicked),
        whys=WHYS,
        asked=[_asked(show.show_id, part) for part in asked],
    )


def gives(show: listing.Listed) -> bool:
    """True when this person may give awards for a show that counts."""
    member = security.current_member()
    path = path_of_chapter(show.chapter_id) if show.chapter_id and show.stakes == POINTS else None
    return bool(member and path and member.may("organiser", path))


def _teams(state: Any) -> list[dict[str, Any]]:
    """The final rows of the teams, by name; [] for a show without teams."""
    names = team_names.of_teams(state, lambda team: _("Đội %(n)s", n=team))
    return [
        {"rank": row.rank, "name": names.get(row.team, ""), "score": rules.team_score(row.score), "seats": row.seats}
        for row in state.team_rows
    ]


@pages.post("/results/<public_id>/changes/<int:seq>")
def second(public_id: str, seq: int) -> Any:
    """A second person's yes or no to an adjustment."""
    show = listing.by_public_id(public_id)
    agrees = request.form.get("agrees") == "yes"
    host_changes.second(show.show_id, seq, security.signed_in().id, agrees)
    flash(_("Đã xác nhận. Điểm được ghi vào sổ.") if agrees else _("Đã từ chối. Điểm không vào sổ."), "good")
    return redirect(url_for("results.one", public_id=public_id))


def _once_each(openings: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each question once, in order: rounds of the bell and the typed answer after them tell of one question. What a
    corrected verdict took back of a question that counts is no question of its own."""
    found: dict[tuple[int, int, bool], dict[str, Any]] = {}
    counts = {(one["round"], one["question"]) for one in openings if one["void"] is None}
    openings = [one for one in openings if one["void"] != CORRECTED or (one["round"], one["question"]) not in counts]
    for part in (one for one in openings if one["body"] is not None):  # a pick or a sheet asks no question
        place = (part["round"], part["question"], part["void"] is not None)
        before = found.get(place)
        if before is None or before["kind"] == "buzz":
            results = {**(before["results"] if before else {}), **part["results"]}
            found[place] = {**(before or {}), **part, "results": results}
    return list(found.values())


def _asked(show_id: int, part: dict[str, Any]) -> dict[str, Any]:
    """One opening for the page: its face, key and how the answers were spread."""
    body, shown, lang = part["body"], part["shown"], language.current()
    kind = questions.of(body)
    face = kind.face(body, shown, lang)
    key = kind.solution(body, shown, lang) if "answer" in body else None
    options = [] if part["kind"] == "buzz" else face.get("options", [])
    right, enough = _marks((key or {}).get("choice"), [option["id"] for option in options])
    people = len(part["results"]) if part["kind"] == "buzz" else _people(show_id, part, (key or {}).get("choice"))
    bars = [
        {"text": option["text"], "count": part["counts"].get(option["id"], 0), "right": option["id"] in right}
        for option in options
    ]
    texts = [] if bars and enough else (key or {}).get("texts", [])
    return {
        "no": part["no"],
        "round": part["round"] + 1,
        "text": face["text"],
        "bars": bars,
        "total": people,
        "texts": texts,
        "explanation": language.say(body.get("explanation")),
        "source": body.get("source"),
        "void": part["void"],
        "right": sum(1 for result in part["results"].values() if result[1] == 1000),
    }


def _people(show_id: int, part: dict[str, Any], right: Any) -> int:
    """The number of people who answered. Ballots are counted where one answer is several marks, or none."""
    one_mark_each = right is not None and not isinstance(right, list | dict)
    return sum(part["counts"].values()) if one_mark_each else ballots.how_many_answered(show_id, part["no"])


def _marks(choice: Any, shown: list[str]) -> tuple[set[str], bool]:
    """The options that are right by themselves, and whether marking them tells the whole key."""
    if isinstance(choice, dict):
        return {option for option, true in choice.items() if true}, False
    if not isinstance(choice, list):
        return {choice}, True
    order = choice != shown and sorted(choice) == sorted(shown)  # all of them, but not as they stood: an order
    return (set(), False) if order else (set(choice), True)


@pages.get("/results/<public_id>/<kind>")
def download(public_id: str, kind: str) -> Response:
    """Every player with every answer's points, as CSV or XLSX. For those who may run the show, after the end."""
    show = listing.by_public_id(public_id)
    if not may_run(show):
        raise Rejected("forbidden")
    state = shows.catch_up(show.show_id).state
    if kind not in ("csv", "xlsx") or state.phase != "over":
        raise Rejected("not_found")
    from app.services.files import containers

    rows = _rows(show.show_id, state)
    if kind == "csv":
        return files.table(rows, f"show-{show.show_id}.csv")
    sheet = containers.Page(_("Kết quả"), rows)
    return files.workbook([sheet], f"show-{show.show_id}.xlsx")


def _rows(show_id: int, state: Any) -> list[list[Any]]:
    places = {place.number: place for place in seats.public(show_id)}
    sheet = rules.sheet(state)
    head = [_("Hạng"), _("Tên"), _("Mã ghế"), _("Điểm"), _("Số câu đúng"), _("Thời gian (giây)")]
    rows: list[list[Any]] = [head + [_("Câu %(no)s", no=part["no"]) for part in sheet]]
    for line in rules.results(state):
        place = places.get(line["seat"])
        each = [(part["results"].get(line["seat"]) or [0])[0] / 2 for part in sheet]
        rows.append(
            [
                line["rank"],
                place.name if place else "",
                place.code if place else "",
                line["points"] / 2,
                line["right"],
                line["time_us"] / 1_000_000,
                *each,
            ]
        )
    return rows
