"""Writing the sheet Actuals: what was billed beside the frozen plan, and every amount with file, lines and rule."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from ftroi.actuals.tracking import CHOICES
from ftroi.analysis.risk.freshness import digest_of
from ftroi.plan.billed import Actuals, Billed
from ftroi.termsheet import serial
from ftroi.workbook.cached_values import stored
from ftroi.workbook.context import Book
from ftroi.workbook.layout import actuals as at
from ftroi.workbook.layout.actuals import ActualsLayout
from ftroi.workbook.printing import A3, print_on_one_width
from ftroi.workbook.references.inputs_checksum import fingerprint
from ftroi.workbook.schema import (
    ACTUALS,
    ACTUALS_SHEET,
    ACTUALS_STAMP,
    ACTUALS_STAMPS,
    BASELINE,
    BILLED_HEADERS,
    NOT_ASSIGNED,
)
from ftroi.workbook.sheets.actuals.figures import Figures
from ftroi.workbook.sheets.actuals.formulas import (
    AGAIN,
    APPROVED,
    CHANGED,
    NOT_APPROVED,
    ActualsFormulas,
)
from ftroi.workbook.xlsx import validation

_HINT = (
    "Written by 'ftroi actuals --write'; the rules stand on Mapping. A variance is billed less frozen: positive cost "
    "more. The sheet follows the case shown."
)
_WIDTHS = (24, 68, 22, 18, 18, 18, 20, 22, 34, 10, 44, 12, 12, 18, 22, 18)
_NUMBERS = {
    "month": "date", "amount": "cents", "quantity": "whole", "rows": "whole", "first_line": "whole",
    "last_line": "whole",
}  # fmt: skip
_DAYS, _SENTENCES = ("first_day", "last_day"), ("state", "decision")


def write_actuals(book: Book) -> None:
    """Write the sheet Actuals of a plan that has been approved or billed."""
    if book.plan.actuals is not None:
        _Sheet(book, book.plan.actuals).write()


class _Sheet:
    """The sheet in the making."""

    def __init__(self, book: Book, actuals: Actuals) -> None:
        self._book, self._actuals = book, actuals
        self._at = book.layout.of(ActualsLayout)
        self._cells, self._style = book.sheet(ACTUALS_SHEET), book.styles.of
        self._figures = Figures(book.plan, actuals, book.cached.results)
        self._formulas = ActualsFormulas(book.plan, book.layout, actuals.baseline.option)
        self._now = stored(fingerprint(book.plan, book.layout))

    def write(self) -> None:
        self._cells.set_row(at.TITLE_ROW, 30)
        self._text(at.TITLE_ROW, 0, ACTUALS_SHEET, "title")
        self._text(at.HINT_ROW, 0, _HINT, "hint")
        for column, width in enumerate(_WIDTHS):
            self._cells.set_column(column, column, width)
        self._head()
        together = self._categories()
        self._apart(together[at.BILLED])
        self._months()
        self._list()
        self._completion(together)
        print_on_one_width(self._book, ACTUALS_SHEET, A3, (self._at.months[-1], len(BILLED_HEADERS) - 1))

    def _text(self, row: int, column: int, text: str, role: str = "text") -> None:
        self._cells.write_string(row, column, text, self._style(role))

    def _figure(self, row: int, column: int, formula: str, value: float, number: str = "whole") -> None:
        self._cells.write_formula(row, column, formula, self._style("calculated", number), value)

    def _head(self) -> None:
        baseline, rows = self._actuals.baseline, self._at.head
        is_same = baseline.digest == digest_of(self._book.plan)
        then = self._now if is_same else baseline.fingerprint
        values: dict[str, str | float | date | None] = {
            "option": baseline.option, "to_date": float(self._actuals.to_date), "basis": self._actuals.basis,
            "approved_on": baseline.day, "approved_by": baseline.by, "digest": baseline.digest, "fingerprint": then,
            **baseline.promised, **self._actuals.effects,
        }  # fmt: skip
        for key, label in ACTUALS_STAMPS.items():
            self._text(rows[key], at.KEY, key, "grey")
            self._text(rows[key], at.LABEL, label)
            number, role = "decimal" if key == "fingerprint" else "whole", "input" if key == "to_date" else "text"
            self._value(rows[key], at.VALUE, values.get(key), number, role)
        last = self._book.plan.horizon
        row = rows["to_date"]
        rule = validation.between(0, last, "Month", f"The last month compared, 0 to {last}.", whole=True)
        self._cells.data_validation(row, at.VALUE, row, at.VALUE, rule)
        corners = (at.HEAD_ROW, at.KEY), (max(rows.values()), at.VALUE)
        self._book.name_area(ACTUALS_STAMP, ACTUALS_SHEET, *corners, "What the bills are compared with")

    def _value(self, row: int, column: int, value: str | float | date | None, number: str, role: str) -> None:
        """Write what is typed or imported; a text from outside is never a formula."""
        if isinstance(value, str) and value:
            self._cells.write_text(row, column, value, self._style(role))
        elif isinstance(value, date):
            self._cells.write_day(row, column, value, self._style(role, "date"))
        elif isinstance(value, int | float):
            self._cells.write_number(row, column, value, self._style(role, number))
        else:
            self._cells.write_blank(row, column, None, self._style(role))

    def _headers(self, row: int, headers: tuple[str, ...], texts: int) -> None:
        for column, header in enumerate(headers):
            self._text(row, column, header, "header" if column < texts else "header number")

    def _categories(self) -> Mapping[int, float]:
        """Write the table by category and give its sums."""
        self._headers(self._at.category_header, at.CATEGORY_HEADERS, 2)
        sums = dict.fromkeys((*range(at.TO_DATE, at.COUNT + 1),), 0.0)
        for name, row in self._at.rows.items():
            self._text(row, at.KEY, name, "grey")
            self._text(row, at.LABEL, self._book.plan.template.categories[name].label)
            values = self._category(name)
            for column, formula in self._formulas.category(name).items():
                self._figure(row, column, formula, values[column])
                sums[column] += values[column]
        self._text(self._at.together, at.LABEL, "Together", "sum")
        for column, total in sums.items():
            formula = self._formulas.together(column)
            self._cells.write_formula(self._at.together, column, formula, self._style("sum", "whole"), total)
        return sums

    def _category(self, name: str) -> dict[int, float]:
        figures = self._figures
        to_date, billed = figures.frozen_to_date(name), figures.billed(name)
        whole, forecast = float(figures.frozen(name).sum()), figures.forecast(name)
        return {
            at.TO_DATE: to_date, at.BILLED: billed, at.VARIANCE: billed - to_date, at.WHOLE: whole,
            at.FORECAST: forecast, at.FINAL: forecast - whole, at.COUNT: float(figures.count(name)),
        }  # fmt: skip

    def _apart(self, together: float) -> None:
        values = self._figures.apart(together)
        for key, formula in self._formulas.apart().items():
            self._text(self._at.apart[key], at.LABEL, at.APART[key])
            self._figure(self._at.apart[key], at.VALUE, formula, values[key], "cents")

    def _months(self) -> None:
        self._headers(self._at.month_header, at.MONTH_HEADERS, 0)
        self._baseline()
        compared = [name for name in self._at.categories if self._figures.count(name)]
        running = 0.0
        for number, row in enumerate(self._at.months, start=1):
            is_over = number <= self._actuals.to_date
            frozen = float(sum(self._figures.frozen(name)[number - 1] for name in compared))
            paid = self._figures.billed_in(number) if is_over else 0.0
            gap = paid - frozen if is_over else 0.0
            running += gap
            day = serial(self._figures.month(number))
            values = {at.DAY: day, at.FROZEN: frozen, at.PAID: paid, at.GAP: gap, at.RUNNING: running}
            self._cells.write_number(row, at.KEY, float(number), self._style("calculated"))
            for column, formula in self._formulas.month(row).items():
                self._figure(row, column, formula, values[column], "calendar" if column == at.DAY else "whole")

    def _baseline(self) -> None:
        """Write the frozen plan by category and month, right of the months."""
        header, first = self._at.month_header, at.BASELINE_COLUMN
        self._text(header, first, "month", "header number")
        for name, column in self._at.baseline.items():
            self._text(header, column, name, "header number")
            self._figure(header - 1, column, self._formulas.flag(name), float(self._figures.count(name) > 0), "flag")
            for row, amount in zip(self._at.months, self._figures.frozen(name), strict=True):
                self._cells.write_number(row, column, float(amount), self._style("grey number", "whole"))
        for number, row in enumerate(self._at.months, start=1):
            self._cells.write_number(row, first, float(number), self._style("grey number"))
        last = (self._at.months[-1], max(self._at.baseline.values()))
        self._book.name_area(BASELINE, ACTUALS_SHEET, (header, first), last, "The frozen plan by category and month")

    def _list(self) -> None:
        self._text(self._at.list_header - 1, 0, "Imported amounts", "block")
        for column, header in enumerate(BILLED_HEADERS):
            role = "header number" if header in _NUMBERS else "header text"
            self._text(self._at.list_header, column, header, role)
        for row, one in enumerate(self._actuals.billed, start=self._at.list_header + 1):
            for column, header in enumerate(BILLED_HEADERS):
                self._value(row, column, _shown(one, header), _NUMBERS.get(header, "general"), "text")
        last = (self._at.last_amount, len(BILLED_HEADERS) - 1)
        about = "Imported amounts with file, lines and rule"
        self._book.name_area(ACTUALS, ACTUALS_SHEET, (self._at.list_header, 0), last, about)

    def _completion(self, sums: Mapping[int, float]) -> None:
        """Write what follows for the whole life, and the verdict asked again as the engine stamps it."""
        later, rows = self._figures.later, self._at.completion
        stamps = {key: getattr(later, key) for key in CHOICES} | {"stamped": self._now} if later else {}
        for key, label in at.COMPLETION.items():
            self._text(rows[key], at.LABEL, label)
        for key, value in stamps.items():
            number = "decimal" if key == "stamped" else "whole"
            self._cells.write_number(rows[key], at.VALUE, value, self._style("calculated", number))
        values = self._values(sums)
        for key, formula in self._formulas.completion().items():
            if key == "decision" and later is None:
                continue
            number = "date" if key in _DAYS else "general" if key in _SENTENCES else "whole"
            style = self._style("status" if key in _SENTENCES else "calculated", number)
            self._cells.write_formula(rows[key], at.VALUE, formula, style, values[key])

    def _values(self, sums: Mapping[int, float]) -> dict[str, float | str]:
        baseline, later = self._actuals.baseline, self._figures.later
        is_same = baseline.digest == digest_of(self._book.plan)
        after = self._figures.month(self._actuals.to_date + 1)
        return {
            "state": NOT_APPROVED if not baseline.by else APPROVED if is_same else CHANGED,
            "first_day": serial(self._figures.first_day), "last_day": serial(after) - 1,
            "approved": sums[at.WHOLE], "billed": sums[at.BILLED],
            "to_come": sums[at.FORECAST] - sums[at.BILLED], "at_completion": sums[at.FORECAST],
            "variance": sums[at.FINAL], "decision": CHOICES[later.best] if later else AGAIN,
        }  # fmt: skip


def _shown(one: Billed, header: str) -> str | float | date:
    """What the list says of an amount."""
    value: str | float | date = getattr(one, header)
    return value or NOT_ASSIGNED if header == "category" else value
