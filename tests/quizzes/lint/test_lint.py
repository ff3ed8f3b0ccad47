"""The linter finds what a careful editor would, and the shipped banks pass it."""

from pathlib import Path

import pytest

from app.services.files.opening.yaml_tree import read_tree
from quizzes.bank import languages
from quizzes.importers import bank_yaml
from quizzes.lint.counts import SHAPES, asks_number_or_date, page, practical
from quizzes.lint.faults import faults
from quizzes.lint.guessing import echo, longest, tally
from quizzes.lint.likeness import near, told
from quizzes.lint.report import report
from quizzes.lint.sources import UNDATED, documents, undated, way
from quizzes.lint.themes import THEMES, written
from quizzes.lint.whole_answers import refused

ROOT = Path(__file__).resolve().parents[3]
BANKS = {
    path.stem: bank_yaml.read(read_tree(path.read_bytes())).drafts
    for path in sorted((ROOT / "quizzes" / "banks").glob("*.yaml"))
}
EVERYTHING = [question for questions in BANKS.values() for question in questions]


def asked(key: str = "q", text: str = "Câu hỏi nào?", options: str = "Một|Hai|Ba|Bốn", answer: int = 0, **more):
    return {
        "id": key,
        "type": "single",
        "text": {"vi": text},
        "answer": answer,
        "source": "Luật số 1/2025/QH15, Điều 2",
        "options": [{"text": {"vi": option}} for option in options.split("|")],
        "explanation": {"vi": "Một lời giải thích đủ dài để dạy."},
    } | more


def test_the_shipped_banks_pass():
    assert report(EVERYTHING) == []


def test_the_page_of_numbers_is_what_the_command_writes():
    written = (ROOT / "docs" / "banks.md").read_text(encoding="utf-8")
    assert written == page(BANKS), "run python3 -m app bank statistics"


def test_what_the_plan_of_the_banks_asks_for_is_kept():
    assert sum(map(asks_number_or_date, EVERYTHING)) <= len(EVERYTHING) / 5
    assert sum(map(practical, EVERYTHING)) >= len(EVERYTHING) / 3
    assert sum(one["type"] in SHAPES for one in EVERYTHING) >= 120
    assert len(EVERYTHING) >= 600
    assert sum("en" in languages(one) for one in EVERYTHING) >= 450


def test_themes_have_what_was_planned():
    short = {one.name: one.wanted - have for one in THEMES if (have := written(one, EVERYTHING)) < one.wanted}
    assert short == {}


@pytest.mark.parametrize(
    ("source", "left"),
    [
        ("Luật số 1/2025/QH15 ngày 02/3/2025", []),
        ("RFC 3986 (một chuẩn)", []),
        ("Trang hỏi đáp (hoi.example.vn; mục 2)", []),
        ("Báo Xã, bài về làng, 2022", ["Báo Xã, bài về làng, 2022"]),
        ("Luật số 1/2025/QH15 ngày 02/3/2025; báo Xã, 2022", ["báo Xã, 2022"]),
        ("báo Đầu tư, 2025", []),
    ],
)
def test_a_document_without_a_day_is_named_unless_its_reason_is_told(source, left):
    assert list(undated(source)) == left
    assert [one for one in faults(asked(source=source)) if "no day" in one] == [
        f"the source names no day, number or address of {one}, and lint/sources.py does not say why" for one in left
    ]


def test_every_reason_for_a_missing_day_is_one_that_a_bank_needs():
    named = [one for question in EVERYTHING for one in documents(question["source"])]
    assert [start for start in UNDATED if not any(one.startswith(start) for one in named if not way(one))] == []


@pytest.mark.parametrize(("change", "sentence"), [
    ({"source": "chonthanh"}, "names no year"),
    ({"source": "vietda 2024"}, "nickname"),
    ({"source": "Thông tư 02/2025/TT-BGDĐT"}, "neither the day nor an article"),
    ({"source": "Nghị định 69/2024/NĐ-CP, Điều 6; Luật số 1/2025/QH15"}, "article of Luật số 1/2025/QH15"),
    ({"text": {"vi": "Theo Luật Căn cước, ai được cấp thẻ?"}}, "without valid_from"),
    ({"text": {"vi": "Huyện đoàn Hoài Ân có mô hình nào?"}}, "without its year"),
    ({"options": [{"text": {"vi": "Tất cả các đáp án"}}]}, "points at options"),
    ({"explanation": {"vi": "Đáp án là A."}}, "teaches nothing"),
    ({"explanation": {"vi": "Một lời giải thích đủ dài.", "en": "A reason."}}, "for a part only"),
    ({"text": {"vi": "dài " * 70}}, "characters"),
])  # fmt: skip
def test_a_fault_is_named(change, sentence):
    assert list(faults(asked())) == []
    assert any(sentence in found for found in faults(asked() | change))


