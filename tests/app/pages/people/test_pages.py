"""Pages of organisers and of the person themselves."""

from __future__ import annotations

import csv
import io
import json
import zipfile

import pytest
from flask import Flask

from app.services.people import sign_ins
from app.services.people.chapters import chapter, chapter_with_code
from app.services.people.imports import imports
from app.services.people.logins import store_hash_in
from app.services.people.members import member, member_with_code
from app.services.people.passwords import hashed
from app.services.people.roles import grants
from app.services.people.tree import Draft, add_chapter
from tests.organisation import browser, form_token, plant, send
from tests.people import AN, BINH, CHI, DUNG

PASSWORD = "bốn con vịt bơi"


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """The engine makes no difference here."""
    return sqlite_url


def upload(app: Flask, who: int, address: str, name: str, text: str):  # type: ignore[no-untyped-def]
    client = browser(app, who)
    data = {"csrf_token": form_token(client), "file": (io.BytesIO(text.encode()), name)}
    return client, client.post(address, data=data, content_type="multipart/form-data")


def test_a_file_is_shown_corrected_and_confirmed(app: Flask) -> None:
    org = plant()
    text = "Mã đoàn viên,Họ và tên,Năm sinh\nM1,Lê Thị Mận,2001\nM2,,2002\nM3,=HYPERLINK(1),sai\n"
    client, answer = upload(app, org.members[BINH], f"/chapters/{org.branch}/import/members", "ds.csv", text)
    preview = client.get(answer.location).text
    assert "Lê Thị Mận" in preview
    assert "Ô này không được để trống." in preview
    problems = client.get(f"{answer.location}/problems.csv").data.decode("utf-8-sig")
    assert problems.splitlines()[1].startswith("3,Họ và tên,")
    assert send(client, f"{answer.location}/confirm").location == answer.location, "first say what happens to the rest"
    assert member_with_code("M1") is None
    assert send(client, f"{answer.location}/confirm", leave_out="on").location == f"/chapters/{org.branch}/members"
    assert member_with_code("M1")
    assert "Đã nhập xong" in client.get(answer.location).text
    assert send(client, f"{answer.location}/confirm").location == answer.location, "going back says that it is done"


def test_a_file_that_cannot_be_read_says_why(app: Flask) -> None:
    org = plant()
    address = f"/chapters/{org.branch}/import/members"
    for text, words in (("", "Không đọc được"), ("a\n1\n", "Mã đoàn viên"), ("PK\x03\x04", "bị hỏng")):
        _, answer = upload(app, org.members[BINH], address, "ds.csv", text)
        assert answer.status_code == 422
        assert words in answer.text


def test_a_neighbour_cannot_look_into_an_import(app: Flask) -> None:
    org = plant()
    text = "Mã đoàn viên,Họ và tên\nM1,Lê Thị Mận\n"
    _, answer = upload(app, org.members[CHI], f"/chapters/{org.ward}/import/members", "ds.csv", text)
    for path in ("", "/problems.csv"):
        assert browser(app, org.members[BINH]).get(answer.location + path).status_code == 403
    assert send(browser(app, org.members[BINH]), f"{answer.location}/confirm").status_code == 403
    assert member_with_code("M1") is None


@pytest.mark.parametrize("kind", ["members", "chapters"])
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_template_can_be_read_back(app: Flask, kind: str, form: str) -> None:
    org = plant()
    client = browser(app, org.members[CHI])
    template = client.get(f"/import-templates/{kind}.{form}").data
    data = {"csrf_token": form_token(client), "file": (io.BytesIO(template), f"x.{form}")}
    answer = client.post(f"/chapters/{org.ward}/import/{kind}", data=data, content_type="multipart/form-data")
    assert answer.status_code == 302, answer.text
    new = 2 if kind == "chapters" else 1  # the other example names a chapter that is not here
    assert f"<b>{new}</b><span>dòng mới" in client.get(answer.location).text


