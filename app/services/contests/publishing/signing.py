"""The instance's signature under published results.

What is signed says which publication of which contest it is, so a provisional table never passes for an official one.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.services.signing import SigningKey

PURPOSE = "scs-results-1"


@dataclass(frozen=True)
class Seal:
    """The subject of a signature. `digest` is the SHA-256 of the published table."""

    contest: str
    no: int
    state: str
    computed_at: int
    at: int
    digest: str
    rows: str = ""
    """The signature over the digests of the visible rows; "" before rows were signed."""

    def text(self) -> bytes:
        parts: tuple[str | int, ...] = (
            PURPOSE,
            self.contest,
            self.no,
            self.state,
            self.computed_at,
            self.at,
            self.digest,
        )
        parts += (self.rows,) if self.rows else ()
        return "\n".join(map(str, parts)).encode()


signer = SigningKey(PURPOSE)
