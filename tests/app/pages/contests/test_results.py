"""Results, complaints and the desk as people ask for them: who sees what, in which state."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from html import unescape

import pytest
from flask import Flask
from openpyxl import load_workbook
from sqlalchemy import update
from sqlalchemy.orm import Session

from app.models.contests import Attempt
from app.services.commit import writing
from app.services.contests import complaint_lists, complaints, contests
from app.services.contests.publishing import checking, making, publications
from app.services.contests.results import decisions, grading, integrity, looking, statistics
from app.services.people import my_data
from quizzes.hours import DAY
from tests.contests import Held, hold, now
from tests.counting import counted
from tests.finished import sit
from tests.organisation import Organisation, browser, plant, send
from tests.people import AN, BINH, CHI, DUNG

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

ENDED = [{"opens_at": now() - 2 * DAY, "closes_at": now() - DAY}]
REASON = "Một lý do đủ dài."


@dataclass
class Site:
    """An application with a finished, graded contest: An 5 right, Bình 4, Dũng 2, very fast."""

    app: Flask
    org: Organisation
    held: Held

    def get(self, path: str, name: str | None = None, **query: object) -> tuple[int, str]:
        client = browser(self.app, self.org.members[name] if name else None)
        answer = client.get(f"/contests/{self.held.public_id}/{path}", query_string=query or None)
        return answer.status_code, answer.get_data().decode("utf-8", "replace")

    def post(self, path: str, name: str, **fields: object) -> tuple[int, str]:
        answer = send(browser(self.app, self.org.members[name]), f"/contests/{self.held.public_id}/{path}", **fields)
        return answer.status_code, answer.get_data(as_text=True)

    def publish(self, state: str = publications.PROVISIONAL) -> int:
        return making.publish(self.org.members[CHI], self.held.id, state)


def site_of(app: Flask, **changes: object) -> Site:
    org = plant()
    held = hold(
        org,
        **{
            "waves": ENDED,
            "prizes": [{"key": "nhat", "title": {"vi": "Giải Nhất"}}],
            "complaints": {"window_days": 0},
            **changes,
        },
    )
    for name, right, seconds in ((AN, 5, 90), (BINH, 4, 60), (DUNG, 4, 5)):
        sit(held, org.members[name], right=right, seconds=seconds)
    grading.grade_due(now())
    return Site(app, org, held)


@pytest.fixture
def site(app: Flask) -> Site:
    return site_of(app)


def test_before_the_publication_everybody_sees_where_people_stand_under_masked_names(site: Site) -> None:
    status, page = site.get("results")
    assert status == 200 and "chờ công bố" in page
    assert "N.T.A." in page and "Nguyễn Thị An" not in page


def test_a_published_page_reads_each_heading_once_however_often_it_is_opened(site: Site) -> None:
    """A walk through a province's table lies before what stands behind it in the row."""
    for no in (1, 2):
        site.publish()
        for path in ("results", "results/chapters", f"publications/{no}.html", "desk", "complaints"):
            site.get(path, CHI)
            with counted() as work:
                assert site.get(path, CHI)[0] == 200
            walks = [one for one in work.said if "signature" in one and "contest_publication.results" not in one]
            assert walks == [], path


def test_organisers_see_full_names_and_members_their_own_place(site: Site) -> None:
    assert "Nguyễn Thị An" in site.get("results", CHI)[1]
    assert "Vị trí của bạn" in site.get("results", AN)[1]
    assert "Vị trí của bạn" not in site.get("results", CHI)[1]


def test_a_contest_with_a_prediction_shows_no_number_while_somebody_may_enter(app: Flask) -> None:
    running = [{"opens_at": now() - DAY, "closes_at": now() + DAY}]
    site = site_of(app, waves=running, prediction={"quantity": "entrants"}, ranking={"keys": ["score", "distance"]})
    for path in ("results", "results/chapters"):
        page = site.get(path)[1]
        assert "Chưa cho xem" in page and "N.T.A." not in page and "Chi đoàn khu phố 1" not in page


