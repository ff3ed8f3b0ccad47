"""The demo show in a real browser: a host, the stage and three phones, from the lobby to the podium."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from time import monotonic
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import pytest
import yaml
from playwright.sync_api import Browser, expect

from tests.e2e.cable import cable
from tests.e2e.evenings import languages
from tests.e2e.hall import HOST, PHONE, STAGE, Phone, Window
from tests.serving import ROOT, Server, command, serving

SAYS = {
    "vi": {"in": "Bạn đã vào sân!", "received": "Máy chủ đã nhận câu trả lời", "sending": "Đang gửi…",
           "kept": "Mất mạng. Câu trả lời được giữ trên máy này và sẽ tự gửi lại.",
           "offline": "Mất mạng. Chỗ và điểm của bạn vẫn còn, máy sẽ tự nối lại.",
           "right": "Chính xác!", "wrong": "Chưa đúng", "congratulations": "Xin chúc mừng!",
           "result": "Kết quả của bạn"},
    "en": {"in": "You are in!", "received": "The server has your answer", "sending": "Sending…",
           "kept": "Offline. Your answer is kept on this device and will be sent by itself.",
           "offline": "Offline. Your place and points are safe; this device reconnects by itself.",
           "right": "Right!", "wrong": "Not right", "congratulations": "Congratulations!",
           "result": "Your result"},
}  # fmt: skip
NAMES = ("Nguyễn An", "Trần Bình", "Chi")
OUTAGE_S = 20
MOST_BYTES = 120_000
"""A phone's first load on the wire."""
SCENES = ("single", "single", "number", "ordering", "single")
"""The types of the first round's questions, in order."""
ALIKE = ("lobby", "ready", "closed", "standings", "over")
"""Phases that look much the same for every type of question: one picture does."""
PATIENT = {"seconds": 120, "reading_s": 120, "answer_seconds": 120}
"""The demo's times on a slow machine: what ends by time there ends here by the host or the last answer."""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("e2e")) as started:
        yield started


def new_show(server: Server, script: str) -> dict[str, Any]:
    made = command(server.instance, "show", "new", script, "--json")
    assert made.returncode == 0, made.stderr
    show: dict[str, Any] = json.loads(made.stdout)
    return show


def patient_demo(folder: Path) -> str:
    """The demo script with nothing changed but its times."""
    script = yaml.load((ROOT / "quizzes/shows/demo.yaml").read_text(), yaml.CSafeLoader)
    for part in script["rounds"]:
        part["settings"] |= {name: value for name, value in PATIENT.items() if name in part["settings"]}
    (folder / "demo.yaml").write_text(yaml.safe_dump(script, allow_unicode=True))
    return str(folder / "demo.yaml")


class Hall:
    """All windows of one show in one language."""

    def __init__(self, browser: Browser, show: dict[str, Any], lang: str) -> None:
        self.lang, self.says = lang, SAYS[lang]
        self.scene, self.pictures = "show", list[str]()
        self.stage = Window.of(browser, "stage", STAGE, lang)
        self.stage.page.goto(f"{show['stage_url']}?lang={lang}")
        self.host = Window.of(browser, "host", HOST, lang)
        self.host.page.goto(show["host_url"])
        self.phones = [Phone.of(browser, f"phone{number}", PHONE, lang) for number in (1, 2, 3)]

    @property
    def windows(self) -> list[Window]:
        return [self.stage, self.host, *self.phones]

    def all_reach(self, *phases: str) -> str:
        """Every window is in one of these phases, and all in the same; pictures are kept of each new one."""
        phase = self.host.in_phase(*phases)
        for window in self.windows:
            window.reaches(phase)
        picture = phase if phase in ALIKE else f"{self.scene}-{phase}"
        if picture not in self.pictures:
            self.pictures.append(picture)
            for window in (self.stage, self.host, self.phones[0]):
                window.check_no_scrollbars()
                window.shoot(self.lang, f"{len(self.pictures):02}-{picture}")
        return phase

    def next(self, *phases: str) -> str:
        """The host strikes the space bar; what comes is one of these phases. Nobody waits for a count."""
        counted = self.host.page.locator(".next[data-act=count_in]").count()
        self.host.page.keyboard.press("Space")
        if counted:
            expect(self.host.page.locator(".next[data-act=advance]")).to_be_attached()
            self.host.page.keyboard.press("Space")
        return self.all_reach(*phases)

    def check_accessible(self) -> None:
        for window in (self.stage, self.host, self.phones[0]):
            window.check_accessible()

    def check_no_complaints(self) -> None:
        assert {window.name: window.complaints for window in self.windows if window.complaints} == {}

    def close(self) -> None:
        for window in self.windows:
            window.page.context.close()


