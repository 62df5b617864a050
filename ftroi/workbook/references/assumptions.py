"""The formulas that turn entries into the values in force: those of an option in a case."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ftroi.engine import NOTHING
from ftroi.language import to_excel
from ftroi.plan import Plan
from ftroi.plan.option_names import bearer_labels
from ftroi.plan.plan import HOW_OFTEN
from ftroi.plan.ranges import end_rule
from ftroi.plan.resolve import formula_tree, moving_rule, own_cost_rule
from ftroi.termsheet import Template
from ftroi.termsheet.schema import AssumptionTable
from ftroi.workbook.layout import compare as compare_layout
from ftroi.workbook.layout.assumptions import (
    BEYOND,
    HEADER_ROW,
    LABELS_ROW,
    NOT_WHOLE,
    OUT_OF_PLACE,
    REFUSED,
    TYPED_OVER,
)
from ftroi.workbook.layout.workbook import ASSUMPTIONS, Layout
from ftroi.workbook.schema import (
    CANDIDATE,
    CASE,
    FAVOURABLE,
    HIGH_THERE,
    INCUMBENT,
    LOW_THERE,
    OPTION,
    RANGE_AT,
    REFERENCE,
)
from ftroi.workbook.xlsx.addresses import fixed, fixed_range, letters, prefix, quoted

OWN_OF_OPTION_SHOWN = "own value of the option shown"

FIRST_DAY_CELL = "DATE(2000,1,1)"
"""FIRST_DAY in whichever date system the workbook has."""

NOBODY = "?"
"""What stands in place of the id of who bears an own cost, where no option has the name that was typed."""


def moved(template: Template, table: AssumptionTable, own: str, beside: Callable[[str], str]) -> str:
    """The value in force: ``own``, moved by the case where the assumption is uncertain.

    ``beside`` gives the cell of the assumption's row under a header of the sheet Assumptions.
    """
    if table.kind != "uncertain":
        return own
    headers = {"base": "base", "toward": "toward", "least": "min", "most": "max"}
    cells = {name: beside(header) for name, header in headers.items()}
    tree = formula_tree(moving_rule(template, table))
    return to_excel(tree, lambda name: own if name == "own" else cells.get(name, name), "{}({})".format)


def not_whole(cell: str) -> str:
    """The condition that a cell holds something else than a whole number; an empty one holds nothing."""
    return f'IF(ISNUMBER({cell}),{cell}<>INT({cell}),{cell}<>"")'


class AssumptionFormulas:
    """The formulas of the sheet Assumptions and of the own costs by month, without a leading ``=``."""

    def __init__(self, plan: Plan, layout: Layout) -> None:
        """Print for the cells of ``layout``."""
        self._template = plan.template
        self._layout = layout
        self._sheet = layout.assumptions

    def live(self, name: str) -> str:
        """The value in force for the option and the case that are shown."""
        table = self._template.assumptions[name].table
        own = OWN_OF_OPTION_SHOWN if table.scope == "option" else "base"
        return moved(self._template, table, self._cell(name, own), lambda header: self._cell(name, header))

    def beside(self, name: str) -> dict[str, str]:
        """The formulas right of FT_Inputs by header; only what the assumption has."""
        table = self._template.assumptions[name].table
        formulas = {OWN_OF_OPTION_SHOWN: self._own(name)} if table.scope == "option" else {}
        if table.kind == "uncertain":
            good, bad = ("low", "high") if table.favourable == "low" else ("high", "low")
            formulas["favourable end"] = self._end_by_word(name, good, bad)
            formulas["unfavourable end"] = self._end_by_word(name, bad, good)
            formulas["toward"] = self._toward(name)
            base, low, high = (self._cell(name, header) for header in ("base", "low", "high"))
            beyond = f'OR(AND({low}<>"",{low}>{base}),AND({high}<>"",{high}<{base}))'
            formulas[BEYOND] = f"IFERROR(IF({beyond},1,0),0)"
        if table.whole:
            formulas[NOT_WHOLE] = self._not_whole(name)
        typed_over = f"IF(_xlfn.ISFORMULA({self._cell(name, 'live')}),0,1)"
        flags = {TYPED_OVER: typed_over, OUT_OF_PLACE: self._out_of_place(name), REFUSED: self._refused(name)}
        return formulas | flags

    def _out_of_place(self, name: str) -> str:
        """1 where the row's key is another, or the assumption's name points elsewhere than at its value in force."""
        live = self._cell(name, "live")
        key = f"${letters(0)}{self._sheet.rows[name] + 1}"
        place = ",".join(f"{what}({name})={what}({live})" for what in ("ROW", "COLUMN"))
        return f"IF(AND({key}={quoted(name)},{place}),0,1)"

    def _refused(self, name: str) -> str:
        """1 where the base, an option's own figure, low or high is no number, or outside what is allowed."""
        row, columns = self._sheet.rows[name] + 1, self._sheet.columns
        first, last = self._sheet.option_columns
        areas = {f"${letters(one)}{row}:${letters(other)}{row}"
                 for one, other in ((first, last), (columns["low"], columns["high"]))}  # fmt: skip
        base, least, most = (self._cell(name, header) for header in ("base", "min", "max"))
        table = self._template.assumptions[name].table
        wrong = [*(f"COUNT({one})<>COUNTA({one})" for one in sorted(areas))]
        if table.kind == "uncertain":
            wrong.append(f"NOT(AND(ISNUMBER({self._cell(name, 'low')}),ISNUMBER({self._cell(name, 'high')})))")
        if table.range:
            wrong += [f"{base}<{least}", f"{base}>{most}"]
            wrong += [f"AND(COUNT({area})>0,OR(MIN({area})<{least},MAX({area})>{most}))" for area in sorted(areas)]
        return f"IF(ISNUMBER({base}),IFERROR(IF(OR({','.join(wrong)}),1,0),1),1)"

    def _not_whole(self, name: str) -> str:
        """1 where the base or an option's own figure is not whole; not every program makes a range whole."""
        row = self._sheet.rows[name] + 1
        columns = (self._sheet.columns["base"], *(self._sheet.columns[option] for option in self._sheet.options))
        return f"IF(OR({','.join(not_whole(f'${letters(column)}{row}') for column in columns)}),1,0)"

    def _own(self, name: str) -> str:
        row = self._sheet.rows[name]
        first, last = self._sheet.option_columns
        own = f"INDEX(${letters(first)}{row + 1}:${letters(last)}{row + 1},1,FT_OptionNumber)"
        return f'IF({own}="",{self._cell(name, "base")},{own})'

    def travelling(self, name: str) -> dict[str, str]:
        """The formulas of low and high, which follow the base until somebody types over them; none without a range."""
        table = self._template.assumptions[name].table
        if table.kind != "uncertain":
            return {}

        def formula(which: str, there: str) -> str:
            headers = {"base": "base", "at": RANGE_AT, "end": there, "least": "min", "most": "max"}
            tree = formula_tree(end_rule(table, which))
            return to_excel(tree, lambda one: self._cell(name, headers[one]), "{}({})".format)

        return {which: formula(which, there) for which, there in (("low", LOW_THERE), ("high", HIGH_THERE))}

    def _end(self, name: str, header: str) -> str:
        """An end of the range, no further than the base; where it is left blank, the base."""
        end, base = self._cell(name, header), self._cell(name, "base")
        return f'IF({end}="",{base},{"MIN" if header == "low" else "MAX"}({end},{base}))'

    def _end_by_word(self, name: str, stated: str, other: str) -> str:
        """An end of the range: the one that the template states, unless the row's word for the good one is another."""
        turned = "high" if self._template.assumptions[name].table.favourable == "low" else "low"
        return f"IF({self._cell(name, FAVOURABLE)}={quoted(turned)},{self._end(name, other)},{self._end(name, stated)})"

    def _toward(self, name: str) -> str:
        base, good, bad = (self._cell(name, header) for header in ("base", "favourable end", "unfavourable end"))
        return f'IF({CASE}="base",{base},IF({CASE}="optimistic",{good},{bad}))'

    def _cell(self, name: str, header: str) -> str:
        sheet = self._sheet
        column = sheet.outside[header] if header in sheet.outside else sheet.columns[header]
        return f"${letters(column)}{sheet.rows[name] + 1}"

    def numbers(self) -> dict[str, str]:
        """The positions of the options that play a part, by the workbook's names for them."""
        chosen = (OPTION, REFERENCE, CANDIDATE, quoted(NOTHING), INCUMBENT)
        return {name: self._position(part) for name, part in zip(compare_layout.NUMBERS, chosen, strict=True)}

    def _position(self, chosen: str) -> str:
        """The position of the option that a cell names by its id or one of its labels; #N/A for none, and for two.

        MATCH would take the signs ``*`` and ``?`` for any text.
        """
        ids = self._of_options(self._sheet.header)
        named = "+".join(f"({self._of_options(row)}={chosen})" for row in (self._sheet.header, HEADER_ROW, LABELS_ROW))
        first = f"{prefix(ASSUMPTIONS)}{fixed(self._sheet.header, self._sheet.option_columns[0])}"
        place = f"SUMPRODUCT((({named})>0)*(COLUMN({ids})-COLUMN({first})+1))"
        return f"IF(SUMPRODUCT(1*(({named})>0))=1,{place},NA())"

    def _of_options(self, row: int) -> str:
        first, last = self._sheet.option_columns
        return f"{prefix(ASSUMPTIONS)}{fixed_range(row, first, row, last)}"

    def exchange_factor(self) -> str:
        """What the template's prices are multiplied by: the rate, or 1 in its own currency and without a rate."""
        currency, rate = (
            fixed(self._sheet.settings[one], self._sheet.setting_column) for one in ("currency", "exchange_rate")
        )
        own = f"{currency}={quoted(self._template.list_currency)}"
        return f"IF({own},1,IF(ISNUMBER({rate}),IF({rate}>0,{rate},1),1))"

    def id_of(self, number: str) -> str:
        """The id of the option at a position; "" for none."""
        return f'IFERROR(INDEX({self._of_options(self._sheet.header)},1,{number}),"")'

    def bearer(self, row: int) -> str:
        """The id of who bears the own cost of a row, whichever of the names for it was typed; "?" for nobody."""
        typed = f"${letters(self._sheet.own_columns['option'])}{row + 1}"
        text = f"IFERROR(INDEX({self._of_options(self._sheet.header)},1,{self._position(typed)}),{quoted(NOBODY)})"
        for bearer, label in bearer_labels(self._template).items():
            text = f"IF(OR({typed}={quoted(bearer)},{typed}={quoted(label)}),{quoted(bearer)},{text})"
        return f'IF({typed}="","",{text})'

    def own_cost_cell(self, slot: int, header: str) -> str:
        """A cell of an own cost, for formulas on other sheets; of the option the one with its id."""
        row, columns = self._sheet.own_costs[slot], self._sheet.own_columns
        column = self._sheet.bearer_column if header == "option" else columns[header]
        return f"{prefix(ASSUMPTIONS)}{fixed(row, column)}"

    def own_cost_figure(self, slot: int, header: str) -> str:
        """What an own cost's amounts are made of: a typed figure, or how many months from one payment to the next."""
        often = self.own_cost_cell(slot, "how_often")
        cell = self.own_cost_cell(slot, header if header != "every" else "how_often")
        if header == "every":
            once, yearly = (quoted(one) for one in ("once", "yearly"))
            return f"IF({cell}={once},{HOW_OFTEN['once']},IF({cell}={yearly},{HOW_OFTEN['yearly']},1))"
        first = self.own_cost_cell(slot, "first_month")
        return f'IF({often}="once",{first},{cell})' if header == "last_month" else cell

    def own_cost(self, row: int, columns: Mapping[str, int], month_row: int) -> str:
        """An own cost in a month, whose number stands in ``month_row``; ``{c}`` is the column.

        What it is made of stands in its own row, in ``columns`` by header, so that a row shares one formula.
        """

        def name(one: str) -> str:
            if one == "month":
                return f"{{c}}${month_row + 1}"
            return f"${letters(columns[one])}{row + 1}" if one in columns else one

        text = to_excel(formula_tree(own_cost_rule(self._template)), name, "{}({})".format)
        return f'IF({name("label")}="",0,{text})'
