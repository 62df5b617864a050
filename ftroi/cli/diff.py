"""``ftroi diff``: two plans compared."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ftroi.analysis.difference import (
    Change,
    Difference,
    PlainValue,
    compare_plans,
    difference_report,
    label_of,
    ranked,
    unit_of,
)
from ftroi.cli.console import MISSING, console, figure_words, print_json, say, table, warn
from ftroi.errors import Finding, PlanError
from ftroi.plan import Plan, plan_from_preset
from ftroi.termsheet import Template
from ftroi.termsheet.catalogue import template_of_id
from ftroi.termsheet.simulated_names import measure_headings

if TYPE_CHECKING:
    from pandas import DataFrame

    from ftroi.cli.output import Output
    from ftroi.workbook.reading.file import Reading

_TWO = 2
_MOST_CHANGES = 40
"""Changes that are listed in a terminal; the rest is counted, and stands in the JSON."""


@dataclass(frozen=True, slots=True)
class Against:
    """What a single workbook is compared with: its nearest preset, or its newest dated copy; and whether formulas are.

    To look for edited formulas takes longer than all the rest.
    """

    preset: bool
    backup: bool
    formulas: bool = False


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two plans: its name, the version of the template it was made with, its warnings, edited formulas.

    ``edits`` says what each edited place of the workbook holds: a formula of the person's own, or one that is gone.
    """

    name: str
    plan: Plan
    version: str
    warnings: tuple[str, ...] = ()
    edits: Mapping[str, str] = field(default_factory=dict)


def show_difference(
    workbooks: Sequence[Path], against: Against, option: str | None, output: Output | None, *, as_json: bool
) -> None:
    """Compare the plans that were asked for and show what differs."""
    before, after = _sides(workbooks, against)
    found = compare_plans(before.plan, after.plan, option)
    found = replace(found, changes=(*found.changes, *_edited(before, after)))
    warnings = [*before.warnings, *after.warnings, *_versions(before, after), *_formulas(before, after)]
    if found.missing:
        warnings.append(f"no effects are shown: {found.missing}")
    if output is not None:
        output.write(_frame(found), "Difference")
    if as_json:
        sides = {key: {"name": one.name, "version": one.version} for key, one in (("before", before), ("after", after))}
        print_json({**sides, **difference_report(found), "warnings": warnings})
        return
    say(f"From {before.name} to {after.name}")
    _show(found)
    warn(warnings)


def _versions(before: Side, after: Side) -> Iterator[str]:
    if before.version != after.version:
        yield (
            f"the plans were made with versions {before.version} and {after.version} of the template; both are "
            f"computed with {after.plan.template.version}, so that no effect is the template's"
        )


def _edited(before: Side, after: Side) -> Iterator[Change]:
    """The places whose formula was edited in one plan, and not so in the other."""
    for place in dict.fromkeys((*before.edits, *after.edits)):
        was, now = (side.edits.get(place, "the template's formula") for side in (before, after))
        if was != now:
            yield Change("formula", place, f"Formula: {place}", was, now)


def _formulas(before: Side, after: Side) -> Iterator[str]:
    for side in (before, after):
        if side.edits:
            count = len(side.edits)
            yield (
                f"{side.name}: {count} edited place{'s' * (count > 1)}, which no figure here knows: the engine "
                f"computes the template's formulas; see 'ftroi check'"
            )


# --- which plans -----------------------------------------------------------------------------------------------


def _sides(workbooks: Sequence[Path], against: Against) -> tuple[Side, Side]:
    chosen = sum((against.preset, against.backup, len(workbooks) == _TWO))
    if chosen != 1 or len(workbooks) > _TWO:
        cure = "name two workbooks, or one with --preset or --backup"
        raise PlanError(Finding("WORKBOOK", "it is not clear what is compared with what", cure))
    after = _read(workbooks[-1], formulas=against.formulas)
    if against.preset:
        return _nearest_preset(after.plan), after
    first = _newest_copy(workbooks[0]) if against.backup else workbooks[0]
    return _read(first, formulas=against.formulas), after


@cache
def _template(name: str) -> Template:
    """Load a template once for both plans."""
    return template_of_id(name)


def _read(path: Path, *, formulas: bool) -> Side:
    from ftroi.workbook.reading.file import read_workbook
    from ftroi.workbook.regeneration.edited_plan import as_sheets_compute

    reading = as_sheets_compute(path, read_workbook(path, _template))
    version = reading.version or reading.plan.template.version
    warnings = tuple(f"{path.name}: {one}" for one in reading.warnings)
    return Side(path.name, reading.plan, version, warnings, _edits(path, reading) if formulas else {})


