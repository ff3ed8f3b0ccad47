"""A server that dies at chosen points, and the script it dies in."""

from __future__ import annotations

import signal
from pathlib import Path
from typing import Any

from app.load.server import Own

SECONDS = 90
"""Nobody waits for a question's end: the kill comes before."""


class Doomed(Own):
    """A server of our own with fail points."""

    @property
    def points(self) -> Path:
        return self.instance / "points"

    def environment(self) -> dict[str, str]:
        """With the folder of the fail points."""
        return super().environment() | {"SCS_FAIL_POINTS": str(self.points)}

    def start(self, port: int = 0) -> None:
        """Serve."""
        self.points.mkdir(exist_ok=True)
        super().start(port)

    def arm(self, point: str) -> None:
        """Let the server kill itself when it next comes to this point."""
        (self.points / point).write_text("kill")

    def is_up(self, other_than: int) -> bool:
        """True when a process serves, and it is not `other_than`."""
        return self._is_up(other_than)

    def hold(self, how: signal.Signals) -> None:
        """Stop or continue the supervisor, who would start the server again at once."""
        assert self._process is not None  # noqa: S101
        self._process.send_signal(how)


def script(rounds: int) -> dict[str, Any]:
    """Questions of which the first option is right."""
    questions = [
        {
            "id": f"q{n}",
            "type": "single",
            "topic": "chaos",
            "difficulty": 1,
            "source": "chaos",
            "answer": 0,
            "text": {"vi": f"Câu {n}?"},
            "options": [{"text": {"vi": word}} for word in ("đúng", "sai", "thiếu")],
        }
        for n in range(rounds)
    ]
    return {
        "title": {"vi": "Diễn tập"},
        "settings": {"standings": "never"},
        "rounds": [{"format": "speed", "settings": {"seconds": SECONDS}, "questions": questions}],
    }


def buzzer(questions: int) -> dict[str, Any]:
    """A round in which one answers aloud; `advance` passes a question on without points."""
    asked = [
        {
            "id": f"b{n}",
            "type": "number",
            "topic": "chaos",
            "difficulty": 1,
            "source": "chaos",
            "answer": n,
            "text": {"vi": f"Chuông {n}?"},
        }
        for n in range(questions)
    ]
    return {"format": "buzzer", "settings": {"seconds": SECONDS, "attempts": 1}, "questions": asked}
