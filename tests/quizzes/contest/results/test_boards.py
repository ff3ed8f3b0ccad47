"""Boards: any order of keys, best of several tries, predictions, ties, divisions, the overall board."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzes.contest.results.boards import OVERALL, actuals, boards, rank_bytes
from quizzes.contest.results.decisions import Decision, Rulings, fold
from quizzes.contest.setup.measures import KEYS
from tests.quizzes.contest.bank import AN, BINH, CHI, DUNG, line, rules, waves

NOBODY = Rulings()


def contest(count=1, **more):
    return rules(waves=waves(count), **more)


def standing(found, lines, rulings=NOBODY, seed="", wave=0, division=""):
    board = next(one for one in boards(found, lines, rulings, seed) if (one.wave, one.division) == (wave, division))
    return [(place.rank, place.row.line.member) for place in board.places]


def by(*keys, **more):
    return contest(ranking={"keys": list(keys)} | more.pop("ranking", {}), **more)


@pytest.mark.parametrize(
    ("key", "better", "worse"),
    [
        ("score", {"correct": 9}, {"correct": 8}),
        ("correct", {"correct": 9}, {"correct": 8}),
        ("time_used", {"seconds": 59}, {"seconds": 60}),
        ("submitted", {"start": 0, "seconds": 60}, {"start": 1, "seconds": 60}),
        ("started", {"start": 0, "seconds": 90}, {"start": 1, "seconds": 60}),
        ("tries", {"try_no": 1}, {"try_no": 2}),
        ("order", {"no": 3}, {"no": 9}),
        ("full_scores", {"correct": 10}, {"correct": 9}),
        ("younger", {"birth_year": 2008}, {"birth_year": 2007}),
        ("older", {"birth_year": 1961}, {"birth_year": 1962}),
        ("older", {"birth_year": 1961}, {"birth_year": None}),
        ("younger", {"birth_year": 1961}, {"birth_year": None}),
    ],
)
def test_every_key_puts_the_better_first(key, better, worse):
    lines = [line(AN, **{"no": 1} | worse), line(BINH, **{"no": 2} | better)]
    assert standing(by(key), lines) == [(1, BINH), (2, AN)]


def test_the_nearest_prediction_stands_first_over_or_under():
    found = by("distance", prediction={"quantity": "entrants"})
    guesses = {AN: 4, BINH: 1, CHI: 3, DUNG: None}  # four people take part
    lines = [line(member, prediction=guess) for member, guess in guesses.items()]
    assert standing(found, lines) == [(1, AN), (2, CHI), (3, BINH), (4, DUNG)]
    equal = [line(AN, prediction=5), line(BINH, prediction=3), line(CHI), line(DUNG)]
    assert standing(found, equal)[:2] == [(1, AN), (1, BINH)]


@pytest.mark.parametrize(
    ("asked", "number"),
    [
        ({"quantity": "entrants", "of": "people"}, {0: 2, 1: 1}),
        ({"quantity": "entrants", "of": "attempts"}, {0: 3, 1: 1}),
        ({"quantity": "all_correct", "of": "people"}, {0: 1, 1: 0}),
        ({"quantity": "all_correct", "of": "attempts"}, {0: 2, 1: 0}),
        ({"quantity": "entrants", "span": "contest"}, {0: 2, 1: 2}),
        ({"quantity": "entrants", "disqualified": True}, {0: 3, 1: 1}),
    ],
)
def test_the_predicted_number_is_counted_as_declared(asked, number):
    found = contest(2, prediction=asked, attempts={"most": 3})
    lines = [
        line(AN, 10, no=1),
        line(AN, 10, no=2, try_no=2),
        line(BINH, 4, no=3),
        line(CHI, 10, no=4),
        line(AN, 3, no=5, wave=1),
    ]
    assert actuals(found, lines, fold([Decision(1, "disqualify", member=CHI)])) == number


@pytest.mark.parametrize(("counts", "correct"), [("best", 8), ("first", 5), ("last", 7)])
def test_one_of_several_tries_counts(counts, correct):
    found = contest(attempts={"most": 3, "counts": counts})
    tries = [line(AN, number, no=no, try_no=no) for no, number in ((1, 5), (2, 8), (3, 7))]
    (board,) = boards(found, tries, NOBODY)
    assert [place.row.line.correct for place in board.places] == [correct]


def test_of_equal_tries_the_earlier_counts():
    (board,) = boards(by("correct", attempts={"most": 2}), [line(AN, 5, no=2, try_no=2), line(AN, 5, no=1)], NOBODY)
    assert board.places[0].row.line.no == 1


def test_time_is_compared_as_it_is_shown():
    nearly = replace(line(AN, 5), time_us=60_900_000)
    lines = [nearly, line(BINH, 5)]
    assert standing(by("time_used"), lines) == [(1, AN), (1, BINH)]
    exact = by("time_used", ranking={"keys": ["time_used"], "time_step_ms": 1})
    assert standing(exact, lines) == [(1, BINH), (2, AN)]


def test_equal_people_share_or_are_drawn_by_lots_that_anyone_can_check():
    lines = [line(member, 5) for member in (AN, BINH, CHI)]
    assert {rank for rank, _ in standing(by("correct"), lines)} == {1}
    drawn = by("correct", ranking={"keys": ["correct"], "ties": "lots"})
    order = standing(drawn, lines, seed="công bố")
    assert [rank for rank, _ in order] == [1, 2, 3]
    assert order == standing(drawn, lines[::-1], seed="công bố")
    assert len({tuple(standing(drawn, lines, seed=str(seed))) for seed in range(40)}) == 6
    assert {rank for rank, _ in standing(drawn, lines)} == {1}, "before the seed is known they share"


def test_divisions_rank_apart_or_together():
    groups = [{"key": "a"}, {"key": "b"}]
    lines = [line(AN, 9, division="a"), line(BINH, 8, division="b"), line(CHI, 7, division="a")]
    apart = contest(divisions=groups, ranking={"keys": ["score"], "apart": True})
    assert standing(apart, lines, division="a") == [(1, AN), (2, CHI)]
    assert standing(apart, lines, division="b") == [(1, BINH)]
    assert standing(contest(divisions=groups), lines) == [(1, AN), (2, BINH), (3, CHI)]


def test_the_overall_board_adds_the_waves_or_takes_the_best():
    lines = [line(AN, 6), line(BINH, 9), line(AN, 7, no=5, wave=1)]
    added = contest(2, ranking={"keys": ["correct"], "overall": "sum"})
    best = contest(2, ranking={"keys": ["correct"], "overall": "best"})
    assert standing(added, lines, wave=OVERALL) == [(1, AN), (2, BINH)]
    assert standing(best, lines, wave=OVERALL) == [(1, BINH), (2, AN)]
    board = boards(added, lines, NOBODY)[-1]
    total = next(place.row.line for place in board.places if place.row.line.member == AN)
    assert (total.correct, total.of, total.time_us) == (13, 20, 120_000_000)


def test_predictions_add_up_only_where_every_wave_was_entered():
    found = contest(2, prediction={"quantity": "entrants"}, ranking={"keys": ["distance"], "overall": "sum"})
    lines = [line(AN, prediction=9), line(BINH, prediction=2), line(AN, no=7, wave=1, prediction=9)]
    assert standing(found, lines, wave=OVERALL) == [(1, AN), (2, BINH)]


def test_who_is_out_leaves_the_board_and_the_others_move_up():
    lines = [line(AN, 9), line(BINH, 8)]
    assert standing(contest(), lines, fold([Decision(1, "disqualify", member=AN)])) == [(1, BINH)]


LINES = st.lists(
    st.builds(
        lambda member, correct, seconds, start, prediction, wave, year: line(
            member, correct, seconds, start=start, prediction=prediction, wave=wave, birth_year=year
        ),
        st.integers(1, 6),
        st.integers(0, 3),
        st.integers(50, 52),
        st.integers(0, 2),
        st.none() | st.integers(0, 5),
        st.integers(0, 1),
        st.none() | st.integers(2000, 2002),
    ),
    max_size=14,
).map(lambda found: [replace(one, no=no, try_no=no) for no, one in enumerate(found, 1)])
KEY_LISTS = st.lists(st.sampled_from(sorted(KEYS)), min_size=1, max_size=5, unique=True)


@settings(max_examples=60)
@given(LINES, KEY_LISTS, st.sampled_from(["share", "lots"]), st.sampled_from(["best", "first", "last"]), st.randoms())
def test_boards_do_not_depend_on_the_order_of_reading(lines, keys, ties, counts, chance):
    found = contest(
        2,
        prediction={"quantity": "entrants"},
        ranking={"keys": keys, "ties": ties, "overall": "sum"},
        attempts={"most": 20, "counts": counts},
    )
    other = list(lines)
    chance.shuffle(other)
    assert boards(found, other, NOBODY, "s") == boards(found, lines, NOBODY, "s")


@settings(max_examples=50)
@given(LINES, KEY_LISTS, st.sets(st.integers(1, 6), max_size=2))
def test_taking_people_out_keeps_the_others_in_order_where_no_number_is_predicted(lines, keys, out):
    found = contest(2, ranking={"keys": keys}, attempts={"most": 20})
    rulings = fold(Decision(no, "disqualify", member=member) for no, member in enumerate(sorted(out)))
    for wave in (0, 1):
        before = [member for _, member in standing(found, lines, wave=wave) if member not in out]
        assert [member for _, member in standing(found, lines, rulings, wave=wave)] == before


@settings(max_examples=50)
@given(LINES, KEY_LISTS)
def test_the_index_of_the_live_board_orders_as_the_board_does(lines, keys):
    found = contest(ranking={"keys": keys})
    single = [replace(one, wave=0, member=one.no) for one in lines]
    live = sorted(single, key=lambda one: (rank_bytes(found, one), one.member))
    assert [one.member for one in live] == [member for _, member in standing(found, single)]
