"""PINs of six digits against however many guessers; and a hall that is no attack."""

from __future__ import annotations

import random

import pytest

from app.security.looks import LONGEST_WAIT_S, MOST, Looks

HOUR_S = 3600
PINS = 900_000


class Door:
    """Looks with a clock that is set by hand."""

    def __init__(self, most: int = MOST) -> None:
        self.now = 1000.0
        self.looks = Looks(most, lambda: self.now)

    def guess(self, address: str, pin: str) -> bool:
        """A wrong PIN; whether it was looked at."""
        if self.looks.turn(address):
            return False
        self.looks.wrong(address, pin)
        return True


@pytest.mark.parametrize("addresses", [1, 60, 1_000, 20_000])
@pytest.mark.parametrize("per_second", [1, 30, 2_000])
def test_all_guessers_together_find_a_show_with_less_than_half_a_percent_an_hour(
    addresses: int, per_second: int
) -> None:
    door, seen, chance = Door(), 0, random.Random(7)
    for second in range(600 if per_second == 2_000 else HOUR_S):
        door.now += 1
        for n in range(min(per_second, 200)):
            seen += door.guess(f"address {chance.randrange(addresses)}", f"{second}-{n}")
    per_hour = seen * HOUR_S / (600 if per_second == 2_000 else HOUR_S)
    if addresses <= 1_000:
        assert seen > 0
    assert seen <= MOST * 61
    assert per_hour / PINS < 0.005


def test_no_minute_holds_more_wrong_looks_than_the_purse_however_they_are_timed() -> None:
    door, times = Door(), []
    for tenth in range(3_000):
        door.now += 0.1
        bursts = 80 if tenth % 597 == 0 else 1
        times += [door.now for n in range(bursts) if door.guess(f"{tenth % 90}", f"{tenth}-{n}")]
    assert all(sum(at - 60 < other <= at for other in times) <= MOST for at in times)


def test_a_hall_of_two_thousand_behind_one_address_is_never_refused_while_nobody_attacks() -> None:
    door, chance = Door(), random.Random(3)
    for person in range(2_000):
        door.now += 0.02
        assert door.looks.turn("the hall") == 0.0, person
        if chance.random() < 0.03:  # one digit of six is mistyped, and typed again
            place, digit = chance.randrange(6), chance.randrange(10)
            door.looks.wrong("the hall", f"{place}{digit}")
            assert door.looks.turn("the hall") == 0.0
        if person % 3 == 0:  # ... and many type what stood there yesterday
            door.looks.wrong("the hall", "yesterday's")


def test_under_attack_each_address_has_its_turn_and_asking_more_often_brings_it_no_sooner() -> None:
    door = Door()
    for n in range(MOST):
        assert door.guess(f"guesser {n}", str(n))
    waited = 0.0
    while waited < 300:
        step = min(LONGEST_WAIT_S, door.looks.turn("the hall") or 0.0)
        if not step:
            break
        for tick in range(int(step)):
            door.now += 1
            for n in range(200):  # two hundred addresses that never rest
                door.guess(f"guesser {n}", f"{waited}-{tick}-{n}")
        waited += int(step)
    assert 0 < waited < 300
    assert door.looks.turn("the hall") > 0, "one look is one turn"


def test_right_ones_use_nothing_up_and_after_a_quiet_minute_nobody_waits() -> None:
    door = Door()
    for n in range(MOST):
        assert door.guess("one", str(n))
    assert door.looks.turn("another") > 0
    door.now += 61
    assert [door.looks.turn("another") for _ in range(1_000)] == [0.0] * 1_000


def test_what_was_counted_before_it_was_known_is_given_back() -> None:
    door = Door(most=2)
    for n in range(20):
        assert door.guess("An", f"code {n}")
        door.looks.right("An", f"code {n}")


def test_the_line_of_guessers_is_bounded_and_who_stays_away_loses_the_turn() -> None:
    door = Door()
    for n in range(MOST):
        door.guess("one", str(n))
    for n in range(20_000):
        door.looks.turn(f"address {n}")
    assert len(door.looks._line) <= 5_000
    door.now += 120
    assert door.looks.turn("An") == 0.0
