"""The name that strangers may read in place of a person's, and the age under which a person is a child."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from app.models.people import Member
from quizzes.text import fold

GUARDED_UNTIL = 16
"""Under this age a guardian has to agree (children's law 2016). Only the year of birth is known, so a
person counts as a child through the whole year in which the difference of years is below it."""

VIETNAM = timedelta(hours=7)


def this_year() -> int:
    """The year in Viet Nam."""
    return (datetime.now(UTC) + VIETNAM).year


def is_child(birth_year: int | None) -> bool:
    """True when a guardian has to agree. An unknown year counts as grown up: lists of members have gaps."""
    return birth_year is not None and this_year() - birth_year < GUARDED_UNTIL


def initials(name: str) -> str:
    """`Nguyễn Văn An` -> `N.V.A.`"""
    return "".join(f"{word[0].upper()}." for word in name.split() if word[0].isalnum()) or "?"


def reveals(nickname: str, name: str) -> bool:
    """True when a nickname tells the real name: it is the name, a part of it, contains all of it, or is made of its
    words and initials alone, in whatever order. Only letters count: signs and years beside them hide nothing."""
    called, real = _words(nickname), _words(name)
    one, other = "".join(called), "".join(real)
    if not one or not other:
        return False
    return one in other or other in one or _made_of(one, real) or _abridges(called, real)


def _words(text: str) -> list[str]:
    return "".join(letter if letter.isalpha() else " " for letter in fold(text)).split()


def _made_of(letters: str, words: list[str]) -> bool:
    """True when the letters are words of these, one after another."""
    reached = {0}
    for at in range(len(letters)):
        if at in reached:
            reached |= {at + len(word) for word in words if letters.startswith(word, at)}
    return len(letters) in reached


def _abridges(called: list[str], real: list[str]) -> bool:
    """True for "N. V. An": initials alone are what strangers read anyway."""
    initial = {word[0] for word in real}
    return any(word in real and len(word) > 1 for word in called) and all(
        word in real or word in initial for word in called
    )


def public_name(name: str, nickname: str, birth_year: int | None, agreed: bool) -> str:
    """The name with consent; a child is never named: nickname or initials. A nickname that tells the name is none,
    except where nothing else is known of a child yet."""
    if agreed and not is_child(birth_year):
        return name
    nameless = nickname == name and is_child(birth_year)
    return nickname if nickname and (nameless or not reveals(nickname, name)) else initials(name)


def refresh_public_name(member: Member, agreed: bool) -> None:
    if member.erased_at is None:
        member.public_name = public_name(member.name, member.nickname, member.birth_year, agreed)
