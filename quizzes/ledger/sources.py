"""The kinds of things points come from, each declared once, with the sentence a member reads.

`%(title)s` is the name of the show or contest; the shell fills it in.
"""

from __future__ import annotations

from quizzes.refusals import N_

SHOW, CONTEST, TAUGHT, USED, BOTH, DEED, ATTENDED, ACHIEVED, ADJUSTMENT = (
    "show", "contest", "taught", "used", "both", "deed", "attended", "achieved", "adjustment",
)  # fmt: skip
HELP = "help"
"""A deed: help besides 1+2. (`DEED` is how people taught besides the two places were always posted.)"""

SENTENCES: dict[str, str] = {
    SHOW: N_("Chơi chương trình “%(title)s”"),
    CONTEST: N_("Dự thi “%(title)s”"),
    TAUGHT: N_("Chỉ cho một người trong 1+2"),
    USED: N_("Người được chỉ đã tự làm được"),
    BOTH: N_("Đủ 1+2: một người bạn và một người thân"),
    DEED: N_("Chỉ cho một người ngoài 1+2"),
    HELP: N_("Việc làm đã được xác minh"),
    ATTENDED: N_("Dự hoạt động “%(title)s”"),
    ACHIEVED: N_("Hoàn thành “%(title)s”"),
    ADJUSTMENT: N_("Điều chỉnh có lý do, hai người ký"),
}
"""kind -> what a member reads. A kind that is not here cannot be posted."""

MANY: dict[str, str] = {
    SHOW: N_("Chương trình"),
    CONTEST: N_("Cuộc thi"),
    TAUGHT: N_("1+2: chỉ xong"),
    USED: N_("1+2: tự làm được"),
    BOTH: N_("1+2: đủ hai người"),
    DEED: N_("Chỉ cho người khác"),
    HELP: N_("Việc làm"),
    ATTENDED: N_("Hoạt động"),
    ACHIEVED: N_("Công trình, ý tưởng, thỏa thuận"),
    ADJUSTMENT: N_("Điều chỉnh"),
}
"""kind -> the name of the row in a table of points by source."""
