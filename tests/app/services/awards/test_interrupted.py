"""A batch that is interrupted: its printer is killed wherever it stands, or its disk is full."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from app.models.awards import AwardBatch, AwardFile
from app.models.engines import Database
from app.services.awards import batches, printing, proposing, reading
from app.services.commit import reading as reads
from app.services.commit import writing
from app.services.people.roles import grant_role
from quizzes.refusals import Rejected
from tests.app.services.awards.test_awards import DRAFT
from tests.organisation import Organisation, plant
from tests.people import BINH, CHI

ROOT = Path(__file__).resolve().parents[4]
COUNT, SLICE = 20, 5
SMALL = 60_000  # bytes: less than a slice
PRINTER = """
import sys
from app.models.engines import database
from app.services.awards import printing
database.bind(sys.argv[1])
printing.SLICE = int(sys.argv[2])
printing.print_due()
"""


def printer(url: str, points: Path, largest: int = resource.RLIM_INFINITY) -> int:
    """Runs a process that prints what is due; how it ended. No file of it may grow beyond `largest` bytes."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "SCS_FAIL_POINTS": str(points)}
    limit = partial(resource.setrlimit, resource.RLIMIT_FSIZE, (largest, resource.RLIM_INFINITY))
    command = [sys.executable, "-c", PRINTER, url, str(SLICE)]
    return subprocess.run(
        command, env=environment, cwd=ROOT, preexec_fn=limit, capture_output=True, check=False
    ).returncode


def accepted(org: Organisation, count: int) -> str:
    lines = [("DV-1", f"Giải thứ {number}") for number in range(count)]
    made = proposing.propose(org.members[CHI], org.province, proposing.Draft(**(vars(DRAFT) | {"lines": lines})))
    proposing.decide(org.members[BINH], made, True)
    return made


@pytest.fixture
def org(bound: Database) -> Organisation:
    found = plant()
    grant_role(None, found.members[BINH], "organiser", found.province)
    return found


@writing
def let_the_lease_end(db: Session) -> None:
    db.execute(update(AwardBatch).values(leased_until=0))


@reads
def files(db: Session) -> tuple[int, int]:
    count, digests = db.execute(select(func.count(), func.count(AwardFile.digest.distinct()))).one()
    return count, digests


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_batch_whose_printer_is_killed_anywhere_or_has_no_space_is_printed_whole_and_once(
    org: Organisation, database_url: str, tmp_path: Path
) -> None:
    made, points = accepted(org, COUNT), tmp_path / "points"
    points.mkdir()
    for where, printed in (("award_taken", 0), ("award_made", 0), ("award_stored", SLICE), ("award_made", SLICE)):
        (points / where).write_text("kill")
        assert printer(database_url, points) == -9, where
        assert batches.progress(made) == (printed, COUNT), where
        let_the_lease_end()
    assert printer(database_url, points, SMALL) == 1, "no space"
    assert batches.progress(made)[0] < COUNT
    let_the_lease_end()
    assert printer(database_url, points) == 0
    assert batches.progress(made) == files() == (COUNT, COUNT)
    _batch, lines = batches.batch(made)
    assert [line.serial for line in lines] == list(range(1, COUNT + 1))
    for line in lines:
        found = reading.of_file(reading.content_of(line.public_id) or b"")
        assert found and found.public_id == line.public_id


def test_a_batch_that_cannot_be_printed_holds_up_no_other(org: Organisation, monkeypatch: pytest.MonkeyPatch) -> None:
    bad, good = accepted(org, 1), accepted(org, 2)
    done = printing.typeset

    def typeset(documents: tuple[dict[str, str], ...], *args: object, **more: object) -> list[bytes]:
        if len(documents) == 1:
            raise Rejected("busy")
        return done(documents, *args, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(printing, "typeset", typeset)
    with pytest.raises(Rejected, match="busy"):
        printing.print_due()
    end_the_lease_of(bad)
    with pytest.raises(Rejected, match="busy"):
        printing.print_due()
    assert (batches.progress(bad), batches.progress(good)) == ((0, 1), (2, 2))


@writing
def end_the_lease_of(db: Session, public_id: str) -> None:
    """Its lease is over, as it is at the next beat of the clock."""
    db.execute(update(AwardBatch).where(AwardBatch.public_id == public_id).values(leased_until=1))
