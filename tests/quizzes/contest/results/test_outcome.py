"""Everything together: results, points for the ledger, and real rule sets computed by hand.

The worked examples follow the rows of the public rule sets that the presets are made of.
"""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzes.contest.results.boards import OVERALL
from quizzes.contest.results.chapters import Unit
from quizzes.contest.results.decisions import Decision, Rulings, fold
from quizzes.contest.results.outcome import compute, table
from quizzes.ledger import Due
from tests.quizzes.contest.bank import AN, BINH, CHI, DUNG, OPENS, line, preset, rules, waves

EM = 5


def ranks(found, lines, wave=0, division="", seed="mã công bố"):
    results = compute(found, lines, Rulings(), (), seed)
    board = next(one for one in results.boards if (one.wave, one.division) == (wave, division))
    return [place.row.line.member for place in board.places]


def winners(found, lines, units=(), seed="mã công bố", rulings=None):
    results = compute(found, lines, rulings or Rulings(), units, seed)
    return [(win.prize, win.wave, win.member) for win in results.wins]


def test_quang_nam_2014_all_correct_then_prediction_then_time():
    """Tỉnh đoàn Quảng Nam 2014: 15 questions + how many have all right. Four people have all 15 right."""
    lines = [
        line(AN, 15, 500, of=15, prediction=6),  # off by 2
        line(BINH, 15, 300, of=15, prediction=3),  # off by 1, handed in at 300 s
        line(CHI, 15, 200, of=15, prediction=5),  # off by 1, handed in at 200 s: before Bình
        line(DUNG, 14, 100, of=15, prediction=4),  # exact, but one answer less
        line(EM, 15, 900, of=15, prediction=None),
    ]
    found = preset("classic-doan")
    assert ranks(found, lines) == [CHI, BINH, AN, EM, DUNG]
    assert winners(found, lines)[:3] == [("first", 0, CHI), ("second", 0, BINH), ("second", 0, AN)]


def test_quang_nam_2014_a_winner_of_the_first_round_is_passed_over_in_the_second():
    weeks = [
        line(member, 15, 100 + member, no=10 * wave + member, wave=wave, of=15, prediction=1)
        for wave in (0, 1)
        for member in range(1, 9)
    ]
    first = {who for prize, wave, who in winners(preset("classic-doan"), weeks) if wave == 0}
    second = {who for prize, wave, who in winners(preset("classic-doan"), weeks) if wave == 1}
    assert first == {1, 2, 3, 4, 5, 6}
    assert second == {7, 8}


def test_quang_nam_law_2022_score_prediction_duration_start_full_scores():
    """Quảng Nam law contest (THCS) 2022: points up to 300; entrants of the round: six people."""

    def sheet(member, correct, prediction, seconds, start, **more):
        values = {"score": correct * 20, "of": 30, "most": 600, "prediction": prediction, "start": start}
        return line(member, correct, seconds, **values | more)

    lines = [
        sheet(AN, 29, 6, 500, 0),  # 290 points
        sheet(BINH, 30, 9, 400, 0),  # 300, off by 3
        sheet(CHI, 30, 4, 700, 50),  # 300, off by 2, 700 s
        sheet(DUNG, 30, 8, 600, 50),  # 300, off by 2, 600 s, started at 50
        sheet(EM, 30, 8, 600, 20, no=5),  # 300, off by 2, 600 s, started at 20: first
        sheet(6, 30, 4, 600, 50, no=6),  # as Dũng; has a second full score
        sheet(6, 30, 1, 999, 900, no=7, try_no=2),
    ]
    assert ranks(preset("pupils-law"), lines) == [EM, 6, DUNG, CHI, BINH, AN]


def test_quang_nam_law_2022_seventy_per_cent_are_seventy_points_and_prizes_are_converted():
    """70 % = 70 points; prizes 10/8/6. Two schools of 100 and 200 pupils."""
    units = (Unit(1, None, "truong", 100), Unit(2, None, "truong", 200))
    big = [line(member, 20, 900, of=30, chapter=2, prediction=0) for member in range(1001, 1161)]  # 160: 80 %
    small = [line(member, 20, 900, of=30, chapter=1, prediction=0) for member in range(1, 71)]  # 70: 70 %
    best = [
        line(1, 30, 100, of=30, chapter=1, prediction=230),  # Nhất: 10
        line(2, 30, 200, of=30, chapter=1, prediction=230),  # Nhì: 8
    ]
    found = preset("pupils-law")
    results = compute(found, [*best, *small[2:], *big], Rulings(), units, "s")
    rows = {row.unit: row for row in results.units}
    home = {member: due.chapter for member, due in results.due.items()}
    others = [win for win in results.wins if win.member not in (1, 2)]
    third = {unit: sum(home[win.member] == unit for win in others if win.prize == "third") for unit in (1, 2)}
    second = {unit: sum(home[win.member] == unit for win in others if win.prize == "second") for unit in (1, 2)}
    assert rows[1].weighted == 2 * 1000 * (70 + 10 + 8 + 8 * second[1] + 6 * third[1])
    assert rows[2].weighted == 2 * 1000 * (80 + 8 * second[2] + 6 * third[2])
    assert sum(third.values()) == 3
    assert results.unit_wins[0].value == max(rows[1].weighted, rows[2].weighted)


