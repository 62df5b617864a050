"""The tables of a paper: options, gates, assumptions that matter most, first inputs, sources."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from ftroi.analysis import Judged
from ftroi.analysis.gates import FAIL
from ftroi.analysis.tornado import Swing
from ftroi.engine import Measured, Results
from ftroi.plan import Plan
from ftroi.plan.presets import is_overridden, is_replaced
from ftroi.plan.provenance import ENTERED, Basis, basis_of, graded, own_bases
from ftroi.report.figures import ends_of, label_of, role_of
from ftroi.report.number_text import Money, assumption_words, measured_words, percent, plain, unit_words
from ftroi.report.paper import WIDTH, Column, Table, clipped
from ftroi.termsheet import JUDGEMENT, Assumption

_NAMES = 51.0
"""The width of the options' names."""


def options_table(plan: Plan, results: Results, money: Money) -> Table:
    """Every option's measures side by side; the proposed option and the baseline are bold."""
    shown = plan.template.views.shown_in("paper")
    room = (WIDTH - _NAMES) / max(len(shown), 1)
    columns = [Column(one.short, room, is_figure=True) for one in shown]
    rows = [
        _option_row(plan, results, money, option, [one.measure for one in shown]) for option in plan.settings.options
    ]
    strong = {place for place, option in enumerate(plan.settings.options) if role_of(plan, option)}
    return Table((Column("Option", _NAMES), *columns), tuple(rows), frozenset(strong))


def _option_row(plan: Plan, results: Results, money: Money, option: str, names: Sequence[str]) -> tuple[str, ...]:
    role, label = role_of(plan, option), plan.template.options[option].label
    figures = (_measure_words(results, option, name, money) for name in names)
    return (f"{label} ({role})" if role else label, *figures)


def _measure_words(results: Results, option: str, name: str, money: Money) -> str:
    return measured_words(results.measure(name, option), results.template.measures[name].unit, money)


def gates_table(gates: Sequence[Judged], money: Money) -> Table:
    """Every gate with its figure, threshold and status; those that failed are bold."""
    columns = (
        Column("Gate", 66.0),
        Column("Figure", 24.0, is_figure=True),
        Column("Threshold", 26.0, is_figure=True),
        Column("Status", 22.0),
        Column("Why", 44.0),
    )
    rows = tuple(_gate_row(gate, money) for gate in gates if not gate.table.live)
    shown = [gate for gate in gates if not gate.table.live]
    return Table(columns, rows, frozenset(place for place, gate in enumerate(shown) if gate.status == FAIL))


def _gate_row(gate: Judged, money: Money) -> tuple[str, ...]:
    table = gate.table
    sign = "≥" if table.direction == "at_least" else "≤"
    label = f"{table.label} (mandatory)" if table.mandatory else table.label
    unit = "yes" if table.figure is None and table.unit == "1" and gate.threshold == 1 else table.unit
    threshold = _gate_figure(Measured(gate.threshold), unit, money)
    figure = "–" if gate.figure.value is None else _gate_figure(gate.figure, unit, money)
    return (label, figure, f"{sign} {threshold}", gate.word, gate.reason)


def _gate_figure(measured: Measured, unit: str, money: Money) -> str:
    if measured.value is not None and unit not in ("money", "month", "1"):
        return plain(measured.value) if unit == "yes" else f"{plain(measured.value)} {unit}"
    if unit == "money" and measured.value == 0:
        return "0"
    return measured_words(measured, unit, money)


def swings_table(plan: Plan, swings: Sequence[Swing]) -> Table:
    """The assumptions that matter most with their figures, and where these come from."""
    columns = (Column("Assumption", 62.0), Column("Today", 18.0, is_figure=True), Column("Low to high", 42.0))
    rows = tuple(
        (label_of(plan, one.name), _today(plan, one.name), ends_of(plan, one.name), _basis_words(plan, one.name))
        for one in swings
    )
    return Table((*columns, Column("Where it comes from", 60.0)), rows)


def _today(plan: Plan, name: str) -> str:
    value = plan.entries[name].value(plan.settings.option)
    return assumption_words(value, plan.template.assumptions[name].table.unit)


