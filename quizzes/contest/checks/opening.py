"""The check before a contest opens: hours, banks against blueprints, likeness of papers, public keys.

The result of a contest stands on the snapshot taken here: usable questions only, each with its key.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from quizzes.contest.checks import consistency
from quizzes.contest.checks.balance import Evenness, Overlap, overlap, simulate
from quizzes.contest.checks.consistency import plans, wrong
from quizzes.contest.results.chapters import Unit
from quizzes.contest.results.prizes import rivals
from quizzes.contest.setup.blueprint import practice_plan, shortages
from quizzes.contest.setup.rules import Rules
from quizzes.contest.taking.paper import Snapshot
from quizzes.hours import DAY, day
from quizzes.problems import Path, Problem
from quizzes.questions.contract import Question
from quizzes.refusals import N_

MOST_SHARED = 500
"""Warn where two papers share more than this (per mille)."""
WIDEST = 1500
"""Warn where the easiest and the hardest simulated paper differ by more (thousandths of a question)."""
LONGEST_WAVE = 200 * DAY
"""How long a wave may be open, microseconds."""


@dataclass(frozen=True)
class Candidate:
    """A question of the chosen banks, with what the bank knows about it."""

    question: Question
    approved: bool = True
    public: bool = False
    """True when the keys of the question's bank are openly published, as those of every shipped bank are."""
    live: bool = False
    """True when a planned or running show asks it: such a question is barred from contests, and the reverse."""


@dataclass(frozen=True)
class Likeness:
    """The likeness of the papers drawn from one blueprint."""

    shared: Overlap
    evenness: Evenness


def unusable(one: Candidate, opens_at: int, closes_at: int) -> str:
    """The code of the reason that keeps a question out of a paper of these hours, or ""."""
    starts, ends = one.question.get("valid_from"), one.question.get("valid_to")
    if not one.approved:
        return "not_approved"
    if not one.question.get("source"):
        return "no_source"
    if ends and str(ends) < day(closes_at):
        return "expires"
    if starts and str(starts) > day(opens_at):
        return "not_yet_valid"
    return "in_a_show" if one.live else ""


def snapshot(rules: Rules, bank: Iterable[Candidate]) -> Snapshot:
    """The usable questions by id: what is frozen when the contest opens."""
    opens_at, closes_at = _hours(rules)
    return {str(one.question["id"]): one.question for one in bank if not unusable(one, opens_at, closes_at)}


def likeness(rules: Rules, bank: Sequence[Candidate]) -> dict[Path, Likeness]:
    """Measures how alike the papers of every blueprint are, by where it is written. A big bank takes seconds."""
    usable = snapshot(rules, bank)
    return {
        path: Likeness(overlap(plan, usable), simulate(plan, usable))
        for path, plan in plans(rules)
        if plan.cells and set(plan.fixed) <= set(usable) and not shortages(plan, usable.values())
    }


def check(
    rules: Rules,
    bank: Sequence[Candidate],
    practice: Sequence[Candidate],
    now: int,
    units: Sequence[Unit] = (),
    papers: Mapping[Path, Likeness] | None = None,
) -> list[Problem]:
    """The problems that stand against opening now. Errors come first and forbid it; warnings are shown. `units`: the
    chapters with the head-counts that opening locks. `papers`: the `likeness`, where it is known already; it leads
    to warnings only."""
    found = [*consistency.check(rules), *_complete(rules, now), *_headcounts(rules, units)]
    if rules.waves:
        found += _questions(rules, bank)
        found += _alike(likeness(rules, bank) if papers is None else papers)
        found += _practice(rules, bank, practice)
    return sorted(found, key=lambda one: one.warning)


def _hours(rules: Rules) -> tuple[int, int]:
    return (
        min((wave.opens_at for wave in rules.waves), default=0),
        max((wave.closes_at for wave in rules.waves), default=0),
    )


