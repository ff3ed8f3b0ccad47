"""The work that time brings: deadlines, heartbeats, tallies, auto-close, crashes noticed, other workers' news.

Nothing here decides: a ticker only asks the rules what the clock has to say and says it. Every worker
ticks every show; whoever is second finds the thing done.
"""

from __future__ import annotations

import gevent
import structlog

from app.clock import JUMP_US, clock, now_us
from app.fail_points import point
from app.live.beats import Beats, one_by_one
from app.live.protocol import NAMESPACE
from app.live.questions import closing
from app.live.seats.rooms import Room
from app.live.seats.roster import ROWS
from app.live.worker import Live
from app.services.shows import shows, workers
from quizzes import show as rules
from quizzes.engine import HOST, MC, STAGE

log = structlog.get_logger()

TICK_S = 0.05  # the time between two looks at the deadlines
TALLY_S = 0.2  # the time between two tallies
BEAT_S = 1.0  # the time between two heartbeats
LATER_US = 1_000_000
"""How long the other workers leave a command or a closing to the worker that leads, microseconds."""


def start(live: Live) -> None:
    """Start the tickers of this worker."""
    go_on()
    live.presence.begin()
    gevent.spawn(for_ever, lambda: tick(live), TICK_S)
    gevent.spawn(for_ever, lambda: tallies(live), TALLY_S)
    beats = Beats(live)
    beats.beat()
    gevent.spawn(for_ever, beats.beat, BEAT_S)
    gevent.spawn(for_ever, lambda: look(live), BEAT_S)
    gevent.spawn(live.roster.note_for_ever)


def for_ever(work: object, pause_s: float) -> None:
    """Do it again and again with a pause between; what fails is told and tried at the next turn."""
    while True:
        try:
            work()  # type: ignore[operator]
        except Exception:
            log.exception("a ticker failed")
        gevent.sleep(pause_s)


def go_on() -> None:
    """Begin the clock of the shows where the last worker left it, even if the system clock was changed since."""
    db_now, last = workers.last_beat()
    asked = now_us()
    at = time_after(last, db_now) if last else db_now
    took = now_us() - asked
    clock.begin(at + took, db_now + took)
    if last:
        resume_after_crash(last.alive_at)


def time_after(last: workers.LastBeat, db_now: int) -> int:
    """Returns the clock of the shows for a restart, microseconds, computed from the last stored heartbeat.

    A recent heartbeat may be that of a worker that lives: the clock keeps its distance from the database's clock. After
    an older one the clock is the database's. If the database's clock was set back and a show would see time run
    backwards, the clock begins at the heartbeat.
    """
    ahead, since = last.alive_at - last.db_at, db_now - last.db_at
    if -JUMP_US <= since <= workers.DEAD_AFTER_US:
        return db_now + ahead if abs(ahead) > JUMP_US else db_now
    return max(db_now, last.alive_at) if any(_keeps_time(show_id, db_now) for show_id in shows.heads()) else db_now


def _keeps_time(show_id: int, db_now: int) -> bool:
    """True when the show waits for a moment (a deadline, a judgement, a halt), or has events later than `db_now`."""
    with one_by_one(show_id):
        state = shows.catch_up(show_id).state
        due = rules.deadline(state) is not None or bool(rules.unjudged(state))
        return due or state.halt is not None or (state.at or 0) > db_now
    return False


def resume_after_crash(alive_at: int) -> None:
    """Suspend what was running when the last worker died more than five seconds ago."""
    now = now_us()
    if now - alive_at <= workers.DEAD_AFTER_US:
        return
    for show_id in shows.heads():
        with one_by_one(show_id):
            closing.by_clock(show_id, "suspend", {"alive_at": alive_at})


def tick(live: Live) -> None:
    """Gives the commands that are due, and finishes the openings that are closing."""
    point("tick")
    now = now_us()
    for show_id, replica in shows.known().items():
        due, waiting = live.closer.due.of(replica)
        if due is not None and due <= (now if live.presence.leads(show_id) else now - LATER_US):
            command = rules.clock_command(replica.state)
            live.closer.by_clock_soon(show_id, command.name, dict(command.args))
        if waiting and (live.presence.is_alone or (waiting[0].closes_at or 0) <= now - LATER_US):
            live.closer.begin(show_id)  # before LATER_US the worker that closed it does this


def tallies(live: Live) -> None:
    """Tell host and stage how many have answered; close when everybody present has."""
    changed = live.roster.take_changed()
    for room in live.rooms.all():
        if room.show_id not in changed:
            continue
        replica = shows.replica(room.show_id)
        tally = live.roster.tally(replica)
        room.tally = tally | ({"trouble": live.trouble.code} if live.trouble.code else {})
        _show_tally(live, room, replica)
        for ask in rules.live_asks(replica.state):
            if rules.closes_early(replica.state, ask) and everybody_answered(live, replica, ask):
                close_because_all_answered(live, replica, ask.no)


def _show_tally(live: Live, room: Room, replica: shows.Replica) -> None:
    """Stage and MC are told numbers only; the host also who is waited for and who has not got the question yet, so that
    the list needs no new drawing."""
    watching: dict[str, list[str]] = {HOST: [], STAGE: [], MC: []}
    for connection in room.staff():
        watching.get(connection.role, []).append(connection.sid)
    if looking := watching[STAGE] + watching[MC]:
        live.io.emit("tally", room.tally, to=looking, namespace=NAMESPACE)
    if watching[HOST]:
        waiting = live.roster.waiting(replica)
        said = room.tally if waiting is None else room.tally | live.delivery.told(room, replica) | {"waiting": waiting}
        live.io.emit("tally", said, to=watching[HOST], namespace=NAMESPACE)
        if waiting is not None and len(live.roster.people(room.show_id)) > ROWS:
            live.publisher.people_changed(room.show_id)  # the next of those waited for come into the list


NEWS_US = 2_500_000
"""A question younger than this (microseconds) does not close early: we may not know yet of a player who has come."""


def everybody_answered(live: Live, replica: shows.Replica, ask: rules.Ask) -> bool:
    """True when everybody who is waited for and may answer an open ask has answered it."""
    if now_us() < ask.opens_at + NEWS_US and not live.presence.is_alone:
        return False
    expected = ask.roll.among(live.presence.expected(replica.show_id)) - replica.state.kicked
    return bool(expected) and expected <= live.roster.answered(replica, ask.no)


def close_because_all_answered(live: Live, replica: shows.Replica, no: int) -> None:
    """The clock closes early what everybody has answered; on the next look it is no longer open."""
    closing.by_clock(replica.show_id, "all_answered", {"no": no})
    live.closer.begin(replica.show_id)


def look(live: Live) -> None:
    """Read what has ended, and which screens are here; a look that fails is taken again a second later."""
    try:
        live.standing.look()
        live.registry.look()
    except Exception as problem:
        if not live.trouble.noticed(problem):
            raise
