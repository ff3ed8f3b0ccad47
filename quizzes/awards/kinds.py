"""Kinds of awards and what may be printed. Praise of an authority is never printed without its decision.

Giấy chứng nhận is given by whoever organises; giấy khen by a chapter from the level of a xã or a cơ sở on, bằng khen by
a province and above: each only with number and date of the decision and its signer.
"""

from __future__ import annotations

from quizzes.refusals import N_, Rejected

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
REASON = (10, 2000)


def check(kind: str, giver: str, decision_no: str, decided: bool, signer: str) -> None:
    """Whether a chapter of the kind `giver` may give this. Rejected: award_kind, award_level, award_decision."""
    if kind not in KINDS:
        raise Rejected("award_kind", field="kind")
    if kind == CERTIFICATE:
        return
    if giver not in (MERITS if kind == MERIT else PRAISES):
        raise Rejected("award_level", field="kind")
    for field, there in (("decision_no", decision_no), ("decided_on", decided), ("signer", signer)):
        if not there:
            raise Rejected("award_decision", field=field)


def prize_of(rank: int) -> str:
    """What a rank is called where nobody said otherwise; as printed, so not translated."""
    return PRIZES[rank - 1] if 1 <= rank <= len(PRIZES) else OTHERS


def number_of(kind: str, serial: int, year: int) -> str:
    """12/2026/GCN"""
    return f"{serial}/{year}/{SHORT[kind]}"


def lines(text: str) -> list[tuple[str, str]]:
    """(who, prize) of each line "CODE; prize"; the prize may be missing. Empty lines are none."""
    found = []
    for line in text.splitlines():
        who, _, prize = line.partition(";")
        if who.strip():
            found.append((who.strip(), " ".join(prize.split())))
    return found
