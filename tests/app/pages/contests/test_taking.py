"""Taking a contest through its pages and its door, as a browser would."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.saving import purses
from app.saving.access import DOORS
from app.services.banks.banks import SHIPPED as BANKS
from quizzes.movement.services import SERVICES
from quizzes.questions import of
from tests.app.services.contests.taking.taker import Taker, row
from tests.contests import PRACTICE, Held, hold, open_now
from tests.organisation import Organisation, browser, plant, send
from tests.people import AN, BINH, CHI, DUNG


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """The engine makes no difference here."""
    return sqlite_url


@pytest.fixture
def org(app: Flask) -> Organisation:
    return plant()


@pytest.fixture
def held(org: Organisation) -> Held:
    return hold(org)


class Phone:
    """An's browser with a paper in it."""

    def __init__(self, app: Flask, held: Held, member: int, **form: str) -> None:
        self.client, self.held = browser(app, member), held
        begun = send(self.client, f"/contests/{held.public_id}/start", agreed="yes", **form)
        assert begun.status_code == 303, begun.text
        self.address = begun.headers["Location"]
        self.page = self.client.get(self.address).text
        self.paper: dict[str, Any] = json.loads(re.search(r'id="paper">(.*?)</script>', self.page)[1])  # type: ignore[index]
        self.ticket = re.search(r'name="scs-ticket" content="([^"]+)"', self.page)[1]  # type: ignore[index]

    def tell(self, headers: dict[str, str] | None = None, **message: Any) -> TestResponse:
        sent = {"device": "phone", "count": 1} | message
        given = {"Authorization": f"Bearer {self.ticket}"} | (headers or {})
        return FlaskClient(self.client.application).post("/taking", json=sent, headers=given)

    def choice(self, place: int) -> Any:
        face = self.paper["faces"][place]
        ids = [one["id"] for one in face.get("options", [])]
        return {"single": ids[:1], "multiple": ids, "ordering": ids, "true_false": ids[:1]}.get(face["type"], [5])


@pytest.fixture
def phone(app: Flask, org: Organisation, held: Held) -> Phone:
    return Phone(app, held, org.members[AN])


def single(phone: Phone) -> tuple[int, str]:
    place = next(at for at, face in enumerate(phone.paper["faces"]) if face["type"] in ("single", "true_false"))
    return place, phone.paper["faces"][place]["options"][0]["id"]


def test_the_way_in_says_the_rules_and_starts(app: Flask, org: Organisation, held: Held) -> None:
    client = browser(app, org.members[AN])
    page = client.get(f"/contests/{held.public_id}/enter").text
    assert "6 câu hỏi" in page and "10 phút" in page and "Bắt đầu làm bài" in page
    refused = send(client, f"/contests/{held.public_id}/start")
    assert refused.status_code == 400 and "đọc thể lệ" in refused.text
    first = send(client, f"/contests/{held.public_id}/start", agreed="yes")
    again = send(client, f"/contests/{held.public_id}/start")
    assert first.headers["Location"] == again.headers["Location"]
    assert "Làm tiếp" in client.get(f"/contests/{held.public_id}/enter").text


def test_who_may_not_take_part_is_told_why(app: Flask, org: Organisation, held: Held) -> None:
    page = browser(app, org.members[CHI]).get(f"/contests/{held.public_id}/enter").text
    assert "không được dự thi" in page and "Bắt đầu làm bài" not in page


def test_a_stranger_signs_in_first(app: Flask, held: Held) -> None:
    assert browser(app).get(f"/contests/{held.public_id}/enter").status_code == 302


def test_a_draft_and_a_wrong_address_are_not_found(app: Flask, org: Organisation) -> None:
    assert browser(app, org.members[AN]).get("/contests/nothing/enter").status_code == 404


