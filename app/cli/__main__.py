"""`python -m app.cli`: the same commands in this very interpreter, which must have the packages already.

The supervisor starts its child this way, so that a restart in the middle of a show installs nothing.
"""

import sys

from app import cli

sys.exit(cli.run(sys.argv[1:]))
