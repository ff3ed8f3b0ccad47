"""Once a second each worker says that it lives, and looks at the shows of the others."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import structlog

from app.clock import anchor, now_us
from app.fail_points import point
from app.live.questions import closing
from app.live.worker import Live
from app.services.commit import trouble_of
from app.services.people import endings
from app.services.shows import ballots, results, shows, workers
from app.services.tournaments import playing
from quizzes import show as rules

log = structlog.get_logger()

ANCHOR_BEATS = 10
"""Every so many beats the database's clock is measured again."""
POST_BEATS = 60
"""Every so many beats what a crash left undone is sought."""


@contextmanager
def one_by_one(show_id: int) -> Iterator[None]:
    """Confines a failure to its show: an old show that these rules cannot fold holds up no other, and no start."""
    try:
        yield
    except Exception as problem:
        if trouble_of(problem):
            raise
        log.exception("a show cannot be followed", show=show_id)


def follow_up(live: Live, replica: shows.Replica) -> None:
    """Say of a first ballot what was lost between its commit and the journal: its phone was told and asks no more."""
    for ask in rules.asks(replica.state):
        if rules.after_ballot(replica.state, ask.no, 0) is not None:
            at = ballots.oldest(replica.show_id, ask.no)
            command = rules.after_ballot(replica.state, ask.no, at) if at is not None else None
            if command is not None:
                live.closer.by_clock_soon(replica.show_id, command.name, dict(command.args))


class Beats:
    """Once a second: say that we live, look at the heads of all shows, measure the database's clock."""

    def __init__(self, live: Live) -> None:
        self._live, self._count = live, 0

    def beat(self) -> None:
        """One beat."""
        live = self._live
        point("beat")
        changed, gone = live.presence.changes()
        late = {} if live.presence.is_alone else live.delivery.news(live.rooms.all())
        before = now_us()
        try:
            db_now = workers.beat(live.name, now_us, live.read_until(), changed, gone, late)
        except Exception as problem:
            if live.trouble.noticed(problem):
                return
            raise
        live.trouble.passed()
        live.gap.beaten()
        live.presence.beat_stored()
        live.delivery.news_stored()
        if self._count % ANCHOR_BEATS == 0:
            anchor(db_now, now_us() - before)
            live.joining.share(workers.how_many())
        if self._count == 0:
            workers.forget_dead(live.name, now_us())
        self._count += 1
        for show_id in (elsewhere := live.roster.look_elsewhere()):
            live.publisher.people_changed(show_id)
        live.delivery.hear({} if live.presence.is_alone else workers.late_elsewhere(live.name))
        self._look_at_heads()
        for show_id in {*changed, *gone, *elsewhere, *live.roster.asking()}:
            live.roster.counted(show_id)
        if self._count % POST_BEATS == 1:  # at the start and every minute: what a crash left unposted
            closing.end_old_shows(now_us())
            results.post_due()
            playing.take_due()
            endings.forget_old()

    def _look_at_heads(self) -> None:
        live, known = self._live, shows.known()
        heads = shows.heads()
        for show_id, head in heads.items():
            with one_by_one(show_id):
                if not live.presence.follows(show_id):
                    shows.forget(show_id)
                    continue
                if show_id not in known or known[show_id].seq < head:
                    shows.catch_up(show_id)
                follow_up(live, shows.replica(show_id))
                live.publisher.news(show_id, head)
        for show_id in shows.known().keys() - heads.keys():
            over = shows.catch_up(show_id)
            live.publisher.news(show_id, over.seq)
            if over.state.phase == "over" and live.rooms.room(show_id) is None:
                shows.forget(show_id)