@pytest.mark.parametrize("lang", languages())
def test_the_demo_is_played_to_the_podium(server: Server, browser: Browser, lang: str, tmp_path: Path) -> None:
    show = new_show(server, patient_demo(tmp_path))
    hall = Hall(browser, show, lang)
    an, binh, chi = hall.phones
    everybody_joins(hall, show)

    for number, hall.scene in enumerate(SCENES):
        hall.next("ready")
        hall.next("open")
        if number == 0:
            hall.check_accessible()
        if number == 1:
            a_reload_finds_everything_again(hall)
        everybody_answers(hall)
        revealed(hall)
        if number == 0:
            hall.check_accessible()
    hall.next("standings")
    poll(hall)
    buzzers(hall)

    hall.stage.page.emulate_media(reduced_motion="no-preference")
    if hall.next("standings", "over") == "standings":
        hall.next("over")
    hall.check_accessible()
    for brought_on in (1, 2):  # Bình has no points, and nobody is crowned for none
        expect(hall.stage.page.locator(".steps li")).to_have_count(brought_on - 1)
        hall.host.page.keyboard.press("Space")
    hall.stage.see(hall.says["congratulations"])
    expect(hall.stage.page.locator(".steps li[data-step='1'] b")).to_have_text(NAMES[0])
    expect(hall.stage.page.locator(".steps li")).to_have_count(2)
    an.see(hall.says["result"])
    expect(an.page.locator("section[data-on~=over] [data-mine=rank]")).to_have_text("1")
    an.page.locator("section[data-on~=over] a").click()
    expect(an.page.get_by_text(NAMES[1]).first).to_be_visible()
    an.shoot(lang, "results")
    hall.check_no_complaints()
    hall.close()


def everybody_joins(hall: Hall, show: dict[str, Any]) -> None:
    for phone, name in zip(hall.phones, NAMES, strict=True):
        if phone is hall.phones[0]:
            phone.page.goto(show["join_url"])
            phone.check_accessible()
            phone.shoot(hall.lang, "00-join")
        phone.join(show["join_url"], name)
        assert phone.page.locator("html").get_attribute("lang") == hall.lang
        phone.see(hall.says["in"])
        hall.stage.see(name)
    hall.all_reach("lobby")


def everybody_answers(hall: Hall) -> None:
    """An knows everything, Bình nothing, Chi is like An; the last answer closes the question."""
    an, binh, chi = hall.phones
    if an.status.inner_text() != hall.says["received"]:
        an.choose(rightly=True)
    expect(an.status).to_have_text(hall.says["received"])
    binh.choose(rightly=False)
    expect(hall.stage.page.locator("footer [data-tally=answered]")).to_have_text("2")
    chi.choose(rightly=True)
    hall.all_reach("closed")


def revealed(hall: Hall) -> None:
    for phone in hall.phones:  # nobody is told before the host reveals
        expect(phone.page.locator("[data-result-card]")).to_be_hidden()
    hall.next("revealed")
    hall.phones[0].see(hall.says["right"])
    hall.phones[1].see(hall.says["wrong"])
    expect(hall.phones[0].page.locator("[data-right=no][aria-pressed=true]")).to_have_count(0)


def a_reload_finds_everything_again(hall: Hall) -> None:
    an = hall.phones[0]
    an.choose(rightly=True)
    expect(an.status).to_have_text(hall.says["received"])
    score = an.score.inner_text()
    chosen = an.page.locator("[data-ask][data-chosen]")
    before = chosen.locator(".opt[aria-pressed=true]").inner_text()
    assert int(score) > 0
    an.page.reload()
    an.reaches("open")
    expect(chosen).to_be_attached()
    assert chosen.locator(".opt[aria-pressed=true]").inner_text() == before
    expect(an.score).to_have_text(score)
    expect(an.page.locator("header [data-mine=name]")).to_have_text(NAMES[0])
    expect(an.status).to_have_text(hall.says["received"])
    an.shoot(hall.lang, "reloaded")


def poll(hall: Hall) -> None:
    score, hall.scene = hall.phones[0].score.inner_text(), "poll"
    hall.next("ready")
    hall.next("open")
    for phone in hall.phones:
        phone.choose(rightly=True)
    hall.all_reach("closed")
    hall.next("revealed")
    expect(hall.phones[0].score).to_have_text(score)


def buzzers(hall: Hall) -> None:
    """An buzzes and is right; then Bình is wrong, and nobody else wants it."""
    (an, binh, _), hall.scene = hall.phones, "buzzer"
    for phone, key in ((an, "KeyD"), (binh, "KeyS")):
        if hall.next("standings", "ready") == "standings":
            hall.next("ready")
        hall.next("open")
        phone.page.locator("button.buzz").click()
        hall.all_reach("answering")
        expect(hall.stage.page.locator("#spot b")).to_have_text(NAMES[hall.phones.index(phone)])
        hall.host.page.keyboard.press(key)
        phase = hall.all_reach("open", "closed", "revealed") if key == "KeyS" else hall.all_reach("closed", "revealed")
        if phase == "open":
            phase = hall.next("closed")
        if phase == "closed":
            hall.next("revealed")


