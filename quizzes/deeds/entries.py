"""Checks the note of a deed. A phone may send it days later: the day is the person's word, the rest is ours."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from quizzes.deeds.kinds import DONE, Kind
from quizzes.refusals import N_, Rejected
from quizzes.text import visible

OLDEST = timedelta(days=30)
LATE = timedelta(days=3)
"""How long after its day a deed may be noted and still count at once; a later one waits for an organiser's look."""
LONGEST_NOTE = 200  # characters of a note
CLIENT_ID = re.compile(r"[A-Za-z0-9_.-]{8,40}")
MOST_SENT = 500
"""The most entries that one request may send: a long day of a whole family of phones."""

SIGNS: dict[str, str] = {
    "late": N_("Gửi muộn hơn 3 ngày"),
    "many": N_("Hơn 30 việc trong một ngày"),
    "over_card": N_("Thẻ người có uy tín đã hết hạn khi gửi"),
    "revoked_card": N_("Thẻ người có uy tín đã bị thu hồi"),
    "same_words": N_("Cùng một ghi chú ở năm việc trở lên"),
}
"""sign -> the reason for a look at a deed before it counts; only organisers read it."""

MANY, SAME_WORDS = 30, 5
"""The number of deeds of one day (MANY) and of deeds with the same words (SAME_WORDS) above which an organiser looks
before they count."""


@dataclass(frozen=True)
class Entry:
    """One deed as a phone or a form sends it."""

    client_id: str
    kind: str
    step: str
    day: date
    count: int = 1
    note: str = ""
    place: str = ""
    partner: str = ""
    """The code of the respected local person, as scanned."""
    team: str = ""
    """The public number of the team whose deed it is; "" for the member's own."""


def checked(one: Entry, kinds: Mapping[str, Kind], today: date) -> Entry:
    """The entry with tidied words, or Rejected: the kind, the day, the number, the words, a missing partner."""
    kind = kinds.get(one.kind)
    if kind is None or kind.step(one.step or DONE) is None:
        raise Rejected("deed_kind", field="kind")
    if not CLIENT_ID.fullmatch(one.client_id):
        raise Rejected("bad_request", field="id")
    if not today - OLDEST <= one.day <= today + timedelta(days=1):  # a phone east of us is a day ahead
        raise Rejected("deed_day", field="day")
    if not 1 <= one.count <= kind.most:
        raise Rejected("deed_count", field="count", most=kind.most)
    note, place = words(one.note, "note"), words(one.place, "place", 80)
    if kind.paired and not one.partner:
        raise Rejected("deed_partner", field="partner")
    return Entry(
        one.client_id, one.kind, one.step or DONE, min(one.day, today), one.count, note, place, one.partner, one.team
    )


def words(text: str, field: str, most: int = LONGEST_NOTE) -> str:
    """Words about a deed. A number as long as a telephone's or an identity paper's is refused: nobody's is kept."""
    said = visible(text)[: most + 1]
    if len(said) > most:
        raise Rejected("deed_words", field=field, most=most)
    if re.search(r"(?:\d[\s.\-–]?){9,}", said):
        raise Rejected("deed_number", field=field)
    return said
