"""docs/functions.md is the registry's, and every example in it works."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from ftroi.functions.call import ERROR, call
from ftroi.functions.docs import BEGIN, END, call_of, reference, sheet, table
from ftroi.functions.question import Answer
from ftroi.functions.registry import FUNCTIONS
from ftroi.workbook.layout.workbook import FUNCTIONS_SHEET
from ftroi.workbook.write import write_workbook
from tests.support.function_examples import PENDING, shipped, taken_apart
from tests.support.function_sheet import Workbook, plan

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "functions.md"
HELP = ROOT / "ftroi" / "workbook" / "sheets" / "function_help.json"


def cells(found: Answer) -> list[object]:
    return [one for row in found for one in row] if isinstance(found, tuple) else [found]


def test_the_page_is_fresh() -> None:
    assert PAGE.read_text(encoding="utf-8") == reference(), "run python -m ftroi.functions.docs > docs/functions.md"


def test_the_table_in_readme_is_fresh() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    command = "paste what python -m ftroi.functions.docs table prints into README.md"
    assert BEGIN in text, command
    assert text[text.index(BEGIN) : text.index(END)] + END + "\n" == table(), command


def test_the_help_in_workbooks_is_fresh() -> None:
    command = "run python -m ftroi.functions.docs sheet > ftroi/workbook/sheets/function_help.json"
    assert HELP.read_text(encoding="utf-8") == sheet(), command


def test_a_workbooks_sheet_has_every_function_with_its_example(tmp_path: Path) -> None:
    write_workbook(plan(), tmp_path / "plan.xlsx")
    book = load_workbook(tmp_path / "plan.xlsx")
    rows = [[cell.value for cell in row] for row in book[FUNCTIONS_SHEET].iter_rows()]
    for one in FUNCTIONS.values():
        assert [call_of(one), one.help, one.example] in [[row[0], row[2], row[3]] for row in rows]
    links = [cell.value for row in book["Dashboard"].iter_rows() for cell in row if cell.hyperlink]
    assert FUNCTIONS_SHEET in links


def test_the_page_tells_of_every_function_and_argument() -> None:
    page = PAGE.read_text(encoding="utf-8")
    for name, function in FUNCTIONS.items():
        assert f"\n## {name}\n" in page
        assert function.example in page
        assert all(one.help in page for one in function.arguments)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_example_gives_an_answer(name: str) -> None:
    found = call(name, taken_apart(FUNCTIONS[name], shipped()), Workbook(**shipped()))
    errors = [one for one in cells(found) if str(one).startswith(ERROR)]
    assert bool(errors) == (name in PENDING), errors


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_example_shows_what_has_to_be_given(name: str) -> None:
    given = taken_apart(FUNCTIONS[name], shipped())
    assert FUNCTIONS[name].least_arguments <= len(given) <= len(FUNCTIONS[name].arguments)
