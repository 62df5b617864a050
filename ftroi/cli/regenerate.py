"""``ftroi regenerate``: fresh workbooks that keep what people entered."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from functools import cache, partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import Progress

from ftroi.cli.console import console, print_json, say, table, warn
from ftroi.cli.log import write_log
from ftroi.cli.text import printable
from ftroi.dates import local_day
from ftroi.errors import Finding, FtroiError
from ftroi.hosts.build import macros_for
from ftroi.termsheet import Template
from ftroi.termsheet.catalogue import template_of_id
from ftroi.workbook.regeneration.regenerate import Examination, change_words, examine, regenerate

BAD_INPUT = 2
"""The exit code when a workbook could not be regenerated."""

_MOST_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Way:
    """How workbooks are regenerated: as the options of the command say."""

    accept: bool
    keep_sheets: bool
    dry_run: bool
    look: Path | None = None
    options: tuple[str, ...] = ()
    """The options that the plan is to have, by id or label; none leaves it to the sheet Start."""

    def find_template(self, wanted: str) -> Template:
        """Load each template once in a process, in the look that is asked for."""
        return _template(wanted, self.look)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one workbook; without an examination it could not even be read."""

    path: Path
    findings: tuple[Finding, ...] = ()
    examination: Examination | None = None
    backup: Path | None = None


@dataclass
class _Bar:
    """A progress bar on a terminal, for many workbooks; else nothing."""

    count: int
    _bar: Progress = field(init=False)

    def __post_init__(self) -> None:
        shown = sys.stderr.isatty() and self.count > 1
        self._bar = Progress(console=Console(stderr=True), disable=not shown, transient=True)

    @contextmanager
    def over(self, what: str) -> Iterator[Callable[[], None]]:
        """Show the bar; the function that is given moves it on by one workbook."""
        with self._bar:
            task = self._bar.add_task(what, total=self.count)
            yield lambda: self._bar.advance(task)
            self._bar.remove_task(task)


def show_regeneration(paths: Sequence[Path], way: Way, *, as_json: bool) -> int:
    """Regenerate workbooks, tell what changed before writing and what was done, and give the exit code.

    One that cannot be regenerated does not stop the others.
    """
    today = local_day()  # names the backup, and dates the entries of the Log
    unique = list(dict.fromkeys(paths))
    with _workers(len(unique)) as run:
        bar = _Bar(len(unique))
        found = _all(run, _examined, [(path, way) for path in unique], bar, "Reading")
        if not as_json:
            for outcome in found:
                _tell(outcome, alone=len(unique) == 1)
        if way.dry_run:
            outcomes = found
        else:
            bar = _Bar(len(unique))
            outcomes = _all(run, _written, [(outcome, way, today) for outcome in found], bar, "Writing")
    if as_json:
        print_json({"dry_run": way.dry_run, "workbooks": [_report(one, way) for one in outcomes]})
    else:
        _tell_end(outcomes, way)
    return BAD_INPUT if any(one.findings for one in outcomes) else 0


@contextmanager
def _workers(count: int) -> Iterator[Executor | None]:
    """Processes for many workbooks; None for a single one, which is faster done here."""
    if count == 1:
        yield None
        return
    with ProcessPoolExecutor(min(count, os.cpu_count() or 1), mp_context=get_context("spawn")) as pool:
        yield pool


def _all(
    run: Executor | None, work: Callable[[Any], Outcome], jobs: Iterable[Any], bar: _Bar, what: str
) -> list[Outcome]:
    done = []
    with bar.over(what) as advance:
        for outcome in map(work, jobs) if run is None else run.map(partial(_sent_back, work), jobs):
            done.append(outcome)
            advance()
    return done


def _sent_back(work: Callable[[Any], Outcome], job: Any) -> Outcome:  # noqa: ANN401 - as the work takes it
    """The outcome of work in another process, without the fresh workbook, which is made again where it is written."""
    outcome = work(job)
    found = outcome.examination
    return outcome if found is None else replace(outcome, examination=replace(found, fresh=None))


@cache
def _template(wanted: str, look: Path | None) -> Template:
    from ftroi.workbook.xlsx.look import dressed

    template = template_of_id(wanted)
    return template if look is None else dressed(template, look)


def _examined(job: tuple[Path, Way]) -> Outcome:
    path, way = job
    return _safely(path, lambda: _examination(path, way))


def _examination(path: Path, way: Way) -> Outcome:
    from ftroi.workbook.xlsx.safe_files import require_unlocked

    found = examine(path, way.find_template, macros_for, way.options)
    if not way.dry_run:
        require_unlocked(path)
    return Outcome(path, () if way.accept else tuple(_refused(found, keep_sheets=way.keep_sheets)), found)


