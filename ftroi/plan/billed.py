"""What a workbook keeps of bills: amounts that were imported, the rules they followed, and the approved plan.

An amount is the sum of a file's charges that are alike in month, category, option, kind, unit and rule; it names the
file's lines, so that it can be traced.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

EFFECTS = ("volume", "usage", "price")
"""What the variance of amounts by token is split into, where it is."""


@dataclass(frozen=True, slots=True)
class Billed:
    """An imported amount in the plan's currency, with where it comes from.

    ``category``, ``option`` and ``rule`` are "" where no rule fits; ``charge`` then says what the bill does.
    ``checksum`` is that of the file's content; ``first_line`` and ``last_line`` are between which its ``rows`` stand.
    """

    month: date
    category: str
    option: str
    kind: str
    amount: float
    quantity: float
    unit: str
    rule: str
    charge: str
    rows: int
    file: str
    first_line: int
    last_line: int
    format: str
    account: str
    checksum: str


@dataclass(frozen=True, slots=True)
class Mapped:
    """One rule of the sheet Mapping: its name, patterns by what they look at, and what follows; all as typed."""

    name: str
    patterns: Mapping[str, str]
    category: str
    option: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Baseline:
    """The plan that bills are measured against: an option's cost by category and month, frozen on a day.

    ``by`` is who approved it, "" where nobody did and it was taken at the first import. ``digest`` tells the inputs,
    ``fingerprint`` what the workbook's cells made of them.
    """

    day: date
    by: str
    option: str
    digest: str
    months: Mapping[str, tuple[float, ...]] = field(repr=False)
    fingerprint: float | None = None


@dataclass(frozen=True)
class Actuals:
    """Bills beside a plan, as its workbook keeps them. ``to_date`` is the last month of the plan that is compared.

    ``effects`` splits the variance of what is billed by token, as the last import found it, into `EFFECTS`.
    """

    baseline: Baseline
    to_date: int = 0
    basis: str = ""
    billed: tuple[Billed, ...] = field(default=(), repr=False)
    rules: tuple[Mapped, ...] = field(default=(), repr=False)
    effects: Mapping[str, float] = field(default_factory=dict, repr=False)
