"""The alert rules: Prometheus' own tool takes them, and every measure they ask for is one the program has."""

from __future__ import annotations

import re
import subprocess

import pytest
import yaml
from prometheus_client import REGISTRY

from app import exposition, measures
from tests import services
from tests.deploy.proxies import DEPLOY
from tests.serving import ROOT

FOLDER = DEPLOY / "prometheus"
RULES = yaml.load((FOLDER / "alerts.yml").read_text(), yaml.CSafeLoader)["groups"][0]["rules"]


@pytest.mark.parametrize(
    "words",
    [
        ["check", "rules", "alerts.yml"],
        ["check", "config", "--syntax-only", "prometheus.yml"],
        ["test", "rules", "alerts_test.yml"],
    ],
    ids=" ".join,
)
def test_prometheus_takes_the_rules_and_they_call_when_they_should(words: list[str]) -> None:
    done = subprocess.run([services.promtool_program(), *words], cwd=FOLDER, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_rule_is_tried_both_ways_and_told_in_the_operations() -> None:
    tried = yaml.load((FOLDER / "alerts_test.yml").read_text(), yaml.CSafeLoader)["tests"]
    names = [rule["alert"] for rule in RULES]
    for test, calls in zip(tried, (False, True), strict=True):
        assert [one["alertname"] for one in test["alert_rule_test"]] == names
        assert all(bool(one.get("exp_alerts")) is calls for one in test["alert_rule_test"])
    told = (ROOT / "docs/operations.md").read_text()
    assert not [name for name in names if f"`{name}`" not in told]


def test_every_measure_a_rule_asks_for_exists() -> None:
    assert measures.REQUESTS
    known = {name for family in REGISTRY.collect() for name in (family.name, *(one.name for one in family.samples))}
    known |= {f"{name}{end}" for name in known for end in ("_total", "_bucket", "_count", "_sum")}
    known |= {"up", exposition.AGE}
    asked = {name for rule in RULES for name in re.findall(r"\b(?:up|scs_\w+|process_\w+)\b", rule["expr"])}
    assert asked <= known
    assert {"scs_trouble", "scs_ack_seconds_bucket", exposition.AGE} <= asked
