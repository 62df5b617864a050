"""The data of a plan: a template with the settings, values and own costs that people entered. All immutable."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from types import MappingProxyType
from typing import Any

from ftroi.dates import MONTHS_OF_A_YEAR, calendar_day
from ftroi.engine import NOTHING
from ftroi.language import PARTIES
from ftroi.plan.billed import Actuals
from ftroi.plan.ranges import travelled_end
from ftroi.plan.simulated import Simulated
from ftroi.termsheet import Assumption, PresetTable, Template, preset_values
from ftroi.termsheet.own_formulas import OwnFormula, with_own_formulas

CASES = ("optimistic", "base", "pessimistic")
"""The cases: a case other than the base moves every uncertain assumption part of the way to its low or high."""

ALL_OPTIONS = "all"
"""Stands for all options: in an own cost that all of them have, and in a request for a plan with all options."""

ALL_BUT_NOTHING = f"all_but_{NOTHING}"
"""Every option but doing nothing: of an own cost."""


HOW_OFTEN: Mapping[str, int] = MappingProxyType({"once": 1200, "monthly": 1, "yearly": MONTHS_OF_A_YEAR})
"""How often an own cost is paid, with the months from one payment to the next: once is never again in any plan."""


@dataclass(frozen=True)
class Settings:
    """The settings of a plan: project, currency, start, options and their roles.

    ``option`` is the option whose details are shown, ``reference`` the baseline, ``candidate`` the proposed option,
    ``incumbent`` the option in service on the decision date, which serves until another option goes live.

    ``exchange_rate`` is the price of one unit of the template's currency in the plan's, at which the template's prices
    were converted, with its date; None for a plan in the template's currency.
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
        """The option that each of the language's `PARTIES` reads."""
        return dict(zip(PARTIES, (self.reference, self.candidate, NOTHING, self.incumbent), strict=True))


@dataclass(frozen=True)
class Entry:
    """The values entered for one assumption, in its unit.

    ``own`` holds the values of options that do not use the base. ``low`` and ``high`` are None for constants and
    decisions. ``favourable`` is the favourable end for this plan, "low" or "high", if it differs from the template's;
    else "".
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
        """Low and high as cases and draws use them; None for constants and decisions.

        A base beyond a typed low or high takes its place, so that no case moves a value the wrong way.
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
    """A cost line that the user added, in money per payment, ``first_month`` to ``last_month`` (inclusive, 1-based).

    Month 0 is the day of the decision; an amount in it needs a category that is `at_decision`. ``growth`` is a
    fraction per year, compounded from the first month. ``option`` is an option's id, "all" or "all_but_do_nothing". A
    positive amount is a cost, a negative one a rebate. ``how_often`` is one of `HOW_OFTEN`: the amount is paid in the
    first month alone, in every month, or in the first and every twelfth after it.
    """

    label: str
    option: str
    category: str
    nature: str
    first_month: int
    last_month: int
    amount: float
    growth: float = 0.0
    how_often: str = "monthly"

    @property
    def every(self) -> int:
        """After how many months it comes again."""
        return HOW_OFTEN[self.how_often]

    def is_borne_by(self, option: str) -> bool:
        """Whether an option bears it."""
        return self.option in (option, ALL_OPTIONS) or (self.option == ALL_BUT_NOTHING and option != NOTHING)


@dataclass(frozen=True)
class GateEntry:
    """The entries for one gate: a threshold, evidence (``figure``) with its dates, and the reason for a waiver."""

    threshold: float | None = None
    figure: float | None = None
    set_on: date | None = None
    set_by: str = ""
    evidence_on: date | None = None
    evidence_until: date | None = None
    waiver: str = ""


@dataclass(frozen=True)
class Remark:
    """The remarks on an assumption: its owner, the date of the next review, and its source.

    ``source``, ``evidence``, ``checked`` and ``note`` override the template's unless they are empty. A review date in
    words, such as "after the pilot", is stored as text.
    """

    owner: str = ""
    review_by: date | str | None = None
    source: str = ""
    evidence: str = ""
    checked: date | str | None = None
    note: str = ""


@dataclass(frozen=True)
class LogEntry:
    """One row of the sheet Log: day, what changed, old and new value, by whom or what, and why."""

    day: date | str | None
    what: str
    was: str | float = ""
    now: str | float = ""
    by: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class NamedScenario:
    """A scenario of the user's own: its name, and changes as people write them, apart by semicolons."""

    name: str
    changes: str

    @property
    def parts(self) -> tuple[str, ...]:
        """The changes, each as "name=value"."""
        return tuple(part.strip() for part in self.changes.split(";") if part.strip())


