"""Own scripts in and out as YAML, moved, copied, checked and shared along a line of the tree."""

from __future__ import annotations

import io
from typing import Any

import pytest
import yaml
from flask import Flask

from app.services.banks import banks
from app.services.shows import own_scripts, scripts, shows
from app.services.shows.asked import NONE, Asker, BadScript
from quizzes import composing
from quizzes.engine import HOST, SECOND, Actor, Command
from quizzes.refusals import Rejected
from tests.organisation import browser, plant, send
from tests.people import BINH, CHI, DUNG
from tests.quizzes.people import said, single, typed

SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
KEYED = "ai-ao-giac"
"""A question of a shipped bank with options."""
WHEEL = ["100", "lose", "100", "500", "bankrupt", "100"]


def script() -> dict[str, Any]:
    own = {
        name: value for name, value in single(1).items() if name not in ("topic", "difficulty", "source", "settings")
    }
    rounds = [
        {
            "format": "speed",
            "title": said("Mở màn"),
            "settings": {},
            "questions": [own, {**own, "id": "q2"}],
            "minutes": 7,
            "note": "Mời khách",
        },
        {"format": "wheel", "title": {}, "settings": {"sectors": WHEEL}, "questions": []},
    ]
    return {"title": said("Thử"), "about": {}, "settings": {}, "rounds": rounds, "teams": None}


def test_questions_and_rounds_are_carried_and_copied() -> None:
    body = script()
    carried = composing.carry(body, 0, 0, 0, 1)
    assert [one["id"] for one in carried["rounds"][0]["questions"]] == ["q2", "q1"]
    assert [one["format"] for one in composing.carry_round(body, 1, 0)["rounds"]] == ["wheel", "speed"]
    copied = composing.copy_round(body, 0)["rounds"]
    assert [len(one["questions"]) for one in copied] == [2, 2, 0]
    assert composing.carry(body, 0, 9, 1, 0) == body == composing.carry(body, 5, 0, 0, 0)


@SQLITE
def test_a_script_goes_out_as_yaml_and_comes_back_the_same(app: Flask) -> None:
    host = plant().members[DUNG]
    client = browser(app, host)
    public_id = own_scripts.add(host, script())
    text = client.get(f"/scripts/{public_id}/file").data
    made = send(client, "/scripts/from-file", file=(io.BytesIO(text), "a.yaml"))
    back = own_scripts.one(host, made.headers["Location"].split("/")[2]).body
    assert back["rounds"][1]["settings"]["sectors"] == WHEEL
    assert (back["rounds"][0]["note"], back["rounds"][0]["minutes"]) == ("Mời khách", 7)
    page = client.get(made.headers["Location"]).get_data(as_text=True)
    assert "100, Mất lượt, 100, 500, Mất điểm, 100" in page
    for wrong in (b"title: 7\nrounds: []", b"a: &x 1\nb: *x", b"\xff\xfe\x00"):
        said = send(client, "/scripts/from-file", file=(io.BytesIO(wrong), "a.yaml"))
        assert said.headers["Location"] == "/shows"
    assert len(own_scripts.of_member(host)) == 2


@SQLITE
def test_sectors_typed_in_order_keep_their_order_and_what_stands_twice(app: Flask) -> None:
    host = plant().members[DUNG]
    client = browser(app, host)
    public_id = own_scripts.add(host, script())
    typed = {"r1-format": "wheel", "r1-s-sectors": "900, mất lượt, 900; Thưởng nóng", "do": "save"}
    send(client, f"/scripts/{public_id}", title="Thử", **typed)
    assert own_scripts.one(host, public_id).body["rounds"][1]["settings"]["sectors"] == [
        "900",
        "lose",
        "900",
        "Thưởng nóng",
    ]
    checked = send(client, f"/scripts/{public_id}", title="Thử", **{**typed, "do": "check"})
    assert checked.status_code == 422, "what is no sector is complained of, and nothing is lost"


