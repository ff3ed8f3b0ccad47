"""The chapters somebody can make things for: where their roles begin, or their own and those above."""

from __future__ import annotations

from app.services.people import chapters
from app.services.people.chapters import ChapterLine
from app.services.people.sign_ins import CurrentMember


def offered_chapters(member: CurrentMember, *roles: str) -> list[ChapterLine]:
    """The chapters to offer in a form, from the top down; further ones are reached from their own pages."""
    tops = {path for role in roles for path in member.top(role)}
    own = chapters.ancestors(member.path)
    found = {one.id: one for one in own if any(one.path.startswith(top) for top in tops)}
    for top in sorted(tops - {"/"}):
        line = chapters.chapter(chapters.ids_of(top)[-1])
        if line is not None:
            found.setdefault(line.id, line)
    return sorted(found.values(), key=lambda one: one.path)
