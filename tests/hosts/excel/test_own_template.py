"""A company's own template: its line is known to the functions in Excel with nothing built anew."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ftroi.functions.session import EVALUATED, cached_template
from ftroi.plan import Plan, calculate, plan_from_preset
from ftroi.termsheet.catalogue import register
from ftroi.workbook.schema import INPUTS
from ftroi.workbook.write import write_workbook
from tests.support.excel_calling import Excel
from tests.support.excel_objects import Book
from tests.support.function_answers import assert_error
from tests.support.function_examples import ranges_in

RAG = "rag"


@pytest.fixture
def plan(folder: Path, home: Path) -> Iterator[Plan]:  # noqa: ARG001 - the register stands in that home
    """A plan of a registered template that has one more line."""
    forget()
    yield plan_from_preset(register(folder), "support_assistant", [RAG]).with_settings(option=RAG)
    forget()


def forget() -> None:
    """Forget templates and results, as a new process does."""
    cached_template.cache_clear()
    EVALUATED.clear()


def test_a_new_line_is_known_to_the_functions(excel: Excel, plan: Plan, tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    write_workbook(plan, path)
    named = ranges_in(path)
    expected = calculate(plan).row("cake", RAG).sum()
    assert expected > 0
    assert excel.call("FT_COST", "cake", None, named[INPUTS]) == pytest.approx(expected)
    assert excel.call("FT_COST", "cake", book=Book(named)) == pytest.approx(expected)


def test_a_template_that_is_not_registered_is_told_with_the_command(excel: Excel, plan: Plan, tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    write_workbook(plan, path)
    (tmp_path / "home" / "templates.json").unlink()
    assert_error(excel.call("FT_TCO", ranges_in(path)[INPUTS]), ["acme_tuning", "ftroi template add"])
