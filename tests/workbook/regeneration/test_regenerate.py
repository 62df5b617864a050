"""A regenerated workbook has everything that people entered into the old one."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from random import Random

import pytest
from openpyxl import load_workbook
from openpyxl.styles import Font

from ftroi.errors import WorkbookError
from ftroi.plan import LogEntry, OwnCost, Plan, Remark
from ftroi.termsheet import Assumption, Template
from ftroi.workbook.regeneration.regenerate import examine, regenerate
from ftroi.workbook.write import write_workbook
from ftroi.workbook.xlsx import safe_files as files
from ftroi.workbook.xlsx.package_parts import open_parts
from tests.support.depth import seeds
from tests.support.edited import Inputs, fine_tuning_by_id, light_workbook, read_plan, small_plan, small_workbook
from tests.support.office import Office
from tests.support.package import with_addresses
from tests.support.plans import fine_tuning
from tests.support.random_plans import meant, random_plan
from tests.support.regenerating import FIRST, TODAY, assert_kept, regenerated


def test_an_untouched_workbook_has_no_edits_and_only_its_log_grows(tmp_path: Path) -> None:
    path = small_workbook(tmp_path)
    old = read_plan(path, fine_tuning_by_id)
    found = regenerated(path)
    assert found.is_exact
    assert (found.edits, found.changes, found.own_sheets, found.not_kept) == ((), (), (), ())
    new = read_plan(path, fine_tuning_by_id)
    assert_kept(new, old)
    made = f"Workbook regenerated from the template {new.template.id} {new.template.version}"
    version = new.template.version
    assert new.log[1:] == (LogEntry(TODAY, made, version, version, "ftroi regenerate"),)
    assert [one.name for one in tmp_path.glob("*backup*")] == ["plan (backup 2026-11-23).xlsx"]


@pytest.mark.parametrize("seed", seeds(2, 12))
def test_everything_typed_into_random_workbooks_survives(seed: int, tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    draw = Random(seed)  # noqa: S311 - reproducible, not secret
    plan = random_plan(seed)
    write_workbook(few_options(plan), path)
    keep_light(path)
    type_in(Inputs(path), draw)
    old = read_plan(path, fine_tuning_by_id)
    regenerated(path)
    assert_kept(read_plan(path, fine_tuning_by_id), old)


def few_options(plan: Plan) -> Plan:
    """A plan with the first options alone, which are enough to lose an input."""
    options = tuple(dict.fromkeys(("do_nothing", *plan.settings.options[:3])))
    entries = {
        name: replace(entry, own={option: value for option, value in entry.own.items() if option in options})
        for name, entry in plan.entries.items()
    }
    costs = tuple(cost if cost.option in options else replace(cost, option="all") for cost in plan.own_costs)
    settings = dict.fromkeys(("option", "reference", "candidate", "incumbent"), options[-1])
    return meant(replace(plan, entries=entries, own_costs=costs).with_settings(options=options, **settings))


def keep_light(path: Path) -> None:
    """Leave out the sheets that no reader looks at, so that a script edits the workbook fast."""
    book = load_workbook(path)
    for sheet in set(book.sheetnames) - {"Dashboard", "Assumptions", "Log"}:
        del book[sheet]
    book.save(path)


def type_in(inputs: Inputs, draw: Random) -> None:
    """Type into cells as a person does: figures, remarks, own costs, the Log."""
    template = fine_tuning()
    beside = {str(cell.value).casefold(): place for place, cell in enumerate(inputs.sheet[4], start=1)}
    review: list[str | datetime] = [datetime(2027, 5, 1), "later"]  # noqa: DTZ001 - a day
    note: list[str | int] = ["=no formula", "seen", 12, "@x"]
    for name in draw.sample(sorted(template.assumptions), 25):
        row = inputs.cell(name).row
        inputs.sheet.cell(row, beside["owner"]).value = f"person {draw.randint(1, 9)}"
        inputs.sheet.cell(row, beside["review by"]).value = draw.choice(review)
        inputs.sheet.cell(row, beside["note"]).value = draw.choice(note)
        type_figure(inputs, template.assumptions[name], draw)
    day = datetime(2027, 5, 1)  # noqa: DTZ001 - a day
    for slot in range(5, 5 + draw.randint(1, 5)):
        cost = OwnCost(f"+own {slot}", "all", "visible.storage", "cash", 1, draw.randint(1, 70), draw.uniform(-9, 99))
        inputs.own_cost(slot, **{key: getattr(cost, key) for key in cost.__dataclass_fields__})
    log = inputs.book["Log"]
    for row in range(6, 6 + draw.randint(1, 40)):
        for column in range(1, 7):
            typed: list[str | float | datetime | None] = [None, "text", draw.random(), day]
            log.cell(row, column).value = draw.choice(typed)


def type_figure(inputs: Inputs, one: Assumption, draw: Random) -> None:
    """Type another base between low and high, and another distribution."""
    low, high = inputs.cell(one.name, "low").value, inputs.cell(one.name, "high").value
    if one.table.whole or not isinstance(low, int | float) or not isinstance(high, int | float):
        return
    inputs.cell(one.name).value = draw.uniform(low, high)
    inputs.cell(one.name, "distribution").value = draw.choice(["pert", "triangular", "uniform"])


# --- another template --------------------------------------------------------------------------------------


def with_assumptions(assumptions: dict[str, Assumption]) -> Template:
    return replace(fine_tuning(), assumptions=assumptions)


def renamed(one: Assumption, name: str, **table: object) -> Assumption:
    return replace(one, name=name, table=one.table.model_copy(update=table))


def test_what_is_otherwise_in_the_template_is_told(tmp_path: Path) -> None:
    path = light_workbook(tmp_path)
    inputs = Inputs(path)
    row = inputs.cell("discount_rate").row
    inputs.sheet.cell(row, 1).value = "rate_of_discount"
    inputs.sheet.cell(inputs.cell("value_per_request").row, 1).value = "gone_by_now"
    inputs.cell("requests_per_month", "unit").value = "request/year"
    inputs.save()
    assumptions = dict(fine_tuning().assumptions)
    assumptions["discount_rate"] = renamed(
        assumptions["discount_rate"], "discount_rate", renamed_from="rate_of_discount"
    )
    found = examine(path, lambda _: with_assumptions(assumptions))
    told = {(one.kind, one.name) for one in found.changes}
    assert told == {
        ("renamed", "discount_rate"), ("removed", "gone_by_now"), ("added", "value_per_request"),
        ("unit", "requests_per_month"),
    }  # fmt: skip
    gone = next(one for one in found.changes if one.kind == "removed")
    assert "base" in gone.was


# --- edited formulas ---------------------------------------------------------------------------------------


def option_sheet(inputs: Inputs) -> str:
    return next(name for name in inputs.book.sheetnames if "hosted" in name.lower() or "lora" in name.lower())


def test_edited_formulas_are_told_and_kept_in_the_log(tmp_path: Path) -> None:
    path = small_workbook(tmp_path)
    inputs = Inputs(path)
    name = option_sheet(inputs)
    sheet = inputs.book[name]
    rows = [row for row in range(60, sheet.max_row) if str(sheet.cell(row, 8).value).startswith("=")]
    sheet.cell(rows[3], 9).value = "=1+1"
    sheet.cell(rows[4], 10).value = 12.5
    sheet.cell(rows[5], 200).value = "my remark"
    total = next(row for row in rows[6:] if str(sheet.cell(row, 5).value).startswith("=SUM("))
    sheet.cell(total, 5).value = "=2+2"
    inputs.save()
    found = examine(path, fine_tuning_by_id)
    assert found.is_exact
    kept = {(one.edit.sheet, one.edit.cells): one.edit.was for one in found.kept}
    assert kept == {(name, f"I{rows[3]}"): "=1+1", (name, f"J{rows[4]}"): "12.5"}
    cells = {(one.sheet, one.cells): (one.was, bool(one.now)) for one in found.edits}
    assert cells == {(name, f"E{total}"): ("=2+2", True), (name, f"GR{rows[5]}"): ("my remark", False)}
    regenerate(found, fine_tuning_by_id, TODAY)
    log = read_plan(path, fine_tuning_by_id).log
    assert any(one.what == f"Formula put back: {name}!E{total}" and one.was == "=2+2" for one in log)
    assert any(one.what == f"Formula of your own kept: {name}!I{rows[3]}" and one.now == "=1+1" for one in log)
    assert any(one.was == "my remark" for one in log)
    again = examine(path, fine_tuning_by_id)
    assert (again.edits, again.kept, len(again.formulas)) == ((), (), 2)


def test_a_workbook_saved_by_a_program_without_the_add_in_was_not_edited(office: Office, tmp_path: Path) -> None:
    """LibreOffice spells functions that it does not know in small letters, and knows ISFORMULA and its like."""
    with office.opened(small_workbook(tmp_path)) as document:
        office.save(document, tmp_path / "saved.xlsx")
    found = examine(tmp_path / "saved.xlsx", fine_tuning_by_id)
    assert (found.edits, found.is_exact, found.own_sheets) == ((), True, ())


def test_of_another_version_formulas_unlike_the_other_options_are_told(tmp_path: Path) -> None:
    path = small_workbook(tmp_path)
    inputs = Inputs(path)
    inputs.book.properties.description = "formulas of another edition"
    name = option_sheet(inputs)
    sheet = inputs.book[name]
    row = next(row for row in range(80, sheet.max_row) if str(sheet.cell(row, 8).value).startswith("="))
    sheet.cell(row, 9).value = "=1+1"
    inputs.save()
    found = examine(path, fine_tuning_by_id)
    assert not found.is_exact
    assert [(one.sheet, one.cells, one.was) for one in found.edits] == [(name, f"I{row}", "=1+1")]


# --- the user's own sheets ---------------------------------------------------------------------------------


def test_own_sheets_are_kept_with_values_formulas_and_formats(tmp_path: Path) -> None:
    path = light_workbook(tmp_path)
    inputs = Inputs(path)
    own = inputs.book.create_sheet("My notes")
    own["A1"], own["B2"], own["C3"] = "=not a formula", 12.5, "=B2*discount_rate"
    own["A1"].data_type = "s"
    own["B2"].font = Font(bold=True, color="FF112233")
    own["B2"].number_format = "0.0%"
    own.merge_cells("D1:E2")
    own["D1"] = "over two"
    own.freeze_panes = "B2"
    inputs.save()
    found = regenerated(path)
    assert found.own_sheets == ("My notes",)
    assert found.not_kept == ()
    kept = load_workbook(path)["My notes"]
    assert (kept["A1"].value, kept["A1"].data_type) == ("=not a formula", "s")
    assert (kept["B2"].value, kept["C3"].value, kept["D1"].value) == (12.5, "=B2*discount_rate", "over two")
    assert kept["B2"].font.bold
    assert kept["B2"].font.color is not None
    assert kept["B2"].font.color.rgb == "FF112233"
    assert kept["B2"].number_format == "0.0%"
    assert kept.freeze_panes == "B2"
    assert [str(area) for area in kept.merged_cells.ranges] == ["D1:E2"]


def test_what_cannot_be_kept_of_own_sheets_is_told(tmp_path: Path) -> None:
    path = light_workbook(tmp_path)
    inputs = Inputs(path)
    own = inputs.book.create_sheet("My notes")
    own["A1"] = "=Nowhere!B2"
    inputs.save()
    assert examine(path, fine_tuning_by_id).not_kept == (
        "My notes: formulas that look at Nowhere (cells keep their values, rules and charts go): A1",
    )


# --- without harm ------------------------------------------------------------------------------------------


def test_a_workbook_that_changed_meanwhile_is_left_alone(tmp_path: Path) -> None:
    path = light_workbook(tmp_path)
    found = examine(path, fine_tuning_by_id)
    path.write_bytes(path.read_bytes() + b"\0")
    with pytest.raises(WorkbookError, match="was changed by another program meanwhile"):
        regenerate(found, fine_tuning_by_id, TODAY)


def test_a_workbook_that_is_open_elsewhere_is_left_alone(tmp_path: Path) -> None:
    path = light_workbook(tmp_path)
    found = examine(path, fine_tuning_by_id)
    (tmp_path / f".~lock.{path.name}#").write_text(",Ann,desk,,")
    with pytest.raises(WorkbookError, match="is open in LibreOffice"):
        regenerate(found, fine_tuning_by_id, TODAY)


@pytest.mark.parametrize("step", ["write_whole", "_keep"])
def test_when_writing_is_broken_off_the_old_workbook_is_whole(
    step: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = light_workbook(tmp_path)
    before = path.read_bytes()
    found = examine(path, fine_tuning_by_id)

    def broken_off(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(files, step, broken_off)
    with pytest.raises(KeyboardInterrupt):
        regenerate(found, fine_tuning_by_id, TODAY)
    assert path.read_bytes() == before
    assert [one.name for one in tmp_path.iterdir()] == [path.name]


def test_remarks_survive_beside_other_figures(tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    remarks = {"discount_rate": Remark("Ann", date(2027, 1, 1), "memo", "", None, "why")}
    write_workbook(replace(small_plan(), remarks=remarks), path)
    regenerated(path)
    assert read_plan(path, fine_tuning_by_id).remarks == remarks


# --- own sheets that are called like the writer's ----------------------------------------------------------


def called_like_a_new_sheet(folder: Path, name: str) -> Path:
    """The frozen workbook, whose version had no sheet of this name, with a sheet of the user's own so called."""
    path = folder / "plan.xlsx"
    shutil.copy(FIRST, path)
    with_addresses(path)  # which openpyxl needs, and that version left out
    book = load_workbook(path)
    book.create_sheet(name)["A1"] = "my own risks"
    book.save(path)
    return path


