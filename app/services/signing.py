"""Keys of this instance for signing: Ed25519, derived from its secret, so that anybody can check with the public key.

All workers derive the same key, and a restored backup keeps it. Each purpose has a key of its own.
"""

from __future__ import annotations

import hmac
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey


def derived(secret: str, purpose: str) -> Ed25519PrivateKey:
    """The instance's private key for a purpose."""
    return Ed25519PrivateKey.from_private_bytes(hmac.new(secret.encode(), purpose.encode(), sha256).digest())


class SigningKey:
    """The key of this process for one purpose; bound once, by the application or a command."""

    def __init__(self, purpose: str) -> None:
        self.purpose = purpose
        self._key: Ed25519PrivateKey | None = None

    def bind(self, secret: str) -> None:
        """Derive the key from the instance's secret."""
        self._key = derived(secret, self.purpose)

    @property
    def _bound(self) -> Ed25519PrivateKey:
        if self._key is None:
            raise RuntimeError(f"the key for {self.purpose} is not bound")
        return self._key

    def sign(self, text: bytes) -> str:
        """The signature, in hex."""
        return self._bound.sign(text).hex()

    def public(self) -> str:
        """The public key, in hex."""
        return self._bound.public_key().public_bytes_raw().hex()


def holds(public_key: str, signature: str, text: bytes) -> bool:
    """True when the owner of the public key signed this. Any text that is no key or no signature gives False."""
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key)).verify(bytes.fromhex(signature), text)
    except (InvalidSignature, ValueError):
        return False
    return True


def fingerprint(public_key: str) -> str:
    """SHA-256 of a public key, in hex. Raises ValueError for what is no key."""
    raw = bytes.fromhex(public_key.strip())
    Ed25519PublicKey.from_public_bytes(raw)
    return sha256(raw).hexdigest()
