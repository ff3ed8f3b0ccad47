"""The taught person's pages, without a browser's script: what they show, keep and never say."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.services.movement import campaigns, children, figures, rows, teaching
from app.services.movement.clock import now
from app.services.movement.teaching import Browser, keep_code
from quizzes.movement.steps import DAY, MINUTE
from tests import movement as way
from tests.organisation import Organisation, browser, open_account, plant, send
from tests.people import AN, BINH, CHI

PERSON = "Lê Thị Mận"
DOORS = ("taught", "guardian", "witness", "becoming")
"""The blueprints of a taught person's pages."""


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """The engine makes no difference here."""
    return sqlite_url


@pytest.fixture
def org(app: Flask) -> Iterator[Organisation]:
    with way.at_noon():
        yield plant()


@pytest.fixture
def campaign(org: Organisation) -> campaigns.Held:
    return campaigns.campaign_numbered(way.begin(org))


def shown(app: Flask, org: Organisation, campaign: campaigns.Held, kind: str = "friend") -> str:
    """An opens a code on the own phone; its teaching."""
    answer = send(
        browser(app, org.members[AN]), f"/movement/{campaign.public_id}/show", kind=kind, services=["vneid2", "portal"]
    )
    assert answer.status_code == 302, answer.text
    return answer.headers["Location"].rpartition("/")[2]


def scan(client: FlaskClient, code: str, **more: object) -> TestResponse:
    """Sends the fragment of a code as the page's script does."""
    from tests.organisation import form_token

    return client.post("/t/open", json={"code": code, **more}, headers={"X-CSRFToken": form_token(client)})


def opened(app: Flask, public_id: str, member_id: int | None = None) -> FlaskClient:
    client = browser(app, member_id)
    code = teaching.code_of(public_id, now() + 15 * MINUTE)
    assert scan(client, code).json == {"to": f"/t/{public_id}"}
    return client


def say(client: FlaskClient, public_id: str, **fields: object) -> TestResponse:
    return send(client, f"/t/{public_id}/say", **fields)


RIGHT = {"q_vneid2": 0, "q_portal": 0}


def test_three_screens_lead_to_the_page_to_keep_and_both_see_the_same(
    app: Flask, org: Organisation, campaign: campaigns.Held
) -> None:
    public_id = shown(app, org, campaign)
    phone = opened(app, public_id)
    assert "Bạn sinh năm nào?" in phone.get(f"/t/{public_id}").text
    agree = say(phone, public_id, step="year", year=1956).text
    assert 'name="agreed" value="1">' in agree, "the box is not ticked"
    asked = say(phone, public_id, step="agree", year=1956, name=PERSON, agreed=1).text
    assert asked.count("<fieldset") == 2
    way.later(MINUTE)
    done = say(phone, public_id, step="questions", year=1956, name=PERSON, agreed=1, **RIGHT)
    assert done.status_code == 303
    kept, mine = (
        phone.get(f"/t/{public_id}").text,
        browser(app, org.members[AN]).get(f"/movement/teachings/{public_id}").text,
    )
    papers = [re.search(r"<h2>Giấy ghi nhận.*?</dl>", text, re.DOTALL) for text in (kept, mine)]
    assert papers[0] and papers[1] and papers[0].group() == papers[1].group()
    assert PERSON in kept


def test_a_wrong_answer_is_explained_and_asked_again_and_never_decides(
    app: Flask, org: Organisation, campaign: campaigns.Held
) -> None:
    public_id = shown(app, org, campaign)
    phone = opened(app, public_id)
    wrong = {"step": "questions", "year": 1956, "name": PERSON, "agreed": 1, "q_vneid2": 1, "q_portal": 0}
    again = say(phone, public_id, **wrong)
    assert again.status_code == 200
    assert "Mức 2 phải đến cơ quan công an" in again.text
    assert "kiểm tra" not in again.text.lower() and "thi" not in again.text.lower().split()
    assert say(phone, public_id, **wrong, asked=1).status_code == 303


