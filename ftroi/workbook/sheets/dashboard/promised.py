"""Writing what was promised and what was delivered, on the Dashboard of a workbook with an approved plan or bills."""

from __future__ import annotations

from typing import NamedTuple

from ftroi.actuals.tracking import CHOICES
from ftroi.analysis.risk.freshness import digest_of
from ftroi.plan.billed import Actuals
from ftroi.workbook.context import Book, link_to
from ftroi.workbook.layout.actuals import BILLED, FORECAST, TO_DATE, WHOLE, ActualsLayout
from ftroi.workbook.layout.dashboard import LABEL, SHOWN, SOURCE
from ftroi.workbook.layout.workbook import DASHBOARD
from ftroi.workbook.references.compare import of_option
from ftroi.workbook.schema import ACTUALS_SHEET
from ftroi.workbook.sheets.actuals.figures import Figures
from ftroi.workbook.sheets.actuals.formulas import AGAIN, APPROVED, CHANGED, NOT_APPROVED
from ftroi.workbook.sheets.dashboard.tables import write_head
from ftroi.workbook.xlsx.addresses import address, fixed, prefix, quoted

PROMISED, DELIVERED, DIFFERENCE = SHOWN, SHOWN + 2, SHOWN + 4
"""The columns of the figures."""

_HEADERS = {LABEL: "", PROMISED: "Promised", DELIVERED: "Delivered", DIFFERENCE: "Difference", SOURCE: "From"}
_LABELS = {
    "approval": "The plan",
    "cost": "TCO: as frozen; billed to date and forecast",
    "to_date": "To date, in categories with bills",
    "value": "Value: as frozen; as the plan stands",
    "gain": "Net present value: as frozen; as the plan stands",
    "decision": "From here on, by later flows alone",
}


class _Pair(NamedTuple):
    """What was promised and what was delivered: formulas, and their figures."""

    promised: str
    delivered: str
    was: float
    now: float


def write_promised(book: Book) -> None:
    """Write the block, where the plan was frozen."""
    if book.plan.actuals is not None:
        _Promised(book, book.plan.actuals).write()


class _Promised:
    """The block in the making."""

    def __init__(self, book: Book, actuals: Actuals) -> None:
        self._book, self._actuals = book, actuals
        self._rows = book.layout.dashboard.promised
        self._at = book.layout.of(ActualsLayout)
        self._figures = Figures(book.plan, actuals, book.cached.results)
        self._cells, self._style = book.sheet(DASHBOARD), book.styles.of

    def write(self) -> None:
        write_head(self._book, self._rows["approval"], "Promised and delivered", _HEADERS)
        for key, row in self._rows.items():
            self._cells.write_string(row, LABEL, _LABELS[key], self._style("text"))
            target = address(self._at.completion["state"], 1)
            link = self._style("jump indented")
            self._cells.write_url(row, SOURCE, link_to(ACTUALS_SHEET, target), link, ACTUALS_SHEET)
        self._text("approval", self._approval(), self._state())
        self._text("decision", self._cell(self._at.completion["decision"]), self._decision())
        for key, pair in self._pairs().items():
            self._pair(self._rows[key], pair)

    def _text(self, key: str, formula: str, value: str) -> None:
        self._cells.write_formula(self._rows[key], PROMISED, formula, self._style("text"), value)

    def _pair(self, row: int, pair: _Pair) -> None:
        difference = f"{fixed(row, DELIVERED)}-{fixed(row, PROMISED)}"
        figures = (
            (PROMISED, pair.promised, pair.was),
            (DELIVERED, pair.delivered, pair.now),
            (DIFFERENCE, difference, pair.now - pair.was),
        )
        for column, formula, value in figures:
            self._cells.write_formula(row, column, formula, self._style("headline", "whole"), value)

    # --- who approved, and whether it holds ------------------------------------------------------------------

    def _approval(self) -> str:
        """Who froze the plan, when, and whether the inputs are those of then."""
        day = f'TEXT({self._cell(self._at.head["approved_on"])},"yyyy-mm-dd")'
        by = self._cell(self._at.head["approved_by"])
        who = f'IF({by}="",{quoted("Frozen on ")}&{day},{by}&", "&{day})'
        return f'{who}&". "&{self._cell(self._at.completion["state"])}'

    def _state(self) -> str:
        baseline = self._actuals.baseline
        is_same = baseline.digest == digest_of(self._book.plan)
        state = NOT_APPROVED if not baseline.by else APPROVED if is_same else CHANGED
        who = f"{baseline.by}, {baseline.day}" if baseline.by else f"Frozen on {baseline.day}"
        return f"{who}. {state}"

    def _decision(self) -> str:
        later = self._figures.later
        return CHOICES[later.best] if later else AGAIN

    # --- figures ---------------------------------------------------------------------------------------------

    def _cell(self, row: int, column: int = 2) -> str:
        return f"{prefix(ACTUALS_SHEET)}{fixed(row, column)}"

    def _pairs(self) -> dict[str, _Pair]:
        """What is compared; a measure that the frozen plan did not keep is left out."""
        figures, together = self._figures, self._at.together
        names = figures.plan.template.cost_categories
        pairs = {
            "cost": _Pair(
                self._cell(together, WHOLE), self._cell(together, FORECAST),
                float(sum(figures.frozen(name).sum() for name in names)), sum(map(figures.forecast, names)),
            ),
            "to_date": _Pair(
                self._cell(together, TO_DATE), self._cell(together, BILLED),
                sum(map(figures.frozen_to_date, names)), sum(map(figures.billed, names)),
            ),
        }  # fmt: skip
        roles = self._book.plan.template.views.roles
        for part, was in self._actuals.baseline.promised.items():
            name = getattr(roles, part)
            if name:
                row = self._book.layout.compare.scalars[name]
                number = self._number()
                now = float(self._book.cached.number(name, figures.option))
                pairs[part] = _Pair(
                    self._cell(self._at.head[part]), of_option(self._book.layout, row, number), was, now
                )
        return pairs

    def _number(self) -> str:
        """The position of the option that is compared."""
        return str(self._book.plan.settings.options.index(self._figures.option) + 1)
