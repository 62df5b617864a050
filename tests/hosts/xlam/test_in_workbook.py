"""A workbook that has the functions in itself: made, read by others, opened, made afresh."""

from __future__ import annotations

import re
import zipfile
from datetime import date
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from lxml import etree

from ftroi.hosts.build import macros_for
from ftroi.hosts.xlam import interpreter_of, macros_of, ribbon
from ftroi.hosts.xlam.build import other_modules
from ftroi.hosts.xlam.vba_project import WORKBOOK_CLASS, Module, write_project
from ftroi.plan import calculate
from ftroi.workbook.layout.dashboard import ENGINE
from ftroi.workbook.layout.workbook import DASHBOARD
from ftroi.workbook.regeneration.regenerate import examine, regenerate
from ftroi.workbook.sheets.registry import layout_of
from ftroi.workbook.write import write_workbook
from ftroi.workbook.xlsx.add_in_calls import NOT_LOADED
from ftroi.workbook.xlsx.macros import PROJECT_PART, Macros
from tests.support.edited import fine_tuning_by_id, small_plan
from tests.support.office import Office
from tests.support.xlam_functions import FUNCTIONS, INTERPRETER
from tests.support.xlam_readers import read_modules

TODAY = date(2026, 11, 23)
NORMAL, DOCUMENT = 1, 4  # LibreOffice's own numbers (com.sun.star.script.ModuleType)
OURS = {"FtroiPython", "FtroiFunctions", "FtroiRibbon"}


@pytest.fixture(scope="module")
def macros() -> Macros:
    return macros_of(INTERPRETER, FUNCTIONS)


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory, macros: Macros) -> Path:
    path = tmp_path_factory.mktemp("macros") / "plan.xlsm"
    write_workbook(small_plan(), path, macros=macros)
    return path


