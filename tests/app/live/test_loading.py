"""The live layer loads what it uses."""

from __future__ import annotations

import json
import subprocess
import sys

from tests.serving import ROOT

LOADED = """
import json, sys
import app.factory
print(json.dumps([name in sys.modules for name in ("socketio", "aiohttp", "valkey")]))
import valkey
"""


def test_clients_that_nobody_uses_are_not_loaded_and_whoever_needs_one_loads_it_afterwards() -> None:
    """Valkey's is in every environment of the tests."""
    told = subprocess.run([sys.executable, "-c", LOADED], cwd=ROOT, capture_output=True, text=True, check=True)
    assert json.loads(told.stdout) == [True, False, False]
