"""Writing what stands right of the verdict: project, selectors, horizon, date, and the marks of checks and engine."""

from __future__ import annotations

from ftroi.plan import CASES
from ftroi.termsheet import serial
from ftroi.workbook.context import REMARK, Book, link_to
from ftroi.workbook.layout.assumptions import HEADER_ROW
from ftroi.workbook.layout.checks import COUNTS, REMARK_ROW, WHERE, WORST
from ftroi.workbook.layout.dashboard import (
    LABEL,
    PANEL,
    PANEL_LABEL,
    PANEL_MARK,
    PANEL_VALUE,
    SCREEN_END,
    TITLE_ROW,
)
from ftroi.workbook.layout.workbook import ASSUMPTIONS, CHECKS_SHEET, DASHBOARD
from ftroi.workbook.references.engine import AGREES, DIFFERS, marks
from ftroi.workbook.schema import CASE, CHECKS_FAILED, CHECKS_PASSED, OPTION
from ftroi.workbook.xlsx import validation
from ftroi.workbook.xlsx.addresses import fixed, fixed_range, prefix, quoted

_LABELS = {
    "option": "Option shown", "case": "Case shown", "horizon": "Horizon", "start": "Start", "checks": "Checks",
    "engine": "Engine",
}  # fmt: skip


_CHOOSE, _OTHER = "◂ choose", "≠ proposed"
"""What stands beside the option shown: whether it is the one that the verdict is about."""
_REMARK = "! "
_LONGEST = 95
"""Characters of the title's type that fit the page's width."""


def write_panel(book: Book) -> None:
    """Write the panel, with the workbook's names for the two selectors and how many checks are in each state."""
    _Panel(book).write()


class _Panel:
    """The panel in the making."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._counts = book.checks
        self._settings = book.plan.settings
        self._cells = book.sheet(DASHBOARD)
        self._style = book.styles.of

    def write(self) -> None:
        self._title()
        for key, label in _LABELS.items():
            self._cells.write_string(PANEL[key], PANEL_LABEL, label, self._style("panel label"))
        self._selectors()
        self._facts()
        self._checks()
        self._engine()
        self._remark()

    def _title(self) -> None:
        """Write the project's name over the whole width, cut where even that is too little."""
        name, template = self._settings.project, self._book.plan.template
        shown = name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1]}…"
        self._cells.write_string(TITLE_ROW, LABEL, shown, self._style("title"))
        hint = f"{template.label}. Template {template.id} {template.version}."
        self._cells.write_string(SCREEN_END + 1, LABEL, hint, self._style("hint"))

    def _selectors(self) -> None:
        first, last = self._book.layout.assumptions.option_columns
        labels = f"{prefix(ASSUMPTIONS)}{fixed_range(HEADER_ROW, first, HEADER_ROW, last)}"
        shown = {"option": self._book.plan.template.options[self._settings.option].short, "case": self._settings.case}
        rules = {
            "option": validation.one_of(labels, _LABELS["option"], "Choose from the list, or type a label or an id."),
            "case": validation.one_of(list(CASES), _LABELS["case"], f"One of {', '.join(CASES)}."),
        }
        for key, name in (("option", OPTION), ("case", CASE)):
            cell = (PANEL[key], PANEL_VALUE)
            self._cells.write_string(*cell, shown[key], self._style("chosen"))
            self._cells.data_validation(*cell, *cell, rules[key])
            self._book.name_cell(name, DASHBOARD, *cell, _LABELS[key])
        self._cells.write_string(PANEL["case"], PANEL_MARK, _CHOOSE, self._style("panel mark"))
        is_candidate = self._settings.option == self._settings.candidate
        told = f'IF(FT_OptionNumber=FT_CandidateNumber,"{_CHOOSE}","{_OTHER}")'
        value = _CHOOSE if is_candidate else _OTHER
        self._cells.write_formula(PANEL["option"], PANEL_MARK, told, self._style("panel mark"), value)

    def _facts(self) -> None:
        facts = {
            "horizon": (self._book.plan.template.views.roles.horizon, "whole months in words", self._book.plan.horizon),
            "start": ("start_date", "date", serial(self._settings.start)),
        }
        for key, (formula, number, value) in facts.items():
            self._cells.write_formula(PANEL[key], PANEL_VALUE, formula, self._style("panel value", number), value)

    def _checks(self) -> None:
        """Write how many checks pass of those that can be judged; the others are counted apart."""
        place = prefix(CHECKS_SHEET)
        edited, absent = (f"{place}{fixed(COUNTS[one], WORST)}" for one in ("edited", "not applicable"))
        judged = f"{CHECKS_PASSED}+{CHECKS_FAILED}+{edited}"
        formula = (
            f'IF({CHECKS_FAILED}>0,"✗ ","✓ ")&{CHECKS_PASSED}&" of "&({judged})&", "&{absent}&" n.a."'
            f'&IF({edited}>0,", "&{edited}&" edited","")'
        )
        counts = self._counts
        of = sum(counts[state] for state in ("pass", "fail", "edited"))
        value = f"{'✗' if counts['fail'] else '✓'} {counts['pass']} of {of}, {counts['not applicable']} n.a."
        value += f", {counts['edited']} edited" if counts["edited"] else ""
        self._cells.write_formula(PANEL["checks"], PANEL_VALUE, formula, self._style("panel value"), value)
        self._cells.write_url(
            PANEL["checks"], PANEL_MARK, link_to(CHECKS_SHEET), self._style("panel link"), f"{CHECKS_SHEET} ›"
        )

    def _remark(self) -> None:
        """Write what the first remark of the checks is about, with its cell."""
        remark = f"{prefix(CHECKS_SHEET)}{fixed(REMARK_ROW, WHERE)}"
        told = f'IF({remark}="","",{quoted(_REMARK)}&{remark})'
        value = self._book.told.get(REMARK, "")
        style = self._style("small")
        self._cells.write_formula(PANEL["remark"], PANEL_LABEL, told, style, f"{_REMARK}{value}" if value else "")

    def _engine(self) -> None:
        found = marks(self._book.layout)
        agrees = f'IF(COUNTIF({found},"{AGREES}")>0,"✓ agrees","– add-in not loaded")'
        formula = f'IF(COUNTIF({found},"{DIFFERS}")>0,"✗ differs",{agrees})'
        value = "– add-in not loaded"
        self._cells.write_formula(PANEL["engine"], PANEL_VALUE, formula, self._style("panel value"), value)
