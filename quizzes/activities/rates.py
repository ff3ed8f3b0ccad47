"""Attendance of one member in one year: how many of the activities of the own chapter and those above."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from quizzes.refusals import N_

NOTICE = N_(
    "Dùng cho việc đánh giá, xếp loại đoàn viên hằng năm. Chỉ bạn và người tổ chức của cơ sở bạn, cấp trên thấy; "
    "không công khai, không xếp hạng; xóa sau 24 tháng."
)


@dataclass(frozen=True)
class Attendance:
    """`held`: activities that count for the member; `attended`: those of them the member came to."""

    attended: int
    held: int

    @property
    def percent(self) -> int | None:
        """Rounded down, so that 89.9 never reads as 90; None where nothing was held."""
        return self.attended * 100 // self.held if self.held else None


def attendance(held: Mapping[int, int], attended: Collection[int], since: int) -> Attendance:
    """`held`: activity -> when it ended, of the chapter and those above, and whatever was attended elsewhere.

    What ended before the member was there (`since`) counts only where they came all the same.
    """
    counted = {one for one, ended in held.items() if ended >= since or one in attended}
    return Attendance(len(counted & set(attended)), len(counted))
