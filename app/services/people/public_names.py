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
    """True when a nickname tells the real name: it is the name, a part of it, or contains all of it."""
    called, real = (fold(one).replace(" ", "") for one in (nickname, name))
    return bool(called and real) and (called in real or real in called)


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
