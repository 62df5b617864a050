"""``ftroi actuals --write`` as a controller meets it, month by month."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from ftroi.plan.billed import Actuals
from ftroi.workbook.schema import ACTUALS_SHEET, MAPPING_HEADERS, MAPPING_SHEET
from ftroi.workbook.sheets.mapping.write import HEADER_ROW
from tests.support.bills import OPENAI_COSTS, openai, plan_from_march, table
from tests.support.edited import Inputs, fine_tuning_by_id, read_plan
from tests.support.running import Ftroi

MARCH = table(OPENAI_COSTS, [openai(1, 40.5, "gpt-4o-mini, input"), openai(30, 9.5, "Parking")])
_DAY = 86_400


@pytest.fixture
def plan(ftroi: Ftroi, tmp_path: Path) -> Path:
    return plan_from_march(ftroi, tmp_path)


@pytest.fixture
def march(tmp_path: Path) -> Path:
    path = tmp_path / "march.csv"
    path.write_text(MARCH)
    return path


def april(folder: Path) -> Path:
    """A bill of the month after."""
    path = folder / "april.csv"
    rows = [openai(1, 55.25, "gpt-4o-mini, input"), openai(30, 4.75, "Parking")]
    shifted = [[str(cell).replace("2026-03-", "2026-04-") for cell in row] for row in rows]
    for row in shifted:
        row[:2] = [str(int(cell) + 31 * _DAY) for cell in row[:2]]
    path.write_text(table(OPENAI_COSTS, shifted).replace("2026-04-31", "2026-05-01"))
    return path


def kept(path: Path) -> Actuals:
    found = read_plan(path, fine_tuning_by_id).actuals
    assert found is not None
    return found


def test_amounts_stand_in_the_workbook_with_file_line_and_rule(ftroi: Ftroi, plan: Path, march: Path) -> None:
    out = ftroi.done("actuals", plan, march, "--write").out
    assert "Written to the sheets Actuals and Mapping" in out
    assert "Not assigned: 9.50" in out
    rows = {(one.amount, one.category, one.rule, one.file, one.first_line) for one in kept(plan).billed}
    assert rows == {(40.5, "visible.serving", "tokens", "march.csv", 2), (9.5, "", "", "march.csv", 3)}
    told = [str(cell.value) for row in load_workbook(plan)["Log"].iter_rows() for cell in row]
    assert "Bills read: march.csv; 2 amounts, in place of 0" in told
    assert "no problems found" in ftroi.done("check", plan).out


def test_the_same_file_twice_changes_nothing(ftroi: Ftroi, plan: Path, march: Path, tmp_path: Path) -> None:
    ftroi.done("actuals", plan, march, "--write")
    before = plan.read_bytes()
    copies = len(list(tmp_path.iterdir()))
    assert "Nothing new" in ftroi.done("actuals", plan, march, "--write").out
    assert plan.read_bytes() == before
    assert len(list(tmp_path.iterdir())) == copies


def test_months_come_one_after_another_and_a_renamed_file_counts_once(
    ftroi: Ftroi, plan: Path, march: Path, tmp_path: Path
) -> None:
    ftroi.done("actuals", plan, march, "--write")
    answer = ftroi.done("actuals", plan, april(tmp_path), "--write", "--json").json
    assert (answer["billed"], answer["months_to_date"]) == (95.75, 2)
    assert answer["apart"]["all"] == 110
    again = march.rename(tmp_path / "march final.csv")
    answer = ftroi.done("actuals", plan, again, "--write", "--json").json
    assert (answer["apart"]["all"], answer["replaced"]) == (110, 2)


def test_another_export_of_a_month_that_is_kept_is_refused(
    ftroi: Ftroi, plan: Path, march: Path, tmp_path: Path
) -> None:
    ftroi.done("actuals", plan, march, "--write")
    before = plan.read_bytes()
    other = tmp_path / "other.csv"
    other.write_text(table(OPENAI_COSTS, [openai(1, 40.5, "gpt-4o-mini, input")]))
    message = ftroi.refused("actuals", plan, other, "--write")
    assert "other.csv:2: 2026-03 is in the workbook already, from march.csv" in message
    assert plan.read_bytes() == before
    answer = ftroi.done("actuals", plan, march, other, "--write", "--json").json
    assert answer["apart"]["all"] == 50


def test_a_rule_changed_on_mapping_is_used_by_the_next_import(ftroi: Ftroi, plan: Path, march: Path) -> None:
    ftroi.done("actuals", plan, march, "--write")
    book = load_workbook(plan)
    row = HEADER_ROW + 2 + len(kept(plan).rules)
    rule = {"rule": "parking", "description": "parking", "category": "hidden.compliance"}
    for header, text in rule.items():
        book[MAPPING_SHEET].cell(row, MAPPING_HEADERS.index(header) + 1).value = text
    book.save(plan)
    answer = ftroi.done("actuals", plan, march, "--write", "--json").json
    assert (answer["billed"], answer["apart"]["not assigned"]) == (50, 0)
    assert {one.category for one in kept(plan).billed} == {"visible.serving", "hidden.compliance"}


def test_a_rule_that_is_none_is_told_and_nothing_is_written(ftroi: Ftroi, plan: Path, march: Path) -> None:
    ftroi.done("actuals", plan, march, "--write")
    book = load_workbook(plan)
    first = HEADER_ROW + 2
    book[MAPPING_SHEET].cell(first, MAPPING_HEADERS.index("description") + 1).value = "(gpu"
    book[MAPPING_SHEET].cell(first + 1, MAPPING_HEADERS.index("category") + 1).value = "visible.servin"
    book.save(plan)
    before = plan.read_bytes()
    assert "Mapping, rule 1 (taxes)" in ftroi.refused("actuals", plan, march, "--write")
    assert plan.read_bytes() == before


def test_a_mapping_is_kept_and_used_by_the_next_import(ftroi: Ftroi, plan: Path, tmp_path: Path) -> None:
    mapping = tmp_path / "mapping.toml"
    mapping.write_text(
        '[ledger]\nlabel = "Ledger"\nneeds = ["Tag", "Betrag"]\ndate = "Tag"\ndecimal = ","\ncurrency_is = "EUR"\n'
        'amount = { effective = "Betrag", billed = "Betrag" }\ndescription = ["Text"]\nscale = 0.01\n'
    )
    first, second = tmp_path / "first.csv", tmp_path / "second.csv"
    first.write_text("Tag;Text;Betrag\n15.03.2026;GPU hours;1.000,50\n")
    second.write_text("Tag;Text;Betrag\n15.04.2026;GPU hours;2.000,00\n")
    rate = ("--write", "--json", "--rate", "EUR=1.10@2026-03-31")
    assert "none of the known bills" in ftroi.refused("actuals", plan, first, *rate)
    ftroi.done("actuals", plan, first, *rate, "--mapping", mapping)
    ftroi.done("regenerate", plan)
    answer = ftroi.done("actuals", plan, second, *rate).json
    assert answer["apart"]["all"] == pytest.approx(1.1 * (10.005 + 20))
    log = [one.what for one in read_plan(plan, fine_tuning_by_id).log]
    assert "Bills read: second.csv, at EUR=1.10@2026-03-31; 1 amount, in place of 0" in log


def test_regenerate_keeps_what_was_billed(ftroi: Ftroi, plan: Path, march: Path) -> None:
    ftroi.done("actuals", plan, march, "--write")
    before = kept(plan)
    ftroi.done("regenerate", plan)
    assert kept(plan) == before
    assert ACTUALS_SHEET in load_workbook(plan, read_only=True).sheetnames


def test_later_figures_are_measured_against_the_plan_as_it_was_frozen(ftroi: Ftroi, plan: Path, march: Path) -> None:
    ftroi.done("actuals", plan, march, "--write")
    frozen = kept(plan).baseline.months
    ftroi.done("actuals", plan, march, "--write")
    assert kept(plan).baseline.months == frozen
    refused = ftroi.refused("actuals", plan, march, "--write", "--option", "rag")
    assert "the workbook compares bills with lora_hosted" in refused


def test_without_write_bills_are_measured_against_the_approved_plan_and_it_is_told(
    ftroi: Ftroi, plan: Path, march: Path
) -> None:
    before = ftroi.done("actuals", plan, march, "--json").json
    assert before["against"] == "the plan as it stands: none was approved"
    ftroi.done("approve", plan, "--by", "A. Smith")
    inputs = Inputs(plan)
    inputs.cell("requests_per_month").value = 9_000_000
    inputs.save()
    after = ftroi.done("actuals", plan, march, "--json").json
    assert after["against"].startswith("the plan approved by A. Smith on ")
    assert after["categories"] == before["categories"]
    assert after["forecast"]["planned"] == pytest.approx(before["forecast"]["planned"], abs=0.01)
    assert after["forecast"]["at_completion"] > before["forecast"]["at_completion"]
    assert after["effects"] is None
    assert any("inputs were changed since the plan was frozen" in one for one in after["warnings"])
    assert "Measured against the plan approved by A. Smith" in " ".join(ftroi.done("actuals", plan, march).out.split())


@pytest.mark.parametrize(
    "content, says",
    [
        (",".join(f"c{place}" for place in range(200_000)) + "\n", "columns"),
        (MARCH.replace("40.5", "=1+1"), "=1+1"),
        (MARCH.replace("USD", "EUR").replace("usd", "eur"), "has no rate to USD"),
        (MARCH.replace("USD", "Credits"), "the virtual currency Credits has no rate"),
        (MARCH.replace("2026-", "2020-").replace("177", "158"), "the plan starts on"),
        (MARCH.replace("40.5", '"1.234,5"'), "amount_value: cannot read"),
    ],
    ids=["many columns", "a formula", "another currency", "a virtual currency", "before the plan", "another locale"],
)
def test_a_bad_bill_leaves_the_workbook_as_it_was(
    ftroi: Ftroi, plan: Path, march: Path, content: str, says: str
) -> None:
    ftroi.done("actuals", plan, march, "--write")
    before = plan.read_bytes()
    bad = march.with_name("bad.csv")
    bad.write_text(content)
    assert says in ftroi.refused("actuals", plan, bad, "--write")
    assert plan.read_bytes() == before
