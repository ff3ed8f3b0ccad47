"""Composes a script step by step. Each function gives a new script; one that cannot be made leaves the old script as
it is. A script being composed has the shape of any other, but may be incomplete: no title, rounds without
questions. Questions that it lists apart stand in one list, and `apart` names the slot of each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from quizzes.formats import FORMATS
from quizzes.script import MOST_QUESTIONS, MOST_ROUNDS, check_question

Script = dict[str, Any]


def blank(format_key: str) -> Script:
    """A script with one empty round."""
    return {"title": {}, "about": {}, "settings": {}, "rounds": [_round(format_key)]}


def _round(format_key: str) -> dict[str, Any]:
    return {"format": format_key, "title": {}, "settings": {}, "questions": []}


def add_round(script: Mapping[str, Any], format_key: str) -> Script:
    """The script with one more empty round at the end."""
    rounds = script["rounds"]
    return {**script, "rounds": [*rounds, _round(format_key)] if len(rounds) < MOST_ROUNDS else rounds}


def drop_round(script: Mapping[str, Any], at: int) -> Script:
    """The script without round `at`."""
    return {**script, "rounds": _without(script["rounds"], at)}


def move_round(script: Mapping[str, Any], at: int, by: int) -> Script:
    """The script with round `at` moved up (-1) or down (1)."""
    return {**script, "rounds": _moved(script["rounds"], at, by)}


def carry_round(script: Mapping[str, Any], at: int, to: int) -> Script:
    """The script with round `at` standing as number `to`."""
    return {**script, "rounds": _moved(script["rounds"], at, to - at)}


def copy_round(script: Mapping[str, Any], at: int) -> Script:
    """The script with a copy of round `at` behind it: the same rules and its own written questions. Questions from a
    bank are not copied: each is asked once."""
    rounds = list(script["rounds"])
    if 0 <= at < len(rounds) < MOST_ROUNDS:
        rounds.insert(at + 1, _with_questions(rounds[at], [one for one in rounds[at]["questions"] if own(one)]))
    return {**script, "rounds": rounds}


def own(question: Any) -> bool:
    return not isinstance(question, str)


def carry(script: Mapping[str, Any], at: int, number: int, to_round: int, to: int) -> Script:
    """The script with question `number` of round `at` standing as number `to` of another round, or of the same."""
    rounds = script["rounds"]
    if not (0 <= at < len(rounds) and 0 <= to_round < len(rounds) and 0 <= number < len(rounds[at]["questions"])):
        return dict(script)
    taken = rounds[at]["questions"][number]
    if at != to_round and not may_stand(rounds[to_round]["format"], taken):
        return dict(script)
    return _in_round(drop(script, at, number), to_round, lambda listed: [*listed[:to], taken, *listed[to:]])


def may_stand(format_key: str, question: Any) -> bool:
    """True when a round may list the question. A question named by its key is checked later, with the whole script."""
    return isinstance(question, str) or may_ask(format_key, question)


def in_style(script: Mapping[str, Any], at: int, number: int) -> Script:
    """The script with round `at` played as its format's preset `number` has it, from 1; 0 is the present way."""
    rounds = list(script["rounds"])
    if 0 <= at < len(rounds):
        part, presets = rounds[at], list(FORMATS[rounds[at]["format"]].presets.values())
        if 0 <= number <= len(presets):
            given = {name for one in presets for name in one.material}
            own = {name: one for name, one in (part.get("material") or {}).items() if name not in given}
            settings, material = (presets[number - 1].settings, presets[number - 1].material) if number else ({}, {})
            rounds[at] = {**part, "settings": dict(settings), "material": {**own, **material}}
    return {**script, "rounds": rounds}


def put(script: Mapping[str, Any], at: int, questions: Sequence[Any]) -> Script:
    """The script with these questions at the end of round `at`; what stands there already is not put twice."""

    def more(listed: list[Any]) -> list[Any]:
        new = [one for one in questions if not isinstance(one, str) or one not in listed]
        return [*listed, *new][:MOST_QUESTIONS]

    return _in_round(script, at, more)


def change(script: Mapping[str, Any], at: int, number: int, question: Mapping[str, Any]) -> Script:
    """The script with question `number` of round `at` written anew."""
    return _in_round(
        script, at, lambda listed: [question if index == number else one for index, one in enumerate(listed)]
    )


