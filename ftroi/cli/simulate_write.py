"""``ftroi simulate --write``: the figures of a simulation into the sheet Risk of its workbook."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from ftroi.analysis.risk.simulation import Setup
from ftroi.analysis.risk.snapshot import stored_simulation
from ftroi.cli.plan_source import Question
from ftroi.cli.writing import examined_for_writing, write_revision
from ftroi.errors import Finding, PlanError
from ftroi.plan import LogEntry, Plan
from ftroi.plan.simulated import Figure
from ftroi.workbook.regeneration.regenerate import Examination, Revision

BY = "ftroi simulate"


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
        return cls(examined_for_writing(path, accept=accept))

    def write(
        self, plan: Plan, setup: Setup, kept: Mapping[str, Mapping[str, Figure]], budget: float | None
    ) -> dict[str, str | None]:
        """Write what is kept of a plan's simulation by option; gives the paths of workbook and dated copy."""
        now = datetime.now().astimezone()
        simulated = stored_simulation(plan, setup, kept, f"{now:%Y-%m-%d %H:%M}", budget)
        what = f"Simulated: {simulated.stamp.draws:,} draws ({simulated.stamp.method}), seed {simulated.stamp.seed}"
        entry = LogEntry(now.date(), f"{what}, inputs {simulated.stamp.digest}", by=BY)
        revision = Revision(lambda old: replace(old, simulated=simulated), (entry,))
        return write_revision(self.found, revision, now.date())
