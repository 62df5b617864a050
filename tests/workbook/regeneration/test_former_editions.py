"""Workbooks of former editions: nothing is lost, and what the present template makes of them is told."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

from openpyxl import load_workbook

from ftroi.plan import LogEntry, calculate
from ftroi.workbook.reading.file import read_workbook
from tests.support.edited import Inputs, fine_tuning_by_id, light_workbook, read_plan
from tests.support.regenerating import FIRST, SECOND, assert_kept, regenerated

OPTION_SHEETS = ("Do nothing", "Prompt engineering", "Retrieval-augmented generation", "Hosted adapter", "Own adapter")


def test_every_input_of_the_frozen_workbook_survives(tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    shutil.copy(FIRST, path)
    old = read_workbook(FIRST, fine_tuning_by_id, is_renewal=True).plan
    assert old.settings.project == "=Claims desk (2026)"
    assert old.settings.case == "pessimistic"
    assert old.entries["requests_per_month"].base == 456_789
    assert old.entries["requests_per_month"].distribution == "triangular"
    assert old.entries["build_months"].own[old.settings.candidate] == 5
    assert [cost.amount for cost in old.own_costs] == [1250.5, -300]
    assert old.remarks["discount_rate"].owner == "Treasury"
    assert old.remarks["discount_rate"].review_by == date(2027, 1, 31)
    assert old.remarks["discount_rate"].note == "policy of May"
    assert LogEntry(date(2026, 6, 1), "discount_rate", 0.1, 0.085, "CFO", "new policy") in old.log
    found = regenerated(path)
    assert found.edits == ()
    assert_kept(read_plan(path, fine_tuning_by_id), old)


def test_a_workbook_of_the_second_edition_tells_its_figures_before_and_after(tmp_path: Path) -> None:
    """Its bridge is gone, and review stands in its value and no longer in its cost."""
    path = tmp_path / "plan.xlsx"
    shutil.copy(SECOND, path)
    old = read_workbook(SECOND, fine_tuning_by_id, is_renewal=True).plan
    found = regenerated(path)
    assert_kept(read_plan(path, fine_tuning_by_id), old)
    assert ("removed", "bridge") in {(one.kind, one.name) for one in found.changes}
    saved = load_workbook(SECOND, data_only=True)
    results = calculate(old)
    told = {one.name: (one.was, one.now) for one in found.changes if one.kind == "figure"}
    wanted = {}
    for title, option in zip(OPTION_SHEETS, old.settings.options, strict=True):
        for name in ("tco", "npv"):
            cell = saved[title].defined_names[name].attr_text.split("!")[1].replace("$", "")
            label = f"{old.template.lines[name].label}, {old.template.options[option].label}"
            wanted[label] = (f"{saved[title][cell].value:,.2f}", f"{results.number(name, option):,.2f}")
    assert told == wanted
    assert told["Total cost of ownership (TCO), Retrieval-augmented generation"][0] == "9,026,571.72"
    assert [one.what for one in read_plan(path, fine_tuning_by_id).log if one.what in told] == list(told)


def test_an_older_workbook_is_read_with_the_template_s_figures_for_what_is_new() -> None:
    """Also with those of its options: no vendor can withdraw what is not bought."""
    found = read_workbook(FIRST, fine_tuning_by_id)
    chance = found.plan.entries["withdrawal_chance"]
    assert (chance.base, chance.value("do_nothing"), chance.value("prompt_engineering")) == (0.15, 0, 0.03)
    assert found.plan.entries["leap_month"].base == 0
    assert any("withdrawal_chance" in str(one) and "is new in version" in str(one) for one in found.warnings)
    (bridge,) = (str(one) for one in found.warnings if "(bridge)" in str(one))
    assert "is not used: base 0" in bridge
    assert "name what serves until go-live in the setting 'incumbent'" in bridge
    assert found.plan.settings.incumbent == "do_nothing"


def test_own_costs_of_a_category_that_is_gone_stand_in_its_heir_and_that_is_told(tmp_path: Path) -> None:
    inputs = Inputs(light_workbook(tmp_path))
    inputs.cell("version", "value").value = "0.2.0"
    review = {"category": "hidden.human_review", "nature": "cash", "first_month": 1, "last_month": 6, "amount": 500}
    inputs.own_cost(1, label="second reading", option="rag", **review)
    found = read_workbook(inputs.save(), fine_tuning_by_id)
    (cost,) = found.plan.own_costs
    assert (cost.category, cost.amount) == ("hidden.expertise", 500)
    assert any("'hidden.human_review' is gone, and it stands in hidden.expertise" in str(one) for one in found.warnings)
