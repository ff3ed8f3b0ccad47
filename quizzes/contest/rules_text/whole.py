"""The rules page, "Thể lệ": made of the settings, so that it cannot say anything else than what happens.

`rules_text(rules)` gives the chapters real rule sets have (domain.md B1): purpose, who, paper, time, taking,
marking, ranking, prizes, points, results and complaints, fairness, personal data.
"""

from __future__ import annotations

from collections.abc import Iterator

from quizzes.contest.checks.consistency import plans
from quizzes.contest.results.showing import one_try
from quizzes.contest.rules_text.results import collective, fairness, points, prizes, ranking, results
from quizzes.contest.setup.blueprint import Blueprint, Cell, levels, size
from quizzes.contest.setup.eligibility import Condition
from quizzes.contest.setup.rules import Rules
from quizzes.refusals import N_
from quizzes.settings.said import At, HalfPoints, Named, Said, Seconds, Section


def rules_text(rules: Rules) -> list[Section]:
    """Sections with something to say, in order."""
    found = [
        Section("purpose", N_("Mục đích"), tuple(_purpose(rules))),
        Section("who", N_("Đối tượng dự thi"), tuple(_who(rules))),
        Section("time", N_("Thời gian"), tuple(_time(rules))),
        Section("paper", N_("Nội dung và đề thi"), tuple(_paper(rules))),
        Section("taking", N_("Cách làm bài"), tuple(_taking(rules))),
        Section("marking", N_("Cách tính điểm"), tuple(_marking(rules))),
        Section("ranking", N_("Cách xếp hạng"), tuple(ranking(rules))),
        Section("prizes", N_("Giải cá nhân"), tuple(prizes(rules))),
        Section("collective", N_("Giải tập thể"), tuple(collective(rules))),
        Section("points", N_("Điểm vào sổ của đoàn viên"), tuple(points(rules))),
        Section("results", N_("Kết quả và khiếu nại"), tuple(results(rules))),
        Section("fairness", N_("Trung thực và dữ liệu cá nhân"), tuple(fairness(rules))),
    ]
    return [section for section in found if section.items]


def _purpose(rules: Rules) -> Iterator[Said]:
    if rules.purpose:
        yield Said("%(text)s", {"text": rules.purpose})
    if rules.organiser:
        yield Said(N_("Đơn vị tổ chức: %(organiser)s."), {"organiser": rules.organiser})


def _who(rules: Rules) -> Iterator[Said]:
    parts = tuple(condition(rules.who))
    if parts:
        yield Said(N_("Người dự thi: %(conditions)s."), {"conditions": parts})
    else:
        yield Said(N_("Mọi đoàn viên có tài khoản đều được dự thi."))
    for one in rules.divisions:
        values = {"title": one.title, "conditions": tuple(condition(one.who)) or (Said(N_("mọi người còn lại")),)}
        yield Said(N_("%(title)s: %(conditions)s."), values)
    if rules.barred.organisers:
        yield Said(N_("Ban tổ chức, ban đề thi, thư ký và tổ kỹ thuật của cuộc thi không dự thi."))
    if rules.barred.authors:
        yield Said(N_("Người viết hoặc duyệt câu hỏi của cuộc thi không dự thi."))
    for chapter in rules.barred.chapters:
        yield Said(N_("%(chapter)s không dự thi."), {"chapter": Named("chapter", chapter)})


def condition(who: Condition) -> Iterator[Said]:
    """The parts of a condition that are given; all must hold."""
    for what, sentence, keys in (
        ("chapter", N_("thuộc %(names)s"), who.chapters),
        ("kind", N_("sinh hoạt tại %(names)s"), who.kinds),
        ("group", N_("là %(names)s"), who.groups),
    ):
        if keys:
            named = tuple(Said("%(name)s", {"name": Named(what, key)}) for key in keys)
            yield Said(sentence, {"names": named})
    yield from _span(who.ages, N_("từ %(low)s tuổi"), N_("đến %(high)s tuổi"), N_("từ %(low)s đến %(high)s tuổi"))
    yield from _span(
        who.born, N_("sinh từ năm %(low)s"), N_("sinh đến năm %(high)s"), N_("sinh từ năm %(low)s đến năm %(high)s")
    )


def _span(bounds: tuple[int | None, int | None], since: str, until: str, both: str) -> Iterator[Said]:
    low, high = bounds
    if low is not None and high is not None:
        yield Said(both, {"low": low, "high": high})
    elif low is not None:
        yield Said(since, {"low": low})
    elif high is not None:
        yield Said(until, {"high": high})


def _time(rules: Rules) -> Iterator[Said]:
    for number, wave in enumerate(rules.waves, 1):
        values = {"number": number, "opens": At(wave.opens_at), "closes": At(wave.closes_at)}
        if wave.title:
            yield Said(N_("%(title)s: từ %(opens)s đến %(closes)s."), {"title": wave.title, **values})
        elif len(rules.waves) > 1:
            yield Said(N_("Đợt %(number)s: từ %(opens)s đến %(closes)s."), values)
        else:
            yield Said(N_("Từ %(opens)s đến %(closes)s."), values)
    yield Said(N_("Mọi giờ là giờ Việt Nam, theo đồng hồ máy chủ."))


