"""Everything that says how many were taught, or use it, says beside it how many of them a witness saw.

Pages, prints, pictures, files and the layer over a stage are walked through. A line that speaks of people taught and
holds a number is a figure; the lines that hold another kind of number are declared with what it is.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.live.screens import drawing, spread
from app.services import points
from app.services.deeds.noting import day_at
from app.services.movement import campaigns, confirming, share_picture
from app.services.shows import scripts, shows
from app.services.standings import freezing, snapshots, standings
from quizzes.engine import HOST, Actor, Command, Viewer
from quizzes.movement.steps import DAY
from quizzes.standing.rules import Rules
from tests import movement as way
from tests.contests import now
from tests.look.everything import posted
from tests.look.reader import FILES, Reader
from tests.organisation import Organisation, browser, plant
from tests.people import AN, BINH, CHI
from tests.quizzes.questions.samples import question

ABOUT = re.compile("được chỉ|tự làm|tự dùng|lan tỏa|(?:đủ|hoàn thành|ngoài) 1\\+2|vượt mốc", re.IGNORECASE)
SEEN = re.compile(r"chứng kiến[^0-9]{0,40}\d", re.IGNORECASE)
NO_COUNT = re.compile(r"1\+2|\d+/\d+/\d+|\b0\b")
"""The campaign's name, days, and nobody."""
LINES = {"p", "li", "tr", "text", "dd", "h1", "h2", "h3", "label", "option", "img", "meter", "div", "a"}
SCOPES = {"li", "section", "table", "svg", "dl", "form", "body"}
DECLARED = (
    (r"goal|my_points|home.index", r"điểm|^1\+2: ", "points, which a visit earns as an own phone does"),
    (r"goal|movement_desk.desk", r"^(?:Bà|Người) Số \d", "one person, of whom the line or their attestation says it"),
    (r"home.privacy|rights.mine", "lưu|xóa|yêu cầu|Dữ liệu của tôi", "days and years of a promise"),
    (r"point_rules|movement_desk.new", "điểm|tự làm được$", "points of a rule"),
    (
        r"standings",
        r"^Hoàn thành 1\+2:? (?:trọng số )?\d+( \d+)?$|Năm \d{4} ·",
        "a part of a score, its weight; a year",
    ),
    (r"standing_desk", "Chi đoàn nhỏ|Công thức", "invented chapters beside a formula, and weights"),
    (r"scorecards.new", "Tiêu chí", "points of a criterion"),
    (r"shows.index", "phần thi", "rounds of a script"),
)
"""The lines with a number that counts nobody who was taught: the page, the line, and what the number is."""
CRITERIA = """Phong trào; Hoàn thành hai chỗ; tỷ lệ; 20; từ both
Phong trào; Vẫn dùng; tỷ lệ; 20; từ using
Phong trào; Giúp thêm; số lượng; 20; 1 mỗi người, từ deeds"""


