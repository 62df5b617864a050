"""Writing the sheet Start: the verdict on top, the questions below it, each with today's answer and a link to its cell.

Nothing is typed here: an input has one place, and that is Assumptions.
"""

from __future__ import annotations

from typing import Any

from ftroi.analysis.approval import void_approval
from ftroi.termsheet import preset_values, serial
from ftroi.termsheet.questions import QuestionTable
from ftroi.workbook.context import Book, link_to
from ftroi.workbook.layout import gates as at
from ftroi.workbook.layout.actuals import ActualsLayout
from ftroi.workbook.layout.dashboard import BAR_COLUMNS, LINE_ROWS
from ftroi.workbook.layout.dashboard import HEAD_ROW as DASHBOARD_HEAD
from ftroi.workbook.layout.start import (
    ANSWER,
    CAME,
    HEAD_ROW,
    HEADER_ROW,
    HINT_ROW,
    LINK,
    LINKS_ROW,
    NOTE,
    QUESTION,
    REASON_ROW,
    SENTENCE_ROW,
    TICK,
    TITLE_ROW,
    UNIT,
    StartLayout,
)
from ftroi.workbook.layout.workbook import ASSUMPTIONS, CHECKS_SHEET, DASHBOARD, START
from ftroi.workbook.printing import A4, print_on_one_width
from ftroi.workbook.reading.priced import power_of_money, priced
from ftroi.workbook.references.compare import MONEY, currency_formula, of_option
from ftroi.workbook.schema import (
    ACTUALS_SHEET,
    GATES_SHEET,
    RATE_SETTINGS,
    UNWANTED,
    VERDICT,
    VERDICT_CODE,
    WANTED,
    WANTED_OPTIONS,
)
from ftroi.workbook.sheets.actuals.formulas import CHANGED
from ftroi.workbook.sheets.dashboard.line_breaks import lines_of
from ftroi.workbook.sheets.guard import write_guard
from ftroi.workbook.xlsx import validation
from ftroi.workbook.xlsx.addresses import address, fixed, fixed_range, prefix, quoted
from ftroi.workbook.xlsx.number_formats import number_of_assumption, number_of_unit
from ftroi.workbook.xlsx.styles import mark

_THEN = "  ·  "
"""Stands between the end of a long verdict and its first reason."""

_HINT = "Go through the questions, follow a link, type the answer there, and come back: the verdict is this project's."
_HEADERS = ("", "Question", "Answer now", "Unit", "Where to answer", "As it came", "Good to know")
_DAYS = ("start", "exchange_rate_date")
_STILL = "Still the ready-made plan's: does it fit what you say a request is worth?"
_NO_VERDICT, _CHECKS = "no_verdict", f"{CHECKS_SHEET}!A1"
_VOID = "The approval holds no longer: inputs were changed since (Actuals); 'ftroi approve' renews it"
_WHICH = "Which options are compared?"
_WAITS = (
    "Save, then run: ftroi regenerate, on this workbook. The status quo, baseline, proposed and incumbent always stay."
)
_WIDTHS = (4, 58, 25, 18, 20, 25, 60)
_NUMBERS = {
    "reference": "FT_ReferenceNumber",
    "candidate": "FT_CandidateNumber",
    "incumbent": "FT_IncumbentNumber",
}
"""The settings that name an option, with the workbook's name for its position."""


def write_start(book: Book) -> None:
    """Write the sheet Start."""
    _Start(book).write()


