"""Somebody new adds a cost line: a copied folder, five lines of TOML and an example, and no Python."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.office import Office
from tests.support.running import Ftroi


@pytest.fixture
def ftroi(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Ftroi:
    """The command line, with a home of its own."""
    monkeypatch.setenv("FTROI_HOME", str(tmp_path / "home"))
    return Ftroi(capsys)


def test_a_new_line_shows_in_the_workbook_in_calc_and_in_explain(ftroi: Ftroi, folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    ftroi.done("check", folder)
    ftroi.done("template", "add", folder)
    ftroi.done("new", path, "--template", "acme_tuning", "--options", "rag", "--set", "rag.cakes_a_month=2")
    months = ftroi.done("explain", path, "build_months", "--option", "rag", "--json").json["value"]
    report = ftroi.done("calc", path, "--option", "rag", "--json").json
    without = ftroi.done("calc", "--preset", "support_assistant", "--option", "rag", "--json").json
    assert report["by_line"]["cake"] == pytest.approx(30 * 2 * months)
    added = report["by_category"]["visible.training_data"] - without["by_category"]["visible.training_data"]
    assert added == pytest.approx(30 * 2 * months)
    text = ftroi.done("explain", path, "cake", "--option", "rag").out
    assert "build_flag * price_of_a_cake * cakes_a_month" in text
    assert "1 * 30 * 2" in text
    assert "The bakery around the corner." in text


def test_a_new_line_is_computed_by_the_spreadsheet_too(
    ftroi: Ftroi, folder: Path, tmp_path: Path, office: Office
) -> None:
    path = tmp_path / "plan.xlsx"
    ftroi.done("template", "add", folder)
    ftroi.done("new", path, "--template", "acme_tuning", "--options", "rag")
    months = ftroi.done("explain", path, "build_months", "--option", "rag", "--json").json["value"]
    with office.opened(path) as document:
        sheets = office.values(document)
    rows = [row for rows in sheets.values() for row in rows if "Cake for the annotators" in row]
    assert any(value == pytest.approx(30 * 4 * months) for row in rows for value in row if isinstance(value, float))
    assert sum(row[0] == "price_of_a_cake" for row in sheets["Assumptions"]) == 1


def test_the_unit_of_a_new_line_is_checked(ftroi: Ftroi, folder: Path) -> None:
    line = folder / "lines" / "cake.toml"
    line.write_text(line.read_text().replace(" * cakes_a_month", ""))
    said = ftroi.refused("template", "add", folder)
    assert "lines/cake.toml" in said
    assert "money/cake" in said
