"""Saves of answers: nothing twice, nothing late, nothing overwritten unnoticed."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from quizzes.contest.taking.saving import (
    Ending,
    Limits,
    Save,
    Stored,
    Verdict,
    decide_save,
    decide_submit,
    ending,
    read_prediction,
)
from quizzes.refusals import Rejected

LIMITS = Limits(opens_at=100, closes_at=200, grace_us=5)
SUBMITTED = Limits(100, 200, 5, submitted_at=150)
PHONE = Stored(revision=2, device="phone", count=4)


def test_the_first_save_of_an_answer_is_stored():
    assert decide_save(None, Save("phone", 1, 0, 100), LIMITS) == Verdict("ok", True, 1)


@pytest.mark.parametrize(("at", "code"), [(99, "not_open"), (205, "ok"), (206, "too_late")])
def test_the_grace_counts_by_the_time_of_receiving(at, code):
    assert decide_save(None, Save("phone", 1, 0, at), LIMITS).code == code


@pytest.mark.parametrize("limits", [LIMITS, SUBMITTED])
def test_a_save_sent_again_is_acknowledged_whatever_the_time(limits):
    assert decide_save(PHONE, Save("phone", 4, 0, 999), limits) == Verdict("ok", False, 2)


def test_an_older_save_of_the_same_device_changes_nothing():
    assert decide_save(PHONE, Save("phone", 3, 9, 150), LIMITS) == Verdict("ok", False, 2)


def test_a_device_goes_on_without_having_heard_of_its_own_last_save():
    assert decide_save(PHONE, Save("phone", 5, 0, 150), LIMITS) == Verdict("ok", True, 3)


def test_another_device_that_saw_the_newest_choice_may_change_it():
    assert decide_save(PHONE, Save("laptop", 1, 2, 150), LIMITS) == Verdict("ok", True, 3)


def test_a_device_that_was_away_does_not_overwrite_a_newer_choice():
    assert decide_save(PHONE, Save("laptop", 9, 1, 150), LIMITS) == Verdict("changed_elsewhere", False, 2)


def test_nothing_is_saved_after_handing_in():
    assert decide_save(PHONE, Save("phone", 5, 2, 151), SUBMITTED) == Verdict("submitted", False, 2)


@pytest.mark.parametrize(
    ("at", "policy", "found"),
    [
        (150, "submit", Ending(150, False, True)),
        (205, "submit", Ending(200, False, True)),
        (206, "submit", Ending(200, True, True)),
        (206, "discard", Ending(200, True, False)),
    ],
)
def test_handing_in_in_time_within_the_grace_and_too_late(at, policy, found):
    assert decide_submit(LIMITS, policy, at) == found


def test_handing_in_twice_changes_nothing():
    assert decide_submit(SUBMITTED, "submit", 160) is None


def test_a_try_that_was_left_ends_by_itself():
    assert ending(LIMITS, "submit", 205) is None
    assert ending(LIMITS, "submit", 206) == Ending(200, True, True)
    assert ending(LIMITS, "discard", 206) == Ending(200, True, False)
    assert ending(SUBMITTED, "discard", 999) == Ending(150, False, True)


@pytest.mark.parametrize(
    ("raw", "number"), [(0, 0), (" 1250 ", 1250), ("1.250", 1250), ("12 345 678", 12_345_678), (10**9, 10**9)]
)
def test_a_prediction_is_read_as_people_type_it(raw, number):
    assert read_prediction(raw) == number


@pytest.mark.parametrize("raw", [-1, True, None, 1.5, "1,5", "1.25", "nhiều", 10**9 + 1, "9" * 10, "٣", [3]])
def test_what_is_no_number_of_people_is_refused(raw):
    with pytest.raises(Rejected, match="bad_choice"):
        read_prediction(raw)


class TwoDevices(RuleBasedStateMachine):
    """One answer, two devices with a bad network: any choice told "ok" is the newest or was replaced by
    somebody who had seen it, or by its own device."""

    def __init__(self):
        super().__init__()
        self.stored, self.choice = None, None
        self.count = {"phone": 0, "laptop": 0}
        self.seen = {"phone": 0, "laptop": 0}
        self.sent = []

    def send(self, device, count, seen, choice):
        verdict = decide_save(self.stored, Save(device, count, seen, 150), LIMITS)
        before = self.stored
        if verdict.store:
            newer = before is None or before.device == device or seen == before.revision
            assert newer, "a choice was overwritten by a device that had not seen it"
            self.stored, self.choice = Stored(verdict.revision, device, count), choice
        else:
            assert verdict.revision == (before.revision if before else 0)
        return verdict

    @rule(device=st.sampled_from(["phone", "laptop"]), choice=st.integers(), lost=st.booleans())
    def choose(self, device, choice, lost):
        self.count[device] += 1
        message = (device, self.count[device], self.seen[device], choice)
        self.sent.append(message)
        verdict = self.send(*message)
        if not lost:
            self.seen[device] = verdict.revision

    @precondition(lambda self: self.sent)
    @rule(data=st.data())
    def resend(self, data):
        message = data.draw(st.sampled_from(self.sent))
        before = (self.stored, self.choice)
        verdict = self.send(*message)
        if self.stored == before[0]:
            assert self.choice == before[1]
        elif message[1] < self.count[message[0]]:
            raise AssertionError("an old message was stored after a newer one of its device")
        assert verdict.code in ("ok", "changed_elsewhere")

    @invariant()
    def revisions_grow_by_one(self):
        assert self.stored is None or self.stored.revision <= sum(self.count.values())


TwoDevices.TestCase.settings = settings(max_examples=40, stateful_step_count=20)
test_two_devices = TwoDevices.TestCase


@settings(max_examples=50)
@given(st.integers(0, 300), st.none() | st.integers(100, 205))
def test_a_save_is_stored_only_while_the_try_can_be_written(at, submitted_at):
    limits = Limits(100, 200, 5, submitted_at)
    stored = decide_save(None, Save("phone", 1, 0, at), limits).store
    assert stored == (100 <= at <= 205 and submitted_at is None)
    assert not (stored and ending(limits, "submit", at))
