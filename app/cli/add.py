"""Install what few need, from a lock of its own: add statistics | add signing."""

from __future__ import annotations

import argparse

from app import additions
from app.telling import CannotStart, tell


def run(argv: list[str]) -> int:
    """Install an extra beside the other packages; it is kept when these change. Without a name: what there is."""
    parser = argparse.ArgumentParser("python3 -m app add")
    parser.add_argument("name", nargs="?", choices=additions.extras(), help="what to add")
    name = parser.parse_args(argv).name
    if name is None:
        for one in additions.extras():
            print(f"{one}{' (added)' if one in additions.added() else ''}")
        return 0
    try:
        additions.add(name)
    except CannotStart as problem:
        tell(str(problem))
        return 1
    tell(f"Đã cài “{name}”; hãy khởi động lại chương trình. / Added {name!r}; start the program again.")
    return 0
