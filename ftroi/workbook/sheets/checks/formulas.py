"""Printing the comparisons of the sheet Checks over the cells of a workbook, without a leading ``=``."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from ftroi.language import FUNCTIONS, PARTIES
from ftroi.plan import CASES, Plan
from ftroi.plan.simulated import NOT_SIMULATED, STALE
from ftroi.termsheet.check_rules import CheckPart
from ftroi.workbook.layout.annual import FIRST_YEAR, LAST_YEAR, TOTAL, Kind
from ftroi.workbook.layout.assumptions import (
    BEYOND,
    HEADER_ROW,
    INPUTS_ROW,
    LABELS_ROW,
    NOT_WHOLE,
    OUT_OF_PLACE,
    REFUSED,
    TYPED_OVER,
)
from ftroi.workbook.layout.checks import FIRST_OPTION
from ftroi.workbook.layout.compare import FIRST_OPTION as FIRST_COMPARED
from ftroi.workbook.layout.option import FIRST_MONTH, FIRST_ROW, LAST_MONTH, MONTHS, OPENING, VALUE
from ftroi.workbook.layout.workbook import ANNUAL, ASSUMPTIONS, COMPARE, Layout
from ftroi.workbook.references import engine as engine_cells
from ftroi.workbook.references.assumptions import FIRST_DAY_CELL
from ftroi.workbook.references.compare import currency_cell, of_option
from ftroi.workbook.references.rules import RulePrinter
from ftroi.workbook.schema import (
    AS_OF,
    CASE,
    DISTRIBUTIONS,
    ENDS,
    FAVOURABLE,
    GATE,
    GATE_DAYS,
    GATE_FIGURES,
    GATE_HEADERS,
    GATES,
    GATES_SHEET,
    INPUTS,
    RISK_STATE,
)
from ftroi.workbook.sheets.actuals.formulas import ActualsFormulas
from ftroi.workbook.sheets.guard import counted
from ftroi.workbook.xlsx.addresses import address, fixed, fixed_range, letters, prefix, quoted

_FLAGS = {"range": REFUSED, "whole": NOT_WHOLE, "order": BEYOND, "live": TYPED_OVER}
"""The columns of Assumptions in which a look counts."""

_SOUND = {
    "range": "IF(ISNUMBER({base}),AND({base}>={least},{base}<={most}),FALSE)",
    "whole": "IF(ISNUMBER({base}),{base}=INT({base}),FALSE)",
    "order": "FALSE",
}
"""Whether what is wrong in the row is not the base, but stands right of it."""

ERROR, NOT_APPLICABLE = "error", "not applicable"


class CheckFormulas:
    """The formulas of the parts."""

    def __init__(self, plan: Plan, layout: Layout, guards: Mapping[str, str]) -> None:
        """Print for the cells of ``layout``; ``guards`` has by sheet the cell that counts formulas typed over."""
        self._plan = plan
        self._guards = guards
        self._layout = layout
        self._sheet = layout.assumptions
        self.of_workbook: dict[str, Callable[[], str]] = {
            "page": self._page,
            "year_end": lambda: self._convention("year_end"),
            "mid_year": lambda: self._convention("mid_year"),
            "engine": self._engine,
            "errors": self._errors,
            "currency": self._currency,
            "range": lambda: f"SUM({self._column(REFUSED)})",
            "whole": lambda: f"SUM({self._column(NOT_WHOLE)})",
            "order": lambda: f"SUM({self._column(BEYOND)})",
            "own_costs": lambda: f"SUM({self._beside(self._sheet.own_costs, NOT_WHOLE)})",
            "chosen": self._chosen,
            "live": lambda: f"SUM({self._column(TYPED_OVER)})",
            "places": self._places,
            "start": lambda: self._no_day(self._setting("start")),
            "words": self._words,
            "evidence": self._evidence,
            "formulas": lambda: "+".join(map(counted, self._guarded.values())),
            "risk": self._risk,
            "actuals": self._actuals,
        }
        self.of_options: dict[str, Callable[[str], str]] = {
            "years": self._years,
            "errors": self._errors_of,
            "formulas": self._formulas_of,
        }

    def looked_at(self, look: str) -> str:
        """The formula of what is looked at once of the workbook; "" where it is asked of options alone."""
        if look not in self.of_workbook:
            return ""
        text = self.of_workbook[look]()
        return text if NOT_APPLICABLE in text else self._safely(text)

    def across(self, look: str, option: str) -> str:
        """The formula of what is looked at for each option; "" where it is asked of the workbook alone."""
        return self._safely(self.of_options[look](option)) if look in self.of_options else ""

    # --- rules ---------------------------------------------------------------------------------------------

    def difference(self, part: CheckPart, option: str) -> str:
        """The formula of a part's difference for an option."""
        if part.difference is None:
            return ""
        printer = RulePrinter(lambda name, via: self._cell(name, via, option), str, currency_cell(self._layout))
        text = self._safely(printer.tree(part.difference))
        only_if = part.table.only_if
        return f"IF(ISNUMBER({self._cell(only_if, '', option)}),{text},{quoted(NOT_APPLICABLE)})" if only_if else text

    def _cell(self, name: str, via: str, option: str) -> str:
        """What a name stands for on an option's sheet: months of a line, a figure, or what Gates has of it."""
        grid, place, sheet = self._layout.gates.options, self._layout.option, prefix(self._layout.sheets[option])
        if via in PARTIES:
            return of_option(self._layout, self._layout.compare.scalars[name], FUNCTIONS[via].excel)
        if name in grid.columns:
            return f"{prefix(GATES_SHEET)}{fixed(grid.rows[option], grid.columns[name])}"
        if name in place.series:
            first, last = (OPENING, LAST_MONTH - 1) if via == "PREV" else (FIRST_MONTH, LAST_MONTH)
            cells = f"{sheet}{fixed_range(place.rows[name], first, place.rows[name], last)}"
            return f"SUM({cells})" if via == "TOTAL" else cells
        if name in place.rows:
            return f"{sheet}{fixed(place.rows[name], VALUE)}"
        words = self._plan.template.how_gates_are_judged.words
        return str(MONTHS) if name == "months" else quoted(words[name]) if name in words else name

    def reason(self, part: CheckPart, where: str, place: str) -> str:
        """What is said of a part that fails; ``where`` names the column, ``place`` is the option's position."""
        told = {
            "part": quoted(part.table.label), "where": where,
            "template_currency": quoted(self._plan.template.list_currency),
        }  # fmt: skip
        if part.reason is None or part.difference is None:
            told |= self._first_input(part.table.look or "")
            printer = RulePrinter(lambda name, _via: told[name], str, currency_cell(self._layout))
            return printer.text(part.reason or self._plan.template.what_is_checked.reason)
        grid = self._layout.gates.options

        def cell(name: str, _via: str) -> str:
            if name in grid.columns:
                return f"INDEX({prefix(GATES_SHEET)}{grid.column(name)},{place})"
            if name not in self._layout.option.rows:
                return name
            return f"CHOOSE({place},{','.join(self._cell(name, '', option) for option in self._layout.sheets)})"

        text = RulePrinter(cell, str, currency_cell(self._layout)).text(part.reason)
        return (
            f"{self._input(part.table.input, place)}&{text}&{quoted(f'; {part.table.cure}')}"
            if part.table.input
            else text
        )

    def _input(self, name: str, place: str) -> str:
        """The cell of an input that a part is about, as ``input_cell`` has it, of the option in a position."""
        sheet = self._sheet
        row = sheet.settings[name] if name in sheet.settings else sheet.rows[name]
        cells = [input_cell(self._layout, self._plan, name, option) for option in self._layout.sheets]
        columns = [quoted(cell.rstrip("0123456789")) for cell in cells]
        column = f"CHOOSE({place},{','.join(columns)})" if len(set(columns)) > 1 else columns[0]
        return f'{column}&ROW({prefix(ASSUMPTIONS)}{fixed(row, 0)})&": "'

    def _first_input(self, look: str) -> dict[str, str]:
        """What the first input that a look finds wrong is: its label, its cell, and the figures of its row."""
        flag = _FLAGS.get(look)
        if flag is None:
            return {}
        place = f"MATCH(1,{self._column(flag)},0)"
        headers = {"input": "label", "base": "base", "low": "low", "high": "high", "least": "min", "most": "max"}
        told = {name: f"INDEX({self._column(header)},{place})" for name, header in headers.items()}
        base, first = letters(self._sheet.columns["base"]), letters(self._sheet.option_columns[0])
        last, row = letters(self._sheet.columns["high"]), f"MATCH(1,{self._from_the_top(flag)},0)"
        if look == "live":
            return told | {"cell": f'"{ASSUMPTIONS}!{letters(self._sheet.columns["live"])}"&{row}'}
        sound = _SOUND[look].format(**told)
        cell = f'"{ASSUMPTIONS}!"&IF({sound},"{first}"&{row}&":{last}"&{row},"{base}"&{row})'
        return told | {"cell": cell}

    def _safely(self, text: str) -> str:
        """Round away what binary fractions add, and show an error as a word."""
        digits = self._plan.template.views.roles.rounding
        return f"IFERROR({f'ROUND({text},{digits})' if digits else text},{quoted(ERROR)})"

    # --- the sheet Annual ----------------------------------------------------------------------------------

    def _years(self, option: str) -> str:
        annual, away = self._layout.annual, prefix(ANNUAL)
        column = letters(FIRST_OPTION + annual.options.index(option))
        number = f"COLUMNS(${letters(FIRST_OPTION)}$1:{column}$1)"  # shorter than the sheet's name, 40 times over
        terms = []
        for name in annual.by_option:
            if self._plan.template.lines[name].unit == "money/month":
                first, last = annual.block(name)[0], annual.block(name)[-1]
                area = f"{away}{fixed_range(first, FIRST_YEAR, last, LAST_YEAR)}"
                top = f"{away}{fixed(first, FIRST_YEAR)}"
                years = f"SUMPRODUCT((ROW({area})=ROW({top})+{number}-1)*{area})"
                total = f"INDEX({away}{fixed_range(first, TOTAL, last, TOTAL)},{number})"
                terms.append(f"ABS({years}-{total})")
        return f"MAX({','.join(terms)})"

    def _page(self) -> str:
        annual, away = self._layout.annual, prefix(ANNUAL)
        kinds = (Kind.FLOW, Kind.SUM)
        terms = []
        for one in annual.placed:
            if one.kind in kinds and one.name not in annual.closing:
                rows = annual.block(one.name)
                cells = f"{away}{fixed_range(rows[0], TOTAL, rows[-1], TOTAL)}"
                terms.append(f"ABS({away}{fixed(one.row, TOTAL)}-INDEX({cells},FT_OptionNumber))")
        return f"MAX({','.join(terms)})"

    def _convention(self, convention: str) -> str:
        """Compare a yearly convention with its measure, and its difference with that of the measures."""
        rows, compare = self._layout.annual.rows, self._layout.compare
        if f"tco_pv_{convention}" not in compare.scalars or convention not in self._layout.annual.conventions:
            return quoted(NOT_APPLICABLE)
        converted = rows["costs", convention]
        shown = f"{prefix(ANNUAL)}{fixed(converted, TOTAL)}"
        explained = f"{prefix(ANNUAL)}{fixed(converted + 1, TOTAL)}"
        monthly = f"{prefix(ANNUAL)}{fixed(rows[self._layout.annual.converted['costs'], ''], TOTAL)}"
        yearly, by_month = self._measure(f"tco_pv_{convention}"), self._measure("tco_pv")
        return f"MAX(ABS({shown}-{yearly}),ABS({monthly}-{by_month}),ABS({explained}-({yearly}-{by_month})))"

    def _measure(self, name: str) -> str:
        compare = self._layout.compare
        row = compare.scalars[name]
        return f"INDEX({prefix(COMPARE)}{fixed_range(row, FIRST_COMPARED, row, compare.last_option)},1,FT_OptionNumber)"

    # --- formulas typed over -------------------------------------------------------------------------------

    @property
    def _guarded(self) -> dict[str, str]:
        """The sheets that checks rest on besides the options', with the cells that count formulas typed over there.

        Gates rests on the checks, and so its own count is told on the Dashboard.
        """
        apart = (*self._layout.sheets.values(), GATES_SHEET)
        return {sheet: cell for sheet, cell in self._guards.items() if sheet not in apart}

    def _formulas_of(self, option: str) -> str:
        """The count of an option's sheet, which stands at the same place on all of them."""
        first = next(sheet for sheet in self._layout.sheets.values() if sheet in self._guards)
        place = self._guards[first].removeprefix(prefix(first))
        return counted(f"{prefix(self._layout.sheets[option])}{place}")

    def typed_over_sheet(self, sheets: Collection[str] = ()) -> str:
        """The first of some sheets, or of those that checks rest on, that has a formula typed over; "" for none."""
        text = quoted("")
        for sheet in reversed(tuple(sheets or self._guarded)):
            text = f"IF({counted(self._guards[sheet])}>0,{quoted(sheet)},{text})"
        return text

    # --- the engine ----------------------------------------------------------------------------------------

    def _engine(self) -> str:
        """Count the headline figures that differ from the engine's; none can where the add-in is not loaded."""
        found = engine_cells.marks(self._layout)
        count = {one: f"COUNTIF({found},{quoted(one)})" for one in (engine_cells.AGREES, engine_cells.DIFFERS)}
        differing = count[engine_cells.DIFFERS]
        return f"IF({count[engine_cells.AGREES]}+{differing}=0,{quoted(NOT_APPLICABLE)},{differing})"

    # --- the sheet Actuals ---------------------------------------------------------------------------------

    def _actuals(self) -> str:
        """What the sheet Actuals leaves unexplained; without it there is nothing to compare."""
        if self._plan.actuals is None:
            return quoted(NOT_APPLICABLE)
        return ActualsFormulas(self._plan, self._layout, self._plan.actuals.baseline.option).unexplained()

    # --- the sheet Risk ------------------------------------------------------------------------------------

    def _risk(self) -> str:
        """1 where inputs have changed since the simulation; without one there is nothing to compare."""
        old = f"IF({RISK_STATE}={quoted(STALE)},1,0)"
        return f"IF({RISK_STATE}={quoted(NOT_SIMULATED)},{quoted(NOT_APPLICABLE)},{old})"

    # --- errors --------------------------------------------------------------------------------------------

    def _errors_of(self, option: str) -> str:
        """Look for an error on an option's sheet: a sum passes every error on, and skips texts."""
        last = self._layout.option.last_row
        area = f"{prefix(self._layout.sheets[option])}{fixed_range(FIRST_ROW, VALUE, last, LAST_MONTH)}"
        return f"IF(ISERROR(SUM({area})),1,0)"

    def _errors(self) -> str:
        sheet, compare, annual = self._sheet, self._layout.compare, self._layout.annual
        areas = (
            f"{prefix(ASSUMPTIONS)}{fixed_range(sheet.header, 0, sheet.last_row, sheet.last_column)}",
            f"{prefix(COMPARE)}{fixed_range(0, 0, compare.last_row, LAST_MONTH)}",
            f"{prefix(ANNUAL)}{fixed_range(0, 0, annual.last_row, TOTAL)}",
        )
        return f"IF(ISERROR({'+'.join(f'SUM({area})' for area in areas)}),1,0)"

    # --- inputs --------------------------------------------------------------------------------------------

    def _column(self, header: str) -> str:
        """The cells of all assumptions under a header of the sheet Assumptions."""
        return self._beside(self._sheet.rows.values(), header)

    def _beside(self, rows: Collection[int], header: str) -> str:
        sheet = self._sheet
        column = sheet.outside[header] if header in sheet.outside else sheet.columns[header]
        return f"{prefix(ASSUMPTIONS)}{fixed_range(min(rows), column, max(rows), column)}"

    def _from_the_top(self, header: str) -> str:
        """The same from the sheet's first row on, so that a place among them is the row's number."""
        column = self._sheet.outside[header]
        return f"{prefix(ASSUMPTIONS)}{fixed_range(0, column, max(self._sheet.rows.values()), column)}"

    def _rows(self, first: int, last: int) -> str:
        rows = self._sheet.rows.values()
        return f"{prefix(ASSUMPTIONS)}{fixed_range(min(rows), first, max(rows), last)}"

    def _setting(self, key: str) -> str:
        return f"{prefix(ASSUMPTIONS)}{fixed(self._sheet.settings[key], self._sheet.setting_column)}"

    def _currency(self) -> str:
        is_own = f"{self._setting('currency')}={quoted(self._plan.template.list_currency)}"
        rate, day = self._setting("exchange_rate"), self._setting("exchange_rate_date")
        return f'IF({is_own},IF({rate}="",0,1),IF(AND(ISNUMBER({rate}),{rate}>0),{self._no_day(day)},1))'

    def _places(self) -> str:
        """Count keys, headers and names that stand elsewhere than they were made, and ranges that were cut short.

        Formulas of the sheets go by place or by name, the engine and the functions by key and header.
        """
        sheet, gates, away = self._sheet, self._layout.gates, prefix(GATES_SHEET)
        wanted = {(row, 0): key for key, row in sheet.settings.items()}
        typed = {(row, gates.gates.columns[GATE]): key for key, row in gates.gates.rows.items()}
        typed |= {(gates.header, gates.gates.columns[one]): one for one in GATE_HEADERS}
        for option in sheet.options:
            table, column = self._plan.template.options[option], sheet.columns[option]
            names = {sheet.header: option, HEADER_ROW: table.short, LABELS_ROW: table.label}
            wanted |= {(row, column): name for row, name in names.items()}
        here = prefix(ASSUMPTIONS)
        moved = [
            f"IF({on}{fixed(*place)}={quoted(key)},0,1)"
            for on, keys in ((here, wanted), (away, typed))
            for place, key in keys.items()
        ]
        ranges = ((INPUTS, here, INPUTS_ROW, sheet.last_row), (GATES, away, gates.header, max(gates.rows.values())))
        cut = (
            f"IF(ROWS({name})<ROW({on}{fixed(last, 0)})-ROW({on}{fixed(first, 0)})+1,1,0)"
            for name, on, first, last in ranges
        )
        return "+".join((f"SUM({self._column(OUT_OF_PLACE)})", *moved, *cut))

    @staticmethod
    def _no_day(cell: str) -> str:
        """1 where a cell holds no date from 2000 on: a year alone would be a day of 1905."""
        return f"IF(ISNUMBER({cell}),IF({cell}>={FIRST_DAY_CELL},0,1),1)"

    def _words(self) -> str:
        """Count the words of ranges that are not those of the lists; a blank takes the template's."""
        lists = (("distribution", DISTRIBUTIONS), (FAVOURABLE, ENDS))
        counts = (
            f"SUMPRODUCT({'*'.join(f'({cells}<>{quoted(word)})' for word in ('', *words))})"
            for cells, words in ((self._column(header), words) for header, words in lists)
        )
        return "+".join(counts)

    def _evidence(self) -> str:
        """Count what was typed on Gates for a number and is none, and for a day and is none from 2000 on."""
        grid, away = self._layout.gates.gates, prefix(GATES_SHEET)
        columns = {header: f"{away}{grid.column(header)}" for header in (*GATE_FIGURES, *GATE_DAYS)}
        texts = (f"COUNTA({cells})-COUNT({cells})" for cells in columns.values())
        early = (f'COUNTIF({columns[header]},"<"&{FIRST_DAY_CELL})' for header in GATE_DAYS)
        return "+".join((*texts, *early, f'IF({AS_OF}="",0,{self._no_day(AS_OF)})'))

    def _chosen(self) -> str:
        numbers = (f"IF(ISNUMBER({name}),0,1)" for name in self._layout.compare.numbers)
        case = ",".join(f"{CASE}={quoted(case)}" for case in CASES)
        return "+".join((*numbers, f"IF(OR({case}),0,1)"))


def input_cell(layout: Layout, plan: Plan, name: str, option: str) -> str:
    """The cell in which an option's value of an assumption, or a setting, is typed: "Assumptions!F45"."""
    sheet = layout.assumptions
    if name in sheet.settings:
        return f"{ASSUMPTIONS}!{address(sheet.settings[name], sheet.setting_column)}"
    is_own = plan.template.assumptions[name].table.scope == "option"
    return f"{ASSUMPTIONS}!{address(sheet.rows[name], sheet.columns[option if is_own else 'base'])}"


def worst(row: int, first: int, last: int) -> str:
    """The largest difference of a part, "error", or nothing."""
    cells = f"{address(row, first)}:{address(row, last)}"
    return f'IF(COUNTIF({cells},"{ERROR}")>0,"{ERROR}",IF(COUNT({cells})=0,"",MAX({cells})))'
