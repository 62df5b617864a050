"""Writing the sheet Checks: how many hold, the fifteen checks, and the comparisons that they are made of."""

from __future__ import annotations

from functools import cached_property

from ftroi.analysis.checks import cells_of, default_reason, differences, reason_of
from ftroi.analysis.risk.freshness import state_of
from ftroi.analysis.rule_cells import OptionTable
from ftroi.plan.simulated import FRESH, NOT_SIMULATED, STALE
from ftroi.termsheet.check_rules import CheckPart
from ftroi.workbook.context import REMARK, Book, link_to
from ftroi.workbook.layout.checks import (
    COUNTS,
    FAILURE_ROW,
    FIRST_OPTION,
    HEADER_ROW,
    HINT_ROW,
    LINKS_ROW,
    NUMBER,
    REMARK_ROW,
    STATE,
    TITLE_ROW,
    TOLERANCE,
    WHAT,
    WHERE,
    WORKBOOK,
    WORST,
)
from ftroi.workbook.layout.compare import FIRST_OPTION as FIRST_COMPARED
from ftroi.workbook.layout.workbook import ASSUMPTIONS, CHECKS_SHEET, COMPARE, DASHBOARD
from ftroi.workbook.printing import A3, print_on_one_width
from ftroi.workbook.schema import CHECKS_FAILED, CHECKS_PASSED
from ftroi.workbook.sheets.checks.formulas import NOT_APPLICABLE, CheckFormulas, input_cell, worst
from ftroi.workbook.xlsx.addresses import address, fixed, fixed_range, letters, prefix
from ftroi.workbook.xlsx.styles import mark

_NAMED = {"fail": CHECKS_FAILED, "pass": CHECKS_PASSED}
_COUNT_LABELS = {
    "fail": "Checks that fail: then there is no verdict",
    "edited": "Checks with a remark: an odd input, inputs changed since a simulation",
    "pass": "Checks that pass",
    NOT_APPLICABLE: "Checks that are not applicable",
}
_HINT = (
    "A formula that a figure was typed over is told here. Whether one differs from the template, or between the "
    "options' sheets, is told by 'ftroi check': no spreadsheet can see it from inside."
)
_REMARK = "What the first remark is about"
_FAILURE = "Why there is no verdict"
_HEADERS = ("Check", "What is checked", "Worst difference", "Tolerance", "State", "Where")
_WIDTHS = (8, 92, 18, 12, 16, 60, 14)
_OPTION_WIDTH = 14
_MONEY = "cents"
_RISK: dict[str, float | str] = {NOT_SIMULATED: NOT_APPLICABLE, FRESH: 0.0, STALE: 1.0}
"""What the comparison of the simulated figures finds, by their state."""


def write_checks(book: Book) -> None:
    """Write the sheet Checks, with the names of its two counts, and count in the book how many are in each state."""
    book.checks.update(_Checks(book).write())


