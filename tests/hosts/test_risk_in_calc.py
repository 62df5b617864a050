"""The sheet Risk and the FT_ functions in LibreOffice with the add-in: the figures of the command line, live."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ftroi.hosts.office.build import extension_parts
from ftroi.workbook.layout.risk import LIVE_CELL, LIVE_MARK, LIVE_ROW, STAMPED_CELL, STATE_ROW
from ftroi.workbook.references.engine import AGREES, NOT_APPLICABLE
from ftroi.workbook.references.simulation import OTHER_DRAWS, SENTENCES
from ftroi.workbook.schema import RISK_SHEET
from ftroi.workbook.xlsx.add_in_calls import NOT_LOADED
from tests.conftest import ON_BUILD_SERVER
from tests.install_office import missing_tools
from tests.support.edited import small_plan, small_workbook
from tests.support.office import Document, Office

pytestmark = [
    pytest.mark.host,
    pytest.mark.skipif(bool(missing_tools()) and not ON_BUILD_SERVER, reason="LibreOffice is not on this machine"),
]
OPTION = "rag"


@pytest.fixture(scope="module")
def with_add_in(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """A LibreOffice in which the functions are installed."""
    folder = tmp_path_factory.mktemp("extensions")
    for name, content in extension_parts().items():
        path = folder / "ftroi" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    office = Office(folder)
    yield office
    office.close()


LIVE = ("tco.p50", "tco.p80", "tco.p90", "npv.p10", "npv.p50", "npv.p90", "beats_reference")
"""The figures that stand live beside the stamped ones."""


def ftroi(*words: object) -> Any:
    command = [sys.executable, "-m", "ftroi", *(str(word) for word in words), "--json"]
    return json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


@pytest.fixture(scope="module")
def simulated(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Any]:
    """A workbook with its sheet Risk written, and what the command said."""
    path = small_workbook(tmp_path_factory.mktemp("risk"))
    return path, ftroi("simulate", path, "--write", "--all")["options"]


def live(document: Document, column: int) -> list[object]:
    sheet = document.Sheets.getByName(RISK_SHEET)
    cells = (sheet.getCellByPosition(column, LIVE_ROW + 1 + place) for place in range(len(LIVE)))
    return [cell.String if cell.FormulaResultType2 == 2 else cell.Value for cell in cells]


def told(report: Any, option: str) -> list[float]:
    measures, odds = report[option]["measures"], report[option]["odds"]
    return [
        odds[name] if name in odds else measures[name.partition(".")[0]]["percentiles"][name.partition(".")[2]]
        for name in LIVE
    ]


def choose(office: Office, document: Document, option: str) -> None:
    office.named(document, "FT_Option").getCellByPosition(0, 0).String = option
    office.recalculate(document)


@pytest.mark.parametrize("option", [small_plan().settings.option, OPTION])
def test_live_figures_are_those_of_the_sheet_and_of_the_command(
    with_add_in: Office, simulated: tuple[Path, Any], option: str
) -> None:
    path, report = simulated
    with with_add_in.opened(path, editable=True) as document:
        choose(with_add_in, document, option)
        assert live(document, LIVE_CELL) == pytest.approx(told(report, option), rel=1e-9)
        assert live(document, STAMPED_CELL) == pytest.approx(told(report, option), rel=1e-9)
        assert set(live(document, LIVE_MARK)) == {AGREES}


def test_an_edit_moves_the_live_figures_and_makes_the_stamped_ones_stale(
    with_add_in: Office, simulated: tuple[Path, Any]
) -> None:
    path, report = simulated
    plan = small_plan()
    with with_add_in.opened(path, editable=True) as document:
        sheet = document.Sheets.getByName("Assumptions")
        rows = [sheet.getCellByPosition(0, row).String for row in range(400)]
        headers = rows.index("name")
        base = next(at for at in range(20) if sheet.getCellByPosition(at, headers).String == "base")
        sheet.getCellByPosition(base, rows.index("discount_rate")).Value = 0.2
        with_add_in.recalculate(document)
        again = ftroi("simulate", path, "--set", "discount_rate=20%", "--option", plan.settings.option)["options"]
        assert live(document, LIVE_CELL) == pytest.approx(told(again, plan.settings.option), rel=1e-9)
        assert live(document, STAMPED_CELL) == pytest.approx(told(report, plan.settings.option), rel=1e-9)
        assert OTHER_DRAWS in live(document, LIVE_MARK)
        assert document.Sheets.getByName(RISK_SHEET).getCellByPosition(0, STATE_ROW).String == SENTENCES["stale"]


def test_functions_typed_into_cells_are_the_command(with_add_in: Office, simulated: tuple[Path, Any]) -> None:
    path, report = simulated
    measures, odds = report[OPTION]["measures"], report[OPTION]["odds"]
    with with_add_in.opened(path, editable=True) as document:
        document.Sheets.insertNewByName("Probe", 0)
        sheet = document.Sheets.getByName("Probe")
        table = sheet.getCellRangeByName("A1:W40")
        table.setArrayFormula(f'=FT_SIMULATE(FT_Inputs;"{OPTION}")')
        with_add_in.recalculate(document)
        headers, *rows = table.getDataArray()
        found = {str(row[0]): dict(zip(headers, row, strict=True)) for row in rows}
        for name, one in measures.items():
            if one["mean"] is not None:
                assert found[name]["mean"] == pytest.approx(one["mean"], rel=1e-9)
                assert found[name]["p80"] == pytest.approx(one["percentiles"]["p80"], rel=1e-9)
        for name, share in odds.items():
            assert found[name]["mean"] == ("" if share is None else pytest.approx(share, rel=1e-9))
        assert odds["npv_mean_with_events"] != odds["npv_mean_with_leap"]


def test_without_the_add_in_the_stamped_figures_stand_alone(office: Office, simulated: tuple[Path, Any]) -> None:
    path, report = simulated
    with office.opened(path) as document:
        assert office.errors(document) == {}
        assert set(live(document, LIVE_CELL)) == {NOT_LOADED}
        assert set(live(document, LIVE_MARK)) == {NOT_APPLICABLE}
        assert live(document, STAMPED_CELL) == pytest.approx(told(report, small_plan().settings.option), rel=1e-9)
