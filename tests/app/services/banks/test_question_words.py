"""Questions found by their words: with marks or without, on both engines, with few statements."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import delete, text

from app.models.bank import QuestionWords
from app.models.engines import database
from app.services.banks import own_banks, question_lists, question_words
from app.services.commit import writing
from app.services.files.containers import write_csv
from tests.app.services.banks.test_own_banks import HEAD, load, row
from tests.app.services.banks.test_own_banks import bank as bank
from tests.app.services.banks.test_own_banks import org as org
from tests.counting import counted
from tests.organisation import Organisation
from tests.people import BINH, DUNG

TEXTS = {
    "dd": "Tài khoản định danh điện tử mức độ 2 là gì?",
    "duong": "Đường dây nóng của cơ quan công an là số nào?",
    "dinh": "Điện thoại định vị tử tế bằng danh bạ nào?",
    "z-dia": "Dinh dưỡng và đường trong sữa?",
}


@pytest.fixture
def filled(org: Organisation, bank: int) -> int:
    rows = [row(said, key) for key, said in TEXTS.items()]
    load(org, bank, write_csv([HEAD, *rows]))
    return bank


def found(bank: int, words: str, **more: Any) -> list[str]:
    return [one.key for one in own_banks.questions(bank, words=words, **more)[0]]


def test_words_are_found_with_marks_and_without_and_the_typed_ones_come_first(filled: int) -> None:
    assert found(filled, "dinh danh dien tu") == ["dd", "dinh"], "side by side before scattered"
    assert found(filled, "ĐỊNH DANH điện tử") == ["dd", "dinh"]
    assert found(filled, "duong") == ["duong", "z-dia"]
    assert found(filled, "DƯỠNG") == ["z-dia", "duong"], "with these marks first"
    assert found(filled, "dien thoa") == ["dinh"], "the last word may be only begun"
    assert found(filled, "duong", difficulty=5) == found(filled, "mặt trăng") == found(filled, "!!! '\" * OR") == []


def test_what_was_changed_or_removed_is_no_longer_found(org: Organisation, filled: int) -> None:
    load(org, filled, write_csv([HEAD, row("Trời xanh vì sao?", "dd")]))
    assert found(filled, "dinh danh dien tu") == ["dinh"] and found(filled, "troi xanh") == ["dd"]


def test_a_search_over_all_banks_shows_only_ones_own(org: Organisation, filled: int) -> None:
    assert [one.key for one in question_lists.found(org.members[BINH], "định danh")] == ["dd", "dinh"]
    assert question_lists.found(org.members[DUNG], "định danh") == []


def test_a_search_takes_few_statements_however_many_are_found(org: Organisation, filled: int) -> None:
    load(org, filled, write_csv([HEAD, *(row(f"Câu định danh thứ {n}?", f"n-{n}") for n in range(120))]))
    with counted() as work:
        assert own_banks.questions(filled, words="định danh")[1] == 122
    assert work.statements <= 6
    with counted() as work:
        question_lists.beside(filled, own_banks.questions(filled)[0][0].id, words="định danh")
    assert work.rows < 2000


@writing
def _forget(db: Any) -> None:
    db.execute(delete(QuestionWords))


def test_questions_of_an_older_version_are_found_after_the_next_start(filled: int) -> None:
    _forget()
    assert found(filled, "duong") == []
    assert question_words.fill() == len(TEXTS) and question_words.fill() == 0
    assert found(filled, "duong") == ["duong", "z-dia"]


def test_the_words_stand_in_an_index(filled: int) -> None:
    with database.engine.connect() as connection:
        if database.is_sqlite:
            connection.execute(text("INSERT INTO found_in_question (found_in_question) VALUES ('integrity-check')"))
        else:
            connection.execute(text("SET enable_seqscan = off"))
            sought = "EXPLAIN SELECT question_id FROM found_in_words WHERE words @@ CAST(:word AS tsquery)"
            plan = connection.execute(text(sought), {"word": "'duong'"})
            assert "found_in_words_words" in " ".join(str(one) for one in plan)
            kept = "SELECT count(*) FROM found_in_words"
            assert connection.scalar(text(kept)) == len(TEXTS)
            connection.execute(text("DELETE FROM question_words"))
            assert connection.scalar(text(kept)) == 0
