"""``ftroi simulate --write``: the figures of a simulation into the sheet Risk of its workbook."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from ftroi.analysis.risk.simulation import Setup
from ftroi.analysis.risk.snapshot import kept_figures
from ftroi.cli.plan_source import Question
from ftroi.errors import Finding, PlanError, WorkbookError
from ftroi.hosts.build import macros_for
from ftroi.plan import Plan
from ftroi.plan.simulated import Figure
from ftroi.termsheet.catalogue import template_of_id
from ftroi.workbook.regeneration.regenerate import Examination, examine, regenerate
from ftroi.workbook.xlsx.safe_files import require_unlocked

_AGAIN = "add --yes to write all the same (the old file is kept), or run 'ftroi regenerate' to see what would change"


@dataclass(frozen=True, slots=True)
class Writing:
    """A workbook that was found fit to be written."""

    found: Examination

    @classmethod
    def of(cls, question: Question, *, accept: bool) -> Writing:
        """Examine the workbook of a question before anything is drawn.

        Raises PlanError where there is none, or where it would not be its plan that is simulated, and
        WorkbookError where it is open elsewhere, or where something in it cannot be kept and ``accept`` is False.
        """
        path = question.workbook
        if path is None:
            raise PlanError(Finding("--write", "there is no workbook to write into", "name one made by 'ftroi new'"))
        if question.changes:
            what = "the sheet Risk tells of the workbook's own inputs, and --set changes others"
            raise PlanError(Finding("--set", what, "leave one of the two out, or type the figures into the workbook"))
        found = examine(path, template_of_id, macros_for)
        require_unlocked(path)
        lost = tuple(_not_kept(found, path))
        if lost and not accept:
            raise WorkbookError(*lost)
        return cls(found)

    def write(
        self, plan: Plan, setup: Setup, kept: Mapping[str, Mapping[str, Figure]], budget: float | None
    ) -> dict[str, str | None]:
        """Write what is kept of a plan's simulation by option; gives the paths of workbook and dated copy."""
        now = datetime.now().astimezone()
        simulated = kept_figures(plan, setup, kept, f"{now:%Y-%m-%d %H:%M}", budget)
        backup = regenerate(self.found, template_of_id, now.date(), simulated=simulated, macros_for=macros_for)
        return {"written": str(self.found.path), "backup": None if backup is None else str(backup)}


def _not_kept(found: Examination, path: Path) -> list[Finding]:
    """Find what the workbook would not have any more: nothing may go with figures that were asked for."""
    lost = [f"{edit.sheet}!{edit.cells} was edited, and would be as in the template" for edit in found.edits]
    lost += [f"cannot be kept: {one}" for one in found.not_kept]
    lost += [f"your own macros cannot be kept: {name}" for name in found.own_macros]
    if found.was != found.now or found.changes:
        lost.append(f"it was made with version {found.was} of the template, and would be brought to {found.now}")
    return [Finding(str(path), what, _AGAIN) for what in lost]
