"""The own address and the forgotten password, with a real mail server."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from pathlib import Path
from types import SimpleNamespace

import pytest
from aiosmtpd.controller import Controller
from flask import Flask
from sqlalchemy import select

from app.models.engines import now_us
from app.models.signing_in import OneTimeLink
from app.services.commit import writing
from app.services.people import logins, mail_invitations, own_mail
from app.services.people.notices import told
from app.services.people.passwords import hashed
from quizzes.refusals import Rejected
from tests.conftest import application, settings_for
from tests.organisation import Organisation, browser, plant, send
from tests.people import AN, BINH
from tests.services import free_port

PASSWORD, OTHER = "bốn con vịt bơi", "năm con gà gáy"


class Letters(list[tuple[str, str, str]]):
    """The letters that arrived: (to, subject, text)."""

    port = 0

    async def handle_DATA(self, server: object, session: object, envelope: SimpleNamespace) -> str:
        letter = message_from_bytes(envelope.content, policy=policy.default)
        self.append((envelope.rcpt_tos[0], letter["Subject"], letter.get_content()))
        return "250 OK"

    def link(self) -> str:
        """The path in the newest letter."""
        found = re.search(r"https?://[^/]+(/\S+)", self[-1][2])
        assert found
        return found[1]


@pytest.fixture
def letters() -> Iterator[Letters]:
    arrived = Letters()
    arrived.port = free_port()
    door = Controller(arrived, hostname="127.0.0.1", port=arrived.port)
    door.start()
    yield arrived
    door.stop()


@pytest.fixture
def app(sqlite_url: str, tmp_path: Path, letters: Letters) -> Iterator[Flask]:
    yield from application(settings_for(tmp_path, sqlite_url, mail_url=f"smtp://127.0.0.1:{letters.port}"))


@pytest.fixture
def org(app: Flask) -> Organisation:
    made = plant()
    logins.store_hash_in(made.members[AN], hashed(PASSWORD))
    return made


def test_only_an_address_confirmed_from_inside_gets_a_letter(app: Flask, org: Organisation, letters: Letters) -> None:
    an, stranger = browser(app, org.members[AN]), app.test_client()
    login = {"username": "ban.an", "email": "an@doan.example"}
    assert send(an, "/me/login", **login).status_code == 422, "another address asks for the password"
    assert send(an, "/me/login", **login, password=PASSWORD).status_code == 302
    said = [send(stranger, "/forgot", login=one).text for one in ("ban.an", "ai.do", "an@doan.example")]
    assert len({re.sub(r'value="[^"]*"', "", page) for page in said}) == 1, "the same answer for everybody"
    assert [to for to, *_ in letters] == ["an@doan.example"], "the letter to confirm, and none to reset"
    confirm = letters.link()
    assert own_mail.address_of(org.members[AN]) == ("an@doan.example", False)
    an.get(confirm)
    assert own_mail.address_of(org.members[AN])[1] is False, "looking confirms nothing"
    assert send(browser(app, org.members[BINH]), confirm).status_code == 410, "somebody else's session"
    send(an, confirm)
    assert own_mail.address_of(org.members[AN])[1]

    send(stranger, "/forgot", login="ban.an")
    reset = letters.link()
    assert send(stranger, reset, password=OTHER, again=OTHER).location == "/"
    assert logins.right_password("ban.an", OTHER) == org.members[AN]
    assert an.get("/me").status_code == 302, "every session ended"
    assert [one.code for one in told(org.members[AN])] == ["password_by_mail"]
    assert app.test_client().get(reset).status_code == 410

    an = browser(app, org.members[AN])
    send(an, "/me/login", username="ban.an", email="moi@doan.example", password=OTHER)
    assert [to for to, *_ in letters[-2:]] == ["moi@doan.example", "an@doan.example"], "the former one is told"
    count = len(letters)
    send(stranger, "/forgot", login="ban.an")
    assert len(letters) == count, "the new one is not confirmed"


def test_a_stranger_asking_again_and_again_keeps_nobody_from_a_new_password(
    app: Flask, org: Organisation, letters: Letters
) -> None:
    owner, stranger, an = browser(app), app.test_client(), org.members[AN]
    send(owner, "/sign-in", login="ban.an", password=PASSWORD)
    send(owner, "/sign-out")
    own_mail.confirm(an, own_mail._change_login(an, "ban.an", "an@doan.example").token)
    send(owner, "/forgot", login="ban.an")
    mine = letters.link()
    said = [send(stranger, "/forgot", login="ban.an").status_code for _ in range(11)]
    assert said[-1] == 429, "the stranger's address is refused"
    assert [to for to, *_ in letters] == ["an@doan.example"] * own_mail.MOST_ALIVE, "and fills nobody's letter box"
    assert send(owner, "/forgot", login="ban.an").status_code == 200, "the owner's browser is behind that address, too"
    assert send(owner, mine, password=OTHER, again=OTHER).location == "/", "the first letter goes on"
    assert logins.right_password("ban.an", OTHER) == an
    assert app.test_client().get(letters.link()).status_code == 410, "the others ended with it"


def test_a_letter_lives_thirty_minutes(org: Organisation, letters: Letters) -> None:
    changed = own_mail._change_login(org.members[AN], "ban.an", "an@doan.example")
    own_mail.confirm(org.members[AN], changed.token)
    letter = own_mail.forgotten("ban.an")
    assert letter and _lives() == 30 * 60


@writing
def _lives(db) -> int:  # type: ignore[no-untyped-def]
    (link,) = db.scalars(select(OneTimeLink).where(OneTimeLink.purpose == "reset"))
    return round((link.ends_at - now_us(db)) / 60_000_000) * 60


def test_where_no_letters_are_sent_the_page_names_whom_to_ask(sqlite_url: str, tmp_path: Path) -> None:
    for app in application(settings_for(tmp_path, sqlite_url)):
        org = plant()
        page = app.test_client().get(f"/forgot?chapter={org.branch}").text
        assert "Trang này không gửi thư" in page and 'name="login"' not in page
        assert "N.T.B." in page and "Chi đoàn khu phố 1" in page
        assert "KP1" not in page and f"chapter={org.branch}" in app.test_client().get("/forgot?q=khu pho").text


def test_an_invitation_by_mail_is_each_persons_own_and_no_address_is_kept(
    app: Flask, org: Organisation, letters: Letters, sqlite_url: str
) -> None:
    binh, an = browser(app, org.members[BINH]), browser(app, org.members[AN])
    page = f"/chapters/{org.branch}/invite/mail"
    assert send(an, page, addresses="man@nha.example").status_code == 403
    wrong = send(binh, page, addresses="man@nha.example\nkhông phải thư\ncam@@nha")
    assert wrong.status_code == 422 and "dòng 2, 3" in wrong.text and "man@nha.example" in wrong.text, "nothing is lost"
    assert len(letters) == 0
    pasted = "man@nha.example\nLê Thị Cam <CAM@nha.example>; buoi@nha.example\nman@nha.example"
    assert send(binh, page, addresses=pasted).status_code == 302
    assert [to for to, *_ in letters] == ["man@nha.example", "cam@nha.example", "buoi@nha.example"]
    doors = [re.search(r"https?://[^/]+(/\S+)", text).group(1) for *_, text in letters]  # type: ignore[union-attr]
    assert len(set(doors)) == 3
    guest = app.test_client()
    assert guest.get(doors[0], follow_redirects=True).status_code == 200
    kept = Path(sqlite_url.removeprefix("sqlite:///"))
    assert not any(b"nha.example" in file.read_bytes() for file in kept.parent.glob(f"{kept.name}*"))


def test_a_pasted_list_of_addresses_is_read_as_people_paste_it() -> None:
    read = mail_invitations.addresses
    assert read("a@b.vn, A@B.vn\tc@d.edu.vn;\n\n") == ["a@b.vn", "c@d.edu.vn"]
    for text, lines in (("", "1"), ("a@b.vn\nb@c", "2"), ("x y@z.vn", "1"), ("a@b.vn\n" + "?\n" * 12, "11 …")):
        with pytest.raises(Rejected, match="mail_lines") as refused:
            read(text)
        assert refused.value.about["lines"].endswith(lines)
    with pytest.raises(Rejected, match="too_many_letters"):
        read("\n".join(f"a{n}@b.vn" for n in range(mail_invitations.MOST + 1)))
