"""The typed values of a form, and their faults."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar
from urllib.parse import urlsplit

from flask import flash, request

from app import typed
from app.errors import sentence, status_of
from app.security import headers
from quizzes.refusals import Rejected

T = TypeVar("T")


class Form:
    """The values of a form: those sent, else the given ones. Refusals become sentences beside their fields."""

    def __init__(self, **initial: Any) -> None:
        self.sent = request.method == "POST"
        self.initial = initial
        self.errors: dict[str, str] = {}
        self.status = 200
        self.refusal: Rejected | None = None

    def __getitem__(self, name: str) -> str:
        """The text of a field as typed, without spaces around it."""
        value = request.form.get(name, "") if self.sent else self.initial.get(name)
        return "" if value is None else str(value).strip()

    def secret(self, name: str) -> str:
        """A password, exactly as typed. Rejected: overheard, where others could have read it on its way."""
        typed = request.form.get(name, "")
        if typed and headers.overheard(headers.settings()):
            raise Rejected("overheard", field=name)
        return typed

    def ticked(self, name: str) -> bool:
        return bool(request.form.get(name)) if self.sent else bool(self.initial.get(name))

    def number(self, name: str, code: str = "bad_request", **about: object) -> int | None:
        """A whole number, None where nothing was typed; else refuses with `code`, and `about` for its sentence."""
        text = self[name]
        if not text:
            return None
        if not (text.isascii() and text.isdigit() and len(text) < 16):
            raise Rejected(code, **{"field": name, **about})
        return int(text)

    def day(self, name: str) -> date | None:
        """A date as the browser's own field sends it."""
        try:
            return date.fromisoformat(self[name]) if self[name] else None
        except ValueError:
            raise Rejected("bad_dates", field=name) from None

    def accepted(self, work: Callable[[], Any]) -> bool:
        """Do the work of a sent form; False if it was not sent or was refused, with the reason kept."""
        return self.made(lambda: work() or True) is not None

    def made(self, work: Callable[[], T]) -> T | None:
        """The outcome of a sent form's work, such as the address of what it made; None as `accepted` says False."""
        if not self.sent:
            return None
        try:
            return work()
        except Rejected as refusal:
            self.refuse(refusal)
            return None

    def refuse(self, refusal: Rejected) -> None:
        """Keep a refusal as the sentence beside its field."""
        self.refusal = refusal
        self.errors[str(refusal.about.get("field", ""))] = sentence(refusal.code, **refusal.about)
        self.status = 429 if status_of(refusal.code) == 429 else 422

    def tell(self) -> None:
        """Say on the next page why nothing came of the form. Where words would be lost on the way there the refusal is
        raised: its page keeps them."""
        if self.refusal is None:
            return
        if typed.words():
            raise self.refusal
        flash(next(iter(self.errors.values())), "bad")


def safe_next(address: str | None, otherwise: str) -> str:
    """The address to go on to: one of our own, never one somebody slipped into a link."""
    if not address or not address.startswith("/") or address[1:2] in ("/", "\\") or "\\" in address:
        return otherwise
    if any(ord(ch) < 32 for ch in address):  # a browser leaves some of these out, and so does `urlsplit`
        return otherwise
    parts = urlsplit(address)
    return otherwise if parts.scheme or parts.netloc else address
