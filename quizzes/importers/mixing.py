"""Options that lean on others: "Tất cả các đáp án trên" stays last, and "Cả A và B" is wrong once options are mixed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from quizzes.problems import Problem
from quizzes.refusals import N_
from quizzes.text import fold

ALL = re.compile(
    r"(?:tat ca|toan bo|ca (?:hai|ba|bon|[234])|ca) (?:cac |nhung )?(?:dap an|phuong an|y|cau|dieu|noi dung)?\s?"
    r"(?:tren|neu tren|o tren|deu dung|deu sai|tren deu dung|tren deu sai)\b.*"
    r"|khong (?:co )?(?:dap an|phuong an|y|cau) nao.*|(?:all|none|both) of the above.*"
)
NAMED = re.compile(
    r"(?:ca|chi|gom|dap an|phuong an|y|both|only|\s)*"
    r"((?<![a-z])[a-h](?:\s*(?:,|;|va|and|hoac)\s*[a-h])+)(?![a-z])"
    r"\s*(?:deu|la|are)?\s*(?:dung|sai|chinh xac|correct|right|true)?\s*\.?"
)


def kept_in_place(draft: dict[str, Any]) -> list[Problem]:
    """Keep the last option last where it speaks of those above; say so where letters name only some of them."""
    said = [_words(option) for option in draft.get("options") or []]
    texts = [fold(text).strip(" .") for text in said]
    if draft.get("type") not in ("single", "multiple") or len(texts) < 2:
        return []
    named = [_letters(text) for text in said]
    last = len(texts) - 1
    if "shuffle" not in draft["settings"] and (ALL.fullmatch(texts[last]) or named[last] == set(range(last))):
        draft["settings"] = {**draft["settings"], "shuffle": "keep_last"}
    if not any(at != last or one != set(range(last)) for at, one in enumerate(named) if one):
        return []
    sentence = N_("Một phương án nhắc đến chữ cái của phương án khác, mà khi chơi thứ tự được xáo trộn: hãy viết lại.")
    return [Problem(("options",), "letters_named", sentence, warning=True)]


def _words(option: Any) -> str:
    said = option.get("text") if isinstance(option, Mapping) else None
    text = said.get("vi") if isinstance(said, Mapping) else None
    return text.strip(" .") if isinstance(text, str) else ""


def _letters(text: str) -> set[int]:
    """The places of the options that a text like "Cả A và B" names."""
    letters = re.findall(r"(?<!\w)[A-H](?!\w)", text)
    return {ord(one) - 65 for one in letters} if len(letters) > 1 and NAMED.fullmatch(fold(text)) else set()
