"""English words of a preset do not stay where the Vietnamese was written anew."""

from __future__ import annotations

from werkzeug.datastructures import MultiDict

from app.pages.contests.rules_form import read_form

PRESET = {
    "title": {"vi": "Thi tìm hiểu", "en": "Knowledge contest"},
    "prizes": [{"key": "first", "title": {"vi": "giải Nhất", "en": "first prize"}, "count": 1}],
}


def sent(**titles: str) -> dict[str, object]:
    fields = {
        "title.vi": "Thi tìm hiểu",
        "title.en": "Knowledge contest",
        "prizes.0.title.vi": "giải Nhất",
        "prizes.0.title.en": "first prize",
        "prizes.0.key": "first",
        "prizes.0.count": "1",
    }
    return read_form(MultiDict(fields | titles), PRESET)


def test_english_goes_with_the_words_it_translated() -> None:
    assert sent() == PRESET | {"prizes": [PRESET["prizes"][0] | {"count": "1"}]}  # type: ignore[index,operator]
    own = sent(**{"title.vi": "Hội thi Sao Mai", "prizes.0.title.vi": "Sao vàng"})
    assert own["title"] == {"vi": "Hội thi Sao Mai"}
    assert own["prizes"][0]["title"] == {"vi": "Sao vàng"}  # type: ignore[index]
    both = sent(**{"title.vi": "Hội thi Sao Mai", "title.en": "Morning Star"})
    assert both["title"] == {"vi": "Hội thi Sao Mai", "en": "Morning Star"}
