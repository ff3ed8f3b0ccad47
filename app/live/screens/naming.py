"""Names and words on screens: the journal knows people, reasons and teams by numbers only."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext

from app.services.shows import seats, shows, team_names
from app.services.shows.shows import Replica
from quizzes.engine import STAFF, Viewer

MOST_KNOWN = 1000  # shows whose names are remembered
_known: dict[int, tuple[int, dict[int, str]]] = {}  # show -> the step its names were looked up for, the names


def give_reasons(replica: Replica, view: dict[str, Any]) -> None:
    """The journal knows reasons by number only; people read the words."""
    told = [*view["void"], *view.get("corrected", ()), *([view["message"]] if view["message"] else [])]
    refs = [one["reason_ref"] for one in told if one["reason_ref"] is not None]
    words = shows.reasons(replica.show_id, refs) if refs else {}
    for one in told:
        one["reason"] = words.get(one["reason_ref"], "")


def hidden_seats(replica: Replica, viewer: Viewer, named: dict[int, str]) -> dict[int, str]:
    """Names that the host has hidden are numbers to everybody but those who run the show."""
    hidden = replica.state.hidden
    if not hidden or viewer.role in STAFF:
        return named
    everybody = 0 in hidden
    return {
        seat: gettext("Số %(seat)s", seat=seat) if everybody or seat in hidden else name for seat, name in named.items()
    }


def name_thrown(view: dict[str, Any], names: dict[int, str]) -> None:
    """Names the person the lot fell on, and the people in standings that were thrown in."""
    for one in [view["thrown"], *(view["thrown"] or {}).get("rows", ())]:
        if one and "seat" in one:
            one["name"] = names.get(one["seat"]) or gettext("Ghế %(seat)s", seat=one["seat"])


def name_rounds(replica: Replica, view: dict[str, Any]) -> None:
    """A round without a title of its own bears its format's name, which is a sentence to translate. The turn of a team
    bears the team's, too."""
    for part in [view["round"], *(view.get("script") or [])]:
        if part:
            title = part["title"]
            part["title"] = gettext(title)
    if view["round"] and (team := view["round"].get("team")):
        view["round"]["title"] += f" · {_team_names(replica).get(team, '')}"


def named_in(replica: Replica, view: dict[str, Any], extra: dict[str, Any]) -> dict[int, str]:
    """Names by seat: everybody's where the lobby greets them, else those the screen speaks of."""
    if view["phase"] == "lobby":
        found = dict(extra.get("arrived") or {})
        return found | (_names(replica, frozenset(view["seats"]) - found.keys()) if view["thrown"] else {})
    line_up = view.get("next") or {}
    of_line = (seat for side in ("enter", "stay") for seat in line_up.get("cut", {}).get(side, ()))
    before = (one["seat"] for one in view.get("verdicts_before", ()))
    spoken_of = frozenset(view["seats"]).union(before, line_up.get("plays", ()), of_line)
    return _names(replica, spoken_of) if spoken_of else {}


def _names(replica: Replica, wanted: frozenset[int]) -> dict[int, str]:
    """Looked up once for all who are shown the same step of a show."""
    seq, known = _known.get(replica.show_id, (0, {}))
    if seq != replica.seq:
        known = {}
    if missing := wanted - known.keys():
        known = known | seats.names(replica.show_id, sorted(missing))
        if len(_known) >= MOST_KNOWN:
            _known.clear()
        _known[replica.show_id] = replica.seq, known
    return {seat: known[seat] for seat in wanted & known.keys()}


def name_teams(replica: Replica, view: dict[str, Any]) -> None:
    """[team, name] of every team into a view."""
    view["team_names"] = [list(one) for one in _team_names(replica).items()]


def _team_names(replica: Replica) -> dict[int, str]:
    return team_names.of_teams(replica.state, lambda team: gettext("Đội %(n)s", n=team))
