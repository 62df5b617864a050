"""A template, loaded: what the engine, the workbook and the commands read.

Series are rows by month; scalars are single values. Money lines are per month, flows fall at the
month's end, and costs and values are both positive.
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
"""Names that every plan brings, with their units: its start, and the option's position in it."""


class Role(Enum):
    """What a line is for."""

    WORKING = "working"
    COST = "cost"
    VALUE = "value"
    OWN = "own"
    CATEGORY = "category"
    TOTAL = "total"
    MEASURE = "measure"


@dataclass(frozen=True, slots=True)
class Assumption:
    """One assumption with its name and the section that it stands in."""

    name: str
    section: str
    table: AssumptionTable
    where: str


@dataclass(frozen=True, slots=True)
class Clause:
    """A text in place of a measure's number, or beside it, and the condition that calls for it."""

    table: ClauseTable
    when: Node
    text: Text


@dataclass(frozen=True)
class Line:
    """One line: its formula as a tree, or, where it was generated, the lines that it adds up.

    ``nature`` is cash or economic for cost and value lines. ``terms`` is empty for lines with a
    formula; a generated line is the sum of its terms. An own line has neither: the plan fills it.
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
        """The formula's tree, of a line that has a formula."""
        if self.tree is None:
            raise LookupError(f"{self.name} has no formula")
        return self.tree

    @cached_property
    def trees(self) -> tuple[Node, ...]:
        """Every tree that the line's value comes from: conditions, formula, opening."""
        clauses = tuple(clause.when for clause in (*self.unless, *self.remark))
        own = tuple(tree for tree in (self.tree, self.opening) if tree is not None)
        return own + clauses

    @cached_property
    def needs(self) -> tuple[tuple[str, str], ...]:
        """The names that the line refers to, each with the row function around it."""
        named = ((mention.name, mention.via) for tree in self.trees for mention in references(tree))
        shown = ((mention.name, mention.via) for mention in self.shown)
        return tuple(dict.fromkeys((*named, *shown, *((term, "") for term in self.terms))))

    @cached_property
    def shown(self) -> tuple[Reference, ...]:
        """What the texts of a measure mention."""
        return tuple(mention for clause in (*self.unless, *self.remark) for mention in clause.text.mentions())


@dataclass(frozen=True, slots=True)
class Group:
    """Lines that are computed together, in order; a loop steps through the months because of PREV."""

    names: tuple[str, ...]
    loop: bool


@dataclass(frozen=True, eq=False)
class Template:
    """A term sheet: assumptions, lines in the order of the sheets, options, presets, sources.

    ``series`` names the lines that vary by month; ``order`` the lines as they must be computed. ``retired`` says of
    assumptions of earlier versions what takes their place.
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
    look: Look | None = None
    """The look that it was given; None for that of its folder, or the standard one."""

    @property
    def theme(self) -> ThemeTable:
        """Font, colours and number formats."""
        return (self.look or STANDARD).theme

    @property
    def how_gates_are_judged(self) -> GateRule:
        """The rule of gates. Raises TemplateError where the template has none, and so no gates."""
        if self.gate_rule is None:
            what = "the template has no rule by which gates are judged"
            raise TemplateError(Finding("gates.toml", what, "add [rule]; the template fine_tuning shows how"))
        return self.gate_rule

    @property
    def what_is_checked(self) -> CheckRule:
        """The checks of a workbook. Raises TemplateError where the template has no verdict, and so none."""
        if self.checks is None:
            what = "the template has no verdict, and so no checks"
            raise TemplateError(Finding("verdict.toml", what, "add the file; the template fine_tuning shows how"))
        return self.checks

    @property
    def how_to_decide(self) -> VerdictRule:
        """The rule of the verdict. Raises TemplateError where the template has none."""
        if self.verdict is None:
            what = "the template has no verdict"
            raise TemplateError(Finding("verdict.toml", what, "add the file; the template fine_tuning shows how"))
        return self.verdict

    @cached_property
    def examples(self) -> tuple[ExampleTable, ...]:
        """The worked examples, read when they are first asked for: no computation needs them.

        Raises TemplateError with every finding.
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
        """The name that plays a part, of ``[roles]``.

        Raises TemplateError where the template leaves it out.
        """
        found: str | None = getattr(self.views.roles, name)
        if found is None:
            cure = f"name it there; what it is: {type(self.views.roles).model_fields[name].description}"
            raise TemplateError(Finding(f"{VIEWS_FILE}: [roles]", f"this needs '{name}', and nothing plays it", cure))
        return found


def group_of(category: str) -> str:
    """The group of a category: visible of visible.compute."""
    return category.partition(".")[0]


def flat(category: str) -> str:
    """The name of a category's line: visible.compute becomes visible_compute."""
    return category.replace(".", "_")
