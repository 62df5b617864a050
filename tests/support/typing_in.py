"""Typing a plan's figures into the open workbook of another plan with the same options."""

from __future__ import annotations

from typing import Any

from ftroi.plan import OwnCost, Plan
from ftroi.termsheet import serial
from ftroi.workbook.layout.workbook import ASSUMPTIONS, Layout
from ftroi.workbook.schema import CASE, OPTION, OWN_COST_HEADERS
from tests.support.office import Document, Office

Row = tuple[float | str, ...]


def type_plan(office: Office, document: Document, plan: Plan, layout: Layout) -> None:
    """Type settings, figures and own costs, as a person would, and calculate every formula afresh."""
    sheet = document.Sheets.getByName(ASSUMPTIONS)
    _type_settings(office, document, sheet, plan, layout)
    type_figures(sheet, plan, layout)
    _type_own_costs(sheet, plan, layout)
    office.recalculate(document)


def _type_settings(office: Office, document: Document, sheet: Any, plan: Plan, layout: Layout) -> None:
    settings, column = plan.settings, layout.assumptions.setting_column
    for key in ("reference", "candidate", "incumbent"):
        sheet.getCellByPosition(column, layout.assumptions.settings[key]).String = getattr(settings, key)
    sheet.getCellByPosition(column, layout.assumptions.settings["start"]).Value = serial(settings.start)
    office.named(document, OPTION).getCellByPosition(0, 0).String = plan.template.options[settings.option].short
    office.named(document, CASE).getCellByPosition(0, 0).String = settings.case


def type_figures(sheet: Any, plan: Plan, layout: Layout) -> None:
    """Type base, own values, low and high of every assumption, in one stroke."""
    rows, columns = layout.assumptions.rows, layout.assumptions.columns
    first, last = min(rows.values()), max(rows.values())
    area = sheet.getCellRangeByPosition(columns["base"], first, columns["high"], last)
    table = list(area.getDataArray())
    for name, row in rows.items():
        entry = plan.entries[name]
        own = (entry.own.get(option, "") for option in layout.assumptions.options)
        table[row - first] = (entry.base, *own, _or_blank(entry.low), _or_blank(entry.high))
    area.setDataArray(tuple(table))


def _or_blank(value: float | None) -> float | str:
    return "" if value is None else value


def _type_own_costs(sheet: Any, plan: Plan, layout: Layout) -> None:
    slots, columns = layout.assumptions.own_costs, layout.assumptions.own_columns
    area = sheet.getCellRangeByPosition(columns["label"], slots[0], columns["how_often"], slots[-1])
    rows = [_own_cost_row(cost) for cost in plan.own_costs]
    blank: Row = ("",) * (len(OWN_COST_HEADERS) - 1)
    area.setDataArray(tuple(rows + [blank] * (len(slots) - len(rows))))


def _own_cost_row(cost: OwnCost) -> Row:
    values = (getattr(cost, header) for header in OWN_COST_HEADERS[1:])
    return tuple(value if isinstance(value, str) else float(value) for value in values)