def test_an_organiser_builds_the_tree(app: Flask) -> None:
    org = plant()
    client = browser(app, org.members[CHI])
    bad = send(client, f"/chapters/{org.ward}/new", name="X", kind="chi_doan")
    assert bad.status_code == 422
    assert 'href="#f-name"' in bad.text
    made = send(client, f"/chapters/{org.ward}/new", name="Chi đoàn khu phố 2", kind="chi_doan", code="kp 2")
    number = chapter_with_code("KP2")
    assert made.location == f"/chapters/{number}"
    send(client, f"/chapters/{number}/change", name="Chi đoàn khu phố Hai", kind="chi_doan", code="KP2")
    send(client, f"/chapters/{number}/move", parent="X", reason="Sắp xếp")
    send(client, f"/chapters/{number}/close", valid_to="2026-06-30", successor="KP1", reason="Sáp nhập", sure="yes")
    found = chapter(number or 0)
    assert found is not None
    assert (found.name, found.parent_id, found.successor_id) == ("Chi đoàn khu phố Hai", org.village, org.branch)
    assert "Đã sáp nhập vào" in client.get(f"/chapters/{number}").text
    assert "Sắp xếp" in client.get("/admin/audit").text


def test_an_organiser_grants_from_the_members_page_and_takes_back(app: Flask) -> None:
    org = plant()
    client = browser(app, org.members[BINH])
    page = client.get(f"/members/{org.members[AN]}").text
    assert 'value="host"' in page
    assert 'value="admin"' not in page
    back = f"/members/{org.members[AN]}"
    send(client, "/admin/roles", member_id=org.members[AN], role="host", chapter_id=org.branch, next=back)
    (granted,) = grants("/", member_id=org.members[AN])
    assert granted.role == "host"
    send(client, "/admin/roles", member_id=org.members[AN], role="", chapter_id=org.branch, next=back)
    assert "Vai trò: " in client.get(back).text, "what is wrong names its field"
    send(client, "/admin/roles", member_id=org.members[AN], role="host", chapter="không có", next=back)
    assert "Cơ sở: " in client.get(back).text
    send(client, "/admin/roles", member_id=org.members[AN], role="admin", chapter_id="", next=back)
    assert len(grants("/", member_id=org.members[AN])) == 1
    assert send(client, f"/admin/roles/{granted.id}/revoke", next=back).location == back
    assert grants("/", member_id=org.members[AN]) == []


def test_an_administrator_grants_by_codes(app: Flask) -> None:
    org = plant()
    client = browser(app, org.members[CHI])
    send(client, "/admin/roles", member="DV-4", role="organiser", chapter="X")
    assert {one.role for one in grants("/", member_id=org.members[DUNG])} == {"host", "organiser"}
    answer = send(client, "/admin/roles", member="DV-4", role="admin", chapter="")
    assert answer.status_code == 422
    assert "admin" not in {one.role for one in grants("/", member_id=org.members[DUNG])}, "no place was named"
    send(client, "/admin/roles", member="DV-4", role="admin", everywhere="on")
    assert "admin" in {one.role for one in grants("/", member_id=org.members[DUNG])}


def test_a_list_taken_away_is_harmless_and_on_record(app: Flask) -> None:
    org = plant()
    client = browser(app, org.members[CHI])
    send(client, f"/chapters/{org.branch}/members/new", name="+Cộng Văn Trừ", birth_year="2001", code="=1+1")
    listed = client.get(f"/chapters/{org.ward}/members.csv").data.decode("utf-8-sig")
    assert "'=1+1,'+Cộng Văn Trừ" in listed
    assert "Xuất danh sách" in client.get("/admin/audit").text


def test_a_person_sees_corrects_and_takes_along_everything(app: Flask) -> None:
    org = plant()
    client = browser(app, org.members[AN])
    assert "Nguyễn Thị An" in client.get("/me").text
    assert send(client, "/me/change", name="Nguyễn Thị An An", birth_year=2004, nickname="").location == "/me"
    store_hash_in(org.members[AN], hashed(PASSWORD))
    login = {"username": "an.an", "email": "an@example.vn", "password": PASSWORD}
    assert send(client, "/me/login", **login).location == "/me/login"
    assert send(client, "/me/consents", consent_ranking="on").location == "/me"
    copy = client.get("/me/copy.json")
    assert copy.headers["Content-Disposition"].startswith("attachment")
    data = json.loads(copy.data)
    assert data["member"]["public_name"] == "Nguyễn Thị An An"
    assert data["account"]["email"] == "an@example.vn"
    with zipfile.ZipFile(io.BytesIO(client.get("/me/copy.zip").data)) as bundle:
        assert json.loads(bundle.read("my-data.json")) == data
    assert client.get("/me/copy.pdf").status_code == 404


