"""One family of type, and one format for each kind of cell."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from ftroi.termsheet import Look, ThemeTable
from ftroi.workbook.write import write_workbook
from ftroi.workbook.xlsx.roles import ROLES
from ftroi.workbook.xlsx.styles import HOUSE, NUMBERS, Styles, numbers_of
from tests.support.edited import small_plan
from tests.support.plans import fine_tuning


def test_a_style_is_made_once_and_in_the_one_family_of_type() -> None:
    book: Any = Workbook()
    styles = Styles(book)
    assert styles.of("input", "date") == styles.of("input", "date")
    for role in ROLES:
        for number in NUMBERS:
            styles.of(role, number)
    assert {font.name for font in book._fonts} == {HOUSE.font}


def styles_of(theme: ThemeTable, path: Path) -> str:
    """Write a workbook in a theme and give the XML of its styles."""
    plan = small_plan()
    write_workbook(replace(plan, template=replace(plan.template, look=Look(theme))), path)
    with zipfile.ZipFile(path) as archive:
        return archive.read("xl/styles.xml").decode()


def test_another_theme_ends_up_in_the_workbook(tmp_path: Path) -> None:
    theme = ThemeTable.model_validate({
        "font": "Source Sans 3",
        "colours": {"input_ink": "#123456", "input_fill": "#FEDCBA", "link_ink": "#654321", "grey": "#777778"},
        "verdict": {"commit": "#0F0F01"},
        "numbers": {"date": "dd.mm.yyyy"},
    })  # fmt: skip
    xml = styles_of(theme, tmp_path / "themed.xlsx")
    for mark in ("Source Sans 3", "FF123456", "FFFEDCBA", "FF654321", "FF777778", "FF0F0F01", "dd.mm.yyyy"):
        assert mark in xml
    assert "FF0000FF" not in xml
    assert "yyyy-mm-dd" not in xml


def test_the_shipped_theme_is_todays_look() -> None:
    assert numbers_of(fine_tuning().theme, "USD") == NUMBERS == numbers_of(ThemeTable(), "EUR")


@pytest.mark.parametrize("currency,price", [("JPY", "#,##0;"), ("CHF", "#,##0.00;"), ("KWD", "#,##0.000;")])
def test_prices_have_the_decimals_of_their_currency(currency: str, price: str) -> None:
    numbers = numbers_of(ThemeTable(), currency)
    for kind in ("price", "input price"):
        assert numbers[kind].startswith(f"[>=1]{price}")
    assert ("." in numbers["cents"]) == (currency != "JPY")
