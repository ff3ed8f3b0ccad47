"""Ids and codes: safe in addresses, commands and chats."""

from __future__ import annotations

import pytest

from app.services import tokens


def test_an_id_of_an_address_is_no_option_of_a_command_and_ends_with_its_link(monkeypatch: pytest.MonkeyPatch) -> None:
    made = iter(["-7fPq", "7fPq-", "_7fPq", "7fPq_", "7f-P_q"])
    monkeypatch.setattr(tokens.secrets, "token_urlsafe", lambda size: next(made))
    assert tokens.new_address_id(5) == "7f-P_q"
