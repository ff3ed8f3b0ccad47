"""The rows of the minutes: what was counted, decided and paid, and who won, each as it is printed. In Vietnamese."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from babel.numbers import format_decimal
from flask_babel import gettext

from app.pages.contests.here import Here, clock
from app.services.contests import complaint_lists
from app.services.contests.publishing import boards, signing
from app.services.contests.publishing.boards import Payee
from app.services.contests.publishing.minutes import Group, Payment
from app.services.contests.publishing.publications import Published
from app.services.contests.results import decisions
from app.services.points import checkpoints
from quizzes.hours import local
from quizzes.refusals import N_

VALUES = {
    "entrants": N_("%(value)s người"),
    "weighted": N_("%(value)s điểm"),
    "fading": N_("%(value)s điểm"),
    "winners": N_("%(value)s người đạt giải"),
    "all_correct": N_("%(value)s người đúng hết"),
    "average": N_("%(value)s điểm"),
}


SCALES = {"rate": 10_000, "weighted": 2000, "fading": 2000, "average": 2000}


VI = "vi"
"""An official paper is in Vietnamese: its numbers too, whoever prints it."""


def count_rows(found: Published) -> list[list[str]]:
    people, results, full = found.counted
    figures = [
        ("Số người được xếp hạng", people),
        ("Số kết quả được xếp hạng (các đợt)", results),
        ("Số người có bài đúng tất cả các câu", full),
    ]
    actual = found.results["actuals"].items()
    predicted = [(f"Con số phải dự đoán, đợt {int(wave) + 1}", number) for wave, number in actual]
    return [[label, format_decimal(number, locale=VI)] for label, number in [*figures, *predicted]]


def decision_rows(here: Here, found: Published) -> list[list[str]]:
    rows = [one for one in reversed(decisions.all_of(here.line.id)) if one.at <= found.heading.at]
    return [
        [
            str(one.no),
            local(one.at).strftime("%H:%M %d/%m/%Y"),
            f"{decisions.TITLES[one.do]}. {_subject(here, one)}",
            one.reason,
        ]
        for one in rows
    ]


def _subject(here: Here, one: decisions.Decided) -> str:
    if one.about_question:
        return f"“{here.contest.paper[one.question]['text']['vi']}”"
    wave = f", đợt {one.wave + 1}" if one.wave is not None else ""
    return f"{one.name}{wave}" + (f", lượt số {one.attempt}" if one.attempt else "")


def complaint_words(here: Here) -> str:
    states = Counter(one.state for one in complaint_lists.of_contest(here.line.id))
    if not states:
        return "Không có khiếu nại."
    parts = [
        f"{states[state]} {said}"
        for state, said in (
            ("accepted", "chấp nhận"),
            ("refused", "không chấp nhận"),
            ("withdrawn", "đã rút"),
            ("open", "đang xem xét"),
        )
        if states[state]
    ]
    return f"Nhận {states.total()} khiếu nại: {', '.join(parts)}."


def winner_groups(here: Here, found: Published) -> list[Group]:
    groups: dict[tuple[str, int, str], list[list[str]]] = {}
    known, prizes = boards.payees(here.line.id, found), {one.key: one for one in here.contest.rules.prizes}
    for one in boards.winners(here.line.id, found):
        who = known.get(one.member, Payee("", None, one.chapter))
        row = [
            str(one.rank),
            one.full_name or one.name,
            who.code,
            _year(who),
            who.path,
            format_decimal(one.score / 2, locale=VI),
            f"{one.correct}/{one.of}",
            clock(one.time_us),
            money(prizes[one.prize].worth),
        ]
        groups.setdefault((one.prize, one.wave, one.division), []).append(row)
    return [
        Group(_group_title(here, *key), rows, _shared(prizes[key[0]].count, len(rows))) for key, rows in groups.items()
    ]


def _shared(count: int, winners: int) -> str:
    """Said where equal people share the last rank of a prize."""
    if winners <= count:
        return ""
    return f"{winners} người bằng nhau mọi tiêu chí cùng nhận, thể lệ có {count} giải."


def _year(who: Payee) -> str:
    return str(who.birth_year) if who.birth_year else "–"


def money(dong: int) -> str:
    return f"{format_decimal(dong, locale=VI)} đồng" if dong else "–"


def payments_of(here: Here, found: Published) -> list[Payment]:
    """Every prize of money, for people and chapters, in the order in which they were given."""
    rules, known = here.contest.rules, boards.payees(here.line.id, found)
    worth = {one.key: one.worth for one in rules.prizes} | {one.key: one.worth for one in rules.collective}
    title = here.prize_name
    people = [
        Payment(one.full_name or one.name, who.code, _year(who), who.path, title(one.prize), worth[one.prize])
        for one in boards.winners(here.line.id, found)
        for who in [known.get(one.member, Payee("", None, one.chapter))]
    ]
    units = [
        Payment(one.name, "", "–", "tập thể", title(one.prize), worth[one.prize])
        for one in boards.unit_winners(here.line.id, found)
    ]
    return [one for one in (*people, *units) if one.amount]


def payment_rows(payments: Sequence[Payment]) -> list[list[str]]:
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
        for number, one in enumerate(payments, 1)
    ]


def _group_title(here: Here, prize: str, wave: int, division: str) -> str:
    parts = [here.prize_name(prize), here.wave_name(wave), here.division_name(division)]
    return " – ".join(part for part in parts if part)


def unit_rows(here: Here, found: Published) -> list[list[str]]:
    prizes = {one.key: one for one in here.contest.rules.collective}
    return [
        [
            here.prize_name(one.prize),
            one.name,
            str(one.rank),
            value_text(prizes[one.prize].by, one.value),
            money(prizes[one.prize].worth),
        ]
        for one in boards.unit_winners(here.line.id, found)
    ]


def value_text(by: str, value: int) -> str:
    """The figure that a collective prize was judged by, with its unit."""
    said = format_decimal(float(f"{value / SCALES.get(by, 1):.6g}"), locale=VI)
    return f"{said} %" if by == "rate" else str(gettext(VALUES[by]) % {"value": said})


def proof_rows(found: Published) -> list[list[str]]:
    about = found.heading
    return [
        ["Mã băm SHA-256 của bảng kết quả", about.digest],
        ["Chữ ký số Ed25519", about.signature],
        ["Khóa công khai của hệ thống", signing.signer.public()],
        ["Điểm mốc của sổ điểm lúc công bố", checkpoints.text_at(about.at) or "chưa có"],
    ]
