"""Options that could be taken for each other, and assumptions whose place another takes, are found when loading."""

from __future__ import annotations

from pathlib import Path

import pytest

from ftroi.errors import TemplateError
from ftroi.termsheet import load_template
from tests.support.own_template import changed_template
from tests.support.plans import fine_tuning


def refused(folder: Path, *changes: tuple[str, str, str]) -> str:
    with pytest.raises(TemplateError) as error:
        load_template(changed_template(folder, *changes))
    return str(error.value)


def test_two_options_with_one_label_are_refused(tmp_path: Path) -> None:
    """Whoever types it in a cell could mean either."""
    label, other = (fine_tuning().options[one].label for one in ("rag", "lora_hosted"))
    told = refused(tmp_path / "acme", ("options.toml", f'label       = "{label}"', f'label = "{other.upper()}"'))
    assert f"'{other.casefold()}' is a name of [" in told
    assert "give each option labels of its own" in told


def test_what_takes_an_assumption_s_place_must_exist(tmp_path: Path) -> None:
    change = ("assumptions/value.toml", '["people", "hours_saved",', '["peopel", "hours_saved",')
    assert "did you mean 'people'" in refused(tmp_path / "acme", change)


def test_a_question_fits_questions_that_there_are(tmp_path: Path) -> None:
    change = (
        "questions.toml",
        'input    = "cash_share"\nfits     = ["worth"',
        'input    = "cash_share"\nfits     = ["wroth"',
    )
    assert "no question 'wroth'" in refused(tmp_path / "acme", change)
