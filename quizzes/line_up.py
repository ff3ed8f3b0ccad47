"""The players of a round and their teams, as a script may write them.

teams: {form: lot, count: 4, answers: captain, points: sum}
rounds:
  - {format: speed, plays: {who: top, count: 8}, ...}
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from quizzes.engine import Setting
from quizzes.problems import Path, Problem
from quizzes.refusals import N_
from quizzes.settings.declared import check

EVERYBODY, CHOSEN, TOP, SURVIVORS, WINNERS = "everybody", "chosen", "top", "survivors", "winners"
TEAM, EACH_TEAM = "team", "each_team"
"""The ways of a round for teams: one team alone, or one team after another, which freezes as a round of each
(`quizzes.team_turns`)."""
HOST, UNIT, FIELD, PICK, LOT = "host", "unit", "field", "pick", "lot"
KNOWN_BEFORE = (UNIT, FIELD)
"""The kinds of teams that exist before the show: the chapters of the players, or the tổ công nghệ số they stand in."""
EACH, CAPTAIN, FIRST, MAJORITY = "each", "captain", "first", "majority"
SUM, AVERAGE = "sum", "average"
MOST_TEAMS, MOST_NAMED = 50, 100
"""The most teams of a round, and the most seats that are named one by one."""

PLAYS: Mapping[str, Setting] = {
    "who": Setting(
        "choice",
        EVERYBODY,
        N_("Ai thi phần này"),
        choices=(EVERYBODY, CHOSEN, TOP, SURVIVORS, WINNERS, TEAM, EACH_TEAM),
        said=(
            N_("Mọi người trong phòng"),
            N_("Những người được người dẫn chọn"),
            N_("Những người đang dẫn đầu"),
            N_("Những người còn trên sàn sau phần trước"),
            N_("Người nhất các phần trước và những người nhì xuất sắc nhất"),
            N_("Một đội"),
            N_("Lần lượt từng đội, câu hỏi chia đều"),
        ),
    ),
    "count": Setting(
        "whole", 0, N_("Bao nhiêu người (dẫn đầu, hoặc nhì xuất sắc nhất), hoặc bao nhiêu đơn vị lần lượt thi"), 0, 5000
    ),
    "of": Setting("numbers", (), N_("Nhất các phần thi số"), 1, 30),
    "team": Setting("whole", 1, N_("Đội số"), 1, MOST_TEAMS),
}
"""The contestants of a round. A seat that is not among them looks on."""
TEAMS: Mapping[str, Setting] = {
    "form": Setting(
        "choice",
        LOT,
        N_("Chia đội"),
        choices=(HOST, UNIT, FIELD, PICK, LOT),
        said=(
            N_("Người dẫn xếp"),
            N_("Theo đơn vị"),
            N_("Theo tổ công nghệ số, đội hình của mỗi người"),
            N_("Mỗi người tự chọn"),
            N_("Bốc thăm"),
        ),
    ),
    "count": Setting("whole", 2, N_("Số đội (chia theo đơn vị hoặc theo tổ thì bỏ qua)"), 2, MOST_TEAMS),
    "names": Setting("words", (), N_("Tên các đội")),
    "answers": Setting(
        "choice",
        EACH,
        N_("Đội trả lời"),
        choices=(EACH, CAPTAIN, FIRST, MAJORITY),
        said=(
            N_("Mỗi người một câu trả lời"),
            N_("Đội trưởng trả lời"),
            N_("Câu trả lời đầu tiên của đội"),
            N_("Câu trả lời được nhiều người chọn nhất"),
        ),
    ),
    "points": Setting(
        "choice",
        SUM,
        N_("Điểm của đội"),
        choices=(SUM, AVERAGE),
        said=(N_("Cộng điểm các thành viên"), N_("Trung bình các thành viên")),
    ),
}
"""The settings of a show that is played in teams."""


def check_plays(plays: Any, at: int, teams: bool, path: Path) -> Iterator[Problem]:
    """Yields what is wrong with the line-up of round `at`, counted from 0."""
    problems = list(check(PLAYS, plays, path))
    yield from problems
    if problems or plays is None:
        return
    who = plays.get("who", EVERYBODY)
    if who == TOP and not plays.get("count"):
        yield Problem((*path, "count"), "plays_count", N_("Cần cho biết bao nhiêu người dẫn đầu vào phần này."))
    if who == WINNERS and not plays.get("of"):
        yield Problem((*path, "of"), "plays_of", N_("Cần cho biết lấy người nhất của những phần thi nào."))
    if any(number > at for number in plays.get("of", ())):
        yield Problem((*path, "of"), "plays_of", N_("Chỉ lấy được người nhất của những phần thi trước phần này."))
    if who in (TEAM, EACH_TEAM) and not teams:
        yield Problem((*path, "who"), "plays_team", N_("Một đội thi thì kịch bản cần phần teams."))


def check_teams(teams: Any, path: Path) -> Iterator[Problem]:
    yield from check(TEAMS, teams, path)
