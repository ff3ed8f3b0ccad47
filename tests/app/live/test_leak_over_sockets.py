"""No answer leaks over real sockets: one show played twice, alike but for the key."""

from __future__ import annotations

import copy
import json
import re
import time
from pathlib import Path
from typing import Any

import pytest

from tests import serving
from tests.app.live.hall import SPEED, Hall, wait_for
from tests.serving import serving as started

TYPES: list[dict[str, Any]] = [
    {"type": "single", "options": "ABCD", "answers": (0, 3)},
    {"type": "multiple", "options": "ABCD", "answers": ([0, 1], [2, 3])},
    {"type": "true_false", "options": "", "answers": (True, False)},
    {"type": "true_false_set", "options": "ABCD", "answers": ([True, True, False, False], [False, False, True, True])},
    {"type": "number", "options": "", "answers": (17, 71)},
    {"type": "text", "options": "", "answers": (["mật khẩu một lần"], ["chữ ký điện tử"])},
]


def twin(which: int, explained: bool = True) -> dict[str, Any]:
    """The same script twice: equal but for what is right, and for what is told after the reveal."""
    questions = []
    for n, kind in enumerate(TYPES):
        question: dict[str, Any] = {
            "id": f"q{n}",
            "type": kind["type"],
            "topic": "t",
            "difficulty": 1,
            "text": {"vi": f"Câu {n} hỏi gì?"},
            "answer": kind["answers"][which],
            "source": f"nguồn {'dài hơn' * which}",
            "explanation": {"vi": f"CANARY {which} {'x' * 30 * which}"},
        }
        if kind["options"]:
            question["options"] = [{"text": {"vi": f"Ý {letter} của câu {n}"}} for letter in kind["options"]]
        questions.append(question)
    script = copy.deepcopy(SPEED)
    script["rounds"][0] |= {"questions": questions, "settings": {"seconds": 20}}
    return script


def _heard(server: serving.Server, which: int) -> dict[str, list[str]]:
    """Everything An, Bình and the stage were sent before each reveal, with times and tokens made alike."""
    hall = Hall.open(server, twin(which))
    an, binh = hall.join("An"), hall.join("Bình")
    wait_for(lambda: bool(an.mes and binh.mes and hall.stage.screens))
    told: dict[str, list[str]] = {}
    for n in range(len(TYPES)):
        time.sleep(0.5)  # screens of the lobby and of people coming are joined where they come close together
        for one in (an, binh, hall.stage):
            one.heard.clear()
        hall.advance("ready")
        hall.advance("open")
        for one, pick in ((an, 0), (binh, 1)):
            assert one.answer(_choice(one.data["question"], pick))["ok"]
        hall.wait("closed")
        wait_for(lambda: hall.stage.phase == "closed")
        time.sleep(0.3)
        for one in (an, binh, hall.stage):
            one.heard.append(("sync", one.call("sync", {"v": 0})))
            told[f"{n} {one.name or 'stage'}"] = sorted(_alike(event, data) for event, data in one.heard)
            for _event, data in one.heard:
                assert "CANARY" not in json.dumps(data)
        hall.advance("revealed")
        hall.advance("standings")
    hall.close()
    return told


def _choice(question: dict[str, Any], pick: int) -> Any:
    ids = [option["id"] for option in question.get("options", [])]
    return {
        "single": lambda: ids[pick],
        "true_false": lambda: ids[pick] if ids else bool(pick),
        "multiple": lambda: ids[: 2 + pick],
        "true_false_set": lambda: {one: bool(pick) for one in ids},
        "number": lambda: 17 + pick,
        "text": lambda: ["mật khẩu một lần", "khác"][pick],
    }[question["type"]]()


TIMES = re.compile(r'"(server_time|opens_at|closes_at|closes_in|v)": -?[0-9.]+|"(until|total)": [0-9.]+')


def _alike(event: str, data: Any) -> str:
    text = json.dumps([event, _without_standing(data)], ensure_ascii=False, sort_keys=True)
    text = TIMES.sub(lambda found: f'"{found[1] or found[2]}": 0', text)
    text = re.sub(r'(until|total|left)=\\"[0-9.]+\\"', r'\1=\\"0\\"', text)
    return re.sub(r"PIN[^0-9]*[0-9 ]+|/p/[0-9]+|[A-Za-z0-9_-]{20,}\.[A-Za-z0-9_-]{20,}|/(qr|results)/[\w-]+", "#", text)


def _without_standing(data: Any) -> Any:
    """Scores of earlier questions differ between the twins, as they should; of this question nothing may."""
    if isinstance(data, dict):
        return {
            name: _without_standing(value)
            for name, value in data.items()
            if name not in ("score", "rank", "last", "code", "standings")
        }
    return [_without_standing(one) for one in data] if isinstance(data, list) else data


@pytest.mark.parametrize("lang", ["vi"])
def test_the_same_show_with_another_key_looks_the_same_until_each_reveal(tmp_path: Path, lang: str) -> None:
    with started(tmp_path / "instance", "--no-demo") as server:
        one, other = _heard(server, 0), _heard(server, 1)
    assert one.keys() == other.keys()
    for who in one:
        screens = [[line for line in told[who] if '"tally"' not in line] for told in (one, other)]
        assert screens[0] == screens[1], who
