"""Where a plan's figures come from, in words: the template's source, an option's, a preset's, or a person."""

from __future__ import annotations

from collections.abc import Iterator

from ftroi.plan.plan import Plan
from ftroi.termsheet import JUDGEMENT, Template, figure
from ftroi.termsheet.schema import OptionTable, OwnValue, OwnValueTable, PresetTable, SourceTable


def basis_of(plan: Plan, name: str, option: str) -> str:
    """Say where the figure of an assumption comes from that an option uses before any case moves it.

    A figure that neither the template nor one of its presets gives was entered in the plan.
    """
    value = plan.entries[name].value(option)
    owned = option in plan.entries[name].own
    stated = _own_bases(plan.template, name, option) if owned else _bases(plan.template, name)
    known = next((text for figure_stated, text in stated if figure_stated == value), None)
    if known is None:
        return "entered in the plan"
    return f"{plan.template.options[option].label}: {known}" if owned else known


def _bases(template: Template, name: str) -> Iterator[tuple[float, str]]:
    """Give every base that is stated for an assumption, with its source."""
    table = template.assumptions[name].table
    yield table.base, source_text(template, table.source, table.note)
    for preset in template.presets.values():
        said = preset.assumptions.get(name)
        if said is not None and said.base is not None:
            yield said.base, f"{preset.preset.label}: {source_text(template, said.source, said.note)}"


def _own_bases(template: Template, name: str, option: str) -> Iterator[tuple[float, str]]:
    """Give every value that is stated for an option, with its source."""
    table = template.options[option]
    if name in table.values:
        yield _stated(template, table.values[name], table)
    for preset in template.presets.values():
        value = preset.options.get(option, {}).get(name)
        if value is not None:
            yield _stated(template, value, preset)


def _stated(template: Template, value: OwnValue, owner: OptionTable | PresetTable) -> tuple[float, str]:
    """Give a value with its own source, or with that of whatever it stands in."""
    if isinstance(value, OwnValueTable):
        return value.value, source_text(template, value.source, value.note)
    basis = owner.option_basis if isinstance(owner, PresetTable) else owner
    text = source_text(template, basis.source, basis.note) if basis else JUDGEMENT
    return figure(value), text


def source_text(template: Template, source: str, note: str) -> str:
    """Give a source by its title, publisher, address and date, followed by the note."""
    known = template.sources.get(source)
    named = _citation(known) if known else source
    return f"{named}. {note}" if note else named


def _citation(source: SourceTable) -> str:
    parts = [source.title, source.publisher, source.url, source.date]
    if source.read:
        parts.append(f"read {source.read.isoformat()}")
    return ", ".join(part for part in parts if part)
