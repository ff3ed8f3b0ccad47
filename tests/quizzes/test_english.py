"""English titles do not stay the preset's where the Vietnamese was written anew."""

from quizzes.english import pairs, without_left_behind

KNOWN = pairs(
    [{"title": {"vi": "Rung chuông vàng", "en": "Golden bell"}, "waves": [{"title": {"vi": "Tuần 1", "en": "Week 1"}}]}]
)


def test_english_goes_where_the_vietnamese_beside_it_was_written_anew() -> None:
    changed = {
        "title": {"vi": "Đêm Sao Mai", "en": "Golden bell"},
        "waves": [{"title": {"vi": "Tuần mở màn", "en": "Week 1"}}],
    }
    assert without_left_behind(changed, KNOWN) == {
        "title": {"vi": "Đêm Sao Mai"},
        "waves": [{"title": {"vi": "Tuần mở màn"}}],
    }


def test_english_of_ones_own_and_a_preset_as_it_is_stay() -> None:
    for kept in (
        {"vi": "Đêm Sao Mai", "en": "Sao Mai night"},
        {"vi": "Rung chuông vàng", "en": "Golden bell"},
        {"vi": "Đêm"},
    ):
        assert without_left_behind({"title": kept, "seconds": 5}, KNOWN) == {"title": kept, "seconds": 5}
