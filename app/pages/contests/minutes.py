"""The minutes of published results: a PDF to sign, a workbook to work with. They name people in full."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from babel.numbers import format_decimal
from flask import Blueprint, Response
from flask_babel import format_date, gettext

from app.pages.contests.here import Here, clock, desk
from app.pages.parts.files import download
from app.services.apart import apart
from app.services.contests import complaints
from app.services.contests.publishing import boards, minutes, publications, signing
from app.services.contests.publishing.boards import Payee
from app.services.contests.publishing.minutes import Group, Minutes, Payment
from app.services.contests.publishing.publications import Published
from app.services.contests.results import decisions
from app.services.files.containers import Page, write_xlsx
from app.services.points import checkpoints
from quizzes.hours import local
from quizzes.refusals import N_, Rejected

pages = Blueprint("contest_minutes", __name__)

VALUES = {
    "entrants": N_("%(value)s người"), "weighted": N_("%(value)s điểm"),
    "fading": N_("%(value)s điểm"), "winners": N_("%(value)s người đạt giải"),
    "all_correct": N_("%(value)s người đúng hết"),
    "average": N_("%(value)s điểm"),
}  # fmt: skip
SCALES = {"rate": 10_000, "weighted": 2000, "fading": 2000, "average": 2000}
VI = "vi"
"""An official paper is in Vietnamese: its numbers too, whoever prints it."""


@pages.get("/contests/<public_id>/desk/minutes-<int:no>.<kind>")
def paper(public_id: str, no: int, kind: str) -> Response:
    """The minutes of a publication: PDF to sign, XLSX to work with."""
    place = desk(public_id)
    found = publications.published(place.line.id, no)
    if kind == "pdf":
        return download(minutes.as_pdf(_minutes(place, found)), f"bien-ban-{public_id}-{no}.pdf")
    if kind == "xlsx":
        return download(apart(write_xlsx, _sheets(place, found)), f"bien-ban-{public_id}-{no}.xlsx")
    raise Rejected("not_found")


def _minutes(place: Here, found: Published) -> Minutes:
    day = local(found.heading.at).date()
    title = place.contest.rules.title.get("vi", "")
    return Minutes(
        above="Đoàn TNCS Hồ Chí Minh", organ=place.contest.rules.organiser.get("vi", "") or place.line.chapter,
        title=title, state="chính thức" if found.heading.state == "official" else "tạm thời",
        day=(day.year, day.month, day.day), grounds=_grounds(place, found), figures=_counts(found),
        decisions=_decided(place, found), complaints=_complained(place), winners=_groups(place, found),
        units=_unit_rows(place, found), proof=_proof(found), payments=_paid(place, found),
        total=_money(sum(one.amount for one in _payments(place, found))),
    )  # fmt: skip


def _moment(at: int) -> str:
    return local(at).strftime("%H:%M ngày %d/%m/%Y")


def _grounds(place: Here, found: Published) -> list[str]:
    rules = place.contest.rules
    waves = [
        f"Đợt {number}: từ {_moment(wave.opens_at)} đến {_moment(wave.closes_at)}."
        for number, wave in enumerate(rules.waves, 1)
        if number - 1 in publications.covered(rules, found.heading.computed_at)
    ]
    opened = f"Thể lệ cuộc thi, chốt lúc {_moment(place.contest.opened_at)}, mã số {place.line.public_id}."
    return [opened, *waves, f"Kết quả tính đến {_moment(found.heading.computed_at)}, công bố lần {found.heading.no}."]


def _counts(found: Published) -> list[list[str]]:
    rows = [row for one in found.results["boards"] if one["wave"] >= 0 for row in one["rows"]]
    people = len({row[1] for row in rows})
    full = len({row[1] for row in rows if row[4] == row[5]})
    figures = [("Số người được xếp hạng", people), ("Số kết quả được xếp hạng (các đợt)", len(rows)),
               ("Số người có bài đúng tất cả các câu", full)]  # fmt: skip
    actual = found.results["actuals"].items()
    predicted = [(f"Con số phải dự đoán, đợt {int(wave) + 1}", number) for wave, number in actual]
    return [[label, format_decimal(number, locale=VI)] for label, number in [*figures, *predicted]]


def _decided(place: Here, found: Published) -> list[list[str]]:
    rows = [one for one in reversed(decisions.all_of(place.line.id)) if one.at <= found.heading.at]
    return [
        [str(one.no), local(one.at).strftime("%H:%M %d/%m/%Y"), f"{decisions.TITLES[one.do]}. {_subject(place, one)}",
         one.reason]
        for one in rows
    ]  # fmt: skip


def _subject(place: Here, one: decisions.Decided) -> str:
    if one.about_question:
        return f"“{place.contest.paper[one.question]['text']['vi']}”"
    wave = f", đợt {one.wave + 1}" if one.wave is not None else ""
    return f"{one.name}{wave}" + (f", lượt số {one.attempt}" if one.attempt else "")


def _complained(place: Here) -> str:
    states = Counter(one.state for one in complaints.of_contest(place.line.id))
    if not states:
        return "Không có khiếu nại."
    parts = [f"{states[state]} {said}" for state, said in (
        ("accepted", "chấp nhận"), ("refused", "không chấp nhận"), ("withdrawn", "đã rút"), ("open", "đang xem xét"))
        if states[state]]  # fmt: skip
    return f"Nhận {states.total()} khiếu nại: {', '.join(parts)}."


def _groups(place: Here, found: Published) -> list[Group]:
    groups: dict[tuple[str, int, str], list[list[str]]] = {}
    known, prizes = boards.payees(place.line.id, found), {one.key: one for one in place.contest.rules.prizes}
    for one in boards.winners(place.line.id, found):
        who = known.get(one.member, Payee("", None, one.chapter))
        row = [str(one.rank), one.full_name or one.name, who.code, _year(who), who.path,
               format_decimal(one.score / 2, locale=VI), f"{one.correct}/{one.of}", clock(one.time_us),
               _money(prizes[one.prize].worth)]  # fmt: skip
        groups.setdefault((one.prize, one.wave, one.division), []).append(row)
    return [
        Group(_group_title(place, *key), rows, _shared(prizes[key[0]].count, len(rows))) for key, rows in groups.items()
    ]


def _shared(count: int, winners: int) -> str:
    """Said where equal people share the last rank of a prize."""
    if winners <= count:
        return ""
    return f"{winners} người bằng nhau mọi tiêu chí cùng nhận, thể lệ có {count} giải."


def _year(who: Payee) -> str:
    return str(who.birth_year) if who.birth_year else "–"


def _money(dong: int) -> str:
    return f"{format_decimal(dong, locale=VI)} đồng" if dong else "–"


def _payments(place: Here, found: Published) -> list[Payment]:
    """Every prize of money, for people and chapters, in the order in which they were given."""
    rules, known = place.contest.rules, boards.payees(place.line.id, found)
    worth = {one.key: one.worth for one in rules.prizes} | {one.key: one.worth for one in rules.collective}
    title = place.prize_name
    people = [
        Payment(one.full_name or one.name, who.code, _year(who), who.path, title(one.prize), worth[one.prize])
        for one in boards.winners(place.line.id, found)
        for who in [known.get(one.member, Payee("", None, one.chapter))]
    ]
    units = [
        Payment(one.name, "", "–", "tập thể", title(one.prize), worth[one.prize])
        for one in boards.unit_winners(place.line.id, found)
    ]
    return [one for one in (*people, *units) if one.amount]


def _paid(place: Here, found: Published) -> list[list[str]]:
    return [
        [
            str(number),
            one.name,
            one.code,
            one.birth_year,
            one.chapters,
            one.prize,
            format_decimal(one.amount, locale=VI),
        ]
        for number, one in enumerate(_payments(place, found), 1)
    ]


def _group_title(place: Here, prize: str, wave: int, division: str) -> str:
    parts = [place.prize_name(prize), place.wave_name(wave), place.division_name(division)]
    return " – ".join(part for part in parts if part)


def _unit_rows(place: Here, found: Published) -> list[list[str]]:
    prizes = {one.key: one for one in place.contest.rules.collective}
    return [
        [place.prize_name(one.prize), one.name, str(one.rank), value_text(prizes[one.prize].by, one.value),
         _money(prizes[one.prize].worth)]
        for one in boards.unit_winners(place.line.id, found)
    ]  # fmt: skip


def value_text(by: str, value: int) -> str:
    """What a collective prize was judged by, with its unit."""
    said = format_decimal(float(f"{value / SCALES.get(by, 1):.6g}"), locale=VI)
    return f"{said} %" if by == "rate" else str(gettext(VALUES[by]) % {"value": said})


def _proof(found: Published) -> list[list[str]]:
    about = found.heading
    return [["Mã băm SHA-256 của bảng kết quả", about.digest], ["Chữ ký số Ed25519", about.signature],
            ["Khóa công khai của hệ thống", signing.signer.public_key()],
            ["Điểm mốc của sổ điểm lúc công bố", checkpoints.text_at(about.at) or "chưa có"]]  # fmt: skip


def _sheets(place: Here, found: Published) -> list[Page]:
    prizes = [(group.title, *row) for group in _groups(place, found) for row in group.rows]
    decided = [tuple(row) for row in _decided(place, found)]
    units = [tuple(row) for row in _unit_rows(place, found)]
    counts = [(label, number) for label, number in _counts(found)]
    day = format_date(local(found.heading.at).date(), "long")
    proof = [tuple(row) for row in _proof(found)]
    return [
        Page("Biên bản", [(place.contest.rules.title.get("vi", ""), day), *counts, *proof], (48, 80)),
        Page("Giải cá nhân", [("Giải", "Hạng", "Họ và tên", "Mã đoàn viên", "Năm sinh", "Cơ sở", "Điểm", "Số câu đúng",
                               "Thời gian", "Giá trị"), *prizes], (34, 8, 28, 16, 10, 48, 10, 12, 12, 18)),
        Page("Giải tập thể", [("Giải", "Cơ sở", "Hạng", "Giá trị xét", "Giá trị"), *units], (34, 40, 8, 24, 18)),
        Page("Chi thưởng", _payment_sheet(place, found), (6, 30, 16, 10, 48, 30, 18, 24)),
        Page("Quyết định", [("Số", "Lúc", "Nội dung", "Lý do"), *decided], (8, 20, 60, 60)),
        Page("Bảng xếp hạng", _ranks(place, found), (18, 8, 28, 36, 10, 12, 12)),
    ]  # fmt: skip


def _payment_sheet(place: Here, found: Published) -> list[tuple[Any, ...]]:
    """For the accountant: amounts as numbers, a column to sign in, the sum."""
    payments = _payments(place, found)
    head = ("STT", "Họ và tên", "Mã đoàn viên", "Năm sinh", "Cơ sở", "Giải", "Số tiền (đồng)", "Ký nhận")
    rows = [
        (number, one.name, one.code, one.birth_year, one.chapters, one.prize, one.amount, "")
        for number, one in enumerate(payments, 1)
    ]
    return [head, *rows, ("", "Tổng cộng", "", "", "", "", sum(one.amount for one in payments), "")]


def _ranks(place: Here, found: Published) -> Iterator[Sequence[Any]]:
    yield ("Đợt", "Hạng", "Họ và tên", "Cơ sở", "Điểm", "Số câu đúng", "Thời gian")
    for part in found.results["boards"]:
        wave, division = part["wave"], part["division"]
        whole = boards.board(place.line.id, found, wave, division, top=len(part["rows"]))
        for one in whole.lines:
            yield (place.wave_name(wave), one.rank, one.full_name, one.chapter, one.score / 2,
                   f"{one.correct}/{one.of}", clock(one.time_us))  # fmt: skip