def _paper(rules: Rules) -> Iterator[Said]:
    for path, plan in plans(rules):
        if path[0] == "divisions":
            yield Said(N_("Đề của %(title)s:"), {"title": rules.divisions[int(path[1])].title})
        yield Said(N_("Mỗi đề có %(count)s câu."), {"count": size(plan)})
        yield from _cells(plan)
    yield Said(
        N_("Đề của mỗi người được rút ngẫu nhiên theo một mã bí mật, công bố sau cuộc thi để ai cũng rút lại được.")
    )
    shuffled = [plan for _, plan in plans(rules) if plan.shuffle_questions or plan.shuffle_options]
    if shuffled:
        yield Said(N_("Thứ tự câu hỏi và phương án được đảo."))


def _cells(plan: Blueprint) -> Iterator[Said]:
    for cell in plan.cells:
        if cell.topics or cell.difficulty != (None, None):
            yield Said(N_("%(count)s câu: %(what)s."), {"count": cell.count, "what": tuple(_what(cell))})
    if plan.fixed:
        yield Said(N_("%(count)s câu có trong mọi đề."), {"count": len(plan.fixed)})


def _what(cell: Cell) -> Iterator[Said]:
    if cell.topics:
        named = tuple(Said("%(name)s", {"name": Named("topic", topic)}) for topic in cell.topics)
        yield Said(N_("chủ đề %(names)s"), {"names": named})
    found = levels(cell)
    if len(found) == 1:
        yield Said(N_("độ khó %(low)s"), {"low": found[0]})
    elif cell.difficulty != (None, None):
        yield Said(N_("độ khó %(low)s đến %(high)s"), {"low": found[0], "high": found[-1]})


def _taking(rules: Rules) -> Iterator[Said]:
    timing, tries = rules.timing, rules.attempts
    time = {"time": Seconds(timing.seconds)}
    if timing.kind == "whole":
        yield Said(N_("Thời gian làm bài: %(time)s, tính từ lúc mở đề."), time)
        yield Said(
            N_("Mỗi câu trả lời được lưu ngay; mất mạng thì máy giữ lại và gửi khi có mạng, trong thời gian làm bài.")
        )
    else:
        yield Said(N_("Mỗi câu có %(time)s; hết giờ tự chuyển sang câu sau và không quay lại được."), time)
        yield Said(N_("Mất mạng thì đồng hồ vẫn chạy: câu hết giờ trong lúc mất mạng là câu bỏ trống."))
    if timing.grace_seconds:
        sentence = N_("Câu trả lời đến máy chủ chậm nhất %(time)s sau khi hết giờ vẫn được nhận.")
        yield Said(sentence, {"time": Seconds(timing.grace_seconds)})
    if timing.cut:
        yield Said(N_("Đợt thi đóng thì bài đang làm cũng hết giờ."))
    if timing.overdue == "submit":
        yield Said(N_("Hết giờ mà chưa nộp: bài được nộp với những câu đã lưu."))
    else:
        yield Said(N_("Hết giờ mà chưa nộp: lượt thi đó không được tính."))
    per = (
        N_("Mỗi người có %(most)s lượt thi mỗi đợt.")
        if tries.per == "wave"
        else N_("Mỗi người có %(most)s lượt thi trong cả cuộc thi.")
    )
    yield Said(per, {"most": tries.most})
    if tries.practice:
        sentence = N_("Được thi thử %(most)s lượt với câu hỏi riêng, không tính điểm.")
        yield Said(sentence, {"most": tries.practice})
    yield Said(N_("Người cần thêm thời gian vì khuyết tật báo trước cho ban tổ chức để được cộng giờ."))


def _marking(rules: Rules) -> Iterator[Said]:
    """The sentences that say what an answer is worth, and which try counts."""
    worth = rules.marking.points
    if len(set(worth)) == 1:
        yield Said(N_("Mỗi câu đúng được %(points)s điểm."), {"points": HalfPoints(worth[0])})
    else:
        for level, half in enumerate(worth, 1):
            values = {"level": level, "points": HalfPoints(half)}
            yield Said(N_("Câu độ khó %(level)s: %(points)s điểm."), values)
    if rules.marking.partial:
        yield Said(N_("Câu đúng một phần được phần điểm tương ứng."))
    if rules.attempts.most > 1:
        sentences = {
            "best": N_("Có nhiều lượt thi thì lượt tốt nhất được xếp hạng."),
            "first": N_("Có nhiều lượt thi thì lượt đầu tiên được xếp hạng."),
            "last": N_("Có nhiều lượt thi thì lượt cuối cùng được xếp hạng."),
        }
        yield Said(sentences[rules.attempts.counts])
    shown = rules.showing.score if one_try(rules) or rules.showing.score != "at_once" else "after_wave"
    yield Said(
        {
            "at_once": N_("Điểm và thời gian hiện ngay khi nộp bài."),
            "after_wave": N_("Điểm hiện khi đợt thi kết thúc."),
            "official": N_("Điểm hiện khi kết quả chính thức được công bố."),
        }[shown]
    )
    yield Said(
        {
            "after_wave": N_("Đáp án hiện khi đợt thi kết thúc."),
            "after_contest": N_("Đáp án hiện khi cả cuộc thi kết thúc."),
            "never": N_("Đáp án không được công bố."),
        }[rules.showing.key]
    )
    yield Said(N_("Câu hỏi sai sót được hủy hoặc sửa đáp án cho mọi người bằng một quyết định có ghi lại."))
