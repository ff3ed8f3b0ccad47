"""Kinds of awards and what may be printed. Praise of an authority is never printed without its decision.

Giấy chứng nhận is given by whoever organises; giấy khen by a chapter from the level of a xã or a cơ sở on, bằng khen by
a province and above: each only with number and date of the decision and its signer.
"""

from __future__ import annotations

from datetime import date

from quizzes.refusals import N_, Rejected
from quizzes.text import fold

CERTIFICATE, PRAISE, MERIT = "certificate", "praise", "merit"
KINDS = {CERTIFICATE: N_("Giấy chứng nhận"), PRAISE: N_("Giấy khen"), MERIT: N_("Bằng khen")}
PRINTED = {CERTIFICATE: "Giấy chứng nhận", PRAISE: "Giấy khen", MERIT: "Bằng khen"}
GIVES = {CERTIFICATE: "Chứng nhận", PRAISE: "Tặng Giấy khen cho", MERIT: "Tặng Bằng khen cho"}
SHORT = {CERTIFICATE: "GCN", PRAISE: "GK", MERIT: "BK"}
DESIGNS = {"drum": N_("Trống đồng"), "wave": N_("Sóng xanh"), "frame": N_("Khung hoa văn")}
PRAISES = frozenset({"trung_uong", "tinh", "khoi", "huyen", "xa_phuong", "doan_co_so", "chi_doan_co_so", "truong"})
MERITS = frozenset({"trung_uong", "tinh"})
MOST = 1000
"""Awards of one batch."""
PRIZES = ("Giải Nhất", "Giải Nhì", "Giải Ba")
OTHERS = "Giải Khuyến khích"
REASON = (10, 2000)  # characters of a reason: least, most
LETTERS = ((0x20, 0x482), (0x1E00, 0x1EFF), (0x2000, 0x2040), (0x2070, 0x20BF), (0x2190, 0x22FF), (0x25A0, 0x25FF))
"""From and to of the letters that the fonts of documents have."""


def check(kind: str, giver: str, decision_no: str, decided_on: date | None, signer: str, today: date) -> None:
    """Raises `Rejected` when a chapter of the kind `giver` may not give this: award_kind, award_level,
    award_decision, award_decided_later."""
    if kind not in KINDS:
        raise Rejected("award_kind", field="kind")
    if kind == CERTIFICATE:
        return
    if giver not in (MERITS if kind == MERIT else PRAISES):
        raise Rejected("award_level", field="kind")
    named = any(one.isdigit() for one in decision_no), any(one.isalpha() for one in signer)
    for field, there in (("decision_no", named[0]), ("decided_on", decided_on), ("signer", named[1])):
        if not there:
            raise Rejected("award_decision", field=field)
    if decided_on and decided_on > today:
        raise Rejected("award_decided_later", field="decided_on")


def check_words(kind: str, *printed: str) -> None:
    """Raises `Rejected` where a certificate calls itself praise: award_praise {text}."""
    for text in printed:
        if kind == CERTIFICATE and any(fold(PRINTED[one]) in fold(text) for one in (PRAISE, MERIT)):
            raise Rejected("award_praise", field="kind", text=text[:60])


def prize_of(rank: int) -> str:
    """The name of a rank where the organiser gave none; it is printed, so it is not translated."""
    return PRIZES[rank - 1] if 1 <= rank <= len(PRIZES) else OTHERS


def number_of(kind: str, serial: int, year: int) -> str:
    """12/2026/GCN"""
    return f"{serial}/{year}/{SHORT[kind]}"


def dated(kind: str, decided_on: date | None, accepted_on: date) -> date:
    """The day beside the signature: for praise the day of the decision, else the day the award was agreed to."""
    return decided_on if decided_on and kind != CERTIFICATE else accepted_on


def unprintable(text: str) -> str:
    """The first letter that no font of the documents has; "" where all can be printed."""
    return next((one for one in text if not any(low <= ord(one) <= high for low, high in LETTERS)), "")


def lines(text: str) -> list[tuple[str, str]]:
    """The lines of a typed list, each "CODE; prize", as (who, prize); the prize may be missing. Empty lines are left
    out."""
    found = []
    for line in text.splitlines():
        who, _, prize = line.partition(";")
        if who.strip():
            found.append((who.strip(), " ".join(prize.split())))
    return found
