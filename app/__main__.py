"""`python3 -m app [command]`: without a command it serves."""

import sys

from app import bootstrap

if __name__ == "__main__":
    sys.exit(bootstrap.main(sys.argv[1:]))