def _complete(rules: Rules, now: int) -> Iterator[Problem]:
    if not rules.title.get("vi"):
        yield wrong(("title",), "no_title", N_("Cuộc thi chưa có tên."))
    if not rules.waves:
        yield wrong(("waves",), "no_waves", N_("Chưa có đợt thi nào."))
    for index, wave in enumerate(rules.waves):
        here: Path = ("waves", index)
        if not wave.opens_at or not wave.closes_at:
            yield wrong(here, "no_hours", N_("Đợt thi chưa có giờ mở và giờ đóng."))
        elif wave.closes_at <= now:
            yield wrong(here, "already_over", N_("Giờ đóng của đợt thi đã qua."))
        elif wave.closes_at - wave.opens_at > LONGEST_WAVE:
            yield wrong(here, "very_long", N_("Đợt thi dài hơn 200 ngày."), warning=True)
    if not rules.contact:
        yield wrong(("contact",), "no_contact", N_("Chưa ghi nơi nhận khiếu nại."), warning=True)


def _headcounts(rules: Rules, units: Sequence[Unit]) -> Iterator[Problem]:
    for index, prize in enumerate(rules.collective):
        declared = [unit for unit in rivals(prize, units) if unit.members]
        if prize.by in ("rate", "weighted") and not declared:
            sentence = N_("Giải theo tỷ lệ cần số đoàn viên của các cơ sở, chốt trước khi mở.")
            yield wrong(("collective", index), "no_headcounts", sentence)


def _questions(rules: Rules, bank: Sequence[Candidate]) -> Iterator[Problem]:
    usable = snapshot(rules, bank)
    for path, plan in plans(rules):
        missing = [name for name in plan.fixed if name not in usable]
        for name in missing:
            sentence = N_("Câu hỏi cố định %(question)s không dùng được.")
            yield wrong((*path, "fixed"), "fixed_unusable", sentence, question=name)
        for one in shortages(plan, usable.values()):
            sentence = N_("Cần %(need)s câu đã duyệt và còn hạn, chỉ có %(have)s.")
            here = (*path, "cells", plan.cells.index(one.cell))
            yield wrong(here, "too_few_questions", sentence, need=one.need, have=one.have)
    if (rules.prizes or rules.collective) and any(one.public for one in bank):
        sentence = N_("Có giải thưởng nhưng ngân hàng công khai cả đáp án.")
        yield wrong(("banks",), "public_bank", sentence, warning=True)


def _alike(papers: Mapping[Path, Likeness]) -> Iterator[Problem]:
    for path, one in papers.items():
        if one.shared.share > MOST_SHARED:
            sentence = N_("Hai đề trùng nhau trung bình %(percent)s phần trăm số câu: ngân hàng nhỏ so với đề.")
            yield wrong(path, "papers_alike", sentence, warning=True, percent=one.shared.share // 10)
        if one.evenness.widest > WIDEST:
            sentence = N_("Đề dễ nhất và đề khó nhất lệch nhau %(questions)s câu đúng (ước tính).")
            yield wrong(path, "papers_uneven", sentence, warning=True, questions=one.evenness.widest / 1000)


def _practice(rules: Rules, bank: Sequence[Candidate], practice: Sequence[Candidate]) -> Iterator[Problem]:
    if not rules.attempts.practice:
        return
    counted = {one.question["id"] for one in bank}
    if any(one.question["id"] in counted for one in practice):
        sentence = N_("Thi thử phải dùng câu hỏi riêng.")
        yield wrong(("practice_banks",), "practice_shares_questions", sentence)
    usable = snapshot(rules, practice)
    for _, plan in plans(rules):
        for one in shortages(practice_plan(plan), usable.values()):
            sentence = N_("Ngân hàng thi thử cần %(need)s câu, chỉ có %(have)s.")
            yield wrong(("practice_banks",), "too_few_practice", sentence, need=one.need, have=one.have)