@SQLITE
def test_who_shares_a_script_lets_hosts_on_its_line_copy_it_and_nobody_change_it(app: Flask) -> None:
    planted = plant()
    dung, chi, binh = (planted.members[name] for name in (DUNG, CHI, BINH))
    public_id = own_scripts.add(dung, script())
    with pytest.raises(Rejected, match="not_found"):
        own_scripts.readable(chi, public_id)
    assert send(browser(app, dung), f"/scripts/{public_id}/share", chapter=planted.province).status_code == 403
    send(browser(app, dung), f"/scripts/{public_id}/share", chapter=planted.village)
    above = browser(app, chi)
    assert "Thử" in above.get("/shows").get_data(as_text=True)
    assert above.get(f"/scripts/{public_id}/look").status_code == 200
    assert above.get(f"/scripts/{public_id}").status_code == 404, "it is read and copied, never changed"
    send(above, f"/scripts/{public_id}/copy")
    assert [one.body["title"] for one in own_scripts.of_member(chi)] == [said("Thử")]
    assert browser(app, binh).get(f"/scripts/{public_id}/look").status_code == 404, "another branch of the tree"
    send(browser(app, dung), f"/scripts/{public_id}/share", chapter=0)
    assert own_scripts.shared_to(chi) == []


@SQLITE
def test_the_report_of_a_show_tells_its_running_order_to_who_may_run_it(app: Flask) -> None:
    planted = plant()
    made = scripts.create(
        "own",
        script=composing.finished({**script(), "rounds": script()["rounds"][:1]}),
        host_member_id=planted.members[DUNG],
        chapter_id=planted.village,
        stakes="none",
    )
    for seconds in range(3):
        host = Actor(HOST, made.host.number)
        shows.perform(made.show_id, Command("advance", host, (1_700_000_000 + 60 * seconds) * SECOND))
    page = browser(app, planted.members[DUNG]).get(f"/shows/{made.public_id}/report").get_data(as_text=True)
    assert "7:00" in page
    assert "Câu hỏi 1?" in page
    assert browser(app, planted.members[BINH]).get(f"/shows/{made.public_id}/report").status_code == 403


@SQLITE
def test_questions_listed_apart_are_composed_kept_and_played_apart(app: Flask) -> None:
    """A file lists them apart; the page shows one list with the slot of each; a show of it has them apart again."""
    host = plant().members[DUNG]
    client = browser(app, host)
    rows = {"keyword": [typed(0, "lá chắn số")], "rows": [typed(1, "mã độc"), typed(2, "otp")], "centre": []}
    whole = {"title": said("Thử"), "rounds": [{"format": "obstacle", "questions": rows}]}
    made = send(client, "/scripts/from-file", file=(io.BytesIO(yaml.safe_dump(whole).encode()), "a.yaml"))
    address = made.headers["Location"]
    public_id = address.split("/")[2]
    assert own_scripts.one(host, public_id).body["rounds"][0]["apart"] == ["keyword", "rows", "rows"]
    page = client.get(address).get_data(as_text=True)
    assert page.count('<option value="rows" selected>') == 2
    typed_in = {"title": "Thử", "r0-format": "obstacle", "r0-q0-slot": "rows", "r0-q1-slot": "rows", "do": "check"}
    wrong = send(client, address, **{**typed_in, "r0-q2-slot": "rows"})
    assert "Phần 1, Từ khóa: Cần từ 1 đến 1 câu hỏi ở đây." in wrong.get_data(as_text=True)
    send(client, address, **{**typed_in, "r0-q2-slot": "keyword", "do": "save"})
    text = yaml.load(client.get(f"/scripts/{public_id}/file").data, yaml.CSafeLoader)["rounds"][0]["questions"]
    assert [[one["id"] for one in text[slot]] for slot in ("keyword", "rows", "centre")] == [["t2"], ["t0", "t1"], []]


@SQLITE
def test_a_bank_question_that_a_format_or_slot_cannot_ask_is_refused_with_its_place(app: Flask) -> None:
    banks.load_shipped()
    part = {"format": "wheel", "questions": [KEYED]}
    with pytest.raises(BadScript) as refused:
        scripts.look_at({"title": said("Thử"), "rounds": [part]}, Asker(None, None, NONE, unreviewed=False))
    assert [(one.code, one.path) for one in refused.value.problems] == [
        ("type_unknown", ("rounds", 0, "questions", 0, "type"))
    ]
    part = {"format": "obstacle", "questions": {"keyword": [KEYED], "rows": [typed(1, "otp")]}}
    with pytest.raises(BadScript) as refused:
        scripts.look_at({"title": said("Thử"), "rounds": [part]}, Asker(None, None, NONE, unreviewed=True))
    assert [one.code for one in refused.value.problems] == ["slot_type"]
