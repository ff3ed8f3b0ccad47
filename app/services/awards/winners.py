"""Winners of contests, shows and tournaments, proposed for awards."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.contests import Contest
from app.models.people import Chapter
from app.services.awards.proposal import Proposed, codes_of, codes_of_chapters
from app.services.commit import reading
from app.services.contests.contests import frozen
from app.services.contests.publishing import boards, export, publications
from app.services.people import chapters, members
from app.services.people.chapters import path_of_chapter
from app.services.shows import listing, seats, shows, team_names
from app.services.shows.asked import POINTS
from app.services.tournaments import tournaments
from quizzes import show as rules
from quizzes.awards import kinds
from quizzes.line_up import UNIT
from quizzes.refusals import Rejected
from quizzes.text import fold
from quizzes.tournament.ranking import ranked

SOME = 20
"""Names alike that are looked at."""


def of_contest(public_id: str, top: int, now: int) -> Proposed:
    number, path = _contest(public_id)
    contest = frozen(number)
    title = contest.rules.title.get("vi", "")
    one = publications.published(number, export.newest_official(number, now))
    titles = {prize.key: prize.title.get("vi", "") for prize in contest.rules.prizes}
    titles |= {prize.key: prize.title.get("vi", "") for prize in contest.rules.collective}
    wins = [win for win in boards.winners(number, one) if win.member][:top]
    chapters_won = boards.unit_winners(number, one)[:top]
    if not wins and not chapters_won:  # a contest without prizes: everybody who took part
        taken = list(dict.fromkeys(row[1] for rows in one.boards.values() for row in rows))[:top]
        lines = [(code, "") for code in codes_of(taken).values()]
        return Proposed(title, f"Đã tham gia cuộc thi “{title}”", lines, path)
    codes, homes = codes_of([win.member for win in wins]), codes_of_chapters([win.unit for win in chapters_won])
    won = [(codes.get(win.member), win.prize, win.rank) for win in wins]
    won += [(homes.get(win.unit), win.prize, win.rank) for win in chapters_won]
    lines = [(code, titles.get(prize) or kinds.prize_of(rank)) for code, prize, rank in won if code]
    return Proposed(title, f"Đã đạt giải trong cuộc thi “{title}”", list(dict.fromkeys(lines)), path)


def of_show(public_id: str, top: int, _now: int) -> Proposed:
    """Members with points, as the show ranks them; guests have no document that could be theirs."""
    show = listing.by_public_id(public_id)
    path = path_of_chapter(show.chapter_id) if show.chapter_id and show.stakes == POINTS else None
    state = shows.catch_up(show.show_id).state
    if path is None or state.phase != "over":
        raise Rejected("not_found")
    members = {one.number: one.member_id for one in seats.public(show.show_id) if one.member_id}
    ranked = [row for row in rules.results(state) if row["seat"] in members and row["points"] > 0][:top]
    codes = codes_of([members[row["seat"]] for row in ranked])
    who = [(codes.get(members[row["seat"]]), kinds.prize_of(row["rank"])) for row in ranked]
    lines = [(code, prize) for code, prize in who if code]
    title = show.title.get("vi", "")
    return Proposed(title, f"Đã đạt giải trong chương trình “{title}”", lines, path)


@reading
def _contest(db: Session, public_id: str) -> tuple[int, str]:
    query = select(Contest.id, Chapter.path).join(Chapter, Chapter.id == Contest.chapter_id)
    row = db.execute(query.where(Contest.public_id == public_id)).first()
    if row is None:
        raise Rejected("not_found")
    return row[0], row[1]


def of_tournament(public_id: str, top: int, _now: int) -> Proposed:
    """The entrants of a tournament that is over, as far as they are members or chapters: those who had the seats of
    that name in their last show, or who is called so. Another entrant's line says its name, for the organiser."""
    held = tournaments.whole(public_id)
    if not held.over:
        raise Rejected("not_found")
    lines = []
    for place in ranked([[_lines(match) for match in stage] for stage in held.matches]):
        if place.rank > top:
            break
        codes = _played_as(held.matches[place.stage][place.match].show, place.name) or _called(place.name, held.path)
        lines += [(code, kinds.prize_of(place.rank)) for code in codes or [place.name.replace(";", ",")]]
    found = list(dict.fromkeys(lines))[: kinds.MOST]
    return Proposed(held.title, f"Đã đạt giải trong giải đấu “{held.title}”", found, held.path)


def _lines(match: tournaments.Match) -> list[tuple[str, int, bool]]:
    return [(line.name, line.result.place if line.result else 0, bool(line.way)) for line in match.lines]


def _played_as(show: str, name: str) -> list[str]:
    """The codes of the members who had the seats of a team or a player of this name, or of the chapter that was the
    team."""
    if not show:
        return []
    number = listing.by_public_id(show).show_id
    state, seated = shows.catch_up(number).state, seats.public(number)
    named = {fold(said): team for team, said in team_names.of_teams(state, lambda team: f"Đội {team}").items()}
    team = named.get(fold(name))
    if team and (state.teams_setting or {}).get("form") == UNIT:
        return list(codes_of_chapters([team]).values())
    if team:
        who = [one.member_id for one in seated if state.teams.get(one.number) == team]
    else:
        who = [one.member_id for one in seated if fold(one.name) == fold(name)][:1]
    return list(codes_of([one for one in who if one]).values())


def _called(name: str, path: str) -> list[str]:
    """The code of the one chapter or member of a subtree that is called exactly so."""
    places = chapters.find_chapters(name, path=path, limit=SOME)
    people = members.list_members(path, words=name, limit=SOME)
    named = [(one.name, one.code) for one in places] + [(one.name, one.code) for one in people]
    alike = [code for said, code in named if fold(said) == fold(name)]
    return alike if len(alike) == 1 else []
