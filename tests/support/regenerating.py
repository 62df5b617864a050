"""Regenerating a workbook as the command does, and what must be kept; workbooks of former editions."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from ftroi.plan import Plan
from ftroi.termsheet import Template
from ftroi.workbook.regeneration.regenerate import Examination, examine, regenerate
from tests.support.plans import fine_tuning

TODAY = date(2026, 11, 23)

_FOLDER = Path(__file__).parents[1] / "workbook" / "regeneration" / "frozen"
FIRST, SECOND = (_FOLDER / f"plan_{version}.xlsx" for version in ("0.1.0", "0.2.0"))
"""Workbooks as former editions wrote them, with figures, remarks and own costs of people's."""


def regenerated(path: Path, template: Template | None = None) -> Examination:
    """Examine a workbook and regenerate it."""

    def find(_: str) -> Template:
        return template or fine_tuning()

    found = examine(path, find)
    regenerate(found, find, TODAY)
    return found


def assert_kept(new: Plan, old: Plan) -> None:
    """Compare everything that people enter; the Log has only grown."""
    assert new.settings == old.settings
    assert new.entries == old.entries
    assert new.own_costs == old.own_costs
    assert new.gates == old.gates
    assert new.remarks == old.remarks
    assert new.log[: len(old.log)] == old.log
    assert len(new.log) > len(old.log)
