"""The alert rules: well formed, about metrics that exist, and each of them explained or self-explaining."""

import re
from pathlib import Path
from typing import Any

import yaml

from deploy.local.places import ROOT

FILE = ROOT / "deploy" / "observability" / "rules.yml"
RULES: list[dict[str, Any]] = [
    rule for group in yaml.safe_load(FILE.read_text(encoding="utf-8"))["groups"] for rule in group["rules"]
]
ENDINGS = ("_bucket", "_count", "_sum", "")


def names_in(folder: Path) -> set[str]:
    """The metrics that our code makes."""
    files = (file for file in folder.rglob("*.py") if "tests" not in file.parts)
    return {name for file in files for name in re.findall(r'"(caker_[a-z_]+)"', file.read_text(encoding="utf-8"))}


def test_every_rule_asks_for_metrics_that_exist_or_for_figures_recorded_before() -> None:
    known = {
        name + ending
        for part in ("shared", "services", "deploy")
        for name in names_in(ROOT / part)
        for ending in ENDINGS
    }
    for rule in RULES:
        asked = set(re.findall(r"caker[a-z0-9_:]+", rule["expr"]))
        assert asked
        assert asked <= known, (rule, asked - known)
        if "record" in rule:
            known.add(rule["record"])


def test_every_alert_says_in_words_what_is_wrong_and_how_bad() -> None:
    alerts = [rule for rule in RULES if "alert" in rule]
    assert len({rule["alert"] for rule in alerts}) == len(alerts) > 5
    for rule in alerts:
        assert rule["labels"]["severity"] in ("warning", "critical")
        assert len(rule["annotations"]["summary"]) > 20


def test_prometheus_loads_them() -> None:
    config = yaml.safe_load((FILE.parent / "prometheus.yml").read_text(encoding="utf-8"))
    compose = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
    assert config["rule_files"] == [FILE.name]
    mounted = [volume.split(":")[:2] for volume in compose["services"]["prometheus"]["volumes"]]
    assert ["./deploy/observability/rules.yml", "/etc/prometheus/rules.yml"] in mounted
