"""The catalogue of what is taught: each service with its official page, what one does with it, and what is asked.

The questions are no test: whoever answers otherwise is told why and asked again. Facts: shared/reference/domain.md
part D (VNeID level 2 at the police, one portal for all public services since 2025-07-01, nobody is given an OTP).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from quizzes.refusals import N_

LOCAL_APP = "local_app"
"""The province's own application: its name and address are the campaign's."""


@dataclass(frozen=True)
class Asked:
    """One short question in plain words, its answers, which of them is right, and why."""

    text: str
    answers: tuple[str, ...]
    right: int
    why: str


@dataclass(frozen=True)
class Service:
    """Something a member shows to a person. `site` is named, never embedded. `alone`: what that person does later."""

    key: str
    name: str
    site_name: str
    site: str
    asked: Asked
    alone: tuple[tuple[str, str], ...]
    """(key, sentence in the person's own voice)"""
    topics: tuple[str, ...] = ()
    """Topics of the banks whose shows and contests are about it."""


OTP = Asked(
    N_("Có người gọi điện xin mã OTP. Ta làm gì?"),
    (N_("Đọc mã cho họ"), N_("Không đọc, tắt máy")),
    1,
    N_("Mã OTP như chìa khóa nhà: không đưa cho ai, kể cả người xưng là công an hay ngân hàng."),
)

SERVICES: dict[str, Service] = {
    one.key: one
    for one in (
        Service(
            "vneid2",
            N_("VNeID mức 2"),
            N_("Trang VNeID của Bộ Công an"),
            "vneid.gov.vn",
            Asked(
                N_("Muốn có VNeID mức 2 thì đến đâu để làm?"),
                (N_("Đến cơ quan công an"), N_("Nhờ người lạ trên mạng")),
                0,
                N_("Mức 2 phải đến cơ quan công an để chụp ảnh, lấy vân tay. Không ai làm hộ qua mạng được."),
            ),
            (
                ("card", N_("Tôi đã tự mở VNeID để đưa giấy tờ cho người khác xem")),
                ("login", N_("Tôi đã tự đăng nhập bằng VNeID")),
            ),
            ("id-vneid",),
        ),
        Service(
            "portal",
            N_("Cổng Dịch vụ công"),
            N_("Cổng Dịch vụ công quốc gia"),
            "dichvucong.gov.vn",
            Asked(
                N_("Trang của cơ quan nhà nước Việt Nam có đuôi gì?"),
                (N_(".gov.vn"), N_(".com")),
                0,
                N_("Trang thật của cơ quan nhà nước có đuôi .gov.vn. Thấy đuôi khác thì dừng lại và hỏi."),
            ),
            (("filed", N_("Tôi đã tự nộp một hồ sơ")), ("looked", N_("Tôi đã tự tra cứu một hồ sơ hay thủ tục"))),
            ("public-services",),
        ),
        Service(
            "payment",
            N_("Tài khoản thanh toán"),
            N_("Ngân hàng Nhà nước Việt Nam"),
            "sbv.gov.vn",
            OTP,
            (
                ("paid", N_("Tôi đã tự trả tiền bằng mã QR")),
                ("bill", N_("Tôi đã tự trả tiền điện, nước hay điện thoại")),
            ),
            ("cashless", "cyber-safety"),
        ),
        Service(
            LOCAL_APP,
            N_("Ứng dụng của tỉnh"),
            "",
            "",
            Asked(
                N_("Tải ứng dụng của tỉnh ở đâu thì an toàn?"),
                (N_("Ở kho ứng dụng của điện thoại"), N_("Ở đường dẫn người lạ gửi")),
                0,
                N_("Chỉ tải từ kho ứng dụng có sẵn trong điện thoại. Đường dẫn lạ có thể là ứng dụng giả."),
            ),
            (("sent", N_("Tôi đã tự gửi một phản ánh")), ("read", N_("Tôi đã tự xem tin của địa phương"))),
        ),
    )
}

MOST_ASKED = 3  # things asked about
SOMETHING = ("other", N_("Tôi đã tự làm một việc khác với điều được chỉ"))


def chosen(keys: str) -> list[Service]:
    """The services a stored text names, in the catalogue's order; unknown ones are left out."""
    named = set(keys.split(","))
    return [one for key, one in SERVICES.items() if key in named]


def questions(keys: str) -> list[tuple[str, Asked]]:
    """At most three questions about what was taught, (key of the service, question)."""
    return [(one.key, one.asked) for one in chosen(keys)][:MOST_ASKED]


def about(topics: Iterable[str]) -> list[Service]:
    """The services that can be taught after a show or contest about these topics, in the order of the catalogue."""
    played = set(topics)
    return [one for one in SERVICES.values() if played.intersection(one.topics)]


def things(keys: str) -> list[tuple[str, str]]:
    """The things a person may have done alone since, as (key, sentence)."""
    return [(f"{one.key}.{what}", words) for one in chosen(keys) for what, words in one.alone] + [SOMETHING]
