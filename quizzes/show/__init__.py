"""The show above its rounds: everything `app/live` and the pages need of the rules stands here.

    state  = start(created)                        the first event of the journal
    events = decide(state, command)                may raise Rejected; changes nothing
    state  = evolve(state, event, seq, at, step)   never fails
    view(state, viewer), me(state, seat)           what may be shown

A ballot is no command: fences() says what may be stored, read_choice() makes it canonical, grade() and the
command `judge` turn the stored ones into verdicts.
"""

from quizzes.round_state.ask import Ask, Roll
from quizzes.show.anytime import is_old, judge
from quizzes.show.ballots import (
    Fence,
    asks,
    came_in_time,
    closes_early,
    counts_now,
    fences,
    grade,
    is_kicked,
    is_true,
    kind_of,
    live_asks,
    main_ask,
    may_answer,
    possible_choices,
    read_choice,
    take_of,
    unjudged,
)
from quizzes.show.beginning import create, start
from quizzes.show.changes import SECOND, WHYS, unexplained, verdict, withheld
from quizzes.show.clock import ENDING, after_ballot, clock_command, deadline
from quizzes.show.commands import decide, next_phase, possible
from quizzes.show.console import round_title
from quizzes.show.correcting import consequences
from quizzes.show.fold import evolve, seats_of
from quizzes.show.own import group, me, role, score, standing
from quizzes.show.replacing import body_of
from quizzes.show.results import results, sheet
from quizzes.show.rows import Change
from quizzes.show.running_order import behind_us, report
from quizzes.show.standings import ranked_by
from quizzes.show.state import RULE_VERSION, Halt, ShowState, Step, Void
from quizzes.show.table import Row, Table, points
from quizzes.show.teams import as_read as team_score
from quizzes.show.typed import in_words, typed, typed_no
from quizzes.show.views import question, view

__all__ = [
    "ENDING",
    "RULE_VERSION",
    "SECOND",
    "WHYS",
    "Ask",
    "Change",
    "Fence",
    "Halt",
    "Roll",
    "Row",
    "ShowState",
    "Step",
    "Table",
    "Void",
    "after_ballot",
    "asks",
    "behind_us",
    "body_of",
    "came_in_time",
    "clock_command",
    "closes_early",
    "consequences",
    "counts_now",
    "create",
    "deadline",
    "decide",
    "evolve",
    "fences",
    "grade",
    "group",
    "in_words",
    "is_kicked",
    "is_old",
    "is_true",
    "judge",
    "kind_of",
    "live_asks",
    "main_ask",
    "may_answer",
    "me",
    "next_phase",
    "points",
    "possible",
    "possible_choices",
    "question",
    "ranked_by",
    "read_choice",
    "report",
    "results",
    "role",
    "round_title",
    "score",
    "seats_of",
    "sheet",
    "standing",
    "start",
    "take_of",
    "team_score",
    "typed",
    "typed_no",
    "unexplained",
    "unjudged",
    "verdict",
    "view",
    "withheld",
]  # fmt: skip