@dataclass(frozen=True)
class Plan:
    """A template with settings, one entry for each assumption, own costs, gates, remarks and log.

    ``as_of`` is the day on which evidence is judged; None for the start date. ``simulated`` holds the results of the
    last simulation, which may be of other inputs (see `ftroi.analysis.risk.freshness`); ``actuals`` the actual costs.
    ``own_formulas`` are the user's in place of the template's; the template that stands here computes them already
    (`with_formulas`).
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
    own_formulas: tuple[OwnFormula, ...] = ()
    scenarios: tuple[NamedScenario, ...] = field(default=(), repr=False)

    @property
    def day(self) -> date:
        """The day on which evidence is judged."""
        return self.as_of or self.settings.start

    @property
    def horizon(self) -> int:
        """The number of months of the plan."""
        return int(self.entries[self.template.views.roles.horizon].base)

    @cached_property
    def presets_by_likeness(self) -> tuple[PresetTable, ...]:
        """The presets by similarity to the plan: first those of its project, then those with more equal values."""

        def unlikeness(preset: PresetTable) -> tuple[bool, int]:
            names = preset.assumptions.keys() & self.entries.keys()
            alike = sum(self.has_figures_of(preset, name) for name in names)
            return preset.preset.project != self.settings.project, -alike

        return tuple(sorted(self.template.presets.values(), key=unlikeness))

    def has_figures_of(self, preset: PresetTable | None, name: str) -> bool:
        """Say whether low, base and high of an assumption are a preset's, or with None the template's."""
        entry = self.entries[name]
        value = None if preset is None else preset.assumptions.get(name)
        return (entry.low, entry.base, entry.high) == preset_values(self.template.assumptions[name], value)

    def good_end(self, name: str) -> str:
        """The favourable end of an assumption's range, "low" or "high": the plan's if stated, else the template's."""
        return self.entries[name].favourable or self.template.assumptions[name].table.favourable or ""

    def last_start(self, option: str) -> date | None:
        """The last day on which an option can be started, far away where no end is announced; None where unknown."""
        entry = self.entries.get(self.template.views.roles.last_start or "")
        return calendar_day(entry.value(option)) if entry else None

    @property
    def zero_tolerance(self) -> float:
        """The amount of money up to which a difference counts as 0; 0 if the template has no such assumption."""
        entry = self.entries.get(self.template.views.roles.tolerance or "")
        return entry.base if entry else 0.0

    def with_settings(self, **changes: Any) -> Plan:  # noqa: ANN401 - Settings checks the names
        """A copy with some settings changed."""
        plan = replace(self, settings=replace(self.settings, **changes))
        return plan.with_formulas(self.own_formulas) if self.own_formulas and "options" in changes else plan

    def with_formulas(self, formulas: tuple[OwnFormula, ...]) -> Plan:
        """A plan that computes these formulas of the user's own; raises PlanError where one of them cannot be."""
        template = with_own_formulas(self.template, self.settings.options, formulas)
        kept = tuple(formula for formula in formulas if formula.option in self.settings.options)
        return replace(self, template=template, own_formulas=kept)

    def with_entry(self, name: str, entry: Entry) -> Plan:
        """A copy with another entry for one assumption."""
        return replace(self, entries={**self.entries, name: entry})

    def with_base(self, name: str, base: float) -> Plan:
        """A copy with another base; low and high move with it by the assumption's spread, clipped to the range."""
        entry = self.entries[name]
        low, high = travelled(self.template.assumptions[name], entry, base)
        return self.with_entry(name, replace(entry, base=base, low=low, high=high))

    def with_own(self, name: str, option: str, value: float) -> Plan:
        """A copy with an option's own value for an assumption."""
        entry = self.entries[name]
        return self.with_entry(name, replace(entry, own={**entry.own, option: value}))


def travelled(assumption: Assumption, entry: Entry, base: float) -> tuple[float | None, float | None]:
    """Low and high for another base, moved by the assumption's spread; None for constants and decisions."""
    if entry.low is None or entry.high is None:
        return entry.low, entry.high
    ends = (("low", entry.low), ("high", entry.high))
    low, high = (travelled_end(assumption.table, which, base, entry.base, end) for which, end in ends)
    return low, high
