"""A spare in place of a wrong question: from the banks, never one that was asked live, never the client's own."""

from __future__ import annotations

import pytest

from app.models.engines import Database, now_us
from app.services.banks import banks
from app.services.commit import reading
from app.services.shows import scripts, shows
from quizzes.engine import HOST, Actor, Command
from quizzes.importers.contract import Imported
from quizzes.refusals import Rejected
from tests.quizzes.contest.bank import question

FIRST = {"title": {"vi": "Thử"}, "rounds": [{"format": "speed", "questions": ["a"]}]}
OTHER = {"title": {"vi": "Khác"}, "rounds": [{"format": "speed", "questions": ["b"]}]}


def test_a_spare_is_one_nobody_has_seen_and_what_a_client_brings_is_not_believed(bound: Database) -> None:
    drafts = [question("a"), question("b"), question("c"), question("d", topic="xa")]
    banks.replace_bank(
        "small", Imported(drafts=drafts, title={"vi": "Thử"}, topics={"t": {"vi": "Thử"}}, public=True), "t"
    )
    scripts.create("khác", script=OTHER)
    made = scripts.create("thử", script=FIRST)
    at = reading(now_us)()

    def act(name: str, **args: object) -> shows.Replica:
        return shows.perform(made.show_id, Command(name, Actor(HOST, 99), at, dict(args)))

    act("advance")
    for spare in ("c", "d", "b"):  # near and unseen, unseen, and at last what another show asks
        state = act("replace", reason="Đề sai", body={"id": "của máy khách"}).state
        assert state.playing.body()["id"] == spare
    with pytest.raises(Rejected, match="not_found"):
        act("replace", reason="Đề sai")
