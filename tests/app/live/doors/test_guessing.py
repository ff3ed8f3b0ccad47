"""PINs and seat codes are guessed from hundreds of addresses at the real doors; who scans the QR notices nothing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest

from app.live.seats.joining import CODES_A_MINUTE
from app.security.looks import MOST
from app.services.shows import addresses
from tests.app.live.hall import SPEED, new_show, post, together
from tests.serving import Server
from tests.serving import serving as started

SECRET = "a key that only this server has"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """It believes what one proxy says of addresses."""
    where = tmp_path_factory.mktemp("guessing") / "instance"
    with started(where, "--no-demo", SCS_SECRET_KEY=SECRET, SCS_TRUSTED_PROXIES="1") as running:
        yield running


@pytest.fixture(scope="module")
def show(server: Server) -> dict[str, Any]:
    return new_show(server, SPEED)


def join(server: Server, address: str, **message: Any) -> tuple[int, dict[str, Any]]:
    message = {"name": "An", "device": f"the device at {address:_<20}", **message}
    return post(f"{server.url}/live/join", message, **{"X-Forwarded-For": address})


def test_right_pins_are_never_counted(server: Server, show: dict[str, Any]) -> None:
    for n in range(2 * MOST):
        assert join(server, "10.0.0.1", pin=show["pin"], name=f"Bạn {n}", device=f"device number {n:_<20}")[0] == 201


def test_seat_codes_guessed_from_many_addresses_are_looked_at_a_few_times_a_minute(
    server: Server, show: dict[str, Any]
) -> None:
    taken = join(server, "10.0.1.0", pin=show["pin"], name="Bình")[1]
    guesses = together(
        [partial(join, server, f"10.0.1.{n}", pin=show["pin"], code="0000", name=f"Kẻ đoán {n}") for n in range(1, 60)]
    )
    statuses = Counter(status for status, _ in guesses)
    assert statuses == {201: CODES_A_MINUTE, 429: 59 - CODES_A_MINUTE}, "a code that is none leads to a new seat"
    assert join(server, "10.0.2.1", pin=show["pin"], code=taken["code"], name="Bình")[1]["code"] == "slow_down"
    assert join(server, "10.0.2.2", pin=show["pin"], name="Chi")[0] == 201, "who has no code does not wait"


def test_pins_guessed_from_many_addresses_are_looked_at_sixty_times_and_a_scanned_one_at_once(
    server: Server, show: dict[str, Any]
) -> None:
    key = re.search(r"k=([\w-]{22})$", show["join_url"])
    assert key
    assert key[1] == addresses.key_of(show["pin"], SECRET)
    guesses = together([partial(join, server, f"10.1.{n}.1", pin=f"{n:06}", key="A" * 22) for n in range(2 * MOST)])
    assert Counter(status for status, _ in guesses) == {404: MOST, 429: MOST}
    status, said = join(server, "10.2.0.1", pin=show["pin"], name="Dũng")
    assert (status, said["code"]) == (429, "slow_down")
    assert "QR" in said["message"]
    for n in range(100):
        status, _ = join(server, "10.2.0.2", pin=show["pin"], key=key[1], name=f"Quét {n}", device=f"scanned {n:_<20}")
        assert status == 201, "scanned: never limited, whoever guesses behind the same address"
