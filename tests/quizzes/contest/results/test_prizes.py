"""Prizes: one person wins once, equal people share, chapters by rates and sums."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzes.contest.results.boards import OVERALL, boards
from quizzes.contest.results.chapters import Entrant, Unit, paths, table
from quizzes.contest.results.decisions import Rulings
from quizzes.contest.results.prizes import unit_wins, wins
from tests.quizzes.contest.bank import AN, BINH, CHI, DUNG, line, rules, waves

FIRST = {"key": "first", "count": 1}
SECOND = {"key": "second", "count": 2}
THIRD = {"key": "third", "count": 2}


def contest(count=1, **more):
    return rules(waves=waves(count), **{"ranking": {"keys": ["correct"]}, "prizes": [FIRST, SECOND]} | more)


def given_to(found, lines, seed=""):
    return [(win.prize, win.wave, win.member) for win in wins(found, boards(found, lines, Rulings(), seed), seed)]


def week(wave, *members):
    """A wave in which the members stand in this order."""
    return [line(member, 10 - place, no=10 * wave + place, wave=wave) for place, member in enumerate(members)]


def test_prizes_go_down_the_board():
    lines = week(0, AN, BINH, CHI, DUNG)
    assert given_to(contest(), lines) == [("first", 0, AN), ("second", 0, BINH), ("second", 0, CHI)]


def test_equal_people_share_a_prize_and_the_next_prize_has_one_less():
    lines = [line(AN, 9), line(BINH, 9), line(CHI, 8), line(DUNG, 7)]
    assert given_to(contest(), lines) == [("first", 0, AN), ("first", 0, BINH), ("second", 0, CHI)]


def test_a_prize_wholly_used_up_by_equal_people_is_not_given():
    lines = [line(member, 9) for member in (AN, BINH, CHI)] + [line(DUNG, 8)]
    found = contest(prizes=[FIRST, {"key": "second", "count": 1}, THIRD])
    assert given_to(found, lines) == [("first", 0, AN), ("first", 0, BINH), ("first", 0, CHI), ("third", 0, DUNG)]


def test_whoever_has_a_prize_is_passed_over_in_later_waves():
    lines = [*week(0, AN, BINH, CHI), *week(1, AN, DUNG, BINH)]
    found = contest(2, one_prize="first", prizes=[FIRST])
    assert given_to(found, lines) == [("first", 0, AN), ("first", 1, DUNG)]


def test_everybody_keeps_the_best_prize_and_the_next_move_up():
    lines = [*week(0, AN, BINH, CHI, DUNG), *week(1, BINH, AN)]
    found = contest(2, one_prize="best", prizes=[FIRST, {"key": "second", "count": 1}])
    # Bình is second in the first week and first in the second: keeps that; Chi moves up, An has a first already
    assert given_to(found, lines) == [("first", 0, AN), ("first", 1, BINH), ("second", 0, CHI)]


def test_one_prize_a_wave_or_any_number():
    lines = [*week(0, AN, BINH), *week(1, AN, BINH)]
    board = {"key": "all", "count": 1, "board": "overall"}
    overall = {"keys": ["correct"], "overall": "sum"}
    each = contest(2, one_prize="wave", prizes=[FIRST, board], ranking=overall)
    assert given_to(each, lines) == [("first", 0, AN), ("first", 1, AN), ("all", OVERALL, AN)]


def test_prizes_need_what_they_ask_for():
    everything = FIRST | {"count": 3, "least_percent": 100}
    lines = [line(AN, 10), line(BINH, 9), line(CHI, 10)]
    assert given_to(contest(prizes=[everything]), lines) == [("first", 0, AN), ("first", 0, CHI)]


def test_nobody_wins_a_place_without_a_right_answer_but_lots_are_for_everybody():
    lines = [line(AN, 3), line(BINH, 0), line(CHI, 0)]
    lottery = {"key": "lucky", "count": 3, "by": "lots"}
    assert given_to(contest(prizes=[FIRST, SECOND]), lines) == [("first", 0, AN)]
    assert {who for _, _, who in given_to(contest(prizes=[lottery]), lines, "7")} == {AN, BINH, CHI}


def test_lots_choose_among_all_who_have_no_prize_and_can_be_checked():
    lottery = {"key": "lucky", "count": 2, "by": "lots"}
    lines = week(0, AN, BINH, CHI, DUNG)
    found = contest(prizes=[FIRST, lottery])
    drawn = {
        tuple(sorted(who for prize, _, who in given_to(found, lines, str(seed)) if prize == "lucky"))
        for seed in range(30)
    }
    assert drawn == {(BINH, CHI), (BINH, DUNG), (CHI, DUNG)}
    assert given_to(found, lines, "7") == given_to(found, lines[::-1], "7")


def test_a_prize_for_one_division():
    lines = [line(AN, 9, division="a"), line(BINH, 8, division="b")]
    found = contest(
        divisions=[{"key": "a"}, {"key": "b"}],
        ranking={"keys": ["correct"], "apart": True},
        prizes=[FIRST, {"key": "only", "division": "b"}],
        one_prize="none",
    )
    assert given_to(found, lines) == [("first", 0, AN), ("first", 0, BINH)]
    assert given_to(
        contest(
            divisions=[{"key": "a"}, {"key": "b"}],
            ranking={"keys": ["correct"], "apart": True},
            prizes=[{"key": "only", "division": "b"}],
        ),
        lines,
    ) == [("only", 0, BINH)]


RESULT = st.tuples(st.integers(1, 7), st.integers(0, 2), st.integers(0, 4))
RESULTS = st.lists(RESULT, max_size=18, unique_by=lambda result: result[:2])


@settings(max_examples=50)
@given(RESULTS, st.sampled_from(["best", "first"]), st.sampled_from(["share", "lots"]))
def test_nobody_ever_wins_twice_and_no_prize_is_left_while_somebody_has_none(results, one_prize, ties):
    lines = [line(who, correct, no=no, wave=wave) for no, (who, wave, correct) in enumerate(results, 1)]
    found = contest(3, one_prize=one_prize, prizes=[FIRST, SECOND, THIRD], ranking={"keys": ["correct"], "ties": ties})
    won = given_to(found, lines, "seed")
    assert len({member for _, _, member in won}) == len(won)
    if ties == "lots":
        for wave in range(3):
            without = {who for who, at, correct in results if at == wave and correct} - {member for _, _, member in won}
            given_here = sum(at == wave for _, at, _ in won)
            assert given_here == 5 or not without
    assert all(any(who == member and at == wave and correct for who, at, correct in results) for _, wave, member in won)


@settings(max_examples=50)
@given(RESULTS)
def test_keeping_the_best_nobody_holds_less_than_a_prize_free_for_them(results):
    lines = [line(who, correct, no=no, wave=wave) for no, (who, wave, correct) in enumerate(results, 1)]
    found = contest(3, prizes=[FIRST, SECOND], ranking={"keys": ["correct"], "ties": "lots"})
    places = {
        (board.wave, place.row.line.member): place.rank
        for board in boards(found, lines, Rulings(), "s")
        for place in board.places
    }
    won = given_to(found, lines, "s")
    worth = {member: ("first", "second").index(prize) for prize, _, member in won}
    for prize, wave, member in won:
        better = [who for (at, who), rank in places.items() if at == wave and rank < places[wave, member]]
        assert all(worth[who] <= ("first", "second").index(prize) for who in better)


TREE = (
    Unit(1, None, "tinh", 200),
    Unit(10, 1, "xa", 120),
    Unit(100, 10, "chi_doan", 40),
    Unit(101, 10, "chi_doan", 3),
    Unit(11, 1, "xa", 80),
)


def people(*counts):
    """(chapter, how many, score each)."""
    found = []
    for chapter, count, score in counts:
        found += [Entrant(len(found) + n, chapter, score, score == 20) for n in range(count)]
    return found


def test_chapters_add_up_at_every_level_of_the_tree():
    rows = {row.unit: row for row in table(TREE, people((100, 30, 20), (101, 3, 10), (11, 40, 4)), 200)}
    assert {unit: (row.depth, row.entrants) for unit, row in rows.items()} == {
        1: (0, 73),
        10: (1, 33),
        100: (2, 30),
        101: (2, 3),
        11: (1, 40),
    }
    assert (rows[100].rate, rows[101].rate, rows[10].rate) == (750_000, 1_000_000, 275_000)
    assert (rows[10].score, rows[10].average, rows[10].all_correct) == (630, 630 * 1000 // 33, 30)


def test_more_entrants_than_members_is_cut_and_marked():
    row = next(row for row in table(TREE, people((101, 4, 2)), 0) if row.unit == 101)
    assert (row.rate, row.too_many) == (1_000_000, True)


def test_people_without_a_known_chapter_count_for_none():
    assert sum(row.entrants for row in table(TREE, people((None, 3, 2), (999, 2, 2)), 0)) == 0


def test_a_ring_in_the_tree_does_not_hang():
    assert paths([Unit(1, 2, "x", 0), Unit(2, 1, "x", 0)]) == {1: (1, 2), 2: (2, 1)}


def collective(people, **prize):
    found = rules(collective=[{"key": "c", "count": 1} | prize])
    return [(win.unit, win.rank) for win in unit_wins(found, table(TREE, people, found.rate_points), TREE)]


EVERYBODY = people((100, 30, 20), (101, 3, 10), (11, 40, 4))


@pytest.mark.parametrize(
    ("prize", "winner"),
    [
        ({"by": "rate"}, 101),  # three members at 100 %
        ({"by": "rate", "least_members": 30}, 100),
        ({"by": "entrants"}, 11),
        ({"by": "entrants", "kinds": ["chi_doan"]}, 100),
        ({"by": "entrants", "kinds": ["tinh"]}, 1),
        ({"by": "average", "least_entrants": 5}, 100),
        ({"by": "all_correct"}, 100),
        ({"by": "fading"}, 100),
        ({"by": "rate", "least_entrants": 35}, 11),
    ],
)
def test_each_collective_measure_finds_its_winner(prize, winner):
    assert collective(EVERYBODY, **prize) == [(winner, 1)]


def test_chapters_that_are_equal_in_everything_share_the_prize():
    twins = (Unit(1, None, "xa", 10), Unit(2, None, "xa", 10))
    found = rules(collective=[{"key": "c", "by": "rate"}])
    rows = table(twins, people((1, 5, 2), (2, 5, 9)), 0)
    assert [(win.unit, win.rank) for win in unit_wins(found, rows, twins)] == [(1, 1), (2, 1)]


def test_of_equal_rates_the_chapter_with_more_entrants_stands_first():
    two = (Unit(1, None, "xa", 10), Unit(2, None, "xa", 20))
    found = rules(collective=[{"key": "c", "by": "rate"}])
    rows = table(two, people((1, 5, 2), (2, 10, 2)), 0)
    assert [win.unit for win in unit_wins(found, rows, two)] == [2]


@pytest.mark.parametrize("by", ["average", "all_correct", "fading", "winners"])
def test_no_chapter_wins_with_a_figure_of_zero(by):
    two = (Unit(1, None, "xa", 10), Unit(2, None, "xa", 20))
    found = rules(collective=[{"key": "c", "by": by}])
    assert not unit_wins(found, table(two, people((1, 5, 0), (2, 10, 0)), 0), two)