def test_nothing_is_stored_before_the_last_button(app: Flask, org: Organisation, campaign: campaigns.Held) -> None:
    public_id = shown(app, org, campaign)
    phone = opened(app, public_id)
    say(phone, public_id, step="year", year=1956)
    say(phone, public_id, step="agree", year=1956, name=PERSON, agreed=1)
    seen = rows.teaching(public_id)
    assert seen is not None and (seen.state, seen.name) == ("begun", "")
    assert "Cần đánh dấu đồng ý" in say(phone, public_id, step="agree", year=1956, name=PERSON).text


def test_a_child_is_asked_for_no_name(app: Flask, org: Organisation, campaign: campaigns.Held) -> None:
    public_id = shown(app, org, campaign)
    phone = opened(app, public_id)
    page = say(phone, public_id, step="year", year=2018).text
    assert 'name="name"' not in page
    way.later(MINUTE)
    assert say(phone, public_id, step="child", year=2018, name="Bé Sóc", agreed=1).status_code == 303
    kept = phone.get(f"/t/{public_id}").text
    assert "Sóc" not in kept and "một bạn nhỏ" in kept


def a_child(app: Flask, org: Organisation, campaign: campaigns.Held, kind: str = "friend") -> tuple[str, FlaskClient]:
    """A child who was taught, with the phone."""
    public_id = shown(app, org, campaign, kind)
    phone = opened(app, public_id)
    way.later(MINUTE)
    assert say(phone, public_id, step="child", year=2018).status_code == 303
    return public_id, phone


def guardians_code(app: Flask, public_id: str, phone: FlaskClient) -> str:
    """The text of the QR on a child's page."""
    kept = phone.get_cookie("child", path=f"/t/{public_id}")
    assert kept
    with app.app_context():
        return children.guardian_code(public_id, Browser("", child=kept.value))


def test_of_a_child_a_second_step_is_kept_only_with_a_guardians_yes_in_a_browser_of_their_own(
    app: Flask, org: Organisation, campaign: campaigns.Held
) -> None:
    public_id, phone = a_child(app, org, campaign)
    assert "Cha mẹ ở gần đây?" in phone.get(f"/t/{public_id}").text
    code = guardians_code(app, public_id, phone)
    yes = {"own_year": 1985, "name": "Bé Sóc", "year": 2018, "agreed": 1}
    assert scan(phone, code).json == {"to": f"/t/{public_id}/guardian"}
    assert "máy của chính người giám hộ" in send(phone, f"/t/{public_id}/guardian", **yes).text
    mother = browser(app)
    assert scan(mother, code).status_code == 200
    form = mother.get(f"/t/{public_id}/guardian")
    assert 'name="agreed" value="1">' in form.text and form.headers["Cache-Control"] == "no-store"
    for wrong, says in (
        ({"agreed": ""}, "đánh dấu đồng ý"),
        ({"own_year": 2015}, "từ 18 tuổi"),
        ({"year": 1999}, "dưới 16"),
    ):
        assert says in send(mother, f"/t/{public_id}/guardian", **{**yes, **wrong}).text
    way.later(8 * DAY)
    assert send(phone, f"/t/{public_id}/use", what="vneid2.card").status_code != 303, "nothing more is kept of a child"
    scan(mother, guardians_code(app, public_id, phone))  # the one of last week is over
    assert send(mother, f"/t/{public_id}/guardian", **yes).status_code == 303
    assert send(mother, f"/t/{public_id}/guardian", **yes).status_code == 200, "sent twice it is one"
    assert guardians_code(app, public_id, phone) == ""
    kept = phone.get(f"/t/{public_id}").text
    assert "Bé Sóc" in kept and "Từ hôm đó, bạn đã tự làm được gì?" in kept
    assert send(phone, f"/t/{public_id}/use", what="vneid2.card").status_code == 303
    nodes, _ = figures.nodes(campaign)
    assert nodes == [], "a child is never on the map"
    assert "Đã xóa" in send(mother, f"/t/{public_id}/withdraw").text
    seen = rows.teaching(public_id)
    assert seen is not None and (seen.name, seen.browser, seen.state) == ("", None, "withdrawn")