class _Checks:
    """The sheet in the making."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._plan = book.plan
        self._layout = book.layout.checks
        self._formulas = CheckFormulas(book.plan, book.layout, book.guards)
        self._cells = book.sheet(CHECKS_SHEET)
        self._style = book.styles.of
        self._rule = book.plan.template.what_is_checked
        results = book.cached.results
        self._of_engine = cells_of(book.plan, results, OptionTable(book.plan, results))
        self._found: dict[str, dict[str, float | str]] = {}
        self._states: dict[int, str] = {}
        self._wheres: dict[int, str] = {}
        self._worsts: dict[int, float | str] = {}

    def write(self) -> dict[str, int]:
        self._head()
        self._headers()
        for name, row in self._layout.parts.items():
            self._part(row, self._rule.parts[name])
        for number, row in self._layout.checks.items():
            self._check(number, row)
        self._firsts()
        counts = self._counts()
        self._page()
        return counts

    def _head(self) -> None:
        cells, style = self._cells, self._style
        cells.set_row(TITLE_ROW, 30)
        cells.write_string(TITLE_ROW, NUMBER, CHECKS_SHEET, style("title"))
        cells.write_string(HINT_ROW, NUMBER, _HINT, style("hint"))
        cells.write_url(LINKS_ROW, NUMBER, link_to(DASHBOARD), style("jump"), DASHBOARD)

    def _headers(self) -> None:
        header = self._layout.header
        self._cells.set_row(header - 1, 24)
        self._cells.write_string(header - 1, NUMBER, "What each check is made of", self._style("block"))
        for row in (HEADER_ROW, header):
            for column, text in enumerate(_HEADERS):
                role = (
                    "header number" if column in (WORST, TOLERANCE) else "header text" if column > WORST else "header"
                )
                self._cells.write_string(row, column, text, self._style(role))
        self._cells.write_string(header, WORKBOOK, "Workbook", self._style("header number"))
        labels = self._book.layout.compare.labels
        for place, option in enumerate(self._layout.options):
            table, column = self._plan.template.options[option], FIRST_OPTION + place
            label = f"{prefix(COMPARE)}{letters(FIRST_COMPARED + place)}${labels + 1}"
            self._cells.write_formula(header, column, label, self._style("header link"), table.short)

    # --- what each check is made of ------------------------------------------------------------------------

    def _part(self, row: int, part: CheckPart) -> None:
        """Write a part: a rule as the engine computes it, or what the program looks at."""
        values: list[float | str] = [""]
        look = part.table.look or ""
        of_workbook = self._formulas.looked_at(look) if look else ""
        if of_workbook:
            values[0] = self._looked_at(look, of_workbook)
            self._difference(row, WORKBOOK, of_workbook, values[0])
        for place, option in enumerate(self._layout.options):
            formula = self._formulas.across(look, option) if look else self._formulas.difference(part, option)
            if formula:
                values.append(0.0 if look else self._computed(part, option))
                self._difference(row, FIRST_OPTION + place, formula, values[-1])
        self._result(row, part, values)

    def _computed(self, part: CheckPart, option: str) -> float | str:
        """A difference as the engine computes it; nothing is compared where the cell that it rests on has a text."""
        only_if = part.table.only_if
        if only_if and isinstance(self._book.cached.scalar(only_if, option), str):
            return NOT_APPLICABLE
        found = self._differences(part)[option]
        return NOT_APPLICABLE if isinstance(found, str) else found

    def _differences(self, part: CheckPart) -> dict[str, float | str]:
        if part.name not in self._found:
            self._found[part.name] = differences(self._plan, self._of_engine, part)
        return self._found[part.name]

    def _looked_at(self, look: str, formula: str) -> float | str:
        """What is found in the workbook without the add-in."""
        if look == "risk":
            return _RISK[state_of(self._plan)]
        if look == "order":
            return float(len(self._beyond))
        return NOT_APPLICABLE if NOT_APPLICABLE in formula else 0.0

    def _difference(self, row: int, column: int, formula: str, value: float | str) -> None:
        self._cells.write_formula(row, column, formula, self._style("link right", _MONEY), value)

    def _result(self, row: int, part: CheckPart, values: list[float | str]) -> None:
        """Write what a part's differences come to, and what is said where there is one."""
        wrong = "edited" if part.table.edited else "fail"
        self._cells.write_number(row, NUMBER, int(part.table.check), self._style("grey left"))
        self._cells.write_string(row, WHAT, part.table.label, self._style("text"))
        largest = max((value for value in values if isinstance(value, float)), default="")
        failing = isinstance(largest, float) and largest > self._tolerance
        self._worsts[row] = largest
        self._states[row] = NOT_APPLICABLE if largest == "" else wrong if failing else "pass"
        self._wheres[row] = self._reason(values.index(largest), part) if failing else ""
        c, d, e = (address(row, column) for column in (WORST, TOLERANCE, STATE))
        found = f"{address(row, WORKBOOK)}:{address(row, self._layout.last_option)}"
        header = fixed_range(self._layout.header, WORKBOOK, self._layout.header, self._layout.last_option)
        place = f"MATCH({c},{found},0)"
        where = f"INDEX({header},1,{place})"
        if part.table.look == "formulas":
            where = f"IF({place}=1,{self._formulas.typed_over_sheet()},{where})"
        reason = self._formulas.reason(part, where, f"{place}-1")
        formulas = (
            worst(row, WORKBOOK, self._layout.last_option),
            f'IF({c}="error","fail",IF({c}="","{NOT_APPLICABLE}",IF({c}>{d},"{wrong}","pass")))',
            f'IF(OR({e}="fail",{e}="edited"),{reason},"")',
        )
        self._verdict(row, formulas, (largest, self._states[row], self._wheres[row]))

    def _reason(self, place: int, part: CheckPart) -> str:
        """What is said of a part that fails in the workbook's column or in an option's."""
        if place == 0 or part.difference is None:
            told = self._told_of_the_first(self._beyond) if part.table.look == "order" else {}
            return default_reason(self._plan, part, self._header(place), told)
        option = self._layout.options[place - 1]
        reason, table = reason_of(self._plan, self._of_engine, part, option), part.table
        cell = input_cell(self._book.layout, self._plan, table.input, option) if table.input else ""
        return f"{cell}: {reason}; {table.cure}" if cell else reason

    @cached_property
    def _beyond(self) -> list[str]:
        """The assumptions whose base is beyond a typed low or high, in the order of the sheet."""
        return [name for name in self._book.layout.assumptions.rows if self._plan.entries[name].is_beyond]

    def _told_of_the_first(self, names: list[str]) -> dict[str, float | str]:
        name, sheet = names[0], self._book.layout.assumptions
        entry = self._plan.entries[name]
        cell = f"{ASSUMPTIONS}!{address(sheet.rows[name], sheet.columns['base'])}"
        return {"input": self._plan.template.assumptions[name].table.label, "cell": cell, "base": entry.base,
                "low": entry.low or 0.0, "high": entry.high or 0.0}  # fmt: skip

    def _firsts(self) -> None:
        """Write what the first part that fails says, which is why there is no verdict, and what the first remark says.

        The Dashboard shows the remark, and so it is kept in the book.
        """
        for row, what, state in ((FAILURE_ROW, _FAILURE, "fail"), (REMARK_ROW, _REMARK, "edited")):
            formula, first = self._first_where(state)
            self._cells.write_string(row, WHAT, what, self._style("text"))
            self._cells.write_formula(row, WHERE, formula, self._style("indented"), first)
        self._book.told[REMARK] = first

    def _first_where(self, state: str) -> tuple[str, str]:
        """What the first part in a state says, as a formula and as it stands."""
        rows = self._layout.parts.values()
        states, wheres = (_rows(range(min(rows), max(rows) + 1), column) for column in (STATE, WHERE))
        formula = f'IF(COUNTIF({states},"{state}")=0,"",INDEX({wheres},MATCH("{state}",{states},0)))'
        return formula, next((self._wheres[row] for row in rows if self._states[row] == state), "")

    def _header(self, place: int) -> str:
        return "Workbook" if place == 0 else self._plan.template.options[self._layout.options[place - 1]].short

    # --- the checks ----------------------------------------------------------------------------------------

    def _check(self, number: str, row: int) -> None:
        rows = self._layout.members[number]
        self._cells.write_number(row, NUMBER, int(number), self._style("grey left"))
        if not rows:
            self._cells.write_string(row, WHAT, self._rule.checks[number], self._style("text"))
            self._states[row] = NOT_APPLICABLE
            self._verdict(row, ('""', f'"{NOT_APPLICABLE}"', '""'), ("", NOT_APPLICABLE, ""))
            return
        target = link_to(CHECKS_SHEET, address(rows[0], NUMBER))
        self._cells.write_url(row, WHAT, target, self._style("jump"), self._rule.checks[number])
        worsts, states, wheres = (_rows(rows, column) for column in (WORST, STATE, WHERE))
        own = address(row, STATE)
        place = f"MATCH({own},{states},0)"
        passing = f'IF(COUNTIF({states},"pass")>0,"pass","{NOT_APPLICABLE}")'
        formulas = (
            self._of_one(rows[0], own)
            if len(rows) == 1
            else (
                f'IF(COUNTIF({worsts},"error")>0,"error",IF(COUNT({worsts})=0,"",MAX({worsts})))',
                f'IF(COUNTIF({states},"fail")>0,"fail",IF(COUNTIF({states},"edited")>0,"edited",{passing}))',
                f'IF(OR({own}="fail",{own}="edited"),INDEX({wheres},{place}),"")',
            )
        )
        self._states[row] = self._first_state(rows)
        found = [self._worsts[one] for one in rows if isinstance(self._worsts[one], float)]
        self._verdict(row, formulas, (max(found, default=""), self._states[row], self._where(row, rows)))

    def _of_one(self, part: int, own: str) -> tuple[str, str, str]:
        """A check of one part as its part has it; not every program counts within a single cell."""
        worst_of, state, where = (fixed(part, column) for column in (WORST, STATE, WHERE))
        return worst_of, state, f'IF(OR({own}="fail",{own}="edited"),{where},"")'

    def _first_state(self, rows: range) -> str:
        states = {self._states[row] for row in rows}
        return next(state for state in ("fail", "edited", "pass", NOT_APPLICABLE) if state in states)

    def _where(self, row: int, rows: range) -> str:
        if self._states[row] not in ("fail", "edited"):
            return ""
        first = next(one for one in rows if self._states[one] == self._states[row])
        return self._wheres[first]

    def _verdict(self, row: int, formulas: tuple[str, str, str], values: tuple[object, str, str]) -> None:
        """Write the worst difference, the tolerance, the state and where."""
        number, text = self._style("calculated", _MONEY), self._style("indented")
        self._cells.write_formula(row, WORST, formulas[0], number, values[0])
        tolerance = self._plan.template.role("tolerance")
        self._cells.write_formula(row, TOLERANCE, tolerance, self._style("grey number", _MONEY), self._tolerance)
        self._cells.write_formula(row, STATE, formulas[1], text, values[1])
        self._cells.write_formula(row, WHERE, formulas[2], text, values[2])

    @property
    def _tolerance(self) -> float:
        return self._plan.zero_tolerance

    def _counts(self) -> dict[str, int]:
        counts = {}
        rows = self._layout.checks.values()
        states = _rows(range(min(rows), max(rows) + 1), STATE)
        for state, row in COUNTS.items():
            self._cells.write_string(row, WHAT, _COUNT_LABELS[state], self._style("text"))
            count = sum(self._states[one] == state for one in rows)
            self._cells.write_formula(row, WORST, f'COUNTIF({states},"{state}")', self._style("calculated"), count)
            if state in _NAMED:
                self._book.name_cell(_NAMED[state], CHECKS_SHEET, row, WORST, _COUNT_LABELS[state])
            counts[state] = count
        return counts

    def _page(self) -> None:
        cells, layout = self._cells, self._layout
        for column, width in enumerate(_WIDTHS):
            cells.set_column(column, column, width)
        cells.set_column(FIRST_OPTION, layout.last_option, _OPTION_WIDTH)
        self._mark(HEADER_ROW + 1, layout.last_row)
        cells.freeze_panes(HEADER_ROW + 1, 0)
        cells.repeat_rows(layout.header)
        print_on_one_width(self._book, CHECKS_SHEET, A3, (layout.last_row, layout.last_option))

    def _mark(self, first: int, last: int) -> None:
        """Colour what fails; the word stands there as well."""
        own = f"${letters(STATE)}{first + 1}"
        self._cells.conditional_format(first, WHAT, last, WHERE, f'{own}="fail"', mark("#C00000", bold=True))


def _rows(rows: range, column: int) -> str:
    return fixed_range(rows[0], column, rows[-1], column)
