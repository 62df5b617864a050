"""A workbook whose sheets say something else than the engine is told so by every command that computes it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.support.edited import small_workbook
from tests.support.plans import fine_tuning
from tests.support.running import Ftroi

COMMANDS = ("calc", "compare")
FILE, FORMULA = "data.toml", '"examples * (1 - synthetic_share) * price_per_label * (1 + rework_rate)"'
TWICE = '"(1 + 1) * examples * (1 - synthetic_share) * price_per_label * (1 + rework_rate)"'


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of their own for registered templates."""
    monkeypatch.setenv("FTROI_HOME", str(tmp_path / "home"))
    return tmp_path


@pytest.mark.parametrize("command", COMMANDS)
def test_a_workbook_as_written_is_computed_without_a_word(command: str, ftroi: Ftroi, home: Path) -> None:
    answer = ftroi(command, small_workbook(home), "--json")
    assert (answer.code, "was saved with" in answer.out) == (0, False)


def test_a_template_changed_under_the_same_id_and_version_is_told(ftroi: Ftroi, home: Path) -> None:
    """The workbook was made with one edition, and is computed with another that bears the same version."""
    path, folder = home / "plan.xlsx", home / "ours"
    shutil.copytree(fine_tuning().folder, folder)
    _replace(folder / "template.toml", '"fine_tuning"', '"ours"')
    assert ftroi("template", "add", folder).code == 0
    assert ftroi("new", path, "--template", "ours", "--options", "rag").code == 0
    _replace(folder / "lines" / FILE, FORMULA, TWICE)
    for command in COMMANDS:
        answer = ftroi(command, path, "--json")
        assert answer.code == 0
        told = next(one for one in answer.json["warnings"] if "was saved with" in one)
        assert "more such: ftroi check lists them" in told


def _replace(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
