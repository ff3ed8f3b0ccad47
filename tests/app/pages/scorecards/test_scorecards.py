"""A scorecard from its criteria to the minutes: scored below with evidence, verified above, closed."""

from __future__ import annotations

import re
from datetime import date

import pytest
from flask import Flask
from flask_babel import gettext
from sqlalchemy import update
from sqlalchemy.orm import Session

from app.models.people import Chapter
from app.models.scorecards import Scorecard
from app.pages.scorecards.scorecards import EXAMPLE
from app.services import points
from app.services.commit import writing
from app.services.people import tree
from app.services.people.roles import grant_role
from app.services.people.tree import add_chapter
from app.services.scorecards import cards, scoring
from app.services.standings import freezing, snapshots, standings
from quizzes.hours import DAY
from quizzes.refusals import Rejected
from quizzes.scorecards.criteria import written
from quizzes.standing.rules import PARENT, Rules
from tests import movement
from tests.contests import now
from tests.organisation import browser, plant, send
from tests.people import AN, BINH, CHI, DUNG

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

CRITERIA = """Tổ chức; Báo cáo tháng; bậc; 8; 8 = đủ, 6 = trễ, 0 = thiếu
Phong trào; Hoàn thành 1+2; tỷ lệ; 20; từ both
Điểm trừ; Minh chứng sai; trừ; 10; 2 mỗi lần"""


