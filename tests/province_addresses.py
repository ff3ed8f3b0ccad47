"""Every address of a planted province that answers a GET, found in the map of addresses.

The benchmark of pages measures them in a whole province, the suite counts what they ask of a small one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from app.services.province.contests import DRAFT, OVER

OF_A_TEACHING = ("goal.one", "goal.visit", "goal.code", "goal.code_state", "taught.page", "witness.visit")
OF_A_CAMPAIGN = ("movement", "movement_desk", "goal", "point_rules")
OF_A_SEASON = {
    "standings": "standing",
    "standing_desk": "standing",
    "award_desk": "batch",
    "certificates": "award",
    "scorecards": "card",
}
SETTING_UP = ("contest_setup", "headcounts")
"""Pages of a contest that has not opened yet."""
CHOICES: dict[str, list[Any]] = {
    "chapter_id": [1, 2, 3], "member_id": [7], "bank_id": [1], "question_id": [1], "no": [1], "form": ["csv", "xlsx"],
    "kind": ["csv", "members", "chapters", "pdf"], "code": ["en"], "pin": ["100500"], "attempt": ["province-3"],
    "number": [1], "design": ["drum"],
}  # fmt: skip
QUERIES = {
    "ranking.index": ["?by=per_head", "?kind=xa_phuong"], "chapters.index": ["?q=khu+phố"], "shows.index": [""],
    "chapters.find": ["?q=sen", "?q=chi+đoàn"], "members.index": ["?q=nguyễn+an", "?q=xyz", "?left=1"],
    "admin.audit": ["?before=50000"], "ledger.index": ["?before=500000"], "contest_results.one": ["?page=500", "?q=an"],
}  # fmt: skip
UNREAL = {"static_file", "home.language", "live.screen", "metrics", "healthz"}
"""Not pages: files, a cookie, what waits on purpose, what has a token."""


def addresses(app: Any, moved: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """(endpoint, address) of everything that answers a GET and can be named."""
    for rule in sorted(app.url_map.iter_rules(), key=lambda one: one.endpoint):
        if "GET" not in (rule.methods or ()) or rule.endpoint in UNREAL:
            continue
        for address in _filled(rule.endpoint, rule.rule, moved):
            yield rule.endpoint, address
            yield from ((rule.endpoint, address + query) for query in QUERIES.get(rule.endpoint, ()) if query)


def _filled(endpoint: str, rule: str, moved: Mapping[str, str]) -> list[str]:
    found = [rule]
    for name in re.findall(r"<(?:\w+:)?(\w+)>", rule):
        area = endpoint.partition(".")[0]
        if name == "public_id" and endpoint in OF_A_TEACHING:
            values: list[Any] = [moved["teaching"]]
        elif name == "public_id" and area in OF_A_CAMPAIGN:
            values = [moved["campaign"]]
        elif name == "public_id" and area in OF_A_SEASON and OF_A_SEASON[area] in moved:
            values = [moved[OF_A_SEASON[area]]]
        elif name == "public_id":
            live = area in ("shows", "results", "live")
            values = ["province-show-7"] if live else [DRAFT if area in SETTING_UP else OVER]
        else:
            values = CHOICES.get(name, [])
        found = [re.sub(rf"<(?:\w+:)?{name}>", str(value), one) for one in found for value in values]
    return found
