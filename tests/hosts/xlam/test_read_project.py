"""Our reader of VBA projects beside olevba, on projects that Excel has saved and on random ones of our own."""

from __future__ import annotations

import zipfile
from importlib.metadata import distribution
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ftroi.hosts.xlam.compound_file import write_compound_file
from ftroi.hosts.xlam.read_project import read_project
from ftroi.hosts.xlam.vba_compression import compress, decompress
from ftroi.hosts.xlam.vba_project import WORKBOOK_CLASS, Module, write_project
from tests.support.xlam_readers import read_modules
from tests.support.xlam_texts import MODULES, SIZES

SAVED_BY_EXCEL = sorted(Path(str(distribution("xlwings").locate_file("xlwings"))).rglob("*.xl*m"))


def project_in(path: Path) -> bytes:
    with zipfile.ZipFile(path) as package:
        return package.read("xl/vbaProject.bin")


def test_there_are_projects_that_excel_has_saved() -> None:
    assert len(SAVED_BY_EXCEL) >= 5


@pytest.mark.parametrize("path", SAVED_BY_EXCEL, ids=lambda path: path.name)
def test_projects_saved_by_excel_are_read_as_olevba_reads_them(path: Path) -> None:
    theirs = {name: text.replace("\r\n", "\n") for name, text in read_modules(path).items()}
    assert {name: text.replace("\r\n", "\n") for name, text in read_project(project_in(path)).items()} == theirs


@given(MODULES)
def test_our_own_projects_come_back(texts: dict[str, str]) -> None:
    modules = [Module("ThisWorkbook", "", WORKBOOK_CLASS), *(Module(name, text) for name, text in texts.items())]
    assert read_project(write_project("plan", modules)) == {module.name: module.source for module in modules}


@given(st.builds(lambda size, seed: bytes((seed * n) % 251 for n in range(size)), SIZES, st.integers(1, 250)))
def test_what_is_compressed_comes_back(data: bytes) -> None:
    assert decompress(compress(data) if len(data) % 4096 < 3600 else compress(data[:3600])) in (data, data[:3600])


@given(st.data())
def test_a_damaged_project_is_an_error_and_nothing_else(data: st.DataObject) -> None:
    whole = bytearray(write_project("plan", [Module("One", "Dim total\n" * 50)]))
    for _ in range(data.draw(st.integers(1, 8))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    try:
        read_project(bytes(whole[: data.draw(st.integers(0, len(whole)))]))
    except ValueError:
        return


@pytest.mark.parametrize("content", [b"", b"PK", b"\0" * 1000, write_compound_file({"VBA": {"dir": b"none"}})])
def test_what_is_no_project_is_refused(content: bytes) -> None:
    with pytest.raises(ValueError, match="cannot be read"):
        read_project(content)
