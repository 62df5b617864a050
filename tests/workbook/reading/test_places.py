"""Keys, headers and names that changed places are told by whoever reads, for the sheet goes by place."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl.workbook.defined_name import DefinedName

from ftroi.errors import FtroiError
from ftroi.functions.call import call
from ftroi.workbook.reading.file import read_workbook
from ftroi.workbook.schema import INPUTS_SHEET, OWN_COST
from tests.support.edited import Inputs, fine_tuning_by_id, light_workbook
from tests.support.function_sheet import inputs as rows_of_inputs


def said(inputs: Inputs) -> str:
    """What the reader finds in an edited file."""
    with pytest.raises(FtroiError) as caught:
        read_workbook(inputs.save(), fine_tuning_by_id)
    return str(caught.value)


def test_two_keys_that_changed_places_are_told(tmp_path: Path) -> None:
    inputs = Inputs(light_workbook(tmp_path))
    one, other = (inputs.sheet.cell(inputs.row(key, after="name"), 1) for key in ("rework_rate", "price_per_label"))
    one.value, other.value = other.value, one.value
    text = said(inputs)
    assert "(price_per_label): its name points at" in text
    assert "(rework_rate): its name points at" in text


def test_the_functions_tell_of_keys_that_changed_places() -> None:
    """They see no names: the order tells it."""
    rows = [list(row) for row in rows_of_inputs()]
    one, other = (next(row for row in rows if row[0] == key) for key in ("rework_rate", "price_per_label"))
    one[0], other[0] = other[0], one[0]
    assert "stands where" in str(call("FT_TCO", [rows]))


def test_two_options_that_changed_places_are_told(tmp_path: Path) -> None:
    inputs = Inputs(light_workbook(tmp_path))
    header = inputs.row("name")
    one, other = (inputs.sheet.cell(header, inputs.column(option)) for option in ("do_nothing", "rag"))
    one.value, other.value = other.value, one.value
    assert "stands where 'do_nothing' belongs" in said(inputs)


def test_an_option_without_its_header_is_told(tmp_path: Path) -> None:
    inputs = Inputs(light_workbook(tmp_path))
    inputs.sheet.cell(inputs.row("name"), inputs.column("rag")).value = None
    assert "an option's column has no header" in said(inputs)


def test_a_name_that_points_at_another_cell_is_told(tmp_path: Path) -> None:
    inputs = Inputs(light_workbook(tmp_path))
    inputs.book.defined_names["discount_rate"] = DefinedName("discount_rate", attr_text=f"{INPUTS_SHEET}!$C$40")
    assert "(discount_rate): its name points at Assumptions!C40; point it at" in said(inputs)


def test_a_name_that_is_gone_is_a_warning(tmp_path: Path) -> None:
    inputs = Inputs(light_workbook(tmp_path))
    del inputs.book.defined_names["discount_rate"]
    (warning,) = read_workbook(inputs.save(), fine_tuning_by_id).warnings
    assert "(discount_rate)" in warning.where
    assert warning.what == "its name is missing, by which formulas find it"


def test_inputs_that_end_before_the_last_own_cost_are_told(tmp_path: Path) -> None:
    inputs = Inputs(light_workbook(tmp_path))
    text = inputs.book.defined_names["FT_Inputs"].attr_text
    last = int(text.rpartition("$")[2])
    inputs.book.defined_names["FT_Inputs"] = DefinedName("FT_Inputs", attr_text=text.replace(str(last), str(last - 5)))
    assert "only 15 of at least 20 rows for own costs" in said(inputs)


def test_an_own_cost_that_lost_its_number_is_told(tmp_path: Path) -> None:
    inputs = Inputs(light_workbook(tmp_path))
    inputs.own_cost(2, label="Lawyers", amount=9)
    inputs.sheet.cell(inputs.row("2", after=OWN_COST), 1).value = None
    assert "an own cost without its number" in said(inputs)


def test_a_row_put_between_changes_nothing(tmp_path: Path) -> None:
    inputs = Inputs(light_workbook(tmp_path))
    assert read_workbook(inputs.save(), fine_tuning_by_id).warnings == ()
