"""Templates stay compiled from one start to the next, as Python's own modules do.

A process that serves compiles some two hundred of them, which is two seconds of work: after a restart in the middle of
a show those seconds are the hall's.
"""

from __future__ import annotations

import sys
from pathlib import Path

from flask import Flask
from jinja2.bccache import Bucket, FileSystemBytecodeCache


def install(app: Flask) -> None:
    """Keep them in the environment this program runs in, which is nobody else's; elsewhere nothing is kept."""
    folder = Path(sys.prefix) / "compiled-templates"
    if sys.prefix == sys.base_prefix:
        return
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
    except OSError:
        return
    app.jinja_env.bytecode_cache = Compiled(str(folder))


class Compiled(FileSystemBytecodeCache):
    """Keeps compiled templates. One that cannot be kept, on a full disk or in an environment that is only read, is
    compiled at every start. A kept one whose source has changed since is compiled again."""

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep it if it can be kept."""
        try:
            super().dump_bytecode(bucket)
        except OSError:
            return
