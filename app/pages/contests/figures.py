"""Figures of a contest for its organisers, as a page that prints and as tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any

from flask import Blueprint, Response, jsonify, render_template, request
from flask_babel import format_datetime, gettext

from app.errors import wants_json
from app.language import current, say
from app.pages.contests.here import Here, clock, desk
from app.pages.parts.files import table, workbook
from app.pages.parts.item_notes import NOTES
from app.pages.parts.reply import Reply
from app.services.commit import breathe, in_turns
from app.services.contests.publishing import boards, publications
from app.services.contests.results import standings
from app.services.contests.results import statistics as contest_statistics
from app.services.contests.results.standings import Standing
from app.services.contests.results.statistics import Figures
from app.services.files.containers import Page
from quizzes.contest.desk.statistics import Funnel, shares
from quizzes.hours import local

pages = Blueprint("contest_figures", __name__)

AGAIN_S = 2
"""A page whose figures are being made asks again after so long."""


@pages.get("/contests/<public_id>/desk/statistics")
def statistics(public_id: str) -> Reply:
    """Participation, scores, times, and how each question did."""
    here = desk(public_id)
    wave = here.wave if "wave" in request.args and here.wave >= 0 else None
    found = contest_statistics.ready(here.line.id, wave)
    if wants_json():
        return jsonify(ready=found is not None)
    if found is None:
        return render_template("contests/desk/statistics_soon.html", here=here, again_s=AGAIN_S)
    return render_template(
        "contests/desk/statistics.html",
        here=here,
        wave=wave,
        found=found,
        hours=hour_bars(found),
        scores=[(f"{start / 2:g}", count) for start, _, count in found.scores],
        times=[(f"{start}", count) for start, _, count in found.times],
        notes=NOTES,
        chapters=_top_chapters(here, wave),
        text=lambda key: say(here.contest.paper[key]["text"]),
        choices=lambda one: shares(here.contest.paper[one.question], one, current()),
        clock=clock,
    )


def hour_bars(found: Figures) -> list[tuple[str, int]]:
    """Tries by hour, or by day where hours would be too many bars."""
    if len(found.hours) <= 48:
        return [(local(at).strftime("%H:%M %d/%m"), count) for at, count in found.hours]
    days: Counter[str] = Counter()
    for at, count in found.hours:
        days[local(at).strftime("%d/%m")] += count
    return list(days.items())


def _top_chapters(here: Here, wave: int | None, count: int = 30) -> list[tuple[str, int]]:
    """Entrants by their own chapter, whatever its level: those of the chapters below are taken off."""
    own: Counter[int] = Counter()
    for one in _waves(here, wave):
        for row in standings.chapters(here.line.id, one):
            own[row.unit] += row.entrants
            if row.parent is not None:
                own[row.parent] -= row.entrants
    names = here.contest.unit_told
    return [(names[unit], people) for unit, people in own.most_common(count) if people > 0 and unit in names]


def _waves(here: Here, wave: int | None) -> Sequence[int]:
    return range(len(here.contest.rules.waves)) if wave is None else [wave]


@pages.get("/contests/<public_id>/desk/statistics.xlsx")
def statistics_xlsx(public_id: str) -> Response:
    """The same figures as a workbook."""
    here = desk(public_id)
    found = contest_statistics.figures(here.line.id, None)
    breathe()
    steps = _steps(found.funnel)
    hours = [(format_datetime(local(at), "short", rebase=False), count) for at, count in found.hours]
    sheets = [
        Page(gettext("Tổng quan"), [(gettext("Bước"), gettext("Người")), *steps], (40, 14)),
        Page(gettext("Theo giờ"), [(gettext("Giờ bắt đầu"), gettext("Lượt thi")), *hours], (24, 14)),
        _by_chapter(here),
        _by_question(here, found),
    ]
    return workbook(sheets, f"thong-ke-{public_id}.xlsx")


def _steps(funnel: Funnel) -> list[tuple[str, int]]:
    return [
        (gettext("Số đoàn viên đã chốt"), funnel.eligible),
        (gettext("Đã bắt đầu"), funnel.started),
        (gettext("Đã trả lời"), funnel.answered),
        (gettext("Đã hoàn thành"), funnel.finished),
        (gettext("Được xếp hạng"), funnel.counted),
    ]


def _by_chapter(here: Here) -> Page:
    head = (
        gettext("Cơ sở"),
        gettext("Người dự thi"),
        gettext("Số đoàn viên đã chốt"),
        gettext("Đúng hết"),
        gettext("Tổng điểm"),
    )
    units = [
        (row.name, row.entrants, row.members or None, row.all_correct, row.score / 2)
        for wave in _waves(here, None)
        for row in in_turns(standings.chapters(here.line.id, wave))
    ]
    return Page(gettext("Theo cơ sở"), [head, *units], (44, 14, 20, 12, 12))


def _by_question(here: Here, found: contest_statistics.Figures) -> Page:
    head = (
        gettext("Mã"),
        gettext("Câu hỏi"),
        gettext("Lượt hỏi"),
        gettext("Độ dễ"),
        gettext("Độ phân biệt"),
        gettext("Ghi chú"),
    )
    items = [
        (
            one.question,
            say(here.contest.paper[one.question]["text"]),
            one.asked,
            one.facility / 1000,
            one.discrimination / 1000 if one.discrimination is not None else None,
            gettext(NOTES[one.note]) if one.note else "",
        )
        for one in found.items
    ]
    return Page(gettext("Câu hỏi"), [head, *items], (24, 70, 10, 10, 12, 34))


@pages.get("/contests/<public_id>/desk/entrants.csv")
def entrants_csv(public_id: str) -> Response:
    """Everybody on the boards, wave by wave, with full names: safe to open in a spreadsheet."""
    here = desk(public_id)
    head = (
        gettext("Đợt"),
        gettext("Hạng"),
        gettext("Họ và tên"),
        gettext("Số"),
        gettext("Cơ sở"),
        gettext("Điểm"),
        gettext("Số câu đúng"),
        gettext("Số câu"),
        gettext("Thời gian (giây)"),
        gettext("Số dự đoán"),
        gettext("Theo"),
    )
    return table(chain([head], _entrants(here)), f"nguoi-du-thi-{public_id}.csv")


def _entrants(here: Here) -> Iterator[Sequence[Any]]:
    keys = [one.key for one in here.contest.rules.divisions] if here.contest.rules.ranking.apart else [""]
    for wave in _waves(here, None):
        name, heading = here.wave_name(wave), here.states[wave].heading
        source = gettext("Công bố lần %(no)s", no=heading.no) if heading else gettext("Tạm tính, chưa công bố")
        for key in keys:
            for one in _ranked(here, wave, key):
                yield (
                    name,
                    one.rank,
                    one.full_name,
                    one.member,
                    one.chapter,
                    one.score / 2,
                    one.correct,
                    one.of,
                    one.time_us / 1e6,
                    one.prediction,
                    source,
                )


def _ranked(here: Here, wave: int, division: str) -> Iterator[Standing]:
    """The published board where there is one: what ranks people finally (predictions, lots) stands only there."""
    heading = here.states[wave].heading
    if heading is None:
        return standings.everybody(here.line.id, wave, division)
    found = publications.published(here.line.id, heading.no)
    return boards.everybody(here.line.id, found, wave, division)
