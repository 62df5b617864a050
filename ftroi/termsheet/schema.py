"""The schema of a template's TOML files.

Every table is one of these models. Unknown keys are refused. Descriptions of the fields become the JSON Schema that
editors use for help (see `file_schemas`). Rules are in `rule_schema` and `check_rules`, views in `views`.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from ftroi.termsheet.rule_schema import GateTable
from ftroi.termsheet.table import Figure, Table

__all__ = ["Figure", "GateTable", "Table"]

JUDGEMENT = "judgement"
"""The source of a management estimate; its note says why the value was chosen."""


class AssumptionTable(Table):
    """One assumption: a number that people enter, with its unit, range and source."""

    label: str = Field(min_length=1, description="What it is, as a row of the sheet reads.")
    unit: str = Field(description="For example money/example, request/month, 1/year, 1.")
    scope: Literal["plan", "option"] = Field(description="One value for the plan, or one for each option.")
    kind: Literal["constant", "decision", "uncertain"] = Field(
        description="Only uncertain ones are moved by cases and simulation."
    )
    base: Figure = Field(description="The value used unless a plan or an option says otherwise.")
    low: Figure | None = Field(None, description="Lower end, for uncertain ones.")
    high: Figure | None = Field(None, description="Upper end, for uncertain ones.")
    distribution: Literal["pert", "triangular", "uniform", "lognormal", "fixed"] | None = None
    favourable: Literal["low", "high"] | None = Field(None, description="Which end is good news.")
    spread: Literal["ratio", "difference"] | None = Field(
        None, description="How low and high travel with an option's own base."
    )
    range: tuple[Figure, Figure] | None = Field(None, description="Refused outside it, ends included.")
    whole: bool = Field(default=False, description="Only whole numbers, such as switches and counts.")
    source: str = Field(description="An id of sources.toml, or 'judgement' with the reason in the note.")
    checked: dt.date | None = Field(None, description="When the figure was last compared with its source.")
    confidence: Literal["high", "medium", "low"] | None = None
    note: str = Field("", description="Why this figure.")
    fill_first: int | None = Field(None, ge=1, le=15, description="Its place among the fifteen to fill first.")
    replaced_by: tuple[str, ...] = Field(
        (), description="Assumptions that take its place where the first of them is not 0."
    )
    renamed_from: str | None = Field(None, description="Its name in an earlier version of the template.")


class ClauseTable(Table):
    """A text that takes the place of a measure's number, or stands beside it."""

    when: str = Field(description="The condition, in the formula language.")
    status: str = Field(pattern=r"^[a-z_]+$", description="A code for programs.")
    text: str = Field(description="What people read; {line} shows an amount.")
    isolate: bool = Field(default=False, description="The engine looks for every root before it says so.")


class LineTable(Table):
    """One line of the term sheet: a formula with its unit and, for money, its category."""

    label: str = Field(min_length=1, description="What it is, as a row of the sheet reads.")
    unit: str
    formula: str = Field(description="In Excel's grammar, over the names of assumptions and lines.")
    opening: str | None = Field(None, description="The value at time 0; only such lines may stand in PREV.")
    category: str | None = Field(None, description="For cost and value lines, for example visible.compute.")
    nature: Literal["cash", "economic"] | None = Field(None, description="For lines with a category.")
    note: str = Field(min_length=1, description="What it means, in a sentence.")
    unless: tuple[ClauseTable, ...] = Field((), description="Measures only: texts in place of a number.")
    remark: tuple[ClauseTable, ...] = Field((), description="Measures only: texts beside a number.")


class OwnValueTable(Table):
    """A value of an option, or of a preset's option, with a source of its own."""

    value: Figure
    source: str = JUDGEMENT
    note: str = ""


OwnValue = OwnValueTable | Figure


class OptionTable(Table):
    """One way to meet the need."""

    label: str = Field(min_length=1)
    short: str = Field(max_length=18, description="For column headers.")
    phrase: str = Field("", description="What sentences call it: 'the managed LoRA'; without it the label.")
    description: str
    tuned: bool = Field(description="Whether a model is trained for it.")
    source: str = JUDGEMENT
    note: str = Field(description="Where its bare numbers come from.")
    values: dict[str, OwnValue] = Field({})


