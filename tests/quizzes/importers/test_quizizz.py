"""The spreadsheet of Quizizz or Wayground."""

import pytest

from quizzes.importers import Sheet
from quizzes.importers.quizizz import TITLES, knows, read
from tests.quizzes.importers.given import GIVEN

ROWS = [
    TITLES,
    ["Text of the question (required)", "Type", "Text", "", "", "", "", "index", "", "", ""],
    ["Ai?", "Multiple Choice", "An", "Bình", "", "", "", 2, 30, "", "Vì thế"],
    ["Hai?", "Checkbox", "a", "b", "c", "", "", "1,3", 30, "https://x/a.png", ""],
    ["Tên?", "Fill-in-the-Blank", "VNeID", "Vi En", "", "", "", "", 30],
    ["Nghĩ gì?", "Open-Ended", "", "", "", "", "", "", 60],
    ["Mặc định?", "", "An", "Bình", "", "", "", 1],
]


def test_the_row_of_help_is_passed_over_and_each_type_read():
    found = read([Sheet("", ROWS)], GIVEN)
    assert knows([Sheet("", ROWS)])
    assert [(one["type"], one["answer"]) for one in found.drafts] == [
        ("single", 1),
        ("multiple", [0, 2]),
        ("text", ["VNeID", "Vi En"]),
        ("single", 0),
    ]
    assert found.drafts[0]["explanation"] == {"vi": "Vì thế"}
    assert {(one.code, one.row) for one in found.errors} == {("kind_unread", 6), ("answer_missing", 6)}
    assert ("picture_linked", 4) in [(one.code, one.row) for one in found.problems]


@pytest.mark.parametrize(
    ("key", "answer"),
    [("2", 1), ("B", 1), ("hà nội", 1), ("1945", 2), (" 3. ", 2), ("1,2", [0, 1]), ("Huế; 1945", [0, 2])],
)
def test_a_key_is_a_number_a_letter_or_the_words_of_an_option(key, answer):
    found = read(
        [
            Sheet(
                "",
                [TITLES, ["Gì?", "Checkbox" if isinstance(answer, list) else "", "Huế", "Hà Nội", "1945", "", "", key]],
            )
        ],
        GIVEN,
    )
    assert [one["answer"] for one in found.drafts] == [answer]


def test_a_key_that_names_no_option_is_said():
    found = read([Sheet("", [TITLES, ["Gì?", "", "Huế", "Hà Nội", "", "", "", "Vinh"]])], GIVEN)
    assert [one.code for one in found.errors] == ["answer_missing"]
