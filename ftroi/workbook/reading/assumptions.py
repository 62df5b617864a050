"""Reading the block of assumptions: whose rows they are, and what was typed into them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial

from ftroi.errors import Finding, FormulaError
from ftroi.language import did_you_mean, parse_unit
from ftroi.language.value_formats import format_value
from ftroi.plan import Entry
from ftroi.termsheet import Assumption, Template
from ftroi.termsheet import value_of as stated
from ftroi.workbook.reading.blocks import Block, Change, Notebook, Row, by_key
from ftroi.workbook.reading.cell_values import day_typed, figure_typed, key_typed
from ftroi.workbook.reading.ranges import Beside, end_cell
from ftroi.workbook.schema import AFTER_OPTIONS, BEFORE_OPTIONS, DISTRIBUTIONS, ENDS, FAVOURABLE
from ftroi.workbook.xlsx.cells import Cell

_REGENERATE = "run 'ftroi regenerate' on the workbook to bring it to the template's version"


@dataclass(frozen=True, slots=True)
class AssumptionReader:
    """Reads rows of assumptions for one template.

    ``is_other_version`` says that the workbook was made with another version of it: what is new
    then has the template's figures, and what has gone points at a regeneration.
    """

    template: Template
    is_other_version: bool
    days_offset: int
    notes: Notebook
    beside: Beside

    def entries(self, block: Block, options: Iterable[str]) -> dict[str, Entry]:
        """The entries of a block; what cannot be read is in the notes, and left out."""
        rows = self._known(by_key(block, self.notes))
        chosen = tuple(options)
        found = {name: self._entry(self.template.assumptions[name], row, chosen) for name, row in rows.items()}
        entries = {name: entry for name, entry in found.items() if entry is not None}
        self._add_missing(rows, entries, block, chosen)
        return {name: entries[name] for name in self.template.assumptions if name in entries}

    def _known(self, rows: Mapping[str, Row]) -> dict[str, Row]:
        """The rows by the template's names, renamed ones by their new name."""
        assumptions = self.template.assumptions
        renamed = {one.table.renamed_from: name for name, one in assumptions.items() if one.table.renamed_from}
        known: dict[str, Row] = {}
        for key, row in rows.items():
            name = key if key in assumptions else renamed.get(key, "")
            if not name:
                self._report_unknown(key, row)
            elif name in known:
                self.notes.find(row.first, key, f"is the former name of {name}, which has a row too", "remove one")
            else:
                known[name] = row
                if name != key:
                    self.notes.changes.append(Change("renamed", name, key, name))
        return known

    def _report_unknown(self, key: str, row: Row) -> None:
        if self.notes.is_renewal:
            self.notes.changes.append(Change("removed", key, _all_figures(row)))
        elif self.is_other_version and key in self.template.retired:
            what = f"is not in version {self.template.version} of the template, and is not used: {_all_figures(row)}"
            self.notes.warn(row.first, key, what, self.template.retired[key])
        elif self.is_other_version:
            what = f"is not in version {self.template.version} of the template"
            self.notes.find(row.first, key, what, _REGENERATE)
        else:
            cure = did_you_mean(key, self.template.assumptions) or "remove the row; own costs stand below"
            self.notes.find(row.first, key, f"no assumption is named '{key}'", cure)

    def _add_missing(
        self, rows: Mapping[str, Row], entries: dict[str, Entry], block: Block, options: tuple[str, ...]
    ) -> None:
        """Add the template's figures for assumptions without a row, where the template is newer; else report them."""
        header = next(iter(block.headers.values()))
        for name, one in self.template.assumptions.items():
            if name in rows:
                continue
            if not self.is_other_version and not self.notes.is_renewal:
                self.notes.find(header, name, "has no row below this header", "restore it with Undo or from a backup")
                continue
            table = one.table
            entries[name] = self._stated(one, options)
            used = _with_unit(table.base, table.unit)
            self.notes.changes.append(Change("added", name, now=used))
            what = f"is new in version {self.template.version}: {used} is used"
            self.notes.warn(header, name, what, _REGENERATE)

    def _stated(self, one: Assumption, options: tuple[str, ...]) -> Entry:
        """The template's own figures, also those of its options."""
        values = {option: self.template.options[option].values for option in options}
        own = {option: stated(of[one.name]) for option, of in values.items() if one.name in of}
        return Entry(one.table.base, one.table.low, one.table.high, one.table.distribution or "", own)

    def _entry(self, one: Assumption, row: Row, options: tuple[str, ...]) -> Entry | None:
        if not self._has_unit(one, row):
            return self._stated(one, options)
        self._check_live(one, row)
        base = self._number(one, row, "base")
        low, high = self._end(one, row, "low"), self._end(one, row, "high")
        own = self._own(one, row, options)
        if base is None:
            return None
        return Entry(base, low, high, self._distribution(one, row), own, self._good_end(one, row))

    def _number(self, one: Assumption, row: Row, header: str) -> float | None:
        read = partial(day_typed, offset=self.days_offset) if one.table.unit == "date" else figure_typed
        place = one.name if header == "base" else f"{one.name} ({header})"
        is_end = header in ("low", "high")
        beside = self.beside.get(row.first.address, {})
        cell = end_cell(one, row.cells, beside, header) if is_end else row.cells[header]
        return None if cell is None else self.notes.take(read, cell, place)

    def _own(self, one: Assumption, row: Row, options: tuple[str, ...]) -> dict[str, float]:
        """The values of options that do not use the base; a blank cell means the base."""
        typed = [option for option in options if not row.cells[option].is_empty]
        numbers = {option: self._number(one, row, option) for option in typed}
        return {option: number for option, number in numbers.items() if number is not None}

    def _end(self, one: Assumption, row: Row, header: str) -> float | None:
        """Low or high; only uncertain assumptions have them."""
        if one.table.kind == "uncertain":
            return self._number(one, row, header)
        if not row.cells[header].is_empty:
            what = f"{header} is not used: a {one.table.kind} is the same in every case"
            self.notes.warn(row.cells[header], one.name, what, "clear it")
        return None

    def _distribution(self, one: Assumption, row: Row) -> str:
        cell = row.cells["distribution"]
        stated = one.table.distribution or ""
        if one.table.kind != "uncertain" or cell.is_empty:
            return stated
        name = self.notes.take(key_typed, cell, f"{one.name} (distribution)")
        if name is not None and name.lower() not in DISTRIBUTIONS:
            cure = did_you_mean(name, DISTRIBUTIONS) or f"choose from {', '.join(DISTRIBUTIONS)}"
            self.notes.find(cell, one.name, f"no distribution '{name}'", cure)
        return (name or stated).lower()

    def _good_end(self, one: Assumption, row: Row) -> str:
        """The plan's own word for the good end; "" where the template's holds, as in workbooks without the column."""
        cell = row.cells.get(FAVOURABLE)
        if one.table.kind != "uncertain" or cell is None or cell.is_empty:
            return ""
        end = self.notes.take(key_typed, cell, f"{one.name} ({FAVOURABLE})")
        if end is not None and end.lower() not in ENDS:
            self.notes.find(cell, one.name, f"no end of a range '{end}'", "choose from low, high")
        return "" if end is None or end.lower() == one.table.favourable else end.lower()

    def _has_unit(self, one: Assumption, row: Row) -> bool:
        """Say whether a row's figures may be read, and find a unit that is not the template's.

        With it they would mean something else; a renewal then takes the template's figures.
        """
        cell = row.cells["unit"]
        text = str(cell.value if cell.value is not None else "").removesuffix(".0").strip()
        try:
            same = text == one.table.unit or parse_unit(text) == parse_unit(one.table.unit)
        except FormulaError:
            same = False
        if same:
            return True
        if self.notes.is_renewal:
            now = f"base {one.table.base:g} {one.table.unit}"
            self.notes.changes.append(Change("unit", one.name, f"{_all_figures(row)} {text}", now))
            return False
        if self.is_other_version:
            what = f"is in {text}, and in {one.table.unit} in version {self.template.version} of the template"
            self.notes.find(cell, one.name, what, _REGENERATE)
        else:
            self.notes.find(cell, one.name, f"its unit '{text}' is not the template's", f"write {one.table.unit}")
        return True

    def _check_live(self, one: Assumption, row: Row) -> None:
        """Warn of a figure typed over the computed one: neither the engine nor the functions read it."""
        cell = row.cells["live"]
        if cell.is_formula:
            return
        typed = "is empty" if cell.is_empty else f"was typed over with {cell.value}"
        base = row.cells["base"].address
        cure = f"type figures into {base} or an option's column; 'ftroi regenerate' puts the formula back"
        self.notes.warn(cell, one.name, f"the live value, which is computed, {typed}", cure)