class CorrelationTable(Table):
    """Uncertain assumptions that move together: every two of them by the same correlation."""

    label: str = Field(min_length=1)
    members: tuple[str, ...] = Field(min_length=2, description="Names of uncertain assumptions.")
    value: float = Field(ge=-0.99, le=0.99, description="The correlation of their normal scores (Gaussian copula).")
    source: str = Field(description="An id of sources.toml, or 'judgement' with the reason in the note.")
    note: str = Field(min_length=1, description="Why they move together, and why so closely.")


class EventTable(Table):
    """Something that may happen by chance, in the risk view alone: the base case is that it does not happen.

    It either has a month, and happens in a month that is drawn by its yearly chance; or it is decided once, and
    then a line takes the place of the net present value.
    """

    label: str = Field(min_length=1, description="What may happen, as in: vendor withdrawal among the chances.")
    chance: str = Field(description="The assumption that is its chance: in a year (1/year), or once (1).")
    month: str | None = Field(None, description="The assumption that is its month of the plan; 0, its base, is never.")
    outcome: str | None = Field(None, description="The line that takes the place of the net present value.")
    sizes: tuple[str, ...] = Field((), description="Uncertain assumptions that matter only where it happens.")


class SourceTable(Table):
    """Where a number was read."""

    title: str
    publisher: str | None = None
    url: str | None = None
    repo: str | None = None
    package: str | None = None
    date: str = Field("", description="As published.")
    read: dt.date | None = Field(None, description="When it was read.")
    evidence: str
    note: str = ""


class PresetHead(Table):
    """What a preset is, and the settings that it gives a plan."""

    id: str
    label: str
    description: str
    project: str
    options: tuple[str, ...] = Field(min_length=2, description="In the order of the sheets.")
    reference: str
    candidate: str
    incumbent: str = Field("do_nothing", description="The option in service on the decision date.")
    case: Literal["optimistic", "base", "pessimistic"] = "base"
    currency: str = Field(pattern="^[A-Z]{3}$")
    start: dt.date


class PresetValue(Table):
    """What a preset says about one assumption; what it leaves out stays the template's."""

    base: Figure | None = None
    low: Figure | None = None
    high: Figure | None = None
    source: str = JUDGEMENT
    checked: dt.date | None = None
    note: str = ""


class BasisTable(Table):
    """The source of a preset's bare numbers."""

    source: str = JUDGEMENT
    note: str


class PresetTable(Table):
    """One ready-made plan."""

    preset: PresetHead
    option_basis: BasisTable | None = None
    assumptions: dict[str, PresetValue] = Field({})
    options: dict[str, dict[str, OwnValue]] = Field({})


class ExampleTable(Table):
    """One worked example of a line: what is given, the arithmetic by hand, and what to expect."""

    line: str
    name: str = Field(min_length=1)
    given: dict[str, Figure]
    by_hand: str | None = None
    expect: Figure | None = None
    expect_text: str | None = Field(None, description="The status of a measure without a number.")
    expect_remark: str | None = Field(None, description="The status of a remark beside a number.")
    opening: bool = Field(default=False, description="Tests the opening in place of the formula.")


class ExamplesTable(Table):
    """A file of worked examples."""

    example: tuple[ExampleTable, ...]


class GroupTable(Table):
    """A group of categories: what stands before the point of their names. Its total is a line by month."""

    label: str = Field(min_length=1, description="What its total is called, such as Visible cost.")
    is_value: bool = Field(default=False, description="Whether its categories are value rather than cost.")
    palette: Literal["visible", "hidden"] = Field("hidden", description="The theme's colours that its costs have.")


class CategoryTable(Table):
    """One cost or value category."""

    label: str = Field(min_length=1)
    short: str = Field("", max_length=16, description="The label where there is little room; without it the label.")
    renamed_from: tuple[str, ...] = Field((), description="Categories of earlier versions whose own costs it takes.")
    at_decision: bool = Field(
        default=False, description="What it holds in month 1 is paid on the day of the decision, and not discounted."
    )


class SectionTable(Table):
    """One file of assumptions, lines or both, in the order of the sheets."""

    file: str
    label: str = Field(min_length=1)


