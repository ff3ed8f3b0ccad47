"""One worker closes a question while the other, which the phones are connected to, is in trouble.

Whatever happens: an answer is acknowledged exactly if it stands in the table, and then it is judged. What was sent
in time counts as long as the other worker comes back within the settle time.
"""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from tests.app.live.hall import Hall, Person, together, wait_for
from tests.app.live.pair import Pair, stopped, two_workers
from tests.app.live.test_time import SOCKETS, Sender, wait_until

OVER_SOCKETS, OVER_HTTP = 12, 6
EDGE_S = 0.1
"""Answers sent nearer to the close than this may go either way: each worker's clock is anchored to the database's
with an error of half a round trip, the kernel stamps a little after we send, and we look at the clock ourselves."""
MOST_SETTLE_S = 3.0
CONVERGED_S = 60.0


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pair]:
    with two_workers(tmp_path_factory.mktemp("pair")) as both:
        yield both


@dataclass
class Question:
    """An open question: the host on one worker; the stage, and everybody who answers, on the other."""

    pair: Pair
    hall: Hall
    senders: list[Sender]
    said: list[dict[str, Any]] = field(default_factory=list)

    @classmethod
    def opened(cls, pair: Pair, seconds: int = 0) -> Question:
        """The first question of a new show, open for so many seconds, or until the host closes it."""
        show = pair.new_show(1, seconds)
        host = Person(pair.one.url, show["host_ticket"], "host").connect()
        stage = Person(pair.other.url, show["stage_ticket"], "stage").connect()
        hall = Hall(pair.one, show, host, stage)
        # A sender's number says whether it answers over a socket or by HTTP.
        numbers = [*range(OVER_SOCKETS), *range(SOCKETS, SOCKETS + OVER_HTTP)]
        senders = [Sender(pair.other, hall.seat(f"Bạn {n}"), n, by_http=n >= SOCKETS) for n in numbers]
        hall.advance("ready")
        hall.advance("open")
        wait_for(lambda: stage.phase == "open", CONVERGED_S, "the other worker's news of the question")
        return cls(pair, hall, senders)

    @property
    def id(self) -> int:
        return int(self.hall.show["id"])

    @property
    def closed_at(self) -> float:
        """The moment until which answers count."""
        return float(self.pair.journal(self.id, "closing")[0]["closes_at"]) / 1e6

    def answers(self, since: float, span_s: float) -> Callable[[], None]:
        """Begin to send everybody's answers one after another over `span_s`; what is returned waits for the end."""

        options = self.hall.host.data["question"]["options"]
        right = next(option["id"] for option in options if option["text"] == "đúng")

        def send(mine: list[Sender]) -> None:
            for at, one in enumerate(mine):
                wait_until(since + span_s * at / len(mine))
                one.send(right)

        parts = (self.senders[:OVER_SOCKETS], self.senders[OVER_SOCKETS:])
        threads = [threading.Thread(target=send, args=(part,)) for part in parts]
        for thread in threads:
            thread.start()

        def wait() -> None:
            for thread in threads:
                thread.join()

        return wait

    def all_told(self) -> None:
        """Every answer is acknowledged or refused, and everybody is shown that the question is closed."""
        self.said = together([one.told for one in self.senders])
        wait_for(lambda: self.hall.host.phase == self.hall.stage.phase == "closed", CONVERGED_S, "the close")

    def acknowledged_is_stored_is_judged(self) -> None:
        acknowledged = [seat for seat, said in enumerate(self.said, 1) if said["ok"]]
        assert {said.get("code", "ok") for said in self.said} <= {"ok", "too_late"}
        assert self.pair.stored(self.id) == [(1, seat) for seat in acknowledged]
        verdicts = self.pair.journal(self.id, "judged")
        assert [sorted(map(int, one["results"])) for one in verdicts] == [acknowledged]

    def sent_before(self, at: float) -> list[dict[str, Any]]:
        """The replies to everybody who had sent by then."""
        return [said for one, said in zip(self.senders, self.said, strict=True) if one.sent[1] < at]

    def sent_after(self, at: float) -> list[dict[str, Any]]:
        return [said for one, said in zip(self.senders, self.said, strict=True) if one.sent[0] > at]

    def in_time_counts_and_late_does_not(self) -> None:
        in_time, late = self.sent_before(self.closed_at - EDGE_S), self.sent_after(self.closed_at + EDGE_S)
        assert in_time
        assert late
        assert all(said["ok"] for said in in_time), in_time
        assert all(said.get("code") == "too_late" for said in late), late


@pytest.fixture
def asked(pair: Pair) -> Iterator[Callable[..., Question]]:
    """Opens questions; those who answer hang up afterwards, also when the test failed."""
    made: list[Question] = []

    def asked(seconds: int = 0) -> Question:
        made.append(Question.opened(pair, seconds))
        return made[-1]

    yield asked
    for sender in (sender for question in made for sender in question.senders):
        sender.hang_up()


