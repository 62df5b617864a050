"""Formulas edited on an option's sheet, typed and saved by LibreOffice: kept, or named with their cells."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from math import isclose
from pathlib import Path
from random import Random
from typing import Any

import pytest

from ftroi.engine import Results
from ftroi.plan import calculate
from ftroi.workbook.layout.option import FIRST_MONTH, MONTHS, VALUE
from ftroi.workbook.reading.file import read_workbook
from ftroi.workbook.regeneration.comparison import find_edits
from ftroi.workbook.regeneration.kept_formulas import ReadBack
from ftroi.workbook.sheets.registry import layout_of
from tests.support.depth import at_depth
from tests.support.edited import fine_tuning_by_id, small_plan, small_workbook
from tests.support.formula_edits import UNREADABLE, FormulaEdit, random_edit, unreadable_edits
from tests.support.office import Document, Office, used_area

AT_A_TIME = 4
"""Edits that are typed before the workbook is saved."""

_CLOSE = 1e-9


def sheet_of(document: Document, option: str) -> Any:
    return document.Sheets.getByName(layout_of(small_plan()).sheets[option])


@contextmanager
def typed(sheet: Any, edit: FormulaEdit) -> Iterator[None]:
    """The edit in the open workbook, undone at the end."""
    row = layout_of(small_plan()).option.rows[edit.line]
    cells = {column: sheet.getCellByPosition(column, row) for column in edit.cells}
    before = {column: cell.Formula for column, cell in cells.items()}
    for column, content in edit.cells.items():
        if isinstance(content, str):
            cells[column].Formula = content
        else:
            cells[column].Value = content
    yield
    for column, formula in before.items():
        cells[column].Formula = formula


def saved(office: Office, document: Document, path: Path) -> ReadBack:
    """Save and read back."""
    office.recalculate(document)
    office.save(document, path)
    return find_edits(path, read_workbook(path, fine_tuning_by_id))[0]


def figures_that_differ(document: Document, results: Results) -> list[str]:
    """The figures of every option's sheet that are not the engine's: scalars, measures, every line by month."""
    layout, wrong = layout_of(small_plan()), []
    for option, title in layout.sheets.items():
        cells = used_area(document.Sheets.getByName(title)).getDataArray()
        for name, row in layout.option.rows.items():
            if name in layout.option.series:
                shown_here = cells[row][FIRST_MONTH : FIRST_MONTH + MONTHS]
                engine = results.row(name, option).tolist()
            else:
                shown_here, engine = (cells[row][VALUE],), [_scalar(results, name, option)]
            for month, (shown, computed) in enumerate(zip(shown_here, engine, strict=True), start=1):
                if not _agree(shown, computed):
                    wrong.append(f"{option} {name} {month}: {shown} {computed}")
    return wrong


def _scalar(results: Results, name: str, option: str) -> float | str | None:
    if name in results.template.measures:
        measured = results.measure(name, option)
        return measured.text if measured.value is None else measured.value
    return results.number(name, option)


def _agree(shown: object, computed: object) -> bool:
    if isinstance(shown, float) and isinstance(computed, float):
        return isclose(shown, computed, rel_tol=_CLOSE, abs_tol=1e-6)
    return not isinstance(shown, float) and shown is not None  # texts are compared by the parity tests


@pytest.mark.host
def test_a_hundred_random_edits_are_computed_as_the_sheet_does_or_named(office: Office, tmp_path: Path) -> None:
    plan, random, kept = small_plan(), Random(19), 0  # noqa: S311 - a test's choices
    with office.opened(small_workbook(tmp_path), editable=True) as document:
        for batch in range(at_depth(2, 25)):
            option = random.choice([one for one in plan.settings.options if one != "do_nothing"])
            sheet = sheet_of(document, option)
            edits = {one.line: one for one in (random_edit(random, plan, sheet) for _ in range(AT_A_TIME))}
            with typed_all(sheet, list(edits.values())):
                back = saved(office, document, tmp_path / "edited.xlsx")
                named = {one.line for one in back.unread}
                assert not back.others
                assert {one.formula.line for one in back.kept} | named == edits.keys()
                kept += len(edits) - len(named)
                differ = figures_that_differ(document, calculate(back.plan, months=MONTHS))
                assert named or differ[:3] == [], (batch, edits)
    assert kept >= at_depth(2, 25) * (AT_A_TIME - 1)


@contextmanager
def typed_all(sheet: Any, edits: list[FormulaEdit]) -> Iterator[None]:
    """Several edits of one sheet."""
    if not edits:
        yield
        return
    with typed(sheet, edits[0]), typed_all(sheet, edits[1:]):
        yield


@pytest.mark.host
def test_what_the_language_cannot_say_is_named_with_its_cells_and_what_rests_on_it(
    office: Office, tmp_path: Path
) -> None:
    with office.opened(small_workbook(tmp_path), editable=True) as document:
        sheet = sheet_of(document, "rag")
        edits = unreadable_edits(small_plan())
        with typed_all(sheet, edits):
            back = saved(office, document, tmp_path / "edited.xlsx")
        title = sheet.Name
    assert [one.formula for one in back.kept] == []
    assert {one.line for one in back.unread} == {one.line for one in edits}
    assert len(edits) == len(UNREADABLE)
    assert all(
        one.why and one.edit.sheet == title and "Total cost of ownership" in str(one.rests) for one in back.unread
    )