def test_a_chapter_scores_itself_its_parent_verifies_and_the_minutes_say_it(app: Flask) -> None:
    org = plant()
    grant_role(None, org.members[DUNG], "organiser", org.village)
    with movement.at_noon():
        movement.bind()
        campaign = movement.begin(org)
        for kind in ("friend", "relative"):
            movement.taught(org, campaign, kind, name=f"Lê Thị {kind}")
        movement.verify_all(org, campaign)
    chi, dung, binh = (browser(app, org.members[who]) for who in (CHI, DUNG, BINH))
    season = points.season_of(snapshots.now_of())
    draft = standings.Draft("Thi đua thử", "xa_phuong", season)
    held = standings.make(org.members[CHI], org.province, draft, Rules(least=1, grouping=PARENT))
    no = freezing.freeze(org.members[CHI], held)

    new = f"/chapters/{org.province}/scorecards/new"
    sent = {
        "title": "Chấm điểm thử",
        "kind": "xa_phuong",
        "until": "2026-12-20",
        "criteria": CRITERIA,
        "source": f"{held}:{no}",
    }
    with app.app_context():
        from app.pages.parts.frame import today

        sent["until"] = str(today())
    bad = send(chi, new, **sent | {"criteria": f"{CRITERIA}\nA; B; màu; 5"})
    assert (bad.status_code, "Dòng 4" in bad.text) == (422, True)
    assert send(binh, new, **sent).status_code == 403
    for wrong in ("abc:1", f"{held}:9", held):
        assert send(chi, new, **sent | {"source": wrong}).status_code == 422, wrong
    assert send(chi, new, **sent | {"kind": "chi_doan"}).status_code == 422, "figures of other chapters"
    assert f'value="{held}:{no}"' in chi.get(new).text
    made = send(chi, new, **sent).headers["Location"]
    sheet = f"{made}/chapters/{org.village}"
    assert "Tỉnh đoàn Thử" in chi.get(made).text
    assert "Đoàn xã Sóng Xanh" not in browser(app).get(made).text
    assert "Đoàn xã Sóng Xanh" in dung.get(made).text
    grant_role(None, org.members[AN], "organiser", add_chapter(None, None, tree.Draft("Tỉnh đoàn khác", "tinh", "K")))
    an = browser(app, org.members[AN])
    assert "Đoàn xã Sóng Xanh" not in an.get(made).text, "organises elsewhere"
    for what in ({"what": "verify", "verified_0": "16"}, {"what": "claim", "claimed_0": "16", "evidence_0": "x"}):
        assert send(an, sheet, **what).status_code == 403, "a parent of another branch"

    unproven = send(dung, sheet, what="claim", claimed_0="16", claimed_2="3", evidence_2="Công văn 9")
    assert unproven.status_code == 422
    for typed in ('<option value="16" selected', 'value="3"', 'value="Công văn 9"'):
        assert typed in unproven.text, "what was typed stays"
    assert send(dung, sheet, what="claim", claimed_0="16", evidence_0="Công văn 12").status_code == 302
    assert send(dung, sheet, what="claim", claimed_0="15", evidence_0="Công văn 12").status_code == 422
    assert send(binh, sheet, what="claim", claimed_0="16", evidence_0="x").status_code == 403
    assert send(dung, sheet, what="verify", verified_0="12", note_0="tự nâng").status_code == 422, "of what is above"
    assert send(chi, sheet, what="verify", verified_0="12").status_code == 422  # differs without a word
    assert "Công văn 12" in chi.get(sheet).text
    ward = f"{made}/chapters/{org.ward}"
    assert re.search(r'data-place="–".*?Sao Mai.*?10 <small>tự chấm 10', chi.get(made).text, re.DOTALL), (
        "one of two people"
    )
    assert send(chi, ward, what="verify", verified_1="0").status_code == 422  # differs from the frozen figure
    assert send(chi, ward, what="verify", verified_1="50").status_code == 302
    seen = {
        "what": "verify",
        "verified_0": "12",
        "note_0": "Nộp trễ hai tháng",
        "verified_1": "0",
        "verified_2": "1",
        "note_2": "Sai một",
    }
    assert send(chi, sheet, **seen).status_code == 302

    assert "4 <small>tự chấm 8" in chi.get(made).text
    same = {"what": "claim", "claimed_0": "16", "evidence_0": "Công văn 12", "claimed_2": "", "evidence_2": ""}
    assert send(dung, sheet, **same).status_code == 302
    assert "4 <small>tự chấm 8" in chi.get(made).text, "nothing was changed"
    assert send(dung, sheet, **same | {"evidence_0": "Công văn 12 và 13"}).status_code == 302
    page = chi.get(made).text
    assert re.search("Sóng Xanh.*?1 tiêu chí chờ thẩm định.*?-2 <small>tự chấm 8", page, re.DOTALL), "to be seen again"
    assert send(dung, sheet, **same | {"claimed_0": ""}).status_code == 302
    assert "-2 <small>tự chấm 0" in chi.get(made).text, "an emptied field says nothing any more"
    assert send(dung, sheet, **same).status_code == 302
    for wrong in ("2,5", "-1", "1e3", "nhiều", "1.000.000.000"):
        assert send(chi, sheet, what="verify", verified_2=wrong, note_2="thử").status_code == 422, wrong
    assert send(chi, sheet, what="verify", verified_2="1.200", note_2="nghìn").status_code == 302
    assert "-10 <small>" in chi.get(made).text, "1,200 times, of which no more than the most counts"
    assert send(chi, sheet, what="verify", verified_2="").status_code == 302
    assert "2 tiêu chí chờ thẩm định" in chi.get(made).text
    assert send(chi, sheet, **seen).status_code == 302
    page = " ".join(dung.get(sheet).text.split())
    for said in ("Tự chấm: đủ · 8 điểm", "trễ · 6 điểm", "0 % · 0 điểm", "1 · -2 điểm"):
        assert said in page, "points and the figure they rest on"

    assert send(dung, f"{made}/advance", state="open").status_code == 403
    assert chi.get(f"{made}/minutes.pdf").status_code == 409
    for state in ("open", "verifying"):
        assert send(chi, f"{made}/advance", state=state).status_code == 302
    assert send(chi, f"{made}/advance", state="verifying").status_code == 409
    assert send(dung, sheet, what="claim", claimed_0="16", evidence_0="muộn").status_code == 422
    page = browser(app).get(made).text
    assert re.search(
        r'data-place="1".*?Sao Mai.*?10 <small>.*data-place="2".*?Sóng Xanh.*?4 <small>tự chấm 8', page, re.DOTALL
    )
    assert chi.get(f"{made}/minutes.pdf").data.startswith(b"%PDF")
    assert cards.listed(org.path(org.branch))[0].title == "Chấm điểm thử"


