"""Checkpoints, keys, the offline check; rules that judge the past again; points by hand take two people."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from sqlalchemy import text

from app.models.engines import Database
from app.models.movement import Teaching
from app.services import points
from app.services.commit import reading, writing
from app.services.movement import check_lists, checking, posting
from app.services.movement.clock import now
from app.services.points import adjustments, checkpoints, exporting, rules
from app.services.points.signing import keys
from quizzes.ledger import Due
from quizzes.ledger.checkpoints import FORGED, NOT_WHOLE, OTHER_HISTORY, SHORTENED, TOO_SHORT, UNKNOWN_KEY, read
from quizzes.ledger.rules import USUAL, PointRules
from quizzes.movement.steps import DAY
from quizzes.refusals import Rejected
from tests import movement as way
from tests.organisation import Organisation, plant
from tests.people import AN, BINH, CHI, DUNG


@pytest.fixture
def org(bound: Database) -> Iterator[Organisation]:
    way.bind()
    with way.at_noon():
        yield plant()


def earn(org: Organisation, first: int, last: int) -> None:
    for number in range(first, last + 1):
        points.post("show", number, {org.members[AN]: Due(number, None)})


def sentences(found: list[object]) -> list[str]:
    return [one.sentence for one in found]  # type: ignore[attr-defined]


def test_an_export_contains_the_history_of_every_checkpoint(org: Organisation) -> None:
    made = [checkpoints.make(now())]
    for step in (1, 4, 7):
        earn(org, step, step + 2)
        made.append(checkpoints.make(now() + step))
    export = list(exporting.lines())
    assert [one.count for one in made] == [0, 3, 6, 9]
    assert exporting.checked(export, made) == []
    assert [read(one.text()) for one in made] == made


def test_a_cut_a_changed_and_a_rewritten_export_are_found(org: Organisation) -> None:
    earn(org, 1, 4)
    early = checkpoints.make(now())
    earn(org, 5, 6)
    late = checkpoints.make(now())
    export = list(exporting.lines())
    assert sentences(exporting.checked(export[:-1], [early, late])) == [TOO_SHORT]
    changed = [line.replace('"show",3,', '"show",33,') for line in export]
    assert NOT_WHOLE in sentences(exporting.checked(changed, [early, late]))
    other = replace(early, head="f" * 64)
    other = replace(other, signature=keys.sign(1, other.signed()))
    assert sentences(exporting.checked(export, [other])) == [OTHER_HISTORY]
    assert sentences(exporting.checked(export, [replace(early, count=3)]))[-1] == FORGED


def test_a_later_checkpoint_that_says_less_is_told_though_the_export_holds_both(org: Organisation) -> None:
    earn(org, 1, 2)
    short = checkpoints.make(now())
    earn(org, 3, 4)
    early = checkpoints.make(now())
    late = replace(short, at="2031-01-01T00:00:00Z")
    late = replace(late, signature=keys.sign(1, late.signed()))
    for order in ([early, late], [late, early]):
        assert sentences(exporting.checked(exporting.lines(), order)) == [SHORTENED]


def test_a_file_that_is_no_export_is_named_by_its_line(org: Organisation) -> None:
    earn(org, 1, 2)
    made = checkpoints.make(now())
    export = list(exporting.lines())
    for number, broken in ((1, "{}"), (3, "[1, 2]"), (4, "no json")):
        lines = [broken if n == number else line for n, line in enumerate(export, 1)]
        with pytest.raises(exporting.Unreadable, match=f"line {number}"):
            exporting.checked(lines, [made])


def test_nothing_is_signed_over_a_broken_ledger(org: Organisation) -> None:
    earn(org, 1, 2)
    checkpoints.make(now())
    earn(org, 3, 4)
    tamper(4)
    with pytest.raises(checkpoints.Broken):
        checkpoints.make(now())


@writing
def tamper(db: object, number: int) -> None:
    if db.get_bind().dialect.name == "sqlite":  # type: ignore[attr-defined]
        db.execute(text("DROP TRIGGER entry_no_update"))  # type: ignore[attr-defined]
    else:
        db.execute(text("ALTER TABLE entry DISABLE TRIGGER ALL"))  # type: ignore[attr-defined]
    db.execute(text(f"UPDATE entry SET half_points = 99 WHERE id = {number}"))  # type: ignore[attr-defined]


def test_a_rotated_key_is_reached_by_its_handover_and_a_changed_secret_is_not(org: Organisation) -> None:
    earn(org, 1, 2)
    first = checkpoints.make(now())
    assert checkpoints.rotate() == 2
    second = checkpoints.make(now())
    assert (first.key_no, second.key_no) == (1, 2)
    assert exporting.checked(exporting.lines(), [first, second]) == []
    assert exporting.checked(exporting.lines(), [second], trusted=first.key) == []
    keys.bind("another secret")
    third = checkpoints.make(now())
    assert third.key_no == 3
    assert sentences(exporting.checked(exporting.lines(), [first, second, third])) == [UNKNOWN_KEY]


def test_one_checkpoint_a_day(org: Organisation) -> None:
    assert checkpoints.daily(now()) is not None
    assert checkpoints.daily(now() + DAY // 24) is None
    assert checkpoints.daily(now() + DAY) is not None


def test_workers_that_beat_at_once_make_one_checkpoint_and_one_list(org: Organisation) -> None:
    campaign = way.begin(org)
    way.taught(org, campaign)
    way.later(8 * DAY)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: checking.freeze_due(now()), range(4)))
        list(pool.map(lambda _: checkpoints.daily(now()), range(4)))
    assert [one.count for one in check_lists.lists(campaign)] == [1]
    assert len(checkpoints.texts()) == 1


def test_a_new_version_judges_what_comes_and_a_past_date_judges_again_by_differences(org: Organisation) -> None:
    campaign = way.begin(org)
    way.taught(org, campaign)
    way.verify_all(org, campaign)
    chi = org.members[CHI]
    rules.publish(chi, campaign, replace(USUAL, taught=70), now() + DAY)
    assert posting.judge_again(campaign) == 0
    rules.publish(chi, campaign, replace(USUAL, taught=80), now() - 30 * DAY)
    assert posting.judge_again(campaign) == 1
    assert points.balance(org.members[AN], 0, campaign) == 80
    assert rules.judged_again(campaign, 3) == 1
    (line,) = rules.corrections()
    assert (line[1], line[5], line[6], line[8]) == ("taught", 2, 40, 3)
    assert posting.judge_again(campaign) == 0
    with pytest.raises(Rejected, match="same_rules"):
        rules.publish(chi, campaign, replace(USUAL, taught=80), now())
    with pytest.raises(Rejected, match="forbidden"):
        rules.publish(org.members[BINH], 0, PointRules(show_percent=50), now())
    assert points.verify() == []


def test_two_campaigns_at_once_have_points_of_their_own(org: Organisation) -> None:
    far, near = way.begin(org), way.begin(org, title="1+2 phường", chapter=org.ward)
    way.taught(org, far)
    way.taught(org, near, name="Trần Văn Bưởi")
    for campaign in (far, near):
        way.verify_all(org, campaign)
    assert [points.balance(org.members[AN], 0, one) for one in (far, near)] == [60, 60]
    assert points.verify() == []


@reading
def chapter_of(db: object, public_id: str) -> int:
    from sqlalchemy import select

    return int(db.scalar(select(Teaching.chapter_id).where(Teaching.public_id == public_id)))  # type: ignore[attr-defined]


def test_points_by_hand_take_a_reason_and_a_second_person(org: Organisation) -> None:
    an, binh, chi = (org.members[name] for name in (AN, BINH, CHI))
    reason = "Trọng tài quên ghi điểm phần thi phụ."
    with pytest.raises(Rejected, match="reason_needed"):
        adjustments.propose(binh, an, 20, "quên")
    with pytest.raises(Rejected, match="forbidden"):
        adjustments.propose(org.members[DUNG], an, 20, reason)
    with pytest.raises(Rejected, match="own_points"):
        adjustments.propose(binh, binh, 20, reason)
    number = adjustments.propose(binh, an, 20, reason)
    assert points.balance(an, points.season_of(now())) == 0
    with pytest.raises(Rejected, match="second_person"):
        adjustments.decide(binh, number, True)
    adjustments.decide(chi, number, True)
    with pytest.raises(Rejected, match="already_decided"):
        adjustments.decide(chi, number, True)
    assert points.sums("adjustment", number) == {an: 20}
    assert [(one[1], one[2], one[4], one[6]) for one in rules.corrections()] == [("adjustment", number, an, 20)]
    assert points.verify() == []
