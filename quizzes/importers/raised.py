"""Superscript and subscript in plain words: m² and H₂O, else m^(hai): 10 with a raised 3 is not 103."""

from __future__ import annotations

RAISED = {
    "sup": str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ"),
    "sub": str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎"),
}
"""Tag -> the signs that stand higher or lower by themselves."""
SIGN = {"sup": "^", "sub": "_"}


def raised(words: str, tag: str) -> str:
    """Words that stand higher (sup) or lower (sub)."""
    text = words.strip()
    if not text:
        return words
    before, after = words[: len(words) - len(words.lstrip())], words[len(words.rstrip()) :]
    plain = text.replace("−", "-")
    if all(ord(one) in RAISED[tag] for one in plain):
        return f"{before}{plain.translate(RAISED[tag])}{after}"
    return f"{before}{SIGN[tag]}{text if len(text) == 1 else f'({text})'}{after}"
