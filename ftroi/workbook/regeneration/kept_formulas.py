"""Edited formulas that are kept: which edits of the options' sheets the language can say, and the plan that has them.

A formula typed over a line, over all its months or some, becomes a formula of the user's own (`OwnFormula`), which the
engine computes from then on. An edit that cannot be read, or computed as the sheet does, is told with what rests on it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from ftroi.engine import FloatArray
from ftroi.errors import EvaluationError, PlanError
from ftroi.language import Binary, Call, Name, Node, Number, formula_text
from ftroi.plan import Plan, calculate
from ftroi.termsheet import flat
from ftroi.termsheet.own_formulas import OwnFormula, dependants, former_tree
from ftroi.workbook.layout.option import FIRST_MONTH, LAST_MONTH, MONTHS, VALUE, Kind
from ftroi.workbook.regeneration.added_rows import AddedRows
from ftroi.workbook.regeneration.edits import PUT_IN, Edit
from ftroi.workbook.regeneration.read_back import FormulaReader, UnreadError
from ftroi.workbook.sheets.option.formulas import OptionFormulas
from ftroi.workbook.sheets.registry import layout_of
from ftroi.workbook.xlsx.addresses import address
from ftroi.workbook.xlsx.cells import Area
from ftroi.workbook.xlsx.package_parts import OPTION_ID, Parts
from ftroi.workbook.xlsx.stored_cells import RawSheet, read_raw

_CLOSE = 1e-9
_OWN_PLACES = {
    Kind.IN_FORCE: "an assumption in force: type the figure into the option's column on Assumptions",
    Kind.SUM: "the sum of a row: change its months",
    Kind.SERIES: "the sum of a row, or its value at time 0: change its months",
}


@dataclass(frozen=True, slots=True)
class KeptEdit:
    """An edit that is kept, and the formula that its line has in the language with it."""

    edit: Edit
    formula: OwnFormula


@dataclass(frozen=True, slots=True)
class UnreadEdit:
    """An edit of an option's sheet that is not kept: why, the line, and the labels of the measures that rest on it."""

    edit: Edit
    why: str
    line: str = ""
    rests: tuple[str, ...] = ()


@dataclass(frozen=True)
class ReadBack:
    """The plan with the edits that are kept, these, those that are not kept, and edits of no line of the model."""

    plan: Plan
    kept: tuple[KeptEdit, ...] = ()
    unread: tuple[UnreadEdit, ...] = ()
    others: tuple[Edit, ...] = ()


@dataclass(frozen=True, slots=True)
class _Run:
    """Neighbouring cells of a line that were edited alike: their columns, and the tree that they hold now."""

    edit: Edit
    first: int
    last: int
    tree: Node


def read_back(parts: Parts, plan: Plan, edits: Iterable[Edit]) -> ReadBack:
    """Read the edits of the options' sheets back, as far as the language can say them."""
    found = list(edits)
    return _Reading(parts, plan).read(found) if found else ReadBack(plan)


