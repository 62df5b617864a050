"""The rules on assumptions, lines, categories and gates, without which a term sheet cannot be computed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ftroi.errors import Finding
from ftroi.language import (
    PARTIES,
    Call,
    Node,
    Number,
    check_formula,
    did_you_mean,
    invalid_name_reason,
    parse_unit,
    unit_text,
)
from ftroi.termsheet.files import TomlFile
from ftroi.termsheet.model import BUILT_IN, Assumption, Line, Role, Template
from ftroi.termsheet.names import TemplateNames
from ftroi.termsheet.schema import AssumptionTable, CategoryTable, GateTable
from ftroi.termsheet.simulated_names import SIMULATED, simulated_gate_measures
from ftroi.termsheet.totals import MONEY_A_MONTH


def check_names(assumptions: Mapping[str, Assumption], lines: list[Line]) -> Iterator[Finding]:
    """Find names that a spreadsheet would misread, and names that occur twice."""
    taken = dict.fromkeys(BUILT_IN, "every plan")
    owners: list[Assumption | Line] = [*assumptions.values(), *lines]
    for owner in owners:
        if reason := invalid_name_reason(owner.name):
            yield Finding(owner.where, f"'{owner.name}' cannot be a name: {reason}", "choose another")
        if owner.name in taken:
            yield Finding(owner.where, f"the name '{owner.name}' is given twice", f"see {taken[owner.name]}")
        taken[owner.name] = owner.where


def check_assumption_values(one: Assumption) -> Iterator[Finding]:
    """Find low and high that do not enclose the base, values out of range, and values that the kind does not allow."""
    table = one.table
    if table.kind == "uncertain":
        yield from _check_uncertain(one)
    elif table.low is not None or table.high is not None:
        yield Finding(one.where, f"a {table.kind} has no low and high", "remove them, or make it uncertain")
    if table.whole and table.base != int(table.base):
        yield Finding(one.where, f"base {table.base:g} is not whole", "round it, or drop 'whole'")
    yield from outside(one.where, table, {"low": table.low, "base": table.base, "high": table.high})


def _check_uncertain(one: Assumption) -> Iterator[Finding]:
    table = one.table
    missing = [key for key in ("low", "high", "distribution", "favourable", "spread") if getattr(table, key) is None]
    if missing:
        yield Finding(one.where, f"an uncertain assumption needs {', '.join(missing)}", "add them")
    if table.whole:
        yield Finding(one.where, "an uncertain assumption cannot be whole", "cases would move it between whole numbers")
    if table.low is not None and table.high is not None:
        yield from out_of_order(one.where, table.low, table.base, table.high)
    if table.spread == "ratio" and table.base <= 0:
        yield Finding(one.where, "spread 'ratio' needs a base above 0", 'use spread = "difference"')


def out_of_order(where: str, low: float, base: float, high: float) -> Iterator[Finding]:
    """Find a base that does not lie between low and high."""
    if not low <= base <= high:
        yield Finding(where, f"low {low:g}, base {base:g}, high {high:g} are not in order", "put low <= base <= high")


def outside(where: str, table: AssumptionTable, figures: Mapping[str, float | None]) -> Iterator[Finding]:
    """Find values outside the range that the assumption allows; ``figures`` are values by what messages call them."""
    if table.range is None:
        return
    least, most = table.range
    for key, figure in figures.items():
        if figure is not None and not least <= figure <= most:
            what = f"{key} {figure:g} is outside the range {least:g} to {most:g} ({table.unit})"
            yield Finding(where, what, "enter a value inside it")


def check_line(line: Line, names: TemplateNames) -> Iterator[Finding]:
    """Find wrong units, conditions, literals and names in a line's formulas, and a wrong category or nature."""
    if line.tree is None:
        return
    yield from _check_tree(line, line.tree, names, "formula")
    if line.opening is not None:
        yield from _check_tree(line, line.opening, names, "opening")
    for clause in (*line.unless, *line.remark):
        yield from _check_condition(line, clause.when, names)
    yield from _check_category(line)


def _check_tree(line: Line, tree: Node, names: TemplateNames, part: str) -> Iterator[Finding]:
    text = line.formula if part == "formula" else ""
    unit, findings = check_formula(tree, names, line.where, text)
    yield from findings
    declared = names.unit(line.name)
    if not findings and unit is not None and unit != declared:
        what = f"the {part} gives {unit_text(unit)}, but the unit is {unit_text(declared)}"
        yield Finding(line.where, what, "correct the unit or the formula")


def _check_condition(line: Line, when: Node, names: TemplateNames) -> Iterator[Finding]:
    _, findings = check_formula(Call("IF", (when, Number(1.0), Number(0.0))), names, line.where)
    yield from findings


