"""Templates that nobody lays out in test_everything, and why."""

from __future__ import annotations

from collections.abc import Iterator

_WHY = {
    "over a screen of shows for a moment: test_pages and test_hosting draw it": """
        live/_awards live/_shelf live/_spread live/doors questions/performance""",
    "after a file was confirmed": "banks/done people/imports/done records/_lines",
    "a signal or a count that is still being made": "contests/desk/signal contests/desk/statistics_soon teams/contest",
    "there only while something is switched on, has not begun, or a letter was sent": """
        movement/none people/accounts/closed people/accounts/first people/own_mail/confirm shows/pick""",
    "taken in by the page of a prize-giving, the longest names were tried by hand": "awards/stage_step",
    "a picture, not a page": "movement/spread movement/spread_drum",
}
_PAPERS = ("awards/certificate", "banks/paper", "contests/results/minutes", "scorecards/minutes", "standings/report")


def _named() -> Iterator[tuple[str, str]]:
    for why, names in _WHY.items():
        for name in names.split():
            yield f"{name}.html", why
    for name in _PAPERS:
        yield f"{name}.typ", "a paper for the printer"


ELSEWHERE = dict(_named())
"""Template -> the reason why it is not looked at."""
