"""Sets of targets to begin with, as founding documents of the movement set them. Every number is proposed, not imposed.

Mỹ Tho 2023: the plan's targets for members, residents, shops, offices and streets. What the others reached stands as
goals: Hoài Ân 2023 since the end of June, Quảng Ninh 2022, Đông Hà 2023; Đà Nẵng 2022: its agreement and its trainings.
Sources: the seeds S0 to S4. A number that no document gives says in its title that it is proposed.
"""

from __future__ import annotations

from dataclasses import dataclass

from quizzes.refusals import N_
from quizzes.targets.shapes import COUNT, DECLARED, DEEDS, GIVEN, HAND, IMPORT, MEMBERS, NONE, PERCENT, WHOLE


@dataclass(frozen=True)
class Proposed:
    """One target of a set."""

    title: str
    shape: str
    goal: int
    ways: tuple[str, ...]
    base: str = NONE
    counts: tuple[str, ...] = ()
    declares: str = ""
    unit: str = ""


@dataclass(frozen=True)
class Preset:
    """A set with its name and the document it comes from."""

    name: str
    document: str
    targets: tuple[Proposed, ...]


def _members(title: str, percent: int, declares: str) -> Proposed:
    return Proposed(title, PERCENT, percent * 100, (DECLARED, IMPORT), MEMBERS, declares=declares, unit=N_("đoàn viên"))


def _deeds(title: str, goal: int, unit: str, *counts: str) -> Proposed:
    return Proposed(title, COUNT, goal, (DEEDS, IMPORT), counts=counts, unit=unit)


def _all(title: str, unit: str) -> Proposed:
    return Proposed(title, PERCENT, WHOLE, (HAND, IMPORT), GIVEN, unit=unit)


def _some(title: str, goal: int, unit: str) -> Proposed:
    return Proposed(title, COUNT, goal, (HAND, IMPORT), unit=unit)


RESIDENTS, SHOPS, PAPERS = N_("người dân"), N_("cửa hàng"), N_("văn bản")

PRESETS: dict[str, Preset] = {
    "my-tho": Preset(N_("Thành đoàn Mỹ Tho 2023"), N_("Kế hoạch chuyển đổi số của Thành đoàn Mỹ Tho năm 2023"), (
        _members(N_("100 phần trăm đoàn viên có VNeID mức 2"), 100, "vneid2"),
        _members(N_("100 phần trăm đoàn viên có tài khoản Cổng Dịch vụ công"), 100, "portal"),
        _deeds(N_("Hỗ trợ 5.000 người dân mở tài khoản Cổng Dịch vụ công"), 5000, RESIDENTS, "portal"),
        _members(N_("90 phần trăm đoàn viên có tài khoản thanh toán"), 90, "payment"),
        _deeds(N_("Hỗ trợ 1.000 cửa hàng, hộ kinh doanh nhận thanh toán số"), 1000, SHOPS, "shop"),
        _deeds(N_("Hỗ trợ 1.000 người dân mở tài khoản thanh toán"), 1000, RESIDENTS, "payment"),
        _members(N_("80 phần trăm đoàn viên cài ứng dụng của tỉnh (TiengiangS)"), 80, "local_app"),
        _some(N_("Một ngày hội không dùng tiền mặt"), 1, N_("ngày hội")),
        _some(N_("Hai tuyến phố công nghệ số"), 2, N_("tuyến phố")),
        _some(N_("Hai chợ không dùng tiền mặt"), 2, N_("chợ")),
        _some(N_("Thường xuyên tổ chức cuộc thi trực tuyến (đề xuất: mỗi quý một cuộc)"), 4, N_("cuộc thi trực tuyến")),
        _all(N_("100 phần trăm văn bản được ký số (trừ văn bản mật)"), PAPERS),
        _all(N_("100 phần trăm văn bản phát hành điện tử"), PAPERS),
        _all(N_("100 phần trăm tài liệu lưu trên điện toán đám mây"), N_("tài liệu")),
        _all(N_("100 phần trăm cuộc họp không giấy"), N_("cuộc họp")),
    )),
    "hoai-an": Preset(N_("Huyện đoàn Hoài Ân 2023"), N_("Kết quả của Huyện đoàn Hoài Ân từ ngày 30-6-2023"), (
        _deeds(N_("Kích hoạt 5.535 tài khoản định danh điện tử mức 1 và mức 2"), 5535, N_("tài khoản"), "id1", "id2"),
        _some(N_("1.200 đoàn viên tham gia hướng dẫn"), 1200, N_("đoàn viên")),
        _some(N_("20 tổ công nghệ số cộng đồng ở 15 xã, thị trấn"), 20, N_("tổ")),
        _some(N_("150 đoàn viên trong các tổ công nghệ số cộng đồng"), 150, N_("đoàn viên")),
    )),
    "quang-ninh": Preset(N_("Tỉnh đoàn Quảng Ninh 2022"), N_("Kết quả của Tỉnh đoàn Quảng Ninh năm 2022"), (
        _deeds(N_("Hỗ trợ và dán nhãn 4.000 cửa hàng"), 4000, SHOPS, "shop.label"),
        _deeds(N_("Phát 15.000 tờ rơi"), 15_000, N_("tờ rơi"), "leaflets"),
        _some(N_("1.473 đội hình tình nguyện"), 1473, N_("đội hình")),
        _some(N_("2.634 đoàn viên trong các đội hình"), 2634, N_("đoàn viên")),
        _some(N_("10 chương trình tập huấn"), 10, N_("chương trình")),
    )),
    "dong-ha": Preset(N_("Thành đoàn Đông Hà 2023"), N_("Bài của Thành đoàn Đông Hà ngày 20-3-2023"), (
        _some(N_("9 tổ công nghệ số cộng đồng"), 9, N_("tổ")),
        _some(N_("5 diễn đàn"), 5, N_("diễn đàn")),
        _some(N_("7 buổi tập huấn"), 7, N_("buổi")),
    )),
    "da-nang": Preset(N_("Thành đoàn Đà Nẵng 2022"), N_("Thỏa thuận của Thành đoàn và VNPT Đà Nẵng 2022-2025"), (
        _members(N_("100 phần trăm đoàn viên cài và dùng ứng dụng thanh toán (VNPT Money)"), 100, "payment"),
        _some(N_("Tập huấn cho 200 cán bộ Đoàn chủ chốt"), 200, N_("cán bộ Đoàn")),
    )),
}  # fmt: skip
"""key -> set of targets that an organiser can begin with in one press."""
