"""Pages and exports beside a whole province: what they ask of the database is counted, and where they let others go
on."""

from __future__ import annotations

import csv
import io
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.services.contests.setup import units
from app.services.people.imports import chapter_names
from app.services.points.kept import rankings
from app.services.province.contests import DRAFT, OVER
from tests.app.pages.small_province import A_TURN, ADMIN, CHAPTERS, HEAD, HOST, MEMBERS, TRIES, asked
from tests.counting import counted
from tests.organisation import browser
from tests.province_addresses import addresses

A_WALK = 70
"""Thousands of SQLite's instructions between two breaths. Who walks through a table here walks through one that is
fifty times as long in a whole province, which takes 50 ms and more."""
ASIDE = {f"/chapters/{number}/slips" for number in (1, 2, 3)} | {"/chapters/1/points"}
"""Slips are counted on a thread, points for so many people at most as this small province has."""


@pytest.fixture
def organiser(province: Flask) -> FlaskClient:
    """The client of a person who organises the whole province."""
    return browser(province, HEAD)


def test_the_ranking_reads_each_chapter_a_few_times_and_lets_others_go_on(province: Flask) -> None:
    stranger = browser(province)
    stranger.get("/ranking")
    with counted() as work:
        stranger.get("/ranking?by=per_head")
    assert work.statements <= 8
    assert work.rows <= 4 * CHAPTERS + 20
    assert work.longest_rows <= A_TURN


def test_a_hall_that_looks_at_the_ranking_at_once_has_it_computed_once(province: Flask) -> None:
    looks = [browser(province) for _ in range(3)]
    pages = [one.get("/ranking?season=2020").get_data(as_text=True) for one in looks[:1]]
    with counted() as work:
        pages += [one.get("/ranking?season=2020").get_data(as_text=True) for one in looks[1:]]
    assert not any("balance" in said for said in work.said)
    assert len(set(pages)) == 1
    rankings.forget()
    with counted() as work:
        looks[0].get("/ranking?season=2020")
    assert any("balance" in said for said in work.said)


def test_everybody_of_a_contest_is_sent_in_pieces_read_by_key(organiser: FlaskClient) -> None:
    address = f"/contests/{OVER}/desk/entrants.csv"
    text, work = asked(organiser, address)
    rows = list(csv.reader(io.StringIO(text)))[1:]
    assert len(rows) == TRIES
    assert [int(row[1]) for row in rows] == sorted(int(row[1]) for row in rows)
    assert len({row[3] for row in rows}) == TRIES, "nobody twice, nobody left out"
    assert work.statements <= 12 + TRIES // 200
    assert work.rows <= TRIES + 100, "each row is read once"
    assert work.breaths >= TRIES // A_TURN
    assert work.longest_rows <= A_TURN
    assert organiser.get(address, buffered=False).is_streamed


def test_ranks_of_the_export_are_those_of_the_board(organiser: FlaskClient) -> None:
    from app.services.contests.contests import by_public_id
    from app.services.contests.results import standings

    number = by_public_id(OVER).id
    board = standings.board(number, 0, top=TRIES).lines
    found = list(standings.everybody(number, 0))
    assert {(one.rank, one.member) for one in found} == {(one.rank, one.member) for one in board}


def test_the_list_of_members_is_sent_in_pieces(organiser: FlaskClient) -> None:
    text, work = asked(organiser, "/chapters/1/members.csv")
    assert len(text.splitlines()) == MEMBERS - MEMBERS // 50 + 1
    assert work.longest_rows <= 2 * A_TURN
    assert work.breaths >= MEMBERS // A_TURN


def test_a_tree_is_written_down_in_turns_and_no_name_is_looked_up_by(
    organiser: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chapter_names, "PIECE", piece := 10)
    monkeypatch.setattr(chapter_names, "fold", lambda name: pytest.fail(f"{name} is folded"))
    text, work = asked(organiser, "/chapters/1/chapters.csv")
    assert len(text.splitlines()) == CHAPTERS + 1
    assert work.breaths >= 3 * CHAPTERS // piece, "reading names and chapters, and writing"


