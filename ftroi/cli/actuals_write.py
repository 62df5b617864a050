"""``ftroi actuals --write``: imported amounts into the sheets Actuals and Mapping of the workbook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from ftroi.actuals.keep import Kept, frozen, kept_of
from ftroi.actuals.read import Choice
from ftroi.actuals.rules import Rule
from ftroi.actuals.texts import counted
from ftroi.actuals.tracking import CHOICES, Tracked
from ftroi.cli.console import print_json, say, warn
from ftroi.cli.plan_source import Question
from ftroi.cli.writing import examined_for_writing, workbook_to_write, write_revision
from ftroi.dates import local_day
from ftroi.errors import Finding, PlanError
from ftroi.plan import LogEntry, Plan, calculate
from ftroi.plan.billed import Baseline
from ftroi.workbook.regeneration.regenerate import Examination, Revision
from ftroi.workbook.sheets.actuals.figures import Figures

BY = "ftroi actuals"


@dataclass(frozen=True, slots=True)
class Written:
    """What the workbook now has."""

    kept: Kept
    figures: Figures
    paths: Mapping[str, str | None]

    @property
    def notes(self) -> tuple[str, ...]:
        """What is to be said of the files."""
        return tuple(str(note) for note in self.kept.notes)


@dataclass(frozen=True, slots=True)
class BillsWriting:
    """A workbook that was found fit to be written."""

    found: Examination
    rates: Sequence[str]

    @classmethod
    def of(cls, question: Question, rates: Sequence[str], *, accept: bool) -> BillsWriting:
        """Examine the workbook of a question; raises PlanError or WorkbookError before any bill is read."""
        return cls(examined_for_writing(workbook_to_write(question), accept=accept), rates)

    def write(
        self, found: Tracked, bills: Sequence[Path], choice: Choice, rules: Mapping[str, Rule], approved: Plan | None
    ) -> Written:
        """Write what was tracked; what is as it was leaves the workbook as it is."""
        today = local_day()
        baseline = _baseline(found, approved, today)
        kept = kept_of(found, bills, choice, rules, baseline)
        plan = replace(found.plan, actuals=kept.actuals)
        figures = Figures(plan, kept.actuals, calculate(plan))
        if kept.actuals == found.plan.actuals:
            return Written(kept, figures, {"written": None, "backup": None})
        names = ", ".join(sorted({path.name for path in bills}))
        rates = f", at {', '.join(self.rates)}" if self.rates else ""
        what = f"Bills read: {names}{rates}; {counted(kept.added, 'amount')}, in place of {kept.replaced}"
        entry = LogEntry(today, what, by=BY)
        revision = Revision(lambda old: replace(old, actuals=kept.actuals), (entry,))
        return Written(kept, figures, write_revision(self.found, revision, today))


def _baseline(found: Tracked, approved: Plan | None, today: date) -> Baseline:
    """The plan that bills are measured against: the one kept, unless another is named; else the plan as it stands."""
    kept = found.plan.actuals
    if approved is not None or kept is None:
        return frozen(approved or found.plan, found.option, "", today)
    if kept.baseline.option != found.option:
        what = f"the workbook compares bills with {kept.baseline.option}, and these are for {found.option}"
        cure = "approve the plan for the other option with 'ftroi approve', or name a plan with --approved"
        raise PlanError(Finding("--option", what, cure))
    return kept.baseline


def show_written(told: Written, warnings: Sequence[str], *, as_json: bool) -> None:
    """Say what the sheet Actuals now shows."""
    figures, actuals = told.figures, told.kept.actuals
    names = figures.plan.template.cost_categories
    billed = sum(figures.billed(name) for name in names)
    planned = sum(figures.frozen_to_date(name) for name in names)
    at_completion = sum(figures.forecast(name) for name in names)
    approved = float(sum(figures.frozen(name).sum() for name in names))
    apart, later = figures.apart(billed), figures.later
    if as_json:
        print_json({
            **told.paths, "amounts": len(actuals.billed), "added": told.kept.added, "replaced": told.kept.replaced,
            "months_to_date": actuals.to_date, "billed": billed, "planned": planned, "approved": approved,
            "at_completion": at_completion, "apart": apart, "decision": later.best if later else None,
            "warnings": list(warnings),
        })  # fmt: skip
        return
    currency = figures.plan.settings.currency
    if told.paths["written"] is None:
        say("Nothing new: the sheet Actuals has these bills already, and is as it was.")
    else:
        added = counted(told.kept.added, "amount")
        say(f"Written to the sheets Actuals and Mapping of {told.paths['written']}: {added}.")
    say(
        f"To date, {currency}: billed {billed:,.2f} in months 1 to {actuals.to_date}, {planned:,.2f} as frozen in the "
        f"same categories ({billed - planned:+,.2f}).",
        f"At completion: {at_completion:,.0f} against {approved:,.0f} ({at_completion - approved:+,.0f}).",
    )
    if round(apart["not assigned"], 2):
        say(f"Not assigned: {apart['not assigned']:,.2f}; add a rule on Mapping and read the bills again.")
    if later is not None:
        say(f"{later.told(actuals.to_date)}, by later flows alone: {CHOICES[later.best]}.")
    warn(list(warnings))
