"""The bills that can be read, each a row of ``formats.toml``, and recognising a bill by its columns.

A format says which column holds what. A company's own table is one more entry of the same form, in a TOML file of
its own: a mapping. For example, a German ledger::

    [ledger]
    label    = "Ledger of the AI team"
    needs    = ["Buchungsdatum", "Betrag"]
    date     = "Buchungsdatum"
    dates    = "d/m/y"
    amount   = { effective = "Betrag", billed = "Betrag" }
    currency_is = "EUR"
    decimal  = ","
    description = ["Text"]
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import Field

from ftroi.errors import BillError, Finding
from ftroi.language import did_you_mean
from ftroi.termsheet.files import read_toml
from ftroi.termsheet.schema import Table

Basis = Literal["effective", "billed"]
"""What a charge is taken at: its effective cost spreads commitments over their use, its billed cost was invoiced."""

KINDS = ("usage", "credit", "tax", "refund", "rounding")
"""What a charge is; usage stands for purchases and fees too."""


class AmountColumns(Table):
    """The columns of the amount, by basis."""

    effective: str
    billed: str


class Format(Table):
    """One kind of bill: which column holds what; see formats.toml."""

    label: str = Field(min_length=1, description="As people name it.")
    needs: tuple[str, ...] = Field(min_length=1, description="Columns by which it is recognised; all must be there.")
    date: str = Field(description="The column of the day, or the start of the period.")
    dates: Literal["m/d/y", "d/m/y"] | None = Field(None, description="The order of dates such as 3/4/2026.")
    end: str = Field("", description="The end of the period; by default the first moment after it.")
    end_is_last: bool = Field(default=False, description="Says that the end is the last day of the period.")
    amount: AmountColumns | None = Field(None, description="None where a file has quantities only.")
    scale: float = Field(1.0, gt=0, description="0.01 where amounts are in cents.")
    currency: str = ""
    currency_is: str = Field("", description="The currency of a file that does not name it.")
    currency_of: str = Field("", description="A column whose heading bears the currency's sign.")
    quantity: tuple[str, ...] = Field((), description="Columns of the quantity; a later one fills gaps.")
    unit: tuple[str, ...] = Field((), description="Columns of the unit, one for each of quantity.")
    unit_is: str = ""
    price: str = Field("", description="The price of one unit: gives the amount where none stands.")
    quantities: dict[str, tuple[str, str]] = Field({}, description="Columns of quantities, with unit and description.")
    provider: str = ""
    provider_is: str = ""
    service: tuple[str, ...] = ()
    service_is: str = ""
    description: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    kinds: tuple[tuple[str, Literal["usage", "credit", "tax", "refund", "rounding"]], ...] = ()
    credits: str = Field("", description="A column with a JSON list of credits, each with an amount.")
    account: str = Field("", description="The tenant: a billing account or organisation.")
    category: str = Field("", description="A category of the plan that the file itself states.")
    option: str = Field("", description="An option of the plan that the file itself states.")
    decimal: Literal[".", ","] | None = Field(None, description="The decimal sign; found from the figures if left out.")


@dataclass(frozen=True)
class Columns:
    """The headings of one file, looked up without regard to capitals and spaces around them."""

    names: tuple[str, ...]

    def find(self, wanted: str) -> str | None:
        """The column of "name|other name"; "Cost (*" finds one by its beginning. None where there is none."""
        for one in wanted.split("|"):
            found = self._find(one.strip().casefold()) if one.strip() else None
            if found is not None:
                return found
        return None

    def _find(self, wanted: str) -> str | None:
        if wanted.endswith("*"):
            begin = wanted.removesuffix("*")
            return next((name for name in self.names if name.strip().casefold().startswith(begin)), None)
        return next((name for name in self.names if name.strip().casefold() == wanted), None)

    def missing(self, form: Format) -> list[str]:
        """The columns that a format needs and that are not there."""
        return [one for one in form.needs if self.find(one) is None]


@cache
def known_formats() -> Mapping[str, Format]:
    """The formats that come with ftroi, by id."""
    return read_formats(Path(__file__).with_name("formats.toml"))


def read_formats(path: Path) -> dict[str, Format]:
    """Read a file of formats or mappings. Raises BillError, or TemplateError where it is no TOML."""
    file = read_toml(path.parent, path.name)
    findings: list[Finding] = []
    read = {name: file.model(Format, name, table, findings) for name, table in file.tables.items()}
    formats = {name: form for name, form in read.items() if form is not None}
    if not findings and not formats:
        findings.append(Finding(str(path), "names no format", "begin one with [its_name]; see 'ftroi actuals --help'"))
    if findings:
        raise BillError(*findings)
    return formats


def recognise(columns: Columns, formats: Mapping[str, Format]) -> str | None:
    """The format whose needed columns are all there, the most telling first; None where there is none."""
    fitting = [name for name, form in formats.items() if not columns.missing(form)]
    return max(fitting, key=lambda name: len(formats[name].needs), default=None)


def unknown(where: str, columns: Sequence[str], formats: Mapping[str, Format]) -> Finding:
    """Say that a file is none of the formats: what it has, and what the nearest would need."""
    found = Columns(tuple(columns))
    name, form = min(formats.items(), key=lambda one: len(found.missing(one[1])) / len(one[1].needs))
    lacking = found.missing(form)
    shown = ", ".join(columns[:12]) + (" …" if len(columns) > 12 else "")  # noqa: PLR2004 - as many as a line shows
    what = f"is none of the known bills: its columns are {shown}"
    if len(lacking) < len(form.needs):
        near = "; ".join(filter(None, (did_you_mean(one.split("|")[0], columns) for one in lacking)))
        cure = f"for {name} ({form.label}) it lacks {', '.join(lacking)}{f' ({near})' if near else ''}"
        return Finding(where, what, f"{cure}; or describe its columns with --mapping FILE")
    return Finding(where, what, "describe its columns in a TOML file, and name that with --mapping FILE")


def figure_columns(form: Format, columns: Columns) -> list[str]:
    """The columns of a file that hold figures, each once."""
    amounts = (form.amount.effective, form.amount.billed) if form.amount else ()
    return _found(columns, (*amounts, *form.quantity, form.price, *form.quantities))


def text_columns(form: Format, columns: Columns) -> list[str]:
    """The columns of a file that its format reads as texts, each once."""
    stated = (
        form.date, form.end, form.currency, form.provider, form.credits, form.account, form.category, form.option,
        *form.unit, *form.service, *form.description, *form.kind,
    )  # fmt: skip
    return _found(columns, stated)


def _found(columns: Columns, wanted: Iterable[str]) -> list[str]:
    found = (columns.find(one) for one in wanted if one)
    return list(dict.fromkeys(name for name in found if name is not None))
