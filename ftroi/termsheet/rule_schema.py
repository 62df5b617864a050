"""The schema of rules in `gates.toml`, `verdict.toml` and `checks.toml`: cells, cases, sentences, clauses.

A *cell* is a formula, a text with values in slots, or a list of cases of which the first whose condition holds applies.
Each cell is printed into the workbook and computed by the engine from the same text.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from ftroi.termsheet.table import Figure, Table

Code = Literal[
    "no_verdict", "not_decidable", "stop", "choose_other", "tie", "do_not_commit", "not_yet", "pilot", "commit"
]
"""The codes of verdicts, which programs rely on: they are part of the JSON output."""


class CaseTable(Table):
    """One case of a cell: a text or a formula, where its condition holds; the last case has no condition."""

    when: str = Field("", description="The condition, in the formula language; none: always.")
    text: str | None = Field(None, description="A text; {figure:format} shows a figure.")
    formula: str | None = Field(None, description="A number, in the formula language.")

    @model_validator(mode="after")
    def _one(self) -> CaseTable:
        if (self.text is None) == (self.formula is None):
            raise ValueError("a case has either a text or a formula")
        return self


class CellTable(Table):
    """A cell of a rule: what it is, and its text, its formula or its cases."""

    label: str = Field(min_length=1, description="What it is, as a header or a row of the sheet reads.")
    text: str | None = Field(None, description="A text; {figure:format} shows a figure.")
    formula: str | None = Field(None, description="A number, in the formula language.")
    cases: tuple[CaseTable, ...] = Field((), description="The first whose condition holds is taken.")
    number: Literal["whole", "percent", "multiple", "months", "flag", "date", "general"] = Field(
        "general", description="The number format of its cells."
    )

    @model_validator(mode="after")
    def _one(self) -> CellTable:
        if sum((self.text is not None, self.formula is not None, bool(self.cases))) != 1:
            raise ValueError("a cell has either a text, a formula or cases")
        return self


GateFormat = Literal["money", "percent", "whole_percent", "multiple", "months", "days", "decimal", "yes"]
_FORMATS_BY_UNIT: dict[str, GateFormat] = {"money": "money", "month": "months", "day": "days"}


class GateTable(Table):
    """One go/no-go benchmark: a figure of the model or a piece of evidence against a threshold."""

    label: str = Field(min_length=1)
    short: str = Field("", max_length=44, description="The label where there is little room; without it the label.")
    figure: str | None = Field(
        None, description="A measure, a line, a figure across options, or simulated.NAME; none: evidence."
    )
    direction: Literal["at_least", "at_most"]
    threshold: Figure | str = Field(description="A number, or a line of the candidate.")
    unit: str
    mandatory: bool
    pilot: bool = Field(default=False, description="Failed, it allows a pilot rather than forbidding a commitment.")
    live: bool = Field(default=False, description="Looked at in operation, not before the decision.")
    evidence: str = Field(description="model, simulation, or what people must bring.")
    format: GateFormat | None = Field(None, description="How sentences show its figure; without it by the unit.")
    fails: str | tuple[CaseTable, ...] = Field("", description="What the verdict says where it fails.")
    note: str = Field(min_length=1)

    @property
    def shown(self) -> GateFormat:
        """The format in which sentences show its value."""
        return self.format or _FORMATS_BY_UNIT.get(self.unit, "decimal")

    @property
    def is_brought(self) -> bool:
        """Whether people bring its evidence, rather than the model or a simulation."""
        return self.evidence not in ("model", "simulation")

    @property
    def brief(self) -> str:
        """Its label in sentences."""
        return self.short or self.label


class ListTable(Table):
    """A list of gates, each with a text; on the sheet it grows from row to row."""

    label: str = Field(min_length=1)
    when: str = Field(description="Which gates are in it, in the formula language.")
    text: str = Field(description="What the list says of one; {figure:format} shows a figure.")


class WordsTable(Table):
    """The words that cells show; a rule's formulas know them by these names."""

    passed: str = Field(alias="pass", min_length=1)
    fail: str = Field(min_length=1)
    waived: str = Field(min_length=1)
    not_decidable: str = Field(min_length=1)
    never: str = Field(min_length=1, description="How the text of a figure begins that fails.")
    immediate: str = Field(min_length=1, description="How the text of a figure begins that passes.")
    holds: str = Field(min_length=1, description="A figure of the engine's is about the inputs as they stand.")
    no_figure: str = Field(min_length=1, description="The engine has none.")
    restamp: str = Field(min_length=1, description="The inputs have changed since the engine's figure.")
    unreadable: str = Field(min_length=1, description="The inputs cannot be read, so nobody knows.")
    not_simulated: str = Field(min_length=1, description="There is no simulation.")
    stale: str = Field(min_length=1, description="The inputs have changed since the simulation.")


class GateRuleTable(Table):
    """How every gate is judged: the table `[rule]` of gates.toml."""

    words: WordsTable
    columns: dict[str, CellTable] = Field(description="Steps from what was entered to the status, in order.")
    lists: dict[str, ListTable] = Field(description="Lists of gates, for the verdict.")


class VerdictClauseTable(Table):
    """One clause of the verdict; the first that holds is the verdict, and the last always holds."""

    word: str = Field(min_length=1, max_length=24, description="The verdict in a word or two.")
    when: str = Field("", description="When it holds, in the formula language; none: always.")
    sentence: str = Field(min_length=1, description="The verdict in a sentence; {figure:format} shows a figure.")
    option: str = Field("", description="The figure that names the option it is in favour of; none: no option.")
    against: str = Field("", description="The figure that names the option it compares with; none: the baseline.")


class BreakEvenTable(Table):
    """A figure at which the verdict would turn: what it is today, and at break-even."""

    label: str = Field(min_length=1, description="What would have to be true.")
    today: str = Field(description="The line, measure or assumption as it is.")
    at: str = Field(description="The line, measure or assumption at break-even.")
    side: Literal["below", "above"] = Field(description="On which side of the break-even today has to be.")
    option: Literal["candidate", "reference"] = "candidate"
    number: Literal["percent", "multiple"] = "percent"
    says: str = Field("", description="The sentence where it is the nearest; none: it is no reason.")


class ConditionsTable(Table):
    """A list of gates among the conditions, where it holds."""

    list: str = Field(description="A list of gates.toml.")
    when: str = Field("", description="When it counts, in the formula language; none: always.")


class VerdictTable(Table):
    """The file verdict.toml: what the verdict looks at, its clauses in order, its reasons and conditions."""

    head: str = Field(description="The line above the sentence, with the verdict's word and what is compared.")
    options: dict[str, CellTable] = Field(description="Columns of the table of options.")
    categories: dict[str, CellTable] = Field({}, description="Columns of the table of categories.")
    break_evens: dict[str, BreakEvenTable] = Field({}, description="What would have to be true.")
    distances: dict[str, CellTable] = Field({}, description="Columns of the table of break-evens.")
    figures: dict[str, CellTable] = Field({}, description="Single figures, each from those before it.")
    clauses: dict[Code, VerdictClauseTable] = Field(description="In order: the first that holds is the verdict.")
    reasons: dict[str, CellTable] = Field({}, description="Reasons, in order; an empty one is left out.")
    conditions: tuple[ConditionsTable, ...] = Field((), description="What remains to be done, and what was waived.")
    gates_told: str = Field("", description="The figure that tells how the gates stand.")
    conditions_told: str = Field(description="How the conditions are told where there are any.")
