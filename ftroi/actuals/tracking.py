"""Comparing actual costs with the plan: by category and month, the variance by cause, and the forecast.

Only categories with charges are compared; all others count as planned. Future months of a category are those of the
present plan. Past months, and the variance, are compared with the approved plan: the one that is named, else the one
frozen in the workbook, else the present plan. Amounts are in the plan's currency; a variance is actual minus plan,
positive if it cost more.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
from pydantic import Field

from ftroi.actuals.coded import coded
from ftroi.actuals.rules import OUTSIDE, Rule, assigned
from ftroi.actuals.texts import counted
from ftroi.analysis.risk.freshness import digest_of
from ftroi.analysis.variance import Drivers, Effects, Forecast, explain_variance, reforecast
from ftroi.engine import FloatArray, Results, evaluate
from ftroi.errors import BillError, Finding
from ftroi.plan import Plan, calculate, inputs_of
from ftroi.plan.billed import Baseline
from ftroi.termsheet import Template, flat
from ftroi.termsheet.files import read_toml
from ftroi.termsheet.schema import Table

if TYPE_CHECKING:
    from ftroi.actuals.ledger import Ledger

_HEAD = "template.toml"
TRACKING_FILE = "tracking.toml"
"""The file of a template that names what tracking reads, which it may go without: causes are then not told apart."""

_NAMES = ("amount", "volume", "usage", "review", "input_price", "output_price")
"""The keys of that file that name lines or assumptions."""


class TokensTable(Table):
    """The lines that plan what is billed by token, and the units of bills that measure it."""

    category: str
    amount: str
    volume: str
    usage: str
    volume_unit: str
    usage_unit: str
    input_price: str | None = Field(None, description="The assumption that is the price of a million tokens of input.")
    output_price: str | None = Field(None, description="The same of output.")
    note: str = ""


class TrackingTable(Table):
    """What tracking reads of a template."""

    tokens: TokensTable | None = None
    review: str = Field("", description="The assumption that is the month of the review in operation.")


CHOICES = {"go_on": "Go on", "stop": "Stop", "switch": "Switch to the baseline option"}
"""What may be decided after the months that were billed, in the order in which equals are preferred."""


@dataclass(frozen=True, slots=True)
class Later:
    """What each choice is worth from a month's end on, at that day, in money; what is past counts no more."""

    month: int
    go_on: float
    stop: float
    switch: float

    def told(self, to_date: int) -> str:
        """When it is asked, for bills up to a month: not before the option is in operation."""
        return f"After month {self.month}{', the first in operation' if self.month > to_date else ''}"

    @property
    def best(self) -> str:
        """The choice worth most; going on where two are worth the same."""
        return max(CHOICES, key=lambda name: float(getattr(self, name)))


@dataclass(frozen=True, slots=True)
class Row:
    """A category or a month: what was planned to date and what was billed, in money."""

    name: str
    label: str
    planned: float
    actual: float

    @property
    def variance(self) -> float:
        """Actual less plan."""
        return self.actual - self.planned


@dataclass(frozen=True)
class Tracked:
    """Bills beside a plan. ``to_date`` is the last month of the plan that is counted, from 1.

    ``apart`` holds what was billed and is not compared, by why: not assigned, outside, other options, other months.
    ``kinds`` holds all that was billed, by kind. ``charges`` is every charge with its rule and its month of the plan.
    ``against`` says in words which plan the bills are measured against.
    """

    plan: Plan
    option: str
    to_date: int
    categories: tuple[Row, ...]
    months: tuple[Row, ...]
    apart: Mapping[str, float]
    kinds: Mapping[str, float]
    forecast: Forecast
    effects: Effects | None
    later: Later | None
    notes: tuple[Finding, ...]
    charges: Any = field(repr=False)
    against: str = ""

    @property
    def planned(self) -> float:
        """What was planned to date in the categories that have charges."""
        return sum(row.planned for row in self.categories)

    @property
    def actual(self) -> float:
        """What was billed in them."""
        return sum(row.actual for row in self.categories)


