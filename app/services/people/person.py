"""A person as a form or a file describes them, and the checks of it."""

from __future__ import annotations

from dataclasses import dataclass

from app.services.people.public_names import reveals, this_year
from quizzes import text
from quizzes.refusals import Rejected
from quizzes.text import visible

OLDEST = 1900  # the earliest year of birth


@dataclass(frozen=True)
class Person:
    """A person as a form or a file describes them."""

    name: str
    birth_year: int | None = None
    code: str = ""
    nickname: str = ""


def clean_name(name: str) -> str:
    """A person's name with single spaces, or Rejected."""
    name = visible(name)
    if not 2 <= len(name) <= 100 or not any(map(str.isalpha, name)):
        raise Rejected("person_name", field="name")
    return name


MOST_DIGITS = 5  # in a name: more are a phone or an identity number


def clean_own_name(name: str) -> str:
    """A name as a person without an account writes it: never with a phone or an identity number, or Rejected."""
    if sum(map(str.isdigit, name)) > MOST_DIGITS:
        raise Rejected("name_no_number", field="name")
    return clean_name(name)


def clean_birth_year(year: int | None) -> int | None:
    """A year a living member can be born in, or Rejected."""
    if year is not None and not OLDEST <= year <= this_year() - 5:
        raise Rejected("birth_year", field="birth_year")
    return year


def clean_nickname(nickname: str, name: str) -> str:
    """A name to be called by that does not tell the real one, empty for none; or Rejected."""
    if not nickname.strip():
        return ""
    if reveals(nickname, name):
        raise Rejected("nickname_is_name", field="nickname")
    return text.clean_name(nickname)


def is_code(code: str) -> bool:
    """True when this can be a member code: never an e-mail address, nor the text that replaces an erased person's."""
    return len(code) <= 40 and "@" not in code and not code.startswith("#")