def test_a_guardians_code_is_worth_nothing_to_its_teacher_and_when_it_is_over(
    app: Flask, org: Organisation, campaign: campaigns.Held
) -> None:
    public_id, phone = a_child(app, org, campaign)
    code = guardians_code(app, public_id, phone)
    teacher = browser(app, org.members[AN])
    scan(teacher, code)
    yes = {"own_year": 1985, "name": "Bé Sóc", "year": 2018, "agreed": 1}
    assert "máy của chính người giám hộ" in send(teacher, f"/t/{public_id}/guardian", **yes).text
    stranger = browser(app)
    assert send(stranger, f"/t/{public_id}/guardian", **yes).status_code != 303, "without a code"
    scan(stranger, code)
    way.later(25 * 60 * MINUTE)
    assert send(stranger, f"/t/{public_id}/guardian", **yes).status_code != 303
    seen = rows.teaching(public_id)
    assert seen is not None and seen.name == ""


def test_pages_of_a_taught_person_are_kept_by_nobody_and_name_no_other(
    app: Flask, org: Organisation, campaign: campaigns.Held
) -> None:
    way.taught(org, campaign.id, "relative", "Nguyễn Văn Ổi")
    public_id = shown(app, org, campaign)
    phone = opened(app, public_id)
    way.later(MINUTE)
    say(phone, public_id, step="questions", year=1956, name=PERSON, agreed=1, **RIGHT)
    way.later(20 * DAY)
    child, childs = a_child(app, org, campaign, "other")
    scan(phone, guardians_code(app, child, childs))
    for address in ("/t", f"/t/{public_id}", "/t/card", "/t/nobody", f"/t/{child}/guardian", f"/t/{child}/visit"):
        answer = phone.get(address)
        assert answer.headers["Cache-Control"] == "no-store"
        assert "noindex" in answer.headers["X-Robots-Tag"]
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert "Ổi" not in answer.text


def test_no_page_below_t_names_another_taught_person_to_any_of_them(
    app: Flask, org: Organisation, campaign: campaigns.Held
) -> None:
    """Every address of a taught person's pages, in every stage of a teaching, for everybody who was taught."""
    people: dict[str, tuple[str, FlaskClient]] = {}
    for kind, name in (
        ("friend", PERSON),
        ("relative", "Nguyễn Văn Ổi"),
        ("other", "Trần Thị Vải"),
        ("other", "Hà Mít"),
    ):
        public_id = shown(app, org, campaign, kind)
        people[name] = public_id, opened(app, public_id)
        way.later(MINUTE)
        if name != "Hà Mít":  # she has only begun
            say(people[name][1], public_id, step="questions", year=1956, name=name, agreed=1, **RIGHT)
    way.later(20 * DAY)
    send(people[PERSON][1], f"/t/{people[PERSON][0]}/use", what="vneid2.card")
    child, childs = a_child(app, org, campaign, "other")
    scan(people[PERSON][1], guardians_code(app, child, childs))
    send(people["Trần Thị Vải"][1], f"/t/{people['Trần Thị Vải'][0]}/withdraw")
    rules = [
        one.rule
        for one in app.url_map.iter_rules()
        if one.rule.startswith("/t") and one.endpoint.split(".")[0] in DOORS
    ]
    ids = [child, *(public_id for public_id, _ in people.values())]
    addresses = {rule.replace("<public_id>", public_id) for rule in rules for public_id in ids}
    assert len(addresses) > 40
    assert PERSON in people[PERSON][1].get(f"/t/{people[PERSON][0]}").text, "the own name stands there"
    for name, (_, phone) in people.items():
        for address in sorted(addresses):
            for answer in phone.get(address), send(phone, address):
                others = [other for other in people if other != name and other in answer.text]
                assert not others, (name, address)


