# ruff: noqa: RUF009  (fields declare themselves by calls)
"""The settings of a contest: typed, checked, frozen when it opens.

`read_rules` takes a preset (quizzes/contests/*.yaml) or a form; `plain` writes them back. Defaults are the
quiet choice: one try a wave, score after the wave, key never before everybody is done.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from quizzes.contest.setup.blueprint import Blueprint
from quizzes.contest.setup.eligibility import Barred, Condition
from quizzes.contest.setup.measures import KEYS
from quizzes.contest.setup.rewards import CollectivePrize, Points, Prize
from quizzes.contest.setup.waves import Schedule, Wave, waves_of
from quizzes.problems import Problem
from quizzes.refusals import N_
from quizzes.settings.fields import (
    Words,
    by_difficulty,
    choice,
    flag,
    ident,
    maybe,
    names,
    numbers,
    part,
    parts,
    plain,
    read,
    reward,
    whole,
    words,
)

__all__ = ["Rules", "plain", "read_rules", "timetable"]


@dataclass(frozen=True)
class Division:
    """People with their own questions or boards, such as officials and citizens. The first that fits."""

    key: str = ident(N_("Ký hiệu bảng"))
    title: Words = words(N_("Tên bảng"))
    who: Condition = part(Condition, N_("Ai thuộc bảng này"))
    blueprint: Blueprint | None = maybe(Blueprint, N_("Ma trận đề riêng"))


@dataclass(frozen=True)
class Marking:
    points: tuple[int, ...] = by_difficulty(20, N_("Điểm một câu đúng (theo độ khó 1 đến 5)"))
    """Half-points for difficulty 1 to 5."""
    partial: bool = flag(False, N_("Đúng một phần được một phần điểm"))


@dataclass(frozen=True)
class Timing:
    kind: str = choice("whole", {"whole": N_("Cả bài"), "each": N_("Từng câu, tự chuyển câu")}, N_("Tính giờ"))
    seconds: int = whole(900, 5, 86_400, N_("Số giây (cả bài hoặc mỗi câu)"))
    grace_seconds: int = whole(5, 0, 60, N_("Châm chước đường truyền (giây)"))
    overdue: str = choice(
        "submit",
        {"submit": N_("Tự nộp những câu đã lưu"), "discard": N_("Lượt thi không được tính")},
        N_("Khi hết giờ mà chưa nộp"),
    )
    cut: bool = flag(True, N_("Hết đợt là hết giờ làm bài"))


@dataclass(frozen=True)
class Attempts:
    most: int = whole(1, 1, 100, N_("Số lượt thi tính điểm"))
    per: str = choice("wave", {"wave": N_("mỗi đợt"), "contest": N_("cả cuộc thi")}, N_("Tính cho"))
    counts: str = choice(
        "best",
        {"best": N_("Lượt tốt nhất"), "first": N_("Lượt đầu tiên"), "last": N_("Lượt cuối cùng")},
        N_("Lượt được xếp hạng"),
    )
    practice: int = whole(0, 0, 20, N_("Số lượt thi thử (không tính điểm)"))


@dataclass(frozen=True)
class Showing:
    score: str = choice(
        "after_wave",
        {
            "at_once": N_("Ngay khi nộp bài"),
            "after_wave": N_("Khi đợt thi kết thúc"),
            "official": N_("Khi công bố kết quả"),
        },
        N_("Cho xem điểm"),
    )
    key: str = choice(
        "after_wave",
        {
            "after_wave": N_("Khi đợt thi kết thúc"),
            "after_contest": N_("Khi cả cuộc thi kết thúc"),
            "never": N_("Không"),
        },
        N_("Cho xem đáp án"),
    )
    standings: str = choice(
        "after_wave",
        {"live": N_("Trong đợt thi (tạm thời)"), "after_wave": N_("Khi đợt thi kết thúc")},
        N_("Cho xem bảng xếp hạng"),
    )
    freeze_minutes: int = whole(0, 0, 20_160, N_("Đóng băng bảng xếp hạng trước giờ đóng (phút)"))
    top: int = whole(20, 1, 1000, N_("Số người trên bảng công khai"))


@dataclass(frozen=True)
class Prediction:
    """The number that is to be guessed, said exactly: real rules contradicted themselves (B2.4)."""

    quantity: str = choice(
        "all_correct",
        {"all_correct": N_("trả lời đúng tất cả các câu hỏi"), "entrants": N_("tham gia dự thi")},
        N_("Dự đoán số"),
    )
    of: str = choice("people", {"people": N_("người"), "attempts": N_("lượt thi")}, N_("Đếm theo"))
    span: str = choice("wave", {"wave": N_("trong đợt thi"), "contest": N_("trong cả cuộc thi")}, N_("Đếm"))
    disqualified: bool = flag(False, N_("Đếm cả bài bị hủy kết quả"))


@dataclass(frozen=True)
class Ranking:
    keys: tuple[str, ...] = names(
        N_("Tiêu chí, theo thứ tự"), {key.name: key.title for key in KEYS.values()}, ("score", "time_used", "submitted")
    )
    ties: str = choice(
        "share", {"share": N_("đồng hạng"), "lots": N_("bốc thăm bằng mã đã cam kết")}, N_("Khi vẫn bằng nhau")
    )
    time_step_ms: int = whole(1000, 1, 60_000, N_("So thời gian tròn đến (mili giây)"))
    overall: str = choice(
        "none",
        {"none": N_("Không"), "sum": N_("Cộng các đợt"), "best": N_("Đợt tốt nhất")},
        N_("Bảng chung cả cuộc thi"),
    )
    apart: bool = flag(False, N_("Mỗi bảng đối tượng xếp hạng riêng"))
    teams: int = whole(0, 0, 50, N_("Tổ dự thi: cộng điểm của mấy người cao nhất (0: không có tổ dự thi)"))


@dataclass(frozen=True)
class Complaints:
    results_days: int = whole(5, 0, 60, N_("Công bố kết quả chậm nhất sau (ngày)"))
    window_days: int = whole(3, 0, 60, N_("Nhận khiếu nại trong (ngày)"))


@dataclass(frozen=True)
class Integrity:
    """When a signal goes to the review queue. Nobody is ever barred by a signal."""

    seconds_per_question: int = whole(2, 0, 60, N_("Nhanh bất thường: dưới mấy giây một câu"))
    members_per_device: int = whole(3, 1, 50, N_("Từ mấy người trên một thiết bị"))
    focus: bool = flag(False, N_("Ghi số lần rời trang thi (phải báo trước)"))


@dataclass(frozen=True)
class Rules:
    title: Words = words(N_("Tên cuộc thi"))
    purpose: Words = words(N_("Mục đích"))
    organiser: Words = words(N_("Đơn vị tổ chức"))
    contact: Words = words(N_("Nơi nhận câu hỏi và khiếu nại"))
    source: Words = words(N_("Theo mẫu của"))
    schedule: Schedule | None = maybe(Schedule, N_("Lịch lặp"))
    waves: tuple[Wave, ...] = parts(Wave, N_("Các đợt thi"), 60)
    who: Condition = part(Condition, N_("Đối tượng"))
    barred: Barred = part(Barred, N_("Không được dự thi"))
    divisions: tuple[Division, ...] = parts(Division, N_("Các bảng đối tượng"), 20)
    banks: tuple[int, ...] = numbers(N_("Ngân hàng câu hỏi"))
    practice_banks: tuple[int, ...] = numbers(N_("Ngân hàng thi thử"))
    blueprint: Blueprint = part(Blueprint, N_("Đề thi"))
    marking: Marking = part(Marking, N_("Chấm điểm"))
    timing: Timing = part(Timing, N_("Thời gian làm bài"))
    attempts: Attempts = part(Attempts, N_("Lượt thi"))
    showing: Showing = part(Showing, N_("Cho xem gì, khi nào"))
    prediction: Prediction | None = maybe(Prediction, N_("Câu dự đoán"))
    ranking: Ranking = part(Ranking, N_("Xếp hạng"))
    prizes: tuple[Prize, ...] = parts(Prize, N_("Giải cá nhân"), 50)
    one_prize: str = choice(
        "best",
        {
            "best": N_("mỗi người nhận một giải, giữ giải cao nhất"),
            "first": N_("người đã có giải ở đợt trước không nhận giải đợt sau"),
            "wave": N_("mỗi người nhận nhiều nhất một giải mỗi đợt"),
            "none": N_("một người có thể nhận nhiều giải"),
        },
        N_("Một người nhận mấy giải"),
    )
    collective: tuple[CollectivePrize, ...] = parts(CollectivePrize, N_("Giải tập thể"), 20)
    rate_points: int = reward(200, N_("Điểm tập thể khi mọi người đều tham gia"))
    points: Points = part(Points, N_("Điểm vào sổ"))
    complaints: Complaints = part(Complaints, N_("Kết quả và khiếu nại"))
    integrity: Integrity = part(Integrity, N_("Dấu hiệu cần xem xét"))


def read_rules(data: Mapping[str, Any]) -> tuple[Rules, list[Problem]]:
    """Settings and what is wrong with them; contradictions between settings: consistency.check."""
    problems: list[Problem] = []
    return read(Rules, data, problems), problems


def timetable(rules: Rules, first_day: str) -> Rules:
    """The rules with waves made of their schedule, from "2026-12-07"."""
    return replace(rules, waves=waves_of(rules.schedule, first_day)) if rules.schedule else rules
