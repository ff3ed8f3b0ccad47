"""The minutes of published results: a PDF to sign, a workbook to work with. They name people in full."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from flask import Blueprint, Response
from flask_babel import force_locale, format_date

from app.pages.contests.here import Here, clock, desk
from app.pages.contests.minute_rows import (
    VI,
    complaint_words,
    count_rows,
    decision_rows,
    money,
    payment_rows,
    payments_of,
    proof_rows,
    unit_rows,
    winner_groups,
)
from app.pages.parts.files import download, workbook
from app.services.contests.publishing import boards, minutes, publications
from app.services.contests.publishing.minutes import Minutes
from app.services.contests.publishing.publications import Published
from app.services.files.containers import Page
from quizzes.hours import local
from quizzes.refusals import Rejected

pages = Blueprint("contest_minutes", __name__)


@pages.get("/contests/<public_id>/desk/minutes-<int:no>.<kind>")
def paper(public_id: str, no: int, kind: str) -> Response:
    """The minutes of a publication: PDF to sign, XLSX to work with."""
    here = desk(public_id)
    found = publications.published(here.line.id, no)
    with force_locale(VI):
        if kind == "pdf":
            return download(minutes.as_pdf(_minutes(here, found)), f"bien-ban-{public_id}-{no}.pdf")
        if kind == "xlsx":
            return workbook(_sheets(here, found), f"bien-ban-{public_id}-{no}.xlsx")
    raise Rejected("not_found")


def _minutes(here: Here, found: Published) -> Minutes:
    day, payments = local(found.heading.at).date(), payments_of(here, found)
    title = here.contest.rules.title.get("vi", "")
    return Minutes(
        above="Đoàn TNCS Hồ Chí Minh",
        organ=here.contest.rules.organiser.get("vi", "") or here.line.chapter,
        title=title,
        state="chính thức" if found.heading.state == "official" else "tạm thời",
        day=(day.year, day.month, day.day),
        grounds=_grounds(here, found),
        figures=count_rows(found),
        decisions=decision_rows(here, found),
        complaints=complaint_words(here),
        winners=winner_groups(here, found),
        units=unit_rows(here, found),
        proof=proof_rows(found),
        payments=payment_rows(payments),
        total=money(sum(one.amount for one in payments)),
    )


def _moment(at: int) -> str:
    return local(at).strftime("%H:%M ngày %d/%m/%Y")


def _grounds(here: Here, found: Published) -> list[str]:
    rules = here.contest.rules
    waves = [
        f"Đợt {number}: từ {_moment(wave.opens_at)} đến {_moment(wave.closes_at)}."
        for number, wave in enumerate(rules.waves, 1)
        if number - 1 in publications.covered(rules, found.heading.computed_at)
    ]
    opened = f"Thể lệ cuộc thi, chốt lúc {_moment(here.contest.opened_at)}, mã số {here.line.public_id}."
    return [opened, *waves, f"Kết quả tính đến {_moment(found.heading.computed_at)}, công bố lần {found.heading.no}."]


def _sheets(here: Here, found: Published) -> list[Page]:
    prizes = [(group.title, *_sortable(row, 0, 3)) for group in winner_groups(here, found) for row in group.rows]
    decided = [tuple(row) for row in decision_rows(here, found)]
    units = [_sortable(row, 2) for row in unit_rows(here, found)]
    counts = [(label, number) for label, number in count_rows(found)]
    day = format_date(local(found.heading.at).date(), "long")
    proof = [tuple(row) for row in proof_rows(found)]
    return [
        Page("Biên bản", [(here.contest.rules.title.get("vi", ""), day), *counts, *proof], (48, 80)),
        Page("Giải cá nhân", [("Giải", "Hạng", "Họ và tên", "Mã đoàn viên", "Năm sinh", "Cơ sở", "Điểm", "Số câu đúng",
                               "Thời gian", "Giá trị"), *prizes], (34, 8, 28, 16, 10, 48, 10, 12, 12, 18)),
        Page("Giải tập thể", [("Giải", "Cơ sở", "Hạng", "Giá trị xét", "Giá trị"), *units], (34, 40, 8, 24, 18)),
        Page("Chi thưởng", _payment_sheet(here, found), (6, 30, 16, 10, 48, 30, 18, 24)),
        Page("Quyết định", [("Số", "Lúc", "Nội dung", "Lý do"), *decided], (8, 20, 60, 60)),
        Page("Bảng xếp hạng", list(_ranks(here, found)), (18, 8, 28, 36, 10, 12, 12)),
    ]  # fmt: skip


def _sortable(row: Sequence[str], *numbers: int) -> tuple[str | int, ...]:
    """A row whose ranks and years are numbers."""
    return tuple(int(cell) if at in numbers and cell.isdigit() else cell for at, cell in enumerate(row))


def _payment_sheet(here: Here, found: Published) -> list[tuple[Any, ...]]:
    """For the accountant: amounts as numbers, a column to sign in, the sum."""
    payments = payments_of(here, found)
    head = ("STT", "Họ và tên", "Mã đoàn viên", "Năm sinh", "Cơ sở", "Giải", "Số tiền (đồng)", "Ký nhận")
    rows = [
        (number, one.name, one.code, one.birth_year, one.chapters, one.prize, one.amount, "")
        for number, one in enumerate(payments, 1)
    ]
    return [head, *rows, ("", "Tổng cộng", "", "", "", "", sum(one.amount for one in payments), "")]


def _ranks(here: Here, found: Published) -> Iterator[Sequence[Any]]:
    yield ("Đợt", "Hạng", "Họ và tên", "Cơ sở", "Điểm", "Số câu đúng", "Thời gian")
    for part in found.results["boards"]:
        wave, division = part["wave"], part["division"]
        whole = boards.board(here.line.id, found, wave, division, top=len(part["rows"]))
        for one in whole.lines:
            yield (
                here.wave_name(wave),
                one.rank,
                one.full_name,
                one.chapter,
                one.score / 2,
                f"{one.correct}/{one.of}",
                clock(one.time_us),
            )
