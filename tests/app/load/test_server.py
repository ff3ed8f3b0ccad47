"""Own servers of the load generator: whoever fails to start leaves nothing behind."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.load import server
from app.load.fleet import Fleet
from app.load.server import Failed, Own


def test_a_server_that_does_not_start_in_time_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "PATIENCE_S", 0.0)
    own = Own(tmp_path)
    with pytest.raises(Failed), own:
        pass
    assert own._process and own._process.poll() is not None
    assert list(tmp_path.iterdir()) == []


def test_of_several_servers_none_goes_on_when_one_does_not_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "PATIENCE_S", 0.0)
    fleet = Fleet(tmp_path, 2, {})
    with pytest.raises(Failed), fleet:
        pass
    assert [one._process and one._process.poll() is not None for one in fleet._all] == [True, None]
    assert list(tmp_path.iterdir()) == []
