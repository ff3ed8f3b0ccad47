"""The twelve operations and how a file names them."""

from __future__ import annotations

from datetime import date

import pytest

from quizzes.records.operations import OPERATIONS, day_in, operation_named
from quizzes.text import fold


def test_all_twelve_are_known_by_their_own_names() -> None:
    assert len(OPERATIONS) == 12
    assert all(operation_named(fold(name)) == key for key, name in OPERATIONS.items())


@pytest.mark.parametrize(
    ("said", "key"),
    [("kết nạp", "admitted"), ("XẾP LOẠI", "rated"), ("đoàn viên", None), ("", None), ("khen thưởng", "praised")],
)
def test_a_part_of_a_name_is_enough_where_it_names_one(said: str, key: str | None) -> None:
    assert operation_named(fold(said)) == key


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("26/3/2026", date(2026, 3, 26)),
        ("2026-03-26", date(2026, 3, 26)),
        ("2026-03-26 00:00:00", date(2026, 3, 26)),
        ("31/2/2026", None),
        ("2026", None),
        ("", None),
        ("1/1/1900", None),
    ],
)
def test_a_day_is_read_as_people_write_it(said: str, day: date | None) -> None:
    assert day_in(said) == day
