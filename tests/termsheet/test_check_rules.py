"""The checks of checks.toml, read; a template with a verdict and without checks has the standard ones."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from ftroi.errors import TemplateError
from ftroi.language import parse
from ftroi.language.rules import CALLABLE_IN_CHECKS
from ftroi.termsheet import load_template
from ftroi.termsheet.check_rules import CHECKS_FILE, CheckPartTable
from tests.support.own_template import changed_template
from tests.support.plans import fine_tuning


def test_a_part_belongs_to_a_check_by_its_number() -> None:
    with pytest.raises(ValidationError, match="check"):
        CheckPartTable.model_validate({"check": "x", "label": "X", "formula": "1"})


def test_a_part_has_a_formula_or_something_to_look_at() -> None:
    for both in ({}, {"formula": "1", "look": "risk"}):
        with pytest.raises(ValidationError, match="either a formula or something to look at"):
            CheckPartTable.model_validate({"check": "1", "label": "X", **both})


def test_a_part_about_an_input_says_what_is_wrong_and_what_to_do() -> None:
    for half in ({}, {"reason": "No."}, {"cure": "Enter one."}):
        with pytest.raises(ValidationError, match="a formula, a reason and a cure"):
            CheckPartTable.model_validate({"check": "1", "label": "X", "formula": "1", "input": "x", **half})


def test_what_adds_up_others_has_a_part_each() -> None:
    parts = fine_tuning().what_is_checked.parts
    part = parts["totals.benefits"]
    assert part.table.label == "Value: its categories add up"
    formula = "WORST(benefits - (value_cash + value_capacity + value_review))"
    assert part.difference == parse(formula, "", CALLABLE_IN_CHECKS)
    assert "categories.visible_compute" in parts


@pytest.mark.parametrize(
    "text, new, says",
    [
        ("WORST(visible_costs + hidden_costs - costs)", "WORST(visible_cost + hidden_costs - costs)", "did you mean"),
        ("WORST(visible_costs + hidden_costs - costs)", "WURST(visible_costs - costs)", "did you mean 'WORST'?"),
        ('look   = "currency"', 'look   = "currencies"', "parts.currency.look"),
        ("in {template_currency}:", "in {template_curency}:", "did you mean 'template_currency'?"),
        ('input   = "in_use"', 'input   = "in_used"', "no assumption or setting 'in_used'; did you mean 'in_use'?"),
        (
            "is_nothing = 0, in_use = 0)",
            "is_nothing = 0, npv < 0)",
            "'npv' is computed; a part about an input mentions",
        ),
        ('reason = "{part} ({where})"', 'reason = "{part} ({there})"', "no assumption or line named 'there'"),
    ],
)
def test_a_fault_is_refused_with_its_place(tmp_path: Path, text: str, new: str, says: str) -> None:
    with pytest.raises(TemplateError) as caught:
        load_template(changed_template(tmp_path / "acme", ("checks.toml", text, new)))
    told = "\n".join(str(one) for one in caught.value.findings)
    assert "checks.toml:" in told
    assert says in told


def test_without_a_file_of_its_own_a_template_has_the_standard_checks(tmp_path: Path) -> None:
    folder = changed_template(tmp_path / "acme")
    (folder / CHECKS_FILE).unlink()
    own, standard = load_template(folder).checks, fine_tuning().checks
    assert own is not None
    assert standard is not None
    assert own.parts.keys() == standard.parts.keys()
