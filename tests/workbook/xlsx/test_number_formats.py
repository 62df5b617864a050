"""Kinds of numbers follow units, and names where the unit does not say enough."""

from __future__ import annotations

import pytest

from ftroi.workbook.xlsx.number_formats import number_of_assumption, number_of_line
from ftroi.workbook.xlsx.styles import NUMBERS
from tests.support.plans import fine_tuning


@pytest.mark.parametrize(
    "name,unit,number",
    [
        ("tco", "money", "whole"),
        ("data_labelling", "money/month", "whole"),
        ("unit_cost", "money/krequest", "price"),
        ("served", "request/month", "whole"),
        ("live_flag", "1", "flag"),
        ("rebase_flag", "rebase/month", "flag"),
        ("wage_index", "1", "factor"),
        ("hidden_share", "1", "percent"),
        ("hidden_multiple", "1", "multiple"),
        ("integration_to_ml", "1", "multiple"),
        ("irr", "1", "percent"),
        ("payback_months", "month", "months"),
        ("base_age", "month", "general"),
        ("gpus_needed", "GPU", "decimal"),
    ],
)
def test_a_line_is_shown_as_what_it_is(name: str, unit: str, number: str) -> None:
    assert number_of_line(name, unit) == number


@pytest.mark.parametrize(
    "name,number",
    [
        ("withdrawal_date", "date"),
        ("cash_share", "input percent"),
        ("wage_growth", "input percent"),
        ("in_use", "general"),
        ("peak_factor", "general"),
        ("engineer_salary", "input whole"),
        ("price_per_label", "input price"),
        ("build_months", "general"),
    ],
)
def test_an_input_is_shown_as_what_it_is(name: str, number: str) -> None:
    assert number_of_assumption(fine_tuning().assumptions[name]) == number


def test_every_kind_has_a_number_format() -> None:
    template = fine_tuning()
    kinds = {number_of_line(line.name, line.unit) for line in template.lines.values()}
    kinds |= {number_of_assumption(assumption) for assumption in template.assumptions.values()}
    assert kinds <= set(NUMBERS)
