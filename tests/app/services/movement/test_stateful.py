"""Any sequence of what people do in 1+2: no points from nothing, nobody counted twice, balances that are their
entries."""

from __future__ import annotations

from collections import Counter

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, multiple, rule, run_state_machine_as_test
from sqlalchemy import select

from app.models.engines import Database
from app.models.movement import Taught, Teaching
from app.models.points import Entry
from app.services import points
from app.services.commit import reading
from app.services.movement import (
    campaigns,
    check_lists,
    checking,
    children,
    confirming,
    figures,
    guardian,
    posting,
    reviewing,
)
from app.services.movement.clock import now
from app.services.movement.confirming import Confirmation
from app.services.people.membership import move_member
from app.services.points import checkpoints, rules
from quizzes.ledger.rules import USUAL, PointRules
from quizzes.movement.steps import DAY, MINUTE
from quizzes.refusals import Rejected
from tests import movement as way
from tests.organisation import Organisation, plant
from tests.people import AN, BINH, CHI


@reading
def everything(db: object) -> tuple[list[Teaching], list[Entry], set[int]]:
    found = (
        list(db.scalars(select(Teaching))),
        list(db.scalars(select(Entry))),
        set(db.scalars(select(Taught.teaching_id))),
    )  # type: ignore[attr-defined]
    db.expunge_all()  # type: ignore[attr-defined]
    return found


