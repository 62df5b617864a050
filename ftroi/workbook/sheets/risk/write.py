"""Writing the sheet Risk: what the last simulation found, stamped, for every option; charts follow the one shown."""

from __future__ import annotations

from ftroi.analysis.risk.events import event_words
from ftroi.analysis.risk.freshness import state_of
from ftroi.analysis.risk.snapshot import ERROR, SWING_PARTS
from ftroi.plan.simulated import FRESH, NOT_SIMULATED, STALE, Figure, Simulated
from ftroi.termsheet import Template
from ftroi.termsheet.simulated_names import BEATS_REFERENCE, WITHIN_BUDGET, SimulatedNames, measure_names_in_sentences
from ftroi.workbook.cached_values import stored
from ftroi.workbook.context import Book, link_to
from ftroi.workbook.layout.compare import FIRST_OPTION as FIRST_COMPARED
from ftroi.workbook.layout.risk import (
    CHART_ROWS,
    FIRST_OPTION,
    HIGH,
    HINT_ROW,
    LABEL,
    LINKS_ROW,
    LOW,
    MODE_ROW,
    NAME,
    OPTION_WIDTH,
    RANGE_ENDS,
    SHOWN_ROW,
    STAMP_ROW,
    STATE_ROW,
    TITLE_ROW,
    UNIT,
    WIDTHS,
    is_error,
    is_of_histogram,
)
from ftroi.workbook.layout.workbook import COMPARE, DASHBOARD
from ftroi.workbook.printing import A4, print_on_one_width
from ftroi.workbook.references.inputs_checksum import fingerprint, shown_fingerprint
from ftroi.workbook.references.simulation import (
    BUDGET_CHANGED,
    MODE,
    NO_BUDGET,
    OF_DRAWS,
    SENTENCES,
    RiskFormulas,
    state_cell,
)
from ftroi.workbook.schema import RISK_FIGURES, RISK_SHEET, RISK_STATE, STAMP, STAMPS
from ftroi.workbook.sheets.risk.charts import CHART_HEIGHT, draw_risk_charts
from ftroi.workbook.sheets.risk.live_figures import write_live
from ftroi.workbook.xlsx.addresses import address, letters, prefix
from ftroi.workbook.xlsx.styles import mark

_HINT = (
    "Results of simulated futures: every uncertain assumption varies at once, alike for every option. "
    "Stamped figures are written by the command line, live ones by the add-in; no cell here is typed."
)
_LABELS = {
    "base": "Base case: the mode of every range",
    "mean": "Mean",
    "standard_error": "Standard error of the mean",
    "from": "First edge",
    "width": "Width of a bin",
    "below": "Share of draws below the first edge",
    "name": "assumption",
    "low": "change at its low end",
    "high": "change at its high end",
}
_INKS = {FRESH: "#00694D", STALE: "#C00000"}


def write_risk(book: Book) -> None:
    """Write the sheet Risk, with the names of its table and of its state."""
    _Risk(book).write()


