"""Carries deeds over when two members turn out to be one person."""

from __future__ import annotations

from app.models.deeds import Deed, LocalPerson
from app.services.carried import Rows

CARRIED = {
    "deed": Rows(Deed.member_id, (Deed.id,), beside=(Deed.client_id,)),
    "local_person": Rows(LocalPerson.member_id, (LocalPerson.chapter_id,), beside=(LocalPerson.chapter_id,)),
}