def _check_category(line: Line) -> Iterator[Finding]:
    if line.role is not Role.MEASURE and (line.unless or line.remark):
        yield Finding(line.where, "only a measure has 'unless' and 'remark'", "move the line to measures.toml")
    if not line.category:
        if line.nature:
            yield Finding(line.where, "a nature needs a category", "add the category")
        return
    if not line.nature:
        yield Finding(line.where, "a line with a category needs a nature", 'add nature = "cash" or "economic"')
    if parse_unit(line.unit) != parse_unit(MONEY_A_MONTH):
        yield Finding(line.where, f"a line with a category is in money/month, not {line.unit}", "correct the unit")


def check_categories(lines: Mapping[str, Line], categories: Mapping[str, CategoryTable]) -> Iterator[Finding]:
    """Find lines in a category that the template does not have."""
    for line in lines.values():
        if line.category and line.category not in categories:
            cure = did_you_mean(line.category, categories) or "see [categories] in template.toml"
            yield Finding(line.where, f"no category '{line.category}'", cure)


def check_references(lines: Mapping[str, Line], series: frozenset[str]) -> Iterator[Finding]:
    """Find row functions of names that have no row, mentions of measures that may be a text, and empty totals."""
    for line in lines.values():
        if line.role is Role.TOTAL and line.tree is None and not line.terms:
            cure = "add a category or a line of this kind; a group of value says is_value = true"
            yield Finding("template.toml", f"'{line.label}' ({line.name}) adds up nothing", cure)
        if line.role in (Role.COST, Role.VALUE) and line.name not in series:
            what = "a line with a category is a row of months, and this one is the same in all"
            yield Finding(line.where, what, "multiply it by a flag that is 1 inside the horizon, so that it ends there")
        for name, via in line.needs:
            yield from _check_reference(line, name, via, lines, series)


def _check_reference(
    line: Line, name: str, via: str, lines: Mapping[str, Line], series: frozenset[str]
) -> Iterator[Finding]:
    target = lines.get(name)
    if target is not None and target.unless:
        yield Finding(line.where, f"'{name}' may be a text", "refer to the line that it shows")
    if not via or name == "option_number":
        return
    if target is None:
        if name not in BUILT_IN and via:
            yield Finding(line.where, f"{via}({name}): '{name}' is no line", f"write {name} by itself")
        return
    if via == "PREV" and target.opening is None:
        yield Finding(line.where, f"PREV({name}): '{name}' has no opening", f"give [{name}] an opening")
    elif via not in PARTIES and name not in series:
        yield Finding(line.where, f"{via}({name}): '{name}' does not vary by month", f"write {name} by itself")


def check_examples(template: Template) -> Iterator[Finding]:
    """Find worked examples of unknown lines."""
    for example in template.examples:
        if example.line not in template.lines:
            where = f"examples: '{example.name}'"
            yield Finding(where, f"no line '{example.line}'", did_you_mean(example.line, template.lines))


FIGURES_ACROSS_CASES = frozenset({"pessimistic_npv", "probability_npv_positive"})
"""Gate measures that need other cases or simulated draws, so that no line and no value of the verdict holds them."""


def check_gates(template: Template, file: TomlFile) -> Iterator[Finding]:
    """Find gates whose measure or threshold is neither a line nor a result of a simulation."""
    figures = {cell.name for cell in template.verdict.figures} if template.verdict else set()
    for name, gate in template.gates.items():
        yield from _check_simulated(template, file.where(name, "figure"), gate)
        is_line = (
            gate.figure and gate.figure not in FIGURES_ACROSS_CASES | figures and not gate.figure.startswith(SIMULATED)
        )
        wanted = [("figure", gate.figure or "")] if is_line else []
        wanted += [("threshold", gate.threshold)] if isinstance(gate.threshold, str) else []
        for key, line in wanted:
            if line not in template.lines or line in template.series:
                cure = (
                    did_you_mean(line, (set(template.lines) - template.series) | figures)
                    or "name a measure or a single-value line"
                )
                yield Finding(file.where(name, key), f"no such figure '{line}'", cure)


def _check_simulated(template: Template, where: str, gate: GateTable) -> Iterator[Finding]:
    if not (gate.figure or "").startswith(SIMULATED):
        return
    known = simulated_gate_measures(template)
    if gate.figure not in known:
        cure = did_you_mean(gate.figure or "", known) or f"choose one such as {known[0]} or {SIMULATED}tco.p80"
        yield Finding(where, f"no such figure '{gate.figure}'", cure)
    if gate.evidence != "simulation":
        yield Finding(where, f"'{gate.figure}' comes from a simulation", 'write evidence = "simulation"')