class Blocks(HTMLParser):
    """The figures of a page: a line that speaks of people taught with a number in it, and what stands around it."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self._open: list[tuple[str, list[str], list[str]]] = [("body", [], [])]
        self.found: list[tuple[str, str]] = []
        self.feed(page)
        while self._open:
            self._close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = [value or "" for name, value in attrs if name in ("alt", "aria-label", "content")]
        self._open.append((tag, told, []))
        if tag in ("img", "meta", "link", "input", "br", "source"):
            self._close()

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if self._open[-1][0] == tag:
            self._close()

    def handle_data(self, data: str) -> None:
        if self._open[-1][0] not in ("script", "style", "title", "dialog"):
            self._open[-1][1].append(data)

    def handle_endtag(self, tag: str) -> None:
        if any(tag == one[0] for one in self._open[1:]):
            while self._open[-1][0] != tag:
                self._close()
            self._close()

    def _close(self) -> None:
        tag, parts, waiting = self._open.pop()
        said = " ".join(" ".join(parts).split())
        told = [*waiting, *(line for line, _ in self.found)]
        if tag in LINES and _counts(said) and not any(line in said for line in told):
            waiting.append(said)
        if tag in SCOPES:
            self.found += [(line, said) for line in waiting]
            waiting = []
        if self._open:
            self._open[-1][1].append(f" {said} ")
            self._open[-1][2].extend(waiting)


def _counts(said: str) -> bool:
    return bool(ABOUT.search(said) and re.search(r"[1-9]", NO_COUNT.sub("", said)))


@pytest.fixture
def org(app: Flask) -> Iterator[Organisation]:
    spread._known.clear()
    with way.at_noon():
        yield plant()


@pytest.fixture
def campaign(org: Organisation) -> campaigns.Held:
    """Two places that are filled, one before a witness; eight others, two of them before one; most use it."""
    number = way.begin(org)
    own = [way.taught(org, number, "friend", "Lê Thị Mận")]
    own += [way.taught(org, number, "other", f"Người Số {n}", (AN, BINH)[n % 2]) for n in range(7)]
    seen = [way.witnessed(org, number, kind, f"Bà Số {n}") for n, kind in enumerate(("relative", "other", "other"))]
    way.later(8 * DAY)
    for public_id, phone in own[:5]:
        way.use(public_id, phone)
        way.later(DAY // 50)
    for public_id, official in seen[:2]:
        confirming.use(public_id, official, "portal.filed", witnessed=True)
    way.verify_all(org, number)
    return campaigns.campaign_numbered(number)


def frozen(app: Flask, org: Organisation, campaign: campaigns.Held) -> tuple[str, str]:
    """A standing with figures of the campaign, frozen, and a scorecard that it fills."""
    draft = standings.Draft("Thi đua thử", "xa_phuong", points.season_of(now()))
    held = standings.make(org.members[CHI], org.province, draft, Rules(least=1))
    snapshots.refresh_due()
    no = freezing.freeze(org.members[CHI], held)
    sent = {"title": "Chấm điểm thử", "kind": "xa_phuong", "until": str(day_at(now() + 9 * DAY)), "criteria": CRITERIA}
    chi = browser(app, org.members[CHI])
    made = posted(chi, f"/chapters/{org.province}/scorecards/new", **sent, source=f"{held}:{no}")
    return f"/standings/{held}/{no}/chapters/{org.ward}", f"{made}/chapters/{org.ward}"


def on_stage(app: Flask, org: Organisation, campaign: campaigns.Held) -> dict[str, str]:
    """The layers over the stage of a show."""
    script = {"title": {"vi": "Đêm hội"}, "rounds": [{"format": "speed", "questions": [question("single", 0, 4)]}]}
    made = scripts.create("spread", script=script, host_member_id=org.members[CHI], chapter_id=org.branch)
    extra, found = {"links": {"campaign": campaign.public_id}}, {}
    for what in ("map", "growth"):
        command = Command("show_spread", Actor(HOST, made.host.number), now(), {} if what == "map" else {"what": what})
        shows.perform(made.show_id, command)
        told = drawing.screen(app, shows.replica(made.show_id), Viewer("stage", "", "vi"), extra)["html"]
        found[f"stage {what}"] = str(told)
    return found


def files(client: FlaskClient, page: str) -> dict[str, str]:
    """The text of pictures and tables that a page leads to."""
    found = {}
    for address in {one.replace("&amp;", "&") for one in re.findall(r'(?:href|src)="(/[^"#]*)"', page)}:
        path = address.partition("?")[0]
        if not FILES.search(path) or not re.search(r"\.(svg|csv|xlsx)$", path) or path.startswith("/static"):
            continue
        data = client.get(address).data
        if path.endswith(".xlsx"):
            with zipfile.ZipFile(io.BytesIO(data)) as parts:
                data = b"".join(parts.read(name) for name in parts.namelist() if "sheet" in name or "String" in name)
            data = data.replace(b"<row", b"<tr").replace(b"</row>", b"</tr>")
        found[address] = data.decode()
    return found


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_every_figure_says_how_many_a_witness_saw(
    app: Flask, org: Organisation, campaign: campaigns.Held, monkeypatch: pytest.MonkeyPatch
) -> None:
    chapter, sheet = frozen(app, org, campaign)
    texts = on_stage(app, org, campaign)
    here = f"/movement/{campaign.public_id}"
    begin = ("/", here, f"{here}/desk?list=1", f"{here}/stage", f"{here}/spread.svg", chapter, sheet)
    for who in (CHI, AN, None):
        client = browser(app, org.members[who] if who else None)
        reader = Reader(app, client)
        reader.read(begin)
        for endpoint, pages in reader.pages.items():
            for at, drawn in enumerate(pages):
                texts[f"{who} {endpoint} {at}"] = drawn.text
                texts |= files(client, drawn.text)
    words = list[share_picture.Words]()
    monkeypatch.setattr(share_picture, "drawn", lambda _picture, told: words.append(told) or b"")
    browser(app).get(f"{here}/spread.png")
    texts["picture to share"] = "<p>" + " ".join(vars(words[0]).values()) + "</p>"
    found = [(where, line, SEEN.search(scope)) for where, text in texts.items() for line, scope in Blocks(text).found]
    bare = {(where, line) for where, line, seen in found if not seen}
    excused = [
        {one for one in bare if re.search(page, one[0]) and re.search(text, one[1])} for page, text, _ in DECLARED
    ]
    assert sorted(bare - set().union(*excused)) == []
    assert all(excused), "a declaration is needed no longer"
    assert {where.partition(" ")[0] for where, _, seen in found if seen} > {CHI, AN, "None", "stage", "picture"}
