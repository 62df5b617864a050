"""``ftroi simulate`` as people and programs see it."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from tests.support.memory import IS_TOLD


def run(*words: str) -> subprocess.CompletedProcess[str]:
    """Run the command on a ready-made plan with few draws."""
    command = [sys.executable, "-m", "ftroi", "simulate", "--preset", "support_assistant", "--draws", "256", *words]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_json_holds_every_option_and_its_stamp() -> None:
    done = run("--all", "--json", "--seed", "7", "--budget", "1000000000")
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert (report["draws"], report["seed"], report["method"]) == (256, 7, "sobol")
    assert report["options"]["prompt_engineering"]["odds"]["beats_reference"] == 0
    assert report["options"]["lora_hosted"]["odds"]["within_budget"] == 1
    assert done.stdout == run("--all", "--json", "--seed", "7", "--budget", "1000000000").stdout


def test_people_read_labels_figures_and_odds() -> None:
    done = run("--option", "rag")
    assert done.returncode == 0, done.stderr
    assert " TCO" in done.stdout
    assert "most likely value of every range" in done.stdout
    assert "Beats the baseline:" in done.stdout
    assert max(len(line) for line in done.stdout.splitlines()) <= 100


def test_events_are_shown_apart_and_together_with_their_errors() -> None:
    shown = run("--option", "rag").stdout
    for words in ("What the base case leaves out", "vendor withdrawal", "step-change of base models", "every event"):
        assert words in shown
    report = json.loads(run("--option", "rag", "--json").stdout)["options"]["rag"]
    found, errors = report["odds"], report["odds_errors"]
    means = [found[f"npv_mean_with_{event}"] for event in ("abandonment", "withdrawal", "leap", "events")]
    assert len(set(means)) == len(means)
    assert min(means) == means[-1] < report["measures"]["npv"]["mean"]
    assert set(errors) == set(found)
    assert errors["npv_mean_with_events"] > 0
    assert report["measures"]["tco"]["percentile_errors"]["p80"] > 0


def test_a_contingency_is_refused() -> None:
    done = run("--set", "contingency_rate=10%")
    assert done.returncode == 2
    assert "would count the risk twice" in done.stderr
    assert "Traceback" not in done.stderr


PEAK = """
import sys
from ftroi.cli import main
from tests.support.memory import peak_memory
try:
    main(sys.argv[1:])
finally:
    print(peak_memory(), file=sys.stderr)
"""


@pytest.mark.skipif(not IS_TOLD, reason="memory is read where Linux tells it")
def test_memory_is_that_of_what_is_kept() -> None:
    words = ("simulate", "--preset", "support_assistant", "--draws", "65536", "--json")
    done = subprocess.run([sys.executable, "-c", PEAK, *words], capture_output=True, text=True, check=True)
    assert int(done.stderr) < 400_000_000