def test_another_device_is_signed_out_from_here_but_never_somebody_elses(app: Flask) -> None:
    org = plant()
    client, other = browser(app, org.members[AN]), browser(app, org.members[AN])
    stranger = browser(app, org.members[BINH])
    theirs = sign_ins.sign_ins(org.members[BINH])[0].id
    send(client, "/me/sign-ins", only=theirs)
    assert stranger.get("/me").status_code == 200
    send(client, "/me/sign-ins")
    assert (client.get("/me").status_code, other.get("/me").status_code) == (200, 302)


def test_erasing_asks_for_the_word_and_the_password(app: Flask) -> None:
    org = plant()
    store_hash_in(org.members[AN], hashed(PASSWORD))
    client = browser(app, org.members[AN])
    assert send(client, "/me/erase", word="xóa", password="sai").status_code == 422
    assert send(client, "/me/erase", word="", password=PASSWORD).status_code == 422
    assert send(client, "/me/erase", word="xóa", password=PASSWORD).location == "/"
    assert client.get("/me").status_code == 302
    found = member(org.members[AN])
    assert found is not None
    assert found.erased


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_page_of_people_renders_in_both_languages(app: Flask, lang: str) -> None:
    org = plant()
    client = browser(app, org.members[CHI])
    chapter_id, member_id = org.branch, org.members[AN]
    for address in (
        "/",
        "/privacy",
        "/chapters",
        "/chapters?q=pho",
        "/chapters?q=zzz",
        "/chapters/new",
        "/me",
        "/me/change",
        "/me/login",
        "/me/password",
        "/me/consents",
        "/me/erase",
        "/admin",
        "/admin/roles",
        "/admin/audit",
        *(
            f"/chapters/{chapter_id}{end}"
            for end in (
                "",
                "/new",
                "/change",
                "/move",
                "/close",
                "/invite",
                "/members",
                "/members?left=yes",
                "/members/new",
                "/import/members",
                "/import/chapters",
            )
        ),
        *(f"/members/{member_id}{end}" for end in ("", "/change", "/move", "/erase")),
    ):
        page = client.get(address + ("&" if "?" in address else "?") + f"lang={lang}")
        assert page.status_code == 200, address
        assert f'<html lang="{lang}">' in page.text, address
        assert page.text.count("<h1") == 1, address


def test_forms_know_names_keep_what_was_typed_and_ask_once_more(app: Flask) -> None:
    org = plant()
    chi = browser(app, org.members[CHI])
    twin = add_chapter(None, org.village, Draft("Chi đoàn khu phố 1", "chi_doan", "KP1X"))
    move = f"/members/{org.members[AN]}/move"
    refused = send(chi, move, chapter="khu pho 1", reason="Chuyển nhà")
    assert refused.status_code == 422 and 'href="#f-chapter"' in refused.text
    assert "Đoàn xã Sóng Xanh (KP1X)" in refused.text and 'value="Chuyển nhà"' in refused.text
    assert send(chi, move, chapter="Chi đoàn khu phố 1 (KP1X)").status_code == 302
    assert (found := member(org.members[AN])) and found.chapter_id == twin
    assert "Đoàn xã Sóng Xanh" in chi.get(f"/chapters/{org.province}/members").text, "with the chapter above"
    roles = send(chi, "/admin/roles", member="nguyen thi", role="judge", chapter="KP1", reason="Chấm")
    assert roles.status_code == 422 and 'href="#f-member"' in roles.text and 'value="KP1"' in roles.text
    assert [one["code"] for one in chi.get("/members/find?q=binh").json] == ["DV-2"]
    assert browser(app, org.members[AN]).get("/members/find?q=binh").status_code == 403
    close = f"/chapters/{org.branch}/close"
    shown = send(chi, close, valid_to="2026-06-30", successor="Sóng Xanh")
    assert "Nguyễn Thị Bình" in shown.text and "Đúng, kết thúc cơ sở" in shown.text
    assert (one := chapter(org.branch)) and one.valid_to is None, "only shown"
    assert send(chi, close, valid_to="2026-06-30", successor="Sóng Xanh", sure="yes").status_code == 302
    assert "Mở lại cơ sở này" in chi.get(f"/chapters/{org.branch}").text
    send(chi, f"/chapters/{org.branch}/change", name="Tên mới", kind="chi_doan", code="KP1")
    assert (one := chapter(org.branch)) and one.valid_to, "correcting a name opens nothing"
    send(chi, f"/chapters/{org.branch}/reopen")
    assert (one := chapter(org.branch)) and one.valid_to is None