def test_between_tries_of_a_wave_no_board_and_no_chapter_table_tells_a_score(app: Flask) -> None:
    running = [{"opens_at": now() - DAY, "closes_at": now() + DAY}]
    site = site_of(app, waves=running, attempts={"most": 3}, showing={"standings": "live"})
    assert "Vị trí của bạn" not in site.get("results", AN)[1]
    page = site.get("results/chapters", AN, under=site.org.ward)[1]
    assert "Chi đoàn khu phố 1" in page and "Điểm trung bình" not in page and "đúng hết" not in page
    assert "Điểm trung bình" in site.get("results/chapters", CHI, under=site.org.ward)[1]


def test_a_single_try_with_its_score_at_once_has_live_standings(app: Flask) -> None:
    running = [{"opens_at": now() - DAY, "closes_at": now() + DAY}]
    site = site_of(app, waves=running, showing={"score": "at_once", "standings": "live"})
    assert "Vị trí của bạn" in site.get("results", AN)[1]
    assert "Điểm trung bình" in site.get("results/chapters", AN, under=site.org.ward)[1]


def test_prizes_and_signature_stand_on_the_published_page(site: Site) -> None:
    no = site.publish()
    page = site.get("results")[1]
    assert "Kết quả tạm thời" in page and "Giải Nhất" in page
    assert "giải còn lại cho người kế tiếp" in page, "why the second of the ranking may have no prize"
    status, file = site.get(f"publications/{no}.html")
    assert status == 200 and "Giải Nhất" in file and "Nguyễn Thị" not in file


def test_the_file_to_recompute_is_there_once_results_are_official(site: Site) -> None:
    assert site.get("results.jsonl")[0] == 404
    site.publish()
    site.publish(publications.OFFICIAL)
    status, file = site.get("results.jsonl")
    assert status == 200 and file.splitlines()[0].startswith('{"contest"')
    assert "Kết quả chính thức" in site.get("results")[1]


def test_ones_own_place_stands_on_the_first_page_once_it_is_published(site: Site) -> None:
    first = lambda name: browser(site.app, site.org.members[name]).get("/").text  # noqa: E731
    assert "hạng 1 trong" not in first(AN)
    site.publish()
    assert "tạm xếp hạng 1 trong 3 người" in first(AN)
    site.publish(publications.OFFICIAL)
    assert ">hạng 1 trong 3 người" in first(AN) and "hạng 2 trong 3 người" in first(DUNG), "four right, but faster"
    assert "trong 3 người" not in first(CHI), "who did not take part has no place"


def test_chapters_are_shown_at_each_level(site: Site) -> None:
    page = site.get("results/chapters")[1]
    assert "Đoàn phường Sao Mai" in page and "Chi đoàn khu phố 1" not in page
    assert "Chi đoàn khu phố 1" in site.get("results/chapters", under=site.org.ward)[1]


@pytest.mark.parametrize(
    "path",
    [
        "desk",
        "desk/signals",
        "desk/complaints",
        "desk/statistics",
        "desk/statistics.xlsx",
        "desk/entrants.csv",
        "desk/decide?do=void",
    ],
)
def test_the_desk_is_for_organisers_of_the_contests_chapter_only(site: Site, path: str) -> None:
    assert site.get(path, CHI)[0] == 200
    assert site.get(path, BINH)[0] == 403, "organises another chapter"
    assert site.get(path, AN)[0] == 403
    assert site.get(path)[0] == 302


def test_an_organiser_publishes_and_is_told_why_not_yet(site: Site) -> None:
    status, page = site.post("desk/publish", CHI, state="official")
    assert status == 422 and "tạm thời trước" in page
    assert site.post("desk/publish", CHI, state="provisional")[0] == 302
    assert site.post("desk/publish", BINH, state="provisional")[0] == 403


