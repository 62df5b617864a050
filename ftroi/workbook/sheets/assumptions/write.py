"""Writing the sheet Assumptions: what people type, what is in force, and where it comes from."""

from __future__ import annotations

from ftroi.plan import Remark
from ftroi.plan.presets import is_overridden
from ftroi.plan.provenance import basis_of, stated_figures
from ftroi.termsheet import Assumption
from ftroi.workbook.context import Book
from ftroi.workbook.layout.assumptions import (
    BEYOND,
    FILL_FIRST,
    FLAGS,
    HEADER_ROW,
    HINT_ROW,
    INPUTS_ROW,
    LABELS_ROW,
    NOT_WHOLE,
    OUT_OF_PLACE,
    REFUSED,
    TITLE_ROW,
    TYPED_OVER,
)
from ftroi.workbook.layout.workbook import ASSUMPTIONS
from ftroi.workbook.printing import A3, print_on_one_width
from ftroi.workbook.reading.priced import power_of_money, priced
from ftroi.workbook.references.assumptions import OWN_OF_OPTION_SHOWN, AssumptionFormulas
from ftroi.workbook.schema import (
    DISTRIBUTIONS,
    ENDS,
    FAVOURABLE,
    HIGH_THERE,
    INPUTS,
    LOW_THERE,
    RANGE_AT,
)
from ftroi.workbook.sheets.assumptions.own_costs import OwnCostBlock
from ftroi.workbook.sheets.assumptions.own_formulas import write_own_formulas
from ftroi.workbook.sheets.assumptions.settings import SettingsBlock
from ftroi.workbook.xlsx import validation
from ftroi.workbook.xlsx.addresses import address, letters, neighbours
from ftroi.workbook.xlsx.number_formats import number_of_assumption, number_of_unit
from ftroi.workbook.xlsx.styles import BOUND_NUMBERS, mark
from ftroi.workbook.xlsx.worksheet import Style

_HINT = (
    "Blue on yellow is typed; black is computed; grey cells refuse entries. "
    "An option's cell left blank means the base. Low and high follow the base until you type over them. "
    "Shares are fractions: 0.10 or 10%."
)
_IN_WORDS = {
    "name": "Name",
    "label": "What it is",
    "live": "In force",
    "base": "Base",
    "low": "Low",
    "high": "High",
    "distribution": "Distribution",
    "unit": "Unit",
    FAVOURABLE: "Good end",
}
_WIDTHS = {
    "name": 27,
    "label": 62,
    "live": 14,
    "base": 17,
    "low": 12,
    "high": 12,
    "distribution": 12,
    "unit": 19,
    FAVOURABLE: 11,
    "spread": 10,
    "source": 45,
    "evidence": 34,
    "owner": 16,
    "note": 110,
}
_TEXT_HEADERS = ("name", "label", "distribution", "unit", "source", "evidence", "owner", "note", FAVOURABLE, "spread")
_OPTION_WIDTH, _OTHER_WIDTH, _GAP_WIDTH = 13, 12, 3


def write_assumptions(book: Book) -> None:
    """Write the sheet Assumptions, with the workbook's names for what stands on it."""
    _Assumptions(book).write()


