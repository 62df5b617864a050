"""Which sheets and cells a formula looks at, and what of them is not there afterwards."""

from __future__ import annotations

from pathlib import Path

import pytest

from ftroi.workbook.layout.workbook import COMPARE, DASHBOARD
from ftroi.workbook.regeneration.looked_at import Moves, Surroundings, lost_sight, sheets_in
from ftroi.workbook.write import draft
from ftroi.workbook.xlsx.package_parts import open_parts
from tests.support.edited import small_plan, small_workbook


@pytest.mark.parametrize(
    "formula,sheets",
    [
        ("A1+1", set()),
        ("Compare!A1+SUM('It''s mine'!A:A)", {"Compare", "It's mine"}),
        ('"Compare!A1"&Übersicht!A1', {"Übersicht"}),
        ("SUM('Two words'!$A$1:$B$2,rate)", {"Two words"}),
    ],
)
def test_sheets_are_found_and_texts_are_none(formula: str, sheets: set[str]) -> None:
    assert sheets_in(formula) == sheets


@pytest.mark.parametrize(
    "formula,lost",
    [
        ("Mine!A1+compare!A1", ""),
        ("[1]Prices!A1", "other files"),
        ('"[1]"&Mine!A1', ""),
        ("Gone!A1+Away!A1", "Away, Gone"),
    ],
)
def test_what_is_not_there_afterwards_is_named(formula: str, lost: str) -> None:
    assert lost_sight(formula, Surroundings(draft(small_plan())), ["Mine"]) == lost


def test_nothing_of_the_same_plan_has_moved(tmp_path: Path) -> None:
    """And of one with another option, what stands behind it has, but not the rows' names before it."""
    fewer = small_plan()
    with open_parts(small_workbook(tmp_path)) as parts:
        formula = f"SUM({COMPARE}!$D$20:$G$40)+{COMPARE}!B20+{DASHBOARD}!K2+'{COMPARE}'!A1"
        assert Moves(parts, Surroundings(draft(fewer))).of(formula) == []
        options = fewer.settings.options
        other = fewer.with_settings(options=(options[1], options[0], *options[2:]))
        header = f"{COMPARE}!E20"
        assert Moves(parts, Surroundings(draft(other))).of(f"{header}+{COMPARE}!B20") == [header]
