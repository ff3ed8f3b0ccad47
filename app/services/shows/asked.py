"""The questions of a show: named or written in its script, or drawn from the banks its host may take from."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from app.services.banks import banks
from app.services.people.chapters import ids_of, path_of_chapter
from quizzes.draws import Draws
from quizzes.formats import FORMATS
from quizzes.problems import Problem
from quizzes.refusals import N_
from quizzes.script import questions_of, unfit
from quizzes.siblings import apart, unit

POINTS, NONE, REHEARSAL = "points", "none", "rehearsal"
"""The stakes of a show: its points go to the ledger; no points and no prizes; a rehearsal, which leaves nothing."""
NOT_APPROVED = N_(
    "Câu này chưa được duyệt hoặc đã hết hiệu lực: chỉ dùng được khi tập dượt, hoặc trong chương trình của chính cơ sở "
    "không tính điểm và không trao giải."
)


class BadScript(ValueError):
    """A script that cannot be played, with every problem found and its place."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("; ".join(self.lines(str, problems)))
        self.problems = problems

    def lines(self, translated: Callable[[str], str], problems: Sequence[Problem] = ()) -> list[str]:
        """One line for each problem: where it is in the script, and what is wrong."""
        return [
            f"{'.'.join(map(str, one.path))}: {translated(one.sentence) % dict(one.about)}"
            for one in problems or self.problems
        ]


@dataclass(frozen=True)
class Asker:
    """For whom and for what questions are taken. `unreviewed`: also such as nobody has approved."""

    host_id: int | None
    chapter_id: int | None
    stakes: str
    unreviewed: bool

    def may_ask(self, one: banks.Drawable) -> bool:
        """True when this question may be asked: a show without points may also ask unapproved ones of its own
        chapter."""
        if one.settled or (self.unreviewed and self.stakes != NONE):
            return True
        path = path_of_chapter(self.chapter_id) if self.chapter_id and self.stakes == NONE else None
        return path is not None and one.chapter_id in ids_of(path)


def draw_rounds(script: Mapping[str, Any], seed: str, asker: Asker) -> tuple[list[list[dict[str, Any]]], set[int]]:
    """The questions of each round, and the numbers of those that come from banks. Named ones come first, so that
    none of them, and no sibling of theirs, is drawn beside them."""
    used: dict[str, int | None] = {}
    parts = list(enumerate(script["rounds"]))
    rounds = {index: _given(part, used, index, asker) for index, part in parts if part.get("questions")}
    for index, part in parts:
        if index not in rounds:
            asked = {unit(one) for questions in rounds.values() for one in questions if one.get("siblings")}
            rounds[index] = _drawn(part, seed, used, asked, index, asker.host_id)
    return [rounds[index] for index in sorted(rounds)], {number for number in used.values() if number is not None}


def _refuse_unreviewed(given: Sequence[Any], needs_answer: bool, index: int) -> None:
    """Raises BadScript for an unreviewed question where answers are needed: a key that only its writer has seen decides
    no points."""
    at = next((at for at, one in enumerate(given) if needs_answer and not isinstance(one, str)), None)
    if at is not None:
        raise BadScript([Problem(("rounds", index, "questions", at), "not_approved", NOT_APPROVED)])


def _given(part: Mapping[str, Any], used: dict[str, int | None], index: int, asker: Asker) -> list[dict[str, Any]]:
    """Questions named by the script, or written in it. `used` grows: question id -> its number in the banks."""
    given = questions_of(part)
    if not asker.unreviewed:
        _refuse_unreviewed(given, FORMATS[part["format"]].needs_answer, index)
    known = banks.by_keys([one for one in given if isinstance(one, str)], asker.host_id)
    missing = [one for one in given if isinstance(one, str) and one not in known]
    if missing:
        sentence = N_("Không có câu hỏi %(missing)s trong các ngân hàng.")
        raise BadScript(
            [Problem(("rounds", index, "questions"), "no_such_question", sentence, {"missing": ", ".join(missing)})]
        )
    asked = [key for key, one in known.items() if one.in_contest]
    if asked:
        sentence = N_("Câu hỏi %(asked)s đang dùng trong một cuộc thi chưa kết thúc.")
        raise BadScript(
            [Problem(("rounds", index, "questions"), "in_a_contest", sentence, {"asked": ", ".join(asked)})]
        )
    for at, one in enumerate(given):
        if isinstance(one, str) and not asker.may_ask(known[one]):
            raise BadScript([Problem(("rounds", index, "questions", at), "not_approved", NOT_APPROVED)])
    used.update({str(one["id"]): None for one in given if not isinstance(one, str) and "id" in one})
    used.update({key: one.id for key, one in known.items()})
    asked_now = [known[one].question if isinstance(one, str) else dict(one) for one in given]
    if wrong := list(unfit(part, asked_now)):
        raise BadScript([replace(one, path=("rounds", index, *one.path)) for one in wrong])
    return asked_now


def _drawn(
    part: Mapping[str, Any], seed: str, used: dict[str, int | None], asked: set[str], index: int, host_id: int | None
) -> list[dict[str, Any]]:
    """Questions drawn from the host's banks; what an open contest asks is passed over, and siblings of what the show
    asks already (`asked`)."""
    wanted = dict(part["draw"])
    count, rising = wanted.pop("count"), wanted.pop("rising", False)
    found = banks.candidates(**wanted, host_id=host_id)
    fits = [one for one in found if not list(FORMATS[part["format"]].problems(one.question))]
    free = {str(one.question["id"]): one for one in fits if not one.in_contest and one.question["id"] not in used}
    lone = apart([one.question for one in free.values()], Draws(seed, "siblings", str(index)), asked)
    pool = [free[str(question["id"])] for question in lone]
    if len(pool) < count:
        about = {"part": index + 1, "count": count, "found": len(pool), "busy": sum(one.in_contest for one in found)}
        sentence = N_("Phần %(part)s cần %(count)s câu, các ngân hàng đã chọn chỉ có %(found)s câu dùng được.")
        if about["busy"]:
            sentence = N_(
                "Phần %(part)s cần %(count)s câu, các ngân hàng đã chọn chỉ có %(found)s câu dùng được; "
                "%(busy)s câu khác đang dùng trong cuộc thi chưa kết thúc."
            )
        raise BadScript([Problem(("rounds", index, "draw"), "too_few", sentence, about)])
    drawn = Draws(seed, "questions", str(index)).sample(pool, count)
    used.update({str(one.question["id"]): one.id for one in drawn})
    if rising:
        drawn.sort(key=lambda one: one.question["difficulty"])
    return [one.question for one in drawn]
