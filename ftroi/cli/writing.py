"""What commands that write into the user's workbook have in common: nothing else may change or be lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ftroi.cli.plan_source import Question
from ftroi.dates import local_day
from ftroi.errors import Finding, PlanError, WorkbookError
from ftroi.hosts.build import macros_for
from ftroi.plan import LogEntry, Plan
from ftroi.termsheet.catalogue import template_of_id
from ftroi.workbook.regeneration.regenerate import Examination, Revision, examine, regenerate
from ftroi.workbook.xlsx.safe_files import require_unlocked

_AGAIN = "add --yes to write all the same (the old file is kept), or run 'ftroi regenerate' to see what would change"


@dataclass(frozen=True, slots=True)
class Writing:
    """A workbook that was found fit to have figures written into one of its sheets."""

    found: Examination
    sheet: str

    @classmethod
    def of(cls, question: Question, sheet: str, *, accept: bool) -> Writing:
        """Examine the workbook of a question before anything is computed.

        Raises PlanError where there is none, or where it would not be its plan that the sheet tells of, and
        WorkbookError where it is open elsewhere, or where something in it cannot be kept and ``accept`` is False.
        """
        path = workbook_to_write(question)
        if question.changes:
            what = f"the sheet {sheet} tells of the workbook's own inputs, and --set changes others"
            raise PlanError(Finding("--set", what, "leave one of the two out, or type the figures into the workbook"))
        return cls(examined_for_writing(path, accept=accept), sheet)

    def write(self, change: Callable[[Plan], Plan], what: str, by: str) -> dict[str, str | None]:
        """Write a changed plan with an entry in its Log; gives the paths of workbook and dated copy."""
        today = local_day()
        return write_revision(self.found, Revision(change, (LogEntry(today, what, by=by),)), today)

    def told(self, written: Mapping[str, str | None]) -> Iterator[str]:
        """Say where it was written, and where a copy of what was there before is."""
        labels = {"written": f"Written to the sheet {self.sheet} of", "backup": "What was there before"}
        yield from (f"{labels[key]}: {path}" for key, path in written.items() if path)


def workbook_to_write(question: Question) -> Path:
    """The workbook of a question; raises PlanError where it is about a preset."""
    if question.workbook is None:
        raise PlanError(Finding("--write", "there is no workbook to write into", "name one made by 'ftroi new'"))
    return question.workbook


def examined_for_writing(path: Path, *, accept: bool) -> Examination:
    """Examine a workbook before anything is computed for it.

    Raises WorkbookError where it is open elsewhere, or where something in it cannot be kept and ``accept`` is False.
    """
    found = examine(path, template_of_id, macros_for)
    require_unlocked(path)
    lost = _not_kept(found, path)
    if lost and not accept:
        raise WorkbookError(*lost)
    return found


def write_revision(found: Examination, revision: Revision, today: date) -> dict[str, str | None]:
    """Write a changed plan into its workbook; gives the paths of workbook and dated copy."""
    backup = regenerate(found, template_of_id, today, revision=revision, macros_for=macros_for)
    return {"written": str(found.path), "backup": None if backup is None else str(backup)}


def _not_kept(found: Examination, path: Path) -> Sequence[Finding]:
    """Find what the workbook would not have any more: nothing may go with figures that were asked for."""
    lost = [f"{edit.sheet}!{edit.cells} was edited, and would be as in the template" for edit in found.edits]
    lost += [f"cannot be kept: {one}" for one in found.not_kept]
    lost += [f"your own macros cannot be kept: {name}" for name in found.own_macros]
    if found.was != found.now or found.changes:
        lost.append(f"it was made with version {found.was} of the template, and would be brought to {found.now}")
    return [Finding(str(path), what, _AGAIN) for what in lost]
