"""Figures that a person enters are no edits of what the writer tells of them elsewhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from ftroi.workbook.regeneration.regenerate import examine
from tests.support.edited import Inputs, fine_tuning_by_id, small_workbook


def test_another_figure_than_the_sources_is_no_edit(tmp_path: Path) -> None:
    """The date on which the template's figure was checked does not stay beside another one."""
    inputs = Inputs(small_workbook(tmp_path))
    inputs.cell("discount_rate").value = 0.12
    assert examine(inputs.save(), fine_tuning_by_id).edits == ()


@pytest.mark.parametrize("figure", [7, None])
def test_an_own_figure_typed_over_or_cleared_is_no_edit(tmp_path: Path, figure: float | None) -> None:
    """The sheet Sources, which lists the options' own figures, would have another list now."""
    inputs = Inputs(small_workbook(tmp_path))
    inputs.cell("build_months", "prompt_engineering").value = figure
    assert examine(inputs.save(), fine_tuning_by_id).edits == ()


def test_an_own_figure_where_there_was_none_is_no_edit(tmp_path: Path) -> None:
    inputs = Inputs(small_workbook(tmp_path))
    assert inputs.cell("price_per_label", "prompt_engineering").value is None
    inputs.cell("price_per_label", "prompt_engineering").value = 3
    assert examine(inputs.save(), fine_tuning_by_id).edits == ()


def test_a_text_beside_the_list_of_own_figures_is_told(tmp_path: Path) -> None:
    inputs = Inputs(small_workbook(tmp_path))
    sheet = inputs.book["Sources"]
    row = next(cell.row for cell in sheet["C"] if cell.value == "build_months")
    sheet[f"J{row}"] = "asked the team"
    ((told),) = examine(inputs.save(), fine_tuning_by_id).edits
    assert (told.sheet, told.cells, told.was) == ("Sources", f"J{row}", "asked the team")