def test_an_organiser_voids_a_question_and_everybody_reads_why(site: Site) -> None:
    question = next(iter(site.org and contests.frozen(site.held.id).paper))
    assert site.get("desk/decide", CHI, do="void", question=question)[0] == 200
    assert site.post("desk/decide", CHI, do="void", question=question, reason="ừ")[0] == 422
    status, ahead = site.post("desk/decide", CHI, do="disqualify", member="DV-1", paragraph="taking", reason=REASON)
    assert status == 200 and "Thứ hạng trước và sau" in ahead and "Nguyễn Thị An" in ahead and "hạng 1" in ahead
    assert f'name="member" value="{site.org.members[AN]}"' in ahead, "by name or code, then by number"
    assert site.post("desk/decide", CHI, do="void", question=question, reason=REASON)[0] == 200
    assert REASON not in site.get("results")[1], "nothing is decided yet"
    assert site.post("desk/decide", CHI, do="void", question=question, reason=REASON, sure="yes")[0] == 302
    assert REASON in site.get("results")[1]


@pytest.mark.parametrize(
    ("kind", "said", "read"),
    [
        ("single", "B", (1,)),
        ("single", "a\n\nC", (0, 2)),
        ("true_false", "S", (False,)),
        ("true_false", "đúng\nsai", (True, False)),
    ],
)
def test_a_new_key_is_written_as_in_a_table_of_questions(
    site: Site, kind: str, said: str, read: tuple[object, ...]
) -> None:
    question, body = next(item for item in contests.frozen(site.held.id).paper.items() if item[1]["type"] == kind)
    page = site.get("desk/decide", CHI, do="rekey", question=question)[1]
    assert all(option["text"]["vi"] in unescape(page) for option in body.get("options", []))
    assert (
        site.post("desk/decide", CHI, do="rekey", question=question, reason=REASON, answers=said, sure="yes")[0] == 302
    )
    assert decisions.all_of(site.held.id)[0].answers == read


@pytest.mark.parametrize("said", ["", "Z", "A\nquả táo", "[1]"])
def test_a_key_that_cannot_be_read_changes_nothing(site: Site, said: str) -> None:
    paper = contests.frozen(site.held.id).paper
    question = next(key for key, body in paper.items() if body["type"] == "single")
    assert (
        site.post("desk/decide", CHI, do="rekey", question=question, reason=REASON, answers=said, sure="yes")[0] == 422
    )
    assert not decisions.all_of(site.held.id)


def test_a_disqualified_member_reads_why_and_appeals_others_read_nothing(site: Site) -> None:
    no = decisions.decide(
        site.org.members[CHI], site.held.id, decisions.Draft("disqualify", REASON, member=site.org.members[AN])
    )
    assert REASON in site.get("results", AN)[1]
    assert REASON not in site.get("results", BINH)[1] and REASON not in site.get("results")[1]
    assert site.post("complaints", AN, about="decision", decision=no, text="Tôi không nhờ ai thi hộ.")[0] == 302
    assert "Tôi không nhờ ai thi hộ." not in site.get("complaints", BINH)[1]
    number = complaint_lists.of_contest(site.held.id)[0].id
    for name, status in ((AN, 200), (CHI, 200), (BINH, 404), (DUNG, 404)):
        assert browser(site.app, site.org.members[name]).get(f"/complaints/{number}").status_code == status


def test_an_organiser_answers_and_the_member_reads_it(app: Flask) -> None:
    site = site_of(app, complaints={"window_days": 3})
    site.publish()
    number = complaints.complain(
        site.org.members[AN], site.held.id, complaints.Draft("technical", "Máy của tôi bị mất mạng.")
    )
    client = browser(site.app, site.org.members[CHI])
    assert send(client, f"/complaints/{number}", text="Đã xem nhật ký kết nối.", state="refused").status_code == 302
    page = browser(site.app, site.org.members[AN]).get(f"/complaints/{number}").get_data(as_text=True)
    assert "Đã xem nhật ký kết nối." in page and "Không chấp nhận" in page


def test_the_review_queue_speaks_with_figures_and_is_cleared_with_a_reason(site: Site) -> None:
    looking.look_due(now())
    number = integrity.queue(site.held.id)[0].id
    page = site.get(f"desk/signals/{number}", CHI)[1]
    assert "nhanh hơn mức đọc được" in page and "Nguyễn Thị Dũng" in page
    assert site.post(f"desk/signals/{number}", CHI, reason=REASON)[0] == 302
    assert "không có gì bất thường" in site.get("desk/signals", CHI)[1]


