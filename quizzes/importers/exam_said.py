"""The words of a key: letters that are right, or a sentence about options that says which one, or none for sure."""

from __future__ import annotations

import re

LETTER = r"(?<![A-Za-zÀ-ỹ])([A-Ha-h])(?![A-Za-zÀ-ỹ])"
MANY = r"[A-H](?:\s*(?:[,;&+]|\s|và|and)\s*[A-H])*"
CLEAN = re.compile(
    rf"^(?:(?:đáp án|phương án|câu|chọn|là|đúng)\s*[:.]?\s*)*(?:{MANY}|[A-H]{{2,6}})\s*(?:[.)\]]|$)", re.IGNORECASE
)
CALLED = re.compile(
    rf"^({MANY})\s+(?:(?:là|đều)\s+)?(?:đáp án\s+)?(?:đúng|vì|do|bởi)\b|\bchọn\s+(?:đáp án\s+)?([A-H])\s*[.)]?\s*$",
    re.IGNORECASE,
)
"""A sentence that calls an option right: "B đúng, A và C sai", "A sai nên chọn B"."""
DOUBT = re.compile(r"(?<!\w)(?:sai|không|ko|chưa|hoặc|hay|or|not|wrong|incorrect)(?!\w)", re.IGNORECASE)
"""A word that makes the letters of a sentence mean something else than the key."""


def is_clean(text: str) -> bool:
    """True for letters of options and nothing that speaks of them."""
    return bool(CLEAN.match(text.strip()))


def key_of(text: str) -> str | None:
    """The part of a key that names what is right; None where it speaks of options and names none for sure."""
    if is_clean(text):
        return text
    if called := CALLED.search(text.strip()):
        return called[1] or called[2]
    return None if DOUBT.search(text) and re.search(LETTER, text) else text
