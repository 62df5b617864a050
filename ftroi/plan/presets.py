"""Making a plan from a template's preset."""

from __future__ import annotations

from collections.abc import Iterable

from ftroi.engine import NOTHING
from ftroi.errors import Finding, PlanError
from ftroi.language import did_you_mean
from ftroi.plan.option_names import option_named, suggest_option
from ftroi.plan.plan import ALL_OPTIONS, Entry, Plan, Settings
from ftroi.termsheet import PresetTable, Template, preset_values, value_of


def required_preset(template: Template, name: str) -> PresetTable:
    """The preset of a name; raises PlanError, with the known names, if there is none."""
    if name not in template.presets:
        cure = did_you_mean(name, template.presets) or f"choose from {', '.join(template.presets)}"
        raise PlanError(Finding("preset", f"no preset '{name}'", cure))
    return template.presets[name]


def plan_from_preset(template: Template, name: str, options: Iterable[str] = ()) -> Plan:
    """The plan of a preset, with the preset's options (default), the given ones, or all of the template (``("all",)``).

    Doing nothing, the reference, the candidate and the incumbent are always included, as returns are measured against
    them. Raises PlanError for an unknown preset or option.
    """
    preset = required_preset(template, name)
    chosen = _chosen_options(template, preset, tuple(options))
    head = preset.preset
    settings = Settings(
        project=head.project, currency=head.currency, start=head.start, options=chosen,
        option=head.candidate, case=head.case, reference=head.reference, candidate=head.candidate,
        incumbent=head.incumbent,
    )  # fmt: skip
    entries = {name: _entry(template, preset, name, chosen) for name in template.assumptions}
    return Plan(template, settings, entries)


def _chosen_options(template: Template, preset: PresetTable, options: tuple[str, ...]) -> tuple[str, ...]:
    if options == (ALL_OPTIONS,):
        return tuple(template.options)
    options = tuple(option_named(template, template.options, option) for option in options)
    findings = [
        Finding("options", f"no option '{option}'", suggest_option(template, template.options, option))
        for option in options
        if option not in template.options
    ]
    if findings:
        raise PlanError(*findings)
    head = preset.preset
    wanted = set(options or head.options) | {NOTHING, head.reference, head.candidate, head.incumbent}
    return tuple(option for option in template.options if option in wanted)


def _entry(template: Template, preset: PresetTable, name: str, options: tuple[str, ...]) -> Entry:
    assumption = template.assumptions[name]
    low, base, high = preset_values(assumption, preset.assumptions.get(name))
    own = {}
    for option in options:
        values = {**template.options[option].values, **preset.options.get(option, {})}
        if name in values:
            own[option] = value_of(values[name])
    return Entry(base, low, high, assumption.table.distribution or "", own)


def is_overridden(plan: Plan, assumption: str) -> bool:
    """Say whether the template gives every option but the status quo a value of its own, so that the base is unused."""
    options = (plan.template.options[one] for one in plan.settings.options if one != NOTHING)
    return all(assumption in one.values for one in options)
