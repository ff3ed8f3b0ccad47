"""Every message of the live protocol, both ways, in one file; what they mean is written in docs/protocol.md.

Clients ignore fields they do not know, so messages can grow; nothing here is ever renamed.
"""

from __future__ import annotations

import re
from typing import Any, Literal, TypeVar

import msgspec
from msgspec import UNSET, Struct, UnsetType

from quizzes.refusals import Rejected

PATH = "socket.io"
NAMESPACE = "/live"

# --- client to server ------------------------------------------------------------------------------


class Connect(Struct):
    """The auth of a connection."""

    ticket: str
    lang: str | None = None
    screen: str | None = None
    """A key that a browser of those who run the show has made itself and keeps; and what its address says it shows."""
    view: str | None = None


class Answer(Struct):
    """One choice for one opening. A repeated `id` repeats its answer."""

    no: int
    choice: Any
    id: str


class Act(Struct):
    """A command besides answering. With `v`, refused as `stale` when the show has moved on since."""

    do: str
    id: str
    args: dict[str, Any] = {}
    v: int | None = None


class Sync(Struct):
    """Asks for the state of the show. `v` is the version that the client has."""

    v: int = 0


class Join(Struct):
    """POST /live/join."""

    pin: str = ""
    name: str = ""
    device: str = ""
    team: str | None = None
    unit: str | None = None
    lang: str | None = None
    code: str | None = None
    key: str | None = None
    """The key `k` in the QR's address: with it the PIN is not taken for a guess."""
    ask_host: bool = False
    """The name is taken and the seat is mine: ask the host. Answered 202 `asked_host`; ask again until 200."""
    another: bool = False
    """The name is taken, and I am somebody else of that name: I shall be called with a number."""
    watch: bool = False
    """I came to look on: I am asked nothing but what the audience is asked."""
    show: str | None = None
    """Without a PIN: the show in which this device has a seat already."""
    ticket: str | None = None
    """The same by a ticket whose time is over."""


# --- server to client ------------------------------------------------------------------------------


class Screen(Struct):
    """One complete screen of a role, group and language. The newest `v` wins."""

    v: int
    html: str
    data: dict[str, Any]


class Last(Struct):
    """The result of the last revealed opening."""

    no: int
    points: float
    right: bool


class Me(Struct, omit_defaults=True):
    """One seat's own part of the screen. Results are as of the last `revealed`."""

    v: int
    role: str
    group: str | UnsetType = UNSET
    score: float | UnsetType = UNSET
    rank: int | UnsetType | None = UNSET
    of: int | UnsetType = UNSET
    answered: bool | UnsetType = UNSET
    choices: dict[str, Any] | UnsetType = UNSET
    last: Last | UnsetType | None = UNSET
    team: str | UnsetType = UNSET
    code: str | UnsetType = UNSET
    elsewhere: bool | UnsetType = UNSET


class Bye(Struct):
    """Said before a connection is cut."""

    code: Literal["kicked", "over", "slow", "signed_out"]


class GoingDown(Struct):
    """Reconnect after a random time in [0, spread_s]."""

    spread_s: float


M = TypeVar("M", Connect, Answer, Act, Sync, Join)
S = TypeVar("S", bound=Struct)

UNSTORABLE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]").search
"""Finds characters that no database takes (NUL, half an emoji) or no program sends: one such line would undo a whole
group."""
NOT_TEXT = re.compile("[\x00\ud800-\udfff]").search
"""The same of what a person may have typed over several lines, anywhere in the arguments of a command."""
CLEANED_LATER = frozenset(("name", "choice"))
"""The fields that people type: a name is cleaned, a choice is judged by its question type."""


def convert(kind: type[S], data: Any) -> S:
    """Data from a stranger as its type, with text that can be stored, or Rejected("bad_request")."""
    try:
        message = msgspec.convert(data, kind)
    except (msgspec.ValidationError, RecursionError, UnicodeEncodeError):  # the last: half an emoji as a name
        raise Rejected("bad_request") from None
    for name in kind.__struct_fields__:
        value = getattr(message, name)
        if isinstance(value, str) and name not in CLEANED_LATER and UNSTORABLE(value):
            raise Rejected("bad_request")
    return message


def read(kind: type[M], data: Any) -> M:
    """A message of a show from a stranger as its type, or Rejected: bad_request, not_open."""
    message = convert(kind, data)
    if isinstance(message, Answer | Act) and not 8 <= len(message.id) <= 64:
        raise Rejected("bad_request")
    if isinstance(message, Act) and not _is_text(message.args):
        raise Rejected("bad_request")
    if isinstance(message, Answer) and not 0 < message.no < 2**31:
        raise Rejected("not_open")
    return message


def _is_text(value: Any) -> bool:
    """True when every text in here can be stored. Messages are read with a bound on their depth."""
    if isinstance(value, dict):
        return all(_is_text(key) and _is_text(item) for key, item in value.items())
    if isinstance(value, list):
        return all(map(_is_text, value))
    return not isinstance(value, str) or not NOT_TEXT(value)
