"""Rules on the values by which options and presets override an assumption's base."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from ftroi.errors import Finding
from ftroi.language import did_you_mean
from ftroi.termsheet.checks.lines import out_of_order, outside
from ftroi.termsheet.model import Assumption, Template
from ftroi.termsheet.schema import JUDGEMENT, OptionTable, OwnValue, OwnValueTable, PresetTable, PresetValue

RESERVED_IDS = frozenset({
    "all", "all_but_do_nothing", "amount", "base", "category", "distribution", "first_month", "growth", "high", "label",
    "last_month", "live", "low", "name", "nature", "option", "own_cost", "setting", "unit", "value",
})  # fmt: skip
"""Headers of the input sheets, which an option's id must not repeat, and "all", which stands for every option."""

_OPTION_ID = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*")
_ID_RULE = "an id is lower-case letters, digits and single underscores, with a letter first"


def value_of(value: OwnValue) -> float:
    """The number of an option's value, which may be a bare number or a table with its source."""
    return value.value if isinstance(value, OwnValueTable) else value


def check_replacements(template: Template) -> Iterator[Finding]:
    """Find assumptions that are to take another's place and do not exist."""
    for one in template.assumptions.values():
        for name in one.table.replaced_by:
            if name not in template.assumptions:
                cure = did_you_mean(name, template.assumptions) or "name an assumption"
                yield Finding(one.where, f"replaced_by: no assumption '{name}'", cure)


def check_options(template: Template) -> Iterator[Finding]:
    """Find option ids and sources that are invalid, and values of unknown assumptions or out of range."""
    for name, option in template.options.items():
        where = f"options.toml: [{name}]"
        if not _OPTION_ID.fullmatch(name) or name in RESERVED_IDS:
            what = f"'{name}' is no id: " + ("a header has this name" if name in RESERVED_IDS else _ID_RULE)
            yield Finding(where, what, "choose another")
        yield from _check_source(where, option.source, option.note, template)
        for key, value in option.values.items():
            yield from _check_own(where, key, value, template)
    yield from _alike(template)


def _alike(template: Template) -> Iterator[Finding]:
    """Find names of options that another option has too: people type an option by any of them."""
    taken: dict[str, str] = {}
    for option, table in template.options.items():
        for name in dict.fromkeys(one.casefold() for one in (option, table.label, table.short)):
            if name in taken:
                what = f"'{name}' is a name of [{taken[name]}] too, and may be typed for either"
                yield Finding(f"options.toml: [{option}]", what, "give each option labels of its own")
            taken.setdefault(name, option)


def _check_own(where: str, key: str, value: OwnValue, template: Template) -> Iterator[Finding]:
    assumption = template.assumptions.get(key)
    if assumption is None:
        yield Finding(where, f"no assumption named '{key}'", did_you_mean(key, template.assumptions))
        return
    if assumption.table.scope != "option":
        yield Finding(where, f"'{key}' has one value for the whole plan", 'give it scope = "option", or leave it out')
    if isinstance(value, OwnValueTable):
        yield from _check_source(where, value.source, value.note or "see the option", template)
    if assumption.table.whole and value_of(value) != int(value_of(value)):
        yield Finding(where, f"{key} {value_of(value):g} is not whole", "round it")
    yield from outside(where, assumption.table, {key: value_of(value)})


def _check_source(where: str, source: str, note: str, template: Template) -> Iterator[Finding]:
    if source == JUDGEMENT and not note.strip():
        yield Finding(where, "a judgement needs its reason", "write it in the note")
    elif source != JUDGEMENT and source not in template.sources:
        yield Finding(where, f"no source '{source}'", did_you_mean(source, template.sources) or "see sources.toml")


def check_presets(template: Template) -> Iterator[Finding]:
    """Find presets that name unknown options, assumptions or sources, and values out of order or out of range."""
    for preset in template.presets.values():
        where = f"presets/{preset.preset.id}.toml"
        yield from _check_head(where, preset, template.options)
        if preset.preset.currency != template.currency:
            what = f"currency {preset.preset.currency}, but the template's prices are in {template.currency}"
            yield Finding(where, what, "a plan is converted when it is made: see 'ftroi new --currency'")
        for name, value in preset.assumptions.items():
            yield from _check_preset_value(f"{where}: [assumptions.{name}]", name, value, template)
        for option, values in preset.options.items():
            if option not in template.options:
                yield Finding(where, f"no option '{option}'", did_you_mean(option, template.options))
            for name, own in values.items():
                yield from _check_own(f"{where}: [options.{option}]", name, own, template)


def _check_head(where: str, preset: PresetTable, options: Mapping[str, OptionTable]) -> Iterator[Finding]:
    head = preset.preset
    for option in head.options:
        if option not in options:
            yield Finding(where, f"no option '{option}'", did_you_mean(option, options))
    for role, option in (("reference", head.reference), ("candidate", head.candidate), ("incumbent", head.incumbent)):
        if option not in head.options:
            yield Finding(where, f"the {role} '{option}' is not among the preset's options", "add it there")


def _check_preset_value(where: str, name: str, value: PresetValue, template: Template) -> Iterator[Finding]:
    assumption = template.assumptions.get(name)
    if assumption is None:
        yield Finding(where, f"no assumption named '{name}'", did_you_mean(name, template.assumptions))
        return
    yield from _check_source(where, value.source, value.note, template)
    low, base, high = preset_values(assumption, value)
    if low is not None and high is not None:
        yield from out_of_order(where, low, base, high)
    yield from outside(where, assumption.table, {"low": low, "base": base, "high": high})


def preset_values(assumption: Assumption, value: PresetValue | None) -> tuple[float | None, float, float | None]:
    """Low, base and high of an assumption: the preset's where it states them, else the template's."""
    table = assumption.table
    if value is None:
        return table.low, table.base, table.high
    base = table.base if value.base is None else value.base
    low = table.low if value.low is None else value.low
    high = table.high if value.high is None else value.high
    return low, base, high