def test_binh_tan_2019_most_correct_shortest_time_earlier_moment_top_five():
    """Quận Đoàn Bình Tân 2019: 20 questions, 10 minutes, weekly top 5."""
    lines = [
        line(AN, 20, 300, of=20, start=0),
        line(BINH, 20, 299, of=20, start=100),  # a second shorter
        line(CHI, 20, 300, of=20, start=10),  # as long as An, later
        line(DUNG, 19, 30, of=20),
        line(EM, 20, 301, of=20),
        line(6, 18, 20, of=20),
    ]
    found = preset("weekly-speed")
    assert ranks(found, lines) == [BINH, AN, CHI, EM, DUNG, 6]
    assert [who for _, _, who in winners(found, lines)] == [BINH, AN, CHI, EM, DUNG]


def test_ben_tre_2019_best_of_three_tries_and_the_top_three_go_to_the_stage():
    """Tỉnh đoàn Bến Tre 2019: 30 questions of 20 s, at most three tries a week, most correct."""
    tries = [(AN, (20, 28, 25)), (BINH, (27, 27)), (CHI, (28,)), (DUNG, (10, 11, 12))]
    lines = [
        line(member, correct, 400 + number, no=10 * member + number, try_no=number, of=30)
        for member, results in tries
        for number, correct in enumerate(results, 1)
    ]
    found = preset("twenty-seconds")
    assert ranks(found, lines) == [CHI, AN, BINH, DUNG]  # Chi and An 28: 401 s against 402 s
    assert [who for _, _, who in winners(found, lines)] == [CHI, AN, BINH]


def test_ministry_2020_one_try_points_prediction_of_entrants_time():
    """Bộ GTVT 2020: questions by points, the number of entrants (five), time."""
    guess = {AN: 5, BINH: 4, CHI: 6, DUNG: 50, EM: 5}
    seconds = {AN: 900, BINH: 700, CHI: 600, DUNG: 100, EM: 100}
    points = {AN: 100, BINH: 100, CHI: 100, DUNG: 100, EM: 95}
    lines = [line(member, 15, seconds[member], score=2 * points[member], prediction=guess[member]) for member in guess]
    assert ranks(preset("one-try-ministry"), lines) == [AN, CHI, BINH, DUNG, EM]


def test_hue_2025_officials_and_citizens_stand_on_boards_of_their_own_with_six_prizes_a_week():
    """Huế CCHC 2025: separate question sets, 6 prizes a week."""
    lines = [
        line(member, 15 - member % 10, 300, of=15, division=division, prediction=8)
        for division, members in (("officials", range(10, 14)), ("citizens", range(20, 24)))
        for member in members
    ]
    found = preset("officials-citizens")
    assert ranks(found, lines, division="officials") == [10, 11, 12, 13]
    assert ranks(found, lines, division="citizens") == [20, 21, 22, 23]
    assert {who for _, _, who in winners(found, lines)} == {10, 11, 12, 20, 21, 22}


def test_phong_nha_2018_only_who_has_everything_right_can_win():
    """Phong Nha 2018: all correct -> nearest prediction -> earlier submission. Two people have all right."""
    lines = [line(AN, 10, 500, prediction=1), line(BINH, 10, 400, prediction=9), line(CHI, 9, 100, prediction=2)]
    assert [who for _, _, who in winners(preset("all-correct"), lines)] == [AN, BINH]


def test_gia_lai_2025_schools_by_entrants_and_by_winners():
    """Gia Lai 2025: the school with most entrants, the school with most winners."""
    units = (Unit(1, None, "truong", 0), Unit(2, None, "truong", 0))
    lines = [line(member, 20, 100 + member, chapter=1, of=20) for member in range(1, 8)]
    lines += [line(member, 5, 300 + member, chapter=2, of=20) for member in range(50, 70)]
    results = compute(preset("ten-days-school"), lines, Rulings(), units)
    assert [(win.prize, win.unit, win.value) for win in results.unit_wins] == [("most", 2, 20), ("winners", 1, 7)]


