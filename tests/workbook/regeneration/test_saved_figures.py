"""A sheet that was saved with another figure than the engine's is told, whatever the reason."""

from __future__ import annotations

from pathlib import Path

from ftroi.plan import calculate
from ftroi.workbook.regeneration.saved_figures import differing_figures
from ftroi.workbook.xlsx.package_parts import open_parts
from tests.support.edited import small_plan, small_workbook


def test_a_workbook_as_written_has_the_engines_figures(tmp_path: Path) -> None:
    with open_parts(small_workbook(tmp_path)) as parts:
        assert list(differing_figures(parts, calculate(small_plan()))) == []


def test_each_figure_that_differs_is_told_with_both(tmp_path: Path) -> None:
    other = small_plan().with_base("discount_rate", 0.3)
    with open_parts(small_workbook(tmp_path)) as parts:
        found = list(differing_figures(parts, calculate(other)))
    assert {finding.where.split("(")[-1] for finding in found} == {"npv)"}
    assert all("was saved with" in finding.what and "the engine computes" in finding.what for finding in found)
