"""The published formulas, and the proof that accuracy comes first."""

from hypothesis import given, settings
from hypothesis import strategies as st

from quizzes.scoring import ACCURACY, SPEED, Scoring, rounded_us

SECOND = 1_000_000
SLOWEST, FASTEST = 20 * SECOND, 0


def accuracy(half: int = 200, seconds: int = 20, weights: int = 10, streaks: bool = False) -> Scoring:
    return Scoring(ACCURACY, half, seconds, weights, streaks)


def by_speed(half: int = 2000, seconds: int = 20, streaks: bool = False) -> Scoring:
    return Scoring(SPEED, half, seconds, 10, streaks)


def test_times_are_rounded_down_to_a_tenth_of_a_second() -> None:
    assert [rounded_us(us) for us in (0, 99_999, 100_000, 1_950_001)] == [0, 0, 100_000, 1_900_000]


def test_accuracy_gives_the_points_and_a_small_bonus_for_speed() -> None:
    """Cap (200 - 1) // 10 = 19 half-points: 19 at once, rounded down to 9 points; nothing at the end."""
    assert [accuracy().points(1000, at) for at in (FASTEST, 10 * SECOND, SLOWEST)] == [218, 208, 200]


def test_a_partly_right_answer_gets_its_share_without_bonus() -> None:
    assert accuracy().points(500, FASTEST) == 100
    assert accuracy().points(333, FASTEST) == 66


def test_a_wrong_answer_gets_nothing_however_fast() -> None:
    assert accuracy(streaks=True).points(0, FASTEST, run=5) == 0
    assert by_speed(streaks=True).points(0, FASTEST, run=5) == 0


def test_untimed_questions_have_no_speed_bonus() -> None:
    assert accuracy(seconds=0).points(1000, FASTEST) == 200
    assert by_speed(seconds=0).points(1000, SLOWEST) == 2000


def test_a_small_base_still_gives_half_points() -> None:
    assert accuracy(half=20, weights=10).points(1000, FASTEST) == 21


def test_double_questions_double_and_practice_counts_nothing() -> None:
    assert accuracy().points(1000, FASTEST, multiplier=2) == 438
    assert accuracy().points(1000, FASTEST, multiplier=0) == 0
    assert by_speed().points(1000, FASTEST, multiplier=2) == 4000


def test_streaks_share_the_bonus_with_speed() -> None:
    """Half of the cap (9 of 19) goes to streaks: full from the sixth right answer in a row."""
    at_the_end = [accuracy(streaks=True).points(1000, SLOWEST, run=run) for run in (1, 2, 4, 6, 9)]
    assert at_the_end == [200, 201, 204, 208, 208]
    assert accuracy(streaks=True).points(1000, FASTEST, run=1) == 210


def test_speed_scoring_gives_all_below_half_a_second_and_half_at_the_end() -> None:
    points = [by_speed().points(1000, at) for at in (499_999, 500_000, 10 * SECOND, SLOWEST, 2 * SLOWEST)]
    assert points == [2000, 1974, 1500, 1000, 1000]


def test_speed_scoring_adds_a_tenth_for_each_further_right_answer() -> None:
    assert [by_speed(streaks=True).points(1000, FASTEST, run=run) for run in (1, 2, 6, 9)] == [2000, 2200, 3000, 3000]


@st.composite
def rounds(draw: st.DrawFn) -> tuple[Scoring, list[int]]:
    """A round's formula and its multipliers."""
    multipliers = draw(st.lists(st.sampled_from([1, 1, 1, 2, 0]), min_size=1, max_size=40))
    scoring = Scoring(
        ACCURACY,
        2 * draw(st.integers(1, 10_000)),
        draw(st.sampled_from([0, 5, 20, 60])),
        sum(multipliers),
        draw(st.booleans()),
    )
    return scoring, multipliers


@given(rounds(), st.data())
@settings(max_examples=300, deadline=None)
def test_one_more_right_answer_beats_any_bonus_of_the_whole_round(
    played: tuple[Scoring, list[int]], data: st.DataObject
) -> None:
    """However fast and in whatever streaks one answers: less by one right answer is less in points."""
    scoring, multipliers = played
    worth = [at for at, multiplier in enumerate(multipliers) if multiplier]
    right = data.draw(st.sets(st.sampled_from(worth))) if worth else set()
    times = data.draw(st.lists(st.integers(0, 60 * SECOND), min_size=len(multipliers), max_size=len(multipliers)))
    run, fast = 0, 0
    for at, multiplier in enumerate(multipliers):
        run = run + 1 if at in right else 0
        fast += scoring.points(1000, times[at], multiplier, run) if at in right else 0
    base = sum(scoring.right_half * multipliers[at] for at in right)
    assert base <= fast < base + scoring.right_half