def _all_figures(row: Row) -> str:
    """Everything typed into a row, as a text: it is not kept as figures."""
    beside = {"name", "label", "live", "unit", FAVOURABLE}
    typed = {header: cell for header, cell in row.cells.items() if header not in beside and not cell.is_empty}
    return ", ".join(f"{header} {_shown(cell)}" for header, cell in typed.items())


def _with_unit(figure: float, unit: str) -> str:
    """A figure of the template as a person reads it: a day as a day, and a bare number without a unit."""
    if unit == "date":
        return format_value(figure, "day", "")
    return f"{figure:g}" if unit == "1" else f"{figure:g} {unit}"


def _shown(cell: Cell) -> str:
    return f"{cell.value:.15g}" if isinstance(cell.value, float) else str(cell.value)


def known_rows(template: Template, rows: Mapping[str, Row]) -> dict[str, Row]:
    """The rows of the template's assumptions by their present names."""
    former = {one.table.renamed_from: name for name, one in template.assumptions.items() if one.table.renamed_from}
    present = {key: key if key in template.assumptions else former.get(key, "") for key in rows}
    return {name: rows[key] for key, name in present.items() if name}


def option_columns(block: Block, template: Template, notes: Notebook) -> tuple[str, ...]:
    """The options that have a column, in order; a header that is no option is a finding."""
    around = {*BEFORE_OPTIONS, *AFTER_OPTIONS}
    options = tuple(name for name in block.headers if name not in around)
    for option in options:
        cell = block.headers[option]
        if option not in template.options and notes.is_renewal:
            notes.changes.append(Change("option", option))
        elif option not in template.options:
            cure = did_you_mean(option, template.options) or "remove the column, or write an option's id"
            notes.findings.append(Finding(notes.where(cell, "options"), f"no option '{option}'", cure))
    return tuple(option for option in options if option in template.options)
