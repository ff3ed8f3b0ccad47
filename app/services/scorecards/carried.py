"""Scores of two members who are one person: who claimed one still verifies none of it."""

from __future__ import annotations

from app.models.scorecards import Score
from app.services.carried import Rows

KEY = (Score.scorecard_id, Score.chapter_id, Score.place)
CARRIED = {"scores_claimed": Rows(Score.claimed_by, KEY), "scores_verified": Rows(Score.verified_by, KEY)}
