"""Writing the block of own costs on the sheet Assumptions, and the lists that its cells choose from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from ftroi.plan import OwnCost
from ftroi.plan.option_names import bearer_label, bearer_labels
from ftroi.plan.plan import HOW_OFTEN
from ftroi.workbook.context import Book
from ftroi.workbook.layout.assumptions import CHOICE_HEADERS, NOT_WHOLE
from ftroi.workbook.layout.workbook import ASSUMPTIONS
from ftroi.workbook.references.assumptions import NOBODY, AssumptionFormulas, not_whole
from ftroi.workbook.schema import OWN_COST_HEADERS
from ftroi.workbook.xlsx import validation
from ftroi.workbook.xlsx.addresses import fixed_range, letters, quoted

NATURES = ("cash", "economic")
_NUMBERS = ("first_month", "last_month", "amount", "growth")
_MOST_MONEY = 1e12
_FURTHEST_MONTH = 1200
_MOST_GROWTH = 10.0


class OwnCostBlock:
    """The block in the making."""

    def __init__(self, book: Book) -> None:
        """Write into the sheet of ``book``."""
        self._book, self._plan = book, book.plan
        self._layout = book.layout.assumptions
        self._cells = book.sheet(ASSUMPTIONS)
        self._style = book.styles.of

    def write(self) -> None:
        """Write the block, its validation, and the lists that it chooses from."""
        columns = self._layout.own_columns
        for header in OWN_COST_HEADERS:
            role = "heading right" if header in _NUMBERS else "heading"
            self._cells.write_string(self._layout.own_header, columns[header], header, self._style(role))
        costs = (*self._plan.own_costs, *([None] * len(self._layout.own_costs)))
        for slot, (row, cost) in enumerate(zip(self._layout.own_costs, costs, strict=False), start=1):
            self._cells.write_number(row, 0, slot, self._style("grey"))
            self._own_cost(row, cost)
        self._faults()
        self._validate()
        self._choices()

    def _own_cost(self, row: int, cost: OwnCost | None) -> None:
        for header in OWN_COST_HEADERS[1:]:
            number = {"amount": "input price", "growth": "input percent"}.get(header, "general")
            value = None if cost is None else getattr(cost, header)
            value = bearer_label(self._plan.template, cost.option) if cost and header == "option" else value
            cell, style = (row, self._layout.own_columns[header]), self._style("input", number)
            if value is None:
                self._cells.write_blank(*cell, None, style)
            elif isinstance(value, str):
                self._cells.write_string(*cell, value, style)
            else:
                self._cells.write_number(*cell, value, style)

    def _faults(self) -> None:
        """Write beside each own cost whether it is wrong, which Checks adds up."""
        column, style = self._layout.outside[NOT_WHOLE], self._style("grey number")
        bearer, formulas = self._layout.bearer_column, AssumptionFormulas(self._plan, self._book.layout)
        self._cells.write_string(self._layout.own_header, column, "wrong", self._style("grey"))
        self._cells.write_string(self._layout.own_header, bearer, "id of the option", self._style("grey"))
        for slot, row in enumerate(self._layout.own_costs):
            borne_by = self._plan.own_costs[slot].option if slot < len(self._plan.own_costs) else ""
            self._cells.write_formula(row, bearer, formulas.bearer(row), self._style("grey"), borne_by)
            self._cells.write_formula(row, column, self._is_wrong(row), style, 0.0)

    def _is_wrong(self, row: int) -> str:
        """1 where something is missing, unknown, reversed or not whole, or the label is taken; else 0."""
        cells = {name: f"${letters(column)}{row + 1}" for name, column in self._layout.own_columns.items()}
        label, first, last, growth = (cells[one] for one in ("label", "first_month", "last_month", "growth"))
        labels = fixed_range(self._layout.own_costs[0], self._layout.own_columns["label"],
                             self._layout.own_costs[-1], self._layout.own_columns["label"])  # fmt: skip
        lists = zip(("category", "nature"), CHOICE_HEADERS[1:], strict=False)
        once = f'{cells["how_often"]}="once"'
        wrong = (
            f'{label}=""',
            *(f"NOT(ISNUMBER({cells[header]}))" for header in ("first_month", "amount")),
            f'NOT(OR(ISNUMBER({last}),AND({once},{last}="")))',
            f'AND({cells["how_often"]}<>"",COUNTIF({self._choice("how often")},{cells["how_often"]})=0)',
            *(not_whole(cell) for cell in (first, last)),
            f'AND({first}>{last},{last}<>"")',
            *self._wrong_months(cells),
            f'IF(ISNUMBER({growth}),1+{growth}<=0,{growth}<>"")',
            f"COUNTIF({labels},{_as_it_is(label)})>1",
            f"{letters(self._layout.bearer_column)}{row + 1}={quoted(NOBODY)}",
            f'{cells["option"]}=""',
            *(f"COUNTIF({self._choice(choices)},{cells[header]})=0" for header, choices in lists),
        )
        empty = ",".join(f'{cells[header]}=""' for header in OWN_COST_HEADERS[1:])
        return f"IF(AND({empty}),0,IF(OR({','.join(wrong)}),1,0))"

    def _wrong_months(self, cells: Mapping[str, str]) -> tuple[str, ...]:
        """What no cost may have: month 0, but that of the category of the day of the decision, which is cash."""
        first, last, at_decision = cells["first_month"], cells["last_month"], self._plan.template.at_decision
        if not at_decision:
            return (f"{first}<1",)
        is_then = f"{cells['category']}={quoted(at_decision)}"
        outlay = f'OR({first}<>0,{last}<>0,{cells["nature"]}<>"cash")'
        return (f"IF({is_then},{outlay},{first}<1)",)

    def _validate(self) -> None:
        rows, columns = self._layout.own_costs, self._layout.own_columns
        earliest = 0 if self._plan.template.at_decision else 1
        months = f"A whole month from {earliest} on; costs beyond the horizon count as 0."
        if not earliest:
            months += " 0 is the day of the decision, for its own category alone."
        money = "Money of one payment, in the plan's currency; negative for a rebate."
        rules = {
            "option": validation.one_of(
                self._choice("options"), "Option", "Choose from the list, or type a label or an id."
            ),
            "category": validation.one_of(self._choice("categories"), "Category", "A cost category of the template."),
            "nature": validation.one_of(self._choice("natures"), "Nature", "cash, or economic (no payment)."),
            "first_month": validation.between(earliest, _FURTHEST_MONTH, "First month", months, whole=True),
            "last_month": validation.between(earliest, _FURTHEST_MONTH, "Last month", months, whole=True),
            "amount": validation.between(-_MOST_MONEY, _MOST_MONEY, "Amount", money),
            "how_often": validation.one_of(
                self._choice("how often"),
                "How often",
                "once (in the first month), monthly, or yearly from the first month.",
            ),
            "growth": validation.between(-0.99, _MOST_GROWTH, "Growth", "A fraction a year: 0.03 or 3%."),
        }
        for header, rule in rules.items():
            self._cells.data_validation(rows[0], columns[header], rows[-1], columns[header], rule)

    def _choices(self) -> None:
        """Write the lists that own costs choose from."""
        for (header, column), choices in zip(self._choice_columns.items(), self._choice_lists(), strict=True):
            self._cells.write_string(self._layout.own_header, column, header, self._style("grey"))
            for place, choice in enumerate(choices):
                self._cells.write_string(self._layout.own_costs[0] + place, column, choice, self._style("grey"))

    @cached_property
    def _choice_columns(self) -> dict[str, int]:
        beside = self._layout.outside["source"]
        return {header: beside + place for place, header in enumerate(CHOICE_HEADERS)}

    def _choice_lists(self) -> Iterator[tuple[str, ...]]:
        labels = bearer_labels(self._plan.template).values()
        yield (*labels, *(self._plan.template.options[option].short for option in self._layout.options))
        yield self._plan.template.cost_categories
        yield NATURES
        yield tuple(HOW_OFTEN)

    def _choice(self, header: str) -> str:
        """The cells of one of the lists."""
        place = CHOICE_HEADERS.index(header)
        length = len(list(self._choice_lists())[place])
        first, column = self._layout.own_costs[0], self._choice_columns[header]
        return fixed_range(first, column, first + length - 1, column)


def _as_it_is(text: str) -> str:
    """A criterion that a text alone fulfils, whatever signs with a meaning of their own it holds."""
    for sign in "~*?":
        text = f"SUBSTITUTE({text},{quoted(sign)},{quoted('~' + sign)})"
    return f'"="&{text}'
