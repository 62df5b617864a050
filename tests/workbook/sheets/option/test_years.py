"""Each option's sheet begins with its years: a dozen rows, their chart, and all of it in a laptop's window."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from ftroi.dates import MONTHS_OF_A_YEAR
from ftroi.plan import calculate
from ftroi.workbook.layout.option import (
    FIRST_YEAR,
    HEADER_ROW,
    LABEL,
    LAST_YEAR,
    NAME,
    OPENING,
    UNIT,
    VALUE,
    Kind,
    summed_up,
)
from ftroi.workbook.sheets.registry import layout_of
from ftroi.workbook.xlsx.addresses import letters
from tests.support.edited import small_plan, small_workbook

LAPTOP_WIDTH, LAPTOP_HEIGHT = 1300, 575
"""What LibreOffice has room for at 1366 x 768 and 100%: the width beside the row numbers, and the height."""


@pytest.fixture(scope="module", params=[True, False], ids=["figures", "formulas"])
def book(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Workbook:
    path: Path = small_workbook(tmp_path_factory.mktemp("years"))
    return load_workbook(path, data_only=request.param)


def test_years_are_the_sums_of_the_engines_months(tmp_path: Path) -> None:
    figures, plan = load_workbook(small_workbook(tmp_path), data_only=True), small_plan()
    layout, results = layout_of(plan), calculate(plan)
    for option, sheet in layout.sheets.items():
        cells = figures[sheet]
        for name, row in layout.option.years.items():
            months = results.row(name, option)
            assert cells.cell(row + 1, VALUE + 1).value == pytest.approx(sum(months), rel=1e-9, abs=1e-6)
            for year, column in enumerate(range(FIRST_YEAR, LAST_YEAR + 1)):
                wanted = sum(months[year * MONTHS_OF_A_YEAR : (year + 1) * MONTHS_OF_A_YEAR])
                assert cells.cell(row + 1, column + 1).value == pytest.approx(wanted, rel=1e-9, abs=1e-6)


def test_the_summary_leads_with_cost_and_value_in_twelve_rows() -> None:
    plan = small_plan()
    rows = layout_of(plan).option.years
    assert tuple(rows) == summed_up(plan.template)
    assert tuple(rows)[:4] == ("visible_costs", "hidden_costs", "costs", "benefits")
    assert len(rows) == 12
    assert list(rows.values()) == list(range(HEADER_ROW + 2, HEADER_ROW + 14))


def test_each_sheet_has_a_chart_of_its_own_years(book: Workbook) -> None:
    layout = layout_of(small_plan())
    rows = [layout.option.years[name] + 1 for name in ("visible_costs", "hidden_costs")]
    for sheet in layout.sheets.values():
        cells: Any = book[sheet]
        if sheet == layout.sheets["do_nothing"]:
            assert cells._charts == []  # it costs nothing, and an empty box says nothing
            continue
        (chart,) = cells._charts
        drawn = [one.val.numRef.f for one in chart.series]
        first, last = letters(FIRST_YEAR), letters(LAST_YEAR)
        assert drawn == [f"'{sheet}'!${first}${row}:${last}${row}" for row in rows]
        assert chart.anchor._from.row == layout.option.years["present_increment_net"] + 1


def test_summary_and_chart_fit_a_laptops_window_and_leave_two_thirds_to_the_months(book: Workbook) -> None:
    option = layout_of(small_plan()).option
    chart = next(one.row for one in option.of_kind(Kind.CHART))
    for sheet in layout_of(small_plan()).sheets.values():
        cells = book[sheet]
        heights = [(cells.row_dimensions[row].height or 15) * 4 / 3 for row in range(1, chart + 2)]
        assert sum(heights) <= LAPTOP_HEIGHT
        widths = [cells.column_dimensions[letters(one)].width * 7 for one in (LABEL, UNIT, OPENING)]
        assert widths[0] <= LAPTOP_WIDTH / 3
        assert cells.column_dimensions[letters(NAME)].hidden
        assert cells.freeze_panes == f"{letters(NAME)}{HEADER_ROW + 2}"