def _edits(path: Path, reading: Reading) -> dict[str, str]:
    from ftroi.workbook.regeneration.comparison import find_edits

    back, _ = find_edits(path, reading)
    edits = (*(one.edit for one in back.unread), *back.others)
    return {f"{edit.sheet}!{edit.cells}": edit.was or "empty" for edit in edits}


def _newest_copy(path: Path) -> Path:
    """Find the newest dated copy that stands beside a workbook; raises PlanError where there is none."""
    pattern = re.compile(rf"{re.escape(path.stem)} \(backup (\d{{4}}-\d\d-\d\d)(?: (\d+))?\){re.escape(path.suffix)}")
    named = [(match, one) for one in path.parent.iterdir() if (match := pattern.fullmatch(one.name))]
    if not named:
        what = f"there is no dated copy of {path.name} beside it"
        raise PlanError(Finding("--backup", what, "commands that replace a workbook keep one"))
    return max(named, key=lambda one: (one[0][1], int(one[0][2] or 1)))[1]


def _nearest_preset(plan: Plan) -> Side:
    """Find the preset of which most figures are still in the plan, in the plan's options and currency."""

    def differing(made: Plan) -> int:
        return sum(made.entries[name] != entry for name, entry in plan.entries.items())

    template = plan.template.plain or plan.template
    made = {name: plan_from_preset(template, name, plan.settings.options) for name in template.presets}
    if not made:
        raise PlanError(Finding("--preset", f"the template {plan.template.id} has no presets", "name two workbooks"))
    name = min(made, key=lambda one: differing(made[one]))
    return Side(f"the preset {name}", made[name], template.version)


# --- what is shown ---------------------------------------------------------------------------------------------


def _show(found: Difference) -> None:
    if not found.changes:
        say("No differences.")
        return
    out = console()
    headers = ("What changed", "Option", "Before", "After")
    rows = [_change_row(found, change) for change in found.changes[:_MOST_CHANGES]]
    out.print(table("", headers, rows, headers[2:]))
    more = len(found.changes) - _MOST_CHANGES
    if more > 0:
        say(f"{more} more changes stand in the answer of --json.")
    currency = found.after.settings.currency
    options = [found.after.template.options[option].label for option in dict.fromkeys(found.option)]
    title = f"What the changes did, in {currency}: {', then '.join(options)}"
    headings = measure_headings(found.after.template)
    names = [headings[name] for name in found.figures]
    out.print(table(title, ("", *names), _waterfall(found), names))


def _change_row(found: Difference, change: Change) -> tuple[str, str, str, str]:
    template, unit = found.after.template, unit_of(found, change)
    option = template.options[change.option].short if change.option in template.options else change.option
    return change.label, option, _words(change.was, unit), _words(change.now, unit)


def _words(value: PlainValue, unit: str) -> str:
    return value if isinstance(value, str) else MISSING if value is None else figure_words(value, unit)


def _waterfall(found: Difference) -> Iterator[tuple[str, ...]]:
    """The rows from the first plan's figures to the second's."""
    yield "Before", *(figure_words(found.figures[name][0], "money") for name in found.figures)
    for cause in ranked(found):
        yield label_of(found, cause), *(_signed(found.effects[cause][name]) for name in found.figures)
    yield "After", *(figure_words(found.figures[name][1], "money") for name in found.figures)


def _frame(found: Difference) -> DataFrame:
    """The waterfall as a table: from the first plan's figures by each cause to the second's, with what changed.

    A cause's effect stands in its first row; what has none, such as a project's name, follows at the end.
    """
    from pandas import DataFrame

    names = list(found.figures)
    nothing = dict.fromkeys(names, float("nan"))
    rows = [{"step": "Before", **{name: was for name, (was, _) in found.figures.items()}}]
    for cause in ranked(found):
        effects = {name: found.effects[cause][name] for name in names}
        for change in (one for one in found.changes if one.cause == cause):
            rows.append({"step": label_of(found, cause), **_told(change), **effects})
            effects = nothing
    rows.append({"step": "After", **{name: now for name, (_, now) in found.figures.items()}})
    rows += [
        {"step": "Without effect", **_told(one), **nothing} for one in found.changes if one.cause not in found.effects
    ]
    columns = ["step", "kind", "change", "option", "was", "now", *names]
    return DataFrame(rows, columns=columns).set_index("step")


def _told(change: Change) -> dict[str, Any]:
    return {
        "kind": change.kind, "change": change.label, "option": change.option, "was": change.was, "now": change.now,
    }  # fmt: skip


def _signed(value: float) -> str:
    return f"{round(value):+,}" if round(value) else "0"
