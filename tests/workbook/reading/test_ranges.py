"""Low and high as a script and a person leave them: following the base, or typed over."""

from __future__ import annotations

from pathlib import Path

import pytest

from ftroi.errors import WorkbookError
from ftroi.plan import Entry
from ftroi.workbook.reading.file import read_workbook
from tests.support.edited import Inputs, fine_tuning_by_id, light_workbook, put, small_plan

NAME = "requests_per_month"


def entry_after(path: Path, **typed: object) -> Entry:
    """The assumption's entry after its cells were typed by a script, which computes nothing."""
    inputs = Inputs(path)
    for header, value in typed.items():
        put(NAME, value, header)(inputs)
    inputs.save()
    return read_workbook(path, fine_tuning_by_id).plan.entries[NAME]


def test_untouched_ends_are_exactly_those_of_the_plan(tmp_path: Path) -> None:
    assert entry_after(light_workbook(tmp_path)) == small_plan().entries[NAME]


def test_a_base_that_a_script_writes_takes_its_range_along_as_set_does(tmp_path: Path) -> None:
    assert (
        entry_after(light_workbook(tmp_path), base=2_000_000) == small_plan().with_base(NAME, 2_000_000).entries[NAME]
    )


def test_a_figure_typed_over_an_end_stays(tmp_path: Path) -> None:
    found = entry_after(light_workbook(tmp_path), base=2_000_000, high=2_500_000)
    assert found.high == 2_500_000
    assert found.low == small_plan().with_base(NAME, 2_000_000).entries[NAME].low


def test_a_formula_of_ones_own_is_not_taken_for_the_one_that_follows(tmp_path: Path) -> None:
    with pytest.raises(WorkbookError, match="never computed"):
        entry_after(light_workbook(tmp_path), high="=2*300000")
