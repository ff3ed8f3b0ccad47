"""1+2 on a member's first page: the two slots and the next step; a chapter's campaign."""

from __future__ import annotations

from flask import url_for
from flask_babel import gettext as _

from app.pages.parts.mine import Line, Panel
from app.services.movement import campaigns, rows
from app.services.movement.clock import now
from app.services.people.sign_ins import CurrentMember
from quizzes.movement import steps
from quizzes.refusals import N_

INVITED = {steps.SLOTS[0]: N_("Chỉ cho một người bạn"), steps.SLOTS[1]: N_("Chỉ cho một người thân")}


def on_me(member: CurrentMember) -> list[Panel]:
    """Shows the two slots of the running campaign; filling the first free one is the next step."""
    at = now()
    running = [one for one in campaigns.of_member(member.id, member.path, at) if one.running(at)]
    if not running:
        return []
    campaign = running[0]
    taken = {
        one.kind: one
        for one in rows.of_member(member.id, campaign.id)
        if one.confirmed_at and one.review != "rejected" and one.state != steps.WITHDRAWN
    }
    lines, step = list[Line](), None
    for kind in steps.SLOTS:
        href = url_for("goal.show", public_id=campaign.public_id, kind=kind)
        one = taken.get(kind)
        state = _("còn trống") if one is None else _("đã tự làm được") if one.used_at else _("đã chỉ xong")
        lines.append(Line(_(steps.CALLED[kind]), figure=state, good=one is not None))
        step = step or (Line(_(INVITED[kind]), href) if one is None else None)
    more = Line(_("Xem 1+2 của tôi"), url_for("goal.index"))
    return [Panel(_("1+2 của tôi"), tuple(lines), next=step, more=more, order=20)]


ON_ME = on_me
