"""Another choice of options for a plan: what stays keeps everything that people entered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from ftroi.engine import NOTHING
from ftroi.errors import Finding, PlanError
from ftroi.plan.option_names import option_named, suggest_option
from ftroi.plan.plan import ALL_OPTIONS, Entry, Plan
from ftroi.termsheet import PresetTable, value_of


def options_named(plan: Plan, texts: Iterable[str], where: str) -> tuple[str, ...]:
    """The ids of options of the template that people name, or of all of them ("all").

    Raises PlanError with every text that names none, and where no option is named.
    """
    known = plan.template.options
    asked = [text.strip() for text in texts if text.strip()]
    if asked == [ALL_OPTIONS]:
        return tuple(known)
    found = [option_named(plan.template, known, text) for text in asked]
    findings = [
        Finding(where, f"no option '{text}'", suggest_option(plan.template, known, text))
        for text, option in zip(asked, found, strict=True)
        if option not in known
    ]
    if not found:
        findings.append(
            Finding(where, "names no option", "write ids or labels, such as rag,distillation, or leave it out")
        )
    if findings:
        raise PlanError(*findings)
    return tuple(found)


def with_options(plan: Plan, wanted: Iterable[str]) -> Plan:
    """The plan with these options, in the template's order; the status quo and those that play a part always stay.

    An option that stays keeps its figures; one that comes has those of the ready-made plan that is most like this one.
    Raises PlanError where an own cost is borne by an option that goes.
    """
    settings = plan.settings
    kept = {*wanted, NOTHING, settings.reference, settings.candidate, settings.incumbent}
    options = tuple(option for option in plan.template.options if option in kept)
    gone = [option for option in settings.options if option not in options]
    orphans = [cost for cost in plan.own_costs if cost.option in gone]
    if orphans:
        cure = "choose who bears it now, or clear its row, before the option goes"
        raise PlanError(
            *(Finding(f"own cost '{one.label}'", f"is borne by {one.option}, which goes", cure) for one in orphans)
        )
    preset = next(iter(plan.presets_by_likeness), None)
    new = [option for option in options if option not in settings.options]
    entries = {name: _entry(plan, name, options, new, preset) for name in plan.entries}
    shown = settings.option if settings.option in options else settings.candidate
    return replace(plan, entries=entries).with_settings(options=options, option=shown)


def _entry(plan: Plan, name: str, options: tuple[str, ...], new: list[str], preset: PresetTable | None) -> Entry:
    """An assumption's entry with the figures of the options that stay, and of those that come."""
    entry = plan.entries[name]
    own = {option: value for option, value in entry.own.items() if option in options}
    for option in new:
        stated = preset.options.get(option, {}) if preset else {}
        values = {**plan.template.options[option].values, **stated}
        if name in values:
            own[option] = value_of(values[name])
    return replace(entry, own=own)
