"""What an analyst gets in Python: the same figures as the command line, in tables with names and units."""

from __future__ import annotations

import doctest
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import ftroi
from ftroi.errors import PlanError, WorkbookError
from tests.support.running import Ftroi

OPTIONS = ("do_nothing", "prompt_engineering", "rag", "lora_hosted")


def cost_of_rag(model: ftroi.Model) -> float:
    return float(model.compare().to_dict()["tco"]["rag"])


@pytest.fixture(scope="module")
def model() -> ftroi.Model:
    return ftroi.preset("support_assistant", options=OPTIONS)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("api") / "plan.xlsx"
    ftroi.new(made, "support_assistant", options=OPTIONS)
    return made


def test_a_workbook_answers_as_its_preset_does(model: ftroi.Model, path: Path) -> None:
    pd.testing.assert_frame_equal(ftroi.read(path).compare(), model.compare(), rtol=1e-12)


def test_options_compare_as_on_the_command_line(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = Ftroi(capsys)("compare", str(path), "--json").json["options"]
    frame = ftroi.read(path).compare()
    assert list(frame.index) == list(told)
    for option, measures in told.items():
        wanted = [np.nan if value is None else value for value in measures.values()]
        np.testing.assert_allclose(frame.loc[option, list(measures)].to_numpy(float), wanted, rtol=1e-12)
    assert frame.attrs["units"]["tco"] == "USD"
    assert frame.attrs["units"]["payback_months"] == "month"


def test_a_measure_without_a_number_says_why(model: ftroi.Model) -> None:
    frame = model.measures("do_nothing")
    assert frame["value"].isna()["unit_cost"]
    assert frame.loc["unit_cost", "text"]
    assert frame.loc["tco", "unit"] == "USD"


@pytest.mark.parametrize("by,periods", [("month", 36), ("quarter", 12), ("year", 3)])
def test_a_schedule_adds_up_to_the_total_cost(model: ftroi.Model, by: str, periods: int) -> None:
    frame = model.schedule(by, "category", "rag")
    assert list(frame.columns) == [*range(1, periods + 1), "total"]
    costs = frame[~frame.index.str.startswith("value.")]
    assert costs["total"].sum() == pytest.approx(cost_of_rag(model), rel=1e-12)
    lines = model.schedule(by, "line", "rag")
    assert lines["total"].sum() == pytest.approx(frame["total"].sum(), rel=1e-12)


def test_one_item_stands_alone(model: ftroi.Model) -> None:
    frame = model.schedule("year", "data_labelling", "lora_hosted")
    assert list(frame.index) == ["data_labelling"]


def test_a_change_gives_another_plan_and_leaves_the_first(model: ftroi.Model) -> None:
    before = cost_of_rag(model)
    changed = model.set(requests_per_month=123_456.5).set({"rag.build_months": 2}, option="rag", case="pessimistic")
    assert changed.plan.entries["requests_per_month"].base == 123_456.5
    assert changed.plan.entries["build_months"].own["rag"] == 2
    assert (changed.plan.settings.option, changed.plan.settings.case) == ("rag", "pessimistic")
    assert cost_of_rag(model) == before != cost_of_rag(changed)


def test_a_simulation_gives_its_draws_and_what_they_amount_to(model: ftroi.Model) -> None:
    found = model.simulate(500, options=["rag", "lora_hosted"])
    frame, summary = found.frame, found.summary
    assert len(frame) == found.simulation.count >= 500
    draws = found.draws("npv", "rag")
    assert summary.loc[("rag", "npv"), "mean"] == pytest.approx(draws.mean(), rel=1e-9)
    assert summary.loc[("rag", "npv"), "p50"] == pytest.approx(draws.quantile(0.5), rel=1e-9)
    assert found.odds.loc["rag", "beats_reference"] == pytest.approx((draws > 0).mean())
    again = model.simulate(500, options=["rag", "lora_hosted"]).frame
    pd.testing.assert_frame_equal(again, frame)


def test_sensitivity_is_the_tornado_of_the_command_line(
    model: ftroi.Model, path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = Ftroi(capsys)("sensitivity", str(path), "--option", "rag", "--top", "4", "--json").json["tornado"]
    frame = model.sensitivity("npv", 4, "rag")
    assert list(frame.index) == [bar["assumption"] for bar in told]
    np.testing.assert_allclose(frame["swing"], [bar["swing"] for bar in told], rtol=1e-12)


def test_the_verdict_is_that_of_the_command_line(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert ftroi.read(path).verdict() == Ftroi(capsys)("calc", str(path), "--json").json["verdict"]


def test_what_is_wrong_is_told_all_together(model: ftroi.Model, tmp_path: Path) -> None:
    with pytest.raises(PlanError) as error:
        model.set(requests_per_mont=1, discount_rate="eight")
    assert len(error.value.findings) == 2
    with pytest.raises(PlanError, match="no option 'ragg'"):
        model.measures("ragg")
    with pytest.raises(PlanError, match="no period 'week'"):
        model.schedule("week")
    with pytest.raises(PlanError, match="no category or line"):
        model.schedule(rows="data_labeling")
    with pytest.raises(WorkbookError):
        ftroi.read(tmp_path / "none.xlsx")
    with pytest.raises(AttributeError, match="no attribute 'reed'"):
        ftroi.reed  # noqa: B018 - looking it up is the point


def test_a_file_that_is_there_is_not_replaced_unasked(path: Path) -> None:
    with pytest.raises(WorkbookError):
        ftroi.new(path)


def test_the_page_on_python_says_what_happens(tmp_path: Path) -> None:
    page = Path(__file__).parents[1] / "docs" / "python.md"
    ended = doctest.testfile(str(page), module_relative=False, globs={"folder": tmp_path})
    assert ended.attempted > 15
    assert ended.failed == 0
