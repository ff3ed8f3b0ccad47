"""Kinds of chapters, as data. Names and levels follow the organisation after 1-7-2025 (two-level local
government); `huyen` is kept for history. Any kind may stand under any other: reality does not ask us.
"""

from __future__ import annotations

from quizzes.refusals import N_

KINDS = {
    "trung_uong": N_("Trung ương Đoàn"),
    "tinh": N_("Tỉnh đoàn, Thành đoàn"),
    "khoi": N_("Đoàn khối, trực thuộc"),
    "huyen": N_("Huyện đoàn (trước 7-2025)"),
    "xa_phuong": N_("Đoàn xã, phường, đặc khu"),
    "doan_co_so": N_("Đoàn cơ sở"),
    "chi_doan_co_so": N_("Chi đoàn cơ sở"),
    "chi_doan": N_("Chi đoàn"),
    "phan_doan": N_("Phân đoàn, đoàn bộ phận"),
    "truong": N_("Đoàn trường"),
    "lien_chi_doan": N_("Liên chi đoàn khoa"),
    "lien_doi": N_("Liên đội"),
    "chi_doi": N_("Chi đội"),
    "hoi": N_("Hội, câu lạc bộ, đội nhóm"),
    "khac": N_("Đơn vị khác"),
}

_SPELLINGS = {
    "trung_uong": ("trung ương", "trung ương đoàn"),
    "tinh": ("tỉnh", "thành phố", "tỉnh đoàn", "thành đoàn", "tỉnh/thành", "tỉnh, thành"),
    "khoi": ("khối", "đoàn khối", "trực thuộc"),
    "huyen": ("huyện", "huyện đoàn", "quận", "quận đoàn", "thị đoàn"),
    "xa_phuong": (
        "xã",
        "phường",
        "đặc khu",
        "thị trấn",
        "đoàn xã",
        "đoàn phường",
        "đoàn đặc khu",
        "xã/phường",
        "xã/phường/đặc khu",
    ),
    "doan_co_so": ("đoàn cơ sở", "đcs"),
    "chi_doan_co_so": ("chi đoàn cơ sở", "cđcs"),
    "chi_doan": ("chi đoàn",),
    "phan_doan": ("phân đoàn", "đoàn bộ phận"),
    "truong": ("trường", "đoàn trường"),
    "lien_chi_doan": ("liên chi đoàn", "khoa", "liên chi đoàn khoa"),
    "lien_doi": ("liên đội",),
    "chi_doi": ("chi đội",),
    "hoi": ("hội", "câu lạc bộ", "clb", "đội nhóm"),
    "khac": ("khác", "đơn vị khác"),
}


def spellings() -> dict[str, str]:
    """The words people write in a list of chapters -> the key of the kind."""
    titles = {title: key for key, title in KINDS.items()}
    return {key: key for key in KINDS} | titles | {word: key for key, words in _SPELLINGS.items() for word in words}