def _basis_words(plan: Plan, name: str) -> str:
    basis, remark = basis_of(plan, name), plan.remarks.get(name)
    parts = [remark.source if remark and remark.source else _source_words(basis.source)]
    if basis.evidence not in ("", basis.source, JUDGEMENT):
        parts.append(graded(basis.evidence))
    if basis.checked:
        parts.append(f"checked {basis.checked.isoformat()}")
    if remark and remark.owner:
        parts.append(f"owner {remark.owner}")
    note = remark.note if remark and remark.note else basis.note
    return clipped(": ".join(part for part in (", ".join(parts), note) if part), 130)


def first_inputs(plan: Plan) -> list[Assumption]:
    """The inputs that are to be filled first and do something in this plan, in their order."""
    known = plan.template.assumptions
    first = [one for one in known.values() if one.table.fill_first and not is_overridden(plan, one.name)]
    return [
        known[name]
        for one in sorted(first, key=lambda one: one.table.fill_first or 0)
        for name in (one.table.replaced_by if is_replaced(plan, one) else (one.name,))
    ]


def stands_at_default(plan: Plan, name: str) -> bool:
    """Say whether nobody has entered a figure of this plan's own for an assumption."""
    return basis_of(plan, name).source != ENTERED


def first_inputs_table(plan: Plan) -> Table:
    """The inputs to fill first; those that still stand at the preset's default are bold."""
    columns = (
        Column("Input", 78.0),
        Column("Base", 24.0, is_figure=True),
        Column("Unit", 36.0),
        Column("Stands at", 44.0),
    )
    inputs = first_inputs(plan)
    rows = tuple(_first_input(plan, one) for one in inputs)
    strong = {place for place, one in enumerate(inputs) if stands_at_default(plan, one.name)}
    return Table(columns, rows, frozenset(strong))


def _first_input(plan: Plan, one: Assumption) -> tuple[str, ...]:
    remark = plan.remarks.get(one.name)
    stands = "the preset's default" if stands_at_default(plan, one.name) else ENTERED
    if remark and remark.owner:
        stands += f", owner {clipped(remark.owner, 60)}"
    value = assumption_words(plan.entries[one.name].base, one.table.unit)
    unit = unit_words(one.table.unit, plan.settings.currency, is_many=value != "1")
    return one.table.label, value, unit, stands


def sources_table(plan: Plan) -> Table:
    """The sources of the plan's figures with their dates, and how many figures rest on each."""
    columns = (
        Column("Source", 96.0),
        Column("Evidence", 40.0),
        Column("Read or checked", 26.0),
        Column("Figures", 20.0, is_figure=True),
    )
    found: dict[str, list[Basis]] = {}
    for basis in _bases(plan):
        found.setdefault(basis.source, []).append(basis)
    ranked = sorted(found.values(), key=lambda bases: (bases[0].source in (JUDGEMENT, ENTERED), -len(bases)))
    return Table(columns, tuple(_source_row(plan, bases) for bases in ranked))


def _source_row(plan: Plan, bases: Sequence[Basis]) -> tuple[str, ...]:
    source = next((one for one in plan.template.sources.values() if one.title == bases[0].source), None)
    days = [one.checked for one in bases if one.checked] + ([source.read] if source and source.read else [])
    title = _source_words(bases[0].source) if bases[0].url == "" else f"{bases[0].source}, {bases[0].url}"
    if source and source.publisher:
        title = f"{source.publisher}: {title}"
    evidence = graded(source.evidence) if source else _evidence_without_source(bases[0].source)
    return title, evidence, _latest(days), str(len(bases))


def _evidence_without_source(source: str) -> str:
    return f"{graded(JUDGEMENT)}, its reason stands beside it" if source == JUDGEMENT else "this plan's owner"


def _source_words(source: str) -> str:
    return "management estimate" if source == JUDGEMENT else source


def _latest(days: Sequence[date]) -> str:
    return max(days).isoformat() if days else "–"


def _bases(plan: Plan) -> Iterator[Basis]:
    for name in plan.entries:
        yield basis_of(plan, name)
    for own in own_bases(plan):
        yield own.basis


def judgement_share(plan: Plan) -> str:
    """The share of figures that nobody published, as a percentage."""
    bases = list(_bases(plan))
    return percent(sum(one.source == JUDGEMENT for one in bases) / len(bases))
