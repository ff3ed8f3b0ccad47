"""Secrets in addresses and cookies: 256 bits, stored only as a digest."""

from __future__ import annotations

import hashlib
import secrets

# Without the letters and digits people confuse when they read a code aloud: 0 O 1 I L U.
CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


def new_token() -> str:
    """43 letters that are safe in an address."""
    return secrets.token_urlsafe(32)


def new_address_id(size: int = 12) -> str:
    """An id for addresses, of `size` random bytes, that begins and ends with a letter or digit.

    A command takes "-7f" for an option, and programs that find links in a text leave a dash at their end out.
    """
    while True:
        made = secrets.token_urlsafe(size)
        if made[0].isalnum() and made[-1].isalnum():
            return made


def digest(token: str) -> str:
    """The digest of a token, which is stored in its place; a lookup by digest takes no longer for a near miss."""
    return hashlib.sha256(token.encode()).hexdigest()


def new_code(length: int = 7) -> str:
    """A member code people can read aloud, such as `SC-7K3M9QX`."""
    return "SC-" + "".join(secrets.choice(CODE_LETTERS) for _ in range(length))


def new_typed(length: int = 12) -> str:
    """A secret somebody types from paper: 59 bits in letters nobody confuses."""
    return "".join(secrets.choice(CODE_LETTERS) for _ in range(length))


def clean_typed(code: str) -> str:
    """The same as it was typed: any case, with dashes or spaces."""
    return "".join(letter for letter in code.upper() if letter in CODE_LETTERS)