def test_what_is_verified_is_the_claim_that_was_read(app: Flask) -> None:
    org = plant()
    grant_role(None, org.members[DUNG], "organiser", org.village)
    chi, dung = browser(app, org.members[CHI]), browser(app, org.members[DUNG])
    draft = cards.Draft("Chấm điểm thử", "xa_phuong", written(CRITERIA)[0], now() + DAY)
    made = cards.make(org.members[CHI], org.province, draft)
    sheet = f"/scorecards/{made}/chapters/{org.village}"

    def mark() -> str:
        found = re.search(r'name="shown_0" value="(\w*)"', chi.get(sheet).text)
        assert found
        return found[1]

    seen = {"what": "verify", "verified_0": "16", "shown_0": mark(), "note_0": "Đã xem"}
    send(dung, sheet, what="claim", claimed_0="16", evidence_0="Công văn 12")
    assert send(chi, sheet, **seen).status_code == 422, "nothing had been claimed"
    seen["shown_0"] = mark()
    send(dung, sheet, what="claim", claimed_0="16", evidence_0="Công văn 99")
    refused = send(chi, sheet, **seen)
    assert (refused.status_code, "vừa sửa điểm tự chấm" in refused.text) == (422, True)
    assert "Công văn 99" in refused.text, "the page shows what is to be read"
    assert f'value="{mark()}"' in refused.text
    assert send(chi, sheet, **seen | {"shown_0": mark()}).status_code == 302


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_example_of_the_form_can_be_read_in_both_languages(app: Flask, lang: str) -> None:
    org = plant()
    with app.test_request_context(headers={"Accept-Language": lang}):
        found, problems = written("\n".join(gettext(line) for line in EXAMPLE))
    assert (len(found), problems) == (len(EXAMPLE), [])
    page = browser(app, org.members[CHI]).get(
        f"/chapters/{org.province}/scorecards/new", headers={"Accept-Language": lang}
    )
    assert "from entrants" in page.text if lang == "en" else "từ entrants" in page.text


def test_a_card_for_more_chapters_than_one_page_ranks_is_refused(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    org = plant()
    monkeypatch.setattr(cards, "MOST", 1)
    draft = cards.Draft("Chấm điểm thử", "xa_phuong", written(CRITERIA)[0], snapshots.now_of() + DAY)
    with pytest.raises(Rejected, match="scorecard_wide"):
        cards.make(org.members[CHI], org.province, draft)


def test_after_its_last_day_a_chapter_has_no_fields_and_one_that_was_closed_no_row(app: Flask) -> None:
    org = plant()
    grant_role(None, org.members[DUNG], "organiser", org.village)
    dung, (criteria, _) = browser(app, org.members[DUNG]), written(CRITERIA)
    draft = cards.Draft("Chấm điểm thử", "xa_phuong", criteria, now() + DAY)
    made = cards.make(org.members[CHI], org.province, draft)
    assert 'name="claimed_0"' in dung.get(f"/scorecards/{made}/chapters/{org.village}").text
    ended(made, org.ward)
    page = dung.get(f"/scorecards/{made}/chapters/{org.village}").text
    assert 'name="claimed_0"' not in page and "Lưu điểm tự chấm" not in page
    found = scoring.table(cards.card(made), None)
    assert [line.chapter_id for line in found] == [org.village]


@writing
def ended(db: Session, card: str, chapter: int) -> None:
    """The card's last day is over, and the chapter was closed some days ago."""
    db.execute(update(Scorecard).where(Scorecard.public_id == card).values(until=1))
    db.execute(update(Chapter).where(Chapter.id == chapter).values(valid_to=date(2026, 1, 1)))
