"""Questions that may be one: by text and key, in three classes."""

from __future__ import annotations

from typing import Any

import pytest

from app.services.banks.duplicates import OTHER_KEY, PARAPHRASE, SAME, pairs
from tests.contests import shipped


def asked(text: str, *options: str, answer: Any = 0) -> dict[str, Any]:
    if not options:
        return {"id": "x", "type": "number", "text": {"vi": text}, "answer": answer}
    return {
        "id": "x",
        "type": "single",
        "text": {"vi": text},
        "options": [{"text": {"vi": one}} for one in options],
        "answer": answer,
    }


BANKS = {one["id"]: one for key in ("digital-day", "transition-749") for one in shipped(key).drafts}
EGDI = ("qd749-egdi-2025", "qd749-egdi-2030", "qd749-gii")
DIFFERENT = {
    "five members, at least two": [BANKS["to-cns-da-nang-so-nguoi"], BANKS["to-cns-da-nang-doan-vien"]],
    "a law of 2018, a law of 2025": [
        asked("Luật An ninh mạng năm 2018 có hiệu lực từ ngày nào?", "01/01/2019", "01/07/2019"),
        asked("Luật An ninh mạng năm 2025 có hiệu lực từ ngày nào?", "01/07/2026", "01/01/2027"),
    ],
    **{f"{one}, {other}": [BANKS[one], BANKS[other]] for one, other in zip(EGDI, EGDI[1:] + EGDI[:1], strict=True)},
    "one stem, other options": [
        asked("Phát biểu nào sau đây đúng?", "a1", "a2", "a3"),
        asked("Phát biểu nào sau đây đúng?", "b1", "b2", "b3", answer=1),
    ],
}


@pytest.mark.parametrize("both", DIFFERENT.values(), ids=DIFFERENT)
def test_different_questions_in_the_same_words_are_never_taken_for_one(both: list[dict[str, Any]]) -> None:
    assert {one.kind for one in pairs(both)} <= {OTHER_KEY}


def test_the_same_words_with_another_key_are_a_class_of_their_own() -> None:
    for name in ("a law of 2018, a law of 2025", "one stem, other options"):
        assert [one.kind for one in pairs(DIFFERENT[name])] == [OTHER_KEY]
    assert {one.kind for one in pairs([BANKS[name] for name in EGDI[:2]])} == {OTHER_KEY}


def test_one_question_twice_is_the_same_whatever_its_case_marks_order_and_signs() -> None:
    one = asked("Số định danh cá nhân gồm bao nhiêu chữ số?", "12", "10", "9")
    other = asked("SO DINH DANH CÁ NHÂN gồm bao nhiêu chữ số", "9", "12", "10", answer=1)
    assert [(pair.kind, pair.score) for pair in pairs([one, other])] == [(SAME, 100)]


def test_another_way_to_ask_for_the_same_is_a_paraphrase() -> None:
    one = asked("Số định danh cá nhân của công dân gồm bao nhiêu chữ số?", "12", "10", "9")
    other = asked("Số định danh cá nhân của mỗi công dân Việt Nam có bao nhiêu chữ số?", "11", "12", "10", answer=1)
    assert [pair.kind for pair in pairs([one, other])] == [PARAPHRASE]
    assert pairs([one, asked("Ngày Chuyển đổi số quốc gia là ngày nào?", "12", "10", "9")]) == []


def test_every_question_of_the_banks_beside_a_copy_finds_its_copy() -> None:
    some = list(BANKS.values())
    found = {
        pair.one
        for pair in pairs([*some, *some], most=10**6)
        if pair.kind == SAME and pair.other == pair.one + len(some)
    }
    assert found == set(range(len(some)))
