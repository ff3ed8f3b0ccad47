"""Scripts: data files that compose a show. Their shape stands in quizzes/README.md."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from quizzes.engine import Setting
from quizzes.formats import FORMATS
from quizzes.problems import Path, Problem
from quizzes.questions import QUESTION_TYPES
from quizzes.refusals import N_

MOST_ROUNDS = 30
MOST_QUESTIONS = 500
EVERY, ROUND, NEVER = "every", "round", "never"

SETTINGS: Mapping[str, Setting] = {
    "standings": Setting(
        "choice",
        EVERY,
        N_("Hiện bảng xếp hạng"),
        choices=(EVERY, ROUND, NEVER),
        said=(N_("Sau mỗi câu"), N_("Sau mỗi phần thi"), N_("Chỉ ở cuối")),
    ),
    "auto_close": Setting("flag", True, N_("Tự đóng khi mọi người có mặt đã trả lời")),
    "breaks": Setting("flag", True, N_("Nghỉ giữa các phần thi")),
}
"""Of the whole show."""
SHOW_KEYS = {"title", "about", "settings", "rounds"}
ROUND_KEYS = {"format", "title", "preset", "settings", "draw", "questions"}
DRAW: Mapping[str, Setting] = {
    "count": Setting("whole", 1, N_("Số câu hỏi"), 1, MOST_QUESTIONS),
    "banks": Setting("words", (), N_("Ngân hàng câu hỏi")),
    "topics": Setting("words", (), N_("Chủ đề")),
    "types": Setting("choices", (), N_("Loại câu hỏi"), choices=tuple(QUESTION_TYPES)),
    "difficulty": Setting("numbers", (), N_("Độ khó"), 1, 5),
    "rising": Setting("flag", False, N_("Xếp từ dễ đến khó")),
}
"""How questions are drawn from the banks; `count` is required, the rest narrows the choice."""


def resolved(script: Mapping[str, Any]) -> dict[str, Any]:
    """A checked script as a show freezes it: every setting written out, titles filled in."""
    return {
        "settings": with_defaults(SETTINGS, script.get("settings")),
        "rounds": [
            {"format": one["format"], "title": dict(one.get("title") or {}), "settings": settings_of(one)}
            for one in script["rounds"]
        ],
    }


def with_defaults(declared: Mapping[str, Setting], given: Mapping[str, Any] | None) -> dict[str, Any]:
    values = {name: (given or {}).get(name, setting.default) for name, setting in declared.items()}
    return {name: list(value) if isinstance(value, tuple) else value for name, value in values.items()}


def chosen_settings(part: Mapping[str, Any]) -> dict[str, Any]:
    """What a checked round of a script changes of its format's settings: its preset, and over it its own."""
    preset = FORMATS[part["format"]].presets.get(part.get("preset") or "")
    return {**(preset.settings if preset else {}), **(part.get("settings") or {})}


def settings_of(part: Mapping[str, Any]) -> dict[str, Any]:
    """Every setting of a checked round."""
    return with_defaults(FORMATS[part["format"]].settings, chosen_settings(part))


def check_script(script: Any) -> list[Problem]:
    """Everything wrong with a script, with the path to the place; whatever was loaded, it never raises."""
    if not isinstance(script, Mapping):
        return [Problem((), "script_shape", N_("Kịch bản phải là một bảng có title và rounds."))]
    problems = list(_unknown(script, SHOW_KEYS, ()))
    problems += _title(script.get("title"), ("title",), required=True)
    problems += _settings(SETTINGS, script.get("settings"), ("settings",))
    rounds = script.get("rounds")
    if not isinstance(rounds, list) or not 1 <= len(rounds) <= MOST_ROUNDS:
        sentence = N_("Kịch bản cần từ 1 đến %(most)s phần thi.")
        return [*problems, Problem(("rounds",), "rounds_count", sentence, {"most": MOST_ROUNDS})]
    return problems + [one for at, spec in enumerate(rounds) for one in _round(spec, ("rounds", at))]


def _round(spec: Any, path: Path) -> Iterator[Problem]:
    if not isinstance(spec, Mapping):
        yield Problem(path, "round_shape", N_("Phần thi phải là một bảng có format."))
        return
    yield from _unknown(spec, ROUND_KEYS, path)
    yield from _title(spec.get("title"), (*path, "title"), required=False)
    fmt = FORMATS.get(str(spec.get("format")))
    if fmt is None:
        about = {"given": str(spec.get("format"))[:40], "known": ", ".join(sorted(FORMATS))}
        sentence = N_("Không có thể thức %(given)s; có: %(known)s.")
        yield Problem((*path, "format"), "format_unknown", sentence, about)
        return
    if spec.get("preset") is not None and str(spec["preset"]) not in fmt.presets:
        about = {"given": str(spec["preset"])[:40], "known": ", ".join(sorted(fmt.presets)) or "-"}
        yield Problem((*path, "preset"), "preset_unknown", N_("Không có kiểu %(given)s; có: %(known)s."), about)
    yield from _settings(fmt.settings, spec.get("settings"), (*path, "settings"))
    if ("draw" in spec) == ("questions" in spec):
        yield Problem(path, "questions_where", N_("Phần thi cần hoặc draw, hoặc questions, không cả hai."))
    elif "draw" in spec:
        yield from _draw(spec["draw"], (*path, "draw"))
    else:
        yield from _questions(fmt.key, spec["questions"], (*path, "questions"))


