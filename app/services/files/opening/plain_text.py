"""Bytes of a text file as text: UTF-8 with or without mark, UTF-16 as Excel's "Unicode text"."""

from __future__ import annotations

import codecs

from app.services.files.opening.limits import Unreadable
from quizzes.refusals import N_


def decoded(data: bytes) -> str:
    try:
        if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return data.decode("utf-16")
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        sentence = N_("Tệp không ở dạng UTF-8. Trong Excel hãy lưu kiểu “CSV UTF-8” hoặc .xlsx.")
        raise Unreadable("file_encoding", sentence) from None
