"""`contest verify` finds every difference in an exported file and every page that is not as it was signed."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from app.cli import Stop, contest
from app.models.engines import Database, database
from app.services.contests import contests
from app.services.contests.publishing import export, making, publications, signing
from app.services.contests.publishing.rows import signed_rows, visible_rows
from app.services.contests.results import decisions, grading
from quizzes.hours import DAY
from quizzes.refusals import Rejected
from tests.contests import Held, hold, now
from tests.finished import sit
from tests.organisation import Organisation, plant
from tests.people import AN, BINH, CHI, DUNG

ENDED = [{"opens_at": now() - 2 * DAY, "closes_at": now() - DAY}]


@pytest.fixture
def org(bound: Database) -> Organisation:
    signing.signer.bind("một bí mật của lần thử")
    return plant()


@pytest.fixture
def held(org: Organisation) -> Held:
    """Published with decisions of both kinds; window of complaints of no days."""
    found = hold(org, waves=ENDED, attempts={"most": 2}, complaints={"window_days": 0})
    for name, right in ((AN, 5), (BINH, 4), (DUNG, 2)):
        sit(found, org.members[name], right=right)
    sit(found, org.members[AN], right=3, try_no=2, start=700, submitted=False)
    chi = org.members[CHI]
    question = next(iter(export.frozen(found.id).paper))
    decisions.decide(chi, found.id, decisions.Draft("give", "Câu này có hai cách hiểu.", question))
    decisions.decide(chi, found.id, decisions.Draft("disqualify", "Một lý do đủ dài.", member=org.members[DUNG]))
    grading.grade_due(now())
    for state in (publications.PROVISIONAL, publications.OFFICIAL):
        making.publish(chi, found.id, state)
    return found


@pytest.fixture
def exported(held: Held, tmp_path: Path) -> Path:
    """The file, with the database away."""
    no = export.newest_official(held.id, now())
    file = tmp_path / "results.jsonl"
    file.write_text("".join(f"{line}\n" for line in export.export_lines(held.id, no)))
    database.dispose()
    return file


def test_an_exported_contest_is_recomputed_without_a_database(
    exported: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert contest.run(["verify", str(exported), "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["equal"] and said["differences"] == []


def test_the_digest_is_the_one_that_was_signed(
    held: Held, exported: Path, capsys: pytest.CaptureFixture[str], database_url: str
) -> None:
    contest.run(["verify", str(exported), "--json"])
    database.bind(database_url)
    said = json.loads(capsys.readouterr().out)
    assert said["digest"] == publications.headings(held.id)[-1].digest
    assert said["committed"] == list(contests.contest(held.id).commitments), "the codes on the rules page"


def test_no_reason_no_name_and_no_year_of_birth_leaves(exported: Path) -> None:
    text = exported.read_text()
    assert "Nguyễn" not in text and "Một lý do" not in text
    assert not re.search(r"\b2004\b", text), "the digits may stand inside a time in microseconds"


def test_a_changed_line_is_found(exported: Path) -> None:
    lines = exported.read_text().splitlines()
    index = next(index for index, line in enumerate(lines) if '"kind":"attempt"' in line)
    lines[index] = lines[index].replace('"member":', '"member": ')
    exported.write_text("\n".join(lines))
    with pytest.raises(Stop, match="cut_or_changed"):
        contest.run(["verify", str(exported)])


def test_a_file_of_something_else_is_refused_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "x.jsonl").write_text("xin chào\n")
    with pytest.raises(Stop, match="not_json"):
        contest.run(["verify", str(tmp_path / "x.jsonl")])


def page(held: Held, tmp_path: Path, old: str = "", new: str = "") -> list[str]:
    one = publications.published(held.id, 2)
    data = export.page_data(held.id, one, signed_rows(one.heading.id))
    said = json.loads(data)
    ranks = [row[0] for _, _, row in visible_rows(said["results"], said["top"])]
    rows = "".join(
        f'<tr data-row="{place}"><td>{ranks[place]}</td><td>{name}</td><td>{chapter}</td></tr>'
        for place, (name, chapter, *_) in enumerate(said["rows"])
    )
    data = data.replace(old, new) if old else data
    file = tmp_path / "page.html"
    file.write_text(f'<table>{rows}</table><script type="application/json" id="publication">{data}</script>')
    return ["verify", str(file), "--json"]


def test_a_published_page_is_checked_by_its_signature(held: Held, tmp_path: Path) -> None:
    assert contest.run(page(held, tmp_path)) == 0
    assert contest.run(page(held, tmp_path, '"state": "official"', '"state": "provisional"')) == 1
    assert contest.run(page(held, tmp_path, '"points":{', '"points":{"9":1,')) == 1


def test_any_other_page_is_refused(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("<html></html>")
    with pytest.raises(Rejected, match="bad_file"):
        contest.run(["verify", str(tmp_path / "page.html")])
