"""The measures a contest can rank by. An organiser chooses some of these, in order (domain.md B2.5)."""

from __future__ import annotations

from quizzes.ranking import Key
from quizzes.refusals import N_

KEYS: dict[str, Key] = {
    key.name: key
    for key in (
        Key("score", N_("điểm cao hơn"), most_first=True),
        Key("correct", N_("nhiều câu đúng hơn"), most_first=True),
        Key("distance", N_("số dự đoán gần kết quả hơn (thừa hay thiếu như nhau)"), most_first=False),
        Key("time_used", N_("thời gian làm bài ngắn hơn"), most_first=False),
        Key("submitted", N_("nộp bài sớm hơn"), most_first=False),
        Key("started", N_("bắt đầu làm bài sớm hơn"), most_first=False),
        Key("tries", N_("đạt kết quả ở lượt thi trước hơn"), most_first=False),
        Key("order", N_("lượt thi có số thứ tự nhỏ hơn"), most_first=False),
        Key("full_scores", N_("nhiều lượt đạt điểm tuyệt đối hơn"), most_first=True),
        Key("younger", N_("ít tuổi hơn (theo năm sinh)"), most_first=True),
        Key("older", N_("nhiều tuổi hơn (theo năm sinh)"), most_first=False),
    )
}
