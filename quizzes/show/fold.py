"""The fold: what each event of the journal changes. It never fails, never grades, never draws."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from quizzes.copies import replace
from quizzes.engine import Event
from quizzes.round_state.ask import REVEALED, VOID
from quizzes.show import shelf, teams
from quizzes.show import state as s
from quizzes.show.changes import explained, seconded, with_change
from quizzes.show.correcting import corrected, with_later
from quizzes.show.placing import carried_on, with_places
from quizzes.show.replacing import replaced
from quizzes.show.state import Halt, ShowState, Step, Void

NOT_STEPS = frozenset({
    "paused", "resumed", "suspended", "undone", "kicked", "readmitted", "locked", "unlocked",
    "blackout", "unblackout", "explained", "seconded", "unveiled", "names_hidden", "names_shown", "sound",
    "sound_checked", "followed", "chosen", "teamed", "captain", "spread_shown", "spread_hidden",
    "thrown", "lifted", "armed", "disarmed", "awards_shown", "awards_hidden", "sound_heard",
})  # fmt: skip
"""The events that happen to the room, not to the game: undo passes over them and leaves their effects."""
STAYS = (
    "last_no", "key_shown", "locked", "kicked", "blackout", "hidden", "sound", "sound_checks", "seconded", "chosen",
    "teams", "captains", "lots", "sound_heard", "message",
)  # fmt: skip
"""The fields that undo leaves as they are, because people know or did them."""
LIFTED: Mapping[str, Any] = {"spread": "", "awards": None, "thrown": {}, "armed": {}}
"""The fields that every step resets: an overlay on the stage, and an armed command."""


def evolve(state: ShowState, event: Event, seq: int = 0, at: int = 0, step: bool = False) -> ShowState:
    """The state after `event`. `step`: it is the first event of a host command, so undo can return to here."""
    change = CHANGES_OF[state.version].get(event.name, _in_round)
    after = change(state, event, at)
    if step and event.name not in NOT_STEPS:
        after = replace(after, previous=Step(state, at), **LIFTED)
    return replace(after, seq=seq or state.seq + 1, at=at)


def _in_round(state: ShowState, event: Event, at: int) -> ShowState:
    after = state.format.evolve(state.playing, event)
    changed = replace(state, stage=s.ROUND, round=after, last_no=max(state.last_no, after.last_no))
    return with_places(changed) if after.phase == "revealed" else changed


def _round(state: ShowState, event: Event, at: int) -> ShowState:
    """Round `index` begins; the scores of the others are carried into it."""
    index = event.data["index"]
    begun = replace(state, finished=state.rounds, index=index, stage=s.ROUND, begun_at={**state.begun_at, index: at})
    begun = teams.learned(begun, event.data.get("room"))
    return replace(begun, round=begun.format.begin(begun.setup(begun.index, event.data.get("room"))))


def _revealed(state: ShowState, event: Event, at: int) -> ShowState:
    """Makes the verdicts of these openings public from here on."""
    nos = tuple(event.data["nos"])
    after = replace(_in_round(state, event, at), revealed=nos)
    played = after.round
    assert played is not None  # noqa: S101
    if after.format.needs_answer:
        known = {ask.no for ask in played.asks.values() if ask.during == played.question}
        after = replace(after, key_shown=after.key_shown | known)
    if not after.format.scored:
        return after
    kinds = after.format.kinds
    asks = [played.asks[no] for no in nos if kinds[played.asks[no].kind].scored]
    table = after.table.plus((ask.results for ask in asks), (ask.roll for ask in asks))
    table = table if after.format.places else replace(table, places={})
    return replace(after, table=table, last=tuple(ask.no for ask in asks))


def _shown(state: ShowState, event: Event, at: int) -> ShowState:
    """Notes that something of a key is out."""
    return replace(_in_round(state, event, at), told=state.told + 1)


def _stage(name: str) -> Callable[[ShowState, Event, int], ShowState]:
    return lambda state, event, at: replace(state, stage=name)


def _standings(state: ShowState, event: Event, at: int) -> ShowState:
    return replace(state, stage=s.STANDINGS, table_before=state.table_shown, table_shown=state.table)


def _halted(why: str) -> Callable[[ShowState, Event, int], ShowState]:
    return lambda state, event, at: replace(state, halt=Halt(why, event.data["at"]))


def _resumed(state: ShowState, event: Event, at: int) -> ShowState:
    resumed = replace(state, halt=None, spread="", awards=None, thrown={})
    if state.round is None or state.stage != s.ROUND:
        return resumed
    return replace(resumed, round=state.format.evolve(state.round, event))


def _undone(state: ShowState, event: Event, at: int) -> ShowState:
    """Back by some steps, paused with the seconds that were left then. What people know or did stays:
    keys shown, numbers used, closings begun, the room; undone openings are void."""
    step = step_back(state, event.data["steps"])
    target = step.state
    void = dict(target.void)
    for index, ask in state.openings():
        if ask.no > target.last_no:
            void[ask.no] = Void(ask.no, index, ask.during, "undone", event.data.get("reason_ref"))
    void |= {no: one for no, one in state.void.items() if no > target.last_no and no not in void}
    landing = replace(
        target,
        **{name: getattr(state, name) for name in STAYS},
        void=void,
        table=replace(target.table, kicked=state.kicked),
        halt=Halt(s.PAUSED, target.halt.at if target.halt else step.at),
        **LIFTED,
    )
    landing = with_change(state, landing, event, at)
    if landing.round is None:
        return landing
    played = landing.round
    for name, seats in (("kicked", state.kicked - target.kicked), ("readmitted", target.kicked - state.kicked)):
        told = Event(name, {"seats": sorted(seats)})
        played = landing.format.hears(played, told) if seats else played
    closed = {ask.no: ask.closings for _, ask in state.openings()}
    asks = {no: replace(ask, closings=closed.get(no, ask.closings)) for no, ask in played.asks.items()}
    return replace(landing, round=replace(played, last_no=state.last_no, asks=asks))


def step_back(state: ShowState, steps: int) -> Step:
    """The step to land on. LookupError where there are fewer."""
    step = state.previous
    for _ in range(steps - 1):
        step = step.state.previous if step else None
    if step is None:
        raise LookupError("not so many steps")
    return step


def _voided(state: ShowState, event: Event, at: int) -> ShowState:
    """The points of an opening are taken back."""
    found = state.opening(event.data["no"])
    if found is None:
        return state
    index, ask = found
    table = state.table
    fmt = state.format_of(index)
    scored = fmt.scored and fmt.kinds[ask.kind].scored
    if ask.status == REVEALED and scored:
        table = table.plus([ask.results], sign=-1)
    void = Void(ask.no, index, ask.during, "void", event.data.get("reason_ref"))
    after = replace(_with_void(state, index, ask.no), table=table, void={**state.void, ask.no: void})
    return with_change(state, with_places(after, ask.no), event, at)


def _with_void(state: ShowState, index: int, no: int) -> ShowState:
    """The state with an opening's status void, in whichever round it stands."""
    rounds = list(state.rounds)
    if rounds[index].asks[no].status != VOID:
        rounds[index] = state.format_of(index).evolve(rounds[index], Event("voided", {"no": no}))
    return replace(state, finished=tuple(rounds[:-1]), round=rounds[-1])


