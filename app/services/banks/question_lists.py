"""Questions beside one another: over all banks by words, and the one before and after in a list."""

from __future__ import annotations

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from app.models.bank import Bank, Question
from app.models.searching import places
from app.services.banks.bank_rights import WORKERS, readable_in
from app.services.banks.own_banks import ORDER, PAGE, RETIRED, QuestionLine, lines_in, wanted_in_list
from app.services.banks.question_words import find_in
from app.services.commit import reading


@reading
def found(db: Session, member_id: int, words: str) -> list[QuestionLine]:
    """Questions of all banks this person sees that have these words, best first; at most a page."""
    allowed = Question.bank_id.in_(select(Bank.id).where(readable_in(db, member_id, WORKERS)))
    return lines_in(db, find_in(db, words, (), [allowed, Question.state != RETIRED])[:PAGE])


@reading
def beside(
    db: Session,
    bank_id: int,
    question_id: int,
    *,
    words: str = "",
    topic: str = "",
    difficulty: int = 0,
    state: str = "",
) -> tuple[int | None, int | None]:
    """The questions before and after this one in the same list; where it has left the list, none."""
    wanted = wanted_in_list(bank_id, topic, difficulty, state)
    if words.strip():
        numbers = find_in(db, words, places(bank_id, state, topic, difficulty), wanted[1:])
    else:
        numbers = list(db.scalars(select(Question.id).where(and_(*wanted)).order_by(*ORDER)))
    if question_id not in numbers:
        return None, None
    at = numbers.index(question_id)
    return (numbers[at - 1] if at else None), (numbers[at + 1] if at + 1 < len(numbers) else None)
