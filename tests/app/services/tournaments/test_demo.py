"""The tournament that a new installation shows: as far as its final, with a correction and its reason."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.tournaments import Tournament
from app.services.commit import reading
from app.services.movement import demo as province
from app.services.movement import demo_removal
from app.services.tournaments import demo, tournaments
from tests.organisation import Organisation, plant
from tests.people import CHI


def test_it_stands_before_its_final_with_a_correction_and_goes_with_the_invented_province(bound: object) -> None:
    org: Organisation = plant()
    province.plant()
    found = tournaments.whole(demo.plant(province.CODE))
    assert [len(stage) for stage in found.matches] == [6, 2, 1]
    assert len(found.entrants) == 18 and all("(mẫu)" in name for name in found.entrants)
    assert not found.over and found.seed == demo.SEED
    assert [one.reason for one in found.corrected] == [demo.REASON]
    demo_removal.remove(org.members[CHI])
    assert _left() == []


@reading
def _left(db: Session) -> list[int]:
    return list(db.scalars(select(Tournament.id)))
