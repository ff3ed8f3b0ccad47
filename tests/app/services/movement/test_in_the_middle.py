"""Something is interrupted in the middle: the process is killed, or the rules are changed, and nothing is lost or
twice."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models.engines import Database
from app.models.movement import Taught
from app.services import points
from app.services.commit import reading
from app.services.movement import confirming, posting, rows
from app.services.movement.clock import now
from app.services.movement.confirming import Confirmation
from app.services.points import rules, writing
from quizzes.ledger.rules import USUAL
from quizzes.movement.steps import DAY, MINUTE
from tests import movement as way
from tests.organisation import Organisation, plant
from tests.people import AN, BINH, CHI

ROOT = Path(__file__).resolve().parents[4]
KILLED_BEHIND_ITS_COMMIT = """
import os, signal, sys
from sqlalchemy import event
from sqlalchemy.orm import Session
from app.models.engines import database
from app.services.movement import confirming
from app.services.movement.clock import Rehearsal
from app.services.movement.confirming import Confirmation
from app.services.movement.teaching import Browser
from tests import movement as way

url, ahead, verb, public_id, token = sys.argv[1:]
database.bind(url)
way.bind()
Rehearsal.ahead = int(ahead)
event.listen(Session, "after_commit", lambda _: os.kill(os.getpid(), signal.SIGKILL))
browser = Browser(token, "address")
if verb == "confirm":
    confirming.confirm(public_id, browser, Confirmation(1956, "Lê Thị Mận", True, way.WORDING))
else:
    confirming.use(public_id, browser, "portal.filed")
"""


@reading
def people_kept(db: Session) -> int:
    return db.scalar(select(func.count()).select_from(Taught)) or 0


def killed(url: str, verb: str, public_id: str, token: str) -> None:
    """Another process does this and is killed between its commit and its answer."""
    from app.services.movement.clock import Rehearsal

    ran = subprocess.run(
        [sys.executable, "-c", KILLED_BEHIND_ITS_COMMIT, url, str(Rehearsal.ahead), verb, public_id, token],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == -signal.SIGKILL, ran.stderr


def test_killed_between_a_confirmations_commit_and_its_answer_it_is_stored_once(
    bound: Database, database_url: str
) -> None:
    way.bind()
    with way.at_noon():
        org = plant()
        campaign = way.begin(org)
        public_id, browser = way.show(org.members[AN], campaign), way.phone()
        way.open_(public_id, browser)
        way.later(MINUTE)
        killed(database_url, "confirm", public_id, browser.token)
        confirming.confirm(public_id, browser, Confirmation(1956, "Lê Thị Mận", True, way.WORDING))  # sent again
        assert people_kept() == 1
        way.later(8 * DAY)
        killed(database_url, "use", public_id, browser.token)
        seen = rows.teaching(public_id)
        assert seen is not None and seen.used_at is not None
        way.use(public_id, browser)
        again = rows.teaching(public_id)
        assert again == seen
        way.verify_all(org, campaign)
        assert points.balance(org.members[AN], 0, campaign) == 180
        assert points.verify() == []


@pytest.fixture
def org(bound: Database) -> Organisation:
    way.bind()
    return plant()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_rules_changed_in_the_middle_of_a_batch_end_the_same_for_everybody(
    org: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    with way.at_noon():
        campaign = way.begin(org)
        for who in (AN, BINH):
            way.taught(org, campaign, name=f"Người của {who}", who=who)
        way.verify_all(org, campaign)
        chi, far = org.members[CHI], now() - 30 * DAY
        rules.publish(chi, campaign, replace(USUAL, taught=80), far)
        gathered, changed = posting._gathered, []

        def changing(campaign_id: int, members: Sequence[int]) -> writing.Batch:
            if not changed:
                changed.append(1)
            elif len(changed) == 1:
                changed.append(rules.publish(chi, campaign, replace(USUAL, taught=50), far))
            return gathered(campaign_id, members)

        monkeypatch.setattr(writing, "SLICE", 1)
        monkeypatch.setattr(posting, "_gathered", changing)
        assert posting.judge_again(campaign) == 2

        def held() -> list[float]:
            return [points.balance(org.members[who], 0, campaign) for who in (AN, BINH)]

        assert held() == [80, 50], "the batch was half done when the rules changed"
        assert posting.judge_again(campaign) == 1
        assert held() == [50, 50]
        assert posting.judge_again(campaign) == 0
        assert points.verify() == []


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_cap_that_is_changed_takes_and_gives_by_differences_and_the_first_ones_count(org: Organisation) -> None:
    with way.at_noon():
        campaign, chi = way.begin(org), org.members[CHI]
        for number in range(12):
            way.taught(org, campaign, "other", f"Người {number} Một")
            way.later((3 + number) * MINUTE)
        way.verify_all(org, campaign)
        far, held = now() - 60 * DAY, []
        for most in (10, 4, 12, 0):
            if most != USUAL.helped_most:
                rules.publish(chi, campaign, replace(USUAL, helped_most=most), far)
            posting.judge_again(campaign)
            held.append(points.balance(org.members[AN], 0, campaign))
        assert held == [200, 80, 240, 0]
        assert points.verify() == []