@pytest.mark.parametrize("name", ["Risk", "risk", "Gates", "CHECKS", "Annual"])
def test_an_own_sheet_called_like_a_new_one_of_the_template_is_told_before_anything_is_written(
    name: str, tmp_path: Path
) -> None:
    path = called_like_a_new_sheet(tmp_path, name)
    found = examine(path, fine_tuning_by_id)
    assert found.own_sheets == (name,)
    assert found.not_kept == (f"{name}: the template makes a sheet of this name; rename yours first, and it is kept",)


def first_cell(path: Path, sheet: str) -> object:
    with open_parts(path) as parts:
        return parts.filled(sheet)[1, 1].value


def test_going_on_all_the_same_leaves_it_out_and_says_so_in_the_log(tmp_path: Path) -> None:
    path = called_like_a_new_sheet(tmp_path, "Risk")
    regenerated(path)
    assert first_cell(path, "Risk") == "Risk"
    assert any("Not kept: Risk: the template makes" in one.what for one in read_plan(path, fine_tuning_by_id).log)
    assert first_cell(next(tmp_path.glob("*backup*")), "Risk") == "my own risks"


def test_sheets_of_the_writer_are_never_taken_for_own_ones(tmp_path: Path) -> None:
    assert examine(small_workbook(tmp_path), fine_tuning_by_id).own_sheets == ()
    shutil.copy(FIRST, tmp_path / "old.xlsx")
    assert examine(tmp_path / "old.xlsx", fine_tuning_by_id).own_sheets == ()
