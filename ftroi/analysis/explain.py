"""Explaining a value: its formula, the formula with its numbers filled in, and the result."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from operator import attrgetter

from ftroi.analysis.report import number
from ftroi.engine import Measured, Results
from ftroi.errors import Finding, PlanError
from ftroi.language import FUNCTIONS, Reference, did_you_mean, evaluate, parse_unit, references, unit_text
from ftroi.plan.plan import Plan
from ftroi.plan.provenance import basis_of, own_basis
from ftroi.plan.resolve import formula_tree, in_force, moving_rule, own_cost_by_month, strength_of, toward
from ftroi.termsheet import OWN_BY_NATURE, Line, Role, flat, own_line
from ftroi.termsheet.model import BUILT_IN

_DIGITS = 10
"""Significant digits of a number within a formula."""


@dataclass(frozen=True, slots=True)
class Ingredient:
    """One name in a formula: its label, its value for the option and month, and the source of an assumption.

    ``via`` is the row function around the name, or "".
    """

    name: str
    via: str
    label: str
    unit: str
    value: float | None
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Explanation:
    """The explanation of a line, measure or assumption of one option: its formula, and the same with numbers.

    ``month`` is None for a single value; ``total`` is the sum of a row of money over the horizon, else None. ``value``
    is None for a measure with a text in its place; the formula is then the condition of that text.
    """

    name: str
    kind: str
    label: str
    unit: str
    note: str
    option: str
    case: str
    month: int | None
    formula: str
    numbers: str
    value: float | None
    status: str
    text: str
    total: float | None
    ingredients: tuple[Ingredient, ...]


def explain(plan: Plan, results: Results, name: str, month: int | None = None) -> Explanation:
    """The explanation of a line, category, measure or assumption for the plan's option and case.

    A row is explained for ``month`` (1 is the first; default: the first month in which it is not 0). Raises PlanError
    for an unknown name and for a month outside the horizon.
    """
    if month is not None and not 1 <= month <= plan.horizon:
        what = f"month {month} is outside the horizon of {plan.horizon} months"
        raise PlanError(Finding("--month", what, f"choose from 1 to {plan.horizon}"))
    name = _by_label(plan, name)
    if name in plan.template.assumptions:
        return _assumption(plan, name)
    wanted = flat(name) if name in plan.template.categories else name
    if wanted not in plan.template.lines:
        known = [*plan.template.lines, *plan.template.assumptions, *plan.template.categories]
        cure = did_you_mean(name, known) or "the names stand on the sheets, and in 'ftroi calc --json'"
        raise PlanError(Finding(name, "no line, measure or assumption has this name", cure))
    return _LineExplainer(plan, results, plan.template.lines[wanted], month).tell()


def _by_label(plan: Plan, name: str) -> str:
    """The id of what has a label, in capitals or not; the name itself where none or several have it."""
    template, wanted = plan.template, name.strip().casefold()
    labels = (
        *((one, line.label) for one, line in template.lines.items()),
        *((one, table.table.label) for one, table in template.assumptions.items()),
        *((one, category.label) for one, category in template.categories.items()),
    )
    found = {one for one, label in labels if label.casefold() == wanted}
    measures = found & set(template.measures)
    found = measures or found
    return name if len(found) != 1 else found.pop()


class _LineExplainer:
    """Explains one line of the plan's option in one month."""

    def __init__(self, plan: Plan, results: Results, line: Line, month: int | None) -> None:
        self._plan = plan
        self._results = results
        self._line = line
        self._option = plan.settings.option
        self._varies = line.name in plan.template.series
        self._month = (month or self._first_month()) if self._varies else 1

    def _first_month(self) -> int:
        row = self._results.row(self._line.name, self._option)
        return next((month for month, amount in enumerate(row, start=1) if amount), 1)

    def tell(self) -> Explanation:
        """The explanation."""
        line = self._line
        formula, mentions, measured = self._deciding_formula()
        values = {(one.name, one.via): self._value(one.name, one.via) for one in mentions}
        return Explanation(
            name=line.name, kind=line.role.value, label=line.label, unit=line.unit, note=line.note,
            option=self._option, case=self._plan.settings.case, month=self._month if self._varies else None,
            formula=formula, numbers=_filled(formula, mentions, values), value=number(measured.value),
            status=measured.status, text=measured.text, total=self._total(),
            ingredients=(*self._ingredients(values), *self._own_costs()),
        )  # fmt: skip

    def _deciding_formula(self) -> tuple[str, list[Reference], Measured]:
        """The formula that determines the value, its references, and the value."""
        line = self._line
        if line.role is Role.MEASURE:
            return self._measure(line)
        value = Measured(self._value(line.name, ""))
        if line.tree is not None:
            return line.formula, list(references(line.tree)), value
        return " + ".join(line.terms) or "the plan's own costs", list(_terms(line.terms)), value

    def _measure(self, line: Line) -> tuple[str, list[Reference], Measured]:
        """A measure's formula or, if a text replaces its value, the condition of that text."""
        measured = self._results.measure(line.name, self._option)
        if measured.value is None:
            for clause in line.unless:
                if evaluate(clause.when, self._value):
                    return clause.table.when, list(references(clause.when)), measured
        return line.formula, list(references(line.tree) if line.tree else ()), measured

    def _total(self) -> float | None:
        if not (self._varies and self._line.unit == "money/month"):
            return None
        return number(float(self._results.row(self._line.name, self._option).sum()))

    def _value(self, name: str, via: str) -> float:
        return self._mention(name, via, self._option, self._month)

    def _mention(self, name: str, via: str, option: str, month: int) -> float:
        """The value of a reference in the formula's month."""
        across = self._plan.settings.parties
        if via in across:
            return self._mention(name, "", across[via], month)
        if name not in self._plan.template.series:
            return self._results.number(name, option)
        if via == "PREV" and month == 1:
            return self._opening(name, option)
        row = self._results.row(name, option)
        if via in ("", "PREV"):
            return float(row[month - 1 - (via == "PREV")])
        begins = FUNCTIONS[via].reads_opening and self._plan.template.lines[name].opening is not None
        return FUNCTIONS[via].value_in_month([self._opening(name, option), *row] if begins else row, month)

    def _opening(self, name: str, option: str) -> float:
        opening = self._plan.template.lines[name].opening
        if opening is None:
            raise KeyError(name)
        return evaluate(opening, lambda other, via: self._mention(other, via, option, 1))

    def _ingredients(self, values: Mapping[tuple[str, str], float]) -> Iterator[Ingredient]:
        for (name, via), value in values.items():
            label, unit, basis = _identity(self._plan, name, self._option)
            yield Ingredient(name, via, label, _unit_via(via, unit), number(value), basis)
        if [via for _, via in values] == ["TOTAL"]:
            yield from self._parts(next(name for name, _ in values))

    def _parts(self, name: str) -> Iterator[Ingredient]:
        """The categories that a total consists of, each over the horizon, without those that are 0."""
        line = self._plan.template.lines.get(name)
        if line is None:
            return
        if line.role is not Role.CATEGORY:
            for term in line.terms:
                yield from self._parts(term)
        elif amount := float(self._results.row(name, self._option).sum()):
            yield Ingredient(name, "TOTAL", line.label, _unit_via("TOTAL", line.unit), number(amount))

    def _own_costs(self) -> Iterator[Ingredient]:
        """The own costs in a line of own costs, with their amounts in the month."""
        for cost in self._plan.own_costs:
            lines = own_line(cost.category), OWN_BY_NATURE[cost.nature]
            if cost.is_borne_by(self._option) and self._line.name in lines:
                amount = float(own_cost_by_month(self._plan, cost, self._plan.horizon)[self._month - 1])
                months = f"months {cost.first_month} to {cost.last_month}"
                span = months if cost.last_month else "on the day of the decision"
                yield Ingredient(cost.label, "", cost.label, "money/month", amount, f"entered in the plan, {span}")