class _Assumptions:
    """The sheet in the making."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._plan = book.plan
        self._layout = book.layout.assumptions
        self._columns = self._layout.columns
        self._cells = book.sheet(ASSUMPTIONS)
        self._style = book.styles.of
        self._formulas = AssumptionFormulas(book.plan, book.layout)

    def write(self) -> None:
        self._head()
        SettingsBlock(self._book).write()
        self._headers()
        for row, text in self._layout.headings.items():
            self._heading(row, text)
        for name in self._layout.rows:
            self._assumption(self._plan.template.assumptions[name])
        self._refuse_for_plan()
        self._mark_wrong()
        OwnCostBlock(self._book).write()
        write_own_formulas(self._book)
        self._widths()
        layout = self._layout
        last = (layout.last_row, layout.last_column)
        about = "Settings, assumptions and own costs: what every FT_ function takes as its inputs"
        self._book.name_area(INPUTS, ASSUMPTIONS, (INPUTS_ROW, 0), last, about)

    # --- head ----------------------------------------------------------------------------------------------

    def _head(self) -> None:
        self._cells.set_row(TITLE_ROW, 30)
        self._cells.set_row(HEADER_ROW, 46)
        self._cells.write_string(TITLE_ROW, 0, ASSUMPTIONS, self._style("title"))
        self._cells.write_string(HINT_ROW, 0, _HINT, self._style("hint"))
        for header, column in {**self._columns, **self._layout.outside}.items():
            option = self._plan.template.options.get(header)
            text = option.short if option else _IN_WORDS.get(header, header.capitalize())
            is_text = header in _TEXT_HEADERS
            role = "header number" if not is_text else "header" if column < self._columns["live"] else "header text"
            self._cells.write_string(HEADER_ROW, column, text, self._style(role))
            if option:
                self._cells.write_string(LABELS_ROW, column, option.label, self._style("grey"))
        self._cells.grid.shut(LABELS_ROW, 1)

    # --- assumptions ---------------------------------------------------------------------------------------

    def _headers(self) -> None:
        self._cells.set_row(self._layout.header, 26)
        for header, column in self._columns.items():
            is_text = header in _TEXT_HEADERS
            self._cells.write_string(self._layout.header, column, header, self._style("id" if is_text else "id right"))

    def _heading(self, row: int, text: str) -> None:
        label = self._columns["label"]
        first = (assumption for assumption in self._plan.template.assumptions.values() if assumption.table.fill_first)
        count = sum(self._closed(one) is None for one in first)
        shown = f"{text}: {count} inputs, the rest may wait" if text == FILL_FIRST else text
        for column in range(self._layout.last_column + 1):
            self._cells.write_blank(row, column, None, self._style("heading"))
        self._cells.write_string(row, label, shown, self._style("heading"))

    def _assumption(self, assumption: Assumption) -> None:
        row, name, table = self._layout.rows[assumption.name], assumption.name, assumption.table
        self._cells.write_string(row, 0, name, self._style("grey"))
        self._cells.write_string(row, self._columns["label"], table.label, self._style("text"))
        number = number_of_assumption(assumption)
        shown = self._style("grey unit", number_of_unit(table.unit, number))
        self._cells.write_string(row, self._columns["unit"], table.unit, shown)
        live = self._book.cached.number(name, self._plan.settings.option)
        cell = (row, self._columns["live"])
        self._cells.write_formula(*cell, self._formulas.live(name), self._style("calculated", number), live)
        self._book.name_cell(name, ASSUMPTIONS, *cell, f"{table.label}, in force for the option shown ({table.unit})")
        self._inputs(assumption, number)
        self._beside(assumption, number)
        self._sources(assumption)

    def _inputs(self, assumption: Assumption, number: str) -> None:
        """Write base, the options' own values, low, high and distribution; what does not apply is closed."""
        row, entry = self._layout.rows[assumption.name], self._plan.entries[assumption.name]
        own = {option: entry.own.get(option) for option in self._layout.options}
        is_uncertain = assumption.table.kind == "uncertain"
        open_to = {"base": not self._closed(assumption), "low": is_uncertain, "high": is_uncertain}
        open_to |= dict.fromkeys(own, assumption.table.scope == "option")
        formulas, power = self._formulas.travelling(assumption.name), power_of_money(assumption)
        stated = stated_figures(self._plan, assumption.name) if power else {}
        for header, value in {"base": entry.base, **own, "low": entry.low, "high": entry.high}.items():
            is_stated = value is not None and value in stated.get(header, ())
            style = self._style("input", number) if open_to[header] else self._style("closed", number)
            if header in formulas and value is not None:
                self._cells.write_formula(row, self._columns[header], formulas[header], style, value)
            elif value is None:
                self._cells.write_blank(row, self._columns[header], None, style)
            else:
                self._figure((row, self._columns[header]), value, style, power if is_stated else 0)
        self._distribution(row, entry.distribution if is_uncertain else "")
        self._good_end(row, self._plan.good_end(assumption.name) if is_uncertain else "")
        self._validate(assumption)

    def _closed(self, assumption: Assumption) -> tuple[str, str] | None:
        """Why a base is not offered to be typed, as a title and what to do; None where it is."""
        if assumption.table.kind == "constant":
            return "A constant", "It is the same in every plan."
        if is_overridden(self._plan, assumption.name):
            return "Every option has a figure of its own", "Type into the options' columns to the right."
        return None

    def _figure(self, cell: tuple[int, int], value: float, style: Style, power: float) -> None:
        """Write a figure; one of the template in money so that it follows the exchange rate until it is typed over."""
        if power:
            self._cells.write_default(*cell, priced(value, power, self._rate), style, value)
        else:
            self._cells.write_number(*cell, value, style)

    @property
    def _rate(self) -> float:
        return self._plan.settings.exchange_rate or 1.0

    def _distribution(self, row: int, distribution: str) -> None:
        column = self._columns["distribution"]
        if not distribution:
            self._cells.write_blank(row, column, None, self._style("closed"))
            return
        self._cells.write_string(row, column, distribution, self._style("input text"))

    def _good_end(self, row: int, end: str) -> None:
        column = self._columns[FAVOURABLE]
        if not end:
            self._cells.write_blank(row, column, None, self._style("closed"))
            return
        self._cells.write_string(row, column, end, self._style("input text"))
        message = "The end of the range that is good news for this plan: low or high."
        self._cells.data_validation(row, column, row, column, validation.one_of(list(ENDS), "Good end", message))

    def _validate(self, assumption: Assumption) -> None:
        row, table = self._layout.rows[assumption.name], assumption.table
        first, last = self._layout.option_columns
        most = last if table.scope == "option" else first - 1
        rule = validation.in_range(assumption)
        if table.kind == "uncertain":
            ends = (row, self._columns["low"], row, self._columns["high"])
            self._cells.data_validation(*ends, rule)
            column = self._columns["distribution"]
            message = f"One of {', '.join(DISTRIBUTIONS)}."
            self._cells.data_validation(
                row, column, row, column, validation.one_of(list(DISTRIBUTIONS), "Distribution", message)
            )
        base, closed = self._columns["base"], self._closed(assumption)
        self._cells.data_validation(row, base, row, base, validation.refused(*closed) if closed else rule)
        if most > base:
            self._cells.data_validation(row, base + 1, row, most, rule)

    def _refuse_for_plan(self) -> None:
        """Refuse entries in the options' cells of assumptions that have one value for the whole plan."""
        first, last = self._layout.option_columns
        rule = validation.refused("One value for the whole plan", "Enter it in the column Base.")
        for name, row in self._layout.rows.items():
            if self._plan.template.assumptions[name].table.scope == "plan":
                self._cells.data_validation(row, first, row, last, rule)

    def _mark_wrong(self) -> None:
        """Colour figures that a check of the inputs finds wrong; what may be typed stands with each cell."""
        layout, assumptions = self._layout, self._plan.template.assumptions
        rows, (base, low, high) = layout.rows.values(), (self._columns[one] for one in ("base", "low", "high"))
        first, last = min(rows), max(rows)
        least, most = (f"${letters(layout.outside[one])}{first + 1}" for one in ("min", "max"))
        for begin, end in ((base, layout.option_columns[1]), (low, high)):
            cell = address(first, begin)
            outside = f"OR(NOT(ISNUMBER({cell})),{cell}<{least},{cell}>{most})"
            self._mark((first, begin, last, end), f'=AND({cell}<>"",{least}<>"",{outside})')
        figure, lower, upper = (f"${letters(column)}{first + 1}" for column in (base, low, high))
        unordered = f'OR(AND({lower}<>"",{lower}>{figure}),AND({upper}<>"",{upper}<{figure}))'
        self._mark((first, low, last, high), f"=AND(ISNUMBER({figure}),{unordered})")
        for begin, end in neighbours(layout.rows[name] for name, one in assumptions.items() if one.table.whole):
            cell = address(begin, base)
            self._mark((begin, base, end, layout.option_columns[1]), f"=IF(ISNUMBER({cell}),{cell}<>INT({cell}))")

    def _mark(self, area: tuple[int, int, int, int], criteria: str) -> None:
        self._cells.conditional_format(*area, criteria, mark("#FFFFFF", "#C00000"))

    def _beside(self, assumption: Assumption, number: str) -> None:
        """Write what stands right of FT_Inputs and is computed from it, or is the template's."""
        row, name, table = self._layout.rows[assumption.name], assumption.name, assumption.table
        outside, grey = self._layout.outside, self._style("grey number", number)
        bound = self._style("grey number", BOUND_NUMBERS.get(number, "general"))
        power = power_of_money(assumption)
        for header, end in zip(("min", "max"), table.range or (), strict=False):
            self._figure((row, outside[header]), end, bound, power)
        if table.spread:
            self._cells.write_string(row, outside["spread"], table.spread, self._style("grey unit"))
        if table.fill_first:
            self._cells.write_number(row, outside["first"], table.fill_first, self._style("grey number"))
        entry = self._plan.entries[name]
        power *= bool(power) and entry.base in stated_figures(self._plan, name)["base"]
        for header, figure in ((RANGE_AT, entry.base), (LOW_THERE, entry.low), (HIGH_THERE, entry.high)):
            if table.kind == "uncertain" and figure is not None:
                self._figure((row, outside[header]), figure, grey, power)
        values = self._values_beside(assumption)
        for header, formula in self._formulas.beside(name).items():
            style = self._style("grey number") if header in FLAGS else grey
            self._cells.write_formula(row, outside[header], formula, style, values[header])

    def _values_beside(self, assumption: Assumption) -> dict[str, float]:
        entry = self._plan.entries[assumption.name]
        low, high = entry.ends or (entry.base, entry.base)
        good, bad = (low, high) if self._plan.good_end(assumption.name) == "low" else (high, low)
        toward = {"base": entry.base, "optimistic": good, "pessimistic": bad}[self._plan.settings.case]
        return {
            OWN_OF_OPTION_SHOWN: entry.value(self._plan.settings.option),
            "favourable end": good,
            "unfavourable end": bad,
            "toward": toward,
            NOT_WHOLE: 0.0,
            TYPED_OVER: 0.0,
            OUT_OF_PLACE: 0.0,
            REFUSED: 0.0,
            BEYOND: float(entry.is_beyond),
        }

    def _sources(self, assumption: Assumption) -> None:
        """Write where the figures come from, and what people wrote there in its place or beside it."""
        row, outside = self._layout.rows[assumption.name], self._layout.outside
        basis = basis_of(self._plan, assumption.name)
        remark = self._plan.remarks.get(assumption.name, Remark())
        for header in ("source", "evidence", "note"):
            typed = getattr(remark, header)
            style = self._style("input text" if typed else "grey unit" if header == "note" else "grey shrunk")
            self._cells.write_string(row, outside[header], typed or getattr(basis, header), style)
        style = self._style("input text" if remark.checked else "grey number", "date")
        self._cells.write_day(row, outside["checked"], remark.checked or basis.checked, style)
        self._cells.write_text(row, outside["owner"], remark.owner, self._style("input text"))
        self._cells.write_day(row, outside["review by"], remark.review_by, self._style("input text", "date"))

    # --- widths and print settings -------------------------------------------------------------------------

    def _widths(self) -> None:
        cells, layout = self._cells, self._layout
        cells.set_column(layout.last_column + 1, layout.last_column + 1, _GAP_WIDTH)
        for header, column in {**layout.columns, **layout.outside}.items():
            other = _OPTION_WIDTH if header in layout.options else _OTHER_WIDTH
            cells.set_column(column, column, _WIDTHS.get(header, other))
        cells.freeze_panes(HEADER_ROW + 1, self._columns["base"])
        cells.repeat_rows(HEADER_ROW)
        print_on_one_width(self._book, ASSUMPTIONS, A3, (layout.last_row, layout.outside["review by"]))
