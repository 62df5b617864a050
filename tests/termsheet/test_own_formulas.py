"""Formulas of the user's own: computed for their option alone, and refused with a reason where they cannot be."""

from __future__ import annotations

import numpy as np
import pytest

from ftroi.analysis.sweep import with_role_options
from ftroi.errors import PlanError
from ftroi.plan import calculate
from ftroi.termsheet.own_formulas import OwnFormula, dependants
from tests.support.edited import small_plan

LINE, OPTION = "data_labelling", "rag"


def test_a_line_has_another_formula_in_one_option_and_the_others_stay() -> None:
    plan = small_plan()
    own = plan.with_formulas((OwnFormula(OPTION, LINE, "operate_flag * 250"),))
    before, after = calculate(plan), calculate(own)
    operated = before.row("operate_flag", OPTION)
    assert operated.sum() > 0
    np.testing.assert_array_equal(after.row(LINE, OPTION), operated * 250)
    added = (operated * 250).sum() - before.row(LINE, OPTION).sum()
    assert after.number("tco", OPTION) - before.number("tco", OPTION) == pytest.approx(added, rel=1e-9)
    for option in set(plan.settings.options) - {OPTION}:
        assert after.number("tco", option) == before.number("tco", option)
    assert own.with_formulas(()).template is plan.template


def test_it_follows_its_option_when_fewer_options_are_computed() -> None:
    plan = small_plan().with_formulas((OwnFormula(OPTION, LINE, "operate_flag * 250"),))
    fewer = with_role_options(plan, plan.settings.candidate)
    assert fewer.settings.options != plan.settings.options
    fewer = with_role_options(plan, OPTION)
    assert calculate(fewer).number("tco", OPTION) == calculate(plan).number("tco", OPTION)


@pytest.mark.parametrize(
    "line, formula, says",
    [
        ("no_such_line", "1", "no line is named"),
        (LINE, "no_such_name * 2", "no assumption or line named"),
        (LINE, "IF(operate_flag, 1, 0)", "a number where a condition must stand"),
        (LINE, "(operate_flag > 0) * 5", "a condition where a number must stand"),
        (LINE, "tco_to_nowhere +", "expected"),
        (LINE, "TOTAL(discount_rate)", "is no line"),
        (LINE, "PREV(data_curation)", "no value before the first month"),
        ("operate_flag", "TOTAL(costs) / 100", "take it out of the circle"),
        ("own_visible_training_data", "5", "own costs"),
    ],
)
def test_what_cannot_be_computed_is_refused(line: str, formula: str, says: str) -> None:
    with pytest.raises(PlanError, match=says) as caught:
        small_plan().with_formulas((OwnFormula(OPTION, line, formula),))
    assert all(one.where == f"own formula of {line} in {OPTION}" for one in caught.value.findings)


def test_what_rests_on_a_line_is_found_to_the_end() -> None:
    names = [one.name for one in dependants(small_plan().template, LINE)]
    assert {"visible_training_data", "tco", "npv"} <= set(names)
    assert LINE not in names
