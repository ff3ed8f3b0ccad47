"""Scripts: data files that compose a show. Their shape stands in quizzes/README.md."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from quizzes.bank import LENGTHS
from quizzes.brand import check_brand
from quizzes.engine import Setting, Slot
from quizzes.formats import FORMATS
from quizzes.line_up import PLAYS, TEAMS, check_plays, check_teams
from quizzes.problems import Path, Problem
from quizzes.questions import QUESTION_TYPES
from quizzes.refusals import N_
from quizzes.script_words import check_said, check_title, check_written
from quizzes.settings.declared import check, with_defaults
from quizzes.settings.kinds import unknown
from quizzes.team_turns import check_shares

MOST_ROUNDS = 30
"""Rounds of one script."""
MOST_QUESTIONS = 500
"""Questions of one script."""
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
"""The settings of the whole show."""
SHOW_KEYS = {"title", "about", "settings", "teams", "rounds", "brand"}
ROUND_KEYS = {
    "format", "title", "preset", "settings", "plays", "standings", "material", "draw", "questions", "minutes", "note",
}  # fmt: skip
ORDER: Mapping[str, Setting] = {
    "minutes": Setting("whole", 0, N_("Thời lượng dự kiến (phút, 0: tự ước)"), 0, 600),
    "note": Setting("text", "", N_("Ghi chú cho MC"), high=600),
}
"""The notes of a round for those who run the show: its planned length, and reminders for the MC."""
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
    teams = {"teams": with_defaults(TEAMS, script["teams"])} if script.get("teams") is not None else {}
    brand = {"brand": dict(script["brand"])} if script.get("brand") else {}
    rounds = [_resolved_round(one) for one in script["rounds"]]
    return {"settings": with_defaults(SETTINGS, script.get("settings")), **teams, **brand, "rounds": rounds}


def _resolved_round(one: Mapping[str, Any]) -> dict[str, Any]:
    """A round with its own settings only: it inherits everything else from the show."""
    plays = {"plays": with_defaults(PLAYS, one["plays"])} if one.get("plays") is not None else {}
    standings = {"standings": one["standings"]} if one.get("standings") is not None else {}
    return {
        "format": one["format"],
        "title": dict(one.get("title") or {}),
        "settings": settings_of(one),
        **plays,
        **standings,
        **{name: one[name] for name in ORDER if one.get(name)},
        **_material(one),
        **({"slots": {name: len(listed) for name, listed in _by_slot(one).items()}} if _by_slot(one) else {}),
    }


def _material(one: Mapping[str, Any]) -> dict[str, Any]:
    declared = FORMATS[one["format"]].material
    return {"material": with_defaults(declared, chosen_material(one))} if declared else {}


def _by_slot(part: Mapping[str, Any]) -> dict[str, list[Any]]:
    """The questions of a round that lists them apart, in the order its format asks the slots; {} where they stand in
    one list."""
    asked = part.get("questions")
    return {name: asked.get(name, []) for name in FORMATS[part["format"]].slots} if isinstance(asked, Mapping) else {}


def questions_of(part: Mapping[str, Any]) -> list[Any]:
    """The questions that a checked round lists, slot after slot."""
    slots = _by_slot(part)
    return [one for listed in slots.values() for one in listed] if slots else list(part.get("questions") or [])


def chosen_settings(part: Mapping[str, Any]) -> dict[str, Any]:
    """The settings of its format that a checked round changes: those of its preset, overlaid by its own."""
    preset = FORMATS[part["format"]].presets.get(part.get("preset") or "")
    return {**(preset.settings if preset else {}), **(part.get("settings") or {})}


def chosen_material(part: Mapping[str, Any]) -> dict[str, Any]:
    """The material of a checked round: that of its preset, overlaid by its own."""
    preset = FORMATS[part["format"]].presets.get(part.get("preset") or "")
    return {**(preset.material if preset else {}), **(part.get("material") or {})}


def settings_of(part: Mapping[str, Any]) -> dict[str, Any]:
    """Every setting of a checked round."""
    return with_defaults(FORMATS[part["format"]].settings, chosen_settings(part))


def check_script(script: Any) -> list[Problem]:
    """The problems of a script, with the path to each place. It takes any value and never raises."""
    if not isinstance(script, Mapping):
        return [Problem((), "script_shape", N_("Kịch bản phải là một bảng có title và rounds."))]
    problems = list(unknown(script, SHOW_KEYS, ()))
    problems += check_title(script.get("title"), ("title",), required=True)
    problems += check_said(script.get("about"), ("about",), LENGTHS["text"])
    problems += check(SETTINGS, script.get("settings"), ("settings",))
    problems += check_teams(script.get("teams"), ("teams",))
    problems += check_brand(script.get("brand"), ("brand",))
    rounds = script.get("rounds")
    if not isinstance(rounds, list) or not 1 <= len(rounds) <= MOST_ROUNDS:
        sentence = N_("Kịch bản cần từ 1 đến %(most)s phần thi.")
        return [*problems, Problem(("rounds",), "rounds_count", sentence, {"most": MOST_ROUNDS})]
    return problems + [one for at, spec in enumerate(rounds) for one in _round(spec, at, script.get("teams"))]


def _round(spec: Any, at: int, teams: Any) -> Iterator[Problem]:
    """Yields the problems of round `at`: its format, preset, settings, line-up and questions."""
    path: Path = ("rounds", at)
    if not isinstance(spec, Mapping):
        yield Problem(path, "round_shape", N_("Phần thi phải là một bảng có format."))
        return
    yield from unknown(spec, ROUND_KEYS, path)
    yield from check_title(spec.get("title"), (*path, "title"), required=False)
    fmt = FORMATS.get(str(spec.get("format")))
    if fmt is None:
        about = {"given": str(spec.get("format"))[:40], "known": ", ".join(sorted(FORMATS))}
        sentence = N_("Không có thể thức %(given)s; có: %(known)s.")
        yield Problem((*path, "format"), "format_unknown", sentence, about)
        return
    if spec.get("preset") is not None and str(spec["preset"]) not in fmt.presets:
        about = {"given": str(spec["preset"])[:40], "known": ", ".join(sorted(fmt.presets)) or "-"}
        yield Problem((*path, "preset"), "preset_unknown", N_("Không có kiểu %(given)s; có: %(known)s."), about)
    yield from check(fmt.settings, spec.get("settings"), (*path, "settings"))
    yield from check_plays(spec.get("plays"), at, teams is not None, (*path, "plays"))
    if spec.get("standings") is not None:
        yield from check({"standings": SETTINGS["standings"]}, {"standings": spec["standings"]}, path)
    yield from check(ORDER, {name: spec[name] for name in ORDER if spec.get(name) is not None}, path)
    if ("draw" in spec) == ("questions" in spec):
        yield Problem(path, "questions_where", N_("Phần thi cần hoặc draw, hoặc questions, không cả hai."))
    elif "draw" in spec:
        yield from _draw(spec["draw"], (*path, "draw"))
    elif isinstance(spec["questions"], Mapping) and fmt.slots:
        yield from _slots(fmt.key, spec["questions"], (*path, "questions"))
    else:
        yield from _questions(fmt.key, spec["questions"], (*path, "questions"))
    yield from check(fmt.material, spec.get("material"), (*path, "material"))
    yield from check_shares(spec.get("plays"), teams, _sizes(spec), path, "draw" if "draw" in spec else "questions")


def _sizes(spec: Mapping[str, Any]) -> list[int]:
    """The number of questions each slot of a round lists, or draws; [] where that cannot be said."""
    draw, listed = spec.get("draw"), spec.get("questions")
    if isinstance(draw, Mapping):
        return [draw["count"]] if isinstance(draw.get("count"), int) else []
    slots = listed.values() if isinstance(listed, Mapping) else [listed]
    return [len(one) for one in slots if isinstance(one, list)]


def _draw(draw: Any, path: Path) -> Iterator[Problem]:
    if not isinstance(draw, Mapping) or "count" not in draw:
        yield Problem(path, "draw_shape", N_("Phần draw phải là một bảng có count."))
    else:
        yield from check(DRAW, draw, path)


def _slots(format_key: str, slots: Mapping[str, Any], path: Path) -> Iterator[Problem]:
    """Questions listed apart: each slot like any other list."""
    declared = FORMATS[format_key].slots
    yield from unknown(slots, set(declared), path)
    if not any(slots.values()):
        yield from _questions(format_key, [], path)
        return
    for name, slot in declared.items():
        listed = slots.get(name) or []
        if isinstance(listed, list) and not slot.low <= len(listed) <= slot.high:
            about = {"least": slot.low, "most": slot.high}
            yield Problem((*path, name), "slot_count", N_("Cần từ %(least)s đến %(most)s câu hỏi ở đây."), about)
        elif listed:
            yield from _questions(format_key, listed, (*path, name))
            yield from _types(slot, listed, (*path, name))


def _types(slot: Slot, listed: Any, path: Path) -> Iterator[Problem]:
    """Questions of other types than the slot takes; those of a bank are looked at when they are fetched."""
    for at, one in enumerate(listed if isinstance(listed, list) else ()):
        if slot.types and isinstance(one, Mapping) and one.get("type") not in slot.types:
            sentence = N_("Chỗ này cần câu hỏi loại %(types)s.")
            yield Problem((*path, at, "type"), "slot_type", sentence, {"types": ", ".join(slot.types)})


def _questions(format_key: str, listed: Any, path: Path) -> Iterator[Problem]:
    if not isinstance(listed, list):
        yield Problem(path, "questions_shape", N_("Các câu hỏi phải là một danh sách."))
        return
    if not 1 <= len(listed) <= MOST_QUESTIONS:
        sentence = N_("Cần từ 1 đến %(most)s câu hỏi.")
        yield Problem(path, "questions_many" if listed else "questions_count", sentence, {"most": MOST_QUESTIONS})
        return
    for at, one in enumerate(listed):
        if isinstance(one, Mapping):
            for problem in check_question(format_key, one):
                yield Problem((*path, at, *problem.path), problem.code, problem.sentence, problem.about)
        elif not isinstance(one, str) or not one.strip():
            yield Problem((*path, at), "question_shape", N_("Câu hỏi là một mã trong ngân hàng hoặc một bảng."))


def unfit(part: Mapping[str, Any], asked: Sequence[Mapping[str, Any]]) -> Iterator[Problem]:
    """The problems of a round's questions once those of banks are known: types that its format or their slot does not
    ask."""
    fmt, names = FORMATS[part["format"]], [name for name, listed in _by_slot(part).items() for _ in listed]
    for at, question in enumerate(asked):
        for field, code, sentence in fmt.problems(question):
            yield Problem(("questions", at, field), code, sentence)
        if names:
            for one in _types(fmt.slots[names[at]], [question], ()):
                yield Problem(("questions", at, "type"), one.code, one.sentence, one.about)


def check_question(format_key: str, question: Mapping[str, Any], of_bank: bool = False) -> list[Problem]:
    """The problems that keep this format from asking this question. The words of one `of_bank` are known to be well."""
    fmt = FORMATS[format_key]
    found = [] if of_bank else list(check_written(question, {*QUESTION_TYPES, *fmt.own_types}))
    if not any(one.code == "type_unknown" for one in found):
        found = [Problem((path,), code, sentence) for path, code, sentence in fmt.problems(question)] + found
    if not found and fmt.needs_answer:
        found = QUESTION_TYPES[question["type"]].check(question)
    return found
