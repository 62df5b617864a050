"""A font of a look that the machine does not have is told, where the machine can be asked."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.styles import Font

from ftroi.resources import templates_folder
from ftroi.workbook.xlsx.installed_fonts import is_installed
from tests.support.edited import light_workbook
from tests.support.running import Ftroi

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a program of the name fc-list is put before others")


@pytest.fixture
def fonts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine with two fonts."""
    program = tmp_path / "bin" / "fc-list"
    program.parent.mkdir()
    program.write_text("#!/bin/sh\nprintf 'Lato,Lato Light\\nDejaVu Sans Mono\\n'\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")


@pytest.mark.usefixtures("fonts")
@pytest.mark.parametrize("font,there", [("Lato", True), ("lato light", True), ("Dejavu Sans", True), ("Gone", False)])
def test_fontconfig_is_asked(font: str, there: bool) -> None:
    assert is_installed(font) is there


def test_nothing_is_said_where_it_cannot_be_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert is_installed("Gone") is None
    broken = tmp_path / "fc-list"
    broken.write_text("#!/bin/sh\nexit 1\n")
    broken.chmod(0o755)
    assert is_installed("Gone") is None


@pytest.mark.usefixtures("fonts")
@pytest.mark.parametrize("font,told", [("Gone Sans", True), ("Lato", False), ("Calibri", False)])
def test_a_look_tells_the_font_that_is_not_here(
    font: str, told: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = load_workbook(templates_folder() / "fine_tuning" / "look.xlsx")
    sample = next(two for one, two, *_ in book["Look"].iter_rows() if one.value == "FT text")
    sample.font = Font(name=font)
    look = tmp_path / "company.xlsx"
    book.save(look)
    path = light_workbook(tmp_path)
    answer = Ftroi(capsys).done("regenerate", path, "--look", look)
    assert (f"the font {font} is not installed on this machine" in answer.err) is told
    assert load_workbook(path)["Dashboard"]["A1"].font.name == font
