"""Figures that a check of the inputs finds wrong are coloured where they stand, as LibreOffice prints them."""

from __future__ import annotations

from pathlib import Path

import pytest

from ftroi.workbook.layout.workbook import ASSUMPTIONS
from ftroi.workbook.sheets.registry import layout_of
from tests.support.edited import small_plan, small_workbook
from tests.support.office import Document, Office
from tests.support.rendering import picture_of, pixels_of, text_of

WRONG, LEAST = "#C00000", 100
FAULTS: dict[tuple[str, str], float | str] = {
    ("discount_rate", "base"): 7,
    ("value_per_request", "base"): "many",
    ("build_months", "prompt_engineering"): 2.5,
    ("quality_level", "low"): 0.99,
}
"""Out of range, no number, not whole, and a low end above the base."""


def coloured(office: Office, document: Document, pdf: Path) -> int:
    """Count the coloured pixels on the first page of the sheet."""
    document.calculate()  # LibreOffice 25.2 may end when it prints a sheet whose charts still wait for their figures
    office.to_pdf(document, pdf)
    page = next(
        number for number, text in enumerate(text_of(pdf), start=1) if f"{ASSUMPTIONS}, page {number} of" in text
    )
    return pixels_of(picture_of(pdf, page), WRONG)


def test_a_sound_figure_is_not_coloured(office: Office, tmp_path: Path) -> None:
    with office.opened(small_workbook(tmp_path), editable=True) as document:
        assert coloured(office, document, tmp_path / "sound.pdf") == 0


@pytest.mark.parametrize("name,header", FAULTS)
def test_each_kind_of_wrong_figure_is_coloured(office: Office, tmp_path: Path, name: str, header: str) -> None:
    """Each in a workbook of its own."""
    place = layout_of(small_plan()).assumptions
    columns = {**place.columns, **place.outside}
    with office.opened(small_workbook(tmp_path), editable=True) as document:
        cell = document.Sheets.getByName(ASSUMPTIONS).getCellByPosition(columns[header], place.rows[name])
        cell.Formula = str(FAULTS[name, header])
        assert coloured(office, document, tmp_path / "wrong.pdf") > LEAST
