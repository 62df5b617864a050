"""From the verdict to a source in three clicks: each link leads to the row of the very figure."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from ftroi.workbook.layout.dashboard import CARD_FIGURE_ROW, CARD_LABEL_ROW, REASON_ROWS
from ftroi.workbook.layout.option import Kind
from ftroi.workbook.sheets.registry import layout_of
from tests.support.edited import small_plan, small_workbook


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Workbook:
    path: Path = small_workbook(tmp_path_factory.mktemp("trace"))
    return load_workbook(path)


def led_to(book: Workbook, cell: Any) -> Any:
    """The cell that a cell's link leads to."""
    sheet, _, place = cell.hyperlink.location.rpartition("!")
    return book[sheet.strip("'")][place]


def test_a_card_leads_over_compare_to_the_proposed_options_own_row(book: Workbook) -> None:
    template, layout = small_plan().template, layout_of(small_plan())
    for place, card in enumerate(template.views.cards):
        for row in (CARD_LABEL_ROW, CARD_FIGURE_ROW):
            compared = led_to(book, book["Dashboard"].cell(row + 1, 2 * place + 1))
            assert compared.value == template.lines[card.measure].label
        own = led_to(book, compared)
        assert own.parent.title == layout.sheets[small_plan().settings.candidate]
        assert own.value == template.lines[card.measure].label


def test_reasons_lead_to_gates_and_a_gates_figure_to_compare(book: Workbook) -> None:
    template, gates = small_plan().template, layout_of(small_plan()).gates
    for row in REASON_ROWS:
        assert led_to(book, book["Dashboard"].cell(row + 1, 1)).parent.title == "Gates"
    linked = [name for name, gate in template.gates.items() if gate.figure in template.measures]
    assert linked
    for name in linked:
        compared = led_to(book, book["Gates"].cell(gates.rows[name] + 1, gates.columns["figure"] + 1))
        assert compared.value == template.lines[str(template.gates[name].figure)].label


def test_a_heading_of_assumptions_in_force_leads_to_where_they_are_typed(book: Workbook) -> None:
    plan, layout = small_plan(), layout_of(small_plan())
    placed = layout.option.placed
    first = next(place for place, one in enumerate(placed) if one.kind is Kind.IN_FORCE)
    heading = book[layout.sheets[plan.settings.candidate]].cell(placed[first - 1].row + 1, 1)
    typed = led_to(book, heading)
    assert typed.parent.title == "Assumptions"
    assert typed.row == layout.assumptions.rows[placed[first].name] + 1
