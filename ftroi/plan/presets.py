"""Making a plan from a template's preset."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ftroi.engine import NOTHING
from ftroi.errors import Finding, PlanError
from ftroi.language import did_you_mean
from ftroi.plan.option_names import option_named, suggest_option
from ftroi.plan.plan import ALL_OPTIONS, Entry, Plan, Settings
from ftroi.termsheet import Assumption, PresetTable, Template, preset_values, value_of


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


def left_as_it_came(plan: Plan) -> Iterator[str]:
    """Tell of answers of the ready-made plan that stand beside others of the same scale that were given anew."""
    preset = next(iter(plan.presets_by_likeness), None)
    if preset is None:
        return
    came = {
        name: _entry(plan.template, preset, one.input, plan.settings.options)
        for name, one in plan.template.questions.items()
        if one.input
    }

    def is_new(name: str) -> bool:
        entry, was = plan.entries[plan.template.questions[name].input], came[name]
        return (entry.base, entry.own) != (was.base, was.own)

    for name in came:
        one = plan.template.questions[name]
        anew = [plan.template.questions[other].input for other in one.fits if other in came and is_new(other)]
        if anew and not is_new(name):
            label = plan.template.assumptions[one.input].table.label
            yield (
                f"{label} ({one.input}) is still that of the ready-made plan, though {', '.join(anew)} "
                f"{'was' if len(anew) == 1 else 'were'} answered anew: see whether it fits"
            )


def is_replaced(plan: Plan, assumption: Assumption) -> bool:
    """Say whether other assumptions stand in place of one, because the first of them is not 0."""
    others = assumption.table.replaced_by
    return bool(others) and plan.entries[others[0]].base != 0


def is_overridden(plan: Plan, assumption: str) -> bool:
    """Say whether the template gives every option but the status quo a value of its own, so that the base is unused."""
    options = (plan.template.options[option] for option in plan.settings.options if option != NOTHING)
    return all(assumption in option.values for option in options)
