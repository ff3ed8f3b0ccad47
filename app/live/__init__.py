"""The live layer.

Socket.IO brings clients of its own for `asyncio` and for Valkey where their libraries happen to be installed (those who
sign documents have aiohttp). Nothing here uses them, and they are a twelfth of a start: it is loaded without.
"""

from __future__ import annotations

import sys

UNUSED = ("aiohttp", "valkey")

_absent = [name for name in UNUSED if name not in sys.modules]
sys.modules.update(dict.fromkeys(_absent))  # type: ignore[arg-type]  # None: an import says that there is no such module
try:
    import socketio  # noqa: F401
finally:
    for _name in _absent:
        del sys.modules[_name]
