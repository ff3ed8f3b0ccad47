"""Bytes of a text file as text: UTF-8 or UTF-16 with or without mark, or Windows' Vietnamese (1258)."""

from __future__ import annotations

import codecs
import unicodedata

from app.services.files.opening.limits import Unreadable
from quizzes.refusals import N_

SIGNS = frozenset("“”‘’–—…•₫°²³½¼«»§©®™€£±×÷·´`¨\u00a0\u200b\ufeff✓✗→≤≥≠")
SHAPES = "\u0300\u0301\u0302\u0303\u0306\u0309\u031b\u0323\u0335"


def decoded(data: bytes) -> str:
    """The text of a file. Raises Unreadable where no encoding of Vietnamese text fits."""
    try:
        if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return data.decode("utf-16")
        if b"\0" in data[:200] and len(data) % 2 == 0:
            return data.decode("utf-16-le" if data[1::2].count(0) > data[::2].count(0) else "utf-16-be")
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        text = unicodedata.normalize("NFC", data.decode("cp1258"))
    except UnicodeDecodeError:
        text = "\ufffd"
    if not all(map(_is_vietnamese, set(text))):
        sentence = N_("Không nhận ra bảng mã của tệp. Trong Excel hãy lưu kiểu “CSV UTF-8” hoặc .xlsx.")
        raise Unreadable("file_encoding", sentence)
    return text


def _is_vietnamese(sign: str) -> bool:
    """True when a letter of a file decoded on trial can stand in Vietnamese text."""
    if sign.isascii() or sign in SIGNS:
        return True
    base, *marks = list(unicodedata.normalize("NFD", sign))
    return (base in "đĐ" or base.isascii()) and base.isalpha() and all(mark in SHAPES for mark in marks)
