"""People found by their names, for fields that help while one types."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, request

from app.security import signed_in
from app.services.people import members
from app.services.people.members import MemberLine

pages = Blueprint("finding", __name__)

MOST_FOUND = 12  # people a search lists


@pages.get("/members/find")
def member() -> Response:
    """Members of one's own subtrees whose name or code holds the words, for fields that help while one types."""
    words, me = request.args.get("q", "").strip(), signed_in()
    lists = [members.list_members(top, words=words, limit=MOST_FOUND) for top in me.top("organiser")] if words else []
    found = {one.id: one for some in lists for one in some}
    return jsonify([_found(one) for one in list(found.values())[:MOST_FOUND]])


def _found(one: MemberLine) -> dict[str, str]:
    place = " · ".join(filter(None, (str(one.birth_year or ""), one.chapter, one.place)))
    return {"code": one.code, "name": one.name, "place": place}