def _title(title: Any, path: Path, required: bool) -> Iterator[Problem]:
    if title is None and not required:
        return
    vi = title.get("vi") if isinstance(title, Mapping) else None
    if not isinstance(vi, str) or not vi.strip():
        yield Problem(path, "title_empty", N_("Thiếu tên tiếng Việt (title.vi)."))


def _unknown(given: Mapping[Any, Any], known: set[str], path: Path) -> Iterator[Problem]:
    for name in given:
        if name not in known:
            about = {"name": str(name)[:40], "known": ", ".join(sorted(known))}
            yield Problem((*path, str(name)), "unknown", N_("Không hiểu mục %(name)s; có: %(known)s."), about)


def _settings(declared: Mapping[str, Setting], given: Any, path: Path) -> Iterator[Problem]:
    if given is None:
        return
    if not isinstance(given, Mapping):
        yield Problem(path, "settings_shape", N_("Phần settings phải là một bảng tên: giá trị."))
        return
    yield from _unknown(given, set(declared), path)
    for name, setting in declared.items():
        if name in given and not _fits(setting, given[name]):
            about = {"expected": _expected(setting)}
            yield Problem((*path, name), "setting_value", N_("Giá trị phải là %(expected)s."), about)


def _is_whole(value: Any, low: int, high: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and low <= value <= high


def _fits(setting: Setting, value: Any) -> bool:
    match setting.kind:
        case "whole":
            return _is_whole(value, setting.low, setting.high)
        case "flag":
            return isinstance(value, bool)
        case "choice":
            return isinstance(value, str) and value in setting.choices
        case "choices":
            return isinstance(value, list) and all(isinstance(one, str) and one in setting.choices for one in value)
        case "numbers":
            return isinstance(value, list) and all(_is_whole(one, setting.low, setting.high) for one in value)
        case "words":
            return isinstance(value, list) and all(isinstance(one, str) and one.strip() for one in value)
    raise ValueError(f"no such kind of setting: {setting.kind}")


def _expected(setting: Setting) -> str:
    """For programs and people alike: what the file may say, in the file's own words."""
    match setting.kind:
        case "whole":
            return f"{setting.low}..{setting.high}"
        case "flag":
            return "true | false"
        case "choice":
            return " | ".join(setting.choices)
        case "choices":
            return f"[{' | '.join(setting.choices)}, ...]"
        case "numbers":
            return f"[{setting.low}..{setting.high}, ...]"
    return "[...]"


def _draw(draw: Any, path: Path) -> Iterator[Problem]:
    if not isinstance(draw, Mapping) or "count" not in draw:
        yield Problem(path, "draw_shape", N_("Phần draw phải là một bảng có count."))
    else:
        yield from _settings(DRAW, draw, path)


def _questions(format_key: str, listed: Any, path: Path) -> Iterator[Problem]:
    if not isinstance(listed, list) or not 1 <= len(listed) <= MOST_QUESTIONS:
        sentence = N_("Cần từ 1 đến %(most)s câu hỏi.")
        yield Problem(path, "questions_count", sentence, {"most": MOST_QUESTIONS})
        return
    for at, one in enumerate(listed):
        if isinstance(one, Mapping):
            for problem in check_question(format_key, one):
                yield Problem((*path, at, *problem.path), problem.code, problem.sentence, problem.about)
        elif not isinstance(one, str) or not one.strip():
            yield Problem((*path, at), "question_shape", N_("Câu hỏi là một mã trong ngân hàng hoặc một bảng."))


def check_question(format_key: str, question: Mapping[str, Any]) -> list[Problem]:
    """What keeps this format from asking this question: inline in a script or from a bank."""
    fmt = FORMATS[format_key]
    found = [Problem((path,), code, sentence) for path, code, sentence in fmt.problems(question)]
    text = question.get("text")
    if not isinstance(text, Mapping) or not isinstance(text.get("vi"), str) or not text["vi"].strip():
        found.append(Problem(("text",), "text_empty", N_("Câu hỏi chưa có chữ tiếng Việt.")))
    if not found and fmt.needs_answer:
        found = QUESTION_TYPES[question["type"]].check(question)
    return found
