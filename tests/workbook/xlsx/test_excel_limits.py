"""Every preset's workbook keeps Excel's own limits, which no reader that can run here minds; faults are found."""

from __future__ import annotations

from pathlib import Path

import pytest
from openxml_audit import OpenXmlValidator

from ftroi.plan import plan_from_preset
from ftroi.workbook.write import write_workbook
from ftroi.workbook.xlsx.look import LOOK_FILE
from tests.support.depth import at_depth
from tests.support.edited import small_workbook
from tests.support.excel_limits import breaches, is_name
from tests.support.package import rewrite_part
from tests.support.plans import fine_tuning

PRESETS = sorted(fine_tuning().presets)
DASHBOARD, BOOK = "xl/worksheets/sheet1.xml", "xl/workbook.xml"
PROMPTED = "xl/worksheets/sheet3.xml"  # Assumptions, whose cells say what may be typed


@pytest.mark.parametrize("preset", PRESETS[:: at_depth(3, 1)])
def test_a_presets_workbook_keeps_the_limits(preset: str, tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    write_workbook(plan_from_preset(fine_tuning(), preset), path)
    assert breaches(path) == []


def test_the_look_keeps_the_limits() -> None:
    assert breaches(fine_tuning().folder / LOOK_FILE) == []


def cell(inside: str) -> tuple[str, str, str]:
    return DASHBOARD, "</sheetData>", f'<row r="999"><c r="A999" {inside}/></row></sheetData>'


def formula(text: str) -> tuple[str, str, str]:
    return DASHBOARD, "</sheetData>", f'<row r="999"><c r="A999"><f>{text}</f><v>0</v></c></row></sheetData>'


def name(name: str, text: str = "1") -> tuple[str, str, str]:
    return BOOK, "</definedNames>", f'<definedName name="{name}">{text}</definedName></definedNames>'


FAULTS = {
    "a formula too long": (formula("1+" * 4_096 + "1"), "8193 characters"),
    "too deep": (formula("ABS(" * 65 + "1" + ")" * 65), "more than 64 levels"),
    "too many arguments": (formula(f"MAX({'1,' * 255}1)"), "MAX with 256 arguments"),
    "a long text in a formula": (formula(f'"{"x" * 256}"'), "a text of 256 characters"),
    "an error in a formula": (formula("1+#REF!"), "the error #REF!"),
    "a new function": (formula("XLOOKUP(1,A1,B1)"), "XLOOKUP, which Excel 2007 had not"),
    "no such sheet": (formula("'Elsewhere'!A1"), "a sheet that is not there: Elsewhere"),
    "an open parenthesis": (formula("MAX(1"), "a parenthesis left open"),
    "a row twice": ((DASHBOARD, "</sheetData>", '<row r="1"/></sheetData>'), "row 1 comes after row"),
    "a style that is not there": (cell('s="9999"'), "a style that is not there"),
    "an error": (cell('t="e"><v>#N/A</v></c><c r="B999"'), "the error #N/A"),
    "a formula without its value": (cell('><f>1</f></c><c r="B999"'), "a formula without its value"),
    "a name like a cell": (name("AB12"), "no valid name: AB12"),
    "a name with a space": (name("one two"), "no valid name: one two"),
    "a name twice": (name("ft_option"), "a name is defined twice"),
    "a name of no sheet": (name("elsewhere", "Elsewhere!$A$1"), "a sheet that is not there: Elsewhere"),
    "a title too long": ((BOOK, 'name="Dashboard"', f'name="{"D" * 32}"'), "no title of a sheet"),
    "a sheet's number twice": ((BOOK, 'sheetId="2"', 'sheetId="1"'), "two sheets have the sheetId 1"),
    "a relation to nothing": (
        ("xl/_rels/workbook.xml.rels", "worksheets/sheet1.xml", "worksheets/sheet999.xml"),
        "there is no xl/worksheets/sheet999.xml",
    ),
    "parts out of order": ((DASHBOARD, "<sheetData>", "<pageMargins/><sheetData>"), "parts out of order"),
    "a long footer": ((DASHBOARD, "<oddFooter>", f"<oddFooter>{'x' * 256}"), "oddFooter is too long"),
    "a long prompt": ((PROMPTED, ' prompt="', f' prompt="{"x" * 256}'), "prompt is too long"),
}  # fmt: skip


@pytest.mark.parametrize("change,told", FAULTS.values(), ids=list(FAULTS))
def test_a_breach_is_found(change: tuple[str, str, str], told: str, tmp_path: Path) -> None:
    path = small_workbook(tmp_path)
    rewrite_part(path, *change)
    found = breaches(path)
    assert any(told in one for one in found), found[:10]


def test_a_workbook_follows_the_formats_schema_and_meaning(tmp_path: Path) -> None:
    """As a port of Microsoft's validator sees it, which knows the schema of every part."""
    found = OpenXmlValidator().validate(small_workbook(tmp_path))
    assert [str(one) for one in found.errors] == []


@pytest.mark.parametrize("one", ["A1", "XFD1048576", "r1c1", "R", "c", "RC5", "two words", "1st", "a-b", "x" * 256])
def test_these_are_no_names(one: str) -> None:
    assert not is_name(one)


@pytest.mark.parametrize("one", ["XFE1", "A1048577", "FT_Option", "_a", "rate", "R1C1_rate", "a.b"])
def test_these_are_names(one: str) -> None:
    assert is_name(one)