def _adjusted(state: ShowState, event: Event, at: int) -> ShowState:
    after = replace(
        state,
        table=state.table.adjusted(event.data["seat"], event.data["half"]),
        adjusted=state.adjusted | {state.seq + 1},
    )
    return with_change(state, after, event, at)


def seats_of(event: Event) -> list[int]:
    """The seats that an event of the room concerns: one, or many at once."""
    many: list[int] = event.data["seats"] if "seats" in event.data else [event.data["seat"]]
    return many


def _sent_out(state: ShowState, event: Event, at: int) -> ShowState:
    return _kicked(state, state.kicked.union(seats_of(event)), event)


def _let_in(state: ShowState, event: Event, at: int) -> ShowState:
    return _kicked(state, state.kicked.difference(seats_of(event)), event)


def _kicked(state: ShowState, kicked: frozenset[int], event: Event) -> ShowState:
    played = state.format.hears(state.round, event) if state.round and state.stage != s.OVER else state.round
    return replace(state, kicked=kicked, table=replace(state.table, kicked=kicked), round=played)


def _flag(**changes: Any) -> Callable[[ShowState, Event, int], ShowState]:
    return lambda state, event, at: replace(state, **changes)


CHANGES: Mapping[str, Callable[[ShowState, Event, int], ShowState]] = {
    "round": _round,
    "revealed": _revealed,
    "shown": _shown,
    "standings": _standings,
    "break": _stage(s.BREAK),
    "over": _stage(s.OVER),
    "paused": _halted(s.PAUSED),
    "suspended": _halted(s.SUSPENDED),
    "resumed": _resumed,
    "undone": _undone,
    "voided": with_later(_voided),
    "adjusted": _adjusted,
    "explained": explained,
    "seconded": seconded,
    "kicked": _sent_out,
    "readmitted": _let_in,
    "locked": _flag(locked=True),
    "unlocked": _flag(locked=False),
    "blackout": _flag(blackout=True),
    "unblackout": _flag(blackout=False),
    "spread_shown": lambda state, event, at: replace(state, spread=event.data["what"], awards=None),
    "spread_hidden": _flag(spread=""),
    "awards_shown": lambda state, event, at: replace(state, awards=(event.data["of"], event.data["step"]), spread=""),
    "awards_hidden": _flag(awards=None),
    "thrown": shelf.thrown,
    "lifted": shelf.lifted,
    "armed": lambda state, event, at: replace(state, armed=event.data),
    "disarmed": _flag(armed={}),
    "replaced": replaced,
    "unveiled": lambda state, event, at: replace(state, unveiled=state.unveiled + 1),
    "names_hidden": lambda state, event, at: replace(state, hidden=state.hidden | {event.data["seat"]}),
    "names_shown": lambda state, event, at: replace(state, hidden=state.hidden - {event.data["seat"]}),
    "sound": lambda state, event, at: replace(state, sound=event.data),
    "sound_checked": lambda state, event, at: replace(state, sound_checks=state.sound_checks + 1),
    "sound_heard": _flag(sound_heard=True),
    "corrected": with_later(corrected),
    "chosen": teams.chosen,
    "teamed": teams.teamed,
    "captain": teams.captain,
    "followed": lambda state, event, at: replace(state, followed=event.data["show"]),
}

CHANGES_OF: Mapping[int, Mapping[str, Callable[[ShowState, Event, int], ShowState]]] = {
    1: CHANGES,
    2: CHANGES,
    3: {
        **CHANGES,
        **{name: with_later(carried_on(one)) for name, one in (("voided", _voided), ("corrected", corrected))},
        "adjusted": carried_on(_adjusted),
    },
}
"""Rule version -> what its events change. From version 3 on what changes in an earlier round reaches the scores that
later ones began from."""
