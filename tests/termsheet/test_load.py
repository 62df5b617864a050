"""Loading a template: what is refused, where, and with which advice; everything at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from ftroi.errors import TemplateError
from ftroi.termsheet import Role, load_template
from tests.support.small_template import small_template

MAY_BE_TEXT = """note = "x"
unless = [{ when = "tco < 1", status = "none", text = "none" }]
[twice]
label = "x"
unit = "money"
formula = "tco + tco"
note = "x"
"""

FAULTS = {
    "an unknown key": ("lines_all", 'note = "Paid by the month."', 'note = "x"\ncolour = "x"', "unknown key 'colour'"),
    "a missing key": ("lines_all", 'note = "Paid by the month."', "", "'note' is missing"),
    "a misspelt name": ("lines_all", "live_flag * price *", "live_flag * prise *", "did you mean 'price'"),
    "a wrong unit": ("lines_all", "live_flag * price * month /", "price * month * month /", "the unit is money/month"),
    "a condition as a line": ("lines_all", '"IF(month <= horizon_months, 1, 0)"', '"month <= horizon_months"', "IF"),
    "a literal": ("lines_all", "live_flag * price *", "2 * price *", "only 0 and 1"),
    "a circle": ("lines_all", '"live_flag * price"', '"live_flag * price + costs"', "circular"),
    "PREV without an opening": ("lines_all", "live_flag * price *", "PREV(live_flag) * price *", "no opening"),
    "TOTAL of a single value": ("measures", "TOTAL(costs)", "TOTAL(tco)", "does not vary by month"),
    "an unknown category": ("lines_all", '"visible.work"', '"visible.works"', "no category 'visible.works'"),
    "a line without a nature": ("lines_all", 'nature = "economic"', "", "needs a nature"),
    "a name like a cell address": ("lines_all", "[gain]", "[roi5]", "cell"),
    "a name given twice": ("lines_all", "[gain]", "[price]", "given twice"),
    "ends out of order": ("assumptions_all", "low = 50", "low = 150", "not in order"),
    "a base outside its range": ("assumptions_all", "range = [0, 1000]", "range = [0, 90]", "outside the range"),
    "a ratio of nothing": ("assumptions_all", "low = 50\nbase = 100", "low = 0\nbase = 0", "spread 'ratio'"),
    "an uncertain one without ends": ("assumptions_all", "low = 50\n", "", "needs low"),
    "a text for a number": ("assumptions_all", "base = 100\nhigh", 'base = "100 USD"\nhigh', "'base'"),
    "true for a number": ("assumptions_all", "base = 100\nhigh", "base = true\nhigh", "not true or false"),
    "an option's unknown value": ("options", "price = 0", "prices = 0", "no assumption named 'prices'"),
    "an option's value for the plan": ("options", "price = 0", "divisor = 1", "one value for the whole plan"),
    "an option's value out of range": ("options", "price = 0", "price = -1", "outside the range"),
    "a preset's unknown option": ("presets_plain", '"do_nothing", "act"]', '"do_nothing", "acts"]', "no option 'acts'"),
    "broken TOML": ("lines_all", "[work]", "[work", "not valid TOML"),
    "a measure that may be text, read by a line": (
        "measures",
        'note = "The sum."',
        MAY_BE_TEXT,
        "may be a text",
    ),
}  # fmt: skip


def findings(folder: Path) -> str:
    with pytest.raises(TemplateError) as error:
        load_template(folder)
    return str(error.value)


def test_the_small_template_loads(tmp_path: Path) -> None:
    template = load_template(small_template(tmp_path))
    assert template.lines["costs"].terms == ("visible_costs", "hidden_costs")
    assert template.lines["visible_work"].terms == ("work", "own_visible_work")
    assert template.lines["cash_costs"].terms == ("work", "own_cash_costs")
    assert template.lines["tco"].role is Role.MEASURE
    assert "work" in template.series
    assert "tco" not in template.series


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_named(fault: str, tmp_path: Path) -> None:
    file, old, new, message = FAULTS[fault]
    text = findings(small_template(tmp_path, **{file: (old, new)}))
    assert message in text
    assert ".toml" in text


def test_findings_come_all_at_once_with_file_line_and_caret(tmp_path: Path) -> None:
    folder = small_template(
        tmp_path,
        lines_all=("live_flag * price * month", "live_flg * prise * month"),
        assumptions_all=("low = 50", "low = 150"),
    )
    text = findings(folder)
    assert "lines/all.toml:28: [rest]" in text
    assert "did you mean 'live_flag'" in text
    assert "did you mean 'price'" in text
    assert "are not in order" in text
    assert "\n    live_flg * prise * month / (divisor - month)\n    ^" in text


def test_a_folder_without_a_template(tmp_path: Path) -> None:
    assert "is no template" in findings(tmp_path)


def test_a_file_that_is_missing(tmp_path: Path) -> None:
    folder = small_template(tmp_path)
    (folder / "options.toml").unlink()
    assert "options.toml: cannot be read" in findings(folder)