def track(
    plan: Plan,
    ledger: Ledger,
    rules: Mapping[str, Rule],
    *,
    approved: Plan | None = None,
    option: str | None = None,
    until: str | None = None,
) -> Tracked:
    """Compare bills with a plan, for one option, by default the one it proposes.

    ``approved`` is the baseline, by default the one that the plan keeps of this option, or the plan itself; ``until``
    the last month that counts, such as 2026-03.
    Raises BillError where the bills are not of the plan's months, and where rules or files name what it does not have.
    """
    chosen = option or plan.settings.candidate
    charges = assigned(ledger.charges, rules, plan)
    charges = charges.assign(plan_month=_plan_months(charges, plan.settings.start))
    last = _last_month(charges, plan, until)
    split = _split(charges, chosen, last)
    counted = charges[split == ""]
    now = _Side(plan, calculate(plan), chosen, last)
    kept = plan.actuals.baseline if plan.actuals and plan.actuals.baseline.option == chosen else None
    side = now if approved is None else _Side(approved, calculate(approved), chosen, last)
    if approved is None and kept is not None:
        side = replace(now, frozen=kept)
    names = [name for name in plan.template.cost_categories if (counted["category"] == name).any()]
    planned = {name: side.category(name) for name in names}
    billed = {name: _by_month(counted[counted["category"] == name], last) for name in names}
    labels = plan.template.categories
    return Tracked(
        plan, chosen, last,
        tuple(Row(one, labels[one].label, float(planned[one][:last].sum()), float(billed[one].sum())) for one in names),
        _months(plan, planned, billed, last),
        apart={why: float(charges["amount"][split == why].sum()) for why in map(str, split.unique()) if why},
        kinds={str(kind): float(sum_) for kind, sum_ in charges.groupby("kind", observed=True)["amount"].sum().items()},
        forecast=_forecast(side, planned, {name: now.months(flat(name)) for name in names}, billed),
        effects=_effects(side, counted), later=later_of(plan, chosen, last),
        notes=(*ledger.notes, *_notes(charges, split), *_of_baseline(side)), charges=charges,
        against=_against(kept, is_named=approved is not None),
    )  # fmt: skip


@dataclass(frozen=True)
class _Side:
    """A plan with its results, for the option and up to the month that are compared."""

    plan: Plan
    results: Results
    option: str
    last: int
    frozen: Baseline | None = None
    """The cost that was frozen in place of the plan's own."""

    def months(self, line: str) -> FloatArray:
        """A line by month over the plan's horizon."""
        return self.results.row(line, self.option)[: self.plan.horizon]

    def category(self, name: str) -> FloatArray:
        """A category's cost by month, as frozen where it was."""
        return self.months(flat(name)) if self.frozen is None else np.array(self.frozen.months.get(name, ()))

    @property
    def costs(self) -> FloatArray:
        """All cost by month, as frozen where it was."""
        if self.frozen is None:
            return self.months("costs")
        return _summed(self.frozen.months, max((len(row) for row in self.frozen.months.values()), default=0))

    @property
    def is_as_frozen(self) -> bool:
        """Whether the plan still has the inputs that were frozen."""
        return self.frozen is None or self.frozen.digest == digest_of(self.plan)


def _against(kept: Baseline | None, *, is_named: bool) -> str:
    """Which plan the bills are measured against."""
    if is_named:
        return "the plan named with --approved"
    if kept is None:
        return "the plan as it stands: none was approved"
    return f"the plan {f'approved by {kept.by}' if kept.by else 'as it was frozen at the first import'} on {kept.day}"


def _of_baseline(side: _Side) -> Iterator[Finding]:
    """A note that causes are not split, where the frozen plan's quantities are not at hand any more."""
    if not side.is_as_frozen:
        what = "inputs were changed since the plan was frozen: its quantities are not in the workbook"
        yield Finding("volume, usage and price", what, "name the plan of then with --approved to split the variance")