@pytest.mark.parametrize(("stem", "answer", "natural"), [
    ("Ô vuông quét để trả tiền gọi là mã gì?", "QR", "mã QR"),
    ("Tên ứng dụng định danh là gì?", "VNeID", "ứng dụng VNeID"),
    ("Bộ não của máy tính viết tắt là gì?", "CPU", "C.P.U"),
    ("Kinh tế số và ... số. Điền từ.", "xã hội", "xã hội số"),
    ("Phong trào tên “Bình dân học vụ ...”. Điền từ.", "số", "Bình dân học vụ số"),
    ("Điền: cách bảo vệ đó gọi là xác thực hai ...", "lớp", "xác thực hai lớp"),
])  # fmt: skip
def test_a_typed_answer_that_is_refused_when_given_whole_is_a_fault(stem, answer, natural):
    question = asked() | {"type": "text", "text": {"vi": stem}, "answer": [answer], "options": []}
    assert any(f"{natural}" in found for found in faults(question))
    assert list(faults(question | {"answer": [answer, *refused(question)]})) == []


def test_a_trick_that_pays_is_found_and_chance_is_not():
    telling = [asked(f"q{number}", options="Một|Hai|Ba|Một câu dài hẳn", answer=3) for number in range(12)]
    assert tally(telling, "longest").pays
    assert any("longest" in line for line in report(telling))
    fair = [asked(f"q{number}", options="Một|Hai|Ba|Một câu dài hẳn", answer=number % 4) for number in range(12)]
    assert not tally(fair, "longest").pays
    third = [asked(f"q{number}", options="1.000 người|20|3|400", answer=3) for number in range(12)]
    assert tally(third, "third of four numbers").pays
    assert not tally(third, "second of four numbers").pays


def test_an_option_that_repeats_the_stem_is_seen_and_equal_ones_are_not():
    assert echo("Cổng dịch vụ công dùng để làm gì?", ["Nộp hồ sơ dịch vụ công", "Xem phim"]) == {0}
    assert echo("Việc gì?", ["Xem phim", "Nghe nhạc"]) == longest(["Hai", "Một"]) == frozenset()


def test_absolute_words_may_be_true():
    false = [
        {
            "type": "true_false",
            "id": f"q{number}",
            "text": {"vi": "Mọi việc đều như vậy."},
            "answer": False,
            "source": "Luật số 1/2025/QH15, Điều 2",
            "explanation": {"vi": "Một lời giải thích đủ dài để dạy."},
        }
        for number in range(12)
    ]
    assert any("absolute word" in line for line in report(false))


def test_nearly_equal_questions_and_told_answers_are_found_unless_they_are_siblings():
    one = asked("one", "Luật Căn cước có hiệu lực từ ngày tháng năm nào ở nước ta?", "01/7/2024|Hai|Ba|Bốn")
    twin = asked("twin", "Luật Căn cước có hiệu lực từ ngày tháng năm nào ở Việt Nam?", "01/7/2024|Hai|Ba|Bốn")
    telling = asked("telling", "Luật Căn cước có hiệu lực từ 01/7/2024 đổi tên thẻ nào?", "Thẻ A|Thẻ B|Thẻ C|Thẻ D")
    assert list(near([one, twin, telling])) == [("one", "twin")]
    paraphrase = asked("p", "Luật Căn cước bắt đầu có hiệu lực từ hôm nào?", "Năm|01/7/2024|Sáu|Bảy", 1)
    assert list(near([one, paraphrase])) == [("one", "p")]
    assert list(near([one, paraphrase | {"answer": 0}])) == []
    others = [asked(f"q{number}", f"Việc thứ {number} là {chr(97 + number) * 4}?") for number in range(45)]
    assert ("one", "telling") in set(told([one, telling, *others]))
    tagged = [question | {"siblings": "x"} for question in (one, twin, telling)]
    assert list(near(tagged)) == list(told(tagged)) == []
