"""Attendance of one member in one year: how many of the activities of the own chapter and those above."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from quizzes.refusals import N_

NOTICE = N_(
    "Dùng cho việc đánh giá, xếp loại đoàn viên hằng năm. Chỉ bạn và người tổ chức của cơ sở bạn, cấp trên thấy; "
    "không công khai, không xếp hạng; xóa sau 24 tháng."
)


@dataclass(frozen=True, slots=True)
class Attendance:
    """`held`: activities that count for the member; `attended`: those of them the member came to."""

    attended: int
    held: int

    @property
    def percent(self) -> int | None:
        """The share in per cent, rounded down, so that 89.9 never reads as 90; None when nothing was held."""
        return self.attended * 100 // self.held if self.held else None


def attendance(held: Mapping[int, int], attended: Collection[int], since: int) -> Attendance:
    """The attendance of one member. `held`: activity -> its end, for the activities of the chapter and of those above
    it, and for all others the member came to. An activity that ended before the member was there (`since`) counts
    only when the member came to it all the same."""
    counted = {one for one, ended in held.items() if ended >= since or one in attended}
    return Attendance(len(counted & set(attended)), len(counted))
