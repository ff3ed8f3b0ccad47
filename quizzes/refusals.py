"""The two things every part of the rules may use: a refusal, and a sentence marked for translation."""

from __future__ import annotations

from typing import Any


def N_(sentence: str) -> str:
    """Marks a Vietnamese sentence for translation by the shell; changes nothing here."""
    return sentence


class Rejected(Exception):
    """A command the rules do not allow now. `code` is stable; the shell says it in the person's language."""

    def __init__(self, code: str, **about: Any) -> None:
        super().__init__(code)
        self.code, self.about = code, about
