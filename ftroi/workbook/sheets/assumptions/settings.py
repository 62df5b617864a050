"""Writing the block of settings on the sheet Assumptions."""

from __future__ import annotations

from ftroi.termsheet import serial
from ftroi.workbook.context import Book
from ftroi.workbook.layout.assumptions import HEADER_ROW
from ftroi.workbook.layout.workbook import ASSUMPTIONS
from ftroi.workbook.reading.priced import FACTOR
from ftroi.workbook.references.assumptions import AssumptionFormulas
from ftroi.workbook.references.control_total import (
    belongs_formula,
    belongs_to,
    control_total_of_sheets,
    control_totals,
)
from ftroi.workbook.schema import (
    CANDIDATE,
    CASE,
    CONTROL_TOTAL,
    CONTROLLED_INPUTS,
    INCUMBENT,
    OPTION,
    OPTION_SETTINGS,
    RATE_SETTINGS,
    REFERENCE,
    SETTING_HEADERS,
    SETTINGS,
)
from ftroi.workbook.xlsx import validation
from ftroi.workbook.xlsx.addresses import fixed, fixed_range

_LEAST_RATE, _MOST_RATE = 1e-9, 1e9


class SettingsBlock:
    """The block in the making."""

    def __init__(self, book: Book) -> None:
        """Write into the sheet of ``book``."""
        self._book, self._plan = book, book.plan
        self._layout = book.layout.assumptions
        self._columns = self._layout.columns
        self._cells = book.sheet(ASSUMPTIONS)
        self._style = book.styles.of
        self._formulas = AssumptionFormulas(book.plan, book.layout)

    def write(self) -> None:
        """Write keys, labels and values, with the workbook's names for some of them."""
        layout, settings = self._layout, self._plan.settings
        for column, header in enumerate(SETTING_HEADERS):
            self._cells.write_string(layout.settings_header, column, header, self._style("id"))
        for key, row in layout.settings.items():
            self._cells.write_string(row, 0, key, self._style("grey"))
            label = (SETTINGS | RATE_SETTINGS)[key]
            self._cells.write_string(row, self._columns["label"], label, self._style("text"))
        written = {"template": self._plan.template.id, "version": self._plan.template.edition}
        for key, value in written.items():
            self._setting(key, value, "text")
        for key in ("project", "currency"):
            self._setting(key, str(getattr(settings, key)), "input")
        for key in OPTION_SETTINGS:
            self._option_setting(key, getattr(settings, key))
        self._start()
        self._exchange_rate()
        self._control_totals()
        self._cells.write_formula(
            layout.settings["case"], layout.setting_column, CASE, self._style("link"), settings.case
        )
        self._validate_settings()
        names = {"reference": REFERENCE, "candidate": CANDIDATE, "incumbent": INCUMBENT, "start": "start_date"}
        for key, name in names.items():
            self._book.name_cell(name, ASSUMPTIONS, layout.settings[key], layout.setting_column, SETTINGS[key])

    def _setting(self, key: str, value: str, role: str) -> None:
        cell = (self._layout.settings[key], self._layout.setting_column)
        self._cells.write_string(*cell, value, self._style(role))

    def _option_setting(self, key: str, option: str) -> None:
        """Write an option's label, typed or linked to the Dashboard, and beside it its id in grey."""
        cell, label = (
            (self._layout.settings[key], self._layout.setting_column),
            self._plan.template.options[option].short,
        )
        if key == "option":
            self._cells.write_formula(*cell, OPTION, self._style("link"), label)
        else:
            self._setting(key, label, "input")
        formula = self._formulas.id_of(f"FT_{key.capitalize()}Number")
        self._cells.write_formula(cell[0], cell[1] + 1, formula, self._style("grey"), option)

    def _start(self) -> None:
        cell = (self._layout.settings["start"], self._layout.setting_column)
        self._cells.write_number(*cell, serial(self._plan.settings.start), self._style("input", "date"))
        rule = validation.between(1, 2_900_000, "Start", "A date; month 1 is the month of this date.")
        self._cells.data_validation(*cell, *cell, rule)

    def _exchange_rate(self) -> None:
        """Write the rate that the template's prices are converted by, its date, and what they are multiplied by."""
        settings, layout = self._plan.settings, self._layout
        day, own = settings.exchange_rate_date, self._plan.template.list_currency
        values = {"exchange_rate": settings.exchange_rate, "exchange_rate_date": None if day is None else serial(day)}
        rules = {
            "exchange_rate": validation.between(_LEAST_RATE, _MOST_RATE, "Exchange rate", f"What 1 {own} costs."),
            "exchange_rate_date": validation.between(1, 2_900_000, "Date of the rate", "A date."),
        }
        for key, value in values.items():
            style = self._style("input", "date" if key == "exchange_rate_date" else "general")
            cell = (layout.settings[key], layout.setting_column)
            if value is None:
                self._cells.write_blank(*cell, None, style)
            else:
                self._cells.write_number(*cell, value, style)
            self._cells.data_validation(*cell, *cell, rules[key])
        place = (layout.settings["exchange_rate"], layout.setting_column + 1)
        formula = self._formulas.exchange_factor()
        self._cells.write_formula(*place, formula, self._style("grey number", "general"), settings.exchange_rate or 1.0)
        self._book.name_cell(FACTOR, ASSUMPTIONS, *place, "What prices of the template are multiplied by")

    def _control_totals(self) -> None:
        """Write what the options' sheets compute in all, and of which inputs, for the functions."""
        book, layout, column = self._book, self._layout, self._layout.setting_column + 1
        places = [(layout.settings[key], column) for key in (CONTROL_TOTAL, CONTROLLED_INPUTS)]
        formulas = control_total_of_sheets(book.layout), belongs_formula(book.layout, fixed(*places[0]))
        total = sum(control_totals(book.layout.option, book.cached.results))
        for place, formula, value in zip(places, formulas, (total, belongs_to(book.plan, book.layout)), strict=True):
            self._cells.write_formula(*place, formula, self._style("grey number", "general"), value)

    def _validate_settings(self) -> None:
        layout = self._layout
        first, last = layout.option_columns
        labels = fixed_range(HEADER_ROW, first, HEADER_ROW, last)
        message = "Choose one of this plan's options from the list, or type its label or its id."
        for key in ("reference", "candidate", "incumbent"):
            cell = (layout.settings[key], layout.setting_column)
            self._cells.data_validation(*cell, *cell, validation.one_of(labels, SETTINGS[key], message))
