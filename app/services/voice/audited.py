"""The acts of power over broadcasts, as the audit log calls them."""

from __future__ import annotations

from quizzes.refusals import N_

ACTIONS = {
    "voice.broadcast": N_("Phát một bản tin Tiếng loa thanh niên"),
    "voice.removed": N_("Gỡ một bản tin Tiếng loa thanh niên"),
}