def test_the_member_never_sees_the_link_that_is_kept(app: Flask, org: Organisation, campaign: campaigns.Held) -> None:
    public_id = shown(app, org, campaign)
    phone = opened(app, public_id)
    way.later(MINUTE)
    say(phone, public_id, step="questions", year=1956, name=PERSON, agreed=1, **RIGHT)
    code = keep_code(public_id)
    assert code in phone.get(f"/t/{public_id}").text
    member = browser(app, org.members[AN])
    for address in ("/movement", f"/movement/teachings/{public_id}", f"/t/{public_id}", "/me/points"):
        assert code not in member.get(address).text, address


def test_the_second_step_a_month_later_also_in_another_browser(
    app: Flask, org: Organisation, campaign: campaigns.Held
) -> None:
    public_id = shown(app, org, campaign)
    phone = opened(app, public_id)
    way.later(MINUTE)
    say(phone, public_id, step="questions", year=1956, name=PERSON, agreed=1, **RIGHT)
    assert 'name="what"' not in phone.get(f"/t/{public_id}").text
    way.later(20 * DAY)
    other = browser(app)
    assert scan(other, keep_code(public_id)).json == {"ask": "year"}
    assert scan(other, keep_code(public_id), year=1901).status_code == 403
    assert scan(other, keep_code(public_id), year=1956).json == {"to": f"/t/{public_id}"}
    assert "Từ hôm đó, bạn đã tự làm được gì?" in other.get(f"/t/{public_id}").text
    assert send(other, f"/t/{public_id}/use", what="vneid2.card").status_code == 303
    assert "Tuyệt vời!" in other.get(f"/t/{public_id}").text


def test_who_became_a_member_says_so_on_the_page_they_kept(
    app: Flask, org: Organisation, campaign: campaigns.Held
) -> None:
    from app.services.people.membership import add_member
    from app.services.people.person import Person
    from app.services.people.sign_ins import begin

    public_id, name = shown(app, org, campaign), "Mận Nguyễn Thị"
    phone, here = opened(app, public_id), f"/t/{public_id}"
    way.later(MINUTE)
    say(phone, public_id, step="questions", year=1956, name=PERSON, agreed=1, **RIGHT)
    assert "Bạn đã là đoàn viên?" not in phone.get(here).text and send(phone, f"{here}/member").status_code == 410
    way.later(8 * DAY)
    send(phone, f"{here}/use", what="vneid2.card")
    assert "/sign-up" in phone.get(here).text
    man = add_member(None, org.branch, Person(name, 1956, "DV-MAN"))
    open_account(man, "ban.man")
    token = begin(man, "Chrome, Android")
    with phone.session_transaction() as session:
        session["sign_in"] = token
    page = phone.get(here).text
    assert "Bạn đã là đoàn viên?" in page and name in page
    assert send(phone, f"{here}/member").status_code == 303
    assert "Giờ đến lượt bạn" in phone.get(here).text
    nodes, _ = figures.nodes(campaign)
    assert [one.taught_member for one in nodes] == [man]


def test_a_witness_card_and_an_official_see_for_who_has_no_phone(
    app: Flask, org: Organisation, campaign: campaigns.Held
) -> None:
    chi = browser(app, org.members[CHI])
    made = send(chi, f"/movement/{campaign.public_id}/card", label="Nhà văn hóa khu phố 3")
    page = chi.get(made.headers["Location"]).text
    assert "Nhà văn hóa khu phố 3" in page
    from app.services.movement import cards

    card = cards.cards(campaign.id, now())[0]
    holder = browser(app)
    assert scan(holder, card.code).json == {"to": "/t/card"}
    public_id = shown(app, org, campaign)
    code = teaching.code_of(public_id, now() + 15 * MINUTE)
    assert scan(holder, code).status_code == 200
    assert "Tôi là người chứng kiến" in holder.get(f"/t/{public_id}").text
    way.later(MINUTE)
    done = say(holder, public_id, step="agree", year=1948, name="Phạm Thị Na", agreed=1, witnessed=1)
    assert done.status_code == 303
    seen = rows.teaching(public_id)
    assert seen is not None and seen.way == "visit"
    assert "Tôi là người chứng kiến" not in opened(app, shown(app, org, campaign, "relative")).get("/t").text


