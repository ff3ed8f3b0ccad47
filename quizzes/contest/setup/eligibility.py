# ruff: noqa: RUF009  (fields declare themselves by calls)
"""The right to take part, as data: conditions that must all hold, people who are barred, divisions."""

from __future__ import annotations

from dataclasses import dataclass

from quizzes.refusals import N_
from quizzes.settings.fields import Span, flag, names, numbers, span


@dataclass(frozen=True)
class Person:
    """The facts about a person on the day of the attempt. `chapters` leads from the root to the home chapter."""

    member: int
    chapters: tuple[int, ...]
    kinds: frozenset[str] = frozenset()
    """The kinds of those chapters."""
    birth_year: int | None = None
    groups: frozenset[str] = frozenset()
    """The groups that the person claims or the organiser recorded: "official", "citizen", "pupil"."""
    organises: bool = False
    """True for a person who runs this contest: organiser, examiner, secretariat, technical staff."""
    wrote: frozenset[str] = frozenset()
    """Ids of questions this person wrote or reviewed."""


@dataclass(frozen=True)
class Condition:
    """The conditions for taking part. An empty one allows everybody; all that are given must hold."""

    chapters: tuple[int, ...] = numbers(N_("Thuộc các cơ sở Đoàn (kể cả cấp dưới)"))
    kinds: tuple[str, ...] = names(N_("Thuộc loại cơ sở"))
    ages: Span = span(N_("Tuổi, tính theo năm"), 5, 120)
    born: Span = span(N_("Năm sinh"), 1900, 2100)
    groups: tuple[str, ...] = names(N_("Nhóm đối tượng"))


@dataclass(frozen=True)
class Barred:
    """The people who never take part, whatever else holds: every real rule set bars its organisers."""

    organisers: bool = flag(True, N_("Ban tổ chức, ban đề thi, thư ký, kỹ thuật"))
    authors: bool = flag(True, N_("Người viết hoặc duyệt câu hỏi của cuộc thi"))
    chapters: tuple[int, ...] = numbers(N_("Cơ sở Đoàn không được dự thi"))
    members: tuple[int, ...] = numbers(N_("Người không được dự thi"))


@dataclass(frozen=True)
class Refusal:
    """The reason for a refusal: a stable code and the part of the condition that failed."""

    code: str
    part: str = ""


def unmet(who: Condition, person: Person, year: int) -> Refusal | None:
    """The first part that does not hold. Age is that of the calendar year: only birth years are kept."""
    if who.chapters and not set(who.chapters) & set(person.chapters):
        return Refusal("not_eligible", "chapters")
    if who.kinds and not set(who.kinds) & person.kinds:
        return Refusal("not_eligible", "kinds")
    if who.groups and not set(who.groups) & person.groups:
        return Refusal("not_eligible", "groups")
    if any(bound is not None for bound in (*who.ages, *who.born)):
        if person.birth_year is None:
            return Refusal("birth_year_needed", "born")
        if not _inside(who.born, person.birth_year):
            return Refusal("not_eligible", "born")
        if not _inside(who.ages, year - person.birth_year):
            return Refusal("not_eligible", "ages")
    return None


def barred(bars: Barred, person: Person, questions: frozenset[str]) -> Refusal | None:
    """`questions`: ids of every question the contest may ask."""
    if bars.organisers and person.organises:
        return Refusal("barred", "organisers")
    if bars.authors and questions & person.wrote:
        return Refusal("barred", "authors")
    if set(bars.chapters) & set(person.chapters):
        return Refusal("barred", "chapters")
    if person.member in bars.members:
        return Refusal("barred", "members")
    return None


def _inside(bounds: Span, value: int) -> bool:
    low, high = bounds
    return (low is None or low <= value) and (high is None or value <= high)
