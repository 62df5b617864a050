"""A selector, an input or the horizon changed in LibreOffice: every sheet then says what ``ftroi calc`` says.

The command reads the workbook as it was written, with the same settings by its own options; it never sees the change.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from ftroi.analysis.case_directions import with_directions
from ftroi.workbook.layout.annual import FIRST_YEAR, LAST_YEAR
from ftroi.workbook.layout.compare import FIRST_OPTION
from ftroi.workbook.layout.dashboard import END, MONTH_SHOWN, SHOWN, STEP_AMOUNT
from ftroi.workbook.layout.option import FIRST_MONTH, LAST_MONTH
from ftroi.workbook.layout.workbook import ANNUAL, ASSUMPTIONS, COMPARE, DASHBOARD, Layout
from ftroi.workbook.schema import SEE_FUNCTION
from ftroi.workbook.sheets.registry import layout_of
from ftroi.workbook.write import write_workbook
from tests.support.comparison import Rows
from tests.support.office import Document, Office, used_area
from tests.support.random_plans import base_plan
from tests.support.running import Ftroi

OPTION = "lora_self_hosted"
CHANGES: dict[str, dict[str, Any]] = {
    "the option": {"option": "rag"},
    "the case": {"case": "pessimistic"},
    "an input": {"price_per_label": 2.75},
    "demand": {"requests_per_month": 250_000},
    "a year": {"horizon_months": 12},
    "five years": {"horizon_months": 60, "case": "optimistic", "option": "prompt_engineering"},
}


@dataclass(frozen=True)
class Open:
    """A workbook on the disk, and the same one open in LibreOffice."""

    path: Path
    document: Document
    layout: Layout
    office: Office

    def rows(self, sheet: str) -> Rows:
        rows: Rows = used_area(self.document.Sheets.getByName(sheet)).getDataArray()
        return rows

    def cell(self, name: str) -> Any:
        """The cell of a selector, or the base of an assumption."""
        if name in ("option", "case"):
            return self.office.named(self.document, f"FT_{name.capitalize()}").getCellByPosition(0, 0)
        place = self.layout.assumptions
        return self.document.Sheets.getByName(ASSUMPTIONS).getCellByPosition(place.columns["base"], place.rows[name])


@pytest.fixture
def ftroi(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Ftroi:
    """The command line, with a home of its own."""
    monkeypatch.setenv("FTROI_HOME", str(tmp_path))
    return Ftroi(capsys)


@pytest.fixture(scope="module")
def opened(office: Office, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Open]:
    plan = with_directions(base_plan("rag", OPTION))
    assert any(entry.favourable for entry in plan.entries.values())  # so that cases move some ends the other way
    path = tmp_path_factory.mktemp("follows") / "plan.xlsx"
    write_workbook(plan, path)
    with office.opened(path, editable=True) as document:
        yield Open(path, document, layout_of(plan), office)


@pytest.mark.parametrize("name", CHANGES)
def test_what_is_changed_in_the_spreadsheet_is_what_calc_says(opened: Open, ftroi: Ftroi, name: str) -> None:
    """Nothing is calculated afresh by hand: the spreadsheet follows by itself."""
    changes = CHANGES[name]
    before = {one: opened.cell(one).Formula for one in changes}
    for one, value in changes.items():
        if isinstance(value, str):
            opened.cell(one).String = value
        else:
            opened.cell(one).Value = value
    try:
        said = calc(ftroi, opened.path, changes)
        check_dashboard(opened, said)
        check_compare(opened, said)
        check_annual(opened, said)
        check_charts(opened, said)
    finally:
        for one, formula in before.items():
            opened.cell(one).Formula = formula


def calc(ftroi: Ftroi, path: Path, changes: dict[str, Any]) -> Any:
    words: list[object] = []
    for name, value in changes.items():
        words += [f"--{name}", value] if name in ("option", "case") else ["--set", f"{name}={value}"]
    return ftroi.done("calc", path, "--json", *words).json


def near(value: Any) -> Any:
    return value if isinstance(value, str) else pytest.approx(value, rel=1e-9, abs=1e-3)


def shown_measure(said: Any, name: str) -> Any:
    value = said["measures"][name]
    return said["notes"][name]["text"] if value is None else value


def check_dashboard(opened: Open, said: Any) -> None:
    rows = opened.rows(DASHBOARD)
    for name, row in opened.layout.dashboard.headlines.items():
        if rows[row][SHOWN] != SEE_FUNCTION:
            assert rows[row][SHOWN] == near(shown_measure(said, name)), name


def check_compare(opened: Open, said: Any) -> None:
    compare, rows = opened.layout.compare, opened.rows(COMPARE)
    column = compare.column(said["option"])
    for name in ("tco", "tco_pv", "visible", "hidden", "value", "npv", "unit_cost"):
        assert rows[compare.scalars[name]][column] == near(shown_measure(said, name)), name
    for category, amount in said["by_category"].items():
        if category in compare.totals:
            assert rows[compare.totals[category]][column] == near(amount), category
    assert rows[compare.numbers["FT_OptionNumber"]][FIRST_OPTION] == 1 + compare.options.index(said["option"])


def check_annual(opened: Open, said: Any) -> None:
    rows, annual = opened.rows(ANNUAL), opened.layout.annual
    for key, line in (("tco", "costs"), ("value", "benefits")):
        years = rows[annual.rows[line, ""]][FIRST_YEAR : LAST_YEAR + 1]
        wanted = [said["by_year"].get(str(year), {key: 0.0})[key] for year in range(1, len(years) + 1)]
        assert list(years) == [near(amount) for amount in wanted], line


def check_charts(opened: Open, said: Any) -> None:
    """The cells that the charts draw: the steps to the lifetime cost, and the cumulative cash at the end."""
    rows, dashboard = opened.rows(DASHBOARD), opened.layout.dashboard
    assert rows[dashboard.steps[END]][STEP_AMOUNT] == near(said["measures"]["tco"])
    net = said["measures"]["value"] - said["measures"]["tco"]
    assert rows[dashboard.months[-1]][MONTH_SHOWN] == near(net)
    costs = opened.rows(COMPARE)[opened.layout.compare.block("costs")[opened.layout.compare.column(said["option"]) - 3]]
    months = costs[FIRST_MONTH : LAST_MONTH + 1]
    assert sum(float(one or 0) for one in months) == near(said["measures"]["tco"])
    assert not any(months[int(said["horizon_months"]) :])
