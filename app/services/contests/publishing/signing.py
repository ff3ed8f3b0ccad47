"""The instance's signature under published results: Ed25519, so that anybody can check it with the public key.

The key is derived from the instance's secret; all workers have the same, and a restored backup keeps it.
What is signed says which publication of which contest it is, so a provisional table never passes for an
official one.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

PURPOSE = b"scs-results-1"


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
            PURPOSE.decode(),
            self.contest,
            self.no,
            self.state,
            self.computed_at,
            self.at,
            self.digest,
        )
        parts += (self.rows,) if self.rows else ()
        return "\n".join(map(str, parts)).encode()


class Signer:
    """The signing key of this process; bound once by the application."""

    def __init__(self) -> None:
        self._key: Ed25519PrivateKey | None = None

    def bind(self, secret: str) -> None:
        """Derive the key from the instance's secret."""
        self._key = Ed25519PrivateKey.from_private_bytes(hmac.new(secret.encode(), PURPOSE, sha256).digest())

    @property
    def _bound(self) -> Ed25519PrivateKey:
        if self._key is None:
            raise RuntimeError("the signer is not bound")
        return self._key

    def sign(self, seal: Seal) -> str:
        """The signature, in hex."""
        return self._bound.sign(seal.text()).hex()

    def public_key(self) -> str:
        """The public key, in hex: published with every signature."""
        return self._bound.public_key().public_bytes_raw().hex()


signer = Signer()


def holds(seal: Seal, signature: str, public_key: str) -> bool:
    """True when the owner of `public_key` signed this. Any text that is no signature gives False."""
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key)).verify(bytes.fromhex(signature), seal.text())
    except (InvalidSignature, ValueError):
        return False
    return True
