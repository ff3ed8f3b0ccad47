"""Changed copies of frozen values."""

from __future__ import annotations

import dataclasses
from functools import cached_property

import pytest

from quizzes.copies import replace


@dataclasses.dataclass(frozen=True)
class Seat:
    name: str
    points: int = 0
    room: str = "hall"

    @cached_property
    def told(self) -> str:
        return f"{self.name}: {self.points}"


@dataclasses.dataclass(frozen=True)
class Checked:
    points: int

    def __post_init__(self) -> None:
        if self.points < 0:
            raise ValueError("points")


def test_a_changed_copy_is_what_dataclasses_make_and_leaves_the_first_as_it_was() -> None:
    an = Seat("An", 10)
    assert replace(an, points=20) == dataclasses.replace(an, points=20) == Seat("An", 20)
    assert an == Seat("An", 10)
    assert replace(an) == an and replace(an) is not an
    with pytest.raises(dataclasses.FrozenInstanceError):
        replace(an, points=1).points = 2  # type: ignore[misc]


def test_what_a_cached_property_kept_is_worked_out_anew() -> None:
    an = Seat("An", 10)
    assert an.told == "An: 10"
    assert replace(an, points=20).told == "An: 20"


def test_what_checks_itself_when_made_is_not_copied_without_the_check() -> None:
    with pytest.raises(TypeError, match="dataclasses.replace"):
        replace(Checked(1), points=-1)
