"""Letters of a hidden phrase: a base letter opens all its accented forms, đ is a letter of its own.

What is hidden is shown as a mask: an underscore for each hidden letter, everything else as it stands.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection

LETTERS = "ABCDĐEFGHIJKLMNOPQRSTUVWXYZ"
HIDDEN = "_"


def base(sign: str) -> str:
    """The letter that a player calls for this sign ("Ằ" -> "A", "đ" -> "Đ"); "" for a sign that is no letter."""
    if sign in "đĐ":
        return "Đ"
    bare = unicodedata.normalize("NFD", sign)[:1].upper()
    return bare if bare in LETTERS and bare else ""


def phrase(text: str) -> str:
    """Write the phrase as it stands on the board: capitals, single spaces, composed letters."""
    return " ".join(unicodedata.normalize("NFC", text).upper().split())


def mask(text: str, letters: Collection[str]) -> str:
    """The board when these base letters have been called."""
    return "".join(sign if not base(sign) or base(sign) in letters else HIDDEN for sign in phrase(text))


def occurs(text: str, letter: str) -> int:
    """Counts a base letter in the text, in all its forms."""
    return sum(1 for sign in phrase(text) if base(sign) == letter)


def size(text: str) -> int:
    """The number of letters in a text."""
    return sum(1 for sign in phrase(text) if base(sign))
