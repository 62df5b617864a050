"""The dated prices in a template's prices.toml: accelerators, tuning, hosting and storage, each with its source."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from pydantic import Field, model_validator

from ftroi.errors import Finding, TemplateError
from ftroi.language import did_you_mean
from ftroi.termsheet import JUDGEMENT, Template
from ftroi.termsheet.files import read_toml
from ftroi.termsheet.schema import Figure, Table

PRICES_FILE = "prices.toml"
"""The optional file of a template's prices."""

KINDS = {
    "accelerator": "Accelerators",
    "tuning": "Tuning at a vendor",
    "hosting": "Hosting of a tuned model",
    "storage": "Storage and data moved",
}
"""The kinds of price, in the order in which they are shown."""


class PriceTable(Table):
    """One price, in the template's currency, with the range seen in the market."""

    label: str = Field(min_length=1)
    kind: Literal["accelerator", "tuning", "hosting", "storage"]
    unit: str = Field(description="For example money/(GPU*hour).")
    price: Figure = Field(ge=0, description="The price that stands for the market.")
    low: Figure = Field(ge=0)
    high: Figure = Field(ge=0)
    source: str = Field(description="An id of sources.toml, or 'judgement' with the reason in the note.")
    checked: date = Field(description="When the price was last compared with its source.")
    assumption: str = Field("", description="The assumption of the plan that it is a price for.")
    note: str = ""

    @model_validator(mode="after")
    def _check_order_and_source(self) -> PriceTable:
        if not self.low <= self.price <= self.high:
            raise ValueError(f"low {self.low:g}, price {self.price:g}, high {self.high:g} are not in order")
        if self.source == JUDGEMENT and not self.note:
            raise ValueError("a management estimate says why in its note")
        return self


@dataclass(frozen=True, slots=True)
class ListedPrice:
    """One price of a template, with the title of its source."""

    name: str
    table: PriceTable
    source: str


def listed_prices(template: Template) -> list[ListedPrice]:
    """A template's prices ordered by kind; none without the file. Raises TemplateError with all findings."""
    if not (template.folder / PRICES_FILE).is_file():
        return []
    file, findings, found = read_toml(template.folder, PRICES_FILE), list[Finding](), list[ListedPrice]()
    for name, value in file.tables.items():
        table = file.model(PriceTable, name, value, findings)
        if table is None:
            continue
        if table.source not in (JUDGEMENT, *template.sources):
            cure = did_you_mean(table.source, template.sources) or "add it to sources.toml"
            findings.append(Finding(file.where(name, "source"), f"no source '{table.source}'", cure))
        elif table.assumption and table.assumption not in template.assumptions:
            cure = did_you_mean(table.assumption, template.assumptions)
            findings.append(Finding(file.where(name, "assumption"), f"no assumption '{table.assumption}'", cure))
        else:
            source = template.sources.get(table.source)
            found.append(ListedPrice(name, table, source.title if source else "management estimate"))
    if findings:
        raise TemplateError(*findings)
    return sorted(found, key=lambda price: list(KINDS).index(price.table.kind))
