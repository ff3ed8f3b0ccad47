"""The settings of this process, for commands and for the load generator."""

from __future__ import annotations

import os
from collections.abc import Mapping
from difflib import get_close_matches

from app.config import BadSetting, Settings, settings_of, unknown_names, variable
from app.environment import ROOT


def read_settings(environ: Mapping[str, str] = os.environ) -> Settings:
    """The settings of this process. Raises BadSetting, also for a name that means nothing: a misspelt
    SCS_DATABASE_URL must not start a second, empty database."""
    for name in unknown_names(environ):
        meant = get_close_matches(name, [variable(one) for one in settings_of()], 1)
        raise BadSetting(name, f"there is no such setting; {meant[0]}?" if meant else "there is no such setting")
    return Settings.from_env(environ, ROOT)
