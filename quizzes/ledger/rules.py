"""Point rules as data: what a contest, a show, a place of 1+2 and other help earn.

Rules have versions, for the year (campaign 0) and for each campaign. The version in force for a result is the
newest one whose date is not after the result's: so a version dated in the past judges the past again, and the
ledger appends the differences. Version 0 of the year is how shows and contests were always posted: as they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields

from quizzes.ledger import sources
from quizzes.refusals import N_, Rejected

MOST_POINTS = 100_000  # the largest number of points in a rule


@dataclass(frozen=True)
class PointRules:
    """The worth of everything, in whole points. `*_percent` of a result's own points, at most `*_most` (0: no limit).

        Of people helped outside 1+2 the first `helped_most` count. Deeds earn `deed_percent` of their kind's points, at
    most `deed_day_most` in a day and `deed_most` in all (0: no limit).
    """

    show_percent: int = 100
    show_most: int = 0
    contest_percent: int = 100
    contest_most: int = 0
    taught: int = 0
    used: int = 0
    both: int = 0
    helped: int = 0
    helped_most: int = 0
    deed_percent: int = 0
    deed_day_most: int = 0
    deed_most: int = 0


ALWAYS = PointRules()
"""Version 0 of the year."""
USUAL = PointRules(
    taught=60, used=120, both=60, helped=20, helped_most=10, deed_percent=100, deed_day_most=60, deed_most=600
)
"""The rules that a new campaign proposes: a service used earns twice as much as one shown."""

WORDS: dict[str, str] = {
    "show_percent": N_("Chương trình: phần trăm điểm của chương trình"),
    "show_most": N_("Chương trình: nhiều nhất mỗi lần (0: không giới hạn)"),
    "contest_percent": N_("Cuộc thi: phần trăm điểm của cuộc thi"),
    "contest_most": N_("Cuộc thi: nhiều nhất mỗi cuộc (0: không giới hạn)"),
    "taught": N_("Mỗi chỗ 1+2: chỉ xong và người được chỉ xác nhận"),
    "used": N_("Mỗi chỗ 1+2: 7 đến 30 ngày sau, người ấy tự làm được"),
    "both": N_("Đủ cả hai chỗ, cả hai người đều tự làm được"),
    "helped": N_("Chỉ cho mỗi người ngoài 1+2"),
    "helped_most": N_("Số người ngoài 1+2 được tính nhiều nhất"),
    "deed_percent": N_("Việc làm: phần trăm điểm của loại việc"),
    "deed_day_most": N_("Việc làm: điểm nhiều nhất mỗi ngày (0: không giới hạn)"),
    "deed_most": N_("Việc làm: điểm nhiều nhất cả đợt (0: không giới hạn)"),
}
"""field -> what the form and the public page call it."""


@dataclass(frozen=True)
class Version:
    """One published version. `at` is the date from which results are judged by it, in microseconds."""

    no: int
    at: int
    rules: PointRules


def from_data(data: Mapping[str, object]) -> PointRules:
    """Rules as stored or typed, or Rejected("bad_points") with the field that is out of bounds."""
    values = {}
    for one in fields(PointRules):
        value = data.get(one.name, 0)
        if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= MOST_POINTS:
            raise Rejected("bad_points", field=one.name)
        values[one.name] = value
    return PointRules(**values)


def checked(rules: PointRules) -> PointRules:
    """Rules that may be published, or Rejected("use_earns_most"): most of what a place of 1+2 brings comes from use."""
    if rules.taught and rules.used <= rules.taught:
        raise Rejected("use_earns_most", field="used")
    return rules


def to_data(rules: PointRules) -> dict[str, int]:
    return asdict(rules)


def in_force(versions: Iterable[Version], at: int) -> Version | None:
    """The newest version dated at or before `at`."""
    return max((one for one in versions if one.at <= at), key=lambda one: one.no, default=None)


def result_worth(rules: PointRules, kind: str, half_points: int) -> int:
    """Half-points a show's or contest's result earns, rounded down to a half-point."""
    percent, most = (
        (rules.show_percent, rules.show_most) if kind == sources.SHOW else (rules.contest_percent, rules.contest_most)
    )
    worth = half_points * percent // 100 if half_points >= 0 else -(-half_points * percent // 100)
    return min(worth, most * 2) if most else worth
