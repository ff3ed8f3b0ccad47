"""Questions in a spreadsheet, XLSX or CSV, read as `quizzes.importers.titled` says."""

from __future__ import annotations

from quizzes.importers.contract import Importer
from quizzes.importers.table import write
from quizzes.importers.titled import read
from quizzes.refusals import N_

IMPORTER = Importer(
    key="sheet",
    title=N_("Bảng câu hỏi (XLSX, CSV)"),
    container="rows",
    suffixes=(".xlsx", ".xlsm", ".xls", ".ods", ".csv", ".tsv"),
    read=read,
    write=write,
    asks=True,
)
