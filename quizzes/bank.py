"""The checks that every question of a bank must pass, used by importers, the editor and start-up.

Checks take any value, never raise, and say each problem with its path. What a type itself asks for
(options, answer, settings) is checked by the type.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from hashlib import sha256
from typing import Any

from quizzes.problems import Path, Problem
from quizzes.questions import QUESTION_TYPES, Question
from quizzes.questions.contract import LANGUAGES, check_settings, problem
from quizzes.refusals import N_
from quizzes.settings.values import PICTURE_NAME

FIELDS = (
    "id", "type", "topic", "difficulty", "text", "media", "options", "answer", "explanation", "source",
    "valid_from", "valid_to", "siblings", "tags", "settings", "author",
)  # fmt: skip
"""The fields that a draft may have, in the order files are written."""
LENGTHS = {"text": 600, "explanation": 1500, "source": 600, "option": 240, "alt": 300, "unit": 60, "title": 200}
"""Most characters of each text: what still fits its place on a screen or page."""
KEY = re.compile(r"[a-z0-9][a-z0-9_-]{1,79}")
MEDIA_NAME = re.compile(r"[A-Za-z0-9_-]{8,64}\.(webp|mp3|mp4)")
"""A picture, sound or film; options have pictures only."""
DIFFICULTIES = range(1, 6)
MOST_QUESTIONS = 5000  # questions of a bank
MOST_TAGS, LONGEST_TAG = 12, 40  # tags of a question; characters of a tag


def check_question(draft: Any, topics: Collection[str] | None = None) -> list[Problem]:
    """The faults of a draft; those with `warning` do not keep it from being a question."""
    if not isinstance(draft, Mapping):
        return [problem((), "question_shape", N_("Câu hỏi phải là các cặp tên và giá trị."))]
    found = [
        problem((str(name),), "field_unknown", N_("Không có mục “%(name)s” trong câu hỏi."), name=str(name))
        for name in draft
        if name not in FIELDS
    ]
    found += _check_key(draft) + _check_type(draft) + _check_words(draft)
    found += _check_place(draft, topics) + _check_dates(draft) + check_media(draft.get("media"), ("media",))
    return found + (_warnings(draft) if not found else [])


def errors(problems: Sequence[Problem]) -> list[Problem]:
    return [one for one in problems if not one.warning]


def normal(draft: Question) -> dict[str, Any]:
    """A checked draft in its one form: known fields in order, texts in NFC without outer spaces, no empties."""
    kept = {name: _tidy(draft[name]) for name in FIELDS if draft.get(name) not in (None, "", {}, [])}
    return kept | {"settings": dict(kept.get("settings", {}))}


def usable_on(question: Question, day: date) -> bool:
    """True when the question may be asked on this day: it has a source and its fact is in force."""
    if not str(question.get("source") or "").strip():
        return False
    first, last = as_date(question.get("valid_from")), as_date(question.get("valid_to"))
    return not (first and day < first) and not (last and day > last)


def content_hash(question: Question) -> str:
    """A digest of a question's content. It is equal for equal content under any id: it finds a question imported
    twice, and it fixes what was asked."""
    content = {name: value for name, value in normal(question).items() if name != "id"}
    text = json.dumps(content, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return sha256(text.encode("ascii")).hexdigest()


def languages(question: Question) -> tuple[str, ...]:
    """The languages in which the whole question can be asked; Vietnamese is always one."""
    texts = [text for _, text in localized_texts(question)]
    return tuple(lang for lang in LANGUAGES if all(isinstance(text, Mapping) and text.get(lang) for text in texts))


def localized_texts(question: Question) -> list[tuple[Path, Any]]:
    """(path, {"vi", "en"?}) of everything people read in the question."""
    found: list[tuple[Path, Any]] = [(("text",), question.get("text"))]
    options = question.get("options")
    for index, option in enumerate(options if isinstance(options, list) else []):
        if isinstance(option, Mapping) and option.get("text") is not None:
            found.append((("options", index, "text"), option["text"]))
    if question.get("explanation") is not None:
        found.append((("explanation",), question["explanation"]))
    settings = question.get("settings")
    if isinstance(settings, Mapping) and settings.get("unit") is not None:
        found.append((("settings", "unit"), settings["unit"]))
    return found


def as_date(value: Any) -> date | None:
    """A date of a question, as a date or "2026-07-01"; None where there is none or it is no date."""
    if isinstance(value, date):
        return value
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            return None
    return None


def check_text(value: Any, path: Path, longest: int) -> list[Problem]:
    """{"vi", "en"?}: Vietnamese given, only known languages, printable, not too long."""
    if not isinstance(value, Mapping) or not isinstance(value.get("vi"), str) or not value["vi"].strip():
        return [problem(path, "text_missing", N_("Cần có phần tiếng Việt (vi)."))]
    found = []
    for lang, text in value.items():
        if lang not in LANGUAGES:
            sentence = N_("Không có ngôn ngữ “%(name)s”.")
            found.append(problem((*path, str(lang)), "language_unknown", sentence, name=str(lang)))
        else:
            found += check_line(text, (*path, str(lang)), longest)
    return found


def check_line(text: Any, path: Path, longest: int) -> list[Problem]:
    if not isinstance(text, str):
        return [problem(path, "text_shape", N_("Chỗ này phải là chữ; hãy đặt trong dấu nháy."))]
    if any(unicodedata.category(ch) in ("Cc", "Cs") and ch not in "\n\t" for ch in text):
        return [problem(path, "text_control", N_("Có ký tự điều khiển không in được."))]
    if len(text) > longest:
        sentence = N_("Dài %(length)s ký tự, nhiều nhất là %(most)s.")
        return [problem(path, "text_long", sentence, length=len(text), most=longest)]
    return []


def _check_key(draft: Question) -> list[Problem]:
    key = draft.get("id")
    if isinstance(key, str) and KEY.fullmatch(key):
        return []
    return [problem(("id",), "id", N_("Mã câu hỏi gồm chữ thường không dấu, số, - và _, từ 2 đến 80 ký tự."))]


def _check_type(draft: Question) -> list[Problem]:
    kind = draft.get("type")
    if not isinstance(kind, str) or kind not in QUESTION_TYPES:
        known = ", ".join(sorted(QUESTION_TYPES))
        return [problem(("type",), "type_unknown", N_("Không có loại câu hỏi này. Các loại: %(known)s."), known=known)]
    return QUESTION_TYPES[kind].check(draft) + check_settings(draft, QUESTION_TYPES[kind].settings)


def _check_words(draft: Question) -> list[Problem]:
    found = []
    for path, text in localized_texts(draft):
        name = str(path[-1]) if path[0] != "options" else "option"
        found += check_text(text, path, LENGTHS[name])
    options = draft.get("options")
    for index, option in enumerate(options if isinstance(options, list) else []):
        if isinstance(option, Mapping):
            found += check_media(option.get("media"), ("options", index, "media"), PICTURE_NAME)
    if not isinstance(draft.get("source"), str) or not draft["source"].strip():
        return [*found, problem(("source",), "source_missing", N_("Cần ghi nguồn của câu hỏi."))]
    return found + check_line(draft["source"], ("source",), LENGTHS["source"])


def _check_place(draft: Question, topics: Collection[str] | None) -> list[Problem]:
    found = []
    topic, difficulty = draft.get("topic"), draft.get("difficulty")
    if not isinstance(topic, str) or not KEY.fullmatch(topic):
        found.append(problem(("topic",), "topic", N_("Cần có mã chủ đề: chữ thường không dấu, số, - và _.")))
    elif topics is not None and topic not in topics:
        found.append(problem(("topic",), "topic_unknown", N_("Chủ đề “%(name)s” chưa được khai báo."), name=topic))
    if isinstance(difficulty, bool) or not isinstance(difficulty, int) or difficulty not in DIFFICULTIES:
        found.append(problem(("difficulty",), "difficulty", N_("Độ khó là một số từ 1 (dễ) đến 5 (khó).")))
    siblings = draft.get("siblings")
    if siblings is not None and not (isinstance(siblings, str) and KEY.fullmatch(siblings)):
        found.append(
            problem(("siblings",), "siblings", N_("Tên nhóm câu lộ nhau gồm chữ thường không dấu, số, - và _."))
        )
    tags = draft.get("tags")
    if tags is not None and not (isinstance(tags, list) and len(tags) <= MOST_TAGS and all(map(_is_tag, tags))):
        found.append(problem(("tags",), "tags", N_("Nhãn là nhiều nhất 12 cụm từ ngắn, cách nhau bằng dấu phẩy.")))
    if draft.get("author") is not None:
        found += check_line(draft["author"], ("author",), LENGTHS["title"])
    return found


def _is_tag(one: Any) -> bool:
    return isinstance(one, str) and 0 < len(one.strip()) <= LONGEST_TAG and not check_line(one, ("tags",), LONGEST_TAG)


def _check_dates(draft: Question) -> list[Problem]:
    found = [
        problem((name,), "date", N_("Ngày phải viết như 2026-07-01."))
        for name in ("valid_from", "valid_to")
        if draft.get(name) is not None and as_date(draft[name]) is None
    ]
    first, last = as_date(draft.get("valid_from")), as_date(draft.get("valid_to"))
    if first and last and last < first:
        found.append(problem(("valid_to",), "dates_order", N_("Ngày hết hiệu lực đứng trước ngày có hiệu lực.")))
    return found


def check_media(media: Any, path: Path, names: re.Pattern[str] = MEDIA_NAME) -> list[Problem]:
    """Yields a problem unless this is a stored file of a kind that may stand there: an option is a picture, never sound
    or film."""
    if media is None:
        return []
    name = media.get("name") if isinstance(media, Mapping) else None
    if not isinstance(name, str) or not names.fullmatch(name):
        return [problem(path, "media_name", N_("Tên tệp hình không hợp lệ; hãy tải hình lên để có tên."))]
    return check_text(media.get("alt"), (*path, "alt"), LENGTHS["alt"])


def _warnings(draft: Question) -> list[Problem]:
    found = []
    if not draft.get("explanation"):
        sentence = N_("Chưa có giải thích; người chơi sẽ không biết vì sao.")
        found.append(Problem(("explanation",), "explanation_missing", sentence, warning=True))
    missing = [path for path, text in localized_texts(draft) if not text.get("en")]
    if missing and len(missing) < len(localized_texts(draft)):
        sentence = N_("Phần tiếng Anh mới dịch một phần.")
        found.append(Problem(missing[0], "english_partial", sentence, warning=True))
    return found


def _tidy(value: Any) -> Any:
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value).strip()
    if isinstance(value, Mapping):
        return {str(key): _tidy(one) for key, one in value.items() if one is not None}
    if isinstance(value, list | tuple):
        return [_tidy(one) for one in value]
    return value.isoformat() if isinstance(value, date) else value
