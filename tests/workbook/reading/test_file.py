"""What was typed into a workbook is what is computed."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl.workbook.defined_name import DefinedName

from ftroi.errors import WorkbookError
from ftroi.plan import Entry, GateEntry, OwnCost, Plan, calculate, plan_from_preset
from ftroi.plan.currency import in_currency
from ftroi.termsheet import serial
from ftroi.workbook.reading.file import read_workbook, require_readable
from ftroi.workbook.write import write_workbook
from tests.support.depth import seeds
from tests.support.edited import Inputs, fine_tuning_by_id, light_workbook, read_plan, small_plan, small_workbook
from tests.support.office import Office
from tests.support.parity_gates import with_gates
from tests.support.plans import fine_tuning
from tests.support.random_plans import random_plan


def assert_same(read: Plan, written: Plan) -> None:
    """Compare two plans; a workbook keeps 16 digits."""
    assert read.settings == written.settings
    assert len(read.own_costs) == len(written.own_costs)
    for one, other in zip(read.own_costs, written.own_costs, strict=True):
        assert replace(one, amount=0, growth=0) == replace(other, amount=0, growth=0)
        assert (one.amount, one.growth) == pytest.approx((other.amount, other.growth), rel=1e-14)
    assert read.entries.keys() == written.entries.keys()
    for name, entry in written.entries.items():
        assert_same_entry(read.entries[name], entry, name)


def assert_same_entry(read: Entry, written: Entry, name: str) -> None:
    assert (read.low is None, read.high is None) == (written.low is None, written.high is None), name
    figures = {key: getattr(written, key) for key in ("base", "low", "high") if getattr(written, key) is not None}
    assert {key: getattr(read, key) for key in figures} == pytest.approx(figures, rel=1e-14), name
    assert dict(read.own) == pytest.approx(dict(written.own), rel=1e-14), name
    assert read.distribution == written.distribution, name


@pytest.mark.parametrize("preset", ["support_assistant", "clinical_summaries"])
def test_a_preset_is_read_back_as_it_was_written(preset: str, tmp_path: Path) -> None:
    plan = plan_from_preset(fine_tuning(), preset)
    write_workbook(plan, tmp_path / "plan.xlsx")
    reading = read_workbook(tmp_path / "plan.xlsx", fine_tuning_by_id)
    assert_same(reading.plan, plan)
    assert reading.warnings == ()


@pytest.mark.parametrize("seed", seeds(2, 6))
def test_random_plans_are_read_back_as_they_were_written(seed: int, tmp_path: Path) -> None:
    plan = random_plan(seed)
    write_workbook(plan, tmp_path / "plan.xlsx")
    assert_same(read_plan(tmp_path / "plan.xlsx", fine_tuning_by_id), plan)


def test_a_plan_in_another_currency_is_read_back_with_its_rate(tmp_path: Path) -> None:
    euros = in_currency(fine_tuning(), "EUR", 0.9137)
    plan = plan_from_preset(euros, "support_assistant", ["rag"])
    plan = plan.with_settings(exchange_rate=0.9137, exchange_rate_date=plan.settings.start)
    write_workbook(plan, tmp_path / "plan.xlsx")
    read = read_plan(tmp_path / "plan.xlsx", fine_tuning_by_id)
    assert_same(read, plan)
    assert read.template.assumptions["value_per_request"].table == euros.assumptions["value_per_request"].table


def test_figures_texts_and_own_costs_are_read_as_typed(tmp_path: Path) -> None:
    inputs = Inputs(light_workbook(tmp_path))
    inputs.cell("requests_per_month").value = 250_000
    inputs.cell("requests_per_month", "low").value = 100_000
    inputs.cell("discount_rate").value = 0.085
    inputs.cell("wage_growth", "low").value = 0.01
    inputs.cell("build_months", "rag").value = 4
    inputs.cell("project", "value").value = 2027
    inputs.own_cost(
        3, label="Lawyers", option="all", category="hidden.compliance", nature="cash",
        first_month=2, last_month=9, amount=1_500, growth=None,
    )  # fmt: skip
    plan = read_plan(inputs.save(), fine_tuning_by_id)
    assert plan.entries["requests_per_month"].base == 250_000
    assert plan.entries["discount_rate"].base == pytest.approx(0.085)
    assert plan.entries["wage_growth"].low == pytest.approx(0.01)
    assert plan.entries["build_months"].own["rag"] == 4
    assert plan.settings.project == "2027"
    assert plan.own_costs == (OwnCost("Lawyers", "all", "hidden.compliance", "cash", 2, 9, 1_500),)


def test_the_selectors_are_read_from_the_dashboard_when_a_script_saved_the_file(tmp_path: Path) -> None:
    """A script that saves a workbook drops the cached values of its formulas, the links to the selectors among them."""
    inputs = Inputs(light_workbook(tmp_path))
    for name, value in (("FT_Option", "rag"), ("FT_Case", "optimistic")):
        ((sheet, address),) = inputs.book.defined_names[name].destinations
        inputs.book[sheet][address] = value
    plan = read_plan(inputs.save(), fine_tuning_by_id)
    assert (plan.settings.option, plan.settings.case) == ("rag", "optimistic")


def test_a_name_counts_in_whatever_case_it_was_typed(tmp_path: Path) -> None:
    """A spreadsheet makes no difference between FT_Inputs and ft_inputs."""
    inputs = Inputs(light_workbook(tmp_path))
    name = inputs.book.defined_names.pop("FT_Inputs")
    inputs.book.defined_names["ft_inputs"] = DefinedName("ft_inputs", attr_text=name.attr_text)
    assert_same(read_plan(inputs.save(), fine_tuning_by_id), small_plan())


def test_columns_that_change_places_are_refused(tmp_path: Path) -> None:
    """The sheet's formulas find them by their place, the engine by their headers."""
    inputs = Inputs(light_workbook(tmp_path))
    low, unit = inputs.column("low"), inputs.column("unit")
    first, last = inputs.row("name"), inputs.row("own cost") - 1
    for row in range(first, last):
        one, other = inputs.sheet.cell(row, low), inputs.sheet.cell(row, unit)
        one.value, other.value = other.value, one.value
    with pytest.raises(WorkbookError, match=r"\(unit\): stands where 'low' belongs; undo the move"):
        read_plan(inputs.save(), fine_tuning_by_id)


