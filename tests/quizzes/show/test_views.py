"""Screens: what they say, and to whom."""

from quizzes import show
from quizzes.engine import Viewer
from tests.quizzes.people import AN, BINH, SECOND, Stage, single, speed

FIELDS = {
    "phase", "role", "group", "title", "round", "no", "question", "question_points", "asks", "acts", "opens_at",
    "closes_at", "remaining_us", "reveal", "standings", "podium", "locked", "auto_close", "blackout", "void",
    "format", "quotes", "seats", "ranked_by", "unveiled", "hidden", "sound", "followed", "spread", "thrown", "message",
    "awards",
}  # fmt: skip


def stage() -> Stage:
    return Stage(speed(), speed(points=50), questions=[[single(1), single(2)], [single(3, 2)]])


def test_a_screen_has_these_fields_and_no_others() -> None:
    """An allow-list: whoever adds a field to public screens changes this line and thinks."""
    played = stage()
    while played.phase != "over":
        for role in ("stage", "player", "audience"):
            assert set(show.view(played.state, Viewer(role))) == FIELDS
        assert set(show.view(played.state, Viewer("host"))) == FIELDS | {
            "key",
            "script",
            "next",
            "unexplained",
            "armed",
            "order",
        }
        assert set(show.view(played.state, Viewer("mc"))) == FIELDS | {"key", "script", "order"}
        assert set(show.view(played.state, Viewer("judge"))) == FIELDS | {"key"}
        played.advance()


def test_the_open_question_with_its_times() -> None:
    played = stage()
    played.until("open")
    screen = show.view(played.state, Viewer("player"))
    [ask] = screen["asks"]
    assert (ask["no"], ask["kind"], ask["question"]) == (1, "question", screen["question"])
    assert (screen["no"], screen["opens_at"], screen["closes_at"]) == (1, played.at, played.at + 20 * SECOND)
    assert {one["text"] for one in ask["question"]["options"]} == {f"Phương án 1.{n}" for n in range(4)}
    assert screen["round"] == {
        "index": 1,
        "of": 2,
        "format": "speed",
        "title": "Nhanh tay nhanh mắt",
        "question": 1,
        "questions": 2,
    }


def test_an_ask_says_whether_the_first_or_the_last_choice_counts() -> None:
    for change, take in ((False, "first"), (True, "last")):
        played = Stage(speed(change=change), questions=[[single(1)]])
        played.until("open")
        [ask] = show.view(played.state, Viewer("player"))["asks"]
        assert (ask["take"], ask["part"], ask["scored"]) == (take, "main", True)


def test_a_closing_question_stays_on_the_screen_with_the_time_it_closed() -> None:
    played = stage()
    played.until("open")
    played.at += 3 * SECOND
    played.command("close_now")
    screen = show.view(played.state, Viewer("player"))
    assert (screen["phase"], screen["closes_at"], len(screen["asks"])) == ("open", played.at, 1)


def test_screens_speak_the_viewers_language() -> None:
    played = stage()
    played.until("open")
    screen = show.view(played.state, Viewer("player", lang="en"))
    assert screen["question"]["text"] == "Câu hỏi 1? (en)"
    assert screen["title"] == "Thử (en)"


def test_the_reveal_tells_key_reason_source_and_counts() -> None:
    played = stage()
    played.until("open")
    played.answer(AN, 0)
    played.answer(BINH, 3)
    played.until("revealed")
    ids = {index: option for option, index in played.ask.shown}
    reveal = show.view(played.state, Viewer("stage"))["reveal"]
    assert reveal == {
        "answer": {"choice": ids[0], "texts": ["Phương án 1.0"]},
        "explanation": "Giải thích 1",
        "source": "Nguồn 1",
        "counts": {ids[0]: 1, ids[1]: 0, ids[2]: 0, ids[3]: 1},
    }


def test_nothing_is_revealed_before_or_after() -> None:
    played = stage()
    shown = []
    while played.phase != "over":
        if show.view(played.state, Viewer("stage"))["reveal"]:
            shown.append(played.phase)
        played.advance()
    assert set(shown) == {"revealed", "standings"}
    assert show.view(played.state, Viewer("stage"))["reveal"] is None


def test_standings_are_shown_only_where_everybody_may_know_them() -> None:
    played = stage()
    shown = set()
    while played.phase != "over":
        if show.view(played.state, Viewer("player"))["standings"] is not None:
            shown.add(played.phase)
        played.advance()
    assert shown == {"revealed", "standings", "break"}
    assert show.view(played.state, Viewer("player"))["standings"] is not None


