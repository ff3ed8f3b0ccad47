"""Tells the person at the keyboard things before anything of the program is installed.

Written in the Python of 2016, like the way in. On standard error only: standard output belongs to the command.
"""

import os
import sys


class CannotStart(Exception):
    """One line for the person at the keyboard."""


def tell(line: str) -> None:
    """Print one line on standard error, whatever letters that terminal can show; nothing where nobody reads it."""
    try:
        try:
            sys.stderr.write(line + "\n")
        except UnicodeEncodeError:
            sys.stderr.write(line.encode("ascii", "backslashreplace").decode() + "\n")
        sys.stderr.flush()
    except (AttributeError, OSError):
        sys.stderr = open(os.devnull, "w")  # noqa: SIM115