def test_a_deadline_waits_for_a_worker_that_stalls_across_it(pair: Pair, asked: Callable[..., Question]) -> None:
    question = asked(seconds=2)
    deadline = question.hall.host.data["closes_at"]
    sent = question.answers(deadline - 0.6, span_s=1.2)
    wait_until(deadline - 0.55)
    stall = pair.fail(pair.other, "tick", "stall 1.0")
    sent()
    assert not stall.exists(), "the other worker did not stall"
    question.all_told()
    assert question.closed_at == pytest.approx(deadline)
    question.in_time_counts_and_late_does_not()
    question.acknowledged_is_stored_is_judged()


def test_an_answer_sent_in_time_counts_though_its_worker_was_stopped(asked: Callable[..., Question]) -> None:
    question = asked()
    with stopped(question.pair.other):
        since = time.time()
        sent = question.answers(since, span_s=1.2)
        closing = closed_by_the_host(question, at=since + 0.5)
        sent()
    closing()
    question.all_told()
    question.in_time_counts_and_late_does_not()
    question.acknowledged_is_stored_is_judged()


def closed_by_the_host(question: Question, at: float) -> Callable[[], float]:
    """The host closes then; what is returned waits until it is done, and says when that was."""
    said: list[Any] = []

    def close() -> None:
        wait_until(at)
        said.extend([question.hall.act("close_now"), time.time()])

    thread = threading.Thread(target=close)
    thread.start()

    def wait() -> float:
        thread.join()
        assert said[0]["ok"], said
        return float(said[1])

    return wait


def test_a_close_does_not_wait_for_a_worker_that_stays_away_and_nothing_late_is_acknowledged(
    asked: Callable[..., Question],
) -> None:
    question = asked()
    since = time.time()
    sent = question.answers(since, span_s=3.0)
    wait_until(since + 1.0)
    with stopped(question.pair.other):
        stopped_at = time.time()
        closing = closed_by_the_host(question, at=stopped_at + 1.0)
        sent()
        closing()  # it does not wait for a worker that has stopped
        wait_until(stopped_at + 4.0)
    question.all_told()
    question.acknowledged_is_stored_is_judged()
    assert all(said["ok"] for said in question.sent_before(stopped_at - EDGE_S))
    late = question.sent_after(question.closed_at + EDGE_S)
    assert late
    assert all(said.get("code") == "too_late" for said in late)
    refused = [said for said in question.sent_before(question.closed_at - EDGE_S) if not said["ok"]]
    assert refused, "the stopped worker held nothing"
    held = "SELECT held FROM opening WHERE show_id = %s"
    wait_for(
        lambda: (question.pair.rows(held, question.id)[0][0] or 0) >= len(refused), about="what it held to be counted"
    )
    question.hall.advance("revealed")
    wait_for(lambda: "đến kịp giờ nhưng không được tính" in question.hall.host.html, about="the host to be told")


def test_a_close_waits_for_what_the_other_worker_has_received_and_not_stored(
    pair: Pair, asked: Callable[..., Question]
) -> None:
    question = asked()
    question.senders = question.senders[:OVER_SOCKETS]  # a request over HTTP lasts until its answer is stored
    held = pair.fail(pair.other, "storing", "wait 1.2")
    sent = question.answers(time.time(), span_s=0.05)
    wait_for(lambda: not held.exists(), about="the first answers to wait in the other worker")
    sent()
    time.sleep(EDGE_S)  # all of them are clearly in time
    began = time.time()
    done_at = closed_by_the_host(question, at=began)()
    assert done_at - began > 0.5, "the answers were not held long enough to prove anything"
    question.all_told()
    assert all(said["ok"] for said in question.said), question.said
    question.acknowledged_is_stored_is_judged()


def test_a_worker_that_has_no_redis_and_does_not_know_of_the_close_acknowledges_nothing_late(
    pair: Pair, asked: Callable[..., Question]
) -> None:
    question = asked()
    pair.redis.kill()
    try:
        since = time.time()
        sent = question.answers(since, span_s=1.2)
        closing = closed_by_the_host(question, at=since + 0.6)
        sent()
        closing()
        question.all_told()
    finally:
        pair.redis.again()
    question.in_time_counts_and_late_does_not()
    question.acknowledged_is_stored_is_judged()


def test_what_was_sent_in_time_counts_though_the_database_was_away_across_the_deadline(
    pair: Pair, asked: Callable[..., Question]
) -> None:
    """For longer than the settle time: the answers wait on the other worker, and the close begins when they can be
    stored. A phone waits for its acknowledgement meanwhile."""
    question = asked(seconds=3)
    deadline = question.hall.host.data["closes_at"]
    wait_until(deadline - 0.8)
    pair.postgres.kill(signal.SIGQUIT)
    sent = question.answers(deadline - 0.6, span_s=0.4)
    sent()
    wait_until(deadline + MOST_SETTLE_S + 0.5)
    pair.postgres.again()
    question.said = together([one.told for one in question.senders])
    wait_for(lambda: question.hall.host.phase == question.hall.stage.phase == "closed", 2 * CONVERGED_S, "the close")
    assert question.closed_at == pytest.approx(deadline)
    assert all(said["ok"] for said in question.said), question.said
    question.acknowledged_is_stored_is_judged()