class _Start:
    """The sheet in the making."""

    def __init__(self, book: Book) -> None:
        self._book, self._plan = book, book.plan
        self._layout = book.layout.of(StartLayout)
        self._inputs = book.layout.assumptions
        self._cells = book.sheet(START)
        self._style = book.styles.of
        self._verdict = book.cached.verdict
        presets = book.plan.presets_by_likeness
        self._preset = presets[0] if presets else None
        self._ticks: dict[int, str] = {}

    def write(self) -> None:
        cells, style = self._cells, self._style
        cells.set_row(TITLE_ROW, 30)
        cells.write_string(TITLE_ROW, 0, START, style("title"))
        cells.write_string(HINT_ROW, 0, _HINT, style("hint"))
        for column, (header, width) in enumerate(zip(_HEADERS, _WIDTHS, strict=True)):
            role = (
                "header number" if column in (ANSWER, CAME) else "header text" if column in (UNIT, NOTE) else "header"
            )
            cells.write_string(HEADER_ROW, column, header, style(role))
            cells.set_column(column, column, width)
        for name, row in self._layout.rows.items():
            self._question(row, self._plan.template.questions[name])
        for name, row in self._layout.rows.items():
            self._note(row, self._plan.template.questions[name])
        self._refuse_entries()
        self._options()
        write_guard(self._book, START)
        self._bar()  # the verdict rests on what the guards find, and so none of them asks for it
        cells.freeze_panes(HEADER_ROW + 1, 0)
        print_on_one_width(self._book, START, A4, (self._layout.last_row, NOTE))
        self._book.file.show_first(START)

    def _bar(self) -> None:
        """Write the verdict as the Dashboard breaks it into lines, its first reason, and the ways to both."""
        rows = (DASHBOARD_HEAD, *LINE_ROWS)
        head, first, *rest = (f"{prefix(DASHBOARD)}{fixed(row, BAR_COLUMNS[0])}" for row in rows)
        sentence, *rest_told = lines_of(self._verdict.sentence)
        lines = ((HEAD_ROW, "verdict head", head, self._verdict.head),
                 (SENTENCE_ROW, "verdict", first, sentence))  # fmt: skip
        for row, role, formula, value in lines:
            for column in range(NOTE + 1):
                self._cells.write_blank(row, column, None, self._style(role))
            self._cells.write_formula(row, 0, formula, self._style(role), value)
        self._cells.set_row(SENTENCE_ROW, 30)
        for name, (colour, ink) in self._book.styles.verdict.items():
            self._cells.conditional_format(
                HEAD_ROW, 0, SENTENCE_ROW, NOTE, f'{VERDICT_CODE}="{name}"', mark(ink, colour)
            )
        source = next(iter(self._book.layout.gates.reasons.values()))
        goes_on = "&".join(rest)
        reason = f"IF({goes_on}={quoted('')},{quoted('')},{goes_on}&{quoted(_THEN)})"
        reason += f"&{prefix(GATES_SHEET)}{fixed(source, at.IN_WORDS)}"
        told = "".join(rest_told)
        told = (f"{told}{_THEN}" if told else "") + next(iter(self._verdict.by_name.values()))
        self._cells.write_formula(REASON_ROW, 0, reason, self._style("indented"), told)
        self._way_on()

    def _way_on(self) -> None:
        """Write the ways to the Dashboard and, where there is no verdict, to the cell that keeps it away."""
        self._cells.write_url(
            LINKS_ROW, QUESTION, link_to(DASHBOARD), self._style("jump"), "Dashboard: figures and charts ›"
        )
        place = _place_of_reason()
        where, told = f'HYPERLINK("#"&{place},"Why: "&{place}&" ›")', f"Why: {_CHECKS} ›"
        value = told if self._verdict.code == _NO_VERDICT else ""
        formula = f'IF({VERDICT_CODE}={quoted(_NO_VERDICT)},{where},"")'
        self._cells.write_formula(LINKS_ROW, ANSWER, formula, self._style("jump"), value)
        if self._plan.actuals is not None:
            state = f"{prefix(ACTUALS_SHEET)}{self._book.layout.of(ActualsLayout).value('state')}"
            void = f"IF({state}={quoted(CHANGED)},{quoted(_VOID)},{quoted('')})"
            told = _VOID if void_approval(self._plan) else ""
            self._cells.write_formula(LINKS_ROW, UNIT, void, self._style("text"), told)

    def _refuse_entries(self) -> None:
        rows = self._layout.rows.values()
        rule = validation.refused("Answered on Assumptions", "Follow the link in this row, and type the answer there.")
        if rows:
            self._cells.data_validation(min(rows), ANSWER, max(rows), ANSWER, rule)

    # --- options -------------------------------------------------------------------------------------------

    def _options(self) -> None:
        """Write every option of the template, whether it is in the plan, and what another answer takes."""
        cells, style, layout = self._cells, self._style, self._layout
        headers = {QUESTION: _WHICH, ANSWER: "In the plan", UNIT: "id", LINK: "Sheet", CAME: "In this workbook"}
        for column in range(NOTE + 1):
            role = (
                "header number" if column in (ANSWER, CAME) else "header text" if column in (UNIT, NOTE) else "header"
            )
            cells.write_string(layout.options_header, column, headers.get(column, ""), style(role))
        for option, row in layout.options.items():
            self._option(row, option)
        rows = layout.options.values()
        area = (min(rows), ANSWER), (max(rows), ANSWER)
        self._book.name_area(WANTED_OPTIONS, START, area[0], (max(rows), UNIT), "Which options the plan is to have")
        told = "yes or no; 'ftroi regenerate' on this workbook brings it into effect and keeps what you typed."
        cells.data_validation(*area[0], *area[1], validation.one_of([WANTED, UNWANTED], "In the plan", told))

    def _option(self, row: int, option: str) -> None:
        cells, style, table = self._cells, self._style, self._plan.template.options[option]
        sheet = self._book.layout.sheets.get(option)
        now = WANTED if sheet else UNWANTED
        cells.write_string(row, QUESTION, table.label, style("text"))
        cells.write_string(row, ANSWER, now, style("input", "general"))
        cells.write_string(row, UNIT, option, style("grey unit"))
        cells.write_string(row, CAME, now, style("grey number"))
        if sheet:
            cells.write_url(row, LINK, link_to(sheet), style("jump"), f"{table.short} ›")
        answer, before = address(row, ANSWER), address(row, CAME)
        told = f"IF({answer}={before},{quoted(table.description)},{quoted(_WAITS)})"
        cells.write_formula(row, NOTE, told, style("grey"), table.description)
        cells.write_formula(row, TICK, f'IF({answer}={before},"","✓")', style("text"), "")

    # --- questions -----------------------------------------------------------------------------------------

    def _question(self, row: int, one: QuestionTable) -> None:
        cells, style = self._cells, self._style
        cell, number, unit = self._of_input(one) if one.input else self._of_setting(one)
        formula, value, came = self._answer(one, cell)
        cells.write_string(row, QUESTION, one.question, style("text"))
        cells.write_formula(row, ANSWER, formula, style("link right", number), value)
        self._unit(row, unit, number)
        power = power_of_money(self._plan.template.assumptions[one.input]) if one.input else 0
        if isinstance(came, str):
            cells.write_string(row, CAME, came, style("grey number"))
        elif power:
            rate = self._plan.settings.exchange_rate or 1.0
            cells.write_default(row, CAME, priced(came, power, rate), style("grey number", number), came)
        else:
            cells.write_number(row, CAME, came, style("grey number", number))
        answer, before = address(row, ANSWER), address(row, CAME)
        tick = self._ticks[row] = "" if value == came else "✓"
        cells.write_formula(row, TICK, f'IF({answer}={before},"","✓")', style("text"), tick)
        cells.write_url(row, LINK, link_to(ASSUMPTIONS, cell), style("jump"), f"{ASSUMPTIONS}!{cell} ›")

    def _of_input(self, one: QuestionTable) -> tuple[str, str, str]:
        """The cell that answers, its kind of number, and its unit."""
        assumption = self._plan.template.assumptions[one.input]
        cell = address(self._inputs.rows[one.input], self._inputs.columns["base"])
        return cell, number_of_assumption(assumption), assumption.table.unit

    def _of_setting(self, one: QuestionTable) -> tuple[str, str, str]:
        number = "date" if one.setting in _DAYS else "general"
        return address(self._inputs.settings[one.setting], self._inputs.setting_column), number, ""

    def _answer(self, one: QuestionTable, cell: str) -> tuple[str, float | str, float | str]:
        """The formula of the answer, what it gives, and what the answer was in the ready-made plan."""
        linked, settings = f"{prefix(ASSUMPTIONS)}{cell}", self._plan.settings
        head = self._preset.preset if self._preset else settings
        if one.input:
            assumption, base = self._plan.template.assumptions[one.input], self._plan.entries[one.input].base
            stated = self._preset.assumptions.get(one.input) if self._preset else None
            return linked, base, preset_values(assumption, stated)[1] if self._preset else base
        now: Any = getattr(settings, one.setting)
        then: Any = getattr(head, one.setting, "")
        if one.setting in RATE_SETTINGS:
            blank = f'IF({linked}="","",{linked})'
            return blank, *(("", "") if now is None else (serial(now) if one.setting in _DAYS else now,) * 2)
        if one.setting == "start":
            return linked, serial(now), serial(then)
        if one.setting in _NUMBERS:
            labels = self._book.layout.compare.labels
            options = self._plan.template.options
            formula = of_option(self._book.layout, labels, _NUMBERS[one.setting])
            return formula, options[now].short, options[then].short
        return linked, str(now), str(then)

    def _unit(self, row: int, unit: str, number: str) -> None:
        """Write a unit, of money in the plan's currency."""
        formula = currency_formula(self._book.layout, unit)
        if formula:
            value = self._plan.settings.currency + unit.removeprefix(MONEY)
            self._cells.write_formula(row, UNIT, formula, self._style("grey unit"), value)
        else:
            self._cells.write_string(row, UNIT, unit, self._style("grey unit", number_of_unit(unit, number)))

    def _note(self, row: int, one: QuestionTable) -> None:
        """Say what else is good to know, how many options do not use the base, or what it no longer fits."""
        formula, value = self._known(one)
        asked = [self._layout.rows[other] for other in one.fits if other in self._layout.rows]
        if asked:
            anew = ",".join(f'{address(other, TICK)}<>""' for other in asked)
            formula = f'IF(AND({address(row, TICK)}="",OR({anew})),{quoted(_STILL)},{formula or quoted(value)})'
            is_left = not self._ticks[row] and any(self._ticks[other] for other in asked)
            value = _STILL if is_left else value
        if formula:
            self._cells.write_formula(row, NOTE, formula, self._style("grey"), value)
        else:
            self._cells.write_string(row, NOTE, value, self._style("grey"))

    def _known(self, one: QuestionTable) -> tuple[str, str]:
        """What is known of the answer: a formula, or "" where it is a text, and what it says."""
        assumption = self._plan.template.assumptions.get(one.input)
        if one.note or assumption is None or assumption.table.scope != "option":
            return "", one.note
        line, (first, last) = self._inputs.rows[one.input], self._inputs.option_columns
        own = f"COUNT({prefix(ASSUMPTIONS)}{fixed_range(line, first, line, last)})"
        count = len(self._plan.entries[one.input].own)
        told = " options have a figure of their own, to the right of the base"
        return f'IF({own}=0,"",{own}&"{told}")', f"{count}{told}" if count else ""


def _place_of_reason() -> str:
    """The formula of the cell that the verdict's sentence names as wrong; of the sheet Checks where it names none."""
    mark = f'FIND("{ASSUMPTIONS}!",{VERDICT})'
    ends = (f"FIND({quoted(sign)},{VERDICT}&{quoted(sign)},{mark})" for sign in (" ", ":"))
    return f"IFERROR(MID({VERDICT},{mark},MIN({','.join(ends)})-{mark}),{quoted(_CHECKS)})"
