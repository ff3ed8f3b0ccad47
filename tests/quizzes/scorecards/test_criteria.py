"""Criteria of scorecards: read from lines as people write them, worth what they say, never more than their most."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.refusals import Rejected
from quizzes.scorecards.criteria import as_data, filled, from_data, most, total, worth, written
from quizzes.standing.figures import Figures

TEXT = """
Tổ chức; Báo cáo tháng; bậc; 8; 8 = đủ và đúng hạn, 6 = trễ, 0 = thiếu
Phong trào; Hoàn thành 1+2; tỷ lệ; 20; từ both
Phong trào; Buổi ra quân; số lượng; 10; 2,5 mỗi buổi
Tổ chức; Có kế hoạch năm; có không; 5
Điểm cộng; Mô hình mới; cộng; 10; 5 mỗi mô hình
Điểm trừ; Minh chứng sai; trừ; 10; mỗi 2
"""


def test_lines_are_read_and_a_bad_one_is_told_with_its_number() -> None:
    found, problems = written(TEXT)
    assert problems == []
    assert [one.shape for one in found] == ["steps", "rate", "count", "yes", "bonus", "minus"]
    assert (found[0].steps[1], found[1].fills, found[2].each) == ((12, "trễ"), "both", 5)
    assert from_data(as_data(found)) == found
    assert most(found) == (86, 20)
    bad = "chỉ có tên\nA; B; màu; 5\nA; B; bậc; 5; 9 = nhiều, 0 = ít\nA; B; số lượng; 5\nA; B; tỷ lệ; x\nA; B; tỷ lệ; 5; từ đâu"
    found, problems = written(bad)
    assert found == []
    assert [(one.path[0], one.code) for one in problems] == [
        (1, "criterion"),
        (2, "criterion_shape"),
        (3, "criterion_steps"),
        (4, "criterion_each"),
        (5, "not_points"),
        (6, "criterion_fills"),
    ]
    assert written("A; B; có không; 5\n" * 201)[1][-1].code == "too_many"


def test_values_are_worth_what_the_line_says() -> None:
    steps, rate, count, yes, bonus, minus = written(TEXT)[0]
    assert [worth(steps, 12), worth(rate, 5_050), worth(count, 3), worth(yes, 1), worth(bonus, 9), worth(minus, 2)] == [
        12,
        20,
        15,
        10,
        20,
        -8,
    ]
    assert total([steps, rate, count, yes, bonus, minus], {0: 16, 3: 1, 5: 1, 9: 1}) == 16 + 10 - 4
    for one, value in ((steps, 13), (rate, 10_001), (yes, 2), (count, -1)):
        with pytest.raises(Rejected, match="score_value"):
            worth(one, value)


FIGURES = Figures(8, 500, 301, 199, both=3, used=1, asked=4, deeds=12, reached=250, wanted=400, entrants=6)


@pytest.mark.parametrize(
    ("detail", "value"),
    [
        ("tỷ lệ; 20; từ both", 3_750),
        ("tỷ lệ; 20; từ đoàn viên dự thi", 7_500),
        ("rate; 20; from using", 2_500),
        ("rate; 20; from targets", 6_250),
        ("số lượng; 10; 0,5 mỗi điểm, từ contests", 150),
        ("count; 10; from shows, 0.5 each", 99),
        ("count; 10; 1 each; from entrants", 6),
        ("cộng; 10; 1 mỗi chỉ tiêu, từ chỉ tiêu đạt được", 2),
        ("trừ; 10; từ deeds, 1 mỗi người", 12),
        ("có không; 5; từ điểm cuộc thi", 1),
        ("có không; 5; từ using", 1),
    ],
)
def test_a_line_is_filled_from_any_frozen_figure(detail: str, value: int) -> None:
    (line,), problems = written(f"Phong trào; Nội dung; {detail}")
    assert problems == []
    assert filled(line, FIGURES) == value
    assert filled(line, Figures()) == 0
    assert abs(worth(line, value)) <= line.most


@pytest.mark.parametrize(
    ("detail", "code"),
    [
        ("tỷ lệ; 20; từ contests", "criterion_share"),
        ("tỷ lệ; 20; từ deeds", "criterion_share"),
        ("bậc; 8; 8 = đủ, 0 = thiếu, từ both", "criterion_steps_filled"),
        ("số lượng; 8; 1 mỗi buổi, từ trời", "criterion_fills"),
        ("bậc; 8; đủ 8, thiếu 0", "criterion_steps"),
        ("bậc; 8", "criterion_steps"),
        ("bậc; 8; trên 90% được, 8 = đủ, 0 = thiếu", "criterion_steps"),
        ("bậc; 8; 8 = đủ, 8 = khá, 0 = thiếu", "criterion_steps_same"),
        ("số lượng; 8; 0 mỗi lần", "criterion_each"),
        ("số lượng; 8; -2 mỗi lần", "not_points"),
        ("số lượng; 8; 2 mỗi buổi, 3 mỗi lần", "criterion_detail"),
        ("số lượng; 8; 2 mỗi buổi, không quá 3 buổi", "criterion_detail"),
        ("tỷ lệ; 8; 2 mỗi lần", "criterion_detail"),
        ("tỷ lệ; 8; từ both, từ using", "criterion_detail"),
        ("có không; 8; nếu kịp", "criterion_detail"),
    ],
)
def test_a_figure_that_cannot_fill_a_line_is_refused_while_it_is_written(detail: str, code: str) -> None:
    assert [one.code for one in written(f"A; B; {detail}")[1]] == [code]


def test_a_minus_may_be_written_with_its_sign() -> None:
    (line,), _ = written("A; B; trừ; 10; -2,5 mỗi lần")
    assert worth(line, 3) == -15


def test_steps_may_be_halves_and_their_words_have_commas() -> None:
    (line,), _ = written("A; B; bậc; 8; 8 = đủ, đúng hạn,6,5 = trễ, có lý do, 0 = thiếu")
    assert line.steps == ((16, "đủ, đúng hạn"), (13, "trễ, có lý do"), (0, "thiếu"))


@given(st.integers(0, 10_000), st.integers(0, 1_000_000))
def test_no_value_is_worth_more_than_the_most(rate: int, count: int) -> None:
    for one, value in zip(written(TEXT)[0][1:], (rate, count, count % 2, count, count), strict=True):
        assert -one.most <= worth(one, value) <= one.most


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("A; B; bậc; 0; 0 = x, 1 = y", "criterion_most"),
        ("A; B; tỷ lệ; 0; từ both", "criterion_most"),
        ("A; B; số lượng; 0; 2 mỗi lần", "criterion_most"),
        ("A; B; có không; 0", "criterion_most"),
        ("A; B; cộng; 0,0; 1 mỗi lần", "criterion_most"),
        ("A; B; trừ; -0; 1 mỗi lần", "criterion_most"),
        ("A; B; cộng; -5; 1 mỗi lần", "not_points"),
        ("A; B; bậc; 10; 8 = đủ, 0 = thiếu", "criterion_steps_most"),
        ("A; B; bậc; 8; 8 = đủ", "criterion_steps"),
        ("A; B; số lượng; 10; 0 mỗi lần", "criterion_each"),
        ("A; B; cộng; 5; 10 mỗi lần", "criterion_each_most"),
        ("A; B; trừ; 5; 5,5 mỗi lần", "criterion_each_most"),
    ],
)
def test_a_line_that_can_change_no_score_or_not_as_it_says_is_told(line: str, code: str) -> None:
    found, problems = written(line)
    assert (found, [one.code for one in problems]) == ([], [code])


@pytest.mark.parametrize(
    "line", ["A; B; trừ; -10; -2 mỗi lần", "A; B; trừ; −10; 2 mỗi lần", "A; B; trừ; 10; - 2 mỗi lần"]
)
def test_what_is_taken_off_may_be_written_with_its_sign(line: str) -> None:
    (one,), problems = written(line)
    assert (one.most, one.each, worth(one, 3), problems) == (20, 4, -12, [])
