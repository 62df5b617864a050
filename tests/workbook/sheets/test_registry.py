"""A new sheet is its folder, its layout and one line of the registry: nothing else has to know of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from ftroi.plan import Plan
from ftroi.workbook.context import Book
from ftroi.workbook.layout.dashboard import LABEL, TOLD
from ftroi.workbook.layout.workbook import DASHBOARD
from ftroi.workbook.regeneration.regenerate import examine, own_sheet_names, regenerate
from ftroi.workbook.sheets import registry
from ftroi.workbook.write import write_workbook
from ftroi.workbook.xlsx.package_parts import open_parts
from tests.support.edited import fine_tuning_by_id, small_plan

NAME, ABOUT, ROW = "Headcount", "who works on it", 4
TODAY = date(2026, 10, 1)


@dataclass(frozen=True)
class HeadcountLayout:
    """Where the rows of the new sheet stand, by option."""

    rows: dict[str, int]


def lay_out_headcount(plan: Plan) -> HeadcountLayout:
    return HeadcountLayout({option: ROW + place for place, option in enumerate(plan.settings.options)})


def write_headcount(book: Book) -> None:
    cells = book.sheet(NAME)
    cells.write_string(0, 0, NAME, book.styles.of("title"))
    for option, row in book.layout.of(HeadcountLayout).rows.items():
        cells.write_string(row, 0, option, book.styles.of("text"))


@pytest.fixture
def with_headcount(monkeypatch: pytest.MonkeyPatch) -> None:
    line = registry.Sheet(NAME, ABOUT, write_headcount, lay_out_headcount)
    place = [sheet.name for sheet in registry.SHEETS].index("Sources")
    monkeypatch.setattr(registry, "SHEETS", (*registry.SHEETS[:place], line, *registry.SHEETS[place:]))


@pytest.mark.usefixtures("with_headcount")
def test_a_line_adds_a_sheet(tmp_path: Path) -> None:
    plan, path = small_plan(), tmp_path / "plan.xlsx"
    write_workbook(plan, path)
    written = load_workbook(path)
    names = written.sheetnames
    assert names[names.index("Gates") + 1 : names.index("Sources")] == [NAME]
    assert [written[NAME].cell(ROW + 1 + place, 1).value for place in range(2)] == list(plan.settings.options[:2])
    row = registry.layout_of(plan).dashboard.sheets[NAME]
    index = [written[DASHBOARD].cell(row + 1, column + 1) for column in (LABEL, TOLD)]
    assert [cell.value for cell in index] == [NAME, ABOUT]
    assert index[0].hyperlink is not None
    assert index[0].hyperlink.location == f"{NAME}!A1"


@pytest.mark.usefixtures("with_headcount")
def test_the_added_sheet_is_known_as_made_and_made_anew(tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    write_workbook(small_plan(), path)
    with open_parts(path) as parts:
        assert own_sheet_names(parts) == ()
    found = examine(path, fine_tuning_by_id)
    assert (found.own_sheets, found.edits, found.is_exact) == ((), (), True)
    regenerate(found, fine_tuning_by_id, TODAY)
    assert load_workbook(path).sheetnames.count(NAME) == 1


def test_without_its_line_the_sheet_is_the_users_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "plan.xlsx"
    with monkeypatch.context() as patched:
        patched.setattr(
            registry, "SHEETS", (*registry.SHEETS, registry.Sheet(NAME, ABOUT, write_headcount, lay_out_headcount))
        )
        write_workbook(small_plan(), path)
    with open_parts(path) as parts:
        assert own_sheet_names(parts) == (NAME,)


def test_an_options_sheet_does_not_take_the_name_of_another(monkeypatch: pytest.MonkeyPatch) -> None:
    first, *_ = registry.layout_of(small_plan()).sheets.values()
    line = registry.Sheet(first.upper(), ABOUT, write_headcount)
    monkeypatch.setattr(registry, "SHEETS", (*registry.SHEETS, line))
    assert first not in registry.layout_of(small_plan()).sheets.values()


def test_every_sheet_is_told_of_and_named_once() -> None:
    names = [sheet.name for sheet in registry.SHEETS]
    assert len(set(names)) == len(names)
    assert all(sheet.about for sheet in registry.SHEETS if sheet.name != registry.OPTIONS)
