"""The composition that a locality asks of a team, and the reasons why a team is not complete."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.refusals import Rejected
from quizzes.teams.composition import (
    DA_NANG,
    DEPUTY,
    DONG_HA,
    FREE,
    LEADER,
    MEMBER,
    PARTS,
    POSTS,
    REASONS,
    SHIPPED,
    Person,
    Rules,
    from_data,
    lacks,
    to_data,
)

LED = Person(LEADER, "residents_leader")
SECOND = Person(DEPUTY, youth=True)
people = st.lists(
    st.builds(Person, st.sampled_from(list(PARTS)), st.sampled_from(list(POSTS)), st.booleans()), max_size=9
)


def codes(rules: Rules, *those: Person) -> list[str]:
    return [one.code for one in lacks(rules, those)]


def test_da_nang_asks_for_five_two_youth_a_leader_of_residents_and_a_young_deputy() -> None:
    assert codes(DA_NANG) == ["too_few", "youth", "no_leader", "deputy"]
    assert codes(DA_NANG, LED, SECOND, Person(youth=True), Person(), Person()) == []
    assert codes(DA_NANG, LED, Person(DEPUTY), Person(youth=True), Person(youth=True), Person()) == ["deputy"]
    assert codes(DA_NANG, Person(LEADER), SECOND, SECOND, Person(), Person()) == ["leader_post"]
    assert codes(DA_NANG, LED, LED, SECOND, SECOND, Person(), Person()) == ["too_many", "two_leaders"]


def test_dong_ha_asks_for_secretaries_of_schools_and_neighbourhoods_and_for_nobody_else() -> None:
    school, deputy, area = (Person(post=one) for one in ("school_secretary", "school_deputy", "area_secretary"))
    assert codes(DONG_HA, school, area) == codes(DONG_HA, deputy, area) == []
    assert lacks(DONG_HA, [area, area])[0].posts == ("school_secretary", "school_deputy")
    assert codes(DONG_HA, school, area, Person(MEMBER)) == ["post_foreign"]


@given(people)
def test_every_reason_has_its_sentence_and_free_rules_ask_for_somebody_only(those: list[Person]) -> None:
    for _, rules in SHIPPED.values():
        assert all(one.code in REASONS and set(one.posts) <= set(POSTS) for one in lacks(rules, those))
        assert from_data(to_data(rules)) == rules
    assert set(codes(FREE, *those)) <= {"too_few", "two_leaders"}


@pytest.mark.parametrize(
    "data", [{"fewest": -1}, {"fewest": True}, {"most": 2, "fewest": 5}, {"leads": "king"}, {"posts": ["king"]}]
)
def test_rules_out_of_bounds_are_refused(data: dict[str, object]) -> None:
    with pytest.raises(Rejected):
        from_data(data)
