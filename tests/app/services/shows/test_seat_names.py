"""Names on the page that stays follow the consent, whatever was typed in the hall."""

from __future__ import annotations

from app.services.people.consent import PURPOSES, Proof, Wording, decide_consents
from app.services.shows import scripts, seats
from app.services.shows.seat_names import public_names
from app.services.shows.seats import Newcomer
from tests.organisation import plant
from tests.people import AN, BINH
from tests.quizzes.people import script, single, speed


def test_a_member_is_named_as_they_agree_now_and_a_guest_as_they_typed(bound: object) -> None:
    org = plant()
    made = scripts.create("made up", script=script(speed() | {"questions": [single(1)]}), seed="hạt")

    def sit(name: str, who: int | None = None) -> int:
        newcomer = Newcomer(name=name, device=f"{name:_<20}", lang="vi", member_id=who)
        return seats.take(made.show_id, newcomer)[0].number

    an, binh, guest = sit("Thị An", org.members[AN]), sit("Sao Chổi", org.members[BINH]), sit("Lê Khách")
    assert public_names(made.show_id, [an, binh, guest]) == {an: "N.T.A.", binh: "Sao Chổi", guest: "Lê Khách"}
    words = {purpose: Wording("vi", said) for purpose, (_, said) in PURPOSES.items()}
    for agreed, shown in ((True, "Nguyễn Thị An"), (False, "N.T.A.")):
        decide_consents(org.members[AN], {"ranking": agreed}, words, Proof("a", "d"))
        assert public_names(made.show_id, [an]) == {an: shown}