def tracking_of(template: Template) -> TrackingTable:
    """Read what tracking reads of a template. Raises BillError."""
    if not (template.folder / TRACKING_FILE).is_file():
        return TrackingTable()
    file, findings = read_toml(template.folder, TRACKING_FILE), list[Finding]()
    table = file.model(TrackingTable, "", file.tables, findings)
    known = {*template.lines, *template.assumptions}
    stated = {} if table is None else {**(table.tokens or table).__dict__, "review": table.review or None}
    for key in _NAMES:
        if isinstance(stated.get(key), str) and stated[key] not in known:
            findings.append(Finding(f"{TRACKING_FILE}: {key}", f"no line or assumption '{stated[key]}'", "correct it"))
    if findings or table is None:
        raise BillError(*findings)
    return table


# --- which charges count -------------------------------------------------------------------------------------


def _plan_months(charges: Any, start: date) -> Any:
    """Each charge's month of the plan, 1 for that of the start; earlier ones are 0 and less."""
    months = charges["day"].to_numpy().astype("M8[M]").astype(np.int64)
    return months - int(np.datetime64(start, "M").astype(np.int64)) + 1


def _last_month(charges: Any, plan: Plan, until: str | None) -> int:
    months = charges["plan_month"]
    last = int(months.max())
    if until is not None:
        try:
            wanted = np.datetime64(until, "M")
        except ValueError:
            raise BillError(Finding("--until", f"'{until}' is no month", "write it as 2026-03")) from None
        last = min(last, int((wanted - np.datetime64(plan.settings.start, "M")).astype(int)) + 1)
    if last < 1:
        ends, start = str(charges["month"].astype(str).max()), plan.settings.start
        what = f"the bills end in {until or ends}, and the plan starts on {start}"
        row = charges.iloc[int(months.to_numpy().argmax())]
        raise BillError(Finding(f"{row['file']}:{row['line']}", what, "check the plan's start, or name later bills"))
    return min(last, plan.horizon)


def _split(charges: Any, option: str, last: int) -> Any:
    """Say for each charge why it is not compared; "" where it is."""
    month = charges["plan_month"].to_numpy()
    before, after = month < 1, month > last
    inside = ~before & ~after
    why = {
        "before the plan": before,
        "after the months compared": after,
        "other options": inside & (charges["option"] != option).to_numpy(),
        "outside the plan": inside & (charges["category"] == OUTSIDE).to_numpy(),
        "not assigned": inside & (charges["rule"] == "").to_numpy(),
    }
    # The last reason counts.
    return coded(np.max([code * rows for code, rows in enumerate(why.values(), start=1)], axis=0), ["", *why])


def _by_month(charges: Any, last: int) -> FloatArray:
    sums = np.zeros(last)
    np.add.at(sums, charges["plan_month"].to_numpy() - 1, charges["amount"].to_numpy())
    return sums


def _notes(charges: Any, split: Any) -> list[Finding]:
    notes = []
    for why, cure in (
        ("not assigned", "add a rule, or the pattern to one, with --rules"),
        ("before the plan", "check the plan's start if they belong to it"),
    ):
        rows = charges[split == why]
        if len(rows):
            where = f"{rows['file'].iloc[0]}:{rows['line'].iloc[0]}"
            amount, verb = rows["amount"].sum(), "is" if len(rows) == 1 else "are"
            what = f"{counted(len(rows), 'charge')} of {amount:,.2f} in all {verb} {why}"
            notes.append(Finding(where, what, cure))
    days = charges[split == ""].groupby("category", observed=True)["day"].max()
    ends = {name: str(np.datetime64(day, "M")) for name, day in days.items()}
    for name, month in ends.items():
        if month < (last := max(ends.values())):
            what = f"has bills up to {month}, and other categories up to {last}: its later months count as unbilled"
            notes.append(Finding(str(name), what, f"name the missing bills, or compare with --until {month}"))
    return notes


# --- what follows from them ------------------------------------------------------------------------------------


def _months(plan: Plan, planned: Mapping[str, Any], billed: Mapping[str, Any], last: int) -> tuple[Row, ...]:
    first = np.datetime64(plan.settings.start, "M")
    names = [str(first + place) for place in range(last)]
    return tuple(
        Row(
            name,
            name,
            float(sum(row[place] for row in planned.values() if place < len(row))),
            float(sum(row[place] for row in billed.values())),
        )
        for place, name in enumerate(names)
    )


