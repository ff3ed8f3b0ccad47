"""`show new` prints the addresses people can type."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.serving import command


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_new_show_is_printed_with_the_public_address(tmp_path: Path, database_url: str) -> None:
    done = command(
        tmp_path,
        "show",
        "new",
        "speed",
        "--json",
        SCS_DATABASE_URL=database_url,
        SCS_PUBLIC_URL="https://choi.example.vn",
    )
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert all(said[name].startswith("https://choi.example.vn/") for name in ("join_url", "host_url", "stage_url"))
