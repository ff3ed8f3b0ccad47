"""Reads the text of a setting: each function gives a value, or raises ValueError with what is needed instead."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo


def number(low: int, high: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not text.isascii() or not text.isdigit() or not low <= int(text) <= high:
            raise ValueError(f"a whole number from {low} to {high} is needed, not {text!r}")
        return int(text)

    return read


def one_of(*words: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text not in words:
            raise ValueError(f"one of {', '.join(words)} is needed, not {text!r}")
        return text

    return read


def address(*schemes: str) -> Callable[[str], str]:
    """An address with one of these schemes. The value is never repeated: it may hold a password."""

    def read(text: str) -> str:
        if urlsplit(text).scheme not in schemes:
            raise ValueError(f"an address beginning with {' or '.join(s + '://' for s in schemes)} is needed")
        return text

    return read


def file(text: str) -> Path:
    """A file that is there and can be read; its whole path, as other processes read it too."""
    path = Path(text).resolve()
    try:
        path.open("rb").close()
    except OSError as problem:
        raise ValueError(f"a file that can be read is needed: {text!r}, {problem.strerror}") from None
    return path


def database(text: str) -> str:
    text = re.sub(r"^postgres://", "postgresql://", text)
    return address("sqlite", "postgresql", "postgresql+psycopg")(text)


def origin(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path.strip("/") or parts.query:
        raise ValueError(f"an address such as https://sanchoi.example without a path is needed, not {text!r}")
    return f"{parts.scheme}://{parts.netloc}"


def web_addresses(text: str) -> tuple[str, ...]:
    """Addresses of machines. They are not repeated in the message: a path may hold a secret."""
    found = tuple(text.split())
    if not all(map(_is_web_address, found)):
        raise ValueError("addresses such as http://10.0.0.5:8888/press, separated by blanks, are needed")
    return found


def _is_web_address(text: str) -> bool:
    """True for one that can be asked as it stands: no user, no fragment, no letters that an address does not have."""
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        return False
    plain = text.isascii() and text.isprintable() and "@" not in parts.netloc and "\\" not in text
    return plain and parts.scheme in ("http", "https") and bool(parts.hostname) and port != 0 and not parts.fragment


def issuer(text: str) -> str:
    parts = urlsplit(text)
    local = parts.hostname in ("127.0.0.1", "localhost", "::1")
    if (
        not parts.hostname
        or parts.query
        or parts.fragment
        or not (parts.scheme == "https" or (parts.scheme == "http" and local))
    ):
        raise ValueError(f"an address such as https://id.example is needed, not {text!r}")
    return text


def host(text: str) -> str:
    if not re.fullmatch(r"[0-9A-Za-z.:\-]+", text):
        raise ValueError(f"an IP address or host name is needed, not {text!r}")
    return text


def mailbox(text: str) -> str:
    if not re.fullmatch(r"[^@\s<>]{1,64}@[^@\s<>]+", text):
        raise ValueError(f"an address such as no-reply@sanchoi.example is needed, not {text!r}")
    return text


def zone(text: str) -> str:
    try:
        ZoneInfo(text)
    except (KeyError, ValueError, OSError):
        raise ValueError(f"a time zone such as Asia/Ho_Chi_Minh is needed, not {text!r}") from None
    return text


def secret(text: str) -> str:
    if len(text) < 16:
        raise ValueError("at least 16 characters are needed")
    return text
