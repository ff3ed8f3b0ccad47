"""Files that are no questions at all, known by their first bytes and the end of their name: what to do instead is
said."""

from __future__ import annotations

from app.services.files.opening.limits import Unreadable
from quizzes.refusals import N_

PDF = N_("Tệp PDF không đọc được thành câu hỏi. Hãy mở tệp gốc (Word, Excel) hoặc mở PDF bằng Word rồi lưu dạng .docx.")
OLD_WORD = N_("Tệp Word kiểu cũ hoặc có mật khẩu. Hãy lưu lại dạng .docx không mật khẩu.")
OTHER_TEXT = N_("Tệp văn bản kiểu này không đọc được. Hãy mở bằng Word rồi lưu dạng .docx.")
SLIDES = N_("Tệp trình chiếu không đọc được thành câu hỏi. Hãy chép các câu hỏi sang Word hoặc Excel rồi tải lên.")
PICTURE = N_("Ảnh chụp không đọc được thành câu hỏi. Hãy gõ lại trong Word, Excel hoặc trang soạn câu hỏi.")
STARTS = (
    (b"%PDF", PDF),
    (b"{\\rtf", OTHER_TEXT),
    (b"\xff\xd8\xff", PICTURE),
    (b"\x89PNG", PICTURE),
    (b"GIF8", PICTURE),
)
ENDS = {
    ".pdf": PDF,
    ".doc": OLD_WORD,
    ".rtf": OTHER_TEXT,
    ".odt": OTHER_TEXT,
    ".html": OTHER_TEXT,
    ".htm": OTHER_TEXT,
    ".ppt": SLIDES,
    ".pptx": SLIDES,
    ".odp": SLIDES,
    ".jpg": PICTURE,
    ".jpeg": PICTURE,
    ".png": PICTURE,
    ".heic": PICTURE,
    ".webp": PICTURE,
}


def refuse_others(data: bytes, name: str) -> None:
    """Raises Unreadable for a file that no importer reads, whatever its name or its bytes say."""
    name = name.lower()
    said = next((why for start, why in STARTS if data.startswith(start)), None)
    said = said or next((why for end, why in ENDS.items() if name.endswith(end)), None)
    if said:
        raise Unreadable("kind_unread", said)
