"""The stages of a tournament: how many matches of how many, and how many go on.

Source of the plan "province": Quảng Nam's contests on television of 2023 and 2024 (six preliminaries of three teams,
two semi-finals, a final of the two winners and the best runner-up).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from quizzes.problems import Problem
from quizzes.refusals import N_

MOST_STAGES, MOST_MATCHES, MOST_IN_MATCH, MOST_NAME = 6, 64, 50, 60
"""The most stages of a tournament, matches of a stage and entrants of a match; the longest name of a stage,
letters."""
FIGURES = ("matches", "size", "winners", "best")


@dataclass(frozen=True)
class Stage:
    """One stage. The last has one match, and from it nobody goes on."""

    name: str
    matches: int
    size: int
    winners: int = 1
    """How many of each match go on."""
    best: int = 0
    """How many of all others go on: those next in their matches with the most points."""

    @property
    def goes_on(self) -> int:
        return self.matches * self.winners + self.best

    @property
    def holds(self) -> int:
        return self.matches * self.size


@dataclass(frozen=True)
class Plan:
    title: str
    stages: tuple[Stage, ...]


QUALIFIERS, QUARTERS, SEMIS, FINAL = N_("Vòng loại"), N_("Tứ kết"), N_("Bán kết"), N_("Chung kết")
PLANS: Mapping[str, Plan] = {
    "province": Plan(
        N_("Cấp tỉnh: 6 trận vòng loại, 2 bán kết, chung kết ba đội"),
        (Stage(QUALIFIERS, 6, 3), Stage(SEMIS, 2, 3, 1, 1), Stage(FINAL, 1, 3, 0)),
    ),
    "months": Plan(
        N_("Ba trận, chung kết gồm ba người nhất và người nhì cao điểm nhất"),
        (Stage(QUALIFIERS, 3, 4, 1, 1), Stage(FINAL, 1, 4, 0)),
    ),
    "knock_out": Plan(
        N_("Đấu loại một chọi một, tám người"), (Stage(QUARTERS, 4, 2), Stage(SEMIS, 2, 2), Stage(FINAL, 1, 2, 0))
    ),
}


def written(text: str) -> tuple[tuple[Stage, ...], list[Problem]]:
    """Stages from lines as people write them: name; matches; how many in each; winners of each; best of the others."""
    found, problems = [], []
    lines = [line for line in text.splitlines() if line.strip()]
    for number, line in enumerate(lines, 1):
        name, *figures = (cell.strip() for cell in line.split(";"))
        if not 1 <= len(figures) <= len(FIGURES) or not all(one.isascii() and one.isdigit() for one in figures):
            sentence = N_("mỗi dòng: tên vòng; số trận; số đội mỗi trận; số đội nhất đi tiếp; số đội vớt")
            problems.append(Problem((number,), "stage_line", sentence))
            continue
        last = number == len(lines)
        given = dict(zip(FIGURES, map(int, figures), strict=False))
        found.append(Stage(name, **{"size": 2, "winners": 0 if last else 1, "best": 0, **given}))
    return tuple(found), problems or check(found)


def check(stages: Sequence[Stage]) -> list[Problem]:
    """The problems of a plan, by the number of the stage."""
    if not 1 <= len(stages) <= MOST_STAGES:
        return [Problem((1,), "stages_count", N_("cần từ 1 đến %(most)s vòng"), {"most": MOST_STAGES})]
    found = []
    for number, (one, following) in enumerate(zip(stages, [*stages[1:], None], strict=True), 1):
        if not (one.name and len(one.name) <= MOST_NAME):
            found.append(Problem((number,), "stage_name", N_("thiếu tên vòng, hoặc tên quá dài")))
        if not (1 <= one.matches <= MOST_MATCHES and 2 <= one.size <= MOST_IN_MATCH):
            found.append(Problem((number,), "stage_size", N_("số trận hoặc số đội mỗi trận không hợp lệ")))
        elif following is None and one.matches != 1:
            found.append(Problem((number,), "stage_last", N_("vòng cuối chỉ có một trận")))
        elif following and one.best > one.matches:
            sentence = N_("số đội vớt nhiều hơn số trận: mỗi trận chỉ vớt đội đứng ngay sau các đội đi tiếp")
            found.append(Problem((number,), "stage_best", sentence))
        elif following and not (one.winners < one.size and 2 * following.matches <= one.goes_on <= following.holds):
            about = {"n": one.goes_on, "holds": following.holds}
            sentence = N_("có %(n)s đội đi tiếp, vòng sau có %(holds)s chỗ và mỗi trận cần ít nhất hai đội")
            found.append(Problem((number,), "stage_goes_on", sentence, about))
    return found


def as_data(stages: Sequence[Stage]) -> list[dict[str, Any]]:
    return [asdict(one) for one in stages]


def from_data(data: Sequence[Mapping[str, Any]]) -> tuple[Stage, ...]:
    return tuple(Stage(**one) for one in data)


def as_lines(stages: Sequence[Stage]) -> str:
    """Writes a plan as the lines that `written` reads."""
    return "\n".join(f"{one.name}; {one.matches}; {one.size}; {one.winners}; {one.best}" for one in stages)
