"""Actual costs as a workbook stores them: imported amounts, the rules that mapped them, and the baseline.

An amount is the sum of a file's charges that have the same month, category, option, kind, unit and rule. It refers to
the lines of the file, so that it can be traced.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

EFFECTS = ("volume", "usage", "price", "currency", "phasing")
"""The effects into which the variance of token costs is split."""

PROMISED = ("value", "gain")
"""The ``[roles]`` whose measures are kept of a frozen plan: its value, and its net present value."""


@dataclass(frozen=True, slots=True)
class Billed:
    """An imported amount in the plan's currency, with its origin.

    ``category``, ``option`` and ``rule`` are "" if no rule matches; ``charge`` then holds the bill's own description.
    ``quantity`` is in ``unit``. ``checksum`` is that of the file's content; its ``rows`` charges are between
    ``first_line`` and ``last_line`` of the file.
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
    """One rule of the sheet Mapping: patterns by the field that they match, and the category and option, as typed."""

    name: str
    patterns: Mapping[str, str]
    category: str
    option: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Described:
    """One entry of a mapping of the user's own, as typed: of which table of bills, what it says, and what it holds."""

    bill: str
    entry: str
    value: str


@dataclass(frozen=True, slots=True)
class Baseline:
    """The plan that actual costs are compared with: an option's cost by category and month, frozen on ``day``.

    ``by`` is who approved it, "" if it was frozen at the first import instead. ``months`` holds money per month by
    category. ``digest`` is the digest of the plan's inputs, ``fingerprint`` the workbook's checksum of them.
    """

    day: date
    by: str
    option: str
    digest: str
    months: Mapping[str, tuple[float, ...]] = field(repr=False)
    fingerprint: float | None = None
    promised: Mapping[str, float] = field(default_factory=dict)
    """What the frozen plan promised besides its cost, in money, by `PROMISED`; empty where it was not kept."""


@dataclass(frozen=True)
class Actuals:
    """The actual costs of a plan, as its workbook stores them.

    ``to_date`` is the last month of the plan that is compared. ``effects`` is the variance of token costs by `EFFECTS`,
    in money, as of the last import.
    """

    baseline: Baseline
    to_date: int = 0
    basis: str = ""
    billed: tuple[Billed, ...] = field(default=(), repr=False)
    rules: tuple[Mapped, ...] = field(default=(), repr=False)
    effects: Mapping[str, float] = field(default_factory=dict, repr=False)
    mappings: tuple[Described, ...] = field(default=(), repr=False)
