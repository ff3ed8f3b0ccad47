"""The screens of this worker's shows: who is here is stored, and what the host wishes of one is told to it."""

from __future__ import annotations

import re
from typing import Any

from app.live.protocol import NAMESPACE, Act, Connect
from app.live.seats.rooms import Connection, Rooms
from app.live.seats.roster import Roster
from app.services.commit import trouble_of
from app.services.shows import preflight, screens, seats, shows
from app.services.shows.screens import ScreenLine
from app.services.shows.shows import Replica
from quizzes.engine import HOST, JUDGE, MC, STAGE

KEY = re.compile(r"[A-Za-z0-9_-]{8,64}")
LISTED = (STAGE, MC, JUDGE, HOST)
COMMANDS = frozenset({"point", "rename_screen", "reload_screen", "forget_screen"})
REPORT = "report"
"""The message in which a screen reports its state."""
Wish = tuple[str, str, int]
"""(view, name, how often it was to be loaded anew)."""


class Registry:
    """Follows the screens that are connected here, and has the roster list them. `changed(show)` is called where
    consoles look different."""

    def __init__(self, io: Any, rooms: Rooms, roster: Roster, worker: str, changed: Any) -> None:
        roster.desk = self.desk
        self._io, self._rooms, self._worker, self._changed = io, rooms, worker, changed
        self._told: dict[str, Wish] = {}  # sid -> what it was told last
        self._known: dict[int, list[ScreenLine]] = {}

    def came(self, connection: Connection, message: Connect) -> None:
        """A connection that has a screen's key is stored, in the background: nobody waits for it."""
        if connection.role in LISTED and message.screen and KEY.fullmatch(message.screen):
            connection.screen = message.screen
            self._io.start_background_task(self._store, connection, message.view or "")

    def _store(self, connection: Connection, view: str) -> None:
        show_id = connection.ticket.show_id
        if self._goes_well(screens.came, show_id, connection.screen, connection.role, view, self._worker):
            self.look([show_id])

    def left(self, connection: Connection) -> None:
        """It is gone; consoles show it red."""
        self._told.pop(connection.sid, None)
        if connection.screen:
            self._io.start_background_task(self._store_leaving, connection)

    def _store_leaving(self, connection: Connection) -> None:
        show_id, key = connection.ticket.show_id, connection.screen
        room = self._rooms.room(show_id)
        if room is not None and any(one.screen == key for one in room.staff()):
            return  # it came back on another connection
        if self._goes_well(screens.left, show_id, key, self._worker):
            self.look([show_id])

    def _goes_well(self, work: Any, *args: Any) -> bool:
        """Store something of the list of screens. False where the database does not take it now: it is taken later, for
        a list of screens is no reason to trouble a show."""
        try:
            work(*args)
        except Exception as problem:
            if not trouble_of(problem):
                raise
            return False
        return True

    def listed(self, show_id: int) -> list[ScreenLine]:
        """The screens of a show, as last looked at."""
        if show_id not in self._known:
            self._known[show_id] = screens.of_show(show_id)
        return self._known[show_id]

    def look(self, show_ids: list[int] | None = None) -> None:
        """Read the screens of shows that are open here; tell those of whom something else is wished, and consoles."""
        staffed = [room.show_id for room in self._rooms.all() if room.staff()]
        wanted = staffed if show_ids is None else show_ids
        if show_ids is None:  # a show that nobody here looks at is read again when somebody comes
            for show_id in self._known.keys() - set(staffed):
                del self._known[show_id]
        found = screens.of_shows(wanted) if wanted else {}
        for show_id in wanted:
            listed = found.get(show_id, [])
            if self._known.get(show_id) != listed:
                self._known[show_id] = listed
                self._changed(show_id)
            self._tell(show_id, {one.key: (one.view, one.name, one.reload) for one in listed})

    def _tell(self, show_id: int, wishes: dict[str, Wish]) -> None:
        room = self._rooms.room(show_id)
        for one in room.staff() if room else ():
            wish = wishes.get(one.screen)
            if wish is not None and self._told.get(one.sid) != wish:
                before, self._told[one.sid] = self._told.get(one.sid), wish
                again = before is not None and wish[2] > before[2]
                said = {"view": wish[0], "name": wish[1], "reload": again}
                self._io.emit("pointed", said, to=one.sid, namespace=NAMESPACE)

    def carry_out(self, show_id: int, message: Act) -> None:
        """A host's command about a screen. Rejected: bad_request, not_found."""
        screen, args = message.args.get("screen"), message.args
        match message.do:
            case "point":
                screens.point(show_id, screen, args.get("view"))
            case "rename_screen":
                screens.rename(show_id, screen, args.get("name"))
            case "reload_screen":
                screens.load_anew(show_id, screen)
            case _:
                screens.forget(show_id, screen)
        self.look([show_id])

    def report(self, connection: Connection, message: Act) -> dict[str, Any]:
        """A screen says how it is."""
        show_id = connection.ticket.show_id
        if connection.screen:
            screens.report(show_id, connection.screen, message.args)
            self.look([show_id])
        return {"v": shows.replica(show_id).v}

    def desk(self, replica: Replica) -> dict[str, Any]:
        """The console's list of screens and, before the show begins, of things to look after."""
        listed = self.listed(replica.show_id)
        if replica.state.phase != "lobby":
            return {"screens": listed}
        invited = [one.role for one in seats.staff(replica.show_id)]
        return {"screens": listed, "preflight": preflight.of_show(replica.show_id), "invited": invited}
