"""``ftroi diff`` as a person meets it."""

from __future__ import annotations

import shutil
from pathlib import Path

import openpyxl
import pytest

from tests.support.running import Ftroi


@pytest.fixture
def plans(ftroi: Ftroi, tmp_path: Path) -> tuple[Path, Path]:
    """The workbooks of a plan before and after two changes."""
    before, after = tmp_path / "before.xlsx", tmp_path / "after.xlsx"
    made = ("--preset", "support_assistant", "--options", "rag")
    ftroi.done("new", before, *made)
    ftroi.done("new", after, *made, "--set", "requests_per_month=800000", "--set", "discount_rate=8%")
    return before, after


def test_the_waterfall_leads_from_one_plan_to_the_other(ftroi: Ftroi, plans: tuple[Path, Path]) -> None:
    answer = ftroi.done("diff", *plans, "--json").json
    assert {change["name"] for change in answer["changes"]} == {"requests_per_month", "discount_rate"}
    for name in ("tco", "npv"):
        figures = answer["figures"][name]
        assert figures["before"] == ftroi.done("calc", plans[0], "--json").json["measures"][name]
        assert figures["after"] == ftroi.done("calc", plans[1], "--json").json["measures"][name]
        total = sum(step[name] for step in answer["waterfall"])
        assert total == pytest.approx(figures["after"] - figures["before"])


def test_a_person_reads_changes_and_effects(ftroi: Ftroi, plans: tuple[Path, Path]) -> None:
    out = ftroi.done("diff", *plans).out
    assert "From before.xlsx to after.xlsx" in out
    assert "500,000" in out
    assert "800,000" in out
    assert out.index("Before") < out.index("Discount rate") < out.rindex("After")
    assert "No differences." in ftroi.done("diff", plans[0], plans[0]).out


def test_a_plan_against_its_preset(ftroi: Ftroi, plans: tuple[Path, Path]) -> None:
    answer = ftroi.done("diff", plans[1], "--preset", "--json").json
    assert answer["before"]["name"] == "the preset support_assistant"
    assert {change["name"] for change in answer["changes"]} == {"requests_per_month", "discount_rate"}


def test_a_plan_against_its_newest_copy(ftroi: Ftroi, plans: tuple[Path, Path]) -> None:
    assert "there is no dated copy of after.xlsx" in ftroi.refused("diff", plans[1], "--backup")
    for name in ("after (backup 2026-01-02)", "after (backup 2026-03-04)", "after (backup 2026-03-04 10)"):
        shutil.copy(plans[1] if "10" not in name else plans[0], plans[1].with_name(f"{name}.xlsx"))
    answer = ftroi.done("diff", plans[1], "--backup", "--json").json
    assert answer["before"]["name"] == "after (backup 2026-03-04 10).xlsx"
    assert len(answer["waterfall"]) == 2


@pytest.mark.parametrize("words", [["a.xlsx"], ["a.xlsx", "b.xlsx", "c.xlsx"], ["a.xlsx", "b.xlsx", "--preset"]])
def test_an_unclear_question_is_refused(ftroi: Ftroi, words: list[str]) -> None:
    assert "it is not clear what is compared with what" in ftroi.refused("diff", *words)


def test_an_edited_formula_is_listed_and_said_to_be_in_no_figure(ftroi: Ftroi, plans: tuple[Path, Path]) -> None:
    book = openpyxl.load_workbook(plans[1])
    sheet = book[next(name for name in book.sheetnames if "Retrieval" in name or "RAG" in name)]
    cell = next(cell for row in sheet.iter_rows(min_row=20) for cell in row if str(cell.value).startswith("="))
    cell.value = "=1+1"
    book.save(plans[1])
    answer = ftroi.done("diff", *plans, "--formulas", "--json").json
    (edit,) = [change for change in answer["changes"] if change["kind"] == "formula"]
    assert edit["name"] == f"{sheet.title}!{cell.coordinate}"
    assert (edit["was"], edit["now"]) == ("the template's formula", "=1+1")
    assert any("which no figure here knows" in warning for warning in answer["warnings"])


def test_as_a_sheet_each_cause_leads_from_the_first_figures_to_the_second(
    ftroi: Ftroi, plans: tuple[Path, Path], tmp_path: Path
) -> None:
    path = tmp_path / "diff.xlsx"
    answer = ftroi.done("diff", *plans, "--output", path, "--json").json
    headers, *rows = openpyxl.load_workbook(path)["Difference"].iter_rows(values_only=True)
    assert headers == ("step", "kind", "change", "option", "was", "now", "tco", "npv")
    end = [row[0] for row in rows].index("After")
    assert {row[0] for row in rows[end + 1 :]} == {"Without effect"}
    rows = rows[: end + 1]
    assert rows[0][0] == "Before"
    assert [row[0] for row in rows[1:-1]] == [step["label"] for step in answer["waterfall"]]
    for column in (6, 7):
        running = sum(float(str(row[column])) for row in rows[:-1])
        assert running == pytest.approx(float(str(rows[-1][column])))
    assert {row[4:6] for row in rows[1:-1]} == {(500_000, 800_000), (0.1, 0.08)}