def test_withdrawing_forgets_at_once(app: Flask, org: Organisation, campaign: campaigns.Held) -> None:
    public_id = shown(app, org, campaign)
    phone = opened(app, public_id)
    way.later(MINUTE)
    say(phone, public_id, step="questions", year=1956, name=PERSON, agreed=1, **RIGHT)
    assert "Đã xóa" in send(phone, f"/t/{public_id}/withdraw").text
    assert PERSON not in browser(app, org.members[AN]).get(f"/movement/teachings/{public_id}").text


def test_a_hundred_letters_are_a_name(app: Flask, org: Organisation, campaign: campaigns.Held) -> None:
    public_id, name = shown(app, org, campaign), "Nguyễn " * 14 + "An"
    phone = opened(app, public_id)
    way.later(MINUTE)
    assert say(phone, public_id, step="questions", year=1956, name=name[:100], agreed=1, **RIGHT).status_code == 303


@pytest.mark.parametrize("address", ["/movement", "/me/points", "/points/rules", "/ledger", "/movement/{c}", "/movement/{c}/desk",
    "/movement/{c}/spread.svg", "/movement/campaigns", "/chapters/1/movement/new", "/points/rules/new", "/movement/{c}/rules/new",
    "/points/adjustments", "/members/1/points", "/movement/{c}/show"])  # fmt: skip
def test_every_page_is_there_for_who_may_see_it(
    app: Flask, org: Organisation, campaign: campaigns.Held, address: str
) -> None:
    for number in range(6):
        way.taught(org, campaign.id, "other", f"Người Số {number}", BINH)
    way.taught(org, campaign.id)
    way.verify_all(org, campaign.id)
    answer = browser(app, org.members[CHI]).get(address.format(c=campaign.public_id))
    assert answer.status_code == 200, answer.text
    assert "Lê Thị Mận" not in answer.text


def test_an_answer_that_got_lost_after_the_commit_is_asked_for_again_and_nothing_happens_twice(
    app: Flask, org: Organisation, campaign: campaigns.Held
) -> None:
    public_id = shown(app, org, campaign)
    phone = opened(app, public_id)
    way.later(MINUTE)
    last = {"step": "questions", "year": 1956, "name": PERSON, "agreed": 1, **RIGHT}
    assert [say(phone, public_id, **last).status_code for _ in range(3)] == [303, 302, 302]
    way.later(8 * DAY)
    used = [send(phone, f"/t/{public_id}/use", what="vneid2.card").status_code for _ in range(3)]
    assert used == [303, 303, 303]
    seen = rows.teaching(public_id)
    assert seen is not None and (seen.name, seen.used_what) == (PERSON, "vneid2.card")


def test_a_phone_whose_clock_is_a_day_off_is_served_by_ours(
    app: Flask, org: Organisation, campaign: campaigns.Held
) -> None:
    public_id = shown(app, org, campaign)
    phone = opened(app, public_id)
    way.later(MINUTE)
    late = {"Date": "Mon, 30 Nov 2099 00:00:00 GMT"}
    answer = phone.get(f"/t/{public_id}", headers=late)
    assert answer.status_code == 200 and "Bạn sinh năm nào?" in answer.text
    assert say(phone, public_id, step="questions", year=1956, name=PERSON, agreed=1, **RIGHT).status_code == 303
