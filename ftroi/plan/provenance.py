"""Where a plan's values come from: a preset, the template, or an entry in the plan itself.

A plan stores values without their sources. So a source is found by comparison: it is shown only beside values that are
equal to those that the preset or template states with that source.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from ftroi.plan.plan import Plan
from ftroi.termsheet import JUDGEMENT, Template, preset_values, value_of
from ftroi.termsheet.schema import OwnValue, OwnValueTable

_AT_THE_SOURCE = "read at the source"
ENTERED = "entered in this plan"


@dataclass(frozen=True, slots=True)
class Basis:
    """The basis of a value: title of the source, kind of evidence, date of the last check, note, and address."""

    source: str
    evidence: str = ""
    checked: date | None = None
    note: str = ""
    url: str = ""

    @property
    def words(self) -> str:
        """The basis as one sentence."""
        parts = [self.source, self.evidence if self.evidence != self.source else "", self.url]
        if self.checked:
            parts.append(f"checked {self.checked.isoformat()}")
        cited = ", ".join(part for part in parts if part)
        return f"{cited}. {self.note}" if self.note else cited


@dataclass(frozen=True, slots=True)
class OwnBasis:
    """An option's own value of an assumption, and where it comes from."""

    option: str
    assumption: str
    value: float
    basis: Basis


def basis_of(plan: Plan, name: str) -> Basis:
    """The basis of an assumption's low, base and high."""
    template = plan.template
    for preset in plan.presets_by_likeness:
        value = preset.assumptions.get(name)
        if value is not None and plan.has_figures_of(preset, name):
            return _basis(template, value.source, value.note, value.checked)
    if plan.has_figures_of(None, name):
        table = template.assumptions[name].table
        return _basis(template, table.source, table.note, table.checked, table.confidence or "")
    return Basis(ENTERED, ENTERED)


def graded(evidence: str) -> str:
    """Evidence preceded by its grade: A read at the source, B published but second hand, C management estimate."""
    if evidence == JUDGEMENT:
        return "C: management estimate"
    return f"{'A' if evidence.startswith(_AT_THE_SOURCE) else 'B'}: {evidence}"


def stated_figures(plan: Plan, name: str) -> dict[str, set[float]]:
    """The figures that the template and its ready-made plans state for an assumption: as base, and by option."""
    template = plan.template
    figures = {"base": {preset_values(template.assumptions[name], None)[1]}}
    for preset in template.presets.values():
        figures["base"].add(preset_values(template.assumptions[name], preset.assumptions.get(name))[1])
    for option in plan.settings.options:
        values = [template.options[option].values, *(one.options.get(option, {}) for one in template.presets.values())]
        figures[option] = {value_of(of[name]) for of in values if name in of}
    return figures


def stated_bases(template: Template, name: str) -> Iterator[Basis]:
    """All bases that `basis_of` may return for an assumption, for any values."""
    table = template.assumptions[name].table
    yield _basis(template, table.source, table.note, table.checked, table.confidence or "")
    for preset in template.presets.values():
        value = preset.assumptions.get(name)
        if value is not None:
            yield _basis(template, value.source, value.note, value.checked)
    yield Basis(ENTERED, ENTERED)


def own_bases(plan: Plan) -> Iterator[OwnBasis]:
    """The options' own values with their bases, option by option."""
    for option in plan.settings.options:
        for name, entry in plan.entries.items():
            if option in entry.own:
                yield OwnBasis(option, name, entry.own[option], own_basis(plan, option, name))


def own_basis(plan: Plan, option: str, name: str) -> Basis:
    """The basis of an option's own value of an assumption."""
    value = plan.entries[name].own[option]
    for preset in plan.presets_by_likeness:
        stated = preset.options.get(option, {}).get(name)
        if stated is not None and value_of(stated) == value:
            default = preset.option_basis
            return _of_value(
                plan.template, stated, default.source if default else JUDGEMENT, default.note if default else ""
            )
    table = plan.template.options[option]
    if name in table.values and value_of(table.values[name]) == value:
        return _of_value(plan.template, table.values[name], table.source, table.note)
    return Basis(ENTERED, ENTERED)


def _of_value(template: Template, value: OwnValue, source: str, note: str) -> Basis:
    """The basis of an option's value: its own source if it states one, else that of its table."""
    if isinstance(value, OwnValueTable):
        return _basis(template, value.source, value.note or note)
    return _basis(template, source, note)


def _basis(template: Template, source: str, note: str, checked: date | None = None, confidence: str = "") -> Basis:
    known = template.sources.get(source)
    evidence = known.evidence if known else source
    if confidence:
        evidence += f", {confidence} confidence"
    url = known.url or "" if known else ""
    return Basis(known.title if known else source, evidence, checked, note, url)
