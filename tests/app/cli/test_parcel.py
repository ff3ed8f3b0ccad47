"""A hall's show is written and taken in by commands: once, under an approved key, as it was signed."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from app.cli import Stop, parcel, site
from app.services.shows import listing
from app.services.shows.parcels import keys
from tests.app.services.shows.test_parcels import Hall, rows


def test_a_file_is_taken_in_by_command_once_and_only_as_it_was_signed_under_an_approved_key(
    app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    hall = Hall()
    monkeypatch.setattr(site, "application", lambda: app)
    file, edited, own = (tmp_path / name for name in ("hall.parcel", "edited.parcel", "own.parcel"))
    file.write_bytes(hall.data)
    edited.write_bytes(gzip.compress(gzip.decompress(hall.data).replace(b"Speed", b"Spead", 1) + b" "))

    def said(*words: str) -> dict[str, Any]:
        assert parcel.run([*words, "--json"]) == 0
        found: dict[str, Any] = json.loads(capsys.readouterr().out)
        return found

    before = rows()
    with pytest.raises(Stop, match="Chưa ai duyệt"):
        parcel.run(["read", str(file)])
    hall.approve()
    with pytest.raises(Stop):
        parcel.run(["read", str(edited)])
    with pytest.raises(Stop):
        parcel.run(["read", str(tmp_path / "nowhere.parcel")])
    assert said("write", listing.by_id(hall.play.show_id).public_id, str(own))["bytes"] == own.stat().st_size
    with pytest.raises(Stop, match="Chưa ai duyệt"):
        parcel.run(["read", str(own)])  # this server's own key, which nobody can approve
    assert rows() == before

    first, again = said("read", str(file)), said("read", str(file))
    assert (first["new"], again["new"], again["show"]) == (True, False, first["show"])
    assert rows()["show"] == before["show"] + 1
    assert said("key") == {"key": keys.own_key()}
