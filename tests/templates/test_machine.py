"""A company's template of another domain has a whole workbook and every command, with no Python changed.

Its figures are derived by hand here. Buying costs 60,000 in month 1 and 4,000 of fitting; the machine then runs for 35
of 36 months at 4,000 kWh of 0.30 and 800 of upkeep a month, and makes 1,000 pieces with a margin of 6.
"""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest

from ftroi.analysis import give_verdict, judge_plan
from ftroi.cli.program import COMMANDS
from ftroi.functions.call import call
from ftroi.plan import calculate
from ftroi.termsheet.catalogue import register
from ftroi.workbook.schema import CHECKS_FAILED, INPUTS, VERDICT
from ftroi.workbook.sheets.registry import layout_of
from ftroi.workbook.write import write_workbook
from tests.support.bills import FOCUS, focus, table
from tests.support.function_sheet import ranges_of
from tests.support.machine_template import FOLDER, PRESET, machine, machine_plan
from tests.support.office import Office
from tests.support.plans import fine_tuning
from tests.support.running import Ftroi

COST = 60_000 + 4_000 + 35 * (4_000 * 0.3 + 800)
OUTPUT = 35 * 1_000 * 6
OF_PRESET = ("--preset", PRESET, "--template", FOLDER)


@pytest.fixture
def ftroi(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ftroi:
    """The command line on a machine where the template is registered."""
    monkeypatch.setenv("FTROI_HOME", str(tmp_path / "home"))
    register(FOLDER)
    return Ftroi(capsys)


def test_it_shares_no_name_with_the_template_that_comes_with_ftroi() -> None:
    own, other = machine(), fine_tuning()
    shared = own.assumptions.keys() & other.assumptions.keys() | own.measures.keys() & other.measures.keys()
    assert shared == set()
    generated = {name for name, line in own.lines.items() if line.where == "generated"}
    assert (own.lines.keys() & other.lines.keys()) <= generated
    assert not own.groups.keys() & other.groups.keys()


def test_its_figures_are_those_derived_by_hand(ftroi: Ftroi) -> None:
    report = ftroi.done("calc", *OF_PRESET, "--json").json
    assert report["measures"]["outlay"] == pytest.approx(COST)
    assert report["measures"]["output"] == pytest.approx(OUTPUT)
    assert report["measures"]["before_it_runs"] == 64_000
    assert report["by_year"]["1"] == {"outlay": pytest.approx(64_000 + 11 * 2_000), "output": pytest.approx(66_000)}
    assert report["verdict"]["code"] == "not_yet"
    assert report["verdict"]["sentence"] == "Wait for Money granted."


def test_people_read_its_own_words(ftroi: Ftroi) -> None:
    assert "Running: Energy" in ftroi.done("calc", *OF_PRESET).out
    compared = ftroi.done("compare", *OF_PRESET).out
    assert compared.index("Advantage") < compared.index("Cost") < compared.index("Recouped, months")
    simulated = ftroi.done("simulate", *OF_PRESET, "--draws", "64", "--by-year").out
    assert "advantage below 0" in simulated
    assert "Year 1: cost" in simulated
    assert "Advantage over the baseline" in ftroi.done("sensitivity", *OF_PRESET).out
    assert "TOTAL(ahead_today)" in ftroi.done("explain", "advantage", *OF_PRESET).out
    assert "against 0" in ftroi.done("breakeven", "margin", *OF_PRESET).out


@pytest.mark.parametrize("command, part", [("cadence", "[cadence]"), ("choices", "[alternatives]")])
def test_what_it_has_not_is_refused_clearly(ftroi: Ftroi, command: str, part: str) -> None:
    assert f"views.toml: the template machine has no {part}" in ftroi.refused(command, *OF_PRESET)


def test_a_workbook_goes_through_every_command_that_writes(ftroi: Ftroi, tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    ftroi.done("new", path, *OF_PRESET)
    assert "no problems found" in ftroi.done("check", path).out
    ftroi.done("simulate", path, "--write", "--draws", "64")
    assert "Regenerated" in ftroi.done("regenerate", path).out
    assert ftroi.done("calc", path, "--json").json["measures"]["outlay"] == pytest.approx(COST)
    ftroi.done("report", path, "--format", "html", "-o", tmp_path / "paper.html")
    paper = (tmp_path / "paper.html").read_text(encoding="utf-8")
    for words in ("Wait for Money granted.", "Advantage over the baseline", "From the purchase to all that it costs"):
        assert words in paper


def test_its_plan_is_approved_billed_and_compared(ftroi: Ftroi, tmp_path: Path) -> None:
    path, other, bill = tmp_path / "plan.xlsx", tmp_path / "other.xlsx", tmp_path / "bill.csv"
    ftroi.done("new", path, *OF_PRESET)
    ftroi.done("new", other, *OF_PRESET, "--set", "margin=5")
    changed = ftroi.done("diff", path, other).out
    assert "Margin" in changed
    assert "Advantage" in changed
    assert "TCO" not in changed
    assert "EUR 134,000" in ftroi.done("approve", path, "--by", "Ann").out
    assert "No price has moved." in ftroi.done("reassess", path).out
    scenarios = {one["name"]: one for one in ftroi.done("scenarios", path, "--write", "--json").json["scenarios"]}
    assert scenarios["base"]["measures"]["outlay"] == pytest.approx(COST)
    rows = [focus(day, 60_000 / 5, 60_000 / 5) for day in range(1, 6)]
    bill.write_text(table(FOCUS, rows).replace("2026-03-", "2027-03-").replace("USD", "EUR"), encoding="utf-8")
    assert "approved by Ann" in ftroi.done("actuals", path, bill).out
    assert "Not assigned: 60,000.00" in ftroi.done("actuals", path, bill, "--write").out
    assert "no problems found" in ftroi.done("check", path).out


def test_what_is_about_no_plan_takes_it_too(ftroi: Ftroi) -> None:
    assert "machine" in ftroi.done("template", "list").out
    assert "name a model" in ftroi.done("prices", "--template", "machine").out
    assert "Registered: machine" in ftroi.done("template", "add", FOLDER).out


def test_every_command_is_run_here() -> None:
    """The rest look at this computer, and build what has no template."""
    text, apart = Path(__file__).read_text(encoding="utf-8"), {"doctor", "addin checklist", "addin build"}
    words = {name: '", "'.join(name.split()) for name in COMMANDS if name not in apart}
    assert [name for name, quoted in words.items() if f'"{quoted}"' not in text] == []


def test_every_sheet_opens_and_computes_in_a_spreadsheet(office: Office, tmp_path: Path) -> None:
    """Every sheet is recalculated without an error, and gives what the engine gives."""
    plan, path = machine_plan(), tmp_path / "plan.xlsx"
    write_workbook(plan, path)
    layout, results = layout_of(plan), calculate(plan)
    wanted = give_verdict(plan, results, judge_plan(plan, results))
    with office.opened(path, editable=True) as document:
        office.recalculate(document)
        assert list(document.Sheets.ElementNames) == list(layout.order)
        assert office.errors(document) == {}
        assert office.named(document, VERDICT).getCellByPosition(0, 0).String == wanted.sentence
        assert office.named(document, CHECKS_FAILED).getCellByPosition(0, 0).Value == 0
        compare = document.Sheets.getByName("Compare")
        for name, option in product(plan.template.measures, plan.settings.options):
            cell = compare.getCellByPosition(layout.compare.column(option), layout.compare.scalars[name])
            figure = results.measure(name, option)
            if figure.value is None:
                assert cell.String == figure.text, (name, option)
            else:
                assert cell.Value == pytest.approx(figure.value), (name, option)


@pytest.mark.parametrize("name", ["FT_TCO", "FT_NPV", "FT_HIDDEN_MULTIPLE"])
def test_functions_of_measures_that_it_has_not_say_so(name: str, ftroi: Ftroi) -> None:  # noqa: ARG001 - it registers
    inputs = ranges_of(machine_plan())[INPUTS]
    answer = call(name, [inputs])
    assert str(answer).startswith("#FT:")
    assert "no measure" in str(answer)
    assert call("FT_MEASURE", ["outlay", inputs]) == pytest.approx(COST)
    assert call("FT_COST", ["running", None, inputs]) == pytest.approx(35 * 2_000)
