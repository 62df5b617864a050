"""The schema of ``views.toml``: what each sheet, command and paper shows, and the roles of some names of a template.

The Python code refers to no measure, line or category of a template by its name. What the Dashboard, Compare, Annual,
Risk, the commands and the board paper show is listed in ``views.toml``, with labels and order; and where the code needs
to know which assumption is the horizon, or which line the discount factor, ``[roles]`` names it::

    [roles]
    horizon = "horizon_months"

    [[headlines]]
    measure = "tco"
    short   = "TCO"
    in      = ["table", "options", "compare"]

A field that holds a name of the template declares the kind of name (`Named`), so that one walk over the tables checks
all of them (``checks/views.py``). An optional entry that is missing is not shown; a command that needs it reports it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field

from ftroi.termsheet.schema import Table

VIEWS_FILE = "views.toml"
"""The name of the file within a template."""

MOST_CARDS, MOST_COMPARED, MOST_TURNING_POINTS, MOST_REASONS = 6, 8, 5, 3
"""The room of the Dashboard: cards, columns of its table of all options, rows of what would have to be true,
and of the verdict's reasons."""


@dataclass(frozen=True, slots=True)
class Named:
    """Declares the kind of name that a field holds: assumption, measure, scalar, row, category, group or gate."""

    kind: str


Assumption = Annotated[str, Named("assumption")]
Measure = Annotated[str, Named("measure")]
Scalar = Annotated[str, Named("scalar")]
Row = Annotated[str, Named("row")]
Category = Annotated[str, Named("category")]
Group = Annotated[str, Named("group")]
Gate = Annotated[str, Named("gate")]

Place = Literal["table", "options", "paper", "compare", "simulation"]
"""Where a headline is shown: the Dashboard's table of the option shown and that of all options, the board paper's
table, ``ftroi compare``, ``ftroi simulate``."""


class RolesTable(Table):
    """The parts that the engine and every analysis need: each is named here once."""

    horizon: Assumption = Field(description="How many months the plan has; a whole number.")
    case_strength: Assumption = Field(description="How far a case moves an assumption towards its end, 0 to 1.")
    months_per_year: Assumption = Field(description="12, in month/year: for what grows by the year.")
    tolerance: Assumption | None = Field(None, description="The amount of money up to which a difference is none.")
    rounding: Assumption | None = Field(None, description="Decimals to which the checks round what differs.")
    yearly_rate: Assumption | None = Field(None, description="The yearly rate of discounting.")
    present_factor: Row | None = Field(None, description="By month, what turns a flow into its present value.")
    cost: Measure | None = Field(None, description="The measure of cost: what simulations draw, and charts end with.")
    gain: Measure | None = Field(None, description="The net measure against the reference; above 0 beats it.")
    value: Measure | None = Field(None, description="The measure of value: what an approved plan promised.")
    last_start: Assumption | None = Field(None, description="The last day on which an option can be started.")


class HeadlineTable(Table):
    """A measure that is shown, and where."""

    measure: Measure
    short: str = Field(min_length=1, max_length=40, description="What columns call it.")
    places: tuple[Place, ...] = Field((), alias="in", description="Where it is shown.")
    rank: int = Field(100, ge=1, description="In `ftroi compare`, which shows what the terminal has room for.")
    card: str = Field("", max_length=40, description="The label of its card; without one it has none.")
    unit: str = Field("", max_length=20, description="Beside a card's figure that is no money, such as: of the cost.")
    beside: Measure | None = Field(None, description="A multiple that stands beside the card's figure.")
    told: str = Field("", description="Below the board paper's card, with slots such as {measure:decimal}.")


class StepsTable(Table):
    """The waterfall: from a first measure over every cost category to the measure of cost."""

    title: str
    start: Measure = Field(description="Where it begins, such as the cost of the first project.")
    build: Row = Field(description="1 in the months that the first measure covers.")
    covers: tuple[Category, ...] = Field(description="The categories that the first measure covers.")
    ends: str = Field(description="The legend of both ends.")
    after: str = Field(description="The legend of what their groups cost besides; {group} is the group's label.")
    together: dict[str, tuple[Category, ...]] = Field(
        default_factory=dict, description="Categories that are drawn as one, by what they are called together."
    )


class BridgeTable(Table):
    """The bridge from the baseline to the proposed option: more value, more cost by category, and the net measure."""

    title: str
    value: Scalar = Field(description="The value above the baseline's, at present value.")
    value_label: str = Field("Value", description="What it is called.")
    result: Measure = Field(description="What both come to.")


class SharesTable(Table):
    """The chart of shares: every option's value against its cost, both as shares of the candidate's."""

    title: str
    value: Measure
    cost: Measure
    ratio: Measure = Field(description="The candidate's value over its cost, both above doing nothing.")
    claimed_value: Assumption
    claimed_cost: Assumption