def _terms(terms: Iterable[str]) -> Iterator[Reference]:
    """The references in a sum that is written with " + " between its terms."""
    at = 0
    for term in terms:
        yield Reference(term, "", at)
        at += len(term) + len(" + ")


def _unit_via(via: str, unit: str) -> str:
    """The unit of a row function's result, for example money for TOTAL of a row in money/month."""
    rule = FUNCTIONS[via].gives if via else None
    given = rule(parse_unit(unit)) if rule else None
    return unit if given is None else unit_text(given)


def _identity(plan: Plan, name: str, option: str) -> tuple[str, str, str]:
    """The label, unit and basis of a name."""
    if name in plan.template.assumptions:
        table = plan.template.assumptions[name].table
        is_own = option in plan.entries[name].own
        basis = own_basis(plan, option, name) if is_own else basis_of(plan, name)
        return table.label, table.unit, basis.words
    if name in plan.template.lines:
        line = plan.template.lines[name]
        return line.label, line.unit, ""
    return name.replace("_", " ").capitalize(), BUILT_IN[name], "set in the plan"


def _assumption(plan: Plan, name: str) -> Explanation:
    """The explanation of an assumption: whose value it is, and how far the case moves it."""
    settings, entry = plan.settings, plan.entries[name]
    one = plan.template.assumptions[name]
    moved = one.table.kind == "uncertain" and settings.case != "base"
    owner = settings.option if settings.option in entry.own else "base"
    formula = moving_rule(plan.template, one.table) if moved else owner
    low, high = entry.ends or (None, None)
    figures = {"base": entry.base, "low": low, "high": high, owner: entry.value(settings.option)}
    bases = {"base": basis_of(plan, name).words}
    if owner != "base":
        bases[owner] = own_basis(plan, owner, name).words
    value = in_force(plan, name, settings.option, settings.case)
    return Explanation(
        name=name, kind="assumption", label=one.table.label, unit=one.table.unit, note=one.table.note,
        option=settings.option, case=settings.case, month=None, formula=formula,
        numbers=_moved_numbers(plan, name, formula) if moved else number_text(value),
        value=value, status="", text="", total=None,
        ingredients=tuple(
            Ingredient(key, "", key, one.table.unit, figure, bases.get(key, ""))
            for key, figure in figures.items()
            if figure is not None
        ),
    )  # fmt: skip


