"""The add-in missing, or there without its engine: native figures stand, and the cells beside them say so."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path

import pytest

import ftroi
from ftroi.engine import Results
from ftroi.functions.registry import FUNCTIONS
from ftroi.hosts.office import extension_parts
from ftroi.hosts.office.build import SETTINGS, own_paths
from ftroi.plan import calculate
from ftroi.workbook.layout import dashboard as at
from ftroi.workbook.layout.dashboard import PANEL, PANEL_VALUE
from ftroi.workbook.layout.workbook import DASHBOARD
from ftroi.workbook.references import engine as engine_cells
from ftroi.workbook.schema import VERDICT
from ftroi.workbook.sheets.registry import layout_of
from ftroi.workbook.xlsx.add_in_calls import NOT_LOADED
from tests.conftest import require_office
from tests.support.calc import asked, calc, filled, formula_of, shown
from tests.support.function_sheet import plan
from tests.support.office import Document, Office

pytestmark = pytest.mark.host

LAYOUT = layout_of(plan()).dashboard


Start = Callable[[Mapping[str, bytes]], Office]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Start LibreOffice with some parts of an extension; it ends after what a test has to say."""
    require_office()
    with ExitStack() as stack:
        yield lambda parts: stack.enter_context(calc(tmp_path, parts))


def assert_native_stands(document: Document, beside: str) -> None:
    """Compare the native headline figures with the engine's; the cells beside them begin with a text."""
    results: Results = calculate(plan())
    sheet = document.Sheets.getByName(DASHBOARD)
    for name, row in LAYOUT.headlines.items():
        measured = results.measure(name, plan().settings.option)
        if measured.value is not None:
            assert shown(sheet.getCellByPosition(at.SHOWN, row)) == pytest.approx(measured.value, rel=1e-9), name
        assert sheet.getCellByPosition(at.ENGINE, row).String.startswith(beside), name
        assert sheet.getCellByPosition(at.MARK, row).String == engine_cells.NOT_APPLICABLE, name
    assert sheet.getCellByPosition(PANEL_VALUE, PANEL["engine"]).String == "– add-in not loaded"
    verdict = document.NamedRanges.getByName(VERDICT).getReferredCells().getCellByPosition(0, 0).String
    assert not verdict.startswith("No verdict")


def test_without_the_add_in(office: Office, path: Path, tmp_path: Path) -> None:
    with office.opened(shutil.copy(path, tmp_path), editable=True) as document:
        assert_native_stands(document, NOT_LOADED)
        assert asked(document, "=FT_TCO(FT_Inputs)") == "#NAME?"


def test_an_engine_that_cannot_be_imported(start: Start, tmp_path: Path, path: Path) -> None:
    broken = tmp_path / "broken"
    (broken / "numpy").mkdir(parents=True)
    (broken / "numpy" / "__init__.py").write_text('raise ImportError("a library of\\nnumpy is missing")\n')
    office = start(extension_parts([broken, *own_paths()]))
    text = "#FT: engine not loaded: ImportError: a library of numpy is missing; run setup_addin.py again"
    book = office.open(shutil.copy(path, tmp_path), editable=True)
    assert_native_stands(book, text)
    for name, function in FUNCTIONS.items():
        given = ["npv" if not one.is_optional else None for one in function.arguments]
        assert asked(book, formula_of(name, given)) == text
    assert asked(book, "=FT_TCO()+1") == "#VALUE!"
    assert filled(book, "=FT_COMPARE()", 1, 1) == ((text,),)
    log = (tmp_path / "home" / "logs" / "add-in.log").read_text(encoding="utf-8")
    assert "the engine could not be loaded" in log
    assert "Traceback" in log


def test_an_engine_of_another_python(start: Start, tmp_path: Path) -> None:
    parts = extension_parts([tmp_path / "nowhere"])
    settings = json.loads(parts[SETTINGS]) | {"python": "3.99"}
    office = start(parts | {SETTINGS: json.dumps(settings).encode()})
    found = str(asked(office.new(), "=FT_VERSION()"))
    assert found.startswith("#FT: engine not loaded: LibreOffice runs Python 3.")
    assert "ftroi was installed with 3.99; install it with 3." in found
    assert "(ImportError: No module named 'ftroi')" in found


def test_another_python_first_on_path(tmp_path: Path) -> None:
    """As pyenv and conda have it: the functions work, or `doctor`, asked there, says how to start LibreOffice."""
    require_office()
    first = tmp_path / "bin"
    first.mkdir()
    (first / "python3").symlink_to(sys.executable)
    variables = {**os.environ, "PATH": f"{first}:/usr/bin:/bin", "FTROI_HOME": str(tmp_path / "home")}
    doctor = [sys.executable, "-m", "ftroi", "doctor"]
    told = subprocess.run(doctor, check=False, capture_output=True, text=True, env=variables).stdout
    assert f"Note: {first}: a Python there comes first on PATH" in told
    cure = re.search(r"or as: PATH=(\S+) soffice", told)
    assert cure is not None
    works = f"ftroi {ftroi.__version__}"
    with calc(tmp_path / "as-told", variables={"PATH": cure[1]}) as office:
        assert asked(office.new(), "=FT_VERSION()") == works
    with calc(tmp_path / "as-is", variables={"PATH": variables["PATH"]}) as office:
        assert asked(office.new(), "=FT_VERSION()") in (works, "#NAME?")
