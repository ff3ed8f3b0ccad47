"""Promise 2 on every page: no address a stranger, a player or the stage can ask for depends on a hidden key.

The same evening is played twice, each time in a fresh database with the same chance, alike but for the keys. All
its addresses are asked in every phase, and the answers, their headers included, compared byte for byte.
"""

from __future__ import annotations

import io
import itertools
import random
import re
import secrets
import string
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, url_for
from flask.testing import FlaskClient
from werkzeug.routing import Rule as Route
from werkzeug.test import TestResponse

from app import serving
from app.live.questions import closing
from app.live.screens import drawing
from app.security.access import ROUTES
from app.services.banks import media
from app.services.shows import scripts, seats, shows, tickets
from app.services.shows.seats import Newcomer
from app.services.shows.tickets import Ticket
from quizzes import questions
from quizzes import show as rules
from quizzes.engine import CLOCK, HOST, Actor, Command
from tests import contests
from tests.app.live.canaries import CANARY, mark, with_canaries, without_own_choice
from tests.conftest import application, settings_for
from tests.contests import hold
from tests.databases import SqliteCopies
from tests.finished import sit
from tests.organisation import Organisation, browser, plant
from tests.people import AN, BINH, CHI, DUNG
from tests.quizzes.questions.samples import PICTURE, question

STRANGER, STAGE = "a stranger", "the stage"

CLOUD = {"type": "word", "text": {"vi": "Một từ về hôm nay?"}}
KEYS = [
    (question("single", 0, 4, media=PICTURE), question("single", 2, 4, media=PICTURE)),
    (question("true_false_set", [True] * 4, 4), question("true_false_set", [False, True, False, False], 4)),
    (question("text", [mark(AN), mark(DUNG), f"{CANARY} chim"]), question("text", [mark(BINH), f"{CANARY} chim sẻ"])),
    (CLOUD, CLOUD),
]
"""A show each: its question, and the twin with another key, where there is one."""

NOT_ASKED = {
    "static_file": "the files of the build: made before any show",
    "accounts.activate": "a letter's link, for once: the person it was sent to sets a password",
    "accounts.first": "the first administrator's link, for once",
    "accounts.guardian": "a letter's link: what a guardian is asked to agree to",
    "accounts.invited": "a letter's link: the chapter that invites",
}
DATED = ("bank_exports.paper",)
"""Made with a date of its own, for those who may read the bank's keys."""
REFUSED = {
    "outside.begin": "there is no provider of accounts",
    "outside.back": "there is no provider of accounts",
    "own_mail.reset": "a letter's link, for once",
    "own_mail.confirm": "a letter's link, for once",
    "guardian.agree": "no guardian was asked",
    "movement.stage": "there is no campaign",
    "slips.use": "nobody here has a slip",
    "activities.document": "no activity is planned",
    "activities.show": "no activity is planned",
    "attending.come": "no activity is planned",
    "attending.scan": "no activity is planned",
    "undertakings.one": "nothing is undertaken",
    "sites.one": "there is no site",
    "board.one": "nothing was announced",
    "board.picture": "nothing was announced",
    "voice.one": "nothing was broadcast",
    "voice.picture": "nothing was broadcast",
    "voice.sound": "nothing was broadcast",
    "teams.one": "there is no team",
    "contest_teams.index": "the rules of the contest have no teams",
    "live.host": "takes the host's ticket, which sees the key",
    "live.doors": "takes the host's ticket, which sees the key",
    "live.judge": "takes a judge's ticket, which sees the key",
    "live.mc": "takes the MC's ticket, which sees the key",
    "complaints.one": "nobody has complained",
    "contest_files.page": "nothing is published yet",
    "contest_files.export": "nothing is published yet",
    "goal.code": "there is no campaign, so nobody teaches",
    "goal.code_state": "nobody teaches",
    "goal.one": "there is no campaign",
    "goal.show": "nobody teaches",
    "goal.visit": "nobody was taught",
    "ledger.checkpoint": "the ledger has no checkpoint yet",
    "movement.one": "there is no campaign",
    "movement.share": "there is no campaign",
    "movement.spread": "there is no campaign",
    "deeds.photo": "no deed was noted",
    "targets.one": "there is no target",
    "certificates.content": "nothing was given",
    "certificates.one": "nothing was given",
    "scorecards.one": "there is no scorecard",
    "standings.report": "there is no standing",
    "standings.chapter": "there is no standing",
    "standings.export": "there is no standing",
    "standings.one": "there is no standing",
    "witness.visit": "nobody was taught",
    "tournaments.one": "there is no tournament",
    "tournaments.stage": "there is no tournament",
}
"""Open to everybody asked here, and yet not there for them."""


