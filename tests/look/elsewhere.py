"""Templates that are not drawn by following links, and why: screens of shows have tests of their own, papers are no
pages, and some pages answer a form or are opened by a code or by a link with a secret."""

from __future__ import annotations

from collections.abc import Iterator

_WHY = {
    "a screen of shows: test_every_format, test_pages and test_hosting draw it": """
        formats/_final formats/acceleration formats/buzzer formats/closest formats/crowd formats/draw formats/duel
        formats/finger formats/finish formats/golden_bell formats/judged formats/ladder formats/obstacle formats/poll
        formats/tie_break formats/warm_up formats/wheel live/_awards live/_confirm live/_mc live/_net live/_page
        live/_shelf live/_spread live/doors live/host live/join live/judge live/mc live/player live/qr live/stage
        movement/spread_drum questions/performance questions/word""",
    "the answer to a form or a file that was sent": """
        banks/done banks/look banks/preview contests/desk/signal contests/desk/statistics_soon deeds/import_preview
        lists/_columns lists/preview movement/taught/agree movement/taught/child movement/taught/forgotten
        movement/taught/questions people/accounts/waiting people/accounts/guardian_done people/chapters/invited
        people/imports/done people/imports/preview people/members/link people/slips/_sheets people/slips/sheets""",
    "opened by a code or a link with a secret": """
        deeds/card movement/card movement/code movement/taught/_base movement/taught/_parts movement/taught/card
        movement/taught/guarded movement/taught/guardian movement/taught/kept movement/taught/start
        movement/taught/visit movement/taught/year people/accounts/activate people/accounts/first
        people/accounts/guardian people/accounts/password people/own_mail/confirm people/slips/claim""",
    "the English side of a page": "help/host.en help/organiser.en",
    "its address is typed, scanned or sent": """
        activities/here deeds/no_code deeds/partner hall/desk hall/phone people/accounts/_consents people/accounts/sign_up
        people/accounts/sign_up_year people/queue/index records/_lines records/mine teams/contest""",
    "there only while something is switched on or off, has not begun, or was written by somebody": """
        board/_poll board/_told board/one contests/setup/_fields contests/setup/check contests/setup/headcounts contests/setup/setup
        movement/none people/accounts/closed people/outside/index shows/look shows/pick shows/write""",
}
_PAPERS = ("awards/certificate", "banks/paper", "contests/results/minutes", "scorecards/minutes", "standings/report")


def _named() -> Iterator[tuple[str, str]]:
    for why, names in _WHY.items():
        for name in names.split():
            yield f"{name}.html", why
    for name in _PAPERS:
        yield f"{name}.typ", "a paper for the printer"


ELSEWHERE = dict(_named())
"""Template -> the reason why no link leads to it."""
