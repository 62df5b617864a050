"""Noticing that the options' sheets compute something else than the functions, which know the inputs alone.

FT_Inputs has the sheets' control total, and of which inputs it is (`ftroi.workbook.references.control_total`). Both are
taken out before the inputs are evaluated, since they follow every edit a moment later. A total of other inputs than
those at hand proves nothing: the spreadsheet has not computed it yet.
"""

from __future__ import annotations

from math import isclose
from typing import NamedTuple

from ftroi.engine import Results
from ftroi.errors import Finding, PlanError
from ftroi.functions.arguments import PlainRows, Rows, Scalar
from ftroi.plan import Plan
from ftroi.workbook.layout.assumptions import lay_out_assumptions
from ftroi.workbook.layout.compare import lay_out_compare
from ftroi.workbook.layout.option import lay_out_option
from ftroi.workbook.layout.workbook import Layout
from ftroi.workbook.references.control_total import TOLERANCE, belongs_to, control_totals
from ftroi.workbook.schema import CONTROL_TOTAL, CONTROLLED_INPUTS, SETTING

_SAME_INPUTS = 1e-12
_DIFFER = Finding(
    "the options' sheets",
    "they compute something else than this function does: a formula there was changed, or typed over",
    "save, run 'ftroi check' on the file, which names the cell, and 'ftroi regenerate', after which functions know it",
)


class Control(NamedTuple):
    """The control total of the options' sheets, and the fingerprint of the inputs that it is of; None where unknown."""

    total: float | None = None
    belongs: float | None = None


def taken_out(rows: Rows) -> tuple[Rows, Control]:
    """FT_Inputs without its control total, and that."""
    head = next((row for row in rows if row and row[0] == SETTING), ())
    column = head.index("value") + 1 if "value" in head else 0
    found: dict[Scalar, float | None] = {}
    kept = []
    for row in rows:
        key = row[0] if row else None
        if 0 < column < len(row) and key in (CONTROL_TOTAL, CONTROLLED_INPUTS) and key not in found:
            value = row[column]
            found[key] = float(value) if isinstance(value, int | float) else None
            kept.append((*row[:column], "", *row[column + 1 :]))
        else:
            kept.append(row)
    control = Control(found.get(CONTROL_TOTAL), found.get(CONTROLLED_INPUTS))
    return (PlainRows(kept) if isinstance(rows, PlainRows) else tuple(kept)), control


def control_of(plan: Plan, results: Results) -> Control:
    """The control total of sheets that compute what the engine does, and what it belongs to."""
    parts = (lay_out_assumptions(plan), lay_out_compare(plan))
    layout = Layout({}, {}, {type(part): part for part in parts})
    option = lay_out_option(plan.template)
    return Control(sum(control_totals(option, results)), belongs_to(plan, layout))


def require_agreement(found: Control, expected: Control) -> None:
    """Raise PlanError where the sheets compute something else from the same inputs."""
    if found.total is None or found.belongs is None or expected.total is None or expected.belongs is None:
        return
    is_of_these = isclose(found.belongs, expected.belongs, rel_tol=_SAME_INPUTS)
    if is_of_these and abs(found.total - expected.total) > TOLERANCE:
        raise PlanError(_DIFFER)
