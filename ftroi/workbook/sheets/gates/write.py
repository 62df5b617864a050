"""Writing the sheet Gates: the gates with what was entered for them, and the rule of the verdict below."""

from __future__ import annotations

from datetime import date

from ftroi import __version__
from ftroi.analysis import Judged, judge_gates
from ftroi.analysis.gates import WORD_OF_STATE, list_gates
from ftroi.analysis.risk.freshness import fresh_odds, state_of
from ftroi.plan import GateEntry, calculate
from ftroi.termsheet import GateTable, serial
from ftroi.termsheet.simulated_names import BEATS_REFERENCE
from ftroi.workbook.cached_values import stored
from ftroi.workbook.context import Book, link_to
from ftroi.workbook.layout import gates as at
from ftroi.workbook.layout.gates import HINT_ROW, TITLE_ROW, header_of
from ftroi.workbook.layout.workbook import COMPARE
from ftroi.workbook.printing import A3, print_on_one_width
from ftroi.workbook.references.inputs_checksum import fingerprint, fingerprint_formula, shown_fingerprint
from ftroi.workbook.schema import AS_OF, GATE_HEADERS, GATES, GATES_SHEET, TYPED_GATE_HEADERS
from ftroi.workbook.sheets.gates.formulas import BETWEEN, GateFormulas, simulated_stamp, stamp_state
from ftroi.workbook.sheets.gates.verdict_block import VerdictBlock
from ftroi.workbook.xlsx import validation
from ftroi.workbook.xlsx.addresses import address
from ftroi.workbook.xlsx.number_formats import number_of_line, number_of_unit

_DAY = "Day on which evidence is judged"
_HINT = "A threshold is set and dated before its evidence; blue cells are typed. The sheet follows the case shown."
_WIDTHS = {
    "gate": 24, "label": 62, "figure": 38, "unit": 24, "direction": 16, "default threshold": 16, "own threshold": 16,
    "threshold": 16, "part": 16, "evidence": 26, "evidence figure": 15, "set on": 12, "set by": 18, "evidence on": 13,
    "evidence until": 14, "waiver": 26, "status": 19, "why": 44, "undated": 24, "judged": 14, "margin": 14,
}  # fmt: skip
_DATES = ("set on", "evidence on", "evidence until")
_TEXTS = ("set by", "waiver")
_AMOUNTS = ("figure", "default threshold", "own threshold", "threshold", "evidence figure")
_LAST_DAY = 2_900_000


def write_gates(book: Book) -> None:
    """Write the sheet Gates, with the names of its table and of the day on which evidence is judged."""
    _Gates(book).write()


