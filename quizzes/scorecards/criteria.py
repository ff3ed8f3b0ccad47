"""Criteria as people write them, one on a line, and what a value is worth. Points are kept in half-points.

    Tổ chức; Báo cáo tháng; steps; 8; 8 = đủ và đúng hạn, 6 = trễ, 0 = thiếu
    Phong trào; Đoàn viên hoàn thành 1+2; rate; 20; from both
    Phong trào; Chương trình; count; 10; 0.5 each, from shows
    Phong trào; Buổi ra quân; count; 10; 2 each
    Tổ chức; Có kế hoạch năm; yes; 5
    Điểm cộng; Mô hình mới được nhân rộng; bonus; 10; 5 each
    Điểm trừ; Nộp minh chứng sai; minus; 10; 2 each

Shapes may be written in Vietnamese: bậc, tỷ lệ, số lượng, có không, cộng, trừ; "mỗi" for each, "từ" for from, and what
fills a line by its name: "từ đoàn viên dự thi".
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from quizzes.problems import Problem
from quizzes.refusals import N_, Rejected
from quizzes.settings.typed import decimal
from quizzes.settings.values import Wrong, half_points
from quizzes.standing.figures import Figures
from quizzes.text import fold

STEPS, RATE, COUNT, YES, BONUS, MINUS = "steps", "rate", "count", "yes", "bonus", "minus"
SHAPES = {
    STEPS: N_("bậc"),
    RATE: N_("tỷ lệ"),
    COUNT: N_("số lượng"),
    YES: N_("có hoặc không"),
    BONUS: N_("cộng"),
    MINUS: N_("trừ"),
}
EACH_SHAPES = (COUNT, BONUS, MINUS)
SPELLINGS = {"bac": STEPS, "ty le": RATE, "so luong": COUNT, "co khong": YES, "cong": BONUS, "tru": MINUS}
FILLS = {
    "both": N_("đoàn viên hoàn thành 1+2"),
    "using": N_("người vẫn tự dùng"),
    "entrants": N_("đoàn viên dự thi"),
    "contests": N_("điểm cuộc thi"),
    "shows": N_("điểm chương trình"),
    "targets": N_("chỉ tiêu đạt được"),
    "deeds": N_("người được giúp ngoài 1+2"),
}
SHARES = {
    "both": ("both", "people"),
    "using": ("used", "asked"),
    "entrants": ("entrants", "people"),
    "targets": ("reached", "wanted"),
}
"""fill -> the two figures whose share a rate takes. The others are counts, of which there is no whole."""
COUNTED_IN = {"contests": 2, "shows": 2, "targets": 100}
"""fill -> the parts in which its figure is kept: half-points, hundredths of a target."""
VISITS = {"both": "both_visits", "using": "used_visits", "deeds": "deeds_visits"}
"""fill -> how many of those it counts a witness saw."""
FILL_SPELLINGS = {fold(words): name for name, words in FILLS.items()}
MOST_LINES = 200
"""Criteria of one card."""
MOST_COUNT = 1_000_000  # the largest figure of a criterion
LONGEST = 300
"""Characters of one criterion."""
STEPS_NEEDED = N_("Cần ít nhất hai bậc trong điểm tối đa, ví dụ: 8 = đủ, 6 = trễ, 0 = thiếu.")


@dataclass(frozen=True)
class Criterion:
    """One line. `most`: its most half-points. `steps`: (half-points, words). `each`: half-points of one.

    `fills`: the frozen figure its value is taken from; "" where the chapter says it.
    """

    group: str
    title: str
    shape: str
    most: int
    steps: tuple[tuple[int, str], ...] = ()
    each: int = 0
    fills: str = ""


def written(text: str) -> tuple[list[Criterion], list[Problem]]:
    """The criteria of a text, and what is wrong with a line; a bad line is left out and told."""
    found: list[Criterion] = []
    problems: list[Problem] = []
    lines = [(number, line) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    for number, line in lines[:MOST_LINES]:
        try:
            found.append(_line(line))
        except Wrong as wrong:
            problems.append(Problem((number,), wrong.code, wrong.sentence, wrong.about))
    if len(lines) > MOST_LINES:
        sentence = N_("Nhiều nhất %(most)s tiêu chí.")
        problems.append(Problem((MOST_LINES + 1,), "too_many", sentence, {"most": MOST_LINES}))
    return found, problems


def _line(line: str) -> Criterion:
    parts = [" ".join(part.split()) for part in line.split(";", 4)]
    if len(parts) < 4 or not parts[1] or len(line) > 2 * LONGEST:
        raise Wrong("criterion", N_("Cần: nhóm; nội dung; dạng; điểm tối đa; chi tiết."))
    shape = SPELLINGS.get(fold(parts[2]), parts[2])
    if shape not in SHAPES:
        raise Wrong("criterion_shape", N_("Dạng là một trong: bậc, tỷ lệ, số lượng, có không, cộng, trừ."))
    most, detail = _most(shape, parts[3]), parts[4] if len(parts) > 4 else ""
    one = Criterion(parts[0][:80], parts[1][:LONGEST], shape, most)
    if shape == STEPS:
        return Criterion(one.group, one.title, shape, most, steps=_steps(detail, most))
    each, fills = _detail(shape, detail)
    if each > most:
        raise Wrong("criterion_each_most", N_("Điểm mỗi lần không được lớn hơn điểm tối đa."))
    return Criterion(one.group, one.title, shape, most, each=each, fills=fills)


def _most(shape: str, said: str) -> int:
    """The most half-points of a line, above 0; those of minus may be written with its sign."""
    found = half_points(decimal(re.sub(r"^[-−–]\s*", "", said) if shape == MINUS else said))
    if not found:
        raise Wrong("criterion_most", N_("Điểm tối đa phải lớn hơn 0, nếu không tiêu chí này không đổi được điểm nào."))
    return found


EACH = re.compile(r"(-?[\d.,]+)\s*(?:each|mỗi)|(?:each|mỗi)\s*(-?[\d.,]+)")
FROM = re.compile(r"(?:from|từ)\s+(.+)")


def _detail(shape: str, detail: str) -> tuple[int, str]:
    """The half-points of each one, and the figure a line is filled from; a part that says neither is told."""
    each, fills = list[int](), list[str]()
    for part in filter(None, map(str.strip, re.split(r";|,(?!\d)", detail))):
        worth_each, named = EACH.search(part), FROM.search(part)
        if named:
            fills.append(_fills(shape, named[1].strip()))
        if worth_each:
            said = worth_each[1] or worth_each[2]
            each.append(half_points(decimal(said.removeprefix("-") if shape == MINUS else said)))
        if not (named or worth_each) or len(each) > (shape in EACH_SHAPES) or len(fills) > 1:
            raise Wrong("criterion_detail", N_("Không hiểu chi tiết “%(words)s”."), words=part[:80])
    if shape in EACH_SHAPES and not any(each):
        raise Wrong("criterion_each", N_("Cần điểm cho mỗi lần, ví dụ: 2 mỗi lần."))
    return sum(each), next(iter(fills), "")


def _fills(shape: str, said: str) -> str:
    """The figure of this name."""
    words = fold(said)
    found = FILL_SPELLINGS.get(words, words)
    if found not in FILLS:
        raise Wrong("criterion_fills", N_("Số liệu lấy từ một trong: %(names)s."), names=", ".join(FILLS))
    if shape == RATE and found not in SHARES:
        raise Wrong("criterion_share", N_("Số liệu này không có mẫu số để tính tỷ lệ. Hãy dùng dạng số lượng."))
    return found


def _steps(detail: str, most: int) -> tuple[tuple[int, str], ...]:
    """Half-points with their words. A comma stands between two steps, in 6,5 and in the words."""
    if re.search(r"(?:^|,)\s*(?:from|từ)\s", detail):
        raise Wrong("criterion_steps_filled", N_("Bậc do người chấm chọn, không tự điền được. Hãy dùng dạng khác."))
    begins = list(re.finditer(r"(?:^|,)\s*(\d+(?:[.,]\d+)?)\s*=", detail))
    if not begins or begins[0].start():  # what stands before the first would be lost
        raise Wrong("criterion_steps", STEPS_NEEDED)
    ends = [one.start() for one in begins[1:]] + [len(detail)]
    found = [
        (half_points(decimal(one[1])), detail[one.end() : end].strip()) for one, end in zip(begins, ends, strict=True)
    ]
    if len(found) < 2 or max(found)[0] > most:
        raise Wrong("criterion_steps", STEPS_NEEDED)
    if max(found)[0] < most:
        raise Wrong("criterion_steps_most", N_("Bậc cao nhất phải bằng điểm tối đa, nếu không chẳng ai đạt được."))
    if len({points for points, _ in found}) < len(found):
        raise Wrong("criterion_steps_same", N_("Hai bậc cùng một số điểm. Mỗi bậc cần điểm riêng."))
    return tuple(sorted(found, reverse=True))


def worth(one: Criterion, value: int) -> int:
    """Half-points of a value: a step's own half-points, hundredths of a percent, a count, 0 or 1. Below 0 for minus.

    Rejected("score_value"): no such value.
    """
    if one.shape == STEPS:
        if value not in {points for points, _ in one.steps}:
            raise Rejected("score_value")
        return value
    limit = {RATE: 10_000, YES: 1}.get(one.shape, MOST_COUNT)
    if not 0 <= value <= limit:
        raise Rejected("score_value")
    if one.shape == RATE:
        return one.most * value // 10_000
    if one.shape == YES:
        return one.most * value
    points = min(one.each * value, one.most)
    return -points if one.shape == MINUS else points


def filled(one: Criterion, figures: Figures) -> int:
    """The value a frozen figure gives a criterion."""
    part, whole = SHARES.get(one.fills, (one.fills, one.fills))
    count, of = max(int(getattr(figures, part)), 0), int(getattr(figures, whole))
    if one.shape == RATE:
        return min(count * 10_000 // of, 10_000) if of else 0
    count //= COUNTED_IN.get(one.fills, 1)
    if one.shape == YES:
        return int(count > 0)
    return min(count, MOST_COUNT)


def witnessed(one: Criterion, figures: Figures) -> int:
    """The part of a criterion's frozen figure that a witness saw; 0 where nobody is taught for it."""
    return int(getattr(figures, VISITS[one.fills])) if one.fills in VISITS else 0


def total(criteria: Sequence[Criterion], values: Mapping[int, int]) -> int:
    """Half-points of all values, by the place of their criterion from 0; what has no value counts nothing."""
    return sum(worth(criteria[place], value) for place, value in values.items() if 0 <= place < len(criteria))


def most(criteria: Sequence[Criterion]) -> tuple[int, int]:
    """The most half-points without bonus, and the bonus."""
    plain = sum(one.most for one in criteria if one.shape not in (BONUS, MINUS))
    return plain, sum(one.most for one in criteria if one.shape == BONUS)


def as_data(criteria: Sequence[Criterion]) -> list[dict[str, Any]]:
    return [asdict(one) for one in criteria]


def from_data(data: Sequence[Mapping[str, Any]]) -> list[Criterion]:
    return [Criterion(**{**one, "steps": tuple((step[0], step[1]) for step in one["steps"])}) for one in data]
