"""The upload of a clip: its bytes alone, larger than any form, answered with the name it has from now on."""

from __future__ import annotations

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from app.errors import sentence, status_of
from app.services.clips import clips
from quizzes.refusals import Rejected

pages = Blueprint("clips", __name__)


@pages.post("/clips")
def upload() -> ResponseReturnValue:
    """{"name"}, or {"sentence"} where it was refused."""
    try:
        return {"name": clips.store_clip(request.get_data(cache=False))}
    except Rejected as refusal:
        return {"sentence": sentence(refusal.code, **refusal.about)}, status_of(refusal.code)