class TemplateTable(Table):
    """The head of a template."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    version: str = Field(pattern=r"^\d+\.\d+\.\d+$")
    label: str
    description: str = ""
    currency: str = Field(pattern="^[A-Z]{3}$")
    spelling: Literal["british", "american"] = "british"
    groups: dict[str, GroupTable] = Field(description="By the word before the point of their categories' names.")
    categories: dict[str, CategoryTable]
    sections: tuple[SectionTable, ...]
    retired: dict[str, str] = Field({}, description="Assumptions of earlier versions that are gone: what to do now.")


def _as_colour(value: object) -> object:
    """A colour as # and six hexadecimal digits in capitals; # may be missing from the input."""
    digits = value.removeprefix("#") if isinstance(value, str) else ""
    if not re.fullmatch("[0-9A-Fa-f]{6}", digits):
        raise ValueError(f"{value!r} is no colour: write # and six hexadecimal digits, such as #E69F00")
    return f"#{digits.upper()}"


def _as_number_format(value: object) -> object:
    """Refuse a number format that would damage the workbook: too many parts, or a quote or bracket left open."""
    if not isinstance(value, str) or not re.fullmatch(_NUMBER_FORMAT, value):
        raise ValueError(f"{value!r} is no number format: write one as a spreadsheet has it, such as #,##0.00")
    return value


_PART = r"""(?:"[^"]*"|\[[^\[\];"]*\]|[^"\[\];\\\x00-\x1f])*"""
_NUMBER_FORMAT = rf"(?=.{{1,200}}$){_PART}(?:;{_PART}){{0,3}}"

Colour = Annotated[str, BeforeValidator(_as_colour)]
"""A colour as "#RRGGBB"."""

NumberFormat = Annotated[str, BeforeValidator(_as_number_format)]
"""A number format as spreadsheets write it."""

Palette = Annotated[tuple[Colour, ...], Field(min_length=3, max_length=20)]
"""Colours that are taken in turn."""


class ColoursTable(Table):
    """The colours of text, fills and charts."""

    ink: Colour = Field("#1A1A1A", description="Text, and formulas.")
    grey: Colour = Field("#767676", description="Units, hints and figures to compare with.")
    pale_grey: Colour = Field("#EFEFEF", description="Headings' fill, and the lines of charts' grids.")
    closed_fill: Colour = Field("#F7F7F7", description="Cells that take no entry.")
    hairline: Colour = Field("#BFBFBF", description="Lines under headers and above sums.")
    band: Colour = Field("#E4EDF3", description="The bands of years.")
    input_ink: Colour = Field("#0000FF", description="What people type.")
    input_fill: Colour = Field("#FFFBE0", description="The fill of cells to type into.")
    link_ink: Colour = Field("#006100", description="Links to other sheets.")
    accent: Colour = Field("#0072B2", description="The candidate in charts.")
    visible: Palette = Field(
        ("#4D4D4D", "#6B6B6B", "#858585", "#9C9C9C", "#B3B3B3", "#C8C8C8", "#DADADA", "#EBEBEB"),
        description="Categories of cost that budgets see.",
    )
    hidden: Palette = Field(
        ("#E69F00", "#56B4E9", "#009E73", "#F0E442", "#0072B2", "#D55E00", "#CC79A7", "#882255", "#332288"),
        description="Categories of cost that budgets miss.",
    )


class VerdictColoursTable(Table):
    """The fill of the verdict's bar by the verdict's code; the text on it is white or ink, as reads better."""

    commit: Colour = "#00694D"
    pilot: Colour = "#005A8F"
    choose_other: Colour = "#56B4E9"
    tie: Colour = "#56B4E9"
    not_yet: Colour = "#E69F00"
    do_not_commit: Colour = "#B34D00"
    stop: Colour = "#B34D00"
    not_decidable: Colour = "#5F5F5F"
    no_verdict: Colour = "#5F5F5F"


class NumberFormatsTable(Table):
    """Number formats of the workbook; one that is left out is the house's own."""

    whole: NumberFormat | None = Field(None, description="Money and counts without decimals.")
    thousands: NumberFormat | None = Field(None, description="Money in thousands.")
    price: NumberFormat | None = Field(None, description="Prices of one unit.")
    percent: NumberFormat | None = None
    multiple: NumberFormat | None = None
    factor: NumberFormat | None = None
    decimal: NumberFormat | None = None
    date: NumberFormat | None = None
    calendar: NumberFormat | None = Field(None, description="A month of the calendar.")


class ThemeTable(Table):
    """A house style: what a template's workbooks and papers look like."""

    font: str = Field("Calibri", pattern=r"^[A-Za-z0-9][A-Za-z0-9 _-]{0,30}$", description="One family of type.")
    colours: ColoursTable = ColoursTable()
    verdict: VerdictColoursTable = VerdictColoursTable()
    numbers: NumberFormatsTable = NumberFormatsTable()
