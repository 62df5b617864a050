"""Random entries for the gates of a plan, and typing them into an open workbook."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from random import Random

from ftroi.plan import GateEntry, Plan
from ftroi.termsheet import serial
from ftroi.workbook.layout.workbook import Layout
from ftroi.workbook.schema import AS_OF, GATES_SHEET
from ftroi.workbook.sheets.gates.write import typed_cells
from tests.support.office import Document, Office

_DAY = date(2026, 6, 1)


def with_gates(plan: Plan, seed: int) -> Plan:
    """A plan with entries for some of its gates: most pass, some fail, some are late, expired or waived."""
    draw = Random(seed)  # noqa: S311 - reproducible, not secret
    lenient = draw.random() < 0.7
    gates = {name: _entry(draw, plan, name, lenient=lenient) for name in plan.template.gates if draw.random() < 0.95}
    return replace(plan, gates=gates, as_of=_DAY + timedelta(days=draw.randrange(400)))


def _entry(draw: Random, plan: Plan, name: str, *, lenient: bool) -> GateEntry:
    table = plan.template.gates[name]
    good = 1e9 if table.direction == "at_least" else -1e9
    passes = draw.random() < (0.97 if lenient else 0.7)
    set_on = _DAY - timedelta(days=draw.randrange(1, 300))
    late = not lenient and draw.random() < 0.2
    return GateEntry(
        threshold=draw.choice((None, None, -good if passes else good)),
        figure=draw.choice((None, 0.0)) if not passes else good,
        set_on=set_on,
        set_by=draw.choice(("", "finance")),
        evidence_on=set_on + timedelta(days=0 if late else draw.randrange(1, 100)),
        evidence_until=draw.choice((None, _DAY + timedelta(days=500 if lenient else draw.randrange(400)))),
        waiver=draw.choice(("", "", "", "the board, in May")),
    )


def type_gates(office: Office, document: Document, plan: Plan, layout: Layout) -> None:
    """Type a plan's gates and the day on which evidence is judged, and recalculate."""
    sheet = document.Sheets.getByName(GATES_SHEET)
    for name, row in layout.gates.rows.items():
        for header, value in typed_cells(plan.gates.get(name, GateEntry())).items():
            cell = sheet.getCellByPosition(layout.gates.columns[header], row)
            if isinstance(value, float):
                cell.Value = value
            else:
                cell.String = value or ""
    office.named(document, AS_OF).getCellByPosition(0, 0).Value = serial(plan.day)
    office.recalculate(document)
