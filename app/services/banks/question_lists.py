"""Questions beside one another: over all banks by words, and the one before and after in a list."""

from __future__ import annotations

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from app.models.bank import Question
from app.services.banks.own_banks import ORDER, PAGE, QuestionLine, lines_in, wanted_in_list
from app.services.banks.question_words import NOT_USED, find_in, find_in_bank
from app.services.banks.rights import WORKERS, readable_places_in
from app.services.commit import reading


@reading
def found(db: Session, member_id: int, words: str) -> list[QuestionLine]:
    """Questions of all banks this person sees that have these words, best first; at most a page."""
    numbers = find_in(db, words, readable_places_in(db, member_id, WORKERS), without=NOT_USED)
    return lines_in(db, numbers[:PAGE])


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
        numbers = find_in_bank(db, words, bank_id, topic, difficulty, state)
    else:
        numbers = list(db.scalars(select(Question.id).where(and_(*wanted)).order_by(*ORDER)))
    if question_id not in numbers:
        return None, None
    at = numbers.index(question_id)
    return (numbers[at - 1] if at else None), (numbers[at + 1] if at + 1 < len(numbers) else None)
