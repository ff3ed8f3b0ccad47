"""Four statements, each true or false. `options` are the statements, `answer` their list of true/false.

Setting `scoring`:
    ladder (default)   1, 2, 3, 4 right give 100, 250, 500, 1000: the scale of the graduation exam
                       (công văn 7991/BGDĐT-GDTrH, 17/12/2024: 0.1, 0.25, 0.5 and 1 point)
    each               1000 x right statements / statements, rounded down
    all_or_nothing     all right or 0
A statement left open is not right.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from quizzes.engine import Setting
from quizzes.problems import Problem
from quizzes.questions import cells, options
from quizzes.questions.contract import FULL, Choice, Question, Shown, bad_choice, problem, question_type, setting
from quizzes.questions.options import TRUE_AND_FALSE
from quizzes.refusals import N_

LADDER = (0, 100, 250, 500, 1000)
"""The thousandths of the points for so many right statements, from none to all."""
STATEMENTS = len(LADDER) - 1
SETTINGS = {
    "scoring": Setting("choice", "ladder", N_("Cách chấm"), choices=("ladder", "each", "all_or_nothing")),
    "shuffle": options.SHUFFLE,
}


def check(draft: Question) -> list[Problem]:
    found = options.check_options(draft, least=STATEMENTS, most=STATEMENTS)
    answer = draft.get("answer")
    if not found and not (
        isinstance(answer, list) and len(answer) == STATEMENTS and all(isinstance(one, bool) for one in answer)
    ):
        sentence = N_("Đáp án phải là danh sách true/false, mỗi ý một giá trị theo thứ tự viết.")
        found.append(problem(("answer",), "answer_bools", sentence))
    return found


def read(question: Question, shown: Shown, raw: Any) -> Choice:
    """{statement id: bool} of some or all statements, in shown order."""
    known = options.ids(shown)
    if not isinstance(raw, Mapping) or not 1 <= len(raw) <= len(known):
        raise bad_choice()
    if not all(key in known and isinstance(value, bool) for key, value in raw.items()):
        raise bad_choice()
    return {one: raw[one] for one in known if one in raw}


def grade(question: Question, shown: Shown, choice: Choice) -> int:
    at = options.indexes(shown)
    right = sum(question["answer"][at[one]] is said for one, said in choice.items())
    scoring = setting(question, SETTINGS, "scoring")
    if scoring == "each":
        return FULL * right // STATEMENTS
    if scoring == "all_or_nothing":
        return FULL if right == STATEMENTS else 0
    return LADDER[right]


def solution(question: Question, shown: Shown, lang: str) -> dict[str, Any]:
    words = TRUE_AND_FALSE.get(lang, TRUE_AND_FALSE["vi"])
    answer = question["answer"]
    texts = [f"{options.text_of(question, at, lang)} – {words[not answer[at]]}" for _, at in shown]
    return {"choice": {str(option_id): answer[at] for option_id, at in shown}, "texts": texts}


def counts(question: Question, shown: Shown, choices: Iterable[Choice]) -> dict[str, int]:
    """Statement id -> how many judged it right; the sum may exceed the number of people."""
    right = solution(question, shown, "vi")["choice"]
    found = dict.fromkeys(options.ids(shown), 0)
    for choice in choices:
        for one, said in choice.items():
            found[one] += said is right[one]
    return found


def possible(question: Question, shown: Shown) -> list[Choice]:
    right = solution(question, shown, "vi")["choice"]
    one_wrong = {key: said is (place > 0) for place, (key, said) in enumerate(right.items())}
    opposite = {key: not said for key, said in right.items()}
    return [right, opposite, one_wrong, dict.fromkeys(right, True)]


QUESTION_TYPE = question_type(
    globals(),
    "true_false_set",
    N_("Bốn ý đúng hay sai"),
    **options.CHOSEN,
    cell=cells.TRUTHS,
    settings=SETTINGS,
    example={"text": {"vi": "Các ý sau đúng hay sai?"}, "options": options.LETTERED, "answer": [True, False] * 2},
    guide=("Bốn ý ở cột A–D; ghi Đ/S cho từng ý.", "Four statements in A–D; Đ or S for each."),
)
