"""The keys under checkpoints: Ed25519, derived from the instance's secret and the key's number.

All workers have the same key and a restored backup keeps it. Rotating makes the next number; the former key signs
the handover. Where the secret itself was changed nobody can hand over: the new key stands without a signature and
whoever checks is told so.
"""

from __future__ import annotations

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.services.signing import derived

PURPOSE = "scs-ledger-1"


class LedgerKeys:
    """The private keys of this process; bound once by the application."""

    def __init__(self) -> None:
        self._secret = ""

    def bind(self, secret: str) -> None:
        """Take the instance's secret."""
        self._secret = secret

    def _private(self, no: int) -> Ed25519PrivateKey:
        if not self._secret:
            raise RuntimeError("the ledger's keys are not bound")
        return derived(self._secret, f"{PURPOSE}:{no}")

    def public(self, no: int) -> str:
        """The public key with this number, in hex."""
        return self._private(no).public_key().public_bytes_raw().hex()

    def sign(self, no: int, text: bytes) -> str:
        """The signature by this key, in hex."""
        return self._private(no).sign(text).hex()


keys = LedgerKeys()
