"""A sheet that was saved with another figure than the engine's is told, whatever the reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from ftroi.plan import calculate
from ftroi.workbook.layout.actuals import lay_out_actuals
from ftroi.workbook.regeneration.saved_figures import bills_otherwise, differing_figures
from ftroi.workbook.schema import ACTUALS_SHEET
from ftroi.workbook.write import write_workbook
from ftroi.workbook.xlsx.package_parts import open_parts
from tests.support.edited import fine_tuning_by_id, read_plan, small_plan, small_workbook
from tests.support.office import Office
from tests.support.tracked import billed_plan


def test_a_workbook_as_written_has_the_engines_figures(tmp_path: Path) -> None:
    with open_parts(small_workbook(tmp_path)) as parts:
        assert list(differing_figures(parts, calculate(small_plan()))) == []


def test_each_figure_that_differs_is_told_with_both(tmp_path: Path) -> None:
    other = small_plan().with_base("discount_rate", 0.3)
    with open_parts(small_workbook(tmp_path)) as parts:
        found = list(differing_figures(parts, calculate(other)))
    assert {finding.where.split("(")[-1] for finding in found} == {"npv)"}
    assert all("was saved with" in finding.what and "the engine computes" in finding.what for finding in found)


@pytest.mark.host
def test_an_amount_typed_over_on_actuals_is_told_until_it_is_computed(office: Office, tmp_path: Path) -> None:
    path, plan = tmp_path / "plan.xlsx", billed_plan("A. Smith")
    write_workbook(plan, path)
    assert list(bills_otherwise(path, read_plan(path, fine_tuning_by_id))) == []
    with office.opened(path, editable=True) as document:
        cell = office.cell(document, ACTUALS_SHEET, lay_out_actuals(plan).value("at_completion").replace("$", ""))
        cell.Value = cell.Value - 1_000
        office.save(document, path)
    (found,) = bills_otherwise(path, read_plan(path, fine_tuning_by_id))
    assert found.where.startswith(f"{ACTUALS_SHEET}!C")
    assert "the amounts below and the plan give" in found.what
