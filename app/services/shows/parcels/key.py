"""The key under a hall's parcels: Ed25519, derived from the instance's secret; all its workers have the same."""

from __future__ import annotations

import hmac
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

PURPOSE = b"scs-parcel-1"


class ParcelKey:
    """The signing key of this process; bound once by the application or the command."""

    def __init__(self) -> None:
        self._key: Ed25519PrivateKey | None = None

    def bind(self, secret: str) -> None:
        """Derive the key from the instance's secret."""
        self._key = Ed25519PrivateKey.from_private_bytes(hmac.new(secret.encode(), PURPOSE, sha256).digest())

    @property
    def _bound(self) -> Ed25519PrivateKey:
        if self._key is None:
            raise RuntimeError("the parcel key is not bound")
        return self._key

    def sign(self, manifest: bytes) -> str:
        """The signature under a manifest, in hex."""
        return self._bound.sign(PURPOSE + b"\n" + manifest).hex()

    def public(self) -> str:
        """The public key, in hex: what an organiser approves."""
        return self._bound.public_key().public_bytes_raw().hex()


own = ParcelKey()


def holds(public_key: str, signature: str, manifest: bytes) -> bool:
    """Tell whether the owner of the key signed this manifest. False for anything that is no signature at all."""
    try:
        found = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key))
        found.verify(bytes.fromhex(signature), PURPOSE + b"\n" + manifest)
    except (InvalidSignature, ValueError):
        return False
    return True


def fingerprint(public_key: str) -> str:
    """SHA-256 of a public key, in hex. Raises ValueError for what is no key."""
    raw = bytes.fromhex(public_key.strip())
    Ed25519PublicKey.from_public_bytes(raw)
    return sha256(raw).hexdigest()
