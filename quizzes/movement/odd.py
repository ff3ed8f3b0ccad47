"""Finds unusual confirmations: reasons for a person to look before they count, never a verdict.

Five to seven people on a big day are normal for one member, a phone of a whole family too: the shape is judged, not
the number. Reasons are read by the reviewer alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from quizzes.movement.steps import DAY, MINUTE, use_window
from quizzes.refusals import N_
from quizzes.text import fold

SECOND = 1_000_000
HOUR = 60 * MINUTE
VIETNAM = 7 * HOUR

REASONS: dict[str, str] = {
    "same_browser": N_("Cùng một trình duyệt đã xác nhận cho người khác (máy dùng chung thì bình thường)"),
    "same_person": N_("Trùng họ tên và năm sinh với một người đã được chỉ"),
    "own_browser": N_("Mở trên trình duyệt đang đăng nhập của chính đoàn viên"),
    "night": N_("Xác nhận vào ban đêm, từ 0 đến 4 giờ"),
    "fast": N_("Làm xong mọi màn hình trong chưa tới 15 giây"),
    "burst": N_("Ba người trở lên cách nhau chưa tới 90 giây"),
    "even": N_("Ba lần trở lên cách nhau đều như máy"),
    "jump": N_("Cơ sở tăng gấp ba ngày thường"),
    "nobody_back": N_("Từ bốn người trở lên, không ai tự làm lại"),
    "one_by_one": N_("Từ một kết nối mạng, bốn người trở lên lần lượt mở mã ngay khi người trước vừa xong"),
    "took_over": N_("Trang được mở tiếp trên một trình duyệt khác"),
    "ring": N_("Hai đoàn viên chỉ qua lại cho nhau"),
    "revoked_card": N_("Thẻ người chứng kiến đã bị thu hồi"),
}
"""reason -> what the reviewer reads; the member only when it cost them points."""

CHECKED: dict[str, str] = {
    "failed": N_("Khi hỏi lại theo mẫu, điều đã xác nhận không đúng"),
    "rejected": N_("Một người trong danh sách không đúng nên từng người được xem lại, và lượt này không được tính"),
}
"""outcome of a verification -> what the member is told when it cost them points."""

FAST, CLOSE, ALIKE = 15 * SECOND, 90 * SECOND, 4 * SECOND
"""Bounds of an odd confirmation, microseconds: a page read faster than this; two confirmations closer than this; gaps
that differ by less than this."""
QUEUE = 4
"""The fewest people in a row, one behind the other and never two at a time, that look like one pair of hands."""
IN_A_ROW, NOBODY, USUAL_LEAST, TIMES = 3, 4, 5, 3
"""The bounds of odd numbers of teachings: how many make a row, and how many earlier days a usual day; how many whose
time is over and of which none was used are odd; the least usual count; how many times the usual count is odd."""


def same_key(name: str, year: int) -> str:
    """One text for all spellings of a person: letters and digits of the folded name, and the year of birth."""
    return f"{''.join(filter(str.isalnum, fold(name)))[:120]}|{year}"


def at_once(code_used_at: int, confirmed_at: int) -> list[str]:
    """The signals in the moments of a single confirmation."""
    found = ["night"] if (confirmed_at + VIETNAM) % DAY < 4 * HOUR else []
    return found + (["fast"] if confirmed_at - code_used_at < FAST else [])


@dataclass(frozen=True)
class Seen:
    """One confirmed teaching as the daily look sees it. `taught_member`: who the person became, if a member."""

    number: int
    member: int
    chapter: int
    confirmed_at: int
    used_at: int | None
    taught_member: int | None = None
    begun_at: int | None = None
    address: str = ""
    """Digest of the network address it was opened from, for 30 days; "" for a child, and where a witness confirmed."""


def looked_through(seen: Sequence[Seen], now: int) -> dict[int, set[str]]:
    """Teaching -> reasons that show only beside others."""
    found: dict[int, set[str]] = {}

    def mark(those: Iterable[Seen], reason: str) -> None:
        for one in those:
            found.setdefault(one.number, set()).add(reason)

    for member in _grouped(seen, "member"):
        for run in _runs(member):
            mark(run, "burst")
        for run in _even(member):
            mark(run, "even")
        over = [one for one in member if use_window(one.confirmed_at)[1] <= now]
        if len(over) >= NOBODY and not any(one.used_at for one in over):
            mark(over, "nobody_back")
    for connection in _grouped([one for one in seen if one.address], "address"):
        for run in _queues(connection):
            mark(run, "one_by_one")
    for chapter in _grouped(seen, "chapter"):
        mark(_jumped(chapter), "jump")
    mark(_rings(seen), "ring")
    return found


def _grouped(seen: Sequence[Seen], by: str) -> list[list[Seen]]:
    groups: dict[int | str, list[Seen]] = {}
    for one in sorted(seen, key=lambda one: (one.confirmed_at, one.number)):
        groups.setdefault(getattr(one, by), []).append(one)
    return list(groups.values())


def _runs(those: list[Seen]) -> list[list[Seen]]:
    """Stretches in which each comes less than 90 s after the one before."""
    runs: list[list[Seen]] = []
    for one in those:
        if runs and one.confirmed_at - runs[-1][-1].confirmed_at < CLOSE:
            runs[-1].append(one)
        else:
            runs.append([one])
    return [run for run in runs if len(run) >= IN_A_ROW]


def _queues(those: list[Seen]) -> list[list[Seen]]:
    """Stretches in which each begins within 90 s of the end of the one before, and none before that end."""
    runs: list[list[Seen]] = []
    for one in those:
        before = runs[-1][-1].confirmed_at if runs else None
        if before is not None and before <= (one.begun_at or 0) < before + CLOSE:
            runs[-1].append(one)
        else:
            runs.append([one])
    return [run for run in runs if len(run) >= QUEUE]


def _even(those: list[Seen]) -> list[list[Seen]]:
    """Neighbours whose distances are alike, for three distances or more."""
    found = []
    for start in range(len(those) - IN_A_ROW):
        some = those[start : start + IN_A_ROW + 1]
        gaps = [after.confirmed_at - before.confirmed_at for before, after in pairwise(some)]
        if max(gaps) - min(gaps) <= ALIKE and max(gaps) < DAY:
            found.append(some)
    return found


def _jumped(those: list[Seen]) -> list[Seen]:
    """The teachings of days on which a chapter had three times the count of its other active days, and more than a
    few."""
    days = Counter((one.confirmed_at + VIETNAM) // DAY for one in those)
    jumped = set()
    for day, count in days.items():
        others = [other for at, other in days.items() if at < day]
        usual = max(sum(others) / len(others), USUAL_LEAST) if len(others) >= IN_A_ROW else None
        if usual is not None and count >= TIMES * usual:
            jumped.add(day)
    return [one for one in those if (one.confirmed_at + VIETNAM) // DAY in jumped]


def _rings(seen: Sequence[Seen]) -> list[Seen]:
    """Teachings that close a ring among members: A taught B, who became a member, and B (or C ...) taught A."""
    taught = {(one.member, one.taught_member): one for one in seen if one.taught_member is not None}
    after: dict[int, list[int]] = {}
    for teacher, learner in taught:
        after.setdefault(teacher, []).append(int(learner or 0))
    return [one for (teacher, learner), one in taught.items() if _reaches(after, int(learner or 0), teacher)]


def _reaches(after: dict[int, list[int]], start: int, goal: int) -> bool:
    seen, todo = set[int](), [start]
    while todo:
        one = todo.pop()
        if one == goal:
            return True
        if one not in seen:
            seen.add(one)
            todo += after.get(one, [])
    return False
