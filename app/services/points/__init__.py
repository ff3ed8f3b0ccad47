"""The ledger in the database. Nobody else writes entries or balances."""

from app.services.points.balances import balance, season_of
from app.services.points.ranking import ChapterLine, chapter_ranking
from app.services.points.verifying import verify
from app.services.points.writing import post, post_in, post_in_slices, post_many, slices, sums

__all__ = [
    "ChapterLine", "balance", "chapter_ranking", "post", "post_in", "post_in_slices", "post_many", "season_of",
    "slices", "sums", "verify",
]  # fmt: skip