def _refused(found: Examination, *, keep_sheets: bool) -> Iterator[Finding]:
    """Find what cannot be kept, and nobody has agreed to lose."""
    where = str(found.path)
    for name in found.own_macros:
        cure = "save that module from the macro editor (File, Export), then add --yes to go on without it"
        yield Finding(where, f"your own macros cannot be kept: {name}", cure)
    for one in found.not_kept if keep_sheets else ():
        cure = "add --yes to go on without it, or --drop-sheets to leave your own sheets out"
        yield Finding(where, f"cannot be kept: {one}", cure)


def _written(job: tuple[Outcome, Way, date]) -> Outcome:
    outcome, way, today = job
    found = outcome.examination
    if outcome.findings or found is None:
        return outcome

    def write() -> Outcome:
        backup = regenerate(found, way.find_template, today, keep_sheets=way.keep_sheets, macros_for=macros_for)
        return Outcome(outcome.path, (), found, backup)

    return _safely(outcome.path, write)


def _safely(path: Path, work: Callable[[], Outcome]) -> Outcome:
    """Do the work on one workbook; an error becomes its findings, and does not stop the others."""
    try:
        return work()
    except FtroiError as error:
        return Outcome(path, tuple(error.findings))
    except Exception as error:  # noqa: BLE001 - the other workbooks are not to suffer from it
        what = f"ftroi met an error that it did not expect: {type(error).__name__}"
        return Outcome(path, (Finding(str(path), what, f"please report it with {write_log(error)}"),))


# --- telling -----------------------------------------------------------------------------------------------


def _tell(outcome: Outcome, *, alone: bool) -> None:
    found = outcome.examination
    if found is None:
        return
    rows = [(change_words(change), change.was, change.now) for change in found.changes]
    rows += [(f"Edited, and kept: {one.edit.sheet}!{one.edit.cells}", one.edit.now, one.edit.was) for one in found.kept]
    rows += [(f"Edited: {edit.sheet}!{edit.cells}", edit.was, edit.now) for edit in found.edits]
    if found.was != found.now:
        rows.insert(0, (f"Version of the template {found.template}", found.was, found.now))
    if rows:
        shown = [tuple(_short(text) for text in row) for row in rows[:_MOST_SHOWN]]
        console().print(table(str(outcome.path), ("What changes", "Was", "Will be"), shown, ()))
    elif alone:
        say(f"{outcome.path}: made from this template; no formula was edited")
    if len(rows) > _MOST_SHOWN:
        say(f"and {len(rows) - _MOST_SHOWN} more, which the Log will hold")
    if found.remark:
        say(f"Note: {found.remark}.")
    elif not found.is_exact and found.edits:
        say("Edits were found by comparing the options' sheets: the formulas of that version are not at hand.")
    if found.own_sheets:
        say(f"Your own sheets: {', '.join(found.own_sheets)}")
    say(*(f"Not kept: {one}" for one in found.not_kept))
    say(*(f"Not kept: your own macros in {name}" for name in found.own_macros))
    warn(str(one) for one in found.warnings)


def _short(text: str, longest: int = 100) -> str:
    line = " ".join(text.split())
    return line if len(line) <= longest else f"{line[:longest]}..."


def _tell_end(outcomes: Sequence[Outcome], way: Way) -> None:
    for outcome in outcomes:
        if outcome.findings:
            continue
        kept = f"; what was there before: {outcome.backup}" if outcome.backup else ""
        say(f"{'Would be regenerated' if way.dry_run else 'Regenerated'}: {outcome.path}{kept}")
    bad = [outcome for outcome in outcomes if outcome.findings]
    for outcome in bad:
        sys.stderr.write("".join(f"{printable(str(finding))}\n" for finding in outcome.findings))
    if bad:
        whole = "nothing was written" if len(bad) == len(outcomes) else "the others were regenerated"
        whole = "nothing is written in a dry run" if way.dry_run else whole
        sys.stderr.write(f"{len(bad)} of {len(outcomes)} cannot be regenerated; {whole}\n")


def _report(outcome: Outcome, way: Way) -> dict[str, Any]:
    found = outcome.examination
    done = "would be regenerated" if way.dry_run else "regenerated"
    report: dict[str, Any] = {
        "workbook": str(outcome.path),
        "status": "refused" if outcome.findings else done,
        "backup": str(outcome.backup) if outcome.backup else None,
        "findings": [asdict(finding) for finding in outcome.findings],
    }
    if found is None:
        return report
    return report | {
        "template": found.template,
        "version": {"was": found.was, "now": found.now},
        "changes": [asdict(change) for change in found.changes],
        "kept": [asdict(one) for one in found.kept],
        "edited": [asdict(edit) for edit in found.edits],
        "compared_with_the_template": found.is_exact,
        "own_sheets": list(found.own_sheets),
        "not_kept": list(found.not_kept),
        "own_macros": list(found.own_macros),
        "warnings": [str(warning) for warning in found.warnings],
    }