class _Reading:
    """One workbook's edits, read one after the other."""

    def __init__(self, parts: Parts, plan: Plan) -> None:
        self._parts = parts
        self._plan = plan
        self._layout = layout_of(plan)
        self._kinds = {one.name: one.kind for one in self._layout.option.placed}
        self._unread: list[UnreadEdit] = []
        self._others: list[Edit] = []
        self._rows = AddedRows(plan, self._layout.option)

    def read(self, edits: Iterable[Edit]) -> ReadBack:
        found, runs = list(edits), dict[tuple[str, str], list[_Run]]()
        for edit in found:
            if edit.was == PUT_IN and edit.sheet in self._options:
                self._rows.put_in(self._raw(edit.sheet), edit)
        for edit in found:
            option = self._options.get(edit.sheet)
            if edit.was != PUT_IN and self._rows.is_of_one(edit):
                continue
            if option is None or edit.was == PUT_IN:
                self._others += [] if self._rows.is_of_one(edit) else [edit]
            else:
                self._take(option, edit, runs)
        joined = [self._joined(option, line, of) for (option, line), of in runs.items()]
        plan, kept = self._fitted([*self._additions(), *joined])
        return ReadBack(plan, tuple(kept), tuple(self._unread), tuple(self._others))

    def _additions(self) -> Iterator[tuple[OwnFormula, Node, list[_Run]]]:
        """The rows that were put in and that their category's sum adds; the others are told."""
        for one in self._rows.found:
            if one.why or not one.is_summed:
                why = one.why or "its category's sum leaves it out: add its cells there, in every month"
                self._unread.append(UnreadEdit(one.edit, why))
                continue
            tree: Node = Number(0.0)
            try:
                for edit in one.cells:
                    area = Area.read(f"'{edit.sheet}'!{edit.cells}")
                    if area is None:
                        continue
                    first, last = area.first_column - 1, area.last_column - 1
                    read = self._reader(edit.sheet).read(edit.was or "0", flat(one.category), first)
                    tree = self._in_months(_Run(edit, first, last, read), tree)
            except UnreadError as error:
                self._unread.append(UnreadEdit(one.edit, str(error)))
                continue
            option = self._options[one.edit.sheet]
            own = OwnFormula(option, one.name, formula_text(tree), one.label, one.category, one.nature)
            yield own, tree, [_Run(one.edit, FIRST_MONTH, LAST_MONTH, tree)]

    @cached_property
    def _options(self) -> Mapping[str, str]:
        """The options by the present titles of their sheets; a copy of a sheet is none."""
        found: dict[str, str] = {}
        for sheet in self._parts.option_sheets:
            cell = self._parts.named_cell(sheet, OPTION_ID)
            if cell is not None and cell.value in self._plan.settings.options and cell.value not in found.values():
                found[sheet] = str(cell.value)
        return found

    def _take(self, option: str, edit: Edit, runs: dict[tuple[str, str], list[_Run]]) -> None:
        """Read one edit into the runs, or put it among the others or those that are not kept."""
        area = Area.read(f"'{edit.sheet}'!{edit.cells}")
        reader = self._reader(edit.sheet)
        row, first = (area.first_row - 1, area.first_column - 1) if area else (-1, -1)
        name = reader.names.get(row, "")
        if area is None or not name or not edit.now:
            self._others.append(edit)
            return
        last = area.last_column - 1
        by_month = self._kinds[name] in (Kind.SUM, Kind.SERIES)
        is_months = by_month and first >= FIRST_MONTH and last <= LAST_MONTH
        is_figure = self._kinds[name] in (Kind.SCALAR, Kind.MEASURE) and first == last == VALUE
        if not (is_months or is_figure):
            self._not_kept(edit, name, _OWN_PLACES.get(self._kinds[name], "no figure of the model"))
            return
        try:
            tree = reader.read(edit.was or "0", name, first)
        except UnreadError as error:
            self._not_kept(edit, name, str(error))
        else:
            if not (is_months and self._rows.take_sum(edit.sheet, name, tree)):
                runs.setdefault((option, name), []).append(_Run(edit, first, last, tree))

    def _not_kept(self, edit: Edit, line: str, why: str) -> None:
        template = self._plan.template
        rests = tuple(one.label for one in dependants(template, line) if one.name in template.measures)
        own = (template.lines[line].label,) if line in template.measures else ()
        self._unread.append(UnreadEdit(edit, why, line, (*own, *rests)))

    def _reader(self, sheet: str) -> FormulaReader:
        if sheet not in self._readers:
            formulas = OptionFormulas(self._plan, self._layout)
            self._readers[sheet] = FormulaReader(
                self._plan.template, self._layout.option, formulas, self._raw(sheet), self._named,
                self._rows.names(sheet),
            )  # fmt: skip
        return self._readers[sheet]

    @cached_property
    def _readers(self) -> dict[str, FormulaReader]:
        return {}

    def _raw(self, sheet: str) -> RawSheet:
        return read_raw(self._parts, sheet)

    @cached_property
    def _named(self) -> Mapping[tuple[str, str], str]:
        """The names of plan-wide figures by their cells; what differs by option is looked up on its own sheet alone."""
        found = {}
        for name in self._plan.template.assumptions.keys() - self._layout.option.rows.keys():
            area = self._parts.area_named(name)
            if area is not None:
                found[area.sheet, address(area.first_row - 1, area.first_column - 1)] = name
        return found

    # --- from runs to formulas ---------------------------------------------------------------------------------

    def _joined(self, option: str, line: str, runs: list[_Run]) -> tuple[OwnFormula, Node, list[_Run]]:
        """One formula of a line from its runs: where a run covers some months only, the others stay as they were."""
        stated = (self._plan.template.laid_out or self._plan.template).lines[line]
        former = self._plan.template.own_formulas.get(option, {}).get(line) or former_tree(stated)
        tree = former or Number(0.0)
        for run in runs:
            tree = run.tree if run.first == VALUE else self._in_months(run, tree)
        return OwnFormula(option, line, formula_text(tree)), tree, runs

    def _in_months(self, run: _Run, otherwise: Node) -> Node:
        """A run's formula in its months, and another one in the others."""
        if (run.first, run.last) == (FIRST_MONTH, LAST_MONTH):
            return run.tree
        return Call("IF", (self._months(run), run.tree, otherwise))

    def _months(self, run: _Run) -> Node:
        month = Name(self._reader(run.edit.sheet).month)
        first, last = (Number(float(column - FIRST_MONTH + 1)) for column in (run.first, run.last))
        if first == last:
            return Binary("=", month, first)
        return Call("AND", (Binary(">=", month, first), Binary("<=", month, last)))

    def _fitted(self, found: list[tuple[OwnFormula, Node, list[_Run]]]) -> tuple[Plan, list[KeptEdit]]:
        """The plan with all formulas or, where it cannot be computed as the sheets are, with those that can."""
        wanted = self._plan
        with suppress(PlanError):
            wanted = self._with(self._plan, found)
            if not _does_not_fit(wanted):
                return wanted, [KeptEdit(run.edit, own) for own, _, runs in found for run in runs]
        plan, kept = self._plan, []
        for one in found:
            own, _, runs = one
            try:
                tried = self._with(plan, [one])
                why = _does_not_fit(tried)
            except PlanError as error:
                why = "; ".join(finding.what for finding in error.findings)
            if why:
                for run in runs:
                    self._not_kept(run.edit, own.line, why)
            else:
                plan = tried
                kept += [KeptEdit(run.edit, own) for run in runs]
        return plan, kept

    def _with(self, plan: Plan, found: Iterable[tuple[OwnFormula, Node, list[_Run]]]) -> Plan:
        """A plan with further formulas; one that is the template's own again leaves it without."""
        own = {(one.option, one.line): one for one in plan.own_formulas}
        plain = plan.template.laid_out or plan.template
        for formula, tree, _ in found:
            key = (formula.option, formula.line)
            if not formula.category and tree == former_tree(plain.lines[formula.line]):
                own.pop(key, None)
            else:
                own[key] = formula
        return plan.with_formulas(tuple(own.values()))


def _does_not_fit(plan: Plan) -> str:
    """Why the engine, which ends with the horizon, does not compute what the sheets with all their months do."""
    try:
        short, long = calculate(plan), calculate(plan, months=MONTHS)
    except EvaluationError as error:
        return error.findings[0].what
    figures = (name for name in short.arrays if name not in plan.template.series)
    if any(_differ(short.arrays[name], long.arrays[name]) for name in figures):
        return f"it goes on after the horizon, month {plan.horizon}: let it be 0 there, as by a flag of the template"
    return ""


def _differ(one: FloatArray, other: FloatArray) -> bool:
    return not np.allclose(one, other, rtol=_CLOSE, atol=_CLOSE, equal_nan=True)


def changed_figures(plan: Plan, with_it: Plan, option: str) -> Iterator[tuple[str, float | None, float | None]]:
    """The main figures of an option without and with a formula: label, before, after."""
    results = calculate(plan), calculate(with_it)
    roles = plan.template.views.roles
    for name in (one for one in (roles.cost, roles.gain) if one):
        before, after = (found.measure(name, option).value for found in results)
        yield plan.template.lines[name].label, before, after
