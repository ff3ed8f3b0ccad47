"""The rules of a standing: one of three named formulas or an own one, the least size, and who is compared with whom.

fair    per head and 1+2: each part is 0 to 100 and weighs what the rules say, completion at least a third
total   all points: for chapters of one size
fading  Σ 0.95^i · points_i over the members, best first: size helps, but each member less than the one before
own     the organiser's weights of six parts
"""

from __future__ import annotations

from dataclasses import dataclass

from quizzes.refusals import N_
from quizzes.settings.fields import Words, choice, names, numbers, parts, whole, words

FAIR, TOTAL, FADING, OWN = "fair", "total", "fading", "own"
FORMULAS = {
    FAIR: N_("Chia đều: bình quân đầu người và hoàn thành 1+2"),
    TOTAL: N_("Tổng điểm"),
    FADING: N_("Tổng giảm dần: mỗi người sau được tính 95 phần trăm của người trước"),
    OWN: N_("Công thức riêng"),
}
ABOUT = {
    FAIR: N_("Cơ sở nhỏ và lớn đứng ngang nhau. Hợp với hầu hết đợt thi đua."),
    TOTAL: N_("Cơ sở đông dễ thắng hơn. Chỉ dùng khi các cơ sở cùng cỡ."),
    FADING: N_("Đông hơn vẫn có lợi, nhưng mỗi người thêm vào được tính ít hơn người trước."),
    OWN: N_("Tự chọn trọng số cho từng phần; phần nào 0 thì không tính."),
}
ALL, PARENT, SIZE, HAND = "all", "parent", "size", "hand"
GROUPINGS = {
    ALL: N_("Xếp chung một bảng"),
    PARENT: N_("Theo cấp trên trực tiếp"),
    SIZE: N_("Theo quy mô (số đoàn viên)"),
    HAND: N_("Cụm, khối do ban tổ chức chia"),
}
THIRD = 34
"""Per cent: what 1+2 completion weighs at least in the fair formula."""
MOST = 100  # per cent: the largest share or weight


@dataclass(frozen=True)
class Cluster:
    """A cụm or khối: its name and the codes of its chapters."""

    title: Words = words(N_("Tên cụm, khối"))  # noqa: RUF009  a declared field
    chapters: tuple[str, ...] = names(N_("Mã các cơ sở"))


@dataclass(frozen=True)
class Rules:
    """Weights are per cent of the whole they make together."""

    formula: str = choice(FAIR, FORMULAS, N_("Công thức"))
    least: int = whole(5, 1, 1000, N_("Cơ sở có ít nhất bao nhiêu đoàn viên mới được xếp hạng"))
    completion: int = whole(40, THIRD, MOST, N_("Chia đều: hoàn thành 1+2 chiếm bao nhiêu phần trăm"))
    contests: int = whole(30, 0, MOST, N_("Điểm cuộc thi, bình quân đầu người"))
    shows: int = whole(20, 0, MOST, N_("Điểm chương trình, bình quân đầu người"))
    both: int = whole(30, 0, MOST, N_("Đoàn viên hoàn thành 1+2"))
    using: int = whole(10, 0, MOST, N_("Người được chỉ vẫn tự dùng"))
    deeds: int = whole(10, 0, MOST, N_("Người được giúp ngoài 1+2, bình quân đầu người"))
    targets: int = whole(0, 0, MOST, N_("Chỉ tiêu đạt được"))
    grouping: str = choice(ALL, GROUPINGS, N_("Ai so với ai"))
    bounds: tuple[int, ...] = numbers(N_("Theo quy mô: các mốc số đoàn viên, ví dụ 30, 100"))
    clusters: tuple[Cluster, ...] = parts(
        Cluster, N_("Cụm, khối tự chia: mỗi dòng “Cụm 1: cơ sở; cơ sở”, ghi tên hoặc mã")
    )


PARTS = {
    "points": N_("Điểm bình quân đầu người"),
    "contests": N_("Cuộc thi"),
    "shows": N_("Chương trình"),
    "both": N_("Hoàn thành 1+2"),
    "using": N_("Vẫn tự dùng"),
    "deeds": N_("Giúp ngoài 1+2"),
    "targets": N_("Chỉ tiêu"),
}
"""part -> what the tables call it."""

ONLY_FOR = {"completion": FAIR} | {name: OWN for name in PARTS if name != "points"}
"""field -> the one formula that reads it."""


def weights(rules: Rules) -> dict[str, int]:
    """The weight of each part; empty for the two formulas that only add points up."""
    if rules.formula == FAIR:
        return {"points": MOST - rules.completion, "both": rules.completion}
    if rules.formula == OWN:
        found = {name: getattr(rules, name) for name in PARTS if name != "points"}
        return {name: weight for name, weight in found.items() if weight}
    return {}


def band(bounds: tuple[int, ...], people: int) -> tuple[int, int | None]:
    """From and to (None: open) of the size group a number of people falls into; the lowest one begins with 1."""
    edges = sorted({one for one in bounds if one > 1})
    low = max((one for one in edges if one <= people), default=1)
    high = min((one - 1 for one in edges if one > people), default=None)
    return low, high


def size_of(group: str) -> str:
    """The sizes of a size group as people read them, 30–99; "" for any other group. Kept ones have leading zeros, to be
    sorted."""
    return f"{int(group[:5])}{group[5:]}" if group[:5].isdecimal() and group[5:6] in ("–", "+") else ""


def printed_group(group: str) -> str:
    """A group as official papers, which are not translated, name it."""
    size = size_of(group)
    return f"{size} đoàn viên" if size else group
