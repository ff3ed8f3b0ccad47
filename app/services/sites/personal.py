"""A person's data in sites: the notes they wrote."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.sites import Site, SiteMark
from app.services.personal import Part


def _copy_sites(db: Session, member_id: int) -> list[dict[str, Any]]:
    made = db.execute(select(Site.name, Site.made_at).where(Site.made_by == member_id))
    marked = db.execute(select(SiteMark.evidence, SiteMark.made_at).where(SiteMark.made_by == member_id))
    return [{"site": name, "at": at} for name, at in made] + [{"evidence": said, "at": at} for said, at in marked]


PARTS = [Part("sites", _copy_sites, tables=("site", "site_mark", "site_criteria"))]
