"""What people wrote beside the figures is read back, and written again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from ftroi.errors import PlanError
from ftroi.plan import LogEntry, Plan, Remark, require_sound
from ftroi.workbook.schema import LOG_HEADERS
from ftroi.workbook.write import write_workbook
from tests.support.edited import Inputs, fine_tuning_by_id, read_plan, small_plan, small_workbook

OWNED = Remark(owner="Ms Okafor", review_by=date(2027, 3, 31))
REMARKS = {
    "requests_per_month": replace(OWNED, note="=counted in the call centre, week 12", source="ticket system"),
    "discount_rate": Remark(review_by="after the board of May", evidence="treasury", checked=date(2026, 5, 1)),
}
LOG = (
    LogEntry(date(2026, 1, 5), "Workbook made", by="ftroi new"),
    LogEntry(date(2026, 2, 1), "discount_rate", 0.1, 0.08, "CFO", "new policy"),
    LogEntry("in spring", "=looked at it", "", "", "-", ""),
    LogEntry(None, "no date"),
)


def written_and_read(plan: Plan, folder: Path) -> Plan:
    write_workbook(plan, folder / "plan.xlsx")
    return read_plan(folder / "plan.xlsx", fine_tuning_by_id)


def test_remarks_and_log_entries_are_read_back_as_they_were_written(tmp_path: Path) -> None:
    read = written_and_read(replace(small_plan(), remarks=REMARKS, log=LOG), tmp_path)
    assert read.remarks == REMARKS
    assert read.log == LOG


def test_a_new_workbook_has_no_remarks_and_one_entry(tmp_path: Path) -> None:
    read = written_and_read(small_plan(), tmp_path)
    assert read.remarks == {}
    template = read.template
    made = f"Workbook made from the template {template.id} {template.version}"
    assert read.log == (LogEntry(None, made, by="ftroi new"),)


def test_a_figure_of_ones_own_does_not_make_the_templates_note_ones_own(tmp_path: Path) -> None:
    inputs = Inputs(small_workbook(tmp_path))
    inputs.cell("requests_per_month").value = 456_789
    assert read_plan(inputs.save(), fine_tuning_by_id).remarks == {}


def test_what_is_typed_beside_an_assumption_is_read(tmp_path: Path) -> None:
    inputs = Inputs(small_workbook(tmp_path))
    row = inputs.cell("discount_rate").row
    columns = {str(cell.value).casefold(): place for place, cell in enumerate(inputs.sheet[4], start=1)}
    day = datetime(2027, 1, 1)  # noqa: DTZ001 - a day
    typed: dict[str, str | datetime] = {"owner": "Treasury", "review by": day, "note": "memo", "source": "memo 12"}
    for header, value in typed.items():
        inputs.sheet.cell(row, columns[header]).value = value
    read = read_plan(inputs.save(), fine_tuning_by_id)
    assert read.remarks == {"discount_rate": Remark("Treasury", date(2027, 1, 1), source="memo 12", note="memo")}


def test_what_is_typed_into_the_log_is_read_wherever_its_columns_stand(tmp_path: Path) -> None:
    inputs = Inputs(small_workbook(tmp_path))
    log = inputs.book["Log"]
    log.insert_cols(1)
    log.insert_rows(1)
    row = next(cell for cell in log["B"] if cell.value == LOG_HEADERS[0]).row + 5
    day = datetime(2026, 6, 1)  # noqa: DTZ001 - a day
    typed: tuple[str | int | datetime, ...] = (day, "looked at it", 1, "two", "me")
    for column, value in enumerate(typed, start=2):
        log.cell(row, column).value = value
    read = read_plan(inputs.save(), fine_tuning_by_id)
    assert read.log[-1] == LogEntry(date(2026, 6, 1), "looked at it", 1.0, "two", "me")


def test_a_workbook_without_a_log_has_no_entries(tmp_path: Path) -> None:
    inputs = Inputs(small_workbook(tmp_path))
    del inputs.book["Log"]
    assert read_plan(inputs.save(), fine_tuning_by_id).log == ()


def test_a_text_that_no_cell_holds_is_a_finding() -> None:
    plan = replace(small_plan(), remarks={"discount_rate": Remark(note="x" * 40_000)})
    with pytest.raises(PlanError, match=r"discount_rate \(note\): has 40,000 characters, and a cell holds 32,767"):
        require_sound(plan)
