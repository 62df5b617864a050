"""The file as it is shipped, computed afresh by IronCalc and by Gnumeric: every cell shows what the file says."""

from __future__ import annotations

import shutil
import subprocess
import warnings
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path

import ironcalc
import pytest
from openpyxl import load_workbook

from ftroi.functions.registry import FUNCTIONS
from ftroi.termsheet import serial
from ftroi.workbook.layout.checks import STATE, WHAT
from ftroi.workbook.layout.option import FIRST_MONTH
from ftroi.workbook.layout.workbook import ASSUMPTIONS, CHECKS_SHEET
from ftroi.workbook.sheets.registry import layout_of
from tests.support.edited import small_plan, small_workbook

EXACT = 1e-9
"""Of the largest number of a row."""

Cells = Mapping[str, list[list[float | str]]]


def value(found: object) -> float | str:
    """A number (a date by its serial number), a text, or "" for nothing."""
    if isinstance(found, datetime):
        return float(serial(found.date()))
    if found is None:
        return ""
    return float(found) if isinstance(found, int | float) else str(found)


def read(path: Path) -> Cells:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Gnumeric writes what openpyxl has its doubts about
        book = load_workbook(path, data_only=True)
    return {sheet.title: [[value(one) for one in row] for row in sheet.iter_rows(values_only=True)] for sheet in book}


def by_ironcalc(path: Path, like: Cells) -> Cells:
    model = ironcalc.load_from_xlsx(str(path), "en", "UTC", "en")
    model.evaluate()
    names = [one["name"] for one in model.get_worksheets_properties()]
    return {
        name: [
            [value(model.get_cell_value(names.index(name), row, column)) for column, _ in enumerate(cells, start=1)]
            for row, cells in enumerate(rows, start=1)
        ]
        for name, rows in like.items()
    }


def by_gnumeric(path: Path, _: Cells) -> Cells:
    program = shutil.which("ssconvert", path="/usr/bin:/bin")
    if program is None:
        pytest.skip("not on this machine: ssconvert; to install: sudo apt-get install gnumeric")
    computed = path.with_name("computed.xlsx")
    subprocess.run([program, "--recalc", str(path), str(computed)], check=True, capture_output=True)
    return read(computed)


def differences(wanted: Cells, found: Cells) -> Iterator[str]:
    for name in wanted:
        for number, (row, cells) in enumerate(zip(wanted[name], found[name], strict=False), start=1):
            size = max((abs(one) for one in row if isinstance(one, float)), default=1.0)
            padded = [*cells, *([""] * (len(row) - len(cells)))]
            for column, (one, other) in enumerate(zip(row, padded, strict=False), start=1):
                near = isinstance(one, float) and isinstance(other, float) and abs(one - other) <= EXACT * size
                if not near and one != other:
                    yield f"{name} row {number} column {column}: {other!r} in place of {one!r}"


@pytest.mark.parametrize("engine", [by_ironcalc, by_gnumeric], ids=["IronCalc", "Gnumeric"])
def test_every_cell_shows_what_the_file_says(engine: object, tmp_path: Path) -> None:
    path = small_workbook(tmp_path)
    wanted = read(path)
    assert callable(engine)
    assert list(differences(wanted, engine(path, wanted)))[:20] == []


def test_a_month_typed_over_and_a_half_month_fail_their_checks_in_gnumeric(tmp_path: Path) -> None:
    """Neither the first month nor the last, so that a program that looks at one cell of a row alone is found out.

    IronCalc takes the empty cells of a file that openpyxl has loaded and saved for zeros.
    """
    path, plan = small_workbook(tmp_path), small_plan()
    layout, option = layout_of(plan), plan.settings.option
    month = FIRST_MONTH + plan.horizon // 2
    book = load_workbook(path)
    book[layout.sheets[option]].cell(layout.option.rows["costs"] + 1, month + 1).value = 1e6
    base = layout.assumptions.rows["build_months"] + 1, layout.assumptions.columns["base"] + 1
    book[ASSUMPTIONS].cell(*base).value = 2.5
    book.save(path)
    checks = by_gnumeric(path, {})[CHECKS_SHEET]
    states = {row[WHAT]: row[STATE] for row in checks}
    parts = plan.template.what_is_checked.parts
    failing = ("visible_and_hidden", "cost_by_nature", "whole")
    assert {states[parts[name].table.label] for name in failing} == {"fail"}
    assert {states[parts[name].table.label] for name in ("range", "own_costs", "live")} == {"pass"}


def test_a_difference_would_be_seen() -> None:
    assert list(differences({"A": [[1.0, "x"]]}, {"A": [[1.1, "x"]]}))
    assert list(differences({"A": [[1.0, "x"]]}, {"A": [[1.0]]}))
    assert not list(differences({"A": [[1.0, "x"]]}, {"A": [[1.0 + 1e-12, "x"]]}))


def test_no_name_is_spelt_like_a_function(tmp_path: Path) -> None:
    """Excel looks a function that it does not know up among the names."""
    book = load_workbook(small_workbook(tmp_path))
    names = {name.upper() for name in book.defined_names}
    names |= {name.upper() for sheet in book.worksheets for name in sheet.defined_names}
    assert names & {name.upper() for name in FUNCTIONS} == set()
