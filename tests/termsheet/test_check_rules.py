"""The checks of checks.toml, read; a template with a verdict and without checks has the standard ones."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from ftroi.termsheet import load_template
from ftroi.termsheet.check_rules import CHECKS_FILE, CheckPartTable
from tests.support.own_template import changed_template
from tests.support.plans import fine_tuning


def test_a_part_belongs_to_a_check_by_its_number() -> None:
    with pytest.raises(ValidationError, match="check"):
        CheckPartTable.model_validate({"check": "x", "label": "X", "each": "option", "formula": "1"})


def test_without_a_file_of_its_own_a_template_has_the_standard_checks(tmp_path: Path) -> None:
    folder = changed_template(tmp_path / "acme")
    (folder / CHECKS_FILE).unlink()
    own, standard = load_template(folder).checks, fine_tuning().checks
    assert own is not None
    assert standard is not None
    assert own.parts.keys() == standard.parts.keys()
