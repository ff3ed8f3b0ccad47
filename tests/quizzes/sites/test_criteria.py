"""Criteria of sites: nine in three groups for a street, as text and back, changed words are another criterion."""

from __future__ import annotations

import pytest

from quizzes.refusals import Rejected
from quizzes.sites.criteria import MARKET, NOT_OFFICIAL, OURS, STREET, Criterion, read, written


def test_a_street_has_nine_in_three_groups_and_a_market_its_own() -> None:
    assert len(OURS[STREET]) == 9 and len({one.group for one in OURS[STREET]}) == 3
    assert not set(OURS[STREET]) & set(OURS[MARKET]) and "không phải" in NOT_OFFICIAL


def test_they_are_written_and_read_as_text() -> None:
    assert all(read(written(those)) == those for those in OURS.values())
    assert Criterion("a", "b").key != Criterion("a", "c").key


@pytest.mark.parametrize("text", ["", "Wi-Fi", "# A", "# A\nx\nx", "# A\n" + "\n".join(map(str, range(31)))])
def test_text_without_group_with_doubles_or_too_much_is_refused(text: str) -> None:
    with pytest.raises(Rejected):
        read(text)
