"""The loaded template, from which the engine, the workbook and the commands work.

Conventions: a *series* is a row of monthly values, a *scalar* a single value. Money lines are amounts per month, and
flows fall at the end of the month. Costs and values are both positive numbers; a measure subtracts costs from values.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property
from pathlib import Path

from ftroi.errors import Finding, TemplateError
from ftroi.language import Node, Reference, references
from ftroi.termsheet.check_rules import CheckRule
from ftroi.termsheet.files import read_examples
from ftroi.termsheet.look import STANDARD, Look
from ftroi.termsheet.questions import QuestionTable
from ftroi.termsheet.rule_schema import GateTable
from ftroi.termsheet.rules import GateRule, VerdictRule
from ftroi.termsheet.schema import (
    AssumptionTable,
    CategoryTable,
    ClauseTable,
    CorrelationTable,
    EventTable,
    ExampleTable,
    GroupTable,
    OptionTable,
    PresetTable,
    SectionTable,
    SourceTable,
    ThemeTable,
)
from ftroi.termsheet.text_templates import Text
from ftroi.termsheet.views import VIEWS_FILE, ViewsTable

BUILT_IN = {"start_date": "date", "option_number": "1"}
"""Names that every plan defines, with their units: its start date, and the option's position in it (1 is the first)."""


class Role(Enum):
    """The role of a line in the term sheet."""

    WORKING = "working"  # an intermediate result
    COST = "cost"  # money in a category of cost
    VALUE = "value"  # money in a category of value
    OWN = "own"  # own costs of the plan, in one category or of one nature
    CATEGORY = "category"  # the generated sum of a category
    TOTAL = "total"  # a generated sum of categories
    MEASURE = "measure"  # a result that people read


@dataclass(frozen=True, slots=True)
class Assumption:
    """One assumption with its name, its section, and ``where``, its place in the files ("file:line") for messages."""

    name: str
    section: str
    table: AssumptionTable
    where: str


@dataclass(frozen=True, slots=True)
class Clause:
    """A text that replaces a measure's value or accompanies it, and the condition under which it does."""

    table: ClauseTable
    when: Node
    text: Text


@dataclass(frozen=True)
class Line:
    """One line: its formula as a tree or, if it was generated, the lines that it is the sum of.

    ``nature`` is cash or economic for cost and value lines, "" for others. A line has a formula (``tree``), with an
    ``opening`` (its value at time 0) if PREV reads it; or it is generated, the sum of its ``terms``; or it is a line of
    own costs with neither, whose values come from the plan. ``unless`` and ``remark`` belong to measures: the texts in
    place of the value, and those beside it.
    """

    name: str
    label: str
    unit: str
    section: str
    role: Role
    note: str
    formula: str = ""
    tree: Node | None = None
    opening: Node | None = None
    category: str = ""
    nature: str = ""
    terms: tuple[str, ...] = ()
    unless: tuple[Clause, ...] = ()
    remark: tuple[Clause, ...] = ()
    where: str = ""

    @property
    def formula_tree(self) -> Node:
        """The formula's tree; raises LookupError for a line without a formula."""
        if self.tree is None:
            raise LookupError(f"{self.name} has no formula")
        return self.tree

    @cached_property
    def trees(self) -> tuple[Node, ...]:
        """All trees that the line's value depends on: formula, opening, and conditions of clauses."""
        clauses = tuple(clause.when for clause in (*self.unless, *self.remark))
        own = tuple(tree for tree in (self.tree, self.opening) if tree is not None)
        return own + clauses

    @cached_property
    def needs(self) -> tuple[tuple[str, str], ...]:
        """The names that the line refers to, each with the row function around it ("" for none)."""
        named = ((mention.name, mention.via) for tree in self.trees for mention in references(tree))
        shown = ((mention.name, mention.via) for mention in self.shown)
        return tuple(dict.fromkeys((*named, *shown, *((term, "") for term in self.terms))))

    @cached_property
    def shown(self) -> tuple[Reference, ...]:
        """The references in the texts of a measure."""
        return tuple(mention for clause in (*self.unless, *self.remark) for mention in clause.text.mentions())


@dataclass(frozen=True, slots=True)
class Group:
    """Lines that are computed together, in order; with ``loop``, month by month, as they read each other by PREV."""

    names: tuple[str, ...]
    loop: bool


