"""From a workbook back to a plan: what people typed, with all findings at once, each with its cell.

Nothing is executed and no formula is evaluated; a formula that somebody typed into an input counts
with the value that the spreadsheet program last saved for it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path

from ftroi.errors import Finding, TemplateError, WorkbookError
from ftroi.plan import OwnCost, Plan, Settings, check_plan
from ftroi.plan.currency import in_currency
from ftroi.termsheet import Template
from ftroi.workbook.blocks import ASSUMPTION, CASE, OPTION, OWN_COST, OWN_COST_HEADERS, RATE_SETTINGS, SETTING, SETTINGS
from ftroi.workbook.entries import AssumptionReader, option_columns
from ftroi.workbook.files import lock_of
from ftroi.workbook.inputs import Block, Notebook, Row, by_key, cut_into_blocks, inputs_area
from ftroi.workbook.parts import Area, Cell, Parts, open_parts
from ftroi.workbook.typed import calendar_day, day, figure, whole, words

FindTemplate = Callable[[str], Template]
"""Gives the template of an id, as `ftroi.termsheet.registry.template_of_id` does."""

_ID = re.compile(r"[a-z][a-z0-9_]*")
_CURRENCY = re.compile(r"[A-Z]{3}")
_SELECTORS = {"option": OPTION, "case": CASE}
_OPTIONAL_IN_OWN_COSTS = ("growth",)


@dataclass(frozen=True, slots=True)
class Reading:
    """A plan as read, and what its reader should know although it can be computed."""

    plan: Plan
    warnings: tuple[Finding, ...]


def read_plan(path: Path, find_template: FindTemplate) -> Plan:
    """Give the plan of a workbook; see `read_workbook`."""
    return read_workbook(path, find_template).plan


def read_workbook(path: Path, find_template: FindTemplate) -> Reading:
    """Read the inputs of a workbook, which may be open elsewhere: it is read as last saved.

    Raises WorkbookError with every finding about the file and its cells, and TemplateError where
    its template is not registered or has findings.
    """
    with open_parts(path) as parts:
        area = inputs_area(path, parts)
        notes = Notebook(area.sheet)
        blocks = cut_into_blocks(path, list(parts.cells(area)), notes)
        settings = _SettingsReader(blocks[SETTING], parts, notes)
        template = _template(settings, find_template)
        plan = _plan(settings, template, blocks, notes)
    if plan is not None:
        notes.findings.extend(_checked(plan, notes))
    if plan is None or notes.findings:
        raise WorkbookError(*notes.findings)
    if lock_of(path):
        notes.warnings.append(Finding(str(path), "is open elsewhere", "it was read as last saved"))
    return Reading(plan, tuple(notes.warnings))


def _template(settings: _SettingsReader, find_template: FindTemplate) -> Template:
    """Load the template that the workbook names by its id; without it nothing else can be read."""
    wanted = settings.words("template")
    if wanted is not None and not _ID.fullmatch(wanted):
        settings.find("template", f"'{wanted}' is no template's id", "write the id, such as fine_tuning")
        wanted = None
    if wanted is None:
        raise WorkbookError(*settings.notes.findings)
    try:
        template = find_template(wanted)
    except TemplateError as error:
        raise TemplateError(*(settings.placed("template", finding) for finding in error.findings)) from None
    return settings.priced(template)


def _plan(
    settings: _SettingsReader, template: Template, blocks: Mapping[str, Block], notes: Notebook
) -> Plan | None:
    """Give the plan, or None where its settings or an entry cannot be read."""
    version = settings.words("version")
    is_other = version is not None and version != template.version
    reader = AssumptionReader(template, is_other, settings.days_offset, notes)
    options = option_columns(blocks[ASSUMPTION], template, notes)
    entries = reader.entries(blocks[ASSUMPTION], options)
    own_costs = tuple(_own_costs(blocks[OWN_COST], notes))
    chosen = settings.settings(options)
    if is_other:
        what = f"was made with version {version} of the template, and {template.version} is used"
        settings.warn("version", what, "every name and unit that it uses is still there")
    if chosen is None or len(entries) < len(template.assumptions):
        return None
    next(iter(blocks[ASSUMPTION].headers.values()))
    return Plan(template, chosen, entries, own_costs)


def _checked(plan: Plan, notes: Notebook) -> Iterator[Finding]:
    """Give the findings of the plan's own checks, each with the cell of what it is about."""
    for finding in check_plan(plan):
        yield replace(finding, where=notes.places.get(finding.where, f"{notes.sheet} ({finding.where})"))


class _SettingsReader:
    """Reads the block of settings."""

    def __init__(self, block: Block, parts: Parts, notes: Notebook) -> None:
        self.notes = notes
        self.days_offset = parts.days_offset
        self._parts = parts
        self._first = next(iter(block.headers.values()))
        self._rows: dict[str, Row] = by_key(block, notes)
        for key in SETTINGS:
            if key not in self._rows:
                notes.find(self._first, key, "the setting is missing below this header", "put its row back")

    def words(self, key: str) -> str | None:
        """Give a setting's text; None where it is missing or cannot be read, which the notes tell."""
        return self._take(words, key)

    def find(self, key: str, what: str, cure: str) -> None:
        """Add a finding about a setting."""
        self.notes.find(self._cell(key), key, what, cure)

    def warn(self, key: str, what: str, cure: str) -> None:
        """Add a warning about a setting."""
        self.notes.warn(self._cell(key), key, what, cure)

    def placed(self, key: str, finding: Finding) -> Finding:
        """Give a finding with a setting's cell before its own place."""
        return replace(finding, where=f"{self.notes.where(self._cell(key), key)}: {finding.where}")

    def _cell(self, key: str) -> Cell:
        return self._rows[key].cells["value"] if key in self._rows else self._first

    def _take(self, read: Callable[[Cell], _Value], key: str) -> _Value | None:
        if key not in self._rows:
            return None
        cell = self._typed(key, self._rows[key].cells["value"])
        return self.notes.take(read, cell, key)

    def _typed(self, key: str, cell: Cell) -> Cell:
        """Give a setting's cell or, where it links to a selector and was never computed, the selector."""
        area = Area.read(self._parts.names.get(_SELECTORS.get(key, ""), ""))
        if not (cell.is_formula and cell.value is None) or area is None or not self._parts.has_sheet(area.sheet):
            return cell
        ((selector,),) = self._parts.cells(replace(area, last_row=area.first_row, last_column=area.first_column))
        return replace(selector, address=cell.address)

    def settings(self, options: tuple[str, ...]) -> Settings | None:
        """Give the settings; None where one cannot be read."""
        texts = {key: self.words(key) for key in ("project", "currency", "option", "case", "reference", "candidate")}
        start = self._take(partial(day, offset=self.days_offset), "start")
        rate, rate_day = self._rate()
        if start is None or not all(texts.values()):
            return None
        return Settings(
            **{key: text or "" for key, text in texts.items()},
            start=calendar_day(start), options=options, exchange_rate=rate, exchange_rate_date=rate_day,
        )  # fmt: skip