def test_the_host_reads_ahead_and_the_hall_does_not() -> None:
    played = stage()
    played.advance()
    assert show.view(played.state, Viewer("host"))["question"]["text"] == "Câu hỏi 1?"
    assert show.view(played.state, Viewer("host"))["key"]["answer"]["texts"] == ["Phương án 1.0"]
    assert show.view(played.state, Viewer("stage"))["question"] is None
    assert "Câu hỏi" not in str(show.view(played.state, Viewer("stage")))


def test_the_host_sees_where_advance_leads() -> None:
    played = stage()
    while played.phase != "over":
        told = show.view(played.state, Viewer("host"))["next"]["phase"]
        played.advance()
        assert told == played.phase
    assert show.view(played.state, Viewer("host"))["next"] == {"phase": None, "text": None}


def test_the_host_sees_what_will_be_asked_next() -> None:
    played = stage()
    told = []
    while played.phase != "over":
        told.append((played.phase, show.view(played.state, Viewer("host"))["next"]["text"]))
        played.advance()
    assert told[0] == ("lobby", "Câu hỏi 1?")
    assert [text for phase, text in told if phase == "revealed"] == ["Câu hỏi 2?", "Câu hỏi 3?", None]


def test_the_script_shows_what_is_done_now_and_void() -> None:
    played = stage()
    played.until("standings")
    played.command("void", no=1)
    played.advance()
    first, second = show.view(played.state, Viewer("host"))["script"]
    assert (first["now"], first["done"], second["now"]) == (True, False, False)
    assert [(one["done"], one["now"], one["void"]) for one in first["questions"]] == [
        (True, False, True),
        (False, True, False),
    ]


def test_acts_are_what_the_role_may_do_now() -> None:
    played = stage()

    def acts(role: str) -> set[str]:
        return {one["do"] for one in show.view(played.state, Viewer(role))["acts"]}

    room = {"void", "adjust", "kick", "readmit", "lock", "unlock", "blackout", "unblackout", "hide_names", "show_names",
            "sound", "check_sound", "hide_spread", "hide_awards", "throw", "arm"}  # fmt: skip
    assert acts("host") == room | {"advance", "show_spread", "show_awards"}
    played.until("ready")
    assert acts("host") == room | {"advance", "count_in", "skip", "replace", "pause", "undo"}
    played.until("open")
    assert acts("host") == room | {"advance", "close_now", "pause", "undo", "extend", "ask_again", "replace"}
    assert acts("player") == acts("stage") == acts("audience") == acts("mc") == set()
    played.command("pause")
    assert acts("host") == room | {"advance", "resume", "undo", "show_spread", "show_awards"}
    played.until("over")
    assert acts("host") == room | {"undo", "unveil", "show_spread", "show_awards"}


def test_every_act_offered_is_accepted_with_sound_arguments() -> None:
    played = stage()
    sound = {"seat": AN, "points": 1, "no": 1, "steps": 1, "volume": 50, "muted": True, "seconds": 20, "step": 1}
    more = {
        "throw": {"what": "trouble"},
        "arm": {"act": "advance"},
        "replace": {"reason_ref": 1, "body": single(9)},
        "show_awards": {"of": "b7k2m9"},
    }
    while played.phase != "over":
        for act in show.view(played.state, Viewer("host"))["acts"]:
            if act["do"] in ("undo", "void"):
                continue
            args = {name: sound[name] for name in act["args"] if name in sound} | more.get(act["do"], {})
            before = played.state
            if act["do"] == "ask_again" and played.phase == "revealed":
                continue  # the key was shown
            played.command(act["do"], **args)
            played.state = before
        played.advance()


def test_seats_named_on_a_screen_are_listed() -> None:
    played = stage()
    played.until("open")
    played.answer(BINH)
    assert show.view(played.state, Viewer("stage"))["seats"] == []
    played.until("revealed")
    assert BINH in show.view(played.state, Viewer("stage"))["seats"]


def test_public_roles_are_players_and_staff_are_what_their_ticket_says() -> None:
    state = stage().state
    assert [show.role(state, AN, side) for side in ("public", "host", "judge", "nonsense")] == [
        "player",
        "host",
        "judge",
        "player",
    ]


def test_the_sheet_has_every_opening_with_its_results() -> None:
    played = stage()
    played.until("open")
    played.answer(AN, 0, 1)
    played.until("over")
    sheet = show.sheet(played.state)
    assert [(one["no"], one["round"], one["question"], one["status"]) for one in sheet] == [
        (1, 0, 0, "revealed"),
        (2, 0, 1, "revealed"),
        (3, 1, 0, "revealed"),
    ]
    assert sheet[0]["results"][AN][1:] == [1000, SECOND]
