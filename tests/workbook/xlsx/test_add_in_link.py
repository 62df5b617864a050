"""Both spellings of the add-in's calls: the link that Excel wants, and that neither is an edit."""

from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path

import pytest
from lxml import etree
from openpyxl import load_workbook

from ftroi.workbook.layout.dashboard import ENGINE, PANEL, PANEL_VALUE
from ftroi.workbook.layout.workbook import DASHBOARD
from ftroi.workbook.regeneration.regenerate import examine, regenerate
from ftroi.workbook.sheets.registry import layout_of
from ftroi.workbook.write import write_workbook
from ftroi.workbook.xlsx.add_in_calls import EXCEL, NOT_LOADED, PLAIN
from tests.support.edited import fine_tuning_by_id, small_plan
from tests.support.office import Office

LINK = "xl/externalLinks/externalLink1.xml"
RELATIONS = "xl/externalLinks/_rels/externalLink1.xml.rels"


def written(folder: Path, spelling: str) -> Path:
    path = folder / f"{spelling}.xlsx"
    write_workbook(small_plan(), path, spelling=spelling)
    return path


def call_of(path: Path) -> str:
    """The formula beside the lifetime cost."""
    sheet = load_workbook(path)[DASHBOARD]
    row = layout_of(small_plan()).dashboard.headlines["tco"]
    return str(sheet.cell(row + 1, ENGINE + 1).value)


def test_plainly_spelt_calls_need_no_link(tmp_path: Path) -> None:
    path = written(tmp_path, PLAIN)
    assert call_of(path) == f'=IFERROR(FT_TCO(FT_Inputs),IFERROR(FT_TCO(),"{NOT_LOADED}"))'
    with zipfile.ZipFile(path) as archive:
        assert LINK not in archive.namelist()


def test_excels_spelling_comes_with_a_link_to_the_add_in_without_a_path(tmp_path: Path) -> None:
    path = written(tmp_path, EXCEL)
    assert call_of(path) == f'=IFERROR([1]!FT_TCO(FT_Inputs),IFERROR([1]!FT_TCO(),"{NOT_LOADED}"))'
    with zipfile.ZipFile(path) as archive:
        parts: dict[str, bytes] = {str(name): archive.read(name) for name in archive.namelist()}
    assert all(len(etree.fromstring(content)) >= 0 for content in parts.values())
    (target,) = etree.fromstring(parts[RELATIONS])
    assert (target.get("Target"), target.get("TargetMode")) == ("ftroi.xlam", "External")
    assert target.get("Type", "").endswith("/xlExternalLinkPath/xlStartup")
    assert b'name="FT_MEASURE"' in parts[LINK]
    book = etree.fromstring(parts["xl/workbook.xml"])
    tags = [etree.QName(child).localname for child in book]
    assert tags.index("sheets") < tags.index("externalReferences") < tags.index("definedNames")
    (reference,) = book.findall("{*}externalReferences/{*}externalReference")
    wanted = next(value for key, value in reference.attrib.items() if str(key).endswith("}id"))
    relations = etree.fromstring(parts["xl/_rels/workbook.xml.rels"])
    assert [one.get("Target") for one in relations if one.get("Id") == wanted] == ["externalLinks/externalLink1.xml"]
    assert f'PartName="/{LINK}"'.encode() in parts["[Content_Types].xml"]


def test_the_same_plan_gives_the_same_bytes_with_the_link_too(tmp_path: Path) -> None:
    first = written(tmp_path, EXCEL).read_bytes()
    assert written(tmp_path, EXCEL).read_bytes() == first


@pytest.mark.parametrize("spelling", [PLAIN, EXCEL])
def test_without_the_add_in_both_spellings_open_and_say_so(office: Office, tmp_path: Path, spelling: str) -> None:
    with office.opened(written(tmp_path, spelling)) as document:
        assert office.errors(document) == {}
        sheet = document.Sheets.getByName(DASHBOARD)
        for row in layout_of(small_plan()).dashboard.headlines.values():
            assert sheet.getCellByPosition(ENGINE, row).String == NOT_LOADED
        assert sheet.getCellByPosition(PANEL_VALUE, PANEL["engine"]).String == "– add-in not loaded"


@pytest.mark.parametrize("spelling", [PLAIN, EXCEL])
def test_no_spelling_is_an_edit_and_regenerating_keeps_it(tmp_path: Path, spelling: str) -> None:
    path = written(tmp_path, spelling)
    before = call_of(path)
    found = examine(path, fine_tuning_by_id)
    assert found.edits == ()
    assert found.is_exact
    regenerate(found, fine_tuning_by_id, date(2026, 11, 23))
    assert call_of(path) == before
