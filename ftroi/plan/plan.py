"""One project: a template with the settings, figures and own costs that people entered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType
from typing import Any

from ftroi.dates import calendar_day
from ftroi.engine import NOTHING
from ftroi.language import PARTIES
from ftroi.plan.billed import Actuals
from ftroi.plan.ranges import travelled_end
from ftroi.plan.simulated import Simulated
from ftroi.termsheet import Assumption, Template

CASES = ("optimistic", "base", "pessimistic")
"""A case moves every uncertain assumption part of the way to one of its ends."""

ALL_OPTIONS = "all"
"""Every option: of an own cost that all of them bear, and of a plan that is to show all."""


@dataclass(frozen=True)
class Settings:
    """What a plan is about: project, currency, start, and which options play which part.

    ``incumbent`` is the option in service on the decision date: it serves until another option goes live.

    A plan in another currency than its template's has the exchange rate by which the template's
    prices were converted once: money of the plan for one unit of the template's, and its date.
    """

    project: str
    currency: str
    start: date
    options: tuple[str, ...]
    option: str
    case: str
    reference: str
    candidate: str
    incumbent: str = NOTHING
    exchange_rate: float | None = None
    exchange_rate_date: date | None = None

    @property
    def parties(self) -> Mapping[str, str]:
        """The option that each of the language's `PARTIES` looks at."""
        return dict(zip(PARTIES, (self.reference, self.candidate, NOTHING, self.incumbent), strict=True))


@dataclass(frozen=True)
class Entry:
    """What people entered for one assumption, in its unit.

    ``own`` holds the values of options that do not use the base. ``low`` and ``high`` are None for
    constants and decisions. ``favourable`` is the end that is good news for this plan, "low" or "high", where the
    template says the other one; else "".
    """

    base: float
    low: float | None = None
    high: float | None = None
    distribution: str = ""
    own: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
    favourable: str = ""

    def value(self, option: str) -> float:
        """An option's value before any case moves it."""
        return self.own.get(option, self.base)

    @property
    def ends(self) -> tuple[float, float] | None:
        """Low and high as cases and draws take them, in the unit; None without.

        A base beyond a typed end is that end: a case does not move it the wrong way.
        """
        if self.low is None or self.high is None:
            return None
        return min(self.low, self.base), max(self.high, self.base)

    @property
    def is_beyond(self) -> bool:
        """Whether the base lies beyond a typed low or high."""
        return self.ends is not None and self.ends != (self.low, self.high)


@dataclass(frozen=True)
class OwnCost:
    """A cost line of the user's own, in money a month from its first to its last month.

    Month 0 is the day of the decision: what is paid then is of a category that is `at_decision`.
    ``growth`` is per year and starts counting at the first month. ``option`` is an option's id or
    "all". A negative amount is a rebate.
    """

    label: str
    option: str
    category: str
    nature: str
    first_month: int
    last_month: int
    amount: float
    growth: float = 0.0


@dataclass(frozen=True)
class GateEntry:
    """What people entered for one gate: a threshold of their own, evidence with its dates, a waiver."""

    threshold: float | None = None
    figure: float | None = None
    set_on: date | None = None
    set_by: str = ""
    evidence_on: date | None = None
    evidence_until: date | None = None
    waiver: str = ""


@dataclass(frozen=True)
class Remark:
    """What people wrote beside an assumption: who answers for it until when, and their own words on it.

    ``source``, ``evidence``, ``checked`` and ``note`` stand in place of the template's; an empty one
    leaves them. A date that is no day, such as "after the pilot", is kept as its text.
    """

    owner: str = ""
    review_by: date | str | None = None
    source: str = ""
    evidence: str = ""
    checked: date | str | None = None
    note: str = ""


@dataclass(frozen=True)
class LogEntry:
    """One row of the Log: when, what, what it was and is now, by whom or what, and why."""

    day: date | str | None
    what: str
    was: str | float = ""
    now: str | float = ""
    by: str = ""
    why: str = ""


@dataclass(frozen=True)
class Plan:
    """A template, the settings, one entry for each assumption, own costs, gates, and what people wrote beside them.

    ``as_of`` is the day on which evidence is judged; None stands for the day of the start. ``simulated`` holds
    what the last simulation found, which may have been about other inputs; ``actuals`` what was billed.
    """

    template: Template = field(repr=False)
    settings: Settings
    entries: Mapping[str, Entry] = field(repr=False)
    own_costs: tuple[OwnCost, ...] = ()
    gates: Mapping[str, GateEntry] = field(default_factory=lambda: MappingProxyType({}), repr=False)
    remarks: Mapping[str, Remark] = field(default_factory=lambda: MappingProxyType({}), repr=False)
    log: tuple[LogEntry, ...] = field(default=(), repr=False)
    as_of: date | None = None
    simulated: Simulated | None = field(default=None, repr=False)
    actuals: Actuals | None = field(default=None, repr=False)

    @property
    def day(self) -> date:
        """The day on which evidence is judged."""
        return self.as_of or self.settings.start

    @property
    def horizon(self) -> int:
        """The number of months of the plan."""
        return int(self.entries[self.template.views.roles.horizon].base)

    def good_end(self, name: str) -> str:
        """Which end of an assumption's range is good news, "low" or "high": the plan's own word, or the template's."""
        return self.entries[name].favourable or self.template.assumptions[name].table.favourable or ""

    def last_start(self, option: str) -> date | None:
        """The last day on which an option can be started, far away where no end is announced; None where unknown."""
        entry = self.entries.get(self.template.views.roles.last_start or "")
        return calendar_day(entry.value(option)) if entry else None

    @property
    def zero_tolerance(self) -> float:
        """The amount of money up to which a difference is none; 0 where the template does not say."""
        entry = self.entries.get(self.template.views.roles.tolerance or "")
        return entry.base if entry else 0.0

    def with_settings(self, **changes: Any) -> Plan:  # noqa: ANN401 - Settings checks the names
        """A plan with other settings."""
        return replace(self, settings=replace(self.settings, **changes))

    def with_entry(self, name: str, entry: Entry) -> Plan:
        """A plan with another entry for one assumption."""
        return replace(self, entries={**self.entries, name: entry})

    def with_base(self, name: str, base: float) -> Plan:
        """A plan with another base; low and high travel with it, clipped to the range."""
        entry = self.entries[name]
        low, high = travelled(self.template.assumptions[name], entry, base)
        return self.with_entry(name, replace(entry, base=base, low=low, high=high))

    def with_own(self, name: str, option: str, value: float) -> Plan:
        """A plan with an option's own value for an assumption."""
        entry = self.entries[name]
        return self.with_entry(name, replace(entry, own={**entry.own, option: value}))


def travelled(assumption: Assumption, entry: Entry, base: float) -> tuple[float | None, float | None]:
    """Low and high for another base, moved by the assumption's spread."""
    if entry.low is None or entry.high is None:
        return entry.low, entry.high
    ends = (("low", entry.low), ("high", entry.high))
    low, high = (travelled_end(assumption.table, which, base, entry.base, end) for which, end in ends)
    return low, high
