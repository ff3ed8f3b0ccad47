"""The kinds of deeds as data: what is counted, in which steps, what each step earns, and how much of it in a day.

An installation and a first real transaction are two steps of one kind: they are noted, counted and paid apart.
Sources: the seeds of 2022 and 2023 (accounts, shops with a label, eTax, traceability codes, leaflets, visits in pairs).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from quizzes.refusals import N_

DONE, LABEL, FIRST = "done", "label", "first"


@dataclass(frozen=True)
class Step:
    """A part of a kind that is counted by itself, in the words of the form, with what it earns in whole points."""

    key: str
    words: str
    points: int


@dataclass(frozen=True)
class Kind:
    """One kind of deed. `paired`: only with a respected local person. `most`: the largest number one entry may say.

    `per`: so many together earn the points once. `per_day`: so many entries of a day earn something.
    """

    key: str
    name: str
    steps: tuple[Step, ...]
    per_day: int = 20
    most: int = 1
    per: int = 1
    paired: bool = False

    def step(self, key: str) -> Step | None:
        """The step of this name."""
        return next((one for one in self.steps if one.key == key), None)


INSTALLED, ACTIVATED, OPENED = N_("Đã cài và dùng được"), N_("Đã kích hoạt"), N_("Đã mở tài khoản")
BOUGHT = N_("Giao dịch thật đầu tiên")


def _kind(key: str, name: str, done: str, points: int, *more: Step, **limits: int | bool) -> Kind:
    return Kind(key, name, (Step(DONE, done, points), *more), **limits)  # type: ignore[arg-type]


SHIPPED: dict[str, Kind] = {one.key: one for one in (
    _kind("resident", N_("Giúp một người dân"), N_("Đã hướng dẫn xong"), 5),
    _kind("shop", N_("Hỗ trợ một cửa hàng, hộ kinh doanh"), N_("Đã có mã thanh toán"), 10,
          Step(LABEL, N_("Đã dán nhãn, đặt biển"), 5), Step(FIRST, BOUGHT, 10)),
    _kind("household", N_("Đến một hộ gia đình (1+1)"), N_("Đã đến cùng người có uy tín"), 15, paired=True),
    _kind("id1", N_("VNeID mức 1"), ACTIVATED, 5),
    _kind("id2", N_("VNeID mức 2"), ACTIVATED, 10, Step(FIRST, N_("Lần đầu dùng thật để làm giấy tờ"), 5)),
    _kind("portal", N_("Tài khoản Cổng Dịch vụ công"), OPENED, 10, Step(FIRST, N_("Nộp hồ sơ thật đầu tiên"), 10)),
    _kind("payment", N_("Tài khoản thanh toán"), OPENED, 10, Step(FIRST, BOUGHT, 10)),
    _kind("local_app", N_("Ứng dụng của tỉnh"), INSTALLED, 5, Step(FIRST, N_("Gửi phản ánh thật đầu tiên"), 5)),
    _kind("market", N_("Gian hàng thương mại điện tử"), N_("Đã mở gian hàng"), 10,
          Step(FIRST, N_("Bán đơn hàng thật đầu tiên"), 10)),
    _kind("trace", N_("Mã QR truy xuất nguồn gốc"), N_("Đã tạo và dán mã"), 10),
    _kind("address", N_("Địa chỉ số"), N_("Đã tạo địa chỉ số"), 5),
    _kind("health", N_("Dịch vụ y tế số"), INSTALLED, 5, Step(FIRST, N_("Lần khám đặt trên mạng đầu tiên"), 5)),
    _kind("school", N_("Dịch vụ giáo dục số"), INSTALLED, 5, Step(FIRST, N_("Lần nộp hồ sơ, học phí đầu tiên"), 5)),
    _kind("social", N_("Dịch vụ an sinh xã hội số (VssID)"), INSTALLED, 5,
          Step(FIRST, N_("Lần tra cứu, nộp hồ sơ thật đầu tiên"), 5)),
    _kind("signature", N_("Chữ ký số cá nhân"), N_("Đã đăng ký"), 10,
          Step(FIRST, N_("Văn bản thật đầu tiên đã ký"), 5)),
    _kind("etax", N_("eTax Mobile"), INSTALLED, 5, Step(FIRST, N_("Lần khai, nộp thuế thật đầu tiên"), 10)),
    _kind("bill", N_("Trả hóa đơn điện, nước, điện thoại"), N_("Đã tự trả một hóa đơn"), 5),
    _kind("chip", N_("Căn cước gắn chip"), N_("Đã đưa đi làm căn cước"), 10),
    _kind("leaflets", N_("Phát tờ rơi"), N_("Đã phát"), 1, most=500, per=10, per_day=5),
)}  # fmt: skip
"""key -> kind, in the order of the form. An organiser adds kinds of a chapter's own beside them (`own:<number>`)."""

OWN = "own:"


def own(number: int, name: str, points: int, first: int, paired: bool) -> Kind:
    """A kind that a chapter made for itself; with a second step where a first real transaction earns something."""
    more = (Step(FIRST, BOUGHT, first),) if first else ()
    return Kind(f"{OWN}{number}", name, (Step(DONE, N_("Đã làm xong"), points), *more), paired=paired)


def counted(kind: str, step: str) -> str:
    """The name by which a target counts a kind or one step of it: "payment", or "payment.first"."""
    return kind if step == DONE else f"{kind}.{step}"


def countable(kinds: Iterable[Kind]) -> list[tuple[str, Kind, Step]]:
    """Everything that can be counted: (name, kind, step)."""
    return [(counted(one.key, step.key), one, step) for one in kinds for step in one.steps]


def of_counted(name: str) -> tuple[str, str]:
    """(kind, step) of a counted name."""
    kind, _, step = name.partition(".")
    return kind, step or DONE


def known(name: str, kinds: Mapping[str, Kind]) -> bool:
    """True when a counted name is one of these kinds or one of their steps."""
    kind, step = of_counted(name)
    return kind in kinds and kinds[kind].step(step) is not None