def test_an_answer_given_without_a_network_is_kept_and_counts_once(
    server: Server, browser: Browser, tmp_path: Path
) -> None:
    script = tmp_path / "outage.yaml"
    script.write_text(
        yaml.safe_dump(
            {
                "title": {"vi": "Mất mạng", "en": "Outage"},
                "settings": {"standings": "never"},
                "rounds": [{"format": "speed", "settings": {"seconds": 90}, "questions": ["day-y-nghia-10-10"]}],
            }
        )
    )
    show = new_show(server, str(script))
    host = Window.of(browser, "host", HOST, "vi")
    host.page.goto(show["host_url"])
    an, binh = Phone.of(browser, "phone1", PHONE, "vi"), Phone.of(browser, "phone2", PHONE, "en")
    chi = Phone.of(browser, "phone3", PHONE, "vi")
    address = urlsplit(show["join_url"])
    there = (str(address.hostname), int(address.port or 80))
    with cable(*there) as cut, cable(*there) as dead:
        for phone, name, port in ((an, NAMES[0], cut.port), (binh, NAMES[1], dead.port), (chi, NAMES[2], there[1])):
            phone.join(urlunsplit(address._replace(netloc=f"{there[0]}:{port}")), name)
        for phase in ("ready", "open"):
            host.page.keyboard.press("Space")
            for window in (host, an, binh, chi):
                window.reaches(phase)

        # An's network goes and An is told at once; Bình's goes dead without a word
        started = monotonic()
        an.offline = binh.offline = True
        cut.cut()
        an.page.context.set_offline(True)
        dead.go_dead()
        expect(an.net).to_have_text(SAYS["vi"]["offline"])
        expect(host.page.locator("li[data-away] .name")).to_have_text(NAMES[0])
        an.choose(rightly=True)
        binh.choose(rightly=True)
        tells = re.compile("|".join(re.escape(SAYS["en"][one]) for one in ("sending", "kept")))
        expect(binh.status).to_have_text(tells)  # the one passes into the other as soon as the socket is given up
        for phone in (an, binh):
            expect(phone.status).to_have_text(SAYS[phone.lang]["kept"])
            expect(phone.page.locator("[data-ask][data-chosen]")).to_be_attached()
            phone.shoot(phone.lang, "offline")
        expect(host.page.locator(".progress [data-tally=answered]")).to_have_text("0")
        while (left := OUTAGE_S - (monotonic() - started)) > 0:
            an.page.wait_for_timeout(min(left, 1) * 1000)
            for phone in (an, binh):
                assert phone.status.inner_text() != SAYS[phone.lang]["received"]

        cut.mend()
        an.page.context.set_offline(False)
        dead.mend()
        for phone in (an, binh):
            expect(phone.status).to_have_text(SAYS[phone.lang]["received"])
            phone.shoot(phone.lang, "back")
        expect(host.page.locator(".progress [data-tally=answered]")).to_have_text("2")
        host.reaches("open")
        expect(an.net).to_have_count(0)
        an.offline = binh.offline = False

        chi.choose(rightly=False)
        host.reaches("closed")
        host.page.keyboard.press("Space")
        for phone, verdict in ((an, "right"), (binh, "right"), (chi, "wrong")):
            phone.reaches("revealed")
            phone.see(SAYS[phone.lang][verdict])
        for phone in (an, binh):  # whose network was back first, the browsers decide
            assert 100 < int(phone.score.inner_text()) <= 200  # right once, and fast
        assert chi.score.inner_text() == "0"
        for window in (host, an, binh, chi):
            assert window.complaints == []
            window.page.context.close()
    replayed = json.loads(command(server.instance, "show", "replay", show["show"], "--json").stdout)
    assert replayed["equal"]
    assert sorted(one["right"] for one in replayed["results"]) == [0, 1, 1]


def test_a_phones_first_load_is_small(server: Server, browser: Browser) -> None:
    """From the QR code to the lobby: every byte of pages, scripts, styles and fonts on the wire, heads included."""
    show = new_show(server, "poll")
    an = Phone.of(browser, "phone1", PHONE, "vi")
    wire = an.page.context.new_cdp_session(an.page)
    wire.send("Network.enable")
    received: dict[str, int] = {}
    asked: dict[str, str] = {}
    wire.on("Network.requestWillBeSent", lambda said: asked.update({said["requestId"]: said["request"]["url"]}))
    wire.on("Network.loadingFinished", lambda said: received.update({said["requestId"]: said["encodedDataLength"]}))
    an.join(show["join_url"], NAMES[0])
    an.reaches("lobby")
    an.page.wait_for_load_state("networkidle")
    by_size = sorted(((size, asked[one]) for one, size in received.items()), reverse=True)
    fonts = {url.rpartition("/")[2] for _, url in by_size if url.endswith(".woff2")}
    assert len(fonts) == 4, f"two weights, Latin and Vietnamese: {fonts}"
    assert sum(size for size, _ in by_size) <= MOST_BYTES, by_size
    assert an.complaints == []
    an.page.context.close()