def test_papers_of_others_are_not_found(app: Flask, org: Organisation, phone: Phone) -> None:
    for who in (BINH, CHI, DUNG):
        for address in (phone.address, f"{phone.address}/result"):
            assert browser(app, org.members[who]).get(address).status_code == 404


def test_the_paper_holds_faces_and_nothing_of_a_key(org: Organisation, held: Held, phone: Phone) -> None:
    an = Taker(held, org.members[AN], attempt=phone.address.rpartition("/")[2])
    for (question, shown), face in zip(an.sheet().asked, phone.paper["faces"], strict=True):
        assert face == of(question).face(question, shown, "vi")
    assert not re.search(r'"(answer|explanation|source|key|seed|difficulty)"', phone.page)
    assert "@@" not in phone.page and f'href="{phone.address}/result"' in phone.page


def test_an_answer_is_saved_and_the_page_finds_it_again(phone: Phone) -> None:
    place, choice = single(phone)
    said = phone.tell(do="answer", place=place, choice=choice).json
    assert said is not None and (said["ok"], said["revision"]) == (True, 1)
    page = phone.client.get(phone.address).text
    assert json.loads(re.search(r'id="paper">(.*?)</script>', page)[1])["answers"] == {  # type: ignore[index]
        str(place): {"choice": choice, "revision": 1}
    }
    state = phone.tell(do="state").json
    assert state is not None and state["answers"][str(place)]["choice"] == choice


def test_a_refusal_says_what_stands_in_the_persons_language(phone: Phone) -> None:
    place, choice = single(phone)
    phone.tell(do="answer", place=place, choice=choice)
    said = phone.tell(do="answer", place=place, choice=choice, device="tablet", lang="en")
    assert said.status_code == 200 and said.json is not None
    assert (said.json["code"], said.json["revision"], said.json["choice"]) == ("changed_elsewhere", 1, choice)


def test_handing_in_leads_to_the_result(phone: Phone) -> None:
    assert phone.tell(do="submit").json["ok"]  # type: ignore[index]
    assert phone.client.get(phone.address).status_code == 302
    page = phone.client.get(f"{phone.address}/result").text
    assert "Đã nộp lúc" in page and "0 / 6" in page and "Đáp án:" not in page


def test_a_practice_result_shows_the_key(app: Flask, org: Organisation, held: Held) -> None:
    phone = Phone(app, held, org.members[AN], kind="practice")
    phone.tell(do="submit")
    page = phone.client.get(f"{phone.address}/result").text
    assert page.count("Đáp án:") == 6 and "0 / 6" in page


def test_a_contest_on_a_topic_opens_its_teaching_questions_with_its_key(
    app: Flask, org: Organisation, held: Held, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = (BANKS / f"{one}.yaml" for one in PRACTICE)
    topics = {topic for file in texts for topic in re.findall(r"^  topic: (.+)$", file.read_text(), re.M)}
    monkeypatch.setitem(SERVICES, "payment", replace(SERVICES["payment"], topics=tuple(topics)))
    phone = Phone(app, held, org.members[AN], kind="practice")
    phone.tell(do="submit")
    page = phone.client.get(f"{phone.address}/result").text
    assert "Chỉ lại cho một người nữa" in page and "/movement/teach?services=payment" in page
    assert "Có người gọi điện xin mã OTP. Ta làm gì?" in page
    counting = Phone(app, held, org.members[BINH])
    counting.tell(do="submit")
    assert "xin mã OTP" not in counting.client.get(f"{counting.address}/result").text, "while the key is kept"


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Authorization": ""}, 401),
        ({"Authorization": "Bearer x.y"}, 401),
        ({"Authorization": "Basic abc"}, 401),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Content-Type": "text/plain"}, 400),
    ],
)
def test_the_door_refuses_foreign_requests(phone: Phone, headers: dict[str, str], status: int) -> None:
    place, choice = single(phone)
    answer = phone.tell(headers, do="answer", place=place, choice=choice)
    assert answer.status_code == status
    assert phone.tell(do="state").json["answers"] == {}  # type: ignore[index]