class _Gates:
    """The sheet in the making."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._plan = book.plan
        self._layout = book.layout.gates
        self._words = book.plan.template.how_gates_are_judged.words
        self._cells = book.sheet(GATES_SHEET)
        self._style = book.styles.of
        self._pessimistic = calculate(book.plan, "pessimistic")
        self._judged = judge_gates(
            book.plan, book.cached.results, self._pessimistic, fresh_odds(book.plan), book.plan.day
        )

    def write(self) -> None:
        self._head()
        self._stamps()
        self._headers()
        for place, gate in enumerate(self._judged):
            lists = list_gates(self._plan, self._judged[: place + 1])
            self._gate(gate, {name: BETWEEN.join(told) for name, told in lists.items()})
        self._validate()
        last = (self._layout.last_gate, self._layout.last_column)
        self._book.name_area(GATES, GATES_SHEET, (self._layout.header, 0), last, "The gates with their evidence")
        VerdictBlock(self._book, self._judged).write()
        self._page()

    def _head(self) -> None:
        self._cells.set_row(TITLE_ROW, 30)
        self._cells.write_string(TITLE_ROW, 0, GATES_SHEET, self._style("title"))
        self._cells.write_string(HINT_ROW, 0, _HINT, self._style("hint"))
        self._cells.write_string(at.DAY_ROW, 1, _DAY, self._style("text"))
        day = (at.DAY_ROW, at.STAMP_FIGURE)
        self._cells.write_number(*day, serial(self._plan.day), self._style("input", "date"))
        self._cells.data_validation(*day, *day, validation.between(1, _LAST_DAY, "Day", "A date."))
        self._book.name_cell(AS_OF, GATES_SHEET, *day, _DAY)

    def _stamps(self) -> None:
        headers = {
            at.STAMP_LABEL: "Computed by the engine alone", at.STAMP_FIGURE: "figure", at.STAMP_PRINT: "inputs then",
            at.STAMP_BY: "by", at.STAMP_VERSION: "version", at.STAMP_STATE: "state",
        }  # fmt: skip
        row = at.STAMP_HEADER_ROW
        for column, text in headers.items():
            is_number = column in (at.STAMP_FIGURE, at.STAMP_PRINT)
            role = "header number" if is_number else "header" if column == at.STAMP_LABEL else "header text"
            self._cells.write_string(row, column, text, self._style(role))
        now = max(self._layout.stamps.values()) + 1
        present = stored(fingerprint(self._plan, self._book.layout))
        self._cells.write_string(now, at.STAMP_LABEL, "Fingerprint of the inputs now", self._style("text"))
        formula = fingerprint_formula(self._book.layout)
        self._cells.write_formula(now, at.STAMP_PRINT, formula, self._style("calculated", "decimal"), present)
        for name, stamp in self._layout.stamps.items():
            self._cells.write_string(stamp, at.STAMP_LABEL, at.STAMPS[name], self._style("text"))
            if name == at.SIMULATED:
                self._simulated(stamp)
            else:
                self._stamp(name, stamp, now)

    def _stamp(self, name: str, row: int, now: int) -> None:
        """Stamp a figure that the engine has just computed."""
        gate = next((one for one in self._judged if one.table.figure == name), None)
        value = gate.figure.value if gate else None
        state = self._words["no_figure" if value is None else "holds"]
        formula = stamp_state(self._plan, row, now)
        self._cells.write_formula(row, at.STAMP_STATE, formula, self._style("indented"), state)
        if value is None:
            return
        self._cells.write_number(row, at.STAMP_FIGURE, value, self._style("calculated", "whole"))
        print_ = fingerprint(self._plan, self._book.layout)
        self._cells.write_number(row, at.STAMP_PRINT, print_, self._style("grey number", "decimal"))
        self._cells.write_string(row, at.STAMP_BY, "ftroi", self._style("grey unit"))
        self._cells.write_string(row, at.STAMP_VERSION, __version__, self._style("grey unit"))

    def _simulated(self, row: int) -> None:
        """Link a stamp to what the sheet Risk keeps of the simulation."""
        simulated, state = self._plan.simulated, state_of(self._plan)
        values: dict[int, float | str | None] = {at.STAMP_STATE: self._words[WORD_OF_STATE[state]]}
        if simulated is not None:
            values |= {
                at.STAMP_FIGURE: simulated.number(BEATS_REFERENCE, self._plan.settings.candidate),
                at.STAMP_PRINT: shown_fingerprint(self._plan, self._book.layout),
                at.STAMP_BY: simulated.stamp.made, at.STAMP_VERSION: simulated.stamp.version,
            }  # fmt: skip
        styles = {
            at.STAMP_FIGURE: ("link", "percent"), at.STAMP_PRINT: ("link", "decimal"),
            at.STAMP_BY: ("link indented", "general"), at.STAMP_VERSION: ("link indented", "general"),
            at.STAMP_STATE: ("indented", "general"),
        }  # fmt: skip
        for column, formula in simulated_stamp(self._plan, self._book.layout).items():
            value = values.get(column)
            self._cells.write_formula(
                row, column, formula, self._style(*styles[column]), "" if value is None else value
            )

    def _headers(self) -> None:
        row = self._layout.header
        labels = {header_of(cell.name): cell.label for cell in self._plan.template.how_gates_are_judged.columns}
        for header, column in self._layout.columns.items():
            text = header if header in GATE_HEADERS else labels.get(header, header)
            self._cells.write_string(row, column, text, self._style(_header_role(header)))

    # --- gates ---------------------------------------------------------------------------------------------

    def _gate(self, gate: Judged, lists: dict[str, str]) -> None:
        row, table = self._layout.rows[gate.id], gate.table
        entry = self._plan.gates.get(gate.id, GateEntry())
        texts = {
            "gate": gate.id, "label": table.label, "unit": table.unit, "direction": table.direction.replace("_", " "),
            "evidence": table.evidence, "brief": table.brief,
        }  # fmt: skip
        for header, text in texts.items():
            role = {"label": "text", "gate": "grey"}.get(header, "grey unit")
            number = number_of_unit(text, _number(table)) if header == "unit" else "general"
            self._cells.write_string(row, self._layout.columns[header], text, self._style(role, number))
        for flag in at.GATE_FLAGS:
            set_ = float(gate.cells[flag])
            self._cells.write_number(row, self._layout.columns[flag], set_, self._style("grey number", "flag"))
        if not isinstance(table.threshold, str):
            cell = (row, self._layout.columns["default threshold"])
            self._cells.write_number(*cell, float(table.threshold), self._style("grey number", _number(table)))
        for header, value in typed_cells(entry).items():
            self._typed(row, header, value, table)
        values = self._values(gate, lists)
        for header, formula in GateFormulas(self._plan, self._book.layout, gate.id).all().items():
            self._formula(row, header, formula, values[header], table)
        compared = self._book.layout.compare.scalars
        if table.figure is not None and table.figure in compared:
            place = link_to(COMPARE, address(compared[table.figure], 0))
            self._cells.add_link(row, self._layout.columns["figure"], place, "Every option's figure, on Compare")

    def _typed(self, row: int, header: str, value: float | str | None, table: GateTable) -> None:
        number = "date" if header in _DATES else "general" if header in _TEXTS else _input_number(table)
        cell, style = (
            (row, self._layout.columns[header]),
            self._style("input text" if header in _TEXTS else "input", number),
        )
        if value is None or value == "":
            self._cells.write_blank(*cell, None, style)
        elif isinstance(value, str):
            self._cells.write_string(*cell, value, style)
        else:
            self._cells.write_number(*cell, value, style)

    def _values(self, gate: Judged, lists: dict[str, str]) -> dict[str, float | str]:
        """The cached values of a gate's formulas."""
        values = {header_of(name): value for name, value in gate.cells.items()} | lists
        return {name: value if isinstance(value, str) else stored(value) for name, value in values.items()}

    def _formula(self, row: int, header: str, formula: str, value: float | str, table: GateTable) -> None:
        is_amount = header in ("figure", "threshold", "default threshold", "margin")
        style = self._style(_formula_role(header, is_amount=is_amount), _number(table) if is_amount else "general")
        self._cells.write_formula(row, self._layout.columns[header], formula, style, value)

    def _validate(self) -> None:
        columns, first, last = self._layout.columns, self._layout.header + 1, self._layout.last_gate
        amount = validation.between(-1e15, 1e15, "A figure", "A number, in the unit of the row.")
        day = validation.between(1, _LAST_DAY, "A date", "Such as 2027-01-31.")
        for header in TYPED_GATE_HEADERS:
            if header not in _TEXTS:
                rule = day if header in _DATES else amount
                self._cells.data_validation(first, columns[header], last, columns[header], rule)

    def _page(self) -> None:
        cells, columns = self._cells, self._layout.columns
        for header, column in columns.items():
            cells.set_column(column, column, _WIDTHS.get(header, 30))
        cells.freeze_panes(0, 2)
        print_on_one_width(self._book, GATES_SHEET, A3, (self._layout.conditions, self._layout.last_column))


