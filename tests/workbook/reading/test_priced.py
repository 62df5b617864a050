"""A figure of the template follows the exchange rate until it is typed over, in a file that nobody has computed too."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from ftroi.plan import Plan, calculate, plan_from_preset
from ftroi.plan.currency import converted
from ftroi.termsheet.catalogue import template_of_id
from ftroi.workbook.reading.priced import FACTOR, is_priced, power_of_money, price_in, priced
from ftroi.workbook.sheets.registry import layout_of
from ftroi.workbook.write import write_workbook
from tests.support.edited import read_plan
from tests.support.plans import fine_tuning

PLAN = plan_from_preset(fine_tuning(), "support_assistant", ["rag"])


@given(st.floats(0, 1e9), st.floats(1e-3, 1e4), st.sampled_from((1.0, -1.0, 2.0)))
def test_a_figure_comes_back_at_its_rate_and_travels_with_another(figure: float, rate: float, power: float) -> None:
    text = priced(figure, power, rate)
    assert is_priced(text)
    assert price_in(text, rate) == pytest.approx(figure, rel=1e-10)
    assert price_in(text, 2 * rate) == pytest.approx(figure * 2**power, rel=1e-10)


@pytest.mark.parametrize("formula", ["", "2", f"2+{FACTOR}", f"D4*{FACTOR}", f"2*{FACTOR}*3", "2*OTHER"])
def test_nothing_else_is_one(formula: str) -> None:
    assert not is_priced(formula)
    assert price_in(formula, 2.0) is None


def typed_into(path: Path, **cells: float | str | date) -> Plan:
    """The plan of a workbook after a script has typed settings and bases, which computes nothing."""
    book, layout = load_workbook(path), layout_of(PLAN).assumptions
    for key, value in cells.items():
        row = layout.settings.get(key, layout.rows.get(key, -1))
        book["Assumptions"].cell(row + 1, layout.setting_column + 1).value = value
    book.save(path)
    return read_plan(path, template_of_id)


def test_a_currency_with_its_rate_converts_what_came_along_and_leaves_what_was_typed(tmp_path: Path) -> None:
    path, day = tmp_path / "plan.xlsx", date(2027, 1, 4)
    write_workbook(PLAN, path)
    settings: dict[str, float | str | date] = {"currency": "EUR", "exchange_rate": 0.9, "exchange_rate_date": day}
    found = typed_into(path, value_per_request=2.5, **settings)
    expected = converted(PLAN, "EUR", 0.9, day)
    assert found.settings == expected.settings
    assert found.entries["value_per_request"].base == 2.5
    for name in set(found.entries) - {"value_per_request"}:
        assert found.entries[name] == expected.entries[name], name
    assert found.template.currency == "EUR"
    assert found.template.list_currency == "USD"


def test_converted_money_is_the_rate_times_as_much_and_shares_stay() -> None:
    before, after = calculate(PLAN), calculate(converted(PLAN, "EUR", 0.9, date(2027, 1, 4)))
    for option in PLAN.settings.options:
        assert after.number("tco", option) == pytest.approx(0.9 * before.number("tco", option), abs=0.01)
        assert after.number("npv", option) == pytest.approx(0.9 * before.number("npv", option), abs=0.01)


def test_only_figures_with_money_in_their_unit_are_priced() -> None:
    assumptions = fine_tuning().assumptions
    assert power_of_money(assumptions["value_per_request"]) == 1
    assert power_of_money(assumptions["discount_rate"]) == 0
