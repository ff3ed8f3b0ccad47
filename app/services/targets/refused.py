"""The refusals of targets."""

from __future__ import annotations

from quizzes.refusals import N_

REFUSED: dict[str, tuple[int, str]] = {
    "target_title": (400, N_("Tên chỉ tiêu cần từ 3 đến 200 ký tự.")),
    "target_goal": (400, N_("Đích phải là số lớn hơn 0; phần trăm thì từ 1 đến 100.")),
    "target_ways": (400, N_("Hãy chọn ít nhất một cách tính, và điều được đếm.")),
    "target_counts": (400, N_("Quá nhiều loại việc cho một chỉ tiêu. Hãy chia thành hai chỉ tiêu.")),
    "target_number": (400, N_("Hãy ghi một số nguyên từ 0 trở lên.")),
    "target_evidence": (400, N_("Hãy ghi minh chứng: số văn bản, đường dẫn hay nơi lưu.")),
    "target_place": (400, N_("Cơ sở này không thuộc phạm vi của chỉ tiêu.")),
}