def _moved_numbers(plan: Plan, name: str, formula: str) -> str:
    settings, entry = plan.settings, plan.entries[name]
    one = plan.template.assumptions[name]
    least, most = one.table.range or (float("-inf"), float("inf"))
    values = {
        "own": entry.value(settings.option), "base": entry.base, "toward": toward(plan, name, settings.case),
        plan.template.views.roles.case_strength: strength_of(plan), "least": least, "most": most,
    }  # fmt: skip
    return _filled(formula, references(formula_tree(formula)), {(key, ""): value for key, value in values.items()})


def _filled(formula: str, mentions: Iterable[Reference], values: Mapping[tuple[str, str], float]) -> str:
    """The formula with numbers in place of names, and otherwise as its author wrote it."""
    text, done = "", 0
    for mention in sorted(mentions, key=attrgetter("at")):
        start, end = mention.at, mention.at + len(mention.name)
        if mention.via:
            start, end = formula.upper().rindex(mention.via, 0, start), formula.index(")", end) + 1
        text += formula[done:start] + number_text(values[mention.name, mention.via])
        done = end
    return text + formula[done:]


def number_text(value: float) -> str:
    """A number in a formula: ten significant digits, negative numbers in parentheses."""
    text = f"{value:.{_DIGITS}g}"
    return f"({text})" if text.startswith("-") else text