@dataclass(frozen=True, eq=False)
class Template:
    """A term sheet: assumptions, lines in the order of the sheets, options, gates, presets, sources, rules and views.

    ``series`` are the names of the lines that vary by month; ``order`` is the order of computation. ``retired`` maps
    assumptions of earlier versions to what replaces them. Templates are compared by identity.
    """

    folder: Path
    id: str
    version: str
    label: str
    currency: str
    spelling: str
    categories: Mapping[str, CategoryTable]
    sections: tuple[SectionTable, ...]
    assumptions: Mapping[str, Assumption]
    lines: Mapping[str, Line]
    options: Mapping[str, OptionTable]
    gates: Mapping[str, GateTable]
    sources: Mapping[str, SourceTable]
    presets: Mapping[str, PresetTable]
    series: frozenset[str]
    order: tuple[Group, ...]
    correlations: Mapping[str, CorrelationTable]
    events: Mapping[str, EventTable]
    groups: Mapping[str, GroupTable]
    views: ViewsTable
    gate_rule: GateRule | None = None
    verdict: VerdictRule | None = None
    checks: CheckRule | None = None
    questions: Mapping[str, QuestionTable] = field(default_factory=dict)
    retired: Mapping[str, str] = field(default_factory=dict)
    checksum: str = ""
    """Another one where the template computes or judges otherwise (`ftroi.termsheet.checksum`)."""
    look: Look | None = None
    """The look; None for the standard one."""
    plain: Template | None = None
    """The template without lines and formulas of the user's own; None where it has none."""
    laid_out: Template | None = None
    """The template with lines of the user's own and without formulas: what the options' sheets have in common."""
    own_formulas: Mapping[str, Mapping[str, Node]] = field(default_factory=dict)
    """Formulas of the user's own by option and line (`ftroi.termsheet.own_formulas`)."""
    converted_from: str = ""
    """The currency that its prices were in, if they have been converted."""

    @property
    def list_currency(self) -> str:
        """The currency of its prices as they were published with it."""
        return self.converted_from or self.currency

    @property
    def edition(self) -> str:
        """The version with the checksum, as workbooks are stamped: "0.3.0+1a2b3c4d"."""
        return f"{self.version}+{self.checksum}" if self.checksum else self.version

    @property
    def theme(self) -> ThemeTable:
        """Font, colours and number formats."""
        return (self.look or STANDARD).theme

    @property
    def how_gates_are_judged(self) -> GateRule:
        """The rule by which gates are evaluated. Raises TemplateError if the template has no gates."""
        if self.gate_rule is None:
            what = "the template has no rule by which gates are judged"
            raise TemplateError(Finding("gates.toml", what, "add [rule]; the template fine_tuning shows how"))
        return self.gate_rule

    @property
    def what_is_checked(self) -> CheckRule:
        """The checks of a workbook. Raises TemplateError if the template has no verdict, and so no checks."""
        if self.checks is None:
            what = "the template has no verdict, and so no checks"
            raise TemplateError(Finding("verdict.toml", what, "add the file; the template fine_tuning shows how"))
        return self.checks

    @property
    def how_to_decide(self) -> VerdictRule:
        """The rule of the verdict. Raises TemplateError if the template has none."""
        if self.verdict is None:
            what = "the template has no verdict"
            raise TemplateError(Finding("verdict.toml", what, "add the file; the template fine_tuning shows how"))
        return self.verdict

    @cached_property
    def examples(self) -> tuple[ExampleTable, ...]:
        """The worked examples, read on first use, as no computation needs them.

        Raises TemplateError with all findings.
        """
        return read_examples(self.folder)

    @cached_property
    def measures(self) -> Mapping[str, Line]:
        """The public measures, in order."""
        return {name: line for name, line in self.lines.items() if line.role is Role.MEASURE}

    @cached_property
    def cost_categories(self) -> tuple[str, ...]:
        """The categories of cost, in order."""
        return tuple(name for name in self.categories if not self.is_value(name))

    @cached_property
    def at_decision(self) -> str:
        """The category of what is paid on the day of the decision; "" without one."""
        return next((name for name, one in self.categories.items() if one.at_decision), "")

    @cached_property
    def cost_groups(self) -> tuple[str, ...]:
        """The groups of cost categories, in order."""
        return tuple(name for name, one in self.groups.items() if not one.is_value)

    def is_value(self, category: str) -> bool:
        """Whether a category is value rather than cost."""
        return self.groups[group_of(category)].is_value

    def members(self, group: str) -> tuple[str, ...]:
        """The categories of a group, in order."""
        return tuple(name for name in self.categories if group_of(name) == group)

    def role(self, name: str) -> str:
        """The name of the line or assumption in a role of ``[roles]``, such as that of ``cost``.

        Raises TemplateError if the template leaves it out.
        """
        holder: str | None = getattr(self.views.roles, name)
        if holder is None:
            cure = f"name it there; what it is: {type(self.views.roles).model_fields[name].description}"
            raise TemplateError(Finding(f"{VIEWS_FILE}: [roles]", f"this needs '{name}', and nothing plays it", cure))
        return holder


def group_of(category: str) -> str:
    """The group of a category: "visible" for "visible.compute"."""
    return category.partition(".")[0]


def flat(category: str) -> str:
    """The name of a category's line: "visible_compute" for "visible.compute"."""
    return category.replace(".", "_")