def test_thai_nguyen_2026_twenty_nine_people_win():
    """Thái Nguyên 2026: individuals 1-3-5-20."""
    lines = [line(member, 10, member, prediction=40) for member in range(1, 41)]
    won = winners(preset("election-collectives"), lines)
    counts = {prize: sum(one == prize for one, _, _ in won) for prize in ("first", "second", "third", "fourth")}
    assert counts == {"first": 1, "second": 3, "third": 5, "fourth": 20}
    assert [who for _, _, who in won] == list(range(1, 30))


def test_lam_dong_2023_ten_prizes_a_week_and_six_by_lot():
    """Lâm Đồng 2023: 1-2-3-4 and 6 "tuyên truyền" prizes a week."""
    lines = [line(member, 10, member) for member in range(1, 31)]
    won = winners(preset("weekly-residents"), lines)
    assert [who for prize, _, who in won if prize != "spread"] == list(range(1, 11))
    lucky = {who for prize, _, who in won if prize == "spread"}
    assert len(lucky) == 6
    assert min(lucky) > 10


POINTS = {"entry": 10, "per_wave": 1, "per_right": 0.5, "most": 30}


def due(lines, rulings=None, **more):
    found = rules(waves=waves(2), points=POINTS, prizes=[{"key": "p", "points": 5}], **more)
    return compute(found, lines, rulings or Rulings(), ()).due


def test_points_follow_the_published_formula_once_for_the_contest():
    lines = [line(AN, 8, chapter=4), line(BINH, 6, chapter=4), line(AN, 6, no=9, wave=1, chapter=7)]
    # An: 10 + 2 waves + 14 answers / 2 + 5 for the prize = 24; the chapter is that of the first try
    assert due(lines) == {AN: Due(48, 4), BINH: Due(2 * (10 + 1 + 3), 4)}


def test_points_have_a_limit_and_who_is_out_gets_none():
    assert due([line(AN, 10, no=wave, wave=wave, of=10) for wave in (0, 1)] + [line(BINH, 90)])[BINH].points == 60
    assert due([line(AN, 8)], fold([Decision(1, "disqualify", member=AN)])) == {}


def test_the_chapter_table_counts_each_person_once_however_many_waves():
    units = (Unit(1, None, "xa", 10),)
    lines = [line(AN, 8, chapter=1), line(BINH, 8, chapter=1), line(AN, 6, no=9, wave=1, chapter=1)]
    assert compute(rules(waves=waves(2)), lines, Rulings(), units).units[0].entrants == 2


def test_the_table_is_plain_and_names_nobody():
    found = preset("pupils-law", ranking={"keys": ["score"], "overall": "sum"})
    results = table(compute(found, [line(AN, 9, prediction=3, chapter=1)], Rulings(), (Unit(1, None, "xa", 5),)))
    assert [board["wave"] for board in results["boards"]] == [0, 1, OVERALL]
    (row,) = results["boards"][0]["rows"]
    assert row == [1, AN, AN, 18, 9, 10, 60_000_000, OPENS + 60_000_000, 3, 2]
    assert results["actuals"] == {"0": 1, "1": 0}
    assert results["points"] == {"1": 120}  # 10 + 9 + 50 points, at most 60


@settings(max_examples=50)
@given(
    st.lists(st.tuples(st.integers(1, 6), st.integers(0, 1), st.integers(0, 10), st.integers(1, 3)), max_size=12),
    st.sampled_from(["pupils-law", "classic-doan", "weekly-speed", "twenty-seconds", "weekly-residents"]),
    st.randoms(),
)
def test_all_results_depend_on_the_attempts_only_not_on_their_order(results, name, chance):
    found = preset(name)
    lines = [
        line(who, correct, correct, no=no, try_no=no, wave=wave, chapter=chapter, prediction=correct)
        for no, (who, wave, correct, chapter) in enumerate(results, 1)
    ]
    units = (Unit(1, None, "xa", 9), Unit(2, 1, "chi_doan", 4), Unit(3, 1, "chi_doan", 5))
    other = list(lines)
    chance.shuffle(other)
    first = table(compute(found, lines, Rulings(), units, "s"))
    assert table(compute(found, other, Rulings(), units[::-1], "s")) == first


@pytest.mark.parametrize("seed", ["", "x"])
def test_a_contest_nobody_entered_has_empty_results(seed):
    found = preset("pupils-law")
    results = compute(found, [], Rulings(), (Unit(1, None, "xa", 9),), seed)
    assert not results.wins
    assert not results.due
    assert not results.unit_wins
