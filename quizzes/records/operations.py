"""The twelve operations of the Đông Hà document (20-3-2023), as data. The central register of members stays the master:
what stands here is a chapter's own dated note."""

from __future__ import annotations

import re
from datetime import date

from quizzes.refusals import N_
from quizzes.text import fold

OPERATIONS: dict[str, str] = {
    "admitted": N_("Kết nạp đoàn viên mới"),
    "moved": N_("Chuyển đi, chuyển đến"),
    "grown_up": N_("Trưởng thành đoàn"),
    "struck": N_("Xóa tên đoàn viên"),
    "programme": N_("Chương trình rèn luyện đoàn viên"),
    "rated": N_("Đánh giá, xếp loại đoàn viên"),
    "honorary": N_("Đoàn viên danh dự"),
    "outstanding": N_("Đoàn viên ưu tú"),
    "praised": N_("Khen thưởng, kỷ luật"),
    "away": N_("Đoàn viên đi làm ăn xa"),
    "at_home": N_("Sinh hoạt đoàn nơi cư trú"),
    "temporary": N_("Sinh hoạt đoàn tạm thời"),
}
"""operation -> what it is called, in the order of the document."""

FOLDED = {key: fold(words) for key, words in OPERATIONS.items()}

MASTER = N_(
    "Đây là ghi chép của cơ sở, không phải hồ sơ gốc. Phần mềm Quản lý nghiệp vụ công tác đoàn viên của Trung ương "
    "Đoàn vẫn là nơi lưu gốc; khi hai nơi khác nhau thì theo nơi ấy."
)

EARLIEST = date(1990, 1, 1)
DATE = re.compile(r"(?:(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})|(\d{4})-(\d{1,2})-(\d{1,2}))(?:[ T].*)?")


def operation_named(folded: str) -> str | None:
    """The operation somebody wrote, marks and case aside: its whole name, or the beginning that names only one."""
    found = [key for key, words in FOLDED.items() if words == folded] or [
        key for key, words in FOLDED.items() if len(folded) >= 4 and (words.startswith(folded) or folded in words)
    ]
    return found[0] if len(found) == 1 else None


def day_in(text: str) -> date | None:
    """The day in `1/7/2025` or `2025-07-01`; None where there is none a record can have."""
    found = DATE.fullmatch(text.strip())
    if found is None:
        return None
    day, month, year, *other = (int(part) if part else 0 for part in found.groups())
    try:
        said = date(year, month, day) if year else date(*other)
    except ValueError:
        return None
    return said if said >= EARLIEST else None