FORMS = ("csv", "xlsx", "yaml", "json", "zip", "pdf")
"""Every form of a file; where one is not given all are told the same refusal."""


@contextmanager
def same_draws() -> Iterator[None]:
    """The names, PINs and tokens of both twins are drawn alike, so nothing has to be made alike afterwards."""
    dice = random.Random("hạt giống")
    letters = string.ascii_letters + string.digits
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(secrets, "token_hex", lambda count=32: dice.randbytes(count).hex())
        patch.setattr(secrets, "token_urlsafe", lambda count=32: "".join(dice.choices(letters, k=count * 4 // 3)))
        patch.setattr(secrets, "randbelow", dice.randrange)
        patch.setattr(secrets, "choice", dice.choice)
        patch.setattr(contests, "COUNTER", itertools.count(1))
        patch.setattr(shows, "_listeners", [])
        yield


class Show:
    """One show of the evening: what is asked in it, and who plays."""

    def __init__(self, app: Flask, org: Organisation, pair: tuple[dict[str, Any], ...], other: bool) -> None:
        self.pair, self.is_cloud = pair, pair[0] is CLOUD
        asked = [pair[other] if self.is_cloud else with_canaries(pair[other], 30 if other else 1)]
        script = {
            "title": {"vi": "Hai bản"},
            "rounds": [
                {"format": "poll" if self.is_cloud else "speed", "settings": {"seconds": 60}, "questions": asked}
            ],
        }
        self.made = scripts.create(
            "twins", script=script, seed="hạt giống", host_member_id=org.members[CHI], chapter_id=org.province
        )
        self.seats = [self._seat(name, org.members.get(name)) for name in (AN, BINH)] + [self._seat(DUNG, None)]
        key = app.config["SECRET_KEY"]
        self.tickets = {one.name: tickets.issue(key, Ticket(one.show_id, one.number, "public")) for one in self.seats}
        self.stage = tickets.issue(key, Ticket(self.made.show_id, self.made.stage.number, "staff"))
        self.host = tickets.issue(key, Ticket(self.made.show_id, self.made.host.number, "staff"))

    def _seat(self, name: str, member: int | None) -> seats.SeatLine:
        lang = "en" if name == BINH else "vi"
        return seats.take(self.made.show_id, Newcomer(name, f"{name:_<20}", lang, member_id=member))[0]

    def act(self, name: str, role: str = HOST, **args: Any) -> None:
        actor = Actor(role) if role == CLOCK else Actor(role, self.made.host.number)
        shows.perform(self.made.show_id, Command(name, actor, drawing.now_us(), args))

    def answer(self, client: FlaskClient) -> list[str]:
        """An gives what is right in the one show, Bình what is right in the other; Dũng agrees with An. Typed is
        everybody's own mark."""
        ask = rules.asks(shows.catch_up(self.made.show_id).state)[0]
        said = []
        for (name, ticket), body in zip(self.tickets.items(), (*self.pair, self.pair[0]), strict=True):
            is_typed = body["type"] in ("text", "word")
            choice = mark(name) if is_typed else questions.of(body).possible(body, ask.shown)[0]
            message = {"no": ask.no, "choice": choice, "id": "an-answer-1"}
            answer = client.post("/live/answer", json=message, headers=bearer(ticket))
            assert answer.json and answer.json["ok"], answer.json
            said.append(plain(answer))
        return said

    def close(self) -> None:
        self.act("close_now")
        self.act("settled", CLOCK, no=1)
        closing.judge(self.made.show_id, 1)
        for place in self.seats if self.is_cloud else ():
            self.act("approve", word=place.number)


def bearer(ticket: str | None) -> dict[str, str]:
    return {"Authorization": f"Bearer {ticket}"} if ticket else {}


def is_of_a_show(route: Route) -> bool:
    return bool(route.arguments) and route.endpoint.startswith(("live.", "results.", "shows."))


UNSEEN = ("Content-Length", "Date", "Set-Cookie")  # the body is compared, whose times have more digits or fewer
TIMES = re.compile(r"\b1[0-9]{9}[0-9.]*|\b[0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]+)?)?")
FOR_ONE_ANSWER = re.compile(
    r'"(closes_in|v)":[0-9.]+|(?<=csrf-token" content=")[^"]+|(?<=csrf_token" value=")[^"]+|(?<=data-csrf=")[^"]+'
    r'|(?<=value=")20\d\d-\d\d-\d\dT\d\d:\d\d'
)


def plain(answer: TestResponse) -> str:
    """The whole answer, without what is of this moment."""
    headers = sorted(line for line in answer.headers if line[0] not in UNSEEN)
    text = f"{answer.status_code} {headers} {readable(answer.get_data())}"
    return FOR_ONE_ANSWER.sub("#", TIMES.sub("#", text))


def readable(body: bytes) -> str:
    """The text of a body; of a spreadsheet all its parts but the one that bears the moment it was made."""
    if not body.startswith(b"PK"):
        return body.decode(errors="replace")
    with zipfile.ZipFile(io.BytesIO(body)) as parts:
        return " ".join(
            f"{name} {parts.read(name).decode(errors='replace')}"
            for name in sorted(parts.namelist())
            if name != "docProps/core.xml"
        )


@dataclass
class Evening:
    """Every show of one twin at once, and everybody who asks."""

    app: Flask
    org: Organisation
    shows: list[Show]
    contest: str
    clients: dict[str, FlaskClient]
    reached: set[str] = field(default_factory=set)

    def asked(self, everywhere: bool) -> dict[tuple[str, str], str]:
        """The answers to every request: (asker, address and show) -> text. It asks every address of each show, or every
        address there is."""
        found = {}
        for show in self.shows:
            for route in self.app.url_map.iter_rules():
                of_a_show = route.endpoint == "live.screen" or is_of_a_show(route)
                if "GET" not in (route.methods or ()) or route.endpoint in {*NOT_ASKED, *DATED}:
                    continue
                if not of_a_show and not (everywhere and show is self.shows[0]):
                    continue
                askers = [who for who in self.clients if of_a_show or who != DUNG]  # elsewhere a guest is a stranger
                for form in FORMS if route.arguments & {"form", "kind"} else ("",):
                    address = self.address(route, show, form)
                    about = f"{address} of {show.pair[0]['type']}" if of_a_show else address  # one address, many shows
                    found |= {(who, about): self.ask(who, address, show, route) for who in askers}
        return found

    def ask(self, who: str, address: str, show: Show, route: Route) -> str:
        with self.clients[who].get(address, headers=bearer({**show.tickets, STAGE: show.stage}.get(who))) as answer:
            if answer.status_code < 400 and not (answer.location or "").startswith("/sign-in"):
                self.reached.add(route.endpoint)
            return plain(answer)

    def address(self, route: Route, show: Show, form: str) -> str:
        """The route's address with all its arguments, a file in this form; one of a new name fails here until it is
        named."""
        of_contest = route.rule.startswith("/contests/")
        values = {
            "public_id": self.contest if of_contest else show.made.public_id,
            "pin": show.made.pin,
            "ticket": show.stage,
            "name": PICTURE["name"],
            "attempt": "luot-1-1",
            "chapter_id": self.org.branch,
            "member_id": self.org.members[AN],
            "bank_id": 1,
            "question_id": 1,
            "deed_id": 1,
            "job_id": 1,
            "complaint_id": 1,
            "signal_id": 1,
            "no": 1,
            "number": 1,
            "seq": 1,
            "step": 1,
            "key": "host",
            "token": "nobody-has-it",
            "at": 1,
            "design": "no such one",
            "code": "en",  # who has asked for it reads English from then on
            "form": form,
            "kind": "members" if "form" in route.arguments or not form else form,
        }
        with self.app.test_request_context():
            return url_for(route.endpoint, **{name: values[name] for name in route.arguments})


@contextmanager
def evening(copies: SqliteCopies, folder: Path, other: bool) -> Iterator[Evening]:
    (folder / f"{other}").mkdir()
    with copies.fresh(folder / f"{other}") as url, same_draws():
        for app in application(settings_for(folder, url)):
            live, _ = serving.make(app, app.config["SETTINGS"])
            live.committer.start()
            org = plant()
            media._store(PICTURE["name"], b"a picture")
            contest = hold(org)
            sit(contest, org.members[AN])
            shows = [Show(app, org, pair, other) for pair in KEYS]
            clients = {name: browser(app, org.members[name]) for name in (AN, BINH)}
            clients |= {who: app.test_client() for who in (STRANGER, STAGE, DUNG)}
            yield Evening(app, org, shows, contest.public_id, clients)


def without_own_words(said: str, who: str, address: str) -> str:
    """A text without the asker's own words, which may be seen in two places: the own `me`, and the copy of all that is
    stored of a member."""
    return said.replace(mark(who), "") if address.startswith("/me/copy.") else without_own_choice(said, who)


def told(evening: Evening) -> Iterator[tuple[str, dict[tuple[str, str], str]]]:
    """The shows in step, from the question announced to its key: the phase, and everything everybody is told in it."""
    for phase in ("ready", "open", "closed", "revealed"):
        for show in evening.shows:
            if phase in ("ready", "revealed"):
                show.act("advance")
            elif phase == "open":
                show.act("advance")
                for said in show.answer(evening.clients[STRANGER]):
                    yield "answered", {("who answers", ""): said}
            else:
                show.close()
        yield phase, evening.asked(everywhere=phase in ("open", "closed"))


def test_no_page_or_export_depends_on_a_key_before_its_reveal(sqlite_copies: SqliteCopies, tmp_path: Path) -> None:
    with evening(sqlite_copies, tmp_path, False) as one:
        mine = list(told(one))
    with evening(sqlite_copies, tmp_path, True) as other:
        for (phase, heard), (_, theirs) in zip(mine, told(other), strict=True):
            assert not any(show.host in text for show in other.shows for text in theirs.values()), "it sees the key"
            if phase == "revealed":
                assert heard != theirs, "after the reveal they differ, or nothing was compared"
                assert any(CANARY in text for text in heard.values())
                continue
            assert heard.keys() == theirs.keys()
            for asked in heard:
                assert heard[asked] == theirs[asked], (phase, asked)
                assert CANARY not in without_own_words(heard[asked], *asked), (phase, asked)
    open_to_all = {name for name, rule in ROUTES.items() if rule.kind in ("public", "signed in", "ticket")}
    gets = {one.endpoint for one in other.app.url_map.iter_rules() if "GET" in (one.methods or ())}
    found = (open_to_all & gets) - other.reached
    assert " ".join(sorted(found ^ (NOT_ASKED.keys() | REFUSED.keys()))) == ""
    assert found == NOT_ASKED.keys() | REFUSED.keys()