class ChartsTable(Table):
    """What the charts of Dashboard and board paper show."""

    stacks: str = Field("Cost by category, every option", description="Title of the stacked columns.")
    months: str = Field("Value less cost, cumulated by month", description="Title of the lines by month.")
    payback: Measure | None = Field(None, description="The month that the chart of months marks.")
    cumulated: Row | None = Field(None, description="By month, value less cost so far: it stands on Compare.")
    difference: str = Field("Net benefit over the baseline's", description="Title of the line of the difference.")
    years: str = Field("Cost by year", description="Title of the columns of the years.")
    steps: StepsTable | None = None
    bridge: BridgeTable | None = None
    shares: SharesTable | None = None


class YearTable(Table):
    """A column of `ftroi calc` by year, and what `ftroi simulate --by-year` shows."""

    key: str = Field(pattern=r"^[a-z][a-z0-9_]*$", description="Its key in JSON.")
    label: str = Field(min_length=1)
    line: Row
    simulated: bool = Field(default=False, description="Whether a simulation keeps it by year: a measure's sum.")


class AnnualBlockTable(Table):
    """A block of the sheet Annual: categories and flows by year, then closing amounts, then sums."""

    label: str = Field(min_length=1)
    group: Group | None = Field(None, description="Its categories come first.")
    flows: tuple[Row, ...] = ()
    closing: tuple[Row, ...] = Field((), description="Lines that are shown as they stand at the year's end.")
    sums: tuple[Row, ...] = ()
    switch: Assumption | None = Field(None, description="The heading tells whether it is on.")


class ConventionTable(Table):
    """A yearly convention of discounting, as a memo beside the monthly one."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    label: str = Field(min_length=1)
    factor: Row
    moment: Literal["end", "middle"] = Field(description="Where in its year a flow is taken to fall.")


class MemoTable(Table):
    """Present values by yearly conventions, reconciled with the monthly one."""

    label: str = Field(min_length=1)
    months: Row = Field(description="1 in every month of the plan: its yearly sum is the length of the year.")
    conventions: tuple[ConventionTable, ...]
    lines: dict[Row, Row] = Field(description="What is converted, with its present value by the month.")
    at_decision: dict[Row, Row] = Field({}, description="By line, the part of it that falls at time 0.")


class AnnualTable(Table):
    """The sheet Annual, and the summary by year on top of each option's sheet."""

    summary: tuple[Row, ...] = Field((), description="Below cost and value, on top of each option's sheet.")
    blocks: tuple[AnnualBlockTable, ...] = ()
    memo: MemoTable | None = None
    labels: dict[Row, str] = Field({}, description="Of lines that say something else by year than by month.")


class BudgetTable(Table):
    """The odds of staying within an approved budget: the measure, and the gate at which the budget is entered."""

    measure: Measure
    gate: Gate


class SimulationTable(Table):
    """What a simulation draws and shows besides the headlines."""

    cost_words: str = Field("cost", description="The measure of cost inside a sentence.")
    gain_words: str = Field("NPV", description="The net measure inside a sentence.")
    cost_percentiles: tuple[int, ...] = Field((50, 80, 90), description="That stand live on the sheet Risk.")
    gain_percentiles: tuple[int, ...] = (10, 50, 90)
    budget: BudgetTable | None = None
    empty: tuple[Category, ...] = Field((), description="Categories that must cost nothing: they stand for the risk.")


class CadenceTable(Table):
    """How often to do again what wears off: `ftroi cadence`."""

    interval: Assumption
    switch: Assumption = Field(description="1 for options that have an interval at all.")
    cost: Row
    loss: Row


class AlternativesTable(Table):
    """Waiting, stopping and switching: `ftroi choices`."""

    deferral: Assumption = Field(description="Months by which an option is put off.")
    withdrawal: Assumption = Field(description="The date after which the vendor has gone.")
    gate: Scalar = Field(description="The month of the gate at which a project is stopped.")
    review: Scalar = Field(description="The last month before the review in operation.")
    compounding: Scalar = Field(description="From the decision's money to the review's.")
    npv: Scalar = Field(description="Going on as planned, against the reference.")
    stopped: Scalar = Field(description="Stopping at the gate, against the reference.")
    going_on: Measure = Field(description="At the review, above the status quo.")
    stopping: Measure
    switching: Measure


class ViewsTable(Table):
    """Everything that ``views.toml`` may say."""

    roles: RolesTable
    headlines: tuple[HeadlineTable, ...] = ()
    charts: ChartsTable = ChartsTable()
    years: tuple[YearTable, ...] = ()
    annual: AnnualTable = AnnualTable()
    simulation: SimulationTable = SimulationTable()
    against_zero: tuple[Measure, ...] = Field(
        (), description="Measures that break even at 0; others where the reference's own figure is met."
    )
    cadence: CadenceTable | None = None
    alternatives: AlternativesTable | None = None

    def shown_in(self, place: Place) -> tuple[HeadlineTable, ...]:
        """The headlines of one place, in the order of the file; those of ``ftroi compare`` by rank."""
        headlines = [headline for headline in self.headlines if place in headline.places]
        return tuple(sorted(headlines, key=lambda headline: headline.rank) if place == "compare" else headlines)

    @property
    def cards(self) -> tuple[HeadlineTable, ...]:
        """The headlines that have a card."""
        return tuple(headline for headline in self.headlines if headline.card)