class _Risk:
    """The sheet in the making."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._plan = book.plan
        self._layout = book.layout.risk
        self._formulas = RiskFormulas(book.plan.template, book.layout)
        self._cells = book.sheet(RISK_SHEET)
        self._style = book.styles.of
        self._state = state_of(book.plan)
        self._words = measure_names_in_sentences(book.plan.template)

    def write(self) -> None:
        layout = self._layout
        self._head()
        write_live(self._book)
        self._headers()
        for row, title in layout.headings.items():
            self._heading(row, title)
        self._stamps()
        for name in (one for one in layout.rows if not one.startswith(STAMP)):
            self._figures(name)
            is_behind = is_error(name, layout.names.kept) or is_of_histogram(name)
            if self._plan.simulated is None or is_behind:
                self._cells.grid.shut(layout.rows[name], 1)
        first, last = (layout.ids, NAME), (layout.last_figure, layout.last_option)
        self._book.name_area(RISK_FIGURES, RISK_SHEET, first, last, "What a simulation left, by figure and option")
        about = "Whether the simulation is of the inputs as they are now"
        self._book.name_cell(RISK_STATE, RISK_SHEET, layout.state, FIRST_OPTION, about)
        self._page()
        if self._plan.simulated is not None:
            self._shown(self._plan.simulated)
            self._reaches(self._plan.simulated)
            draw_risk_charts(self._book)

    # --- what it tells -------------------------------------------------------------------------------------

    def _head(self) -> None:
        cells, style, formulas = self._cells, self._style, self._formulas
        short = self._plan.template.options[self._plan.settings.option].short
        cells.set_row(TITLE_ROW, 30)
        cells.write_string(TITLE_ROW, LABEL, RISK_SHEET, style("title"))
        cells.write_string(HINT_ROW, LABEL, _HINT, style("hint"))
        cells.write_url(LINKS_ROW, LABEL, link_to(DASHBOARD), style("jump"), DASHBOARD)
        cells.write_formula(STATE_ROW, LABEL, formulas.sentence(), style("subtitle"), SENTENCES[self._state])
        cells.write_formula(STAMP_ROW, LABEL, formulas.stamp(), style("grey"), self._stamp_text())
        cells.write_formula(MODE_ROW, LABEL, formulas.mode(), style("text"), self._mode_text())
        cells.write_formula(SHOWN_ROW, LABEL, formulas.shown(), style("text"), f"Charts of {short}")
        for state, ink in _INKS.items():
            formula = f'{state_cell(self._layout)}="{state}"'
            cells.conditional_format(STATE_ROW, LABEL, STATE_ROW, LABEL, formula, mark(ink))

    def _stamp_text(self) -> str:
        if self._plan.simulated is None:
            return ""
        one = self._plan.simulated.stamp
        return (
            f"{one.draws:,} draws ({one.method}), seed {one.seed}, ftroi {one.version}, {one.made}, inputs {one.digest}"
        )

    def _mode_text(self) -> str:
        names = self._layout.names
        figures = (names.within_base, f"{names.cost}.mean", f"{names.cost}.base")
        share, mean, base = (self._of_shown(name) for name in figures)
        if not isinstance(share, float) or not isinstance(mean, float) or not isinstance(base, float):
            return MODE
        amounts = f"the base is {base / 1000:,.0f}, its mean {mean / 1000:,.0f}"
        told = f" P({self._words[names.cost]} ≤ base) is {share:.1%}: {amounts}"
        return f"{MODE}{told} thousand {self._plan.settings.currency}."

    # --- the table of all options --------------------------------------------------------------------------

    def _headers(self) -> None:
        cells, style, compare = self._cells, self._style, self._book.layout.compare
        cells.set_row(self._layout.ids, 26)
        for column, text in {NAME: "name", UNIT: "unit"}.items():
            cells.write_string(self._layout.ids, column, text, style("id"))
        cells.write_string(self._layout.ids + 1, LABEL, "Every option", style("header"))
        for column in (NAME, UNIT):
            cells.write_blank(self._layout.ids + 1, column, None, style("header"))
        for place, option in enumerate(self._layout.options):
            cells.write_string(self._layout.ids, FIRST_OPTION + place, option, style("id right"))
            label = f"{prefix(COMPARE)}{letters(FIRST_COMPARED + place)}${compare.labels + 1}"
            short = self._plan.template.options[option].short
            cells.write_formula(self._layout.ids + 1, FIRST_OPTION + place, label, style("header link"), short)

    def _heading(self, row: int, title: str) -> None:
        self._cells.write_string(row, LABEL, title, self._style("heading"))
        for column in range(NAME, self._layout.last_option + 1):
            self._cells.write_blank(row, column, None, self._style("heading"))

    def _stamps(self) -> None:
        layout, simulated = self._layout, self._plan.simulated
        then = shown_fingerprint(self._plan, self._book.layout)
        for name, label in STAMPS.items():
            self._texts(layout.rows[STAMP + name], label, STAMP + name)
            if simulated is not None:
                value = then if name == "fingerprint" else getattr(simulated.stamp, name)
                self._value(layout.rows[STAMP + name], FIRST_OPTION, value, _STAMP_NUMBERS.get(name, "general"))
        self._texts(layout.now, "Fingerprint of the inputs now", "")
        self._texts(layout.state, "State of the figures", "")
        present = stored(fingerprint(self._plan, self._book.layout))
        link = self._style("link right", "decimal")
        self._cells.write_formula(layout.now, FIRST_OPTION, self._formulas.now(), link, present)
        state = self._style("calculated right")
        self._cells.write_formula(layout.state, FIRST_OPTION, self._formulas.state(), state, self._state)

    def _figures(self, name: str) -> None:
        row, simulated = self._layout.rows[name], self._plan.simulated
        self._texts(row, _label(self._plan.template, self._layout.names, name), name)
        self._unit(name, row)
        if simulated is None:
            return
        number = _number(self._layout.names, name)
        for place, option in enumerate(self._layout.options):
            self._value(row, FIRST_OPTION + place, simulated.figures.get(name, {}).get(option), number)

    def _texts(self, row: int, label: str, name: str) -> None:
        self._cells.write_string(row, LABEL, label, self._style("indented"))
        if name:
            self._cells.write_string(row, NAME, name, self._style("grey"))

    def _unit(self, name: str, row: int) -> None:
        if name == WITHIN_BUDGET:
            formula, value = self._formulas.budget(), self._budget_text()
            self._cells.write_formula(row, UNIT, formula, self._style("grey unit"), value)
        elif _number(self._layout.names, name) == "whole":
            formula, value = self._formulas.currency(), self._plan.settings.currency
            self._cells.write_formula(row, UNIT, formula, self._style("grey unit"), value)
        elif _number(self._layout.names, name) == "percent":
            self._cells.write_string(row, UNIT, OF_DRAWS, self._style("grey unit"))

    def _budget_text(self) -> str:
        gates, simulated = self._plan.gates, self._plan.simulated
        budget = self._plan.template.views.simulation.budget
        if budget is None:
            return ""
        if simulated is None or simulated.stamp.budget is None:
            return NO_BUDGET
        now = gates[budget.gate].figure if budget.gate in gates else None
        return OF_DRAWS if now == simulated.stamp.budget else BUDGET_CHANGED

    def _value(self, row: int, column: int, value: Figure, number: str) -> None:
        if isinstance(value, str) and value:
            self._cells.write_string(row, column, value, self._style("grey right"))
        elif isinstance(value, float | int):
            self._cells.write_number(row, column, value, self._style("calculated right", number))

    # --- what the charts show ------------------------------------------------------------------------------

    def _of_shown(self, name: str) -> Figure:
        simulated, option = self._plan.simulated, self._plan.settings.option
        return None if simulated is None else simulated.figures.get(name, {}).get(option)

    def _shown(self, simulated: Simulated) -> None:
        edges, swings = self._layout.edges, self._layout.swings
        self._cells.write_string(edges[0] - 2, LABEL, "Chart data: the option shown", self._style("block"))
        headers = {LABEL: "Edge of a bin"}
        for measure, column in self._layout.measure_columns.items():
            texts = (f"{self._words[measure]}: edge", "Share from here to the next", "Share above")
            headers |= {column + place: text for place, text in enumerate(texts)}
        self._row_of_headers(edges[0] - 1, headers)
        for measure in self._layout.names.kept:
            self._edges(measure)
        gain = self._words[self._layout.names.gain]
        ends = {LOW: f"{gain}: at the low end", HIGH: f"{gain}: at the high end"}
        self._row_of_headers(swings[0] - 1, {LABEL: "Assumption", **ends})
        for place, row in enumerate(swings, start=1):
            self._swing(f"swing{place}", row, simulated)

    def _reaches(self, simulated: Simulated) -> None:
        """How far every option's range reaches below and above its median."""
        low, middle, high = (f"{self._layout.names.gain}.{end}" for end in RANGE_ENDS)
        self._cells.write_string(
            self._layout.reaches[0] - 1, LABEL, "Chart data: the ranges of all options", self._style("block")
        )
        ends = (("Median less the 10th percentile", low, middle), ("90th percentile less the median", middle, high))
        for row, (label, less, more) in zip(self._layout.reaches, ends, strict=True):
            self._cells.write_string(row, LABEL, label, self._style("indented"))
            for place, option in enumerate(self._layout.options):
                column = FIRST_OPTION + place
                upper, lower = (address(self._layout.rows[name], column) for name in (more, less))
                known = [simulated.number(name, option) for name in (more, less)]
                reach = None if known[0] is None or known[1] is None else known[0] - known[1]
                self._formula(row, column, f'IF(COUNT({lower},{upper})=2,{upper}-{lower},"")', reach, "whole")

    def _row_of_headers(self, row: int, headers: dict[int, str]) -> None:
        for column in range(max(headers) + 1):
            role = "header number" if column >= FIRST_OPTION else "header"
            self._cells.write_text(row, column, headers.get(column, ""), self._style(role))

    def _edges(self, measure: str) -> None:
        column, rows = self._layout.measure_columns[measure], self._layout.edges
        first, width, below = (self._of_shown(f"{measure}.{one}") for one in ("from", "width", "below"))
        edge = first
        beyond = 1 - below if isinstance(below, float) else None
        for place, row in enumerate(rows, start=1):
            self._cells.write_string(row, LABEL, f"Edge {place}", self._style("indented"))
            self._formula(row, column, self._formulas.edge(measure, row, column), edge, "whole")
            self._formula(row, column + 2, self._formulas.beyond(measure, row, column + 2), beyond, "percent")
            if row == rows[-1]:
                return
            share = self._of_shown(f"{measure}.bin{place}")
            self._formula(row, column + 1, self._formulas.figure(f"{measure}.bin{place}"), share, "percent")
            if isinstance(edge, float) and isinstance(width, float):
                edge += width
            if isinstance(beyond, float) and isinstance(share, float):
                beyond -= share

    def _swing(self, name: str, row: int, simulated: Simulated) -> None:
        keys = [f"{name}.{part}" for part in SWING_PARTS]
        assumption = simulated.figures.get(keys[0], {}).get(self._plan.settings.option)
        label = self._plan.template.assumptions[assumption].table.label if isinstance(assumption, str) else ""
        self._cells.write_formula(row, LABEL, self._formulas.swing_label(keys[0]), self._style("link"), label)
        for key, column in zip(keys[1:], (LOW, HIGH), strict=True):
            self._formula(row, column, self._formulas.figure(key), self._of_shown(key), "whole")

    def _formula(self, row: int, column: int, formula: str, value: Figure, number: str) -> None:
        cached = stored(value) if isinstance(value, float) else ""
        self._cells.write_formula(row, column, formula, self._style("calculated right", number), cached)

    # --- the page ------------------------------------------------------------------------------------------

    def _page(self) -> None:
        cells, layout = self._cells, self._layout
        for column, width in enumerate(WIDTHS):
            cells.set_column_pixels(column, column, width)
        cells.set_column_pixels(FIRST_OPTION, layout.last_column, OPTION_WIDTH)
        if self._state != NOT_SIMULATED:
            for row in CHART_ROWS:
                cells.set_row_pixels(row, CHART_HEIGHT)
        cells.repeat_rows(self._layout.ids, self._layout.ids + 1)
        print_on_one_width(self._book, RISK_SHEET, A4, (layout.last_printed, layout.last_column))


