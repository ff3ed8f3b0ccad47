# ruff: noqa: RUF009  (fields declare themselves by calls)
"""Settings of prizes and points. prizes.py finds the winners, results.py the points for the ledger."""

from __future__ import annotations

from dataclasses import dataclass

from quizzes.refusals import N_
from quizzes.settings.fields import Words, choice, ident, names, reward, whole, words


@dataclass(frozen=True)
class Prize:
    """For people. The order of the list is the order of worth: the first is the best."""

    key: str = ident(N_("Ký hiệu giải"))
    title: Words = words(N_("Tên giải"))
    count: int = whole(1, 1, 10_000, N_("Số giải"))
    board: str = choice("wave", {"wave": N_("mỗi đợt"), "overall": N_("cả cuộc thi")}, N_("Trao cho"))
    division: str = ident(N_("Chỉ cho bảng (trống: mọi bảng)"))
    by: str = choice("rank", {"rank": N_("theo thứ hạng"), "lots": N_("bốc thăm")}, N_("Cách chọn"))
    least_percent: int = whole(0, 0, 100, N_("Phải đúng ít nhất (phần trăm số câu)"))
    worth: int = whole(0, 0, 10**12, N_("Trị giá một giải (đồng)"))
    points: int = reward(0, N_("Điểm vào sổ của người đạt giải"))
    unit_points: int = reward(0, N_("Điểm quy đổi cho tập thể"))


@dataclass(frozen=True)
class CollectivePrize:
    """For chapters. A person counts once however many attempts."""

    key: str = ident(N_("Ký hiệu giải"))
    title: Words = words(N_("Tên giải"))
    count: int = whole(1, 1, 1000, N_("Số giải"))
    by: str = choice(
        "rate",
        {
            "entrants": N_("nhiều người tham gia nhất"),
            "rate": N_("tỷ lệ tham gia cao nhất"),
            "weighted": N_("tỷ lệ tham gia quy điểm cộng điểm giải cá nhân"),
            "fading": N_("tổng điểm giảm dần Σ 0,95^i · điểm"),
            "winners": N_("nhiều người đạt giải nhất"),
            "all_correct": N_("nhiều người đúng tất cả nhất"),
            "average": N_("điểm trung bình của người dự thi cao nhất"),
        },
        N_("Xét theo"),
    )
    kinds: tuple[str, ...] = names(N_("Giữa các cơ sở loại (trống: cấp nhỏ nhất)"))
    least_members: int = whole(0, 0, 100_000, N_("Chỉ xét cơ sở có ít nhất (người, số đã chốt)"))
    least_entrants: int = whole(1, 1, 100_000, N_("Chỉ xét cơ sở có ít nhất (người dự thi)"))
    worth: int = whole(0, 0, 10**12, N_("Trị giá một giải (đồng)"))


@dataclass(frozen=True)
class Points:
    """Once for a member and contest: entry + for each wave taken part in + for each right answer there,
    + the prizes' points, at most `most` (0: no limit)."""

    entry: int = reward(20, N_("Tham gia cuộc thi"))
    per_wave: int = reward(0, N_("Mỗi đợt tham gia"))
    per_right: int = reward(2, N_("Mỗi câu đúng (của lượt được tính)"))
    most: int = reward(0, N_("Nhiều nhất (0: không giới hạn)"))
