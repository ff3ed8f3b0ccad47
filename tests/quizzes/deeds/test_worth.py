"""The worth of deeds: points of their kind by the rules, within the caps of a day and a season; the content of an
entry."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.deeds.entries import Entry, checked
from quizzes.deeds.kinds import DONE, FIRST, SHIPPED, countable, counted, known, of_counted
from quizzes.deeds.sums import along, below, upward
from quizzes.deeds.worth import Done, dues
from quizzes.ledger.rules import USUAL, Version
from quizzes.refusals import Rejected

DAY = date(2026, 11, 20)
AN = 7


def done(
    number: int, kind: str = "payment", step: str = DONE, day: date = DAY, count: int = 1, good: bool = True
) -> Done:
    return Done(number, AN, 3, kind, step, count, day, good)


def points(*those: Done, **rules: int) -> list[float]:
    """The points of each deed, by its number."""
    version = Version(1, 0, replace(USUAL, deed_day_most=0, deed_most=0, **rules))
    batch = dues(those, SHIPPED, lambda _: (5, version))
    return [sum(one.points for one in batch["help", each.number].values()) / 2 for each in those]


def test_an_installation_and_a_first_real_transaction_are_paid_apart() -> None:
    assert points(done(1), done(2, step=FIRST)) == [10, 10]
    assert {counted("payment", DONE), counted("payment", FIRST)} == {"payment", "payment.first"}


def test_what_is_not_verified_earns_nothing_and_says_so() -> None:
    assert points(done(1, good=False), done(2)) == [0, 10]


def test_half_the_points_are_half_and_leaflets_are_paid_by_the_ten() -> None:
    assert points(done(1), done(2, "leaflets", count=129), deed_percent=50) == [5, 6]


def test_the_caps_of_a_day_and_a_season_hold_in_the_order_of_days() -> None:
    version = Version(1, 0, replace(USUAL, deed_day_most=25, deed_most=40))
    those = [done(number, day=DAY + timedelta(days=number % 2)) for number in range(1, 9)]
    batch = dues(those, SHIPPED, lambda _: (5, version))
    halves = {each.number: sum(one.points for one in batch["help", each.number].values()) for each in those}
    assert [halves[number] / 2 for number in (2, 4, 6, 8)] == [10, 10, 5, 0], "the first day"
    assert [halves[number] / 2 for number in (1, 3, 5, 7)] == [10, 5, 0, 0], "the season ends"


def test_of_one_kind_and_day_only_so_many_entries_earn() -> None:
    assert sum(points(*(done(number, "leaflets", count=10) for number in range(1, 10)))) == 5


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"kind": "nothing"}, "deed_kind"),
        ({"kind": "trace", "step": FIRST}, "deed_kind"),
        ({"client_id": "x"}, "bad_request"),
        ({"day": DAY + timedelta(days=2)}, "deed_day"),
        ({"day": DAY - timedelta(days=31)}, "deed_day"),
        ({"count": 2}, "deed_count"),
        ({"count": 0}, "deed_count"),
        ({"kind": "household"}, "deed_partner"),
        ({"note": "gọi 0912 345 678 nhé"}, "deed_number"),
        ({"place": "a" * 81}, "deed_words"),
    ],
)
def test_an_entry_says_what_is_wrong_with_it(change: dict[str, object], code: str) -> None:
    with pytest.raises(Rejected) as refusal:
        checked(replace(Entry("0123456789", "payment", DONE, DAY), **change), SHIPPED, DAY)  # type: ignore[arg-type]
    assert refusal.value.code == code


def test_a_phone_a_day_ahead_is_believed_to_mean_today() -> None:
    assert checked(Entry("0123456789", "bill", "", DAY + timedelta(days=1)), SHIPPED, DAY).day == DAY


def test_every_kind_of_the_seeds_is_there_and_every_step_has_a_name_of_its_own() -> None:
    names = [name for name, _, _ in countable(SHIPPED.values())]
    assert len(names) == len(set(names)) and all(known(name, SHIPPED) for name in names)
    assert of_counted("shop.label") == ("shop", "label") and not known("trace.first", SHIPPED)
    assert {
        "resident",
        "shop",
        "household",
        "id1",
        "id2",
        "portal",
        "payment",
        "local_app",
        "market",
        "trace",
        "address",
        "health",
        "school",
        "etax",
        "bill",
        "chip",
        "leaflets",
    } <= SHIPPED.keys()


@given(
    st.dictionaries(
        st.lists(st.integers(1, 4), min_size=1, max_size=4).map(lambda way: f"/{'/'.join(map(str, way))}/"),
        st.integers(0, 50),
    )
)
def test_a_chapter_is_the_sum_of_itself_and_those_below(own: dict[str, int]) -> None:
    sums = along(own)
    children = {path: {way for way in sums if upward(way)[:-1][-1:] == [path]} for path in sums}
    for path, inside in children.items():
        mine, each = below(path, own, inside)
        assert sums[path] == mine + sum(each.values())
    assert sum(sums[path] for path in sums if len(upward(path)) == 1) == sum(own.values())
