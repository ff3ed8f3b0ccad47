"""Measures what a campaign taught, from a contest before it and one after it: for its organisers, by chapter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from app.models.bank import Bank, Question
from app.models.contests import Attempt, ContestQuestion
from app.models.people import Chapter
from app.services.apart import apart
from app.services.commit import breathe, reading
from app.services.contests.contests import frozen
from app.services.contests.results.stored_attempts import attempts_in, rulings_in
from quizzes.contest.desk.gain import Gain, gain, matched, share, told
from quizzes.contest.results.grading import marks

SLICE = 100  # tries read at once
Papers = dict[int, tuple[int | None, Mapping[str, int]]]
"""Member -> (home chapter on that day, question -> share right) of the paper that counts."""


@dataclass(frozen=True)
class Learned:
    """`secret`: no question of a pair stands in a public bank. `few`: chapters without a figure, as it would be that of
    few people, or would tell theirs."""

    pairs: int
    secret: bool
    both: int
    whole: Gain | None
    chapters: list[tuple[str, Gain]]
    few: int


def learned(before: int, after: int) -> Learned:
    """The people who took both contests, on questions that are matched."""
    pairs = matched(frozen(before).paper, frozen(after).paper)
    first, second = dict(_papers(before)), dict(_papers(after))
    people = apart(_people, pairs, first, second)
    by_chapter: dict[int, list[tuple[float, float]]] = {}
    for chapter, one in people:
        by_chapter.setdefault(chapter, []).append(one)
    named = told({chapter: len(found) for chapter, found in by_chapter.items()})
    names = _names(named)
    figures = [(names.get(chapter, ""), made) for chapter in named if (made := gain(by_chapter[chapter]))]
    return Learned(
        len(pairs),
        not pairs or _secret([(before, one) for one, _ in pairs] + [(after, one) for _, one in pairs]),
        len(people),
        gain([one for _, one in people]),
        sorted(figures, key=lambda one: -one[1].gain),
        len(by_chapter) - len(figures),
    )


def _people(pairs: list[tuple[str, str]], first: Papers, second: Papers) -> list[tuple[int, tuple[float, float]]]:
    """(chapter on the second day, (share before, share after)) of everybody who was asked enough on both days."""
    asked = [one for one, _ in pairs], [one for _, one in pairs]
    found = []
    for member, (chapter, rights) in second.items():
        if member in first and chapter is not None:
            shares = share(first[member][1], asked[0]), share(rights, asked[1])
            if shares[0] is not None and shares[1] is not None:
                found.append((chapter, (shares[0], shares[1])))
    return found


def _papers(contest_id: int) -> Iterator[tuple[int, tuple[int | None, Mapping[str, int]]]]:
    last = 0
    while part := _slice(contest_id, last):
        yield from ((member, paper) for _, member, paper in part)
        last = part[-1][0]
        breathe()


@reading
def _slice(db: Session, contest_id: int, after: int) -> list[tuple[int, int, tuple[int | None, Mapping[str, int]]]]:
    contest, rulings = frozen(contest_id), rulings_in(db, contest_id)
    mine = Attempt.contest_id == contest_id, Attempt.counted.is_(True), Attempt.cancelled.is_(False), Attempt.no > after
    query = select(Attempt).where(*mine).order_by(Attempt.no).limit(SLICE)
    return [
        (one.no, one.member, (one.chapter, marks(one, contest.paper, rulings, contest.rules.marking).rights))
        for _, one in attempts_in(db, query)
    ]


@reading
def _secret(db: Session, asked: list[tuple[int, str]]) -> bool:
    for contest in {number for number, _ in asked}:
        keys = [key for number, key in asked if number == contest]
        query = select(Bank.id).join(Question, Question.bank_id == Bank.id)
        query = query.join(ContestQuestion, ContestQuestion.question_id == Question.id)
        wanted = ContestQuestion.contest_id == contest, ContestQuestion.key.in_(keys), Bank.public.is_(True)
        if db.scalar(select(exists(query.where(*wanted)))):
            return False
    return True


@reading
def _names(db: Session, chapters: list[int]) -> dict[int, str]:
    rows = db.execute(select(Chapter.id, Chapter.name).where(Chapter.id.in_(chapters)))
    return {one.id: one.name for one in rows}
