"""A word cloud over the protocol: the journal holds no word, the screen shows those that may be shown."""

from __future__ import annotations

from tests.app.live.hall import Hall, wait_for
from tests.serving import Server

CLOUD = {
    "title": {"vi": "Hỏi nhanh"},
    "rounds": [{"format": "poll", "questions": [{"type": "word", "text": {"vi": "Một từ về hôm nay?"}}]}],
}


def test_words_come_to_the_stage_when_two_sent_them_or_the_host_approves(server: Server) -> None:
    hall = Hall.open(server, CLOUD)
    an, binh, chi = (hall.join(name) for name in ("An", "Bình", "Chi"))
    hall.advance("ready")
    hall.advance("open")
    assert an.answer("Số hóa")["ok"]
    assert binh.answer("số  hóa")["ok"]
    assert chi.answer("riêng tư")["ok"]
    hall.wait("closed")
    wait_for(lambda: "riêng tư" in hall.host.html)
    assert "Số hóa" not in hall.stage.html
    hall.advance("revealed")
    wait_for(lambda: "Số hóa" in hall.stage.html)
    assert "riêng tư" not in hall.stage.html
    hall.close()