_STAMP_NUMBERS = {"budget": "whole", "draws": "whole", "fingerprint": "decimal"}


def _number(names: SimulatedNames, name: str) -> str:
    """The kind of number of a figure."""
    of, _, what = name.removesuffix(f".{ERROR}").partition(".")
    if what.startswith("bin") or what == "below" or (not what and of not in names.kept and of not in names.in_money):
        return "percent"
    return "general" if what == "name" else "whole"


def _label(template: Template, names: SimulatedNames, name: str) -> str:
    """Say what a figure is."""
    of, _, what = name.partition(".")
    if is_error(name, names.kept):
        return f"± {_label(template, names, name.removesuffix(f'.{ERROR}'))}"
    if of in names.odds:
        return odds_labels(template, names)[of]
    if what in _LABELS:
        return f"{of.replace('swing', 'Swing ')}: {_LABELS[what]}" if of.startswith("swing") else _LABELS[what]
    if what.startswith("bin"):
        return f"Share in bin {what.removeprefix('bin')}"
    return f"{what.removeprefix('p')}th percentile"


def odds_labels(template: Template, names: SimulatedNames) -> dict[str, str]:
    """What each of the odds is, by its name."""
    words = measure_names_in_sentences(template)
    cost, gain = (words[one] for one in names.kept)
    labels = {
        names.below_zero: f"P({gain} against the baseline < 0)",
        BEATS_REFERENCE: f"P({gain} against the baseline > 0): beats it",
        WITHIN_BUDGET: "P(cash cost within the approved budget)",
        names.within_base: f"P({cost} ≤ base case)",
        names.shortfall: f"Mean {gain} of the worst 5% of the draws",
    }
    for event in names.events:
        chance = f"{event_words(template, event)} among the chances"
        labels |= {names.below(event): f"P({gain} < 0), {chance}", names.mean(event): f"Mean {gain}, {chance}"}
    return labels
