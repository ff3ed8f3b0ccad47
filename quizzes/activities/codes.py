"""The code on the organiser's screen: another one every few seconds, good for a short while.

A photo of the screen sent to somebody at home comes too late. The code says nothing without the key.
"""

from __future__ import annotations

import hmac
from hashlib import sha256

SECOND = 1_000_000
CHANGES = 5 * SECOND
"""How long a code is on the screen, microseconds."""
KEPT_STEPS = 2
"""How many codes before the one on the screen are still taken: a slow camera, a slow network."""
TO_SIGN_IN = 15 * 60 * SECOND
"""How long a person who scanned in time may take to sign in, in the same browser, microseconds."""
LETTERS = 16  # characters of a code's digest


def step_at(now: int) -> int:
    """The number of the code that is on the screen at a moment."""
    return now // CHANGES


def code_of(key: bytes, activity: str, step: int) -> str:
    """The code of a step: its number and our signature over it and the activity."""
    return f"{step:x}-{_mac(key, activity, step)}"


def is_fresh(key: bytes, activity: str, code: str, now: int) -> bool:
    """True when the code belongs to this activity and its time is not over. A changed, old or future code is not
    fresh."""
    said, _, mac = code.partition("-")
    if not (said and len(said) <= 12 and all(sign in "0123456789abcdef" for sign in said)):
        return False
    step = int(said, 16)
    good = hmac.compare_digest(mac.encode(), _mac(key, activity, step).encode())
    return good and step_at(now) - KEPT_STEPS <= step <= step_at(now)


def _mac(key: bytes, activity: str, step: int) -> str:
    return hmac.new(key, f"check-in {activity} {step}".encode(), sha256).hexdigest()[:LETTERS]