class Movement(RuleBasedStateMachine):
    """An and Bình teach in one campaign of a shared organisation; every machine begins a campaign of its own."""

    org: Organisation
    shown = Bundle("shown")
    confirmed = Bundle("confirmed")

    def __init__(self) -> None:
        super().__init__()
        self.campaign = way.begin(self.org, days=400)
        self.members = [self.org.members[name] for name in (AN, BINH)]

    def _try(self, work: object, *args: object, **more: object) -> bool:
        try:
            work(*args, **more)  # type: ignore[operator]
        except Rejected:
            return False
        return True

    @rule(target=shown, who=st.sampled_from([AN, BINH]), kind=st.sampled_from(["friend", "relative", "other"]))
    def show(self, who: str, kind: str) -> object:
        try:
            return way.show(self.org.members[who], self.campaign, kind), way.phone()
        except Rejected:
            return multiple()

    @rule(
        target=confirmed,
        pair=shown,
        name=st.sampled_from(["Mận", "Bưởi", "Na"]),
        year=st.sampled_from([1950, 1956, 2019]),
        twice=st.booleans(),
    )
    def confirm(self, pair: tuple[str, object], name: str, year: int, twice: bool) -> object:
        public_id, phone = pair
        if not self._try(way.open_, public_id, phone):
            return multiple()
        if year == 2019:
            phone = way.childs(public_id, phone)
        done = [self._try(way.confirm, public_id, phone, f"Lê Thị {name}", year) for _ in range(1 + twice)]
        return (public_id, phone) if done[0] else multiple()

    @rule(pair=confirmed, days=st.sampled_from([0, 8]))
    def use(self, pair: tuple[str, object], days: int) -> None:
        way.later(days * DAY)
        self._try(way.use, *pair)

    @rule(pair=confirmed, who=st.sampled_from([AN, BINH, CHI]))
    def use_before_a_witness(self, pair: tuple[str, object], who: str) -> None:
        eyes = way.phone(self.org.members[who])
        self._try(confirming.use, pair[0], eyes, "portal.filed", witnessed=True)

    @rule(pair=confirmed)
    def withdraw(self, pair: tuple[str, object]) -> None:
        self._try(confirming.withdraw, *pair)

    @rule(pair=confirmed, year=st.sampled_from([1985, 2015]))
    def guardian_agrees(self, pair: tuple[str, object], year: int) -> None:
        code = children.guardian_code(*pair)
        said = guardian.Agreement(year, Confirmation(2019, "Bé Sóc", True, way.WORDING))
        self._try(guardian.agree, code, way.phone(), said)

    @rule(who=st.sampled_from([AN, BINH]), back=st.booleans())
    def move(self, who: str, back: bool) -> None:
        home = self.org.branch if back else self.org.village
        self._try(move_member, self.org.members[CHI], self.org.members[who], home)

    @rule(pair=confirmed, good=st.booleans())
    def review(self, pair: tuple[str, object], good: bool) -> None:
        self._try(reviewing.decide, self.org.members[CHI], pair[0], good, "Đã gặp và hỏi kỹ rồi.")

    @rule(pair=confirmed, who=st.sampled_from([AN, BINH]))
    def object_to(self, pair: tuple[str, object], who: str) -> None:
        self._try(reviewing.object_to, self.org.members[who], pair[0], "Hai bác chỉ trùng tên thôi ạ.")

    @rule(outcomes=st.lists(st.sampled_from(["met", "failed", "accepted", "rejected"]), min_size=1, max_size=3))
    def check(self, outcomes: list[str]) -> None:
        way.later(8 * DAY)
        checking.freeze_due(now())
        checkpoints.make(now())
        checkpoints.make(now())
        checking.draw_due()
        for one in check_lists.lists(self.campaign):
            for number, item in enumerate(check_lists.items(one.id)):
                code = next((c for step, c, _ in check_lists.asked_of(item.teaching_id) if step == item.step), "")
                self._try(
                    checking.decide,
                    self.org.members[CHI],
                    one.id,
                    item.teaching_id,
                    item.step,
                    outcomes[number % len(outcomes)],
                    code,
                )

    @rule()
    def wait(self) -> None:
        way.later(15 * DAY)
        checking.close_late(now())
        reviewing.look_through(self.campaign, now())

    @rule(taught=st.integers(0, 100), past=st.booleans())
    def publish(self, taught: int, past: bool) -> None:
        new = PointRules(taught=taught, used=USUAL.used, both=USUAL.both, helped=USUAL.helped, helped_most=2)
        self._try(
            rules.publish, self.org.members[CHI], self.campaign, new, now() - 100 * DAY if past else now() + MINUTE
        )
        posting.judge_again(self.campaign)

    @invariant()
    def balances_are_their_entries(self) -> None:
        assert points.verify() == []

    @invariant()
    def figures_add_up_and_leave_out_what_does_not_count(self) -> None:
        told = figures.figures(campaigns.campaign_numbered(self.campaign), now())
        mine = [one for one in everything()[0] if one.campaign_id == self.campaign and one.confirmed_at]
        counted = [one for one in mine if one.review in ("", "cleared")]
        counted = [one for one in counted if one.state == "confirmed" or one.taught_ok_at is not None]
        assert told.taught == told.own + told.visits + told.children == len(counted)
        assert (
            told.used == told.used_own + told.used_visits == sum(bool(one.used_at) and not one.child for one in counted)
        )
        assert told.used_visits <= told.visits and told.both_visits <= told.both
        assert not [one for one in mine if one.use_witness == f"member:{one.member_id}"], "nobody sees their own"

    @invariant()
    def nobody_is_counted_twice_and_nothing_comes_from_nothing(self) -> None:
        teachings, entries, named = everything()
        mine = {one.id: one for one in teachings if one.campaign_id == self.campaign}
        sums = Counter[tuple[str, int, int]]()
        for one in entries:
            if one.campaign_id == self.campaign:
                sums[one.source_kind, one.source_id, one.owner_id] += one.half_points
        for (kind, source, owner), half in sums.items():
            assert half >= 0
            if half and kind != "both":
                one = mine[source]
                assert one.member_id == owner and one.taught_ok_at is not None and one.review != "rejected"
                assert kind != "used" or one.used_ok_at is not None
        for member in self.members:
            for kind in ("friend", "relative"):
                those = [one for one in mine.values() if (one.member_id, one.kind) == (member, kind)]
                paid = [one for one in those if sums["taught", one.id, member]]
                assert len(paid) <= 1 and sum(one.slot is not None for one in those) <= 1
        assert not [one for one in mine.values() if one.state == "withdrawn" and (one.id in named or one.browser)]
        assert not [
            one
            for one in mine.values()
            if one.child and one.used_at and one.id not in named and one.state != "withdrawn"
        ], "of a child nothing more is kept"


SIZES = {"sqlite": (12, 20), "postgresql": (4, 14)}
"""Engine -> machines, and steps of each."""


def test_no_sequence_makes_points_from_nothing(bound: Database) -> None:
    way.bind()
    with way.at_noon():
        Movement.org = plant()
        machines, steps = SIZES[bound.engine.dialect.name]
        run_state_machine_as_test(
            Movement,
            settings=settings(
                max_examples=machines, stateful_step_count=steps, deadline=None, suppress_health_check=list(HealthCheck)
            ),
        )