@pytest.mark.parametrize(
    "body",
    [
        b"", b"{", b"[]", b'{"do":"grade"}', b'{"do":"answer","place":-2}', b'{"do":"answer","place":0,"choice":1}',
        b'{"do":"submit","extra":1}', b'{"do":"answer","device":"' + b"x" * 30 + b'","count":1}',
        b'{"do":"answer","choice":' + b"[" * 3000 + b"]" * 3000 + b"}", b'{"do":"state","lang":"xx"}',
        b'{"do":"submit"}' + b" " * 9000, b"\xff\xfe",
    ],
)  # fmt: skip
def test_the_door_refuses_what_is_no_message(phone: Phone, body: bytes) -> None:
    client = FlaskClient(phone.client.application)
    headers = {"Authorization": f"Bearer {phone.ticket}", "Content-Type": "application/json"}
    assert client.post("/taking", data=body, headers=headers).status_code == 400
    assert client.get("/taking", headers=headers).status_code == 400


def test_a_phone_that_hammers_is_slowed_down(phone: Phone, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(purses, "time", SimpleNamespace(monotonic=lambda: 0.0))  # all of it in one moment
    codes = [phone.tell(do="flag", place=0, choice=True).status_code for _ in range(300)]
    burst = int(purses.BURST)
    assert codes == [200] * burst + [429] * (300 - burst)


def test_the_door_sets_no_cookie_and_is_never_cached(phone: Phone) -> None:
    answer = phone.tell(do="state")
    assert "Set-Cookie" not in answer.headers and answer.headers["Cache-Control"] == "no-store"


def test_the_door_stands_in_the_access_table() -> None:
    from app.saving.door import PATH

    assert set(DOORS) == {PATH}


def test_questions_with_times_of_their_own_come_one_by_one(app: Flask, org: Organisation) -> None:
    held = hold(org, timing={"kind": "each", "seconds": 20})
    phone = Phone(app, held, org.members[AN])
    assert [face is not None for face in phone.paper["faces"]] == [True] + [False] * 5
    said = phone.tell(do="next", place=0).json
    assert said is not None and said["open"]["index"] == 1 and said["open"]["face"]["text"]
    enter = phone.client.get(f"/contests/{held.public_id}/enter").text
    assert "Mất mạng thì mất" in enter


def test_the_group_is_asked_where_the_rules_need_it(app: Flask, org: Organisation) -> None:
    held = hold(org, preset="officials-citizens", waves=open_now())
    client = browser(app, org.members[AN])
    assert "Bạn thuộc nhóm nào?" in client.get(f"/contests/{held.public_id}/enter").text
    phone = Phone(app, held, org.members[AN], groups="official", groups_shown="yes")
    found = row(phone.address.rpartition("/")[2])
    assert found["division"] == "officials"
    assert found["source_hash"] is not None and found["device_hash"] is None
    assert "data-predict" in phone.page and "người tham gia dự thi" in phone.page


def test_organisers_give_extra_time(app: Flask, org: Organisation, held: Held) -> None:
    address = f"/contests/{held.public_id}/extra-time"
    chi = browser(app, org.members[CHI])
    assert send(chi, address, code="DV-1", percent=50, reason="đọc chậm").status_code == 302
    assert "Nguyễn Thị An" in chi.get(address).text
    assert send(chi, address, code="DV-1", percent=900).status_code == 422
    assert send(chi, address, code="nobody", percent=10).status_code == 422
    assert browser(app, org.members[BINH]).get(address).status_code == 403
    assert browser(app, org.members[AN]).get(address).status_code == 403


def test_pages_speak_english(app: Flask, org: Organisation, held: Held, phone: Phone) -> None:
    for address in (f"/contests/{held.public_id}/enter", phone.address):
        assert '<html lang="en">' in phone.client.get(f"{address}?lang=en").text