def test_roles_come_a_page_at_a_time_and_are_found_by_name(province: Flask) -> None:
    client, seen, address = browser(province, ADMIN), 0, "/admin/roles"
    while address:
        text, work = asked(client, address)
        seen += text.count('<tr><th scope="row"')
        assert work.longest_steps < 200
        after = text.partition('rel="next"')[0].rpartition('href="')[2].partition('"')[0]
        address = after.replace("&amp;", "&") if 'rel="next"' in text else ""
    assert seen == CHAPTERS + 1
    text, _ = asked(client, "/admin/roles?q=dv-7")
    assert 0 < text.count('<tr><th scope="row"') < 12


def test_a_host_finds_the_own_shows_however_many_others_there_are(province: Flask) -> None:
    text, work = asked(browser(province, HOST), "/shows")
    assert "Nhanh tay nhanh mắt số 1<" in text, "the oldest of all"
    assert "Nhanh tay nhanh mắt số 2<" not in text, "somebody else's"
    assert work.statements <= 7


def test_a_page_of_head_counts_has_a_field_for_each_chapter_on_it_only(organiser: FlaskClient) -> None:
    text, work = asked(organiser, f"/contests/{DRAFT}/headcounts")
    assert text.count('name="members-') == min(CHAPTERS, 200)
    assert work.longest_rows <= A_TURN
    assert work.statements <= 16
    beyond, _ = asked(organiser, f"/contests/{DRAFT}/headcounts?page=99")
    assert beyond.count('name="members-') == min(CHAPTERS, 200), "the last page instead of an empty one"


def test_figures_are_made_in_pieces_that_let_others_go_on(organiser: FlaskClient) -> None:
    from app.services.contests.results import statistics

    statistics.forget()
    with counted() as work:
        assert "2.000" in organiser.get(f"/contests/{OVER}/desk/statistics").get_data(as_text=True)
    assert work.longest_rows <= A_TURN
    pieces = TRIES // statistics.PAGE + min(TRIES, statistics.SAMPLE) // statistics.SLICE
    freed = 2 * TRIES // statistics.PAGE
    assert work.breaths >= 2 * (pieces + freed), "read in pieces, and let go in pieces"
    assert work.longest_steps < 100


def test_the_tops_of_a_contest_are_found_in_turns() -> None:
    chapters: Any = [SimpleNamespace(path=f"/{number}/") for number in range(2 * A_TURN)]
    with counted() as work:
        assert len(units._tops(chapters)) == 2 * A_TURN
    assert work.breaths == 2 * 2, "a breath sleeps twice"


def test_what_was_learned_is_read_in_pieces(organiser: FlaskClient) -> None:
    text, work = asked(organiser, f"/contests/{OVER}/desk/learned?before={OVER}")
    assert "Quá ít người thi cả hai lần" in text, "a contest beside itself has no pairs"
    assert work.longest_rows <= A_TURN


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/chapters",
        "/chapters/1",
        "/chapters/2",
        "/chapters?q=sen",
        "/chapters/1/members",
        "/admin",
        "/admin/audit",
        f"/contests/{OVER}",
        f"/contests/{OVER}/results",
        f"/contests/{OVER}/results/chapters",
        f"/contests/{OVER}/desk",
        f"/contests/{OVER}/desk/signals",
        f"/contests/{DRAFT}/setup",
        f"/contests/{DRAFT}/check",
        "/results/province-show-7",
        "/contests",
        "/me",
        "/members/7",
        "/banks",
        "/shows/province-show-7",
    ],
)
def test_no_page_reads_more_than_a_turn_of_rows_at_a_stretch(province: Flask, address: str) -> None:
    _, work = asked(browser(province, ADMIN), address)
    assert work.longest_rows <= A_TURN
    assert work.statements <= 40


def test_whatever_a_province_is_asked_for_is_read_in_turns(province: Flask) -> None:
    every = [address for _, address in addresses(province, {"campaign": "none", "teaching": "none"})]
    client, rows, steps = browser(province, ADMIN), dict[str, int](), dict[str, int]()
    for address in every:
        with counted() as work:
            client.get(address).get_data()
        rows[address], steps[address] = work.longest_rows, work.longest_steps
    assert len(every) > 150
    assert {address: many for address, many in rows.items() if many > A_TURN} == {}
    assert {address: many for address, many in steps.items() if many > A_WALK and address not in ASIDE} == {}
