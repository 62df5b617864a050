"""The functions never give another figure than the sheets in silence: a changed formula is told until it is known."""

from __future__ import annotations

from pathlib import Path

import pytest

from ftroi.cli import main
from ftroi.functions.arguments import Rows
from ftroi.functions.call import ERROR, call
from ftroi.workbook.layout.option import FIRST_MONTH, LAST_MONTH, VALUE
from ftroi.workbook.schema import INPUTS
from ftroi.workbook.sheets.registry import layout_of
from tests.support.edited import small_plan, small_workbook
from tests.support.function_sheet import inputs, place, typed
from tests.support.office import Document, Office

TOLD = "#FT: the options' sheets: they compute something else"


def rows_of(office: Office, document: Document) -> Rows:
    """FT_Inputs as Calc hands it over."""
    found: Rows = office.named(document, INPUTS).getDataArray()
    return found


@pytest.mark.host
def test_a_changed_formula_is_told_until_it_is_regenerated_and_then_computed(office: Office, tmp_path: Path) -> None:
    path, name = small_workbook(tmp_path), layout_of(small_plan()).sheets["rag"]
    line, tco = (layout_of(small_plan()).option.rows[one] for one in ("data_labelling", "tco"))
    with office.opened(path, editable=True) as document:
        before = call("FT_TCO", [rows_of(office, document), "rag"])
        sheet = document.Sheets.getByName(name)
        for column in range(FIRST_MONTH, LAST_MONTH + 1):
            cell = sheet.getCellByPosition(column, line)
            cell.Formula = f"={cell.Formula.removeprefix('=')}*2"
        for asked in ("FT_TCO", "FT_NPV", "FT_VERDICT"):
            assert str(call(asked, [rows_of(office, document), "rag"])).startswith(TOLD)
        table = call("FT_COMPARE", [rows_of(office, document)])
        assert isinstance(table, tuple)
        assert str(table[0][0]).startswith(TOLD)
        assert not str(call("FT_PRICE", ["gpt-4o", None, rows_of(office, document)])).startswith(ERROR)
        shown = sheet.getCellByPosition(VALUE, tco).Value
        office.save(document, path)
    assert shown > float(str(before))
    with pytest.raises(SystemExit, match="0"):
        main(["regenerate", str(path)])
    with office.opened(path) as document:
        assert call("FT_TCO", [rows_of(office, document), "rag"]) == pytest.approx(shown)


def test_a_total_of_other_inputs_proves_nothing() -> None:
    """A spreadsheet may ask before it has computed the sheets anew."""
    row, column = place(inputs(), "template", "value")
    wrong = tuple(
        (*line[: column + 1], 1.0, *line[column + 2 :]) if number == row else line
        for number, line in enumerate(inputs())
    )
    assert str(call("FT_TCO", [wrong])).startswith(TOLD)
    later = typed(wrong, "requests_per_month", "base", 123_456.0)
    assert not str(call("FT_TCO", [None], Held(later))).startswith(ERROR)


class Held:
    """A workbook of these inputs."""

    days_offset = 0

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def range_named(self, name: str) -> Rows | None:
        return self._rows if name == INPUTS else None
