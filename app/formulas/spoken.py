"""Says a formula in words, for who hears it: in the current language."""

from __future__ import annotations

from typing import Any
from xml.etree.ElementTree import Element

from flask_babel import gettext as translated

from app.formulas.tree import words_of
from quizzes.refusals import N_

SIGNS = {
    "+": N_("cộng"), "−": N_("trừ"), "-": N_("trừ"), "×": N_("nhân"), "·": N_("nhân"), "⋅": N_("nhân"), "÷": N_("chia"),
    "/": N_("chia"), "=": N_("bằng"), "≠": N_("khác"), "≈": N_("xấp xỉ"), "<": N_("nhỏ hơn"), ">": N_("lớn hơn"),
    "≤": N_("nhỏ hơn hoặc bằng"), "≥": N_("lớn hơn hoặc bằng"), "±": N_("cộng trừ"), "→": N_("tiến đến"),
    "⇒": N_("suy ra"), "⇔": N_("tương đương với"), "∞": N_("vô cực"), "∈": N_("thuộc"), "∉": N_("không thuộc"),
    "∪": N_("hợp"), "∩": N_("giao"), "⊂": N_("là tập con của"), "∅": N_("tập rỗng"), "∀": N_("với mọi"),
    "∃": N_("tồn tại"), "∠": N_("góc"), "⊥": N_("vuông góc với"), "⟂": N_("vuông góc với"), "∥": N_("song song với"),
    "△": N_("tam giác"), "∑": N_("tổng"), "∏": N_("tích"), "∫": N_("tích phân"), "%": N_("phần trăm"),
    "(": N_("mở ngoặc"), ")": N_("đóng ngoặc"), "!": N_("giai thừa"),
}  # fmt: skip
POWERS = {
    "2": N_("%(base)s bình phương"),
    "3": N_("%(base)s lập phương"),
    "∘": N_("%(base)s độ"),
    "′": N_("%(base)s phẩy"),
}
OVER = {
    "→": N_("vectơ %(base)s"),
    "^": N_("góc %(base)s"),
    "―": N_("%(base)s gạch trên"),
    "¯": N_("%(base)s gạch trên"),
}
BIG = "∑∏∫"


def spoken(one: Element) -> str:
    """The formula in words."""
    return " ".join(_said(one).split())


def gettext(sentence: str, **words: Any) -> str:
    return str(translated(sentence, **words))


def _said(one: Element) -> str:
    parts = [_said(each) for each in one]
    if one.tag == "mfrac":
        return gettext("phân số %(over)s trên %(under)s", over=parts[0], under=parts[1])
    if one.tag == "msqrt":
        return gettext("căn bậc hai của %(base)s", base=" ".join(parts))
    if one.tag == "mroot":
        return gettext("căn bậc %(degree)s của %(base)s", degree=parts[1], base=parts[0])
    if one.tag in ("msup", "msub", "msubsup", "munder", "mover", "munderover"):
        return _with_ends(one, parts)
    if len(one):
        return " ".join(parts)
    text = (one.text or "").strip()
    return f" {gettext(SIGNS[text])} " if text in SIGNS else text


def _with_ends(one: Element, parts: list[str]) -> str:
    """A power, an index, a sign above, or the ends between which something is summed."""
    base, last = parts[0], words_of(one[len(one) - 1])
    if one.tag == "mover" and last in OVER:
        return gettext(OVER[last], base=words_of(one[0]))
    if words_of(one[0]) in BIG or one.tag.startswith("munder"):
        low = gettext("%(base)s từ %(low)s", base=base, low=parts[1])
        return gettext("%(base)s đến %(high)s của", base=low, high=parts[2]) if len(parts) == 3 else low
    if one.tag in ("msub", "msubsup"):
        base = gettext("%(base)s chỉ số %(index)s", base=base, index=parts[1])
    if one.tag == "msub":
        return base
    return (
        gettext(POWERS[last], base=base)
        if last in POWERS
        else gettext("%(base)s mũ %(power)s", base=base, power=parts[-1])
    )
