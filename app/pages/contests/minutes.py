"""The minutes of published results: a PDF to sign, a workbook to work with. They name people in full."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from flask import Blueprint, Response
from flask_babel import format_date, gettext

from app.pages.contests.here import Here, clock, desk
from app.pages.parts.files import download
from app.services.apart import apart
from app.services.contests import complaints
from app.services.contests.publishing import boards, minutes, publications, signing
from app.services.contests.publishing.minutes import Group, Minutes
from app.services.contests.publishing.publications import Published
from app.services.contests.results import decisions
from app.services.files.containers import Page, write_xlsx
from app.services.points import checkpoints
from quizzes.hours import local
from quizzes.refusals import N_, Rejected

pages = Blueprint("contest_minutes", __name__)

VALUES = {
    "entrants": N_("%(value)s người"), "rate": N_("%(value)s phần trăm"), "weighted": N_("%(value)s điểm"),
    "fading": N_("%(value)s điểm"), "winners": N_("%(value)s người đạt giải"),
    "all_correct": N_("%(value)s người đúng hết"),
    "average": N_("%(value)s điểm"),
}  # fmt: skip
SCALES = {"rate": 10_000, "weighted": 2000, "fading": 2000, "average": 2000}


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
        units=_unit_rows(place, found), proof=_proof(found),
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
    return [[label, f"{number:,}".replace(",", ".")] for label, number in [*figures, *predicted]]


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
    for one in boards.winners(place.line.id, found):
        row = [str(one.rank), one.full_name or one.name, one.chapter, f"{one.score / 2:g}", f"{one.correct}/{one.of}",
               clock(one.time_us)]  # fmt: skip
        groups.setdefault((one.prize, one.wave, one.division), []).append(row)
    return [Group(_group_title(place, *key), rows) for key, rows in groups.items()]


def _group_title(place: Here, prize: str, wave: int, division: str) -> str:
    parts = [place.prize_name(prize), place.wave_name(wave), place.division_name(division)]
    return " – ".join(part for part in parts if part)


def _unit_rows(place: Here, found: Published) -> list[list[str]]:
    judged = {one.key: one.by for one in place.contest.rules.collective}
    return [
        [place.prize_name(one.prize), one.name, str(one.rank), value_text(judged[one.prize], one.value)]
        for one in boards.unit_winners(place.line.id, found)
    ]


def value_text(by: str, value: int) -> str:
    """What a collective prize was judged by, with its unit."""
    return str(gettext(VALUES[by]) % {"value": f"{value / SCALES.get(by, 1):.6g}"})


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
        Page("Giải cá nhân", [("Giải", "Hạng", "Họ và tên", "Cơ sở", "Điểm", "Số câu đúng", "Thời gian"), *prizes],
             (34, 8, 28, 36, 10, 12, 12)),
        Page("Giải tập thể", [("Giải", "Cơ sở", "Hạng", "Giá trị xét"), *units], (34, 40, 8, 24)),
        Page("Quyết định", [("Số", "Lúc", "Nội dung", "Lý do"), *decided], (8, 20, 60, 60)),
        Page("Bảng xếp hạng", _ranks(place, found), (18, 8, 28, 36, 10, 12, 12)),
    ]  # fmt: skip


def _ranks(place: Here, found: Published) -> Iterator[Sequence[Any]]:
    yield ("Đợt", "Hạng", "Họ và tên", "Cơ sở", "Điểm", "Số câu đúng", "Thời gian")
    for part in found.results["boards"]:
        wave, division = part["wave"], part["division"]
        whole = boards.board(place.line.id, found, wave, division, top=len(part["rows"]))
        for one in whole.lines:
            yield (place.wave_name(wave), one.rank, one.full_name, one.chapter, one.score / 2,
                   f"{one.correct}/{one.of}", clock(one.time_us))  # fmt: skip
