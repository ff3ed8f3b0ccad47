"""The acts of power over sites, as the audit log calls them."""

from __future__ import annotations

from quizzes.refusals import N_

ACTIONS = {
    "site.made": N_("Ghi một tuyến phố, chợ"),
    "site.criteria": N_("Sửa tiêu chí tuyến phố, chợ"),
    "site.recognised": N_("Ghi nhận một tuyến phố, chợ"),
    "site.withdrawn": N_("Rút ghi nhận một tuyến phố, chợ"),
}
