"""A person at the keyboard of Calc, with the workbook of a plan of four options."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from ftroi.plan import OwnCost, Plan
from ftroi.termsheet import serial
from ftroi.workbook.layout.workbook import ASSUMPTIONS
from ftroi.workbook.schema import OWN_COST_HEADERS
from ftroi.workbook.sheets.registry import layout_of
from tests.support.function_sheet import plan
from tests.support.office import Document

LAYOUT = layout_of(plan())
RATE = "discount_rate"


class Typist:
    """Types into the open workbook as a person would; nothing is calculated that Calc does not calculate by itself."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self._sheet = document.Sheets.getByName(ASSUMPTIONS)

    def cell(self, name: str, header: str = "base") -> Any:
        """The cell of an assumption."""
        return self._sheet.getCellByPosition(LAYOUT.assumptions.columns[header], LAYOUT.assumptions.rows[name])

    def setting(self, key: str) -> Any:
        """The cell of a setting."""
        return self._sheet.getCellByPosition(LAYOUT.assumptions.setting_column, LAYOUT.assumptions.settings[key])

    def figure(self, name: str, header: str, value: float) -> None:
        self.cell(name, header).Value = value

    def start(self, day: date) -> None:
        self.setting("start").Value = serial(day)

    def selector(self, name: str, text: str) -> None:
        self.document.NamedRanges.getByName(name).getReferredCells().getCellByPosition(0, 0).String = text

    def own_cost(self, cost: OwnCost) -> None:
        at = LAYOUT.assumptions
        for header in OWN_COST_HEADERS[1:]:
            cell = self._sheet.getCellByPosition(at.own_columns[header], at.own_costs[0])
            value = getattr(cost, header)
            if isinstance(value, str):
                cell.String = value
            else:
                cell.Value = value


def with_rate(before: Plan, rate: float) -> Plan:
    """A plan with another discount rate, and with low and high as they were."""
    return before.with_entry(RATE, replace(before.entries[RATE], base=rate))


class Named:
    """A workbook of named ranges; its days count from 1900."""

    days_offset = 0

    def __init__(self, ranges: Any) -> None:
        self._ranges = ranges

    def range_named(self, name: str) -> Any:
        return self._ranges.get(name)
