"""Settings that contradict each other, found while the form is filled in. Warnings may stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Any

from quizzes.contest.setup.blueprint import Blueprint, cross, size
from quizzes.contest.setup.rules import Rules
from quizzes.contest.taking.attempts import allowed
from quizzes.engine import SECOND
from quizzes.hours import MINUTE
from quizzes.problems import Path, Problem
from quizzes.refusals import N_

MOST_QUESTIONS = 200  # questions of a paper


def check(rules: Rules) -> list[Problem]:
    """The problems of the settings taken alone. `opening.check` finds those that depend on banks and chapters."""
    found = (_waves, _papers, _showing, _frozen_too_long, _prediction, _prizes)
    return [problem for part in found for problem in part(rules)]


def wrong(path: Path, code: str, sentence: str, warning: bool = False, **about: Any) -> Problem:
    return Problem(path, code, sentence, about, warning=warning)


def _waves(rules: Rules) -> Iterator[Problem]:
    for index, wave in enumerate(rules.waves):
        here: Path = ("waves", index, "closes_at")
        if wave.opens_at and wave.closes_at and wave.closes_at <= wave.opens_at:
            yield wrong(here, "closes_before_opening", N_("Đợt thi đóng trước khi mở."))
        elif 0 < wave.closes_at - wave.opens_at < allowed(rules, size(rules.blueprint)):
            yield wrong(here, "wave_too_short", N_("Đợt thi ngắn hơn thời gian làm bài."))
    for index, (one, after) in enumerate(zip(rules.waves, rules.waves[1:], strict=False), 1):
        if after.opens_at and after.opens_at < one.closes_at:
            sentence = N_("Đợt thi này mở khi đợt trước chưa đóng.")
            yield wrong(("waves", index, "opens_at"), "waves_overlap", sentence)


def plans(rules: Rules) -> list[tuple[Path, Blueprint]]:
    """The blueprint of each division, with where it is written; the common one where it is used."""
    own = [
        (("divisions", index, "blueprint"), one.blueprint)
        for index, one in enumerate(rules.divisions)
        if one.blueprint is not None
    ]
    common: list[tuple[Path, Blueprint]] = [(("blueprint",), rules.blueprint)]
    return (common if len(own) < len(rules.divisions) or not own else []) + list(own)


def _papers(rules: Rules) -> Iterator[Problem]:
    for path, plan in plans(rules):
        length = size(plan)
        if not 0 < length <= MOST_QUESTIONS:
            sentence = N_("Đề cần từ 1 đến %(most)s câu.")
            yield wrong(path, "paper_size", sentence, most=MOST_QUESTIONS)
        elif allowed(rules, length) < 3 * SECOND * length:
            sentence = N_("Chưa đến 3 giây cho mỗi câu: không kịp đọc.")
            yield wrong(("timing", "seconds"), "time_too_short", sentence, warning=True)
        for (first, one), (second, other) in combinations(enumerate(plan.cells), 2):
            if cross(one, other):
                sentence = N_("Dòng %(one)s và dòng %(other)s của ma trận đề chồng chéo nhau.")
                yield wrong((*path, "cells", second), "cells_cross", sentence, one=first + 1, other=second + 1)
    keys = [one.key for one in rules.divisions]
    yield from _twice(keys, "divisions", N_("Hai bảng cùng ký hiệu, hoặc bảng chưa có ký hiệu."))


def _showing(rules: Rules) -> Iterator[Problem]:
    if rules.showing.score == "at_once" and rules.attempts.most > 1:
        sentence = N_("Có nhiều lượt thi thì điểm chỉ được hiện sau khi đợt thi kết thúc.")
        yield wrong(("showing", "score"), "score_oracle", sentence)
    if rules.showing.standings == "live" and rules.attempts.most > 1:
        sentence = N_("Có nhiều lượt thi thì bảng xếp hạng chỉ được hiện sau khi đợt thi kết thúc: bảng cho biết điểm.")
        yield wrong(("showing", "standings"), "standings_oracle", sentence)
    elif rules.showing.standings == "live" and rules.showing.score != "at_once":
        sentence = N_("Bảng xếp hạng cho biết điểm, nên chỉ hiện trong đợt thi nếu điểm hiện ngay khi nộp bài.")
        yield wrong(("showing", "standings"), "standings_wait", sentence, warning=True)
    if rules.showing.key == "after_wave" and len(rules.waves or [0] * _planned(rules)) > 1:
        sentence = N_("Đáp án đợt trước lộ câu hỏi của đợt sau nếu các đợt dùng chung ngân hàng.")
        yield wrong(("showing", "key"), "key_reused", sentence, warning=True)
    if not rules.ranking.keys:
        yield wrong(("ranking", "keys"), "no_keys", N_("Cần ít nhất một tiêu chí xếp hạng."))
    for bank in set(rules.banks) & set(rules.practice_banks):
        sentence = N_("Thi thử phải dùng ngân hàng riêng.")
        yield wrong(("practice_banks",), "practice_shares_bank", sentence, bank=bank)


def _planned(rules: Rules) -> int:
    return rules.schedule.count if rules.schedule else 1


def _prediction(rules: Rules) -> Iterator[Problem]:
    asked = rules.prediction is not None
    used = "distance" in rules.ranking.keys
    if used and not asked:
        sentence = N_("Xếp hạng theo dự đoán nhưng không có câu dự đoán.")
        yield wrong(("ranking", "keys"), "no_prediction", sentence)
    if asked and not used:
        sentence = N_("Có câu dự đoán nhưng xếp hạng không dùng đến.")
        yield wrong(("prediction",), "prediction_unused", sentence, warning=True)
    several = len(rules.waves or [0] * _planned(rules)) > 1
    late = rules.prediction is not None and rules.prediction.span == "contest" and several
    if late and any(prize.board == "wave" for prize in rules.prizes):
        sentence = N_("Số cần dự đoán chỉ biết khi cả cuộc thi kết thúc; giải từng đợt phải chờ đến lúc đó.")
        yield wrong(("prediction", "span"), "prediction_late", sentence, warning=True)


def _frozen_too_long(rules: Rules) -> Iterator[Problem]:
    shortest = min((wave.closes_at - wave.opens_at for wave in rules.waves), default=0)
    if 0 < shortest <= rules.showing.freeze_minutes * MINUTE:
        sentence = N_("Bảng xếp hạng đóng băng lâu bằng cả đợt thi hoặc hơn: sẽ không ai thấy bảng.")
        yield wrong(("showing", "freeze_minutes"), "frozen_too_long", sentence)


def _nameless(rules: Rules) -> Iterator[Problem]:
    titles = {"prizes": [one.title for one in rules.prizes], "collective": [one.title for one in rules.collective]}
    for where, found in titles.items():
        for index, title in enumerate(found):
            if not title.get("vi", "").strip():
                yield wrong((where, index, "title"), "prize_name", N_("Giải chưa có tên."))
    for index, division in enumerate(rules.divisions):
        if not division.title.get("vi", "").strip():
            yield wrong(("divisions", index, "title"), "division_name", N_("Bảng đối tượng chưa có tên."))


def _prizes(rules: Rules) -> Iterator[Problem]:
    divisions = {one.key for one in rules.divisions}
    yield from _nameless(rules)
    for index, prize in enumerate(rules.prizes):
        if prize.division and prize.division not in divisions:
            yield wrong(("prizes", index, "division"), "unknown_division", N_("Không có bảng này."))
        if prize.division and not rules.ranking.apart:
            sentence = N_("Giải riêng cho một bảng cần xếp hạng riêng từng bảng.")
            yield wrong(("prizes", index, "division"), "not_apart", sentence)
        if prize.board == "overall" and rules.ranking.overall == "none":
            sentence = N_("Giải cả cuộc thi cần bảng chung cả cuộc thi.")
            yield wrong(("prizes", index, "board"), "no_overall", sentence)
    for index, one in enumerate(rules.collective):
        if one.by in ("rate", "weighted") and one.least_members < 5:
            sentence = N_("Không đặt số người tối thiểu thì cơ sở chỉ có 3 người mà thi đủ cả 3 luôn thắng.")
            here: Path = ("collective", index, "least_members")
            yield wrong(here, "small_units", sentence, warning=True)
    keys = [one.key for one in rules.prizes] + [one.key for one in rules.collective]
    yield from _twice(keys, "prizes", N_("Hai giải cùng ký hiệu, hoặc giải chưa có ký hiệu."))


def _twice(keys: Sequence[str], where: str, sentence: str) -> Iterator[Problem]:
    if len(set(keys)) < len(keys) or "" in keys:
        yield wrong((where,), "key_twice", sentence)
