"""Comparing two plans: the changes between them, and the effect of each on cost and net present value.

The effects form a waterfall that adds up: the effect of a change is its Shapley value, the mean of what it adds over
all orders in which the changes could be made. Changes that cannot affect results, such as a project's name, are only
listed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from functools import cache
from itertools import groupby
from typing import Any

import numpy as np

from ftroi.analysis.report import Report
from ftroi.analysis.shapley import shapley_shares
from ftroi.engine import NOTHING, FloatArray, Inputs, evaluate
from ftroi.errors import EvaluationError, Finding, PlanError
from ftroi.plan.plan import Entry, Plan, Settings
from ftroi.plan.resolve import inputs_of
from ftroi.termsheet import Template
from ftroi.termsheet.own_formulas import OwnFormula, with_own_formulas

OWN_COSTS, OWN_FORMULAS, SETTINGS = "own costs", "own formulas", "settings"
_WITHOUT_EFFECT = ("project", "currency", "options", "option", "exchange_rate", "exchange_rate_date")
PlainValue = float | str | None


@dataclass(frozen=True, slots=True)
class Change:
    """One difference of the second plan from the first.

    ``cause`` is the key of its effect, "" if it has none. ``option`` is set for an option's own value or cost.
    """

    kind: str
    name: str
    label: str
    was: PlainValue
    now: PlainValue
    option: str = ""
    cause: str = ""


@dataclass(frozen=True)
class Difference:
    """Two plans compared: the changes, the measures before and after, and the effect of each cause, in money.

    ``option`` is the option that is compared in each plan. ``effects`` is empty, and ``missing`` says why, if plans
    between the two cannot be evaluated.
    """

    before: Plan
    after: Plan
    changes: tuple[Change, ...]
    option: tuple[str, str]
    figures: Mapping[str, tuple[float, float]]
    effects: Mapping[str, Mapping[str, float]]
    missing: str = ""


def compare_plans(before: Plan, after: Plan, option: str | None = None) -> Difference:
    """Compare two plans by the measures of ``option`` (default: each plan's candidate).

    Raises PlanError if the plans have different templates or currencies, or one of them does not have the option.
    """
    _require_comparable(before, after, option)
    changes = tuple(_changes(before, after))
    hybrid = _Hybrid(before, after, option)
    causes = dict.fromkeys(change.cause for change in changes if change.cause)
    low, high = hybrid.figures([frozenset(), frozenset(causes)])
    figures = {name: (float(low[place]), float(high[place])) for place, name in enumerate(measures_of(after.template))}
    try:
        shares = shapley_shares(_grouped(after, causes), hybrid.figures)
    except EvaluationError as error:
        shares, missing = {}, f"between the two plans there are states without a figure: {error.findings[0]}"
    else:
        missing = ""
    effects = {cause: dict(zip(figures, map(float, share), strict=True)) for cause, share in shares.items()}
    chosen = (option or before.settings.candidate, option or after.settings.candidate)
    return Difference(before, after, changes, chosen, figures, effects, missing)


def measures_of(template: Template) -> tuple[str, str]:
    """The measures whose difference is attributed to the changes, in money: the cost, and the net measure."""
    return template.role("cost"), template.role("gain")


def _of_the_whole_plan(template: Template) -> tuple[str, str]:
    """Assumptions that change more of the engine's inputs than their own values: the horizon, the strength of cases."""
    return template.views.roles.horizon, template.views.roles.case_strength


def _require_comparable(before: Plan, after: Plan, option: str | None) -> None:
    findings = []
    if before.template.id != after.template.id:
        what = f"one plan is of the template {before.template.id}, the other of {after.template.id}"
        findings.append(Finding("template", what, "compare plans of one template"))
    if before.settings.currency != after.settings.currency:
        what = f"one plan is in {before.settings.currency}, the other in {after.settings.currency}"
        findings.append(Finding("currency", what, "make one of them anew in the other's currency"))
    for plan, which in ((before, "first"), (after, "second")):
        if option is not None and option not in plan.settings.options:
            known = ", ".join(plan.settings.options)
            findings.append(Finding("--option", f"the {which} plan has no '{option}'", f"it has {known}"))
    if findings:
        raise PlanError(*findings)


# --- what changed ----------------------------------------------------------------------------------------------


def _changes(before: Plan, after: Plan) -> Iterator[Change]:
    yield from _changed_settings(before, after)
    yield from _changed_options(before, after)
    for name, entry in after.entries.items():
        yield from _changed_entry(name, before.entries.get(name, entry), entry, before, after)
    yield from _changed_costs(before, after)
    yield from _changed_formulas(before, after)
    for name, gate in after.template.gates.items():
        was, now = (asdict(plan.gates[name]) if name in plan.gates else {} for plan in (before, after))
        for key in dict.fromkeys((*was, *now)):
            if was.get(key) != now.get(key) and (was.get(key) or now.get(key)):
                label = f"Gate, {key.replace('_', ' ')}: {gate.brief}"
                yield Change("gate", name, label, _plain_value(was.get(key)), _plain_value(now.get(key)))


def _plain_value(value: object) -> PlainValue:
    if value is None or value == "":
        return None
    return float(value) if isinstance(value, int | float) else str(value)


def _changed_settings(before: Plan, after: Plan) -> Iterator[Change]:
    for field in fields(Settings):
        was, now = getattr(before.settings, field.name), getattr(after.settings, field.name)
        if was != now and field.name != "options":
            cause = "" if field.name in _WITHOUT_EFFECT else f"setting {field.name}"
            label = f"Setting: {field.name.replace('_', ' ')}"
            yield Change("setting", field.name, label, _plain_value(was), _plain_value(now), cause=cause)


def _changed_options(before: Plan, after: Plan) -> Iterator[Change]:
    had, has = before.settings.options, after.settings.options
    for option in (*had, *(one for one in has if one not in had)):
        if (option in had) != (option in has):
            was, now = ("in the plan" if option in options else None for options in (had, has))
            yield Change("option", option, after.template.options[option].label, was, now, option)


def _changed_entry(name: str, was: Entry, now: Entry, before: Plan, after: Plan) -> Iterator[Change]:
    label = after.template.assumptions[name].table.label
    moves = {before.settings.case, after.settings.case} != {"base"}
    for key in ("base", "low", "high", "distribution"):
        old, new = getattr(was, key), getattr(now, key)
        if old != new:
            words = label if key == "base" else f"{label}, {key}"
            cause = name if key == "base" or (moves and key != "distribution") else ""
            yield Change("input", name, words, _plain_value(old), _plain_value(new), cause=cause)
    for option in after.settings.options:
        if option in before.settings.options and was.own.get(option) != now.own.get(option):
            yield Change("input", name, label, was.own.get(option), now.own.get(option), option, name)


def _changed_costs(before: Plan, after: Plan) -> Iterator[Change]:
    was, now = ({cost.label: cost for cost in plan.own_costs} for plan in (before, after))
    for label in dict.fromkeys((*was, *now)):
        if was.get(label) != now.get(label):
            old, new = (None if one is None else _cost_words(asdict(one)) for one in (was.get(label), now.get(label)))
            option = (now.get(label) or was[label]).option
            yield Change("own cost", label, label, old, new, option, OWN_COSTS)


def _changed_formulas(before: Plan, after: Plan) -> Iterator[Change]:
    was, now = (
        {(formula.option, formula.line): formula.formula for formula in plan.own_formulas} for plan in (before, after)
    )
    for option, line in dict.fromkeys((*was, *now)):
        old, new = (found.get((option, line)) for found in (was, now))
        if old != new:
            stated = (after.template.plain or after.template).lines[line]
            label = f"Formula: {stated.label}"
            yield Change("formula", line, label, old or stated.formula, new or stated.formula, option, OWN_FORMULAS)


def _cost_words(cost: Mapping[str, Any]) -> str:
    growth = f", growing {cost['growth']:.1%} a year" if cost["growth"] else ""
    months = f"months {cost['first_month']} to {cost['last_month']}"
    how_often = {"monthly": "a month", "yearly": "a year"}.get(cost["how_often"], cost["how_often"])
    return f"{cost['amount']:,.2f} {how_often}, {months}, {cost['category']}, {cost['nature']}{growth}"


def _grouped(plan: Plan, causes: Sequence[str] | Mapping[str, Any]) -> dict[str, list[str]]:
    """The causes in groups: settings, own costs, and assumptions by section."""

    def group(cause: str) -> str:
        if cause in plan.template.assumptions:
            return plan.template.assumptions[cause].section
        return cause if cause in (OWN_COSTS, OWN_FORMULAS) else SETTINGS

    groups: dict[str, list[str]] = {}
    for name, members in groupby(causes, group):
        groups.setdefault(name, []).extend(members)
    return groups


# --- plans between the two ------------------------------------------------------------------------------------


class _Hybrid:
    """Plans with some of the changes made and others not, evaluated many at a time.

    An option that only one of the plans has keeps that plan's values throughout: it is new, and not changed.
    """

    def __init__(self, before: Plan, after: Plan, option: str | None) -> None:
        parties = dict.fromkeys(
            one
            for plan in (before, after)
            for one in (option or plan.settings.candidate, *plan.settings.parties.values(), NOTHING)
        )
        self.option, self.options = option, tuple(parties)
        self.before, self.after = (self._of(plan, other) for plan, other in ((before, after), (after, before)))
        self.months = max(before.horizon, after.horizon)

    def _of(self, plan: Plan, other: Plan) -> Plan:
        """The plan restricted to the relevant options; options that it lacks have the other plan's values."""
        entries = {}
        for name, entry in other.entries.items():
            mine = plan.entries.get(name, entry)
            borrowed = {one: entry.own[one] for one in entry.own if one not in plan.settings.options}
            own = {one: value for one, value in {**mine.own, **borrowed}.items() if one in self.options}
            entries[name] = replace(mine, own=own)
        return replace(plan.with_settings(options=self.options), entries=entries)

    def figures(self, subsets: Sequence[frozenset[str]]) -> FloatArray:
        """The measures with the changes of each subset made, as subsets × measures."""
        figures = np.zeros((len(subsets), len(measures_of(self.after.template))))
        batches: dict[frozenset[str], list[int]] = {}
        of_all = _of_the_whole_plan(self.after.template)
        for place, subset in enumerate(subsets):
            whole = frozenset(one for one in subset if one not in self.before.entries or one in of_all)
            batches.setdefault(whole, []).append(place)
        for whole, places in batches.items():
            figures[places] = self._batch(whole, [subsets[place] for place in places])
        return figures

    def _batch(self, whole: frozenset[str], subsets: Sequence[frozenset[str]]) -> FloatArray:
        """Evaluate subsets that have the same changes of the whole plan (``whole``): settings, own costs, horizon."""
        frame = self._frame(whole)
        low, high = (self._inputs(frame, plan) for plan in (self.before, self.after))
        values = {name: self._mixed(name, low, high, subsets) for name in high.values}
        inputs = replace(high, values=values)
        option, measures = self.option or frame.settings.candidate, measures_of(frame.template)
        results = evaluate(frame.template, inputs, measures, shown=[option])
        return np.column_stack([np.broadcast_to(results.draws(name, option), len(subsets)) for name in measures])

    def _frame(self, whole: frozenset[str]) -> Plan:
        settings = {one.removeprefix("setting "): None for one in whole if one.startswith("setting ")}
        chosen = {name: getattr(self.after.settings, name) for name in settings}
        plan = self.before.with_settings(**chosen)
        if OWN_COSTS in whole:
            plan = replace(plan, own_costs=self.after.own_costs)
        for name in whole.intersection(_of_the_whole_plan(self.after.template)):
            plan = plan.with_entry(name, self.after.entries[name])
        own = (self.after if OWN_FORMULAS in whole else self.before).own_formulas
        return replace(plan, template=self._template(own), own_formulas=own)

    @cache  # noqa: B019 - for as long as two plans are compared
    def _template(self, own: tuple[OwnFormula, ...]) -> Template:
        """The later plan's template with the formulas of one of the two."""
        return with_own_formulas(self.after.template, self.options, own)

    def _inputs(self, frame: Plan, of: Plan) -> Inputs:
        kept = {name: frame.entries[name] for name in _of_the_whole_plan(frame.template) if name in frame.entries}
        return inputs_of(replace(frame, entries={**of.entries, **kept}), months=self.months)

    @staticmethod
    def _mixed(name: str, low: Inputs, high: Inputs, subsets: Sequence[frozenset[str]]) -> FloatArray:
        was, now = low.values[name], high.values[name]
        if was.shape == now.shape and (was == now).all():
            return now
        made = np.array([name in subset for subset in subsets]).reshape(1, 1, -1)
        return np.where(made, now, was)


# --- reporting -------------------------------------------------------------------------------------------------


def unit_of(found: Difference, change: Change) -> str:
    """The unit of a changed input, and "1" of anything else."""
    assumption = found.after.template.assumptions.get(change.name) if change.kind == "input" else None
    return assumption.table.unit if assumption else "1"


def label_of(found: Difference, cause: str) -> str:
    """The label of a cause."""
    assumption = found.after.template.assumptions.get(cause)
    if assumption is not None:
        return assumption.table.label
    if cause in (OWN_COSTS, OWN_FORMULAS):
        return cause.capitalize()
    return f"Setting: {cause.removeprefix('setting ').replace('_', ' ')}"


def ranked(found: Difference) -> list[str]:
    """The causes in descending order of their effect on the net measure."""
    cost, gain = found.figures
    return sorted(found.effects, key=lambda cause: (-abs(found.effects[cause][gain]), -abs(found.effects[cause][cost])))


def difference_report(found: Difference) -> Report:
    """The difference as a dictionary for JSON; money is not rounded, and each waterfall adds up."""
    return {
        "template": found.after.template.id,
        "currency": found.after.settings.currency,
        "option": {"before": found.option[0], "after": found.option[1]},
        "changes": [asdict(change) for change in found.changes],
        "figures": {
            name: {"before": was, "after": now, "change": now - was} for name, (was, now) in found.figures.items()
        },
        "waterfall": [
            {"cause": cause, "label": label_of(found, cause), **found.effects[cause]} for cause in ranked(found)
        ],
        "missing": found.missing or None,
    }
