"""Parsing the rules of gates and verdict, `gates.toml` and `verdict.toml`: which names each formula may mention.

The verdict reads four tables: the options, the categories, the break-evens and the gates. Each has columns that the
program provides (`OPTION_FACTS` and the like) and columns that the rules add. Besides them it reads single values:
measures of the candidate, and entries of `[figures]`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ftroi.errors import Finding
from ftroi.language import DIMENSIONLESS, Node, Unit, did_you_mean, parse_unit
from ftroi.language.rules import ACROSS, TEXT
from ftroi.termsheet.check_rules import ROLES, CheckReader, CheckRule, ChecksTable, Sum
from ftroi.termsheet.files import TomlFile
from ftroi.termsheet.model import Role, Template
from ftroi.termsheet.names import TemplateNames
from ftroi.termsheet.rule_schema import CaseTable, CellTable, GateRuleTable, GateTable, VerdictTable
from ftroi.termsheet.rules import (
    BreakEven,
    Cell,
    GateList,
    GateRule,
    RuleReader,
    RuleText,
    Scope,
    VerdictClause,
    VerdictRule,
    is_exact,
    mentions,
    trees_of,
    unit_of,
)
from ftroi.termsheet.totals import BENEFITS, total_of

GATES_FILE, VERDICT_FILE = "gates.toml", "verdict.toml"
RULE = "rule"
"""The table of gates.toml with the rule by which every gate is evaluated; all other tables are gates."""

_DATE, _FIGURE = parse_unit("date"), parse_unit("figure")

GATE_FACTS: Mapping[str, Unit] = {
    "gate": TEXT, "label": TEXT, "brief": TEXT, "evidence": TEXT, "direction": TEXT, "stamp": TEXT, "set_by": TEXT,
    "waiver": TEXT, "mandatory": DIMENSIONLESS, "pilot": DIMENSIONLESS, "live": DIMENSIONLESS,
    "brought": DIMENSIONLESS, "yes": DIMENSIONLESS, "sign": DIMENSIONLESS, "figure": _FIGURE,
    "default_threshold": _FIGURE, "own_threshold": _FIGURE, "evidence_figure": _FIGURE, "set_on": _DATE,
    "evidence_on": _DATE, "evidence_until": _DATE, "as_of": _DATE,
}  # fmt: skip
"""The columns of gates that the program provides, with their units.

``brought`` is 1 if people bring the evidence, ``yes`` if the answer is yes or no; ``sign`` is 1 or -1 by the direction;
``stamp`` says why a computed value is not valid for the inputs, or is "" if no check is needed."""

OPTION_FACTS: Mapping[str, Unit] = {
    "option": TEXT, "label": TEXT, "phrase": TEXT, "tuned": DIMENSIONLESS,
    "is_candidate": DIMENSIONLESS, "is_reference": DIMENSIONLESS, "is_nothing": DIMENSIONLESS,
}  # fmt: skip
"""The columns of options that the program provides, with their units; an option's measures can be mentioned, too."""

CATEGORY_FACTS: Mapping[str, Unit] = {"category": TEXT, "category_label": TEXT, "move": parse_unit("money")}
"""The columns of categories that the program provides.

``move`` is a category's part in the candidate's NPV over the option that the deciding clause compares it with."""

BREAK_EVEN_FACTS: Mapping[str, Unit] = {"break_even": TEXT, "today": DIMENSIONLESS, "at": DIMENSIONLESS, "says": TEXT}
"""The columns of break-evens that the program provides: today's value, the value ``at`` break-even, the sentence."""

PLAN_FACTS: Mapping[str, Unit] = {
    "failed_checks": DIMENSIONLESS, "failure": TEXT, "against": TEXT, "currency": TEXT, "case": TEXT,
}  # fmt: skip
"""The single values that the program provides: how many checks failed, the reason of the first, currency and case.

``against`` is the option that the deciding clause compares the candidate with, in words."""

GATE_FORMATS = frozenset({"figure", "gap"})
"""Formats that depend on the gate: that of its value, and that of the difference from its threshold."""


