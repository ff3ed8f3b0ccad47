"""The shapes of targets: a number to reach, or a share of a denominator; reached, near or not; where it is heading.

A share is kept in hundredths of a percent, so that nothing is rounded before it is compared.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from quizzes.refusals import N_

COUNT, PERCENT = "count", "percent"
SHAPES = {COUNT: N_("Một số lượng"), PERCENT: N_("Một tỉ lệ phần trăm")}
MEMBERS, GIVEN, NONE = "members", "given", ""
BASES = {MEMBERS: N_("Đoàn viên trong danh sách"), GIVEN: N_("Số do từng cơ sở khai")}
"""The possible denominators of a share."""
DEEDS, DECLARED, HAND, IMPORT = "deeds", "declared", "hand", "import"
WAYS = {
    DEEDS: N_("Việc làm đã xác minh và số cũ đã nhập"),
    DECLARED: N_("Đoàn viên tự khai"),
    HAND: N_("Nhập tay, có minh chứng"),
    IMPORT: N_("Nhập từ tệp"),
}
"""The sources that fill a target; several together add up."""
MET, NEAR, NOT, UNKNOWN, OPEN = "met", "near", "not", "unknown", "open"
STATES = {
    MET: N_("đạt"),
    NEAR: N_("gần đạt"),
    NOT: N_("chưa đạt"),
    UNKNOWN: N_("chưa có mẫu số"),
    OPEN: N_("chưa giao đích"),
}
WITHOUT = (UNKNOWN, OPEN)
"""States in which nothing can be said of how near a goal is."""
WHOLE = 10_000
"""The whole, in the unit that shares are counted in: hundredths of a per cent."""
NEARLY = 80
"""The share of a goal from which it is called near, per cent."""
WINDOW = 28
"""How many days back the forecast takes its pace from."""

DECLARATIONS: dict[str, str] = {
    "vneid2": N_("Tôi có VNeID mức 2"),
    "portal": N_("Tôi có tài khoản Cổng Dịch vụ công quốc gia"),
    "payment": N_("Tôi có tài khoản thanh toán không dùng tiền mặt"),
    "local_app": N_("Tôi đã cài ứng dụng của tỉnh"),
    "signature": N_("Tôi có chữ ký số cá nhân"),
    "health": N_("Tôi có sổ sức khỏe điện tử"),
    "etax": N_("Tôi đã cài eTax Mobile"),
    "address": N_("Tôi đã tạo địa chỉ số"),
}
"""The declarations that members may make about themselves: key -> sentence."""


@dataclass(frozen=True)
class Standing:
    """The state of somebody with a goal. `denominator` None: there is none, or nobody has given it."""

    shape: str
    goal: int | None
    numerator: int
    denominator: int | None = None

    @property
    def share(self) -> int | None:
        """Hundredths of a percent, rounded down; None without a denominator."""
        return self.numerator * WHOLE // self.denominator if self.denominator else None

    @property
    def state(self) -> str:
        """The state of a goal: met, near or not; open while no goal is given; unknown while the denominator is not
        there."""
        if self.goal is None:
            return OPEN
        if self.shape == PERCENT and not self.denominator:
            return UNKNOWN
        has = self.numerator * (WHOLE if self.shape == PERCENT else 1)
        wants = self.goal * (self.denominator or 0) if self.shape == PERCENT else self.goal
        return MET if has >= wants else NEAR if has * 100 >= wants * NEARLY else NOT

    @property
    def filled(self) -> int:
        """Percent of the goal, at most 100, for a bar."""
        if self.state in WITHOUT or not self.goal:
            return 0
        wants = self._wanted(self.goal)
        return min(100, self.numerator * 100 // wants) if wants else 100

    @property
    def has_figures(self) -> bool:
        """True when there is a count, somebody to count, or a number to reach."""
        return bool(self.numerator or self.denominator or (self.shape == COUNT and self.goal is not None))

    def missing(self) -> int:
        """The number still missing to the goal; 0 where it is reached or nothing can be said."""
        if self.state in (MET, *WITHOUT) or self.goal is None:
            return 0
        return self._wanted(self.goal) - self.numerator

    def _wanted(self, goal: int) -> int:
        """How many the goal asks for; of a percentage whole ones, so 90 percent of two are two."""
        return -(-goal * (self.denominator or 0) // WHOLE) if self.shape == PERCENT else goal


def forecast(has: int, days: Mapping[date, int], begin: date, today: date, end: date) -> int:
    """The number expected at the end if the pace of the last four weeks goes on."""
    first = max(begin, today - timedelta(days=WINDOW - 1))
    length = (today - first).days + 1
    left = (end - today).days
    if left <= 0 or length <= 0:
        return has
    lately = sum(count for day, count in days.items() if first <= day <= today)
    return has + max(0, lately) * left // length


def denominator(path: str, given: Mapping[str, int]) -> int | None:
    """The denominator given for a chapter itself; else the sum of those of the topmost chapters below; None where
    nobody gave any."""
    if path in given:
        return given[path]
    inside = sorted(one for one in given if one.startswith(path))
    top: list[str] = []
    for one in inside:
        if not top or not one.startswith(top[-1]):
            top.append(one)
    return sum(given[one] for one in top) if top else None


def running(days: Mapping[date, int], start: int, first: date, last: date, most: int = 60) -> list[tuple[date, int]]:
    """(day, how many by then) in equal steps from first to last, for a chart: at most so many points."""
    length = max(1, (last - first).days)
    step = max(1, -(-length // most))
    found, has, left = [], start + sum(count for day, count in days.items() if day < first), dict(days)
    for at in [*range(0, length, step), length]:
        until = first + timedelta(days=at)
        has += sum(left.pop(day) for day in [day for day in left if first <= day <= until])
        found.append((until, has))
    return found