@pytest.fixture(scope="module")
def parts(workbook: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(workbook) as package:
        return {name: package.read(name) for name in package.namelist()}


def code_names(parts: dict[str, bytes]) -> list[str]:
    """The names by which the workbook and its sheets look for their modules."""
    numbered = sorted((int(found[1]), name) for name in parts if (found := re.fullmatch(r"xl/.*sheet(\d+).xml", name)))
    names = ["xl/workbook.xml", *(name for _number, name in numbered)]
    return [re.findall(r'codeName="(\w+)"', parts[name].decode())[0] for name in names]


def test_every_sheet_has_its_module_and_all_come_back_as_their_source(
    workbook: Path, parts: dict[str, bytes], macros: Macros
) -> None:
    names = code_names(parts)
    assert len(names) == len(set(names)) == 1 + len(layout_of(small_plan()).order)
    found = read_modules(workbook)
    assert set(found) == {*names, *OURS}
    assert found == read_modules("vbaProject.bin", macros.project(names))
    assert f'GetConfig = "{INTERPRETER}"' in found["FtroiPython"]
    assert "Function FT_TCO(Optional inputs, Optional option_)" in found["FtroiFunctions"]


def test_it_is_of_the_kind_with_macros(parts: dict[str, bytes]) -> None:
    kinds = parts["[Content_Types].xml"].decode()
    assert "application/vnd.ms-excel.sheet.macroEnabled.main+xml" in kinds
    assert "application/vnd.ms-office.vbaProject" in kinds
    book = etree.fromstring(parts["xl/workbook.xml"])
    tags = [etree.QName(child).localname for child in book]
    assert tags.index("sheets") < tags.index("functionGroups") < tags.index("definedNames")
    targets = [one.get("Target") for one in etree.fromstring(parts["_rels/.rels"])]
    assert targets.count("customUI/customUI14.xml") == 1


def test_every_button_has_its_macro(parts: dict[str, bytes]) -> None:
    actions = re.findall(r'onAction="FtroiRibbon\.(\w+)"', parts["customUI/customUI14.xml"].decode())
    macros = re.findall(r"Public Sub (\w+)\(control As IRibbonControl\)", ribbon.CODE_IN_WORKBOOK)
    assert sorted(actions) == sorted(macros)
    assert not {"FtroiRegenerate", "FtroiReconnect"} & set(actions)
    assert ".Close" not in ribbon.CODE_IN_WORKBOOK


def test_but_for_the_macros_it_is_the_macro_free_workbook(parts: dict[str, bytes], tmp_path: Path) -> None:
    write_workbook(small_plan(), tmp_path / "plan.xlsx")
    with zipfile.ZipFile(tmp_path / "plan.xlsx") as package:
        plain = {name: package.read(name) for name in package.namelist()}
    assert set(parts) - set(plain) == {PROJECT_PART, "customUI/customUI14.xml"}
    rows = re.compile(rb"<sheetData>.*</sheetData>", re.DOTALL)
    for name in (name for name in plain if name.startswith("xl/worksheets/sheet")):
        assert rows.findall(parts[name]) == rows.findall(plain[name])


def test_the_same_plan_gives_the_same_bytes(workbook: Path, macros: Macros, tmp_path: Path) -> None:
    write_workbook(small_plan(), tmp_path / "plan.xlsm", macros=macros)
    assert (tmp_path / "plan.xlsm").read_bytes() == workbook.read_bytes()


def test_openpyxl_keeps_the_macros_byte_for_byte(workbook: Path, parts: dict[str, bytes]) -> None:
    saved = BytesIO()
    openpyxl.load_workbook(workbook, keep_vba=True).save(saved)
    with zipfile.ZipFile(saved) as package:
        assert package.read(PROJECT_PART) == parts[PROJECT_PART]


# --- in LibreOffice ----------------------------------------------------------------------------------------


@pytest.mark.host
def test_libreoffice_lists_every_module_with_its_type(workbook: Path, parts: dict[str, bytes], office: Office) -> None:
    with office.opened(workbook) as document:
        library = document.BasicLibraries.getByName("ftroi_plan")
        kinds = {name: library.getModuleInfo(name).ModuleType for name in library.ElementNames}
    assert kinds == dict.fromkeys(code_names(parts), DOCUMENT) | dict.fromkeys(OURS, NORMAL)


@pytest.mark.host
def test_where_python_does_not_answer_the_native_figures_stand(workbook: Path, office: Office) -> None:
    with office.opened(workbook) as document:
        assert office.errors(document) == {}
        assert engine_cells(document) == {NOT_LOADED}


@pytest.mark.host
def test_libreoffice_answers_by_its_own_add_in(workbook: Path, office_with_add_in: Office) -> None:
    with office_with_add_in.opened(workbook) as document:
        row = layout_of(small_plan()).dashboard.headlines["tco"]
        shown = document.Sheets.getByName(DASHBOARD).getCellByPosition(ENGINE, row)
        plan = small_plan()
        assert shown.Value == pytest.approx(calculate(plan).number("tco", plan.settings.option))


def engine_cells(document: object) -> set[str]:
    sheet = document.Sheets.getByName(DASHBOARD)  # type: ignore[attr-defined]  # LibreOffice's object
    rows = layout_of(small_plan()).dashboard.headlines.values()
    return {sheet.getCellByPosition(ENGINE, row).String for row in rows}


# --- made afresh -------------------------------------------------------------------------------------------


def test_regenerating_keeps_the_kind_and_brings_this_machines_python(workbook: Path, tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsm"
    path.write_bytes(workbook.read_bytes())
    found = examine(path, fine_tuning_by_id, macros_for)
    assert (found.edits, found.own_macros, found.is_exact) == ((), (), True)
    backup = regenerate(found, fine_tuning_by_id, TODAY, macros_for=macros_for)
    assert backup is not None
    assert backup.suffix == ".xlsm"
    with zipfile.ZipFile(path) as package:
        project = package.read(PROJECT_PART)
        assert b"macroEnabled" in package.read("[Content_Types].xml")
    assert Path(interpreter_of(project)).name.startswith("python")
    assert interpreter_of(project) != str(INTERPRETER)


def test_macros_of_the_users_own_are_told_before_anything_is_written(tmp_path: Path, macros: Macros) -> None:
    path = tmp_path / "plan.xlsm"
    own = [Module("Budget", "Sub Send()\n    Beep\nEnd Sub"), Module("Remarks", "' nothing but a remark")]

    def with_own(names: object) -> bytes:  # noqa: ARG001 - the names of the sheets play no part
        return write_project("ftroi_plan", [Module("ThisWorkbook", "Sub Workbook_Open()", WORKBOOK_CLASS), *own])

    write_workbook(small_plan(), path, macros=Macros(with_own, macros.ribbon, macros.others))
    before = path.read_bytes()
    assert examine(path, fine_tuning_by_id, macros_for).own_macros == ("Budget", "ThisWorkbook")
    assert path.read_bytes() == before


def test_a_project_that_cannot_be_read_is_told() -> None:
    assert other_modules(b"no project") == ["macros that cannot be read"]
    assert interpreter_of(b"no project") == ""
