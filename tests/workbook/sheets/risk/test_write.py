"""The sheet Risk: empty before a simulation, the very figures after it, and stale once an input has changed."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from ftroi.analysis.risk.freshness import digest_of, fresh_odds, state_of
from ftroi.analysis.risk.snapshot import BINS, stored_names
from ftroi.plan import OwnCost, Plan
from ftroi.plan.simulated import FRESH, STALE
from ftroi.workbook.layout.risk import FIRST_OPTION, STATE_ROW
from ftroi.workbook.references.simulation import SENTENCES
from ftroi.workbook.regeneration.regenerate import examine, regenerate
from ftroi.workbook.schema import RISK_FIGURES, RISK_SHEET
from ftroi.workbook.sheets.registry import layout_of
from ftroi.workbook.write import write_workbook
from ftroi.workbook.xlsx.addresses import letters
from tests.support.edited import Inputs, fine_tuning_by_id, read_plan, small_plan, small_workbook
from tests.support.plans import fine_tuning
from tests.support.simulated import BUDGET, MADE, simulated_plan

TODAY = date(2026, 11, 24)


def risk_of(path: Path) -> Worksheet:
    """The sheet with the values that the file holds."""
    sheet = load_workbook(path, data_only=True)[RISK_SHEET]
    assert isinstance(sheet, Worksheet)
    return sheet


def sentence(path: Path) -> object:
    return risk_of(path).cell(STATE_ROW + 1, 1).value


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("risk") / "plan.xlsx"
    write_workbook(simulated_plan(), path)
    return path


def test_before_a_simulation_the_sheet_says_so_and_holds_no_figure(tmp_path: Path) -> None:
    path = small_workbook(tmp_path)
    sheet, layout = risk_of(path), layout_of(small_plan()).risk
    assert sentence(path) == SENTENCES["not simulated yet"]
    columns = range(FIRST_OPTION + 1, layout.last_option + 2)
    assert {sheet.cell(row + 1, column).value for row in layout.rows.values() for column in columns} == {None}
    assert read_plan(path, fine_tuning_by_id).simulated is None


def test_no_chart_of_any_sheet_lies_over_another_one_and_none_leaves_its_row(written: Path) -> None:
    """By the cells of the anchors, which are right only where widths and heights were known before."""
    book: Any = load_workbook(written)
    for sheet in book.worksheets:
        anchors = [chart.anchor for chart in sheet._charts]
        boxes = [((one._from.col, one._from.colOff), (one._from.row, one._from.rowOff),
                  (one.to.col, one.to.colOff), (one.to.row, one.to.rowOff)) for one in anchors]  # fmt: skip
        for (left, top, right, bottom), (left2, top2, right2, bottom2) in combinations(boxes, 2):
            assert right <= left2 or right2 <= left or bottom <= top2 or bottom2 <= top, sheet.title
        if sheet.title == RISK_SHEET:
            assert [top[0] == bottom[0] for _, top, _, bottom in boxes].count(True) == len(boxes) - 1 == 5


def test_the_chart_of_ranges_reaches_from_p10_to_p90_of_every_option(written: Path) -> None:
    layout, simulated, sheet = layout_of(simulated_plan()).risk, simulated_plan().simulated, risk_of(written)
    assert simulated is not None
    below, above = layout.reaches
    for place, option in enumerate(layout.options):
        low, middle, high = (simulated.number(f"npv.{end}", option) for end in ("p10", "p50", "p90"))
        assert low is not None
        assert middle is not None
        assert high is not None
        column = FIRST_OPTION + place + 1
        assert sheet.cell(below + 1, column).value == pytest.approx(middle - low)
        assert sheet.cell(above + 1, column).value == pytest.approx(high - middle)
    book: Any = load_workbook(written)
    (chart,) = [one for one in book[RISK_SHEET]._charts if len(one.series) == 3]
    bars, last = chart.series[1].errBars, letters(layout.last_option)
    assert [bars.minus.numRef.f, bars.plus.numRef.f] == [
        f"Risk!$D${row + 1}:${last}${row + 1}" for row in (below, above)
    ]


def test_standard_errors_and_bins_stand_in_shut_groups_and_so_do_empty_rows(written: Path, tmp_path: Path) -> None:
    layout = layout_of(simulated_plan()).risk
    full, empty = risk_of(written), risk_of(small_workbook(tmp_path))
    for name, row in layout.rows.items():
        if name.startswith("stamp"):
            continue
        is_behind = name.endswith((".error", ".from", ".width", ".below")) or ".bin" in name
        if not name.endswith("standard_error"):
            assert full.row_dimensions[row + 1].hidden == is_behind, name
        assert empty.row_dimensions[row + 1].hidden, name


def test_what_was_simulated_is_read_back(written: Path) -> None:
    was, now = simulated_plan().simulated, read_plan(written, fine_tuning_by_id).simulated
    assert was is not None
    assert now is not None
    assert replace(now.stamp, fingerprint=None) == was.stamp
    assert now.stamp.budget == BUDGET
    for name in stored_names(fine_tuning()):
        for option, figure in was.figures[name].items():
            same = pytest.approx(figure, rel=1e-12) if isinstance(figure, float) else figure
            assert now.figures[name][option] == same, name


def test_a_read_plan_is_fresh_and_its_odds_are_those_of_the_candidate(written: Path) -> None:
    plan = read_plan(written, fine_tuning_by_id)
    assert state_of(plan) == FRESH
    assert plan.simulated is not None
    assert fresh_odds(plan) == plan.simulated.figures["beats_reference"][plan.settings.candidate]
    assert sentence(written) == SENTENCES[FRESH]
    assert MADE in str(risk_of(written).cell(STATE_ROW + 2, 1).value)


OWN = OwnCost("Audit", "all", "hidden.compliance", "cash", 1, 12, 100.0)
CHANGED = {
    "a base": lambda plan: plan.with_base("discount_rate", 0.11),
    "an end": lambda plan: plan.with_entry("wage_growth", replace(plan.entries["wage_growth"], high=0.2)),
    "a distribution": lambda plan: plan.with_entry(
        "wage_growth", replace(plan.entries["wage_growth"], distribution="uniform")
    ),
    "an option's own": lambda plan: plan.with_own("build_months", "rag", 5),
    "an own cost": lambda plan: replace(plan, own_costs=(OWN,)),
    "the reference": lambda plan: plan.with_settings(reference="do_nothing"),
}


@pytest.mark.parametrize("what", CHANGED)
def test_every_input_of_a_simulation_makes_its_figures_stale(what: str) -> None:
    plan: Plan = CHANGED[what](simulated_plan())
    assert state_of(plan) == STALE
    assert fresh_odds(plan) is None


def test_what_is_shown_and_written_beside_makes_nothing_stale() -> None:
    plan = simulated_plan()
    shown = replace(plan.with_settings(option="rag", case="pessimistic", project="Other"), as_of=TODAY)
    assert digest_of(shown) == digest_of(plan)


def test_regenerating_keeps_the_figures_and_marks_them_stale_after_an_edit(written: Path, tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    path.write_bytes(written.read_bytes())
    regenerate(examine(path, fine_tuning_by_id), fine_tuning_by_id, TODAY)
    assert sentence(path) == SENTENCES[FRESH]
    kept = read_plan(path, fine_tuning_by_id).simulated

    inputs = Inputs(path)
    inputs.cell("discount_rate").value = 0.12
    inputs.save()
    regenerate(examine(path, fine_tuning_by_id), fine_tuning_by_id, TODAY)
    plan = read_plan(path, fine_tuning_by_id)
    assert kept is not None
    assert plan.simulated is not None
    assert plan.simulated.stamp.fingerprint == pytest.approx(kept.stamp.fingerprint, rel=1e-15), "openpyxl cuts a digit"
    assert replace(plan.simulated.stamp, fingerprint=None) == replace(kept.stamp, fingerprint=None)
    assert set(plan.simulated.figures) == set(kept.figures)
    for name, figures in kept.figures.items():
        for option, figure in figures.items():
            same = pytest.approx(figure, rel=1e-15) if isinstance(figure, float) else figure
            assert plan.simulated.figures[name][option] == same, (name, option)
    assert state_of(plan) == STALE
    assert sentence(path) == SENTENCES[STALE]


def test_figures_without_a_stamp_are_not_there(written: Path, tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    book = load_workbook(written)
    row = layout_of(simulated_plan()).risk.rows["stamp.draws"]
    book[RISK_SHEET].cell(row + 1, FIRST_OPTION + 1).value = "many"
    book.save(path)
    assert read_plan(path, fine_tuning_by_id).simulated is None
    del book.defined_names[RISK_FIGURES]
    book.save(path)
    assert read_plan(path, fine_tuning_by_id).simulated is None


def test_the_charts_are_drawn_from_cells_and_say_what_they_show(written: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(written) as archive:
        names = [name for name in archive.namelist() if name.startswith("xl/charts/chart")]
        charts = [archive.read(name).decode() for name in names]
        drawings = [archive.read(one).decode() for one in archive.namelist() if one.startswith("xl/drawings/drawing")]
    own = [chart for chart in charts if set(re.findall(r"<f>(\w+)!", chart)) == {RISK_SHEET}]
    assert len(own) == 6
    said = [[text.split()[0] for text in re.findall(r'descr="([^"]+)"', one)] for one in drawings]
    assert ["Bars,", "Columns:", "A", "Columns:", "A", "Bars"] in said
    values = own[1].split("<val>")[1]
    first, last = re.findall(r"\$\w+\$(\d+)", values)[:2]
    assert int(last) - int(first) + 1 == BINS
    with zipfile.ZipFile(small_workbook(tmp_path)) as archive:
        assert len([name for name in archive.namelist() if name.startswith("xl/charts/chart")]) == len(charts) - 6


def test_what_the_charts_show_adds_up(written: Path) -> None:
    """The shares between the edges, with those below and above, are all draws."""
    sheet, layout = risk_of(written), layout_of(simulated_plan()).risk
    plan = simulated_plan()
    assert plan.simulated is not None
    for measure, column in (("tco", 4), ("npv", 7)):
        shares = [sheet.cell(row + 1, column + 1).value for row in layout.edges[:-1]]
        above = sheet.cell(layout.edges[-1] + 1, column + 2).value
        below = plan.simulated.figures[f"{measure}.below"][plan.settings.option]
        assert isinstance(above, float)
        assert sum(float(str(one)) for one in shares) + above + float(str(below)) == pytest.approx(1, abs=1e-9)
        assert above <= 0.02
