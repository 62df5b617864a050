"""``ftroi simulate`` as people and programs see it."""

from __future__ import annotations

import json
import subprocess
import sys


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
    assert "Lifetime cost" in done.stdout
    assert "most likely value of every range" in done.stdout
    assert "Beats the reference:" in done.stdout
    assert max(len(line) for line in done.stdout.splitlines()) <= 100


def test_a_contingency_is_refused() -> None:
    done = run("--set", "contingency_rate=10%")
    assert done.returncode == 2
    assert "would count the risk twice" in done.stderr
    assert "Traceback" not in done.stderr