class DecisionReader:
    """Parses the rules of gates, verdict and checks of a template whose lines and assumptions are loaded."""

    def __init__(self, template: Template, names: TemplateNames, findings: list[Finding]) -> None:
        """Parse for a template; problems are added to ``findings``."""
        self._template = template
        self._findings = findings
        self._reader = RuleReader(findings)
        self._scalars = {
            name: names.unit(name) for name in template.lines if name not in template.series and names.known(name)
        }
        plain = (assumption.name for assumption in template.assumptions.values() if assumption.table.scope == "plan")
        self._plan_names = {name: names.unit(name) for name in (*plain, "start_date")} | self._scalars
        everything = (*template.assumptions, *template.lines, "start_date")
        self._everything = {name: names.unit(name) for name in everything if names.known(name)}
        self._exact = {name for name in self._plan_names if names.whole(name)}

    # --- gates -----------------------------------------------------------------------------------------------

    def gate_rule(self, table: GateRuleTable, gates: Mapping[str, GateTable], file: TomlFile) -> GateRule:
        """Parse the rule by which gates are evaluated, and the gates' own sentences of failing."""
        words = table.words.model_dump(by_alias=True)
        facts = dict(GATE_FACTS) | dict.fromkeys(words, TEXT)
        flags = {name for name, unit in facts.items() if unit == DIMENSIONLESS}
        scope = Scope(facts, {}, flags, GATE_FORMATS)
        before_fails, fails = dict(scope.cells), {}
        columns = []
        for name, cell in table.columns.items():
            where = file.where(f"{RULE}.columns.{name}")
            if name == "fails":
                before_fails = dict(scope.cells)
            columns.append(self._added(name, cell, scope, where))
        own = Scope(before_fails, {}, flags, GATE_FORMATS)
        for gate, one in gates.items():
            if one.fails:
                cases = one.fails if isinstance(one.fails, tuple) else (CaseTable(text=one.fails),)
                fails[gate] = self._reader.cases(cases, own, file.where(gate, "fails"))
        lists = tuple(self._lists(table, scope, file))
        return GateRule(words, tuple(columns), lists, fails)

    def _added(self, name: str, table: CellTable, scope: Scope, where: str) -> Cell:
        """Parse a cell, and add its name to the scope of those after it."""
        cell = self._reader.cell(name, table, scope, where)
        scope.cells[name] = unit_of(cell, scope)
        if is_exact(cell, scope):
            scope.exact.add(name)
        return cell

    def _lists(self, table: GateRuleTable, scope: Scope, file: TomlFile) -> Iterator[GateList]:
        for name, one in table.lists.items():
            where = file.where(f"{RULE}.lists.{name}")
            when = self._reader.condition(one.when, scope, where)
            text = self._reader.text(one.text, scope, where)
            if when is not None:
                yield GateList(name, one.label, when, text)

    # --- verdict ---------------------------------------------------------------------------------------------

    def verdict(self, table: VerdictTable, gates: GateRule, file: TomlFile) -> VerdictRule:
        """Parse the verdict; a last clause with a condition is a finding, as the verdict could then be empty."""
        words = dict.fromkeys(gates.words, TEXT)
        options = self._table("options", table.options, {**self._plan_names, **OPTION_FACTS}, file)
        categories = self._table("categories", table.categories, {**self._plan_names, **CATEGORY_FACTS}, file)
        distances = self._table("distances", table.distances, {**self._plan_names, **BREAK_EVEN_FACTS}, file)
        columns: dict[str, Unit] = {**GATE_FACTS, **{cell.name: _unit(cell) for cell in gates.columns}}
        for facts, added in ((OPTION_FACTS, options), (CATEGORY_FACTS, categories), (BREAK_EVEN_FACTS, distances)):
            columns |= {**facts, **{cell.name: unit for cell, unit in added}}
        lists = {one.name: TEXT for one in gates.lists}
        cells = {**self._plan_names, **words, **PLAN_FACTS, **lists}
        scope = Scope(cells, columns, set(self._exact))
        break_evens = dict(self._break_evens(table, scope, file))
        figures = tuple(self._added(name, one, scope, file.where(f"figures.{name}"))
                        for name, one in table.figures.items())  # fmt: skip
        clauses = tuple(self._clauses(table, scope, file))
        of_verdict = dict.fromkeys(("word", "code", "conditions", *table.clauses), TEXT)
        about = Scope({**scope.cells, **of_verdict}, columns, set(self._exact))
        reasons = tuple(self._reader.cell(name, one, about, file.where(f"reasons.{name}"))
                        for name, one in table.reasons.items())  # fmt: skip
        conditions = tuple(self._conditions(table, about, lists, file))
        told = self._reader.text(table.conditions_told, about, file.where("", "conditions_told"))
        head = self._reader.text(table.head, about, file.where("", "head"))
        if table.gates_told and table.gates_told not in table.figures:
            cure = did_you_mean(table.gates_told, table.figures) or "name an entry of [figures]"
            where = file.where("", "gates_told")
            self._findings.append(Finding(where, f"no figure '{table.gates_told}'", cure))
        rule = VerdictRule(
            tuple(cell for cell, _ in options), tuple(cell for cell, _ in categories), break_evens,
            tuple(cell for cell, _ in distances), figures, clauses, reasons, conditions, told, head,
            table.gates_told,
        )  # fmt: skip
        return self._with_figures(rule)

    def _table(
        self, section: str, cells: Mapping[str, CellTable], known: dict[str, Unit], file: TomlFile
    ) -> list[tuple[Cell, Unit]]:
        """Parse the columns that the rules add to a table; each may mention those before it."""
        flags = {name for name, unit in known.items() if unit == DIMENSIONLESS and name not in self._plan_names}
        scope = Scope(known, {}, flags | self._exact)
        return [
            (cell, scope.cells[name])
            for name, table in cells.items()
            for cell in (self._added(name, table, scope, file.where(f"{section}.{name}")),)
        ]

    def _break_evens(self, table: VerdictTable, scope: Scope, file: TomlFile) -> Iterator[tuple[str, BreakEven]]:
        known = self._scalars.keys() | self._template.assumptions.keys()
        own = Scope({**scope.cells, "today": DIMENSIONLESS, "at": DIMENSIONLESS}, scope.columns, scope.exact)
        for name, one in table.break_evens.items():
            where = file.where(f"break_evens.{name}")
            for figure in (one.today, one.at):
                if figure not in known:
                    cure = did_you_mean(figure, known) or "name a line, a measure or an assumption"
                    self._findings.append(Finding(where, f"no such figure '{figure}'", cure))
            yield name, BreakEven(one, self._reader.text(one.says, own, where))

    def _clauses(self, table: VerdictTable, scope: Scope, file: TomlFile) -> Iterator[VerdictClause]:
        for code, one in table.clauses.items():
            where = file.where(f"clauses.{code}")
            when = self._reader.condition(one.when, scope, where) if one.when else None
            for named in (one.option, one.against):
                if named and named not in scope.cells:
                    cure = did_you_mean(named, scope.cells) or "name a figure that gives an option's id"
                    self._findings.append(Finding(where, f"no figure '{named}'", cure))
            sentence = self._reader.text(one.sentence, scope, where)
            yield VerdictClause(code, one.word, when, sentence, one.option, one.against)
        last = list(table.clauses.items())[-1:]
        if not last or last[0][1].when:
            what = "the verdict has no last clause that always holds, and may say nothing"
            self._findings.append(
                Finding(
                    file.where(f"clauses.{last[0][0]}" if last else "clauses"),
                    what,
                    "leave out 'when' in the last clause",
                )
            )

    def _conditions(
        self, table: VerdictTable, scope: Scope, lists: Mapping[str, Unit], file: TomlFile
    ) -> Iterator[tuple[str, Node | None]]:
        for condition in table.conditions:
            where = file.where("", "conditions")
            if condition.list not in lists:
                cure = did_you_mean(condition.list, lists) or f"the lists of gates.toml are {', '.join(lists)}"
                self._findings.append(Finding(where, f"no list '{condition.list}'", cure))
            yield condition.list, self._reader.condition(condition.when, scope, where) if condition.when else None

    # --- checks ----------------------------------------------------------------------------------------------

    def checks(
        self, table: ChecksTable, verdict: VerdictRule, gates: GateRule, file: TomlFile, *, is_own: bool
    ) -> CheckRule:
        """Parse the checks; their formulas may mention an option's lines and its columns of the verdict's table."""
        added = {cell.name: _unit(cell) for cell in verdict.options}
        words = dict.fromkeys(gates.words, TEXT)
        flags = {name for name, unit in OPTION_FACTS.items() if unit == DIMENSIONLESS} | {"available"}
        cells = {**words, **self._everything, **OPTION_FACTS, **added, "months": parse_unit("month")}
        totals = (*map(total_of, self._template.cost_groups), BENEFITS)
        sums = tuple(
            Sum(line.name, line.label, line.terms, line.role is Role.CATEGORY)
            for line in self._template.lines.values()
            if line.role is Role.CATEGORY or line.name in totals
        )
        scope = Scope(cells, {}, flags | self._exact, are_units_checked=False)
        roles = (f"is_{role}" for role in ROLES)
        typed = {*self._template.assumptions, *OPTION_FACTS, *roles, "start_date"}
        return CheckReader(scope, typed, sums, self._findings, is_own=is_own).read(table, file)

    # --- mentioned measures ----------------------------------------------------------------------------------

    def _with_figures(self, rule: VerdictRule) -> VerdictRule:
        of_plan = list(mentions(_plan_trees(rule)))
        asked = [name for name, via in of_plan if via not in ACROSS and name in self._scalars]
        of_tables = mentions(
            tree for cell in (*rule.options, *rule.categories, *rule.distances) for tree in cell.trees()
        )
        both = (name for name, _ in (*of_plan, *of_tables))
        ends = (name for one in rule.break_evens.values() for name in (one.table.today, one.table.at))
        compared = dict.fromkeys(name for name in (*both, *ends) if name in self._scalars)
        return VerdictRule(
            **{**rule.__dict__, "figures_asked": tuple(dict.fromkeys(asked)), "compared": tuple(compared)}
        )


def _unit(cell: Cell) -> Unit:
    return TEXT if all(isinstance(case.value, RuleText) for case in cell.cases) else DIMENSIONLESS


def _plan_trees(rule: VerdictRule) -> Iterator[Node]:
    """Every formula about the plan as a whole."""
    for cell in (*rule.figures, *rule.reasons):
        yield from cell.trees()
    for clause in rule.clauses:
        yield from (() if clause.when is None else (clause.when,))
        yield from trees_of(clause.sentence)
    for one in rule.break_evens.values():
        yield from trees_of(one.says)
    yield from trees_of(rule.head)
