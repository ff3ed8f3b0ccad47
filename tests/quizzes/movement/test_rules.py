"""The rules of 1+2, without a world: samples, shapes, worth, the map."""

import re
from dataclasses import replace
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from quizzes.ledger.rules import USUAL, PointRules, Version
from quizzes.movement import checks, odd
from quizzes.movement.checks import DONE, DRAWN, REVIEW, Item
from quizzes.movement.milestones import following, fresh, passed
from quizzes.movement.services import SERVICES, about
from quizzes.movement.spread import LEAST, Mark, Node, generations, picture
from quizzes.movement.steps import DAY, MINUTE, Teaching, stage
from quizzes.movement.worth import dues, earned

BANKS = Path(__file__).parents[3] / "quizzes" / "banks"
NOON = 20_000 * DAY + 5 * 60 * MINUTE
ALWAYS = lambda at: Version(1, 0, USUAL)  # noqa: E731
steps_of = st.lists(
    st.tuples(st.integers(1, 200), st.sampled_from(["taught", "used"])), min_size=1, max_size=60, unique=True
)


@given(steps_of, st.text("0123456789abcdef", min_size=64, max_size=64))
def test_a_tenth_and_at_least_three_are_drawn_the_same_for_everybody(steps, seed):
    digest = checks.digest(1, 2, steps)
    sample = checks.drawn(seed, digest, steps)
    assert len(sample) == min(len(steps), max(3, -(-len(steps) // 10))) and sample <= set(steps)
    assert checks.drawn(seed, digest, list(reversed(steps))) == sample


def test_one_failure_opens_the_whole_list():
    items = [Item((n, "taught"), n <= 3, "met" if n <= 2 else "") for n in range(1, 8)]
    assert checks.state(items) == DRAWN
    failed = [replace(one, outcome="failed") if one.step[0] == 3 else one for one in items]
    assert checks.state(failed) == REVIEW and checks.verified(failed) == set()
    done = [replace(one, outcome=one.outcome or "accepted") for one in failed]
    assert checks.state(done) == DONE
    assert {step[0] for step in checks.verified(done)} == {1, 2, 4, 5, 6, 7}


def test_who_is_not_reached_is_left_out_and_the_others_count():
    items = [Item((n, "taught"), n <= 3, {1: "met", 2: "unreached", 3: "met"}.get(n, "")) for n in range(1, 8)]
    assert checks.state(items) == DONE
    assert {step[0] for step in checks.verified(items)} == {1, 3, 4, 5, 6, 7}


teachings = st.lists(
    st.builds(
        Teaching,
        st.integers(1, 10_000),
        st.just(7),
        st.just(3),
        st.sampled_from(["friend", "relative", "other"]),
        st.sampled_from(["own", "visit"]),
        st.just(NOON),
        st.sampled_from([None, NOON + 8 * DAY]),
        st.booleans(),
        st.sampled_from([None, NOON + 20 * DAY]),
        st.sampled_from([None, NOON + 21 * DAY]),
    ),
    max_size=25,
    unique_by=lambda one: one.number,
)


@given(teachings)
def test_no_sequence_makes_points_from_nothing_or_counts_a_place_twice(those):
    got = earned(1, those, ALWAYS)
    assert len({one.source for one in got}) == len(got)
    kinds = [one.source[0] for one in got]
    assert kinds.count("taught") <= 2 and kinds.count("used") <= kinds.count("taught") and kinds.count("both") <= 1
    assert kinds.count("deed") <= USUAL.helped_most
    verified = {one.number for one in those if one.taught_ok_at and not one.rejected}
    assert all(one.source[1] in verified for one in got if one.source[0] != "both")
    assert sum(one.half for one in got) <= 2 * (2 * 60 + 2 * 120 + 60 + 10 * 20)


@given(teachings)
def test_every_source_that_ever_was_is_named_so_that_nothing_stays_posted(those):
    batch = dues(1, 7, those, ALWAYS)
    assert {one.source for one in earned(1, those, ALWAYS)} <= set(batch)
    assert len(batch) == 1 + sum(1 if one.kind == "other" else 2 for one in those)


def test_a_visit_is_worth_the_same_as_an_own_phone():
    one = Teaching(1, 7, 3, "friend", "own", NOON, NOON + 8 * DAY, False, NOON, NOON)
    assert earned(1, [one], ALWAYS) == earned(1, [replace(one, way="visit")], ALWAYS)


def test_each_step_is_judged_by_the_rules_of_its_day():
    old, new = Version(1, 0, USUAL), Version(2, NOON + DAY, PointRules(taught=10, used=20))
    one = Teaching(1, 7, 3, "friend", "own", NOON, NOON + 8 * DAY, False, NOON, NOON)
    got = {e.source[0]: (e.half, e.rules) for e in earned(1, [one], lambda at: new if at >= new.at else old)}
    assert got == {"taught": (120, 1), "used": (40, 2)}


def test_a_place_is_empty_then_waits_is_open_and_late_or_done():
    one = Teaching(1, 7, 3, "friend", "own", NOON)
    days = {0: "waiting", 7: "open", 29: "open", 30: "late"}
    assert {day: stage(one, NOON + day * DAY) for day in days} == days
    assert stage(replace(one, used_at=NOON + 8 * DAY), NOON + 99 * DAY) == "done"


def seen(count, gap, **more):
    return [odd.Seen(n, 7, 3, NOON + n * gap, None, **more) for n in range(1, count + 1)]


def test_seven_people_on_a_big_day_are_normal():
    gaps = [0, 11, 27, 36, 59, 71, 98]
    day = [odd.Seen(n, 7, 3, NOON + gap * MINUTE, None) for n, gap in enumerate(gaps)]
    assert odd.looked_through(day, NOON + DAY) == {}


def test_the_shape_is_what_is_odd():
    assert odd.looked_through(seen(3, MINUTE), NOON + DAY) == {n: {"burst"} for n in (1, 2, 3)}
    assert odd.looked_through(seen(4, 20 * MINUTE), NOON + DAY) == {n: {"even"} for n in (1, 2, 3, 4)}
    assert odd.looked_through([*seen(1, MINUTE), odd.Seen(9, 7, 3, NOON + 300 * MINUTE, None)], NOON + DAY) == {}
    nobody = [odd.Seen(n, 7, 3, NOON + n * n * 13 * MINUTE, None) for n in range(1, 5)]
    assert odd.looked_through(nobody, NOON + 40 * DAY) == {n: {"nobody_back"} for n in (1, 2, 3, 4)}


def test_one_pair_of_hands_behind_several_people_is_looked_at_and_a_hall_at_one_address_is_not():
    def at(n: int, begun: int, confirmed: int, address: str = "a") -> odd.Seen:
        return odd.Seen(n, 7 + n % 3, 3, NOON + confirmed, None, None, NOON + begun, address)

    one_by_one = [at(n, n * 150 * odd.SECOND, n * 150 * odd.SECOND + 110 * odd.SECOND) for n in range(4)]
    assert odd.looked_through(one_by_one, NOON + DAY) == {n: {"one_by_one"} for n in range(4)}
    assert odd.looked_through(one_by_one[:3], NOON + DAY) == {}
    unknown = [replace(one, address="") for one in one_by_one]
    elsewhere = [replace(one, address=str(one.number)) for one in one_by_one]
    lessons = [at(n, n * 9 * MINUTE + n * n * MINUTE, n * 9 * MINUTE + n * n * MINUTE + 2 * MINUTE) for n in range(7)]
    hall = [
        at(n, n * 40 * odd.SECOND + n * n * odd.SECOND, n * 100 * odd.SECOND + n * n * 7 * odd.SECOND) for n in range(7)
    ]
    for those in (unknown, elsewhere, lessons, hall):
        assert "one_by_one" not in set().union(*odd.looked_through(those, NOON + DAY).values(), set())


def test_a_chapter_at_three_times_its_usual_is_looked_at():
    usual = [
        odd.Seen(day * 100 + n, 100 + n, 3, NOON + day * DAY + n * n * MINUTE, None)
        for day in range(3)
        for n in range(4)
    ]
    jump = [odd.Seen(1000 + n, 200 + n, 3, NOON + 4 * DAY + n * n * MINUTE, None) for n in range(15)]
    assert set(odd.looked_through(usual + jump, NOON + 5 * DAY)) == {one.number for one in jump}
    assert odd.looked_through(usual + jump[:14], NOON + 5 * DAY) == {}


def test_rings_are_sought_among_those_who_became_members():
    a = odd.Seen(1, 7, 3, NOON, None, taught_member=8)
    b = odd.Seen(2, 8, 3, NOON + DAY, None, taught_member=9)
    c = odd.Seen(3, 9, 3, NOON + 2 * DAY, None, taught_member=7)
    assert odd.looked_through([a, b], NOON + 3 * DAY) == {}
    assert odd.looked_through([a, b, c], NOON + 3 * DAY) == {n: {"ring"} for n in (1, 2, 3)}


def test_generations_follow_who_became_a_member_and_never_turn_in_a_ring():
    chain = [Node(1, 7, 3, Mark.FRIEND, 8), Node(2, 8, 3, Mark.RELATIVE, 9), Node(3, 9, 3, Mark.FRIEND)]
    assert generations(chain) == {1: 1, 2: 2, 3: 3}
    ring = [Node(1, 7, 3, Mark.FRIEND, 8), Node(2, 8, 3, Mark.FRIEND, 7)]
    assert set(generations(ring).values()) <= {1, 2, 3, 4}


def test_a_chapter_with_few_taught_is_not_drawn_alone():
    nodes = [Node(n, n, 3, Mark.FRIEND) for n in range(LEAST)] + [
        Node(100 + n, n, 4, Mark.FRIEND) for n in range(LEAST - 1)
    ]
    drawn = picture(nodes)
    assert [one.chapter for one in drawn.sectors] == [3, 0]
    assert drawn.total == len(nodes)


def test_twenty_thousand_people_stay_below_three_hundred_kilobytes():
    nodes = [
        Node(n, n % 9000, n % 60, list(Mark)[n % 3], n + 20_000 if n % 5 == 0 else None, n % 2 == 0)
        for n in range(20_000)
    ]
    drawn = picture(nodes)
    assert sum(one.path.count("h0") for one in drawn.dots) == 20_000
    assert sum(len(one.path) for one in drawn.dots) < 280_000


def test_rings_share_the_drum_and_nobody_stands_on_another():
    young = picture([Node(n, n, 3, Mark.FRIEND) for n in range(300)])
    assert len(young.bands) == 1 and young.bands[0][1] > 600
    (dots,) = young.dots
    assert len(set(dots.places)) == 300
    assert all(150 <= (x * x + y * y) ** 0.5 <= 625 for x, y in dots.places)
    assert picture([Node(n, n, 3, Mark.FRIEND) for n in range(LEAST - 1)]).dots == (), "too few to be drawn"


def test_what_a_show_was_about_can_be_taught():
    shipped = {
        topic for file in BANKS.glob("*.yaml") for topic in re.findall(r"^  topic: (.+)$", file.read_text(), re.M)
    }
    assert {topic for one in SERVICES.values() for topic in one.topics} <= shipped
    assert [one.key for one in about(["cashless", "strategy", "id-vneid"])] == ["vneid2", "payment"]
    assert about(["strategy", "None"]) == []


def test_a_milestone_is_celebrated_for_three_days():
    assert [(passed(n), following(n)) for n in (0, 9, 10, 499, 500, 200_000)] == [
        (0, 10),
        (0, 10),
        (10, 50),
        (200, 500),
        (500, 1000),
        (100_000, 0),
    ]
    assert fresh(NOON, NOON + 2 * DAY) and not fresh(NOON, NOON + 3 * DAY) and not fresh(0, NOON)
