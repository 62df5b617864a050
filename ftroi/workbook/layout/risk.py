"""The layout of the sheet Risk: the summary, the charts, the table of all options, and the charts' data."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from ftroi.analysis.risk.snapshot import BINS, ERROR, SWINGS, stored_names
from ftroi.plan import Plan
from ftroi.termsheet import Template
from ftroi.termsheet.simulated_names import BEATS_REFERENCE, PERCENTILES, SimulatedNames, figure_names
from ftroi.workbook.schema import STAMP, STAMPS

LABEL, NAME, UNIT, FIRST_OPTION = range(4)
"""The columns; NAME is the first one of FT_Risk, and a stamp's figures stand in that of the first option."""

WIDTHS, OPTION_WIDTH = (330, 210, 150), 104
"""Widths in pixels: of the first columns, and of every further one."""

TITLE_ROW, HINT_ROW, LINKS_ROW, STATE_ROW, STAMP_ROW, MODE_ROW, SHOWN_ROW = range(7)
CHART_ROWS = (7, 8, 9)
"""The rows of the charts: the ranges of all options, then a row for each measure of the option shown."""

LIVE_ROW = 11
"""The headers of what the add-in gives, with a row for each of `RiskLayout.live` below."""

MEASURE_COLUMNS = (3, 6)
"""Of what the charts show, the columns of each measure's edges; right of them its shares, and the shares above."""

MEDIAN = "p50"
RANGE_ENDS = ("p10", MEDIAN, "p90")
"""The percentiles from which the chart of ranges is drawn: the ends of a bar, and what stands within it."""

LOW, HIGH = 3, 4
"""Of the swings that the tornado shows, the columns of both ends."""

LIVE_CELL, STAMPED_CELL, LIVE_MARK = 3, 4, 5
"""Of what the add-in gives, the columns of its figure, of the stamped one, and of whether both agree."""

_LEAST_COLUMNS = 9


@dataclass(frozen=True)
class RiskLayout:
    """Rows of the sheet.

    ``names`` are those of the figures, ``live`` the kept figures of the option shown that the add-in's functions give
    beside them, from the inputs as they stand. ``rows`` gives rows by figure, ``headings`` the blocks' titles by row.
    ``edges`` are the rows of the
    histograms' edges, ``swings`` those of the tornado; each has its headers in the row above. ``reaches`` are the two
    rows of how far each option's range reaches below and above its median.
    """

    options: tuple[str, ...]
    names: SimulatedNames
    live: tuple[str, ...]
    rows: Mapping[str, int]
    headings: Mapping[int, str]
    edges: range
    swings: range
    reaches: range

    @property
    def last_option(self) -> int:
        """The last option's column."""
        return FIRST_OPTION + len(self.options) - 1

    @property
    def last_column(self) -> int:
        """The last column in use, by the table or below the charts."""
        return max(self.last_option, _LEAST_COLUMNS)

    @property
    def width(self) -> int:
        """The width of the page in pixels."""
        return sum(WIDTHS) + OPTION_WIDTH * (self.last_column + 1 - FIRST_OPTION)

    @property
    def last_figure(self) -> int:
        """The last row of FT_Risk."""
        return max(self.rows.values())

    @property
    def last_row(self) -> int:
        """The last row in use."""
        return self.reaches[-1]

    @property
    def last_printed(self) -> int:
        """The last row of the page; below it stand the histograms, the swings and the stamp."""
        return self.rows[f"{self.names.gain}.p{PERCENTILES[-1]}"]

    @property
    def ids(self) -> int:
        """The first row of FT_Risk: the options' ids, above their labels."""
        return LIVE_ROW + len(self.live) + 2

    @property
    def measure_columns(self) -> Mapping[str, int]:
        """The columns of a measure's edges, by measure."""
        return dict(zip(self.names.kept, MEASURE_COLUMNS, strict=True))

    @property
    def now(self) -> int:
        """The row of the fingerprint of the present inputs, below the stamp."""
        return self.last_figure + 1

    @property
    def state(self) -> int:
        """The row that tells whether the figures are fresh."""
        return self.now + 1


def lay_out_risk(plan: Plan) -> RiskLayout:
    """Lay out the sheet for a plan; the same whether it was simulated or not."""
    rows: dict[str, int] = {}
    headings: dict[int, str] = {}
    of, live = figure_names(plan.template), tuple(_live(plan.template))
    row = LIVE_ROW + len(live) + 4
    for title, names in _blocks(plan.template, of):
        headings[row] = title
        rows |= {name: row + 1 + place for place, name in enumerate(names)}
        row = max(rows.values()) + 1
    edges = range(row + 5, row + 6 + BINS)
    swings = range(edges[-1] + 4, edges[-1] + 4 + SWINGS)
    reaches = range(swings[-1] + 4, swings[-1] + 6)
    return RiskLayout(plan.settings.options, of, live, rows, headings, edges, swings, reaches)


def _live(template: Template) -> Iterable[str]:
    views, names = template.views.simulation, figure_names(template)
    yield from (f"{names.cost}.p{at}" for at in views.cost_percentiles)
    yield from (f"{names.gain}.p{at}" for at in views.gain_percentiles)
    yield BEATS_REFERENCE


def _blocks(template: Template, names: SimulatedNames) -> Iterable[tuple[str, list[str]]]:
    """The blocks of the table with their figures."""
    odds, titles = names.odds, {measure: template.lines[measure].label for measure in names.kept}
    rest = [name for name in stored_names(template) if name not in odds]
    errors = [name for name in rest if is_error(name, names.kept)]
    yield "Odds", list(odds)
    yield "Standard errors of the odds", [name for name in errors if name.removesuffix(f".{ERROR}") in odds]
    for measure in names.kept:
        own = [one for one in rest if one.startswith(f"{measure}.") and one not in errors]
        yield titles[measure], [one for one in own if not is_of_histogram(one)]
    for measure in names.kept:
        yield f"Standard errors: {titles[measure]}", [one for one in errors if one.startswith(f"{measure}.")]
    for measure in names.kept:
        own = [one for one in rest if one.startswith(f"{measure}.") and is_of_histogram(one)]
        yield f"Histogram: {titles[measure]}", own
    swings = [one for one in rest if one.startswith("swing")]
    yield f"Largest swings of {template.views.simulation.gain_words}, one assumption at a time", swings
    yield "Stamp", [f"{STAMP}{one}" for one in STAMPS]


def is_error(name: str, kept: Collection[str]) -> bool:
    """Whether a figure is the standard error of another one: of odds, or of a percentile of a ``kept`` measure."""
    figure, dot, what = name.rpartition(".")
    return bool(dot) and what == ERROR and figure not in kept


def is_of_histogram(name: str) -> bool:
    """Say whether a figure is an edge, a width or a share of a histogram."""
    what = name.partition(".")[2]
    return what in ("from", "width", "below") or what.startswith("bin")