def test_a_formula_typed_as_an_input_counts_with_its_saved_value(office: Office, tmp_path: Path) -> None:
    path = small_workbook(tmp_path)
    address = Inputs(path).cell("requests_per_month").coordinate
    with office.opened(path) as document:
        office.cell(document, "Assumptions", address).Formula = "=400000+2*50000"
        office.recalculate(document)
        office.save(document, tmp_path / "saved.xlsx")
    reading = read_workbook(tmp_path / "saved.xlsx", fine_tuning_by_id)
    assert reading.plan.entries["requests_per_month"].base == 500_000
    assert reading.warnings == ()


def test_what_libreoffice_saves_is_the_same_plan(office: Office, tmp_path: Path) -> None:
    path = small_workbook(tmp_path)
    with office.opened(path) as document:
        office.save(document, tmp_path / "saved.xlsx")
    reading = read_workbook(tmp_path / "saved.xlsx", fine_tuning_by_id)
    assert_same(reading.plan, small_plan())
    assert reading.warnings == ()


def test_reading_and_writing_again_changes_no_measure(tmp_path: Path) -> None:
    path = small_workbook(tmp_path)
    first = read_plan(path, fine_tuning_by_id)
    write_workbook(first, tmp_path / "again.xlsx")
    again = read_plan(tmp_path / "again.xlsx", fine_tuning_by_id)
    for option in first.settings.options:
        assert calculate(again).measures(option) == calculate(first).measures(option)


def replace_part(path: Path, part: str, change: tuple[str, str]) -> None:
    """Replace a text in one part of a workbook file; it must be there."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    text = parts[part].decode()
    changed = re.sub(*change, text, count=1)
    assert changed != text
    parts[part] = changed.encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


def test_dates_of_the_1904_system_are_the_same_days(tmp_path: Path) -> None:
    path = light_workbook(tmp_path)
    inputs = Inputs(path)
    name = next(name for name, one in fine_tuning().assumptions.items() if one.table.unit == "date")
    for cell in (inputs.cell("start", "value"), inputs.cell(name)):
        value = cell.value
        cell.number_format, cell.value = "General", small_serial(value) - 1462
    inputs.save()
    replace_part(path, "xl/workbook.xml", (r"<workbookPr[^/]*/>", '<workbookPr date1904="1"/>'))
    plan = read_plan(path, fine_tuning_by_id)
    assert plan.settings.start == small_plan().settings.start
    assert plan.entries[name].base == small_plan().entries[name].base


def small_serial(value: object) -> float:
    assert isinstance(value, datetime)
    return serial(date(value.year, value.month, value.day))


@pytest.mark.benchmark
@pytest.mark.parametrize("seed", seeds(2, 3))
def test_what_was_typed_for_gates_is_read_back(seed: int, tmp_path: Path) -> None:
    plan = with_gates(small_plan(), seed)
    write_workbook(plan, tmp_path / "plan.xlsx")
    read = read_plan(tmp_path / "plan.xlsx", fine_tuning_by_id)
    assert read.as_of == plan.as_of
    assert read.gates == {name: entry for name, entry in plan.gates.items() if entry != GateEntry()}


def test_a_date_that_is_none_on_gates_is_found_with_its_cell(tmp_path: Path) -> None:
    inputs = Inputs(small_workbook(tmp_path))
    sheet = inputs.book["Gates"]
    header = next(row for row in range(1, 40) if sheet.cell(row, 1).value == "gate")
    column = next(cell.column for cell in sheet[header] if cell.value == "set on")
    sheet.cell(header + 1, column).value = "last week"
    with pytest.raises(WorkbookError) as caught:
        read_plan(inputs.save(), fine_tuning_by_id)
    (finding,) = caught.value.findings
    assert finding.where.startswith("Gates!L")
    assert "last week" in finding.what


def test_a_figure_that_a_file_keeps_to_15_digits_reads_back_as_it_was_written(tmp_path: Path) -> None:
    plan, path = small_plan(), tmp_path / "plan.xlsx"
    entry = plan.entries["gpu_price"]
    write_workbook(plan, path)
    high = 1 + 1e-15
    assert entry.high is not None
    require_readable(path, plan.with_entry("gpu_price", replace(entry, high=entry.high * high)), fine_tuning_by_id)
    with pytest.raises(WorkbookError, match="entries"):
        require_readable(
            path, plan.with_entry("gpu_price", replace(entry, high=entry.high * 1.0001)), fine_tuning_by_id
        )