def _formula_role(header: str, *, is_amount: bool) -> str:
    """How a gate's formula looks; a text in place of an amount stands right as well."""
    if header not in GATE_HEADERS:
        return "grey number" if is_amount else "grey"
    return (
        "calculated right"
        if is_amount
        else {"status": "status", "why": "indented", "part": "indented"}.get(header, "calculated")
    )


def _header_role(header: str) -> str:
    """How a header stands over its column: right over numbers, set in over what stands right of them."""
    if header not in GATE_HEADERS:
        return "grey"
    if header in (*_AMOUNTS, *_DATES):
        return "header number"
    return "header" if header in ("gate", "label") else "header text"


def typed_cells(entry: GateEntry) -> dict[str, float | str | None]:
    """What was entered for a gate by header of its cell."""
    return {
        "own threshold": entry.threshold, "evidence figure": entry.figure, "set on": _day(entry.set_on),
        "set by": entry.set_by, "evidence on": _day(entry.evidence_on),
        "evidence until": _day(entry.evidence_until), "waiver": entry.waiver,
    }  # fmt: skip


def _day(day: date | None) -> float | None:
    return None if day is None else serial(day)


def _number(table: GateTable) -> str:
    return number_of_line("", table.unit) if table.unit != "month" else "months"


def _input_number(table: GateTable) -> str:
    return "input whole" if table.unit == "money" else "general"
