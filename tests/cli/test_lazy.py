"""No command pays for what it does not use."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.support.edited import light_workbook

# Typer itself reads the words of a command with pydantic.
HEAVY = {
    "numpy",
    "openpyxl",
    "lxml",
    "rich",
    "scipy",
    "scipy.stats",
    "scipy.interpolate",
    "platformdirs",
    "numba",
    "pandas",
    "genai_prices",
}


def imported_by(*words: object) -> set[str]:
    """Run a command in a process of its own and give the heavy packages and modules that it has imported."""
    program = (
        "import sys, ftroi.cli\ntry:\n    ftroi.cli.main()\nfinally:\n    sys.stderr.write('|' + ' '.join(sys.modules))"
    )
    command = [sys.executable, "-c", program, *(str(word) for word in words)]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    return HEAVY & set(ended.stderr.rpartition("|")[2].split())


@pytest.mark.parametrize("words", [("--help",), ("--version",), ("calc", "--help"), ("template", "add", "--help")])
def test_help_and_version_import_nothing_heavy(words: tuple[str, ...]) -> None:
    assert imported_by(*words) == set()


def test_json_of_a_preset_needs_no_workbook_and_no_folder_of_the_persons() -> None:
    used = imported_by("calc", "--preset", "support_assistant", "--json")
    assert used <= {"numpy", "rich"}


def test_reading_a_workbook_does_not_load_what_writes_one(tmp_path: Path) -> None:
    used = imported_by("calc", light_workbook(tmp_path), "--json")
    assert "lxml" in used
    assert not used & {"openpyxl"}


def test_a_simulation_imports_only_the_small_parts_of_scipy() -> None:
    used = imported_by("simulate", "--preset", "support_assistant", "--draws", "64", "--json")
    assert "scipy" in used
    assert not used & {"scipy.stats", "scipy.interpolate", "pandas"}


@pytest.mark.benchmark
def test_help_takes_at_most_three_times_as_long_as_importing_typer() -> None:
    def best(*words: str) -> float:
        seconds = []
        for _ in range(7):
            start = time.perf_counter()
            subprocess.run([sys.executable, *words], capture_output=True, check=True)
            seconds.append(time.perf_counter() - start)
        return min(seconds)

    assert best("-m", "ftroi", "--help") <= 3 * best("-c", "import typer")