def test_the_brand_leads_home_from_every_page_of_a_person(app: Flask) -> None:
    org = plant()
    chi = browser(app, org.members[CHI])
    for address in (f"/members/{org.members[AN]}", "/me", f"/chapters/{org.branch}", "/admin/roles"):
        assert '<a class="brand" href="/">' in chi.get(address).text, address


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("at", ["province", "ward", "branch"])
def test_a_list_taken_away_comes_back_in_and_changes_nothing(app: Flask, at: str, lang: str) -> None:
    org = plant()
    chi, chapter = browser(app, org.members[CHI]), getattr(org, at)
    file = chi.get(f"/chapters/{chapter}/members.csv", headers={"Accept-Language": lang}).data
    with app.test_request_context(headers={"Accept-Language": lang}):
        job = imports.start(org.members[CHI], chapter, "members", "ds.csv", file)
    found = imports.job(job)
    assert found is not None and found.problems == []
    assert {key: count for key, count in found.counts.items() if count} == {"same": file.count(b"\n") - 1}


def test_a_list_without_a_column_for_chapters_leaves_people_where_they_are(app: Flask) -> None:
    org = plant()
    chi = browser(app, org.members[CHI])
    rows = list(csv.DictReader(io.StringIO(chi.get(f"/chapters/{org.province}/members.csv").data.decode("utf-8-sig"))))
    out = io.StringIO()
    kept = csv.DictWriter(out, ["Mã đoàn viên", "Họ và tên", "Năm sinh"], extrasaction="ignore")
    kept.writeheader()
    kept.writerows([*rows, {"Mã đoàn viên": "MOI-1", "Họ và tên": "Lê Thị Mận", "Năm sinh": 2005}])
    job = imports.start(org.members[CHI], org.province, "members", "ds.csv", out.getvalue().encode())
    found = imports.job(job)
    assert found is not None and found.problems == []
    assert {key: count for key, count in found.counts.items() if count} == {"same": len(rows), "new": 1}
    imports.confirm(org.members[CHI], job)
    new = member(member_with_code("MOI-1") or 0)
    assert new is not None and new.chapter_id == org.province


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_list_of_chapters_that_is_taken_out_comes_back_in_as_it_was(app: Flask, lang: str) -> None:
    org = plant()
    taken = (
        browser(app, org.members[CHI]).get(f"/chapters/{org.ward}/chapters.csv?lang={lang}").data.decode("utf-8-sig")
    )
    rows = list(csv.reader(io.StringIO(taken)))
    assert "Tỉnh đoàn" in rows[2][4] and rows[2][4].endswith("Đoàn phường Sao Mai"), "the whole path"
    for table in (rows, [row[1:] for row in rows]):  # with codes and without
        out = io.StringIO()
        csv.writer(out).writerows(table)
        found = imports.job(imports.start(org.members[CHI], org.ward, "chapters", "ds.csv", out.getvalue().encode()))
        assert found is not None
        assert found.problems == []
        assert found.counts == {"new": 0, "change": 0, "same": len(rows) - 1, "wrong": 0}