def drop(script: Mapping[str, Any], at: int, number: int) -> Script:
    """The script without question `number` of round `at`."""
    return _in_round(script, at, lambda listed: _without(listed, number))


def move(script: Mapping[str, Any], at: int, number: int, by: int) -> Script:
    """The script with question `number` of round `at` moved up or down."""
    return _in_round(script, at, lambda listed: _moved(listed, number, by))


def finished(script: Mapping[str, Any]) -> Script:
    """Return the script as it is checked and played: without what was left empty."""
    empty = ("title", "settings", "plays", "standings", "material", "minutes", "note")
    rounds = [_by_slot(_without_empty(one, empty)) for one in script["rounds"]]
    return _without_empty({**script, "rounds": rounds}, ("about", "settings", "brand"), ("teams",))


def in_one_list(part: Mapping[str, Any]) -> dict[str, Any]:
    """A round of a script as it is composed: questions that it lists apart in one list, with the slot of each."""
    if not isinstance(part.get("questions"), Mapping):
        return dict(part)
    asked = part["questions"]
    slots = [name for name in FORMATS[part["format"]].slots if isinstance(asked.get(name), list)]
    names = [name for name in slots for _ in asked[name]]
    return {**part, "questions": [one for name in slots for one in asked[name]], "apart": names}


def _by_slot(part: Mapping[str, Any]) -> dict[str, Any]:
    """The other way round: questions without a slot belong to the first."""
    slots, names = FORMATS[part["format"]].slots, part.get("apart") or []
    whole = {name: value for name, value in part.items() if name != "apart"}
    if not slots or not any(name in slots for name in names):
        return whole
    first = next(iter(slots))
    placed = list(zip(part["questions"], names, strict=True))
    return {
        **whole,
        "questions": {
            slot: [one for one, name in placed if name == slot or (slot == first and name not in slots)]
            for slot in slots
        },
    }


def types_of(format_key: str, examples: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """The types of questions a format asks: those of the examples it takes, and those of its own."""
    taken = [key for key, example in examples.items() if not list(FORMATS[format_key].problems(example))]
    return [*taken, *FORMATS[format_key].own_types]


def may_ask(format_key: str, question: Mapping[str, Any]) -> bool:
    """True when this format can ask the question, which stands in a bank or in a script and was read there."""
    return not check_question(format_key, question, of_bank=True)


def _in_round(script: Mapping[str, Any], at: int, work: Callable[[list[Any]], list[Any]]) -> Script:
    rounds = [
        _with_questions(one, work(list(one["questions"]))) if index == at and "questions" in one else one
        for index, one in enumerate(script["rounds"])
    ]
    return {**script, "rounds": rounds}


def _with_questions(part: Mapping[str, Any], listed: list[Any]) -> dict[str, Any]:
    """The round with these questions: each that stood in it keeps its slot, a new one stands where its neighbour
    does."""
    if not part.get("apart"):
        return {**part, "questions": listed}
    left, names = list(zip(part["questions"], part["apart"], strict=False)), list[str]()
    rewritten = len(listed) == len(left)
    for at, question in enumerate(listed):
        found = next((one for one in left if one[0] == question), None)
        if found is not None:
            left.remove(found)
            names.append(found[1])
        else:
            names.append(part["apart"][at] if rewritten else names[-1] if names else "")
    return {**part, "questions": listed, "apart": names}


def _without(listed: Sequence[Any], at: int) -> list[Any]:
    return [one for index, one in enumerate(listed) if index != at]


def _moved(listed: Sequence[Any], at: int, by: int) -> list[Any]:
    moved, to = list(listed), at + by
    if 0 <= at < len(moved) and 0 <= to < len(moved):
        moved.insert(to, moved.pop(at))
    return moved


def _without_empty(part: Mapping[str, Any], names: Sequence[str], absent: Sequence[str] = ()) -> dict[str, Any]:
    """The part without those of `names` that are empty, and without those of `absent` that are None: for the latter an
    empty value is a choice."""
    left_out = {name for name in names if not part.get(name)} | {name for name in absent if part.get(name) is None}
    return {name: value for name, value in part.items() if name not in left_out}
