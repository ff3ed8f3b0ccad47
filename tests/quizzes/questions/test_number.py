"""A number with a tolerance."""

import pytest

from quizzes import bank
from quizzes.questions.number import QUESTION_TYPE as NUMBER
from quizzes.questions.number import parse, written
from quizzes.refusals import Rejected
from tests.quizzes.questions.samples import question


def asked(answer, **settings):
    return question("number", answer, settings=settings)


def grade(asked, raw):
    return NUMBER.grade(asked, [], NUMBER.read(asked, [], raw))


@pytest.mark.parametrize(
    ("settings", "answer", "raw", "right"),
    [
        ({}, 2025, 2025, True), ({}, 2025, 2025.0, True), ({}, 2025, 2026, False), ({}, 2025, "2025", True),
        ({"tolerance": 5}, 100, 105, True), ({"tolerance": 5}, 100, 95, True), ({"tolerance": 5}, 100, 105.001, False),
        ({"tolerance": 0.05}, 0.1, 0.15, True), ({"tolerance": 0.1}, 0.2, 0.30000000000000004, False),
        ({"tolerance": 10, "tolerance_kind": "percent"}, -200, -220, True),
        ({"tolerance": 10, "tolerance_kind": "percent"}, -200, -221, False),
        ({"tolerance": 10, "tolerance_kind": "percent"}, 0, 0.1, False),
    ],
)  # fmt: skip
def test_the_edge_of_the_tolerance_is_exact(settings, answer, raw, right):
    assert grade(asked(answer, **settings), raw) == (1000 if right else 0)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("3,5", 3.5), ("3.5", 3.5), ("1.000", 1000), ("1.000.000", 1_000_000), ("1.234,5", 1234.5), ("-12", -12),
        ("1,000,000.5", 1_000_000.5), (" 1 000 ", 1000), ("−7", -7), ("+7", 7), ("0,5", 0.5), ("12.34", 12.34),
    ],
)  # fmt: skip
def test_numbers_are_read_as_vietnamese_write_them(text, value):
    assert parse(text) == value


@pytest.mark.parametrize("typed", ["5", "5 người", " 5 NGUOI ", "5 người.", "có 5 người", "5 people", "Mỗi tổ 5 người"])
def test_a_number_may_come_with_its_unit_and_the_words_of_its_question(typed):
    team = asked(5, unit={"vi": "người", "en": "people"}) | {"text": {"vi": "Mỗi tổ có bao nhiêu người?"}}
    assert NUMBER.read(team, [], typed) == 5


@pytest.mark.parametrize(
    "typed", ["không phải 5", "5 hoặc 6", "năm người", "5 con gà", "5-6 người", "5 nghìn người", "5 trăm"]
)
def test_other_words_around_a_number_make_it_no_number(typed):
    team = asked(5, unit={"vi": "người", "en": "people"}) | {"text": {"vi": "Tổ nghìn hộ có bao nhiêu người?"}}
    with pytest.raises(Rejected):
        NUMBER.read(team, [], typed)


def test_per_cent_may_be_typed_as_a_sign_or_in_words():
    share = asked(20, unit={"vi": "%", "en": "%"}) | {"text": {"vi": "Bao nhiêu?"}}
    assert [NUMBER.read(share, [], typed) for typed in ("20%", "20 %", "20 phần trăm", "20,5%")] == [20, 20, 20, 20.5]


@pytest.mark.parametrize(
    "text", ["", "abc", "1,2,3", "--1", "1e5", "0x10", "NaN", "inf", "1.2.3", "٣", "9" * 41, "1_0"]
)
def test_what_is_no_number_is_refused(text):
    with pytest.raises(Rejected):
        NUMBER.read(asked(1), [], text)


@pytest.mark.parametrize("raw", [True, None, [1], 10**16, -(10**400), 1e300, float("nan"), float("-inf")])
def test_numbers_outside_all_sense_are_refused(raw):
    with pytest.raises(Rejected):
        NUMBER.read(asked(1), [], raw)


def test_one_number_has_one_canonical_form():
    forms = [NUMBER.read(asked(1), [], raw) for raw in (3, 3.0, "3", "3,0", "3.0")]
    assert [repr(one) for one in forms] == ["3"] * 5


def test_years_stay_years_and_large_numbers_get_their_dots():
    assert [written(value, "vi") for value in (2025, 35_000, 1_234_567.5)] == ["2025", "35.000", "1.234.567,5"]
    assert [written(value, "en") for value in (2025, 35_000, 0.5)] == ["2025", "35,000", "0.5"]


def test_the_key_says_tolerance_and_unit():
    sample = asked(50_000, tolerance=5, tolerance_kind="percent", unit={"vi": "người", "en": "people"})
    assert NUMBER.solution(sample, [], "vi") == {"choice": 50_000, "texts": ["50.000 ± 5% người"]}
    assert NUMBER.face(sample, [], "en")["unit"] == "people"
    assert "tolerance" not in NUMBER.face(sample, [], "en")


def test_counts_show_the_most_given_and_the_rest_together():
    choices = [1, 1, 1, *range(2, 12)]
    counted = NUMBER.counts(asked(1), [], choices)
    assert counted["1"] == 3
    assert counted["…"] == 3
    assert sum(counted.values()) == len(choices)


@pytest.mark.parametrize("answer", ["5", True, None, float("nan"), 10**20, [5]])
def test_a_bad_answer_is_said(answer):
    assert "answer_number" in [one.code for one in bank.check_question(asked(answer))]


@pytest.mark.parametrize("settings", [{"tolerance": -1}, {"tolerance": "5"}, {"tolerance_kind": "x"}, {"unit": "m"}])
def test_bad_settings_are_said(settings):
    assert bank.check_question(asked(1, **settings))[0].path == ("settings", *settings)


def test_cells_of_a_sheet_are_numbers_or_vietnamese_writing():
    assert NUMBER.cell.read(1.234) == 1.234
    assert NUMBER.cell.read("1.234") == 1234
    assert NUMBER.cell.read("khoảng 5") is None
