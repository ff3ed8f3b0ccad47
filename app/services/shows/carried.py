"""Carries shows over when two members turn out to be one person: the seats they sat in. The journal stays as it was."""

from __future__ import annotations

from app.models.shows import Seat, Show
from app.services.carried import Rows

CARRIED = {
    "seat": Rows(Seat.member_id, (Seat.id,), beside=(Seat.show_id,)),
    "hosted": Rows(Show.host_member_id, (Show.id,)),
}
