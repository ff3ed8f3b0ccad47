"""The key under a hall's parcels. An organiser of the province approves its public half."""

from __future__ import annotations

from app.services.signing import SigningKey

PURPOSE = "scs-parcel-1"

own = SigningKey(PURPOSE)


def signed(manifest: bytes) -> bytes:
    """The text that is signed under a manifest."""
    return PURPOSE.encode() + b"\n" + manifest
