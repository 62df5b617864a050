"""Writing the verdict on top of the Dashboard: its kind and case, its sentence in large type, its reasons."""

from __future__ import annotations

from functools import cached_property

from ftroi.workbook.context import Book, link_to
from ftroi.workbook.layout import gates as at
from ftroi.workbook.layout.dashboard import (
    BAR_COLUMNS,
    CONDITION_ROW,
    HEAD_ROW,
    LABEL,
    LINE_ROWS,
    REASON_ROWS,
    SHOWN,
)
from ftroi.workbook.layout.workbook import CHECKS_SHEET, DASHBOARD
from ftroi.workbook.schema import GATES_SHEET, VERDICT, VERDICT_CODE
from ftroi.workbook.sheets.checks.formulas import CheckFormulas
from ftroi.workbook.sheets.dashboard.line_breaks import ROOM, ROOM_BELOW, line_formulas, lines_of
from ftroi.workbook.sheets.gates.verdict_formulas import VerdictFormulas
from ftroi.workbook.sheets.guard import counted
from ftroi.workbook.xlsx.addresses import address, fixed, prefix, quoted
from ftroi.workbook.xlsx.styles import mark

GUARDED = (GATES_SHEET, CHECKS_SHEET, DASHBOARD)
"""The sheets that rest on the checks: where a formula of theirs was typed over no check can tell of it."""


def write_verdict(book: Book) -> None:
    """Write the verdict with the workbook's names for its sentence and its code."""
    _Bar(book).write()


class _Bar:
    """The bar in the making."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._cells = book.sheet(DASHBOARD)
        self._style = book.styles.of
        self._formulas = VerdictFormulas(book.plan, book.layout, prefix(GATES_SHEET))
        self._rows = book.layout.dashboard.verdict
        self._verdict = book.cached.verdict

    def write(self) -> None:
        self._in_full()
        self._bar()
        self._colour()
        self._reasons()

    def _in_full(self) -> None:
        """Write the whole sentence and the code below the first page; the bar reads them there."""
        verdict = self._verdict
        labels = {
            "sentence": "Verdict",
            "code": "Code",
            "room": "Characters in the bar's first line",
            "room below": "Characters in its second line",
        }
        first = min(self._rows.values())
        self._cells.write_string(first - 2, LABEL, "The verdict in full", self._style("block"))
        for key, label in labels.items():
            self._cells.write_string(self._rows[key], LABEL, label, self._style("text"))
        sentence, code = ((self._rows[key], SHOWN) for key in ("sentence", "code"))
        for cell, column, value in ((sentence, at.SENTENCE, verdict.sentence), (code, at.CODE, verdict.code)):
            formula = self._unless_typed_over(self._formulas.verdict(column), self._no_verdict[column])
            self._cells.write_formula(*cell, formula, self._style("link"), value)
        for key, room in (("room", ROOM), ("room below", ROOM_BELOW)):
            self._cells.write_number(self._rows[key], SHOWN, room, self._style("grey left"))
        self._book.name_cell(VERDICT, DASHBOARD, *sentence, "The verdict in one sentence")
        self._book.name_cell(VERDICT_CODE, DASHBOARD, *code, "The verdict in one word")

    def _unless_typed_over(self, formula: str, otherwise: str) -> str:
        """A formula of the bar, or what it says where a formula that rests on the checks themselves was typed over."""
        counts = (counted(self._book.guards[sheet]) for sheet in GUARDED)
        return f"IF({'+'.join(counts)}=0,{formula},{otherwise})"

    @cached_property
    def _no_verdict(self) -> dict[int, str]:
        """What the bar says then, by the column of Gates that it is otherwise read from."""
        clause = self._book.plan.template.how_to_decide.clauses[0]
        checks = self._book.plan.template.what_is_checked.parts.values()
        part = next(check for check in checks if check.table.look == "formulas")
        formulas = CheckFormulas(self._book.plan, self._book.layout, self._book.guards)
        reason = formulas.reason(part, formulas.typed_over_sheet(GUARDED), "")
        sentence = f'{quoted(f"{clause.word}: ")}&{reason}&"."'
        return {at.SENTENCE: sentence, at.CODE: quoted(clause.code), at.WORD: quoted(clause.word.upper())}

    def _bar(self) -> None:
        """Write the bar's head and the lines of the sentence; they run on over its empty cells."""
        first, last = BAR_COLUMNS
        roles = ("verdict head", "verdict", "verdict below", "verdict small")
        for row, role in zip((HEAD_ROW, *LINE_ROWS), roles, strict=True):
            for column in range(first + 1, last + 1):
                self._cells.write_blank(row, column, None, self._style(role))
        head = self._unless_typed_over(self._formulas.head(), self._no_verdict[at.WORD])
        self._cells.write_formula(HEAD_ROW, first, head, self._style(roles[0]), self._verdict.head)
        sentence, *rooms = (fixed(self._rows[key], SHOWN) for key in ("sentence", "room", "room below"))
        formulas = line_formulas(
            sentence, (rooms[0], rooms[1]), (fixed(LINE_ROWS[0], first), fixed(LINE_ROWS[1], first))
        )
        lines = zip(LINE_ROWS, formulas, roles[1:], lines_of(self._verdict.sentence), strict=True)
        for row, formula, role, text in lines:
            self._cells.write_formula(row, first, formula, self._style(role), text)

    def _colour(self) -> None:
        first, last = BAR_COLUMNS
        code = fixed(self._rows["code"], SHOWN)
        for name, (colour, ink) in self._book.styles.verdict.items():
            look = mark(ink, colour)
            self._cells.conditional_format(HEAD_ROW, first, LINE_ROWS[-1], last, f'{code}="{name}"', look)

    def _reasons(self) -> None:
        gates, place = self._book.layout.gates, prefix(GATES_SHEET)
        reasons = zip(gates.reasons.values(), self._verdict.by_name.values(), strict=True)
        for row, (source, value) in zip(REASON_ROWS, reasons, strict=False):
            cell = f"{place}{fixed(source, at.IN_WORDS)}"
            formula = f'IF({cell}="","","•  "&{cell})'
            self._cells.write_formula(row, LABEL, formula, self._style("indented"), f"•  {value}" if value else "")
            target = link_to(GATES_SHEET, address(source, 0))
            self._cells.add_link(row, LABEL, target, "Where the reason comes from, on Gates")
        told = self._formulas.conditions_told()
        self._cells.write_formula(CONDITION_ROW, LABEL, told, self._style("grey unit"), self._verdict.conditions_told)
