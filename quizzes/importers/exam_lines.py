"""The lines of an exam paper, each by the way it begins: a question, a key, a solution, a source."""

from __future__ import annotations

import re

LEAD = r"^[^\w\n]{0,6}"
"""Signs before the first word: a star, an arrow, a bracket, a picture sign."""
SECTION = re.compile(r"^\s*(?:PHẦN|Phần|PHAN|Phan|NHÓM|Nhóm|PART|Part)\s+([IVX]+|\d+)\b[.:\s]*(.*)$")
QUESTION = re.compile(
    LEAD + r"(?:(?:Câu|CÂU|Cau)(?:\s+(?:hỏi|HỎI|hoi))?(?:\s+(?:số|SỐ|so))?|Bài|BÀI|Question|QUESTION"
    r"|(?:(?:câu|cau)(?:\s+(?:hỏi|hoi))?(?:\s+(?:số|so))?|bài|question)(?=\s*\d{1,4}\s*[.:)]))\s*(\d{1,4})"
    r"\s*(?:\(([^)]{1,20})\)|\[([^\]]{1,20})\])?\s*[.:)\-–]?\s*(.*)$"
)
"""In small letters only with a sign after the number: "câu 2 dòng" goes on with a sentence."""
NUMBERED = re.compile(r"^\s*(\d{1,4})\s*[.)/:]\s+(.*)$")
STATEMENT = re.compile(r"^\s*(\*)?\s*([a-d])\s*[.)]\s*(.*)$")
KEY_LINE = re.compile(
    LEAD + r"(?:Đáp án|ĐÁP ÁN|Dap an|Đ/A|ĐA|Answer|ANSWER|Key|KEY|Trả lời|Chọn)"
    r"(?:\s+(?:đúng|ĐÚNG))?(?:\s+là)?\s*[:.–-]?\s*(?=\S)(.{1,200})$"
)
HEADING = re.compile(
    r"^\s*(?:(?:[IVX]{1,4}|[A-D]|\d)\s*[.:)\-–]\s*)?(?:PHẦN\s+|Phần\s+)?"
    r"(TỰ LUẬN|Tự luận|TRẮC NGHIỆM|Trắc nghiệm)(?:\s+(?:KHÁCH QUAN|khách quan))?\s*(?:[.:]|\(.*\)|$)\s*[^?]*$"
)
"""The title of a part without its number: "II. TỰ LUẬN (3 điểm)"."""
CODE = re.compile(r"^\s*(?:mã\s*(?:đề)?(?:\s*thi)?\s*:?\s*)?(\d{3,4}|[A-Z]\d{1,3})\s*$", re.IGNORECASE)
PAPER_CODE = re.compile(r"(?:mã\s*đề(?:\s*thi)?|\bcode)\s*[:.]?\s*(\d{3,4})", re.IGNORECASE)
ARROW = re.compile(r"^\s*(?:[=-]+>|[→⇒])\s*([A-Ha-h](?:\s*[,;]\s*[A-Ha-h])*)\s*[.)]?\s*$")
"""An arrow to a letter says the key; one to a formula is a step of a solution."""
BULLET = re.compile(r"^\s*(?:(?:[-–•●○▪■◦➢+*]|\d{1,2}[.)])\s+(?=\S)|(?=\[\s?[xX✓✔]?\]|[☐☑✅✔☒]))(.*)$", re.DOTALL)
TICK = re.compile(r"^(?:\[\s*([xX✓✔]?)\s*\]|([☑✅✔☒]\ufe0f?)|☐)\s*")
"""A box before the words of an option, and what stands in it."""
WHY = re.compile(
    LEAD + r"(?:Lời giải|LỜI GIẢI|Hướng dẫn(?: giải| chi tiết)?|HƯỚNG DẪN(?: GIẢI| CHI TIẾT)?|"
    r"Giải thích(?: chi tiết)?|GIẢI THÍCH|Giải chi tiết|Explanation)\s*[:.]?\s*(.*)$"
)
FACT = re.compile(
    LEAD + r"(Nguồn|NGUỒN|Căn cứ(?: pháp lý)?|Trích nguồn|Source|Chủ đề|Topic|Độ khó|Mức độ|Difficulty)"
    r"\s*:\s*(?=\S)(.{1,500}?)\s*[)\]]?\s*$"
)
FACTS = {
    "chu de": "topic",
    "topic": "topic",
    "do kho": "difficulty",
    "muc do": "difficulty",
    "difficulty": "difficulty",
}
"""The field of a question that a line of this name fills; other lines fill its source."""
TABLE = re.compile(
    r"^\s*(?:BẢNG\s+ĐÁP\s+ÁN|ĐÁP\s+ÁN|Bảng đáp án|HƯỚNG DẪN CHẤM|ANSWERS(?![\w,])|ANSWER KEYS?)"
    r"\s*(?:ĐỀ|MÃ ĐỀ|CHI TIẾT|PHẦN)?[^.:]{0,40}[.:]?\s*$"
)
HEADS = {"cau", "", "stt", "cau hoi", "cau so", "question"}
"""The words that may stand before the numbers in a row of a table of keys."""
KEY_HEADS = {"dap an", "da", "dap an dung", "answer", "key"}
PAIR = re.compile(r"(?:(?:Câu|Question)\s*)?(\d{1,4})\s*[-.:)–]?\s*([A-Ha-h])(?![A-Za-zÀ-ỹ])")
END = re.compile(r"^[\s\-–—_.*]*(?:HẾT|HET|Hết|END)[\s\-–—_.*]*$")
LEVELS = {"nb": 1, "nhan biet": 1, "th": 2, "thong hieu": 2, "vd": 3, "van dung": 3, "vdc": 4, "van dung cao": 4}
