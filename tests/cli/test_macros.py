"""Workbooks with macros through the command line: made, computed, regenerated, and the checklist."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from ftroi.hosts.build import macros_for
from ftroi.hosts.xlam import interpreter_of
from ftroi.hosts.xlam.vba_project import WORKBOOK_CLASS, Module, write_project
from ftroi.workbook.write import write_workbook
from ftroi.workbook.xlsx.macros import PROJECT_PART, Macros
from tests.support.edited import small_plan
from tests.support.running import Ftroi

NEW = ("new", "--preset", "support_assistant", "--options", "do_nothing,prompt_engineering,lora_hosted")


@pytest.fixture
def workbook(ftroi: Ftroi, tmp_path: Path) -> Path:
    path = tmp_path / "plan.xlsm"
    found = ftroi(*NEW, path)
    assert found.code == 0, found.err
    assert "Its functions run in Excel on Windows" in found.out
    return path


def test_it_is_computed_checked_and_regenerated_as_any_other(ftroi: Ftroi, workbook: Path) -> None:
    assert ftroi("calc", workbook, "--json").json["measures"]["tco"] > 0
    assert ftroi("check", workbook).code == 0
    report = ftroi("regenerate", workbook, "--json").json["workbooks"][0]
    assert (report["status"], report["own_macros"], report["edited"]) == ("regenerated", [], [])
    with zipfile.ZipFile(workbook) as package:
        assert interpreter_of(package.read(PROJECT_PART)) == interpreter_of(project_of(["ThisWorkbook"]))


def project_of(names: list[str]) -> bytes:
    macros = macros_for(Path("plan.xlsm"))
    assert macros is not None
    return macros.project(names)


def test_macros_of_the_users_own_are_lost_only_when_agreed(ftroi: Ftroi, tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsm"
    macros = macros_for(path)
    assert macros is not None
    own = [Module("ThisWorkbook", "", WORKBOOK_CLASS), Module("Budget", "Sub Send()\nEnd Sub")]
    write_workbook(small_plan(), path, macros=Macros(lambda _: write_project("p", own), "<customUI/>", macros.others))
    before = path.read_bytes()
    refused = ftroi("regenerate", path)
    assert refused.code == 2
    assert "your own macros cannot be kept: Budget" in refused.err
    assert path.read_bytes() == before
    agreed = ftroi("regenerate", path, "--yes")
    assert agreed.code == 0
    assert "Not kept: your own macros in Budget" in agreed.out


def test_a_workbook_has_the_functions_in_one_way(ftroi: Ftroi, tmp_path: Path) -> None:
    refused = ftroi(*NEW, tmp_path / "plan.xlsm", "--functions", "excel")
    assert refused.code == 2
    assert "--functions: a workbook with macros has the functions in itself" in refused.err
    assert list(tmp_path.iterdir()) == []


def test_the_checklist_is_written_for_excel_and_never_over_a_file(ftroi: Ftroi, tmp_path: Path) -> None:
    path = tmp_path / "checklist.xlsx"
    assert ftroi("addin", "checklist", "--output", path).code == 0
    with zipfile.ZipFile(path) as package:
        assert "xl/externalLinks/externalLink1.xml" in package.namelist()
    again = ftroi("addin", "checklist", "--output", path)
    assert again.code == 2
    assert "already exists" in again.err
