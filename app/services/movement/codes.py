"""Signed codes in fragments of addresses: for one teaching, for the page its person keeps, for a second visit, for
the guardian of a taught child, and for the child's own browser.

A code proves itself before the database is asked: its name, what it is for, until when, and our signature over
that. None is stored. What a code may do once is kept with the teaching.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from hashlib import sha256

from quizzes.refusals import Rejected

TEACH, KEEP, VISIT, CARD, GUARDIAN, CHILD = "t", "k", "v", "c", "g", "y"
LONGEST = 120  # characters of a code


@dataclass(frozen=True)
class Code:
    """The content of a code: its purpose, the public id it is about, and when it ends (0: never by itself)."""

    purpose: str
    of: str
    ends_at: int


class Codes:
    """The signing key of this process; bound once by the application."""

    def __init__(self) -> None:
        self._key = b""

    def bind(self, secret: str) -> None:
        """Derive the key from the instance's secret."""
        self._key = hmac.new(secret.encode(), b"scs-movement-1", sha256).digest()

    def made(self, code: Code) -> str:
        """The text of a code: letters that are safe in an address."""
        said = f"{code.purpose}.{code.of}.{code.ends_at // 1_000_000:x}"
        return f"{said}.{self._mac(said)}"

    def read(self, text: str, now: int) -> Code:
        """The code, or Rejected("code_gone"): another's, changed, or over."""
        said, _, mac = text[:LONGEST].rpartition(".")
        parts = said.split(".")
        if len(parts) != 3 or not hmac.compare_digest(mac.encode(), self._mac(said).encode()):
            raise Rejected("code_gone")
        code = Code(parts[0], parts[1], int(parts[2], 16) * 1_000_000)
        if code.ends_at and now >= code.ends_at:
            raise Rejected("code_gone")
        return code

    def keyed(self, text: str) -> str:
        """A digest of something of a browser that only we can compare with."""
        return hmac.new(self._key, text.encode(), sha256).hexdigest()

    def _mac(self, said: str) -> str:
        if not self._key:
            raise RuntimeError("the codes of the movement are not bound")
        return hmac.new(self._key, said.encode(), sha256).hexdigest()[:32]


codes = Codes()
