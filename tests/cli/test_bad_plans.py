"""Odd plans through the command line: a clear message, or a figure that is right; never a wrong one."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from ftroi.resources import templates_folder
from ftroi.workbook.xlsx.package_parts import open_parts
from tests.support.contradictions import CONTRADICTIONS
from tests.support.edited import Inputs, light_workbook, small_plan
from tests.support.package import rewrite
from tests.support.running import Ftroi

FORMULA = '=HYPERLINK("https://example.com","paid")'
COMMANDS = ("calc", "regenerate", "check")
OWN_COST = {
    "label": "Lawyers", "option": "all", "category": "hidden.compliance", "nature": "cash", "first_month": 3,
    "last_month": 9, "amount": 10,
}  # fmt: skip


def told(ftroi: Ftroi, command: str, path: Path) -> str:
    """Run a command that has to refuse a workbook, or `check`, which tells its findings, and give its message."""
    if command != "check":
        return ftroi.refused(command, path)
    answer = ftroi(command, path)
    assert answer.code in (1, 2)
    return answer.out + answer.err


def test_a_projects_name_that_begins_like_a_formula_stays_a_text(ftroi: Ftroi, tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    ftroi.done("new", path, "--options", "rag", "--project", FORMULA)
    ftroi.done("regenerate", path)
    assert ftroi.done("calc", path, "--json").json["project"] == FORMULA
    with open_parts(path) as parts:
        cells = parts.filled("Dashboard")
    assert (cells[1, 1].value, cells[1, 1].is_formula) == (FORMULA, False)


@pytest.mark.parametrize("command", COMMANDS)
def test_a_note_longer_than_a_cell_holds_is_refused(command: str, ftroi: Ftroi, tmp_path: Path) -> None:
    path = light_workbook(tmp_path)
    inputs = Inputs(path)
    notes = {str(cell.value).casefold(): place for place, cell in enumerate(inputs.sheet[4], start=1)}
    inputs.sheet.cell(inputs.cell("discount_rate").row, notes["note"]).value = "a note of the CFO"
    inputs.save()
    rewrite(path, lambda _, content: content.replace(b"a note of the CFO", b"x" * 40_000))
    before = path.read_bytes()
    said = told(ftroi, command, path)
    assert "discount_rate (note): has 40,000 characters, and a cell holds 32,767; shorten it" in said
    assert path.read_bytes() == before


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(
    "first,second,what",
    [
        ({}, {"label": "LAWYERS"}, "has the same label as another; give each its own"),
        ({"first_month": 9, "last_month": 3}, None, "months 9 to 3 are reversed or before month 1"),
    ],
    ids=["one label", "reversed"],
)
def test_own_costs_that_cannot_be_meant_are_refused(
    first: dict[str, object],
    second: dict[str, object] | None,
    what: str,
    command: str,
    ftroi: Ftroi,
    tmp_path: Path,
) -> None:
    path = light_workbook(tmp_path)
    inputs = Inputs(path)
    for slot, change in enumerate((first, second), start=1):
        if change is not None:
            inputs.own_cost(slot, **(OWN_COST | change))
    inputs.save()
    before = path.read_bytes()
    assert what in told(ftroi, command, path)
    assert path.read_bytes() == before


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("key", ["option", "reference", "candidate"])
def test_a_selector_set_to_an_option_that_is_not_there_is_refused(
    key: str, command: str, ftroi: Ftroi, tmp_path: Path
) -> None:
    path = light_workbook(tmp_path)
    inputs = Inputs(path)
    inputs.cell(key, "value").value = "ragg"
    inputs.save()
    before = path.read_bytes()
    said = told(ftroi, command, path)
    assert "'ragg'" in said
    assert "rag" in said.replace("ragg", "")
    assert path.read_bytes() == before


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("kind", CONTRADICTIONS)
def test_inputs_that_cannot_be_meant_are_refused_with_their_cell(
    kind: str, command: str, ftroi: Ftroi, tmp_path: Path
) -> None:
    typed, name, what, _ = CONTRADICTIONS[kind]
    path = light_workbook(tmp_path)
    inputs = Inputs(path)
    for (key, header), value in typed.items():
        inputs.cell(key, header).value = value  # type: ignore[assignment]  # what a person types
    header = next(header for key, header in typed if key == name)
    cell = inputs.cell(name, header).coordinate
    inputs.save()
    before = path.read_bytes()
    said = told(ftroi, command, path)
    assert f"Assumptions!{cell} ({name}" in said
    assert what in said
    assert path.read_bytes() == before


@pytest.mark.parametrize("command", ["calc", "compare"])
def test_a_baseline_that_is_proposed_is_told_with_its_cell_and_computed(
    command: str, ftroi: Ftroi, tmp_path: Path
) -> None:
    inputs = Inputs(light_workbook(tmp_path))
    inputs.cell("candidate", "value").value = inputs.cell("reference", "value").value
    cell = inputs.cell("candidate", "value").coordinate
    said = ftroi.done(command, inputs.save()).err
    assert f"Assumptions!{cell} (candidate)" in said
    assert "it is compared with itself; choose another baseline, or another proposed option" in said


def test_an_option_of_another_plan_is_not_there_either(ftroi: Ftroi, tmp_path: Path) -> None:
    assert "distillation" not in small_plan().settings.options
    path = light_workbook(tmp_path)
    inputs = Inputs(path)
    inputs.cell("candidate", "value").value = "distillation"
    assert "'distillation'" in ftroi.refused("calc", inputs.save())


def test_a_template_with_a_look_that_is_none_is_refused(ftroi: Ftroi, tmp_path: Path, home: Path) -> None:
    folder = tmp_path / "ours"
    shutil.copytree(templates_folder() / "fine_tuning", folder)
    (folder / "look.xlsx").write_text("no workbook")
    said = ftroi.refused("template", "add", folder)
    assert "look.xlsx" in said
    assert str(folder) not in "".join(one.read_text() for one in home.glob("*.toml"))
