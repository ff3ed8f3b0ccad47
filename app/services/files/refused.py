"""The refusals of files: documents, lists, pictures, sound."""

from __future__ import annotations

from quizzes.refusals import N_

REFUSED: dict[str, tuple[int, str]] = {
    "document_kind": (400, N_("Chỉ nhận tệp PDF, DOCX, XLSX, PPTX, PNG hoặc JPEG.")),
    "document_size": (413, N_("Tệp lớn quá 5 MB.")),
    "sound_bad": (400, N_("Không đọc được tệp âm thanh này. Hãy dùng bản thu của điện thoại, nhiều nhất 6 MB.")),
    "media_missing": (
        503,
        N_("Máy chủ này chưa nhận được bản thu và phim. Nhờ người vận hành chạy: python3 -m app add media"),
    ),
    "sound_none": (400, N_("Tệp này không có tiếng.")),
    "sound_long": (400, N_("Bản thu dài quá %(minutes)s phút.")),
    "clip_bad": (400, N_("Không đọc được tệp này. Hãy dùng tệp tiếng hoặc phim, nhiều nhất 40 MB.")),
    "clip_big": (413, N_("Tệp lớn quá 40 MB. Hãy cắt ngắn hoặc giảm cỡ rồi gửi lại.")),
    "clip_slow": (
        400,
        N_("Ghi lại tệp này quá 120 giây nên máy chủ đã dừng. Hãy dùng phim ngắn hơn hoặc nhỏ hơn, ví dụ 1280 x 720."),
    ),
    "clip_heavy": (
        400,
        N_("Ghi lại tệp này cần quá 512 MB bộ nhớ nên máy chủ đã dừng. Hãy dùng phim nhỏ hơn, ví dụ 1280 x 720."),
    ),
    "clip_long": (400, N_("Tiếng hoặc phim dài quá 60 giây.")),
    "clip_show_on": (409, N_("Đang có chương trình diễn ra. Hãy tải lên sau khi chương trình kết thúc.")),
    "bad_file": (400, N_("Không đọc được tệp này. Hãy dùng tệp CSV hoặc XLSX theo mẫu.")),
    "bad_picture": (400, N_("Không nhận được hình này. Hãy dùng JPEG, PNG, GIF hoặc WebP tối đa 12 triệu điểm ảnh.")),
    "logo_small": (400, N_("Biểu trưng quá nhỏ: cạnh ngắn ít nhất %(least)s điểm ảnh.")),
    "file_too_big": (413, N_("Tệp quá lớn hoặc có quá nhiều dòng.")),
    "no_titles": (400, N_("Không thấy dòng tiêu đề. Tệp cần có các cột: %(titles)s.")),
}
