"""Rows that a person put into a category on an option's sheet: what each is, and whether its category's sum adds it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from ftroi.language import Binary, Name, Node
from ftroi.plan import Plan
from ftroi.termsheet import OWN_BY_NATURE, Role
from ftroi.workbook.layout.option import FIRST_MONTH, LABEL, LAST_MONTH, NAME, NATURE, OptionLayout
from ftroi.workbook.regeneration.edits import Edit, edits_of
from ftroi.workbook.xlsx.stored_cells import RawSheet

_LONGEST = 120


@dataclass
class AddedRow:
    """One row: the name that it is given, what it is and counts as, its cells by month, and why it cannot be kept."""

    edit: Edit
    row: int
    name: str
    label: str
    category: str
    nature: str
    cells: tuple[Edit, ...]
    why: str = ""
    is_summed: bool = False


class AddedRows:
    """The rows that were put into the options' sheets of one workbook."""

    def __init__(self, plan: Plan, layout: OptionLayout) -> None:
        """Look for none yet."""
        self._template = plan.template
        self._layout = layout
        self.found: list[AddedRow] = []

    def put_in(self, sheet: RawSheet, edit: Edit) -> None:
        """Take a row that was put in, if it holds anything in its months."""
        row = int(edit.cells.split(":")[0]) - 1
        months = range(FIRST_MONTH, LAST_MONTH + 1)
        cells = {place: cell for place, cell in sheet.cells.items() if place[0] == row and place[1] in months}
        masters = {group: place for group, place in sheet.masters.items() if place in cells}
        typed = edits_of(RawSheet(sheet.name, cells, masters), {})
        if not typed:
            return
        label = (_text(sheet, row, LABEL) or _text(sheet, row, NAME))[:_LONGEST]
        nature, category = _text(sheet, row, NATURE).lower(), self._category(sheet, row)
        one = AddedRow(edit, row, self._free_name(), label, category, nature, tuple(typed))
        if not label:
            one.why = "a row was put in: say in its first column what it is"
        elif not category:
            one.why = "a row was put in, and stands in no category of cost"
        elif nature not in OWN_BY_NATURE:
            one.why = f"a row was put in: write {' or '.join(OWN_BY_NATURE)} into its column {'ABCD'[NATURE]}"
        self.found.append(one)

    def _free_name(self) -> str:
        taken = {*self._template.lines, *self._template.assumptions, *(one.name for one in self.found)}
        return next(name for number in range(1, len(taken) + 2) if (name := f"added_{number}") not in taken)

    def _category(self, sheet: RawSheet, row: int) -> str:
        """The category whose sum stands nearest above, with lines of the same one around; "" for none."""
        for above in range(row - 1, -1, -1):
            line = self._template.lines.get(_text(sheet, above, NAME))
            if line is not None:
                return line.category if line.category in self._template.cost_categories else ""
        return ""

    def names(self, sheet: str) -> dict[int, str]:
        """The names of the rows of a sheet."""
        return {one.row: one.name for one in self.found if one.edit.sheet == sheet}

    def is_of_one(self, edit: Edit) -> bool:
        """Say whether an edit is one of these rows, or stands in it."""
        row = edit.cells.split(":")[0].lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
        return any(one.edit.sheet == edit.sheet and str(one.row + 1) == row for one in self.found)

    def take_sum(self, sheet: str, name: str, tree: Node) -> bool:
        """Say whether an edited formula is its category's sum with such rows, and note that it adds them."""
        line = self._template.lines[name]
        mine = [one for one in self.found if one.edit.sheet == sheet and one.category == line.category]
        if line.role is not Role.CATEGORY or not mine:
            return False
        more = Counter(_terms(tree)) - Counter(line.terms)
        if Counter(line.terms) - Counter(_terms(tree)) or not set(more) <= {one.name for one in mine}:
            return False
        for one in mine:
            one.is_summed = one.is_summed or more[one.name] == 1
        return True


def _terms(tree: Node) -> Iterator[str]:
    """The names that a plain sum adds; "" for anything else in it."""
    if isinstance(tree, Binary) and tree.operator == "+":
        yield from _terms(tree.left)
        yield from _terms(tree.right)
    else:
        yield tree.name if isinstance(tree, Name) else ""


def _text(sheet: RawSheet, row: int, column: int) -> str:
    cell = sheet.cells.get((row, column))
    return (cell.value or "").strip() if cell is not None else ""