def _forecast(side: _Side, planned: Mapping[str, Any], later: Mapping[str, Any], billed: Mapping[str, Any]) -> Forecast:
    """Put bills in the place of the plan, in the categories that have any; the others stay as planned."""
    approved = side.costs
    rest = approved - _summed(planned, len(approved))
    actual = np.pad(rest, (0, max(0, side.last - len(rest))))[: side.last] + _summed(billed, side.last)
    length = max([len(approved), *(len(row) for row in later.values())])
    to_come = np.pad(rest, (0, length - len(rest))) + _summed(later, length)
    return reforecast(actual.tolist(), approved.tolist(), to_come.tolist())


def _summed(rows: Mapping[str, Any], length: int) -> FloatArray:
    total = np.zeros(length)
    for row in rows.values():
        total[: min(length, len(row))] += row[:length]
    return total


def _effects(side: _Side, counted: Any) -> Effects | None:
    """Split the variance of what is billed by token; None where the template, or the bills, do not tell quantities.

    Phasing is what the plan would have cost by now had it begun in the month of the first bill, less what it was to
    cost. The exchange rate is that of the plan and that of the bills, where these are in the template's own currency.
    """
    table = tracking_of(side.plan.template).tokens
    if table is None or not side.is_as_frozen:
        return None
    units = [table.usage_unit, table.volume_unit, ""]
    rows = counted[(counted["category"] == table.category) & counted["unit"].isin(units)]
    sums = rows.groupby("unit", observed=True)["quantity"].sum()
    tokens, requests = float(sums.get(table.usage_unit, 0.0)), float(sums.get(table.volume_unit, 0.0))
    amount, months = float(rows["amount"].sum()), side.months(table.amount)
    served_by_month, usage = side.months(table.volume), side.results.number(table.usage, side.option)
    if not tokens or not usage or not months[: side.last].any() or not served_by_month[: side.last].any():
        return None
    shift = int(rows["plan_month"].min()) - 1 - int(np.flatnonzero(months)[0])
    was, now = _rates(side.plan, rows)
    planned, phased = (
        _drivers(float(served_by_month[:last].sum()), usage, float(months[:last].sum()), was, by_request=bool(requests))
        for last in (side.last, max(0, side.last - shift))
    )
    if not phased.amount:
        return None
    actual = _drivers(requests, tokens / (requests or 1.0), amount, now, by_request=bool(requests))
    return explain_variance(planned, actual, phased)


def _drivers(volume: float, usage: float, amount: float, rate: float, *, by_request: bool) -> Drivers:
    """What makes an amount; in bills that tell no requests the tokens are the volume."""
    tokens = volume * usage if volume else usage
    price = amount / (tokens * rate) if tokens else 0.0
    return Drivers(volume, usage, price, rate) if by_request else Drivers(tokens, 1.0, price, rate)


def _rates(plan: Plan, rows: Any) -> tuple[float, float]:
    """Money of the plan for one unit of the template's currency, as planned and as billed; 1 without an exchange."""
    planned = plan.settings.exchange_rate
    own = read_toml(plan.template.folder, _HEAD).tables.get("currency") if planned else None
    currencies, billed = set(map(str, rows["currency"].unique())), float(rows["billed"].sum())
    if planned is None or currencies != {own} or not billed:
        return 1.0, 1.0
    return planned, float(rows["amount"].sum()) / billed


def later_of(plan: Plan, option: str, last: int) -> Later | None:
    """Hold the plan's review after the last month billed; None for the baseline option, which switches nowhere."""
    review, named = tracking_of(plan.template).review, plan.template.views.alternatives
    if not review or named is None or last >= plan.horizon or option == plan.settings.reference:
        return None
    names = (named.review, named.going_on, named.stopping, named.switching)
    results = evaluate(plan.template, inputs_of(plan.with_base(review, last)), names)
    month, *worth = (results.number(name, option) for name in names)
    return Later(int(month), *worth)
