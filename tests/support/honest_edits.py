"""What an honest person does to a workbook in a spreadsheet, and what sheet, engine and functions then say.

An edit is a list of steps, each a word and what it is done to; `tests/honest/edits.toml` holds them.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ftroi.errors import FtroiError
from ftroi.functions.call import ERROR, call
from ftroi.plan import calculate
from ftroi.workbook.layout.workbook import ASSUMPTIONS
from ftroi.workbook.reading.file import read_workbook
from ftroi.workbook.schema import CHECKS_FAILED, GATES_SHEET, INPUTS, OPTION, VERDICT_CODE
from ftroi.workbook.xlsx.package_parts import OPTION_ID
from tests.support.edited import fine_tuning_by_id, small_plan
from tests.support.honest_steps import FORMULAS, VALUES, cells_named
from tests.support.office import Document, Office, star, used_area

LIST = Path(__file__).parents[1] / "honest" / "edits.toml"
SAME, TOLD = "same", "told"
NO_VERDICT = "no_verdict"
TYPING = {"type", "clear", "choose", "own cost", "header", "swap keys", "gate"}


@dataclass(frozen=True)
class Edit:
    """One edit: its steps, and what each of the three has to say: "same" as the others, or that it is "told"."""

    name: str
    kind: str
    steps: tuple[tuple[Any, ...], ...]
    engine: str
    functions: str
    sheet: str
    says: str

    @property
    def is_undone_by_undo(self) -> bool:
        """Whether it types values into cells alone: a formula may leave its number format behind."""
        return all(word in TYPING and not str(given[-1]).startswith("=") for word, *given in self.steps)


@dataclass(frozen=True)
class Answers:
    """The TCO of the option shown as each of the three has it (None where it is told), and what was told."""

    figures: Mapping[str, float | None]
    words: str


def edits() -> list[Edit]:
    """The edits of the list, in its order."""
    table = tomllib.loads(LIST.read_text(encoding="utf-8"))
    return [
        Edit(
            one["name"], one["kind"], tuple(map(tuple, one["do"])), one.get("engine", SAME),
            one.get("functions", SAME), one.get("sheet", SAME), one.get("says", ""),
        )
        for one in table["edit"]
    ]  # fmt: skip


# --- one document for many edits ---------------------------------------------------------------------------


class Bench:
    """A workbook that is open in LibreOffice, for one edit after another: each is taken back by Undo.

    Where Undo does not bring back what was there, the file is opened anew.
    """

    def __init__(self, office: Office, path: Path) -> None:
        self._office, self._path = office, path
        self._document: Document = None
        self._as_made: object = None

    @contextmanager
    def document(self, edit: Edit) -> Iterator[Document]:
        """The workbook as it was made, for an edit."""
        if self._document is None:
            self._document = self._office.open_as_saved(self._path)
            self._as_made = _state(self._document)
        try:
            yield self._document
        except BaseException:
            self.close()
            raise
        if not (edit.is_undone_by_undo and self._is_undone()):
            self.close()

    def _is_undone(self) -> bool:
        try:
            while self._document.UndoManager.isUndoPossible():
                self._document.UndoManager.undo()
            return _state(self._document) == self._as_made
        except (star("uno.Exception"), AttributeError):
            return False

    def close(self) -> None:
        """Close the workbook without saving it."""
        if self._document is not None:
            self._office.discard(self._document)
            self._document = None


def _state(document: Document) -> object:
    """What edits change: names, sheets, where formulas and other contents stand, and all that is typed."""
    names = {name: document.NamedRanges.getByName(name).Content for name in document.NamedRanges.ElementNames}
    sheets = [document.Sheets.getByIndex(place) for place in range(document.Sheets.Count)]
    looks = [(one.Name, one.IsVisible, one.isProtected()) for one in sheets]
    shown = [len(one.queryVisibleCells().RangeAddresses) for one in sheets]
    places = [one.queryContentCells(kind).RangeAddressesAsString for one in sheets for kind in (FORMULAS, VALUES)]
    typed = [used_area(one).getFormulaArray() for one in sheets if one.Name in (ASSUMPTIONS, GATES_SHEET)]
    return names, looks, shown, places, typed, document.DocumentProperties.Description


# --- asking the three --------------------------------------------------------------------------------------


def ask(office: Office, document: Document, saved: Path) -> Answers:
    """Ask sheet, functions and engine for the TCO of the option shown; the document is saved for the engine."""
    office.recalculate(document)
    told: list[str] = []
    figures = {"sheet": _of_sheet(document, told), "functions": _of_functions(document, told)}
    office.save(document, saved)
    figures["engine"] = _of_engine(saved, told)
    return Answers(figures, "\n".join(told))


def _of_sheet(document: Document, told: list[str]) -> float | None:
    """The figure of the option's own sheet; None where a check fails, no verdict is given, or no figure is there."""
    try:
        failed, code, shown = (
            cells_named(document, name).getCellByPosition(0, 0) for name in (CHECKS_FAILED, VERDICT_CODE, OPTION)
        )
        cell = _cost_of(document, shown.String)
    except (star("container.NoSuchElementException"), StopIteration, AttributeError):
        told.append("sheet: a name or a sheet is gone")
        return None
    if failed.getError() or failed.Value or code.getError() or code.String == NO_VERDICT or cell.getError():
        told.append(f"sheet: {failed.String} checks failed, {code.String}")
        return None
    return float(cell.Value)


def _cost_of(document: Document, shown: str) -> Any:
    """The cell of an option's cost, on the sheet that bears its id, whatever its title; the option by id or label."""
    options = small_plan().template.options
    wanted = next((one for one, option in options.items() if shown in (option.label, option.short)), shown)
    sheets = (document.Sheets.getByIndex(place) for place in range(document.Sheets.Count))
    own = (sheet for sheet in sheets if sheet.NamedRanges.hasByName(OPTION_ID))
    found = next(one for one in own if cells_named(one, OPTION_ID).getCellByPosition(0, 0).String == wanted)
    return cells_named(found, "tco").getCellByPosition(0, 0)


def _of_functions(document: Document, told: list[str]) -> float | None:
    try:
        rows = cells_named(document, INPUTS).getDataArray()
    except (star("container.NoSuchElementException"), AttributeError):
        told.append("functions: FT_Inputs is gone")
        return None
    found = call("FT_TCO", [rows])
    if isinstance(found, float):
        return found
    told.append(f"functions: {found}")
    assert str(found).startswith(ERROR)
    return None


def _of_engine(saved: Path, told: list[str]) -> float | None:
    """The engine's figure from the saved file; None where it is refused, or a warning tells of something."""
    try:
        reading = read_workbook(saved, fine_tuning_by_id)
        figure = calculate(reading.plan).number("tco", reading.plan.settings.option)
    except FtroiError as error:
        told.append(f"engine: {error}")
        return None
    told.extend(f"engine: {warning}" for warning in reading.warnings)
    return None if reading.warnings else figure