def test_figures_count_people_and_questions(site: Site) -> None:
    page = site.get("desk/statistics", CHI)[1]
    assert page.count("<svg viewBox") == 4 and "Từng câu hỏi" in page


def test_figures_that_are_being_made_are_waited_for_without_loading_the_page_again(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, where = browser(site.app, site.org.members[CHI]), f"/contests/{site.held.public_id}/desk/statistics"
    asking = {"Accept": "application/json"}
    monkeypatch.setattr(statistics, "ready", lambda *of: None)
    for lang in ("vi", "en"):
        page = client.get(f"{where}?lang={lang}").text
        assert "http-equiv" not in page.replace(re.findall(r"<noscript>.*?</noscript>", page)[0], "")
        assert 'role="status"' in page and "js/soon.js" in page
    assert client.get(where, headers=asking).json == {"ready": False}
    monkeypatch.undo()
    statistics.figures(site.held.id)
    assert client.get(where, headers=asking).json == {"ready": True}


def test_the_list_for_spreadsheets_holds_everybody_with_ranks(site: Site) -> None:
    rows = list(csv.reader(io.StringIO(site.get("desk/entrants.csv", CHI)[1].lstrip("\ufeff"))))
    assert [(row[1], row[2]) for row in rows[1:]] == [
        ("1", "Nguyễn Thị An"),
        ("2", "Nguyễn Thị Dũng"),
        ("3", "Nguyễn Thị Bình"),
    ]


def test_the_list_is_that_of_the_publication_where_a_prediction_decides(app: Flask) -> None:
    site = site_of(app, prediction={"quantity": "entrants"}, ranking={"keys": ["distance", "score"]}, waves=ENDED)
    for name, guess in ((AN, 900), (BINH, 3), (DUNG, 50)):
        predict(site.held.id, site.org.members[name], guess)
    before = listed(site)
    assert before[0][-1].startswith("Tạm tính")
    site.publish()
    published = listed(site)
    assert [row[2] for row in published] == ["Nguyễn Thị Bình", "Nguyễn Thị Dũng", "Nguyễn Thị An"]
    assert published[0][-1] == "Công bố lần 1"


def listed(site: Site) -> list[list[str]]:
    return list(csv.reader(io.StringIO(site.get("desk/entrants.csv", CHI)[1].lstrip("\ufeff"))))[1:]


@writing
def predict(db: Session, contest_id: int, member: int, guess: int) -> None:
    mine = (Attempt.contest_id == contest_id, Attempt.member_id == member)
    db.execute(update(Attempt).where(*mine).values(prediction=guess))


# --- the signed page


def signed_page(site: Site, no: int) -> str:
    return site.get(f"publications/{no}.html")[1]


def test_every_visible_row_of_the_page_is_as_it_was_signed(site: Site) -> None:
    found = checking.check_page(signed_page(site, site.publish()))
    assert found.digest_holds and found.signature_holds and found.rows_hold
    assert [one.shown[0] for one in found.rows] == ["1", "2", "3"]


@pytest.mark.parametrize("cell", [1, 2])
def test_a_name_or_chapter_changed_on_the_page_does_not_hold(site: Site, cell: int) -> None:
    page = signed_page(site, site.publish())
    shown = checking.check_page(page).rows[0].shown[cell]
    forged = checking.check_page(page.replace(f"<td>{shown}</td>", "<td>Trần Văn Lạ</td>", 1))
    assert [one.holds for one in forged.rows] == [False, True, True]
    assert forged.digest_holds and forged.signature_holds, "the numbers are as they were"


def test_rows_that_change_places_are_left_out_or_put_in_do_not_hold(site: Site) -> None:
    page = signed_page(site, site.publish())
    rows = re.findall(r"<tr data-row.*?</tr>", page, re.DOTALL)
    assert not checking.check_page(page.replace(rows[0], "")).rows_hold
    assert not checking.check_page(page.replace(rows[0], rows[0] + rows[0].replace('"0"', '"7"'))).rows_hold
    turned = page.replace(rows[0], "@").replace(rows[1], rows[0]).replace("@", rows[1])
    assert checking.check_page(turned).rows_hold, "the rank stands in the row"
    swapped = page.replace('data-row="0"', "@").replace('data-row="1"', 'data-row="0"').replace("@", 'data-row="1"')
    assert not checking.check_page(swapped).rows_hold


def test_an_erased_person_stands_as_erased_and_all_else_still_holds(site: Site) -> None:
    no = site.publish()
    my_data.erase(site.org.members[AN], site.org.members[AN], "")
    page = signed_page(site, no)
    found = checking.check_page(page)
    assert found.rows_hold and found.signature_holds
    gone = found.rows[0]
    assert (gone.note, gone.erased_at > 0) == ("erased", True)
    assert "Nguyễn Thị An" not in page and "đã xóa" in gone.shown[1]


def test_minutes_come_as_pdf_and_workbook(site: Site) -> None:
    decisions.decide(
        site.org.members[CHI], site.held.id, decisions.Draft("disqualify", REASON, member=site.org.members[DUNG])
    )
    no = site.publish()
    client = browser(site.app, site.org.members[CHI])
    pdf = client.get(f"/contests/{site.held.public_id}/desk/minutes-{no}.pdf").get_data()
    assert pdf.startswith(b"%PDF-")
    book = client.get(f"/contests/{site.held.public_id}/desk/minutes-{no}.xlsx").get_data()
    assert book.startswith(b"PK")
    assert site.get(f"desk/minutes-{no}.pdf", BINH)[0] == 403


def test_minutes_are_in_vietnamese_whoever_prints_them_and_ranks_are_numbers(app: Flask) -> None:
    prizes = [{"key": "nhat", "title": {"vi": "Giải Nhất", "en": "First prize"}, "worth": 500_000}]
    site = site_of(app, prizes=prizes, title={"vi": "Cuộc thi thử", "en": "A contest"})
    address = f"/contests/{site.held.public_id}/desk/minutes-{site.publish()}.xlsx?lang=en"
    book = load_workbook(io.BytesIO(browser(app, site.org.members[CHI]).get(address).get_data()))
    (won,) = book["Giải cá nhân"].iter_rows(min_row=2, values_only=True)
    assert won[:5] == ("Giải Nhất – Đợt 1", 1, "Nguyễn Thị An", "DV-1", 2004) and won[-1] == "500.000 đồng"
    assert "tháng" in str(book["Biên bản"]["B1"].value)
    assert [row[6] for row in book["Chi thưởng"].iter_rows(min_row=2, values_only=True)] == [500_000, 500_000]


def test_a_name_that_would_be_a_formula_stays_text(site: Site) -> None:
    _rename(site)
    assert "'=1+1" in site.get("desk/entrants.csv", CHI)[1]


def _rename(site: Site) -> None:
    from app.models.engines import database
    from app.models.people import Member

    database.write(lambda db: setattr(db.get_one(Member, site.org.members[AN]), "name", "=1+1"))


def test_a_draft_and_an_unknown_contest_are_not_found(site: Site) -> None:
    assert browser(site.app).get("/contests/khong-co/results").status_code == 404
    assert site.get("results", wave=7)[0] == 404


def test_complaints_that_ask_the_same_get_one_answer_together(app: Flask) -> None:
    site = site_of(app, complaints={"window_days": 3})
    draft = complaints.Draft("technical", "Máy của tôi bị mất mạng.")
    two = [complaints.complain(site.org.members[AN], site.held.id, draft) for _ in range(2)]
    status, page = site.post("desk/complaints", CHI, text="Đã xem nhật ký.", state="refused")
    assert status == 422 and "Chưa chọn" in page and "Đã xem nhật ký." in page
    assert site.post("desk/complaints", CHI, complaint=two, text="Đã xem nhật ký.", state="refused")[0] == 302
    assert {one.state for one in complaint_lists.of_contest(site.held.id)} == {"refused"}
    assert site.post("desk/complaints", BINH, complaint=two, text="Đã xem nhật ký.", state="accepted")[0] == 403
