"""Criteria of sites as data: nine in three named groups for a digital street, a market's own. The founding document
names the three groups and not the nine: these words are ours, a locality writes its own, and none is official."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from quizzes.refusals import N_, Rejected

STREET, MARKET = "street", "market"
KINDS: dict[str, str] = {STREET: N_("Tuyến phố công nghệ số"), MARKET: N_("Chợ không tiền mặt")}

NOT_OFFICIAL = N_(
    "Cơ sở Đoàn tự ghi theo tiêu chí của cơ sở. Đây không phải danh hiệu hay công nhận của cơ quan nhà nước."
)


@dataclass(frozen=True)
class Criterion:
    """One thing that is there or not."""

    group: str
    text: str

    @property
    def key(self) -> str:
        """The key that a mark is kept under: a criterion with other words is another one, looked at anew."""
        return hashlib.sha256(f"{self.group}\n{self.text}".encode()).hexdigest()[:16]


ACCESS, TAKING_PART, PUBLIC_POINTS = (
    N_("Tiếp cận thông tin"),
    N_("Hộ dân, doanh nghiệp tham gia chuyển đổi số"),
    N_("Số hóa các điểm công cộng"),
)
PAYING, SELLING, KNOWING = N_("Thanh toán"), N_("Bán hàng"), N_("Hướng dẫn và an toàn")

OURS: dict[str, tuple[Criterion, ...]] = {
    STREET: (
        Criterion(ACCESS, N_("Có Wi-Fi công cộng hoặc sóng 4G, 5G ổn định trên toàn tuyến")),
        Criterion(ACCESS, N_("Có nhóm thông tin số của tuyến phố, phần lớn hộ dân tham gia")),
        Criterion(ACCESS, N_("Có bảng hướng dẫn dịch vụ công trực tuyến kèm mã QR")),
        Criterion(TAKING_PART, N_("Phần lớn cửa hàng nhận thanh toán không tiền mặt")),
        Criterion(TAKING_PART, N_("Phần lớn hộ dân có người dùng định danh điện tử mức 2")),
        Criterion(TAKING_PART, N_("Có cửa hàng bán trên sàn thương mại điện tử")),
        Criterion(PUBLIC_POINTS, N_("Số nhà, địa chỉ số của tuyến được gắn mã")),
        Criterion(PUBLIC_POINTS, N_("Di tích, điểm công cộng trên tuyến có mã QR giới thiệu")),
        Criterion(PUBLIC_POINTS, N_("Có kênh số để người dân phản ánh về tuyến phố")),
    ),
    MARKET: (
        Criterion(PAYING, N_("Phần lớn quầy có mã QR nhận tiền đúng tên người bán")),
        Criterion(PAYING, N_("Phí chợ thu không dùng tiền mặt")),
        Criterion(SELLING, N_("Giá niêm yết rõ ở quầy")),
        Criterion(SELLING, N_("Có quầy bán trên mạng hoặc có mã truy xuất nguồn gốc")),
        Criterion(KNOWING, N_("Có điểm hướng dẫn người mua, người bán, có lịch trực")),
        Criterion(KNOWING, N_("Người bán được nhắc cách nhận ra lừa đảo chuyển khoản")),
    ),
}
MOST = 30  # criteria of a list


def read(text: str, field: str = "criteria") -> tuple[Criterion, ...]:
    """Criteria as an organiser writes them: a line `# group`, then a criterion a line. Rejected("criteria")."""
    found, group = list[Criterion](), ""
    for line in (one.strip() for one in text.splitlines()):
        if line.startswith("#"):
            group = line.lstrip("# ")[:120]
        elif line and not group:
            raise Rejected("criteria", field=field, most=MOST)
        elif line:
            found.append(Criterion(group, line[:200]))
    if not found or len(found) > MOST or len({one.key for one in found}) != len(found):
        raise Rejected("criteria", field=field, most=MOST)
    return tuple(found)


def written(criteria: Iterable[Criterion]) -> str:
    """The same as text to edit."""
    lines, group = list[str](), ""
    for one in criteria:
        if one.group != group:
            lines += [f"# {one.group}"]
            group = one.group
        lines.append(one.text)
    return "\n".join(lines)
