"""The rules page says what happens, for every preset."""

import pytest

from quizzes.contest.rules_text.whole import rules_text
from quizzes.hours import DAY
from quizzes.settings.said import At, HalfPoints
from tests.quizzes.contest.bank import OPENS, PRESETS, preset, rules, say, waves


def page(found):
    return {section.key: [say(item) for item in section.items] for section in rules_text(found)}


@pytest.mark.parametrize("path", PRESETS, ids=lambda path: path.stem)
def test_every_preset_has_a_page_with_the_usual_chapters(path):
    found = page(preset(path.stem))
    chapters = {"who", "time", "paper", "taking", "marking", "ranking", "prizes", "points", "results", "fairness"}
    assert set(found) >= chapters
    assert all("%(" not in line for lines in found.values() for line in lines)


def test_the_hours_of_every_wave_are_there():
    (section,) = [one for one in rules_text(rules(waves=waves(2))) if one.key == "time"]
    hours = [(item.values["opens"], item.values["closes"]) for item in section.items if "opens" in item.values]
    assert hours == [(At(OPENS + gap), At(OPENS + gap + DAY)) for gap in (0, 7 * DAY)]


def test_the_grace_and_the_fate_of_a_try_that_was_left_are_said():
    taking = page(preset("weekly-speed"))["taking"]
    assert "Câu trả lời đến máy chủ chậm nhất 5 sau khi hết giờ vẫn được nhận." in taking
    assert "Hết giờ mà chưa nộp: bài được nộp với những câu đã lưu." in taking
    left = page(rules(waves=waves(), timing={"overdue": "discard", "grace_seconds": 0}))["taking"]
    assert "Hết giờ mà chưa nộp: lượt thi đó không được tính." in left
    assert not any("chậm nhất" in line for line in left)


def test_twenty_seconds_each_says_what_a_lost_network_costs_and_whole_papers_that_it_costs_nothing():
    assert any("đồng hồ vẫn chạy" in line for line in page(preset("twenty-seconds"))["taking"])
    whole = page(preset("weekly-speed"))["taking"]
    assert any("máy giữ lại và gửi khi có mạng" in line for line in whole)
    assert not any("đồng hồ vẫn chạy" in line for line in whole)


def test_what_is_to_be_predicted_is_said_exactly():
    ranking = page(preset("classic-doan"))["ranking"]
    assert "Câu dự đoán: số người trả lời đúng tất cả các câu hỏi trong đợt thi." in ranking
    ranking = page(preset("one-try-ministry"))["ranking"]
    assert "Câu dự đoán: số người dự thi trong cả cuộc thi." in ranking


def test_the_ranking_keys_stand_in_their_order():
    ranking = page(preset("weekly-speed"))["ranking"]
    assert ranking[0].endswith("nhiều câu đúng hơn; thời gian làm bài ngắn hơn; nộp bài sớm hơn.")


def test_the_converted_prizes_of_a_collective_prize_are_published():
    (line,) = [line for line in page(preset("pupils-law"))["collective"] if "quy đổi:" in line]
    assert line == (
        "Tỷ lệ dự thi đủ mọi người được 200 điểm; giải cá nhân quy đổi: "
        "giải Nhất 20 điểm; giải Nhì 16 điểm; giải Ba 12 điểm."  # half-points: the shell halves them
    )
    (section,) = [one for one in rules_text(preset("pupils-law")) if one.key == "collective"]
    assert any(item.values.get("points") == HalfPoints(200) for item in section.items)


def test_a_score_that_several_tries_hold_back_is_not_promised():
    marking = page(rules(waves=waves(), attempts={"most": 3}, showing={"score": "at_once"}))["marking"]
    assert "Điểm hiện khi đợt thi kết thúc." in marking


@pytest.mark.parametrize(("showing", "said"), [
    ({}, ["Bảng xếp hạng hiện khi đợt thi kết thúc."]),
    ({"score": "official"}, ["Bảng xếp hạng hiện khi kết quả được công bố."]),
    ({"score": "at_once", "standings": "live"}, ["Thứ hạng tạm thời hiện ngay trong đợt thi."]),
    ({"score": "at_once", "standings": "live", "freeze_minutes": 30}, [
        "Thứ hạng tạm thời hiện ngay trong đợt thi.",
        "Thứ hạng tạm thời ngừng thay đổi 30 phút trước khi đợt thi kết thúc.",
    ]),
])  # fmt: skip
def test_when_the_standings_are_shown_is_said(showing, said):
    lines = page(rules(waves=waves(), showing=showing))["ranking"]
    assert [line for line in lines if line.startswith(("Bảng xếp hạng hiện", "Thứ hạng"))] == said


def test_standings_that_would_help_a_guess_are_announced_as_hidden_only():
    lines = page(preset("classic-doan"))["ranking"]
    assert not any(line.startswith("Bảng xếp hạng hiện") for line in lines)


def test_both_divisions_are_described():
    who = page(preset("officials-citizens"))["who"]
    assert any(line.startswith("Cán bộ, công chức, viên chức: là ") for line in who)
    assert "Người dân: từ 18 tuổi." in who
    assert sum("câu." in line for line in page(preset("officials-citizens"))["paper"]) >= 2


def test_leaving_the_page_is_announced_where_it_is_watched():
    assert "Số lần rời trang thi được ghi lại." in page(rules(waves=waves(), integrity={"focus": True}))["fairness"]
    assert "Số lần rời trang thi được ghi lại." not in page(rules(waves=waves()))["fairness"]
