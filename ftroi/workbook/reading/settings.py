"""Reading the block of settings."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial

from ftroi.dates import calendar_day
from ftroi.errors import Finding
from ftroi.plan import Settings
from ftroi.plan.currency import in_currency
from ftroi.plan.option_names import option_named
from ftroi.termsheet import Template
from ftroi.workbook.reading.blocks import Block, Notebook, by_key
from ftroi.workbook.reading.cell_values import day_typed, figure_typed, key_typed, text_typed
from ftroi.workbook.schema import CASE, LATER_SETTINGS, OPTION, OPTION_SETTINGS, RATE_SETTINGS, SETTINGS
from ftroi.workbook.xlsx.cells import Cell, Sheets

_TEMPLATE_ID = re.compile(r"[a-z][a-z0-9_]*")
_CURRENCY = re.compile(r"[A-Z]{3}")
_SELECTORS = {"option": OPTION, "case": CASE}


class SettingsReader:
    """The settings of a workbook, each read once; what cannot be read is in the notes, and None here."""

    def __init__(self, block: Block, sheets: Sheets, notes: Notebook) -> None:
        """Read every setting; a key without a row is a finding, unless it may be left out."""
        self.days_offset = sheets.days_offset
        self._sheets = sheets
        self._notes = notes
        self._header = next(iter(block.headers.values()))
        self._cells = {key: row.cells["value"] for key, row in by_key(block, notes).items()}
        self._values = {key: self._read(key) for key in (*SETTINGS, *RATE_SETTINGS)}

    def _read(self, key: str) -> float | str | None:
        if key in RATE_SETTINGS and (key not in self._cells or self._cells[key].is_empty):
            return None
        if key in LATER_SETTINGS and key not in self._cells:
            return LATER_SETTINGS[key]
        if key not in self._cells:
            what, cure = "the setting has no row below this header", "restore it with Undo or from a backup"
            self._notes.find(self._header, key, what, cure)
            return None
        return self._notes.take(self._reader(key), self._typed(key, self._cells[key]), key)

    def _reader(self, key: str) -> Callable[[Cell], float | str]:
        if key in ("start", "exchange_rate_date"):
            return partial(day_typed, offset=self.days_offset)
        if key == "exchange_rate":
            return figure_typed
        return text_typed if key == "project" else key_typed

    def _typed(self, key: str, cell: Cell) -> Cell:
        """A setting's cell or, where it links to a selector and was never computed, the selector's."""
        area = self._sheets.area_named(_SELECTORS[key]) if key in _SELECTORS else None
        if not (cell.is_formula and cell.value is None) or area is None:
            return cell
        one = replace(area, last_row=area.first_row, last_column=area.first_column)
        ((selector,),) = self._sheets.cells(one)
        return replace(selector, address=cell.address)

    def text(self, key: str) -> str | None:
        """A setting that is a text."""
        value = self._values[key]
        return value if isinstance(value, str) else None

    def template_id(self) -> str | None:
        """The id of the workbook's template: an id and never a path."""
        wanted = self.text("template")
        if wanted is not None and not _TEMPLATE_ID.fullmatch(wanted):
            self.find("template", f"'{wanted}' is no template's id", "write the id, such as fine_tuning")
            return None
        return wanted

    @property
    def edition(self) -> tuple[str, str]:
        """The version of the template that the workbook was made with, and its checksum; each "" if not told."""
        version, _, checksum = (self.text("version") or "").partition("+")
        return version, checksum

    def other_edition(self, template: Template) -> Finding | None:
        """What is to be told where the workbook was made with another template of this id; None where it was not."""
        version, checksum = self.edition
        if version not in ("", template.version):
            what = f"the workbook was made with version {version} of the template"
            cure = f"it is computed with {template.version}, in which every name and unit that it uses is still there"
            return Finding(self.where("version"), what, cure)
        if checksum not in ("", template.checksum):
            sums = f"its checksum is {checksum}, here {template.checksum}"
            what = f"the workbook was made with another template of this id and version ({sums})"
            cure = f"run 'ftroi regenerate' to take the one in {template.folder}, or register the former one again"
            return Finding(self.where("version"), what, cure)
        return None

    def where(self, key: str) -> str:
        """The cell of a setting, for a message."""
        return self._notes.where(self._cells.get(key, self._header), key)

    def find(self, key: str, what: str, cure: str) -> None:
        """Add a finding about a setting."""
        self._notes.findings.append(Finding(self.where(key), what, cure))

    def priced(self, template: Template) -> Template:
        """The template with its prices in the workbook's currency.

        A currency without an exchange rate is a finding: the figures would stay what they are, and
        only their sign would change.
        """
        currency, (rate, rate_day) = self.text("currency"), self._rate()
        if currency is None:
            return template
        if not _CURRENCY.fullmatch(currency):
            self.find("currency", f"'{currency}' is no currency", "write its three letters, such as USD")
        elif currency == template.currency:
            if rate is not None:
                self.find(
                    "exchange_rate",
                    f"the plan is in {currency}, the template's own currency",
                    "clear the rate and its date",
                )
        elif rate is None or rate_day is None:
            what = f"the template's prices are in {template.currency}, and need an exchange rate and its date"
            cure = f"type both below: what one {template.currency} costs in {currency}, and of which day"
            self.find("currency", what, cure)
        elif rate <= 0:
            self.find("exchange_rate", f"{rate:g} is no rate", f"type how much {currency} one {template.currency} is")
        else:
            return in_currency(template, currency, rate)
        return template

    def _rate(self) -> tuple[float | None, date | None]:
        rate, rate_day = self._values["exchange_rate"], self._values["exchange_rate_date"]
        return (
            rate if isinstance(rate, float) else None,
            calendar_day(rate_day) if isinstance(rate_day, float) else None,
        )

    def rate(self, template: Template) -> float:
        """What prices of the template are multiplied by; 1 in its own currency, and where no rate can be read."""
        rate, _ = self._rate()
        is_own = self.text("currency") == template.list_currency
        return rate if rate is not None and rate > 0 and not is_own else 1.0

    def settings(self, template: Template, options: tuple[str, ...]) -> Settings | None:
        """All settings for the options that have a column, named by id or label; None where one cannot be read."""
        keys = ("project", "currency", "option", "case", "reference", "candidate", "incumbent")
        texts = {key: text for key in keys if (text := self.text(key)) is not None}
        start, (rate, rate_day) = self._values["start"], self._rate()
        if len(texts) < len(keys) or not isinstance(start, float):
            return None
        texts |= {key: option_named(template, options, texts[key]) for key in OPTION_SETTINGS}
        begins = calendar_day(start)
        return Settings(**texts, start=begins, options=options, exchange_rate=rate, exchange_rate_date=rate_day)
