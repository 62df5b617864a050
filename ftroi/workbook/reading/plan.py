"""Reading a plan from the cells of FT_Inputs and FT_GateTable, of a saved file or an open spreadsheet.

All findings are reported at once, each with its cell.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from ftroi.errors import Finding, PlanError, TemplateError, WorkbookError
from ftroi.plan import OwnCost, Plan, check_plan, warn_of_bases, warn_of_inputs
from ftroi.plan.option_names import bearer_named
from ftroi.termsheet import Template
from ftroi.termsheet.own_formulas import OwnFormula
from ftroi.workbook.reading.assumptions import AssumptionReader, option_columns
from ftroi.workbook.reading.blocks import Block, Change, Notebook, Row, by_key, cut_into_blocks
from ftroi.workbook.reading.cell_values import figure_typed, key_typed, text_typed, whole_typed, words
from ftroi.workbook.reading.gates import read_gates
from ftroi.workbook.reading.places import check_places
from ftroi.workbook.reading.priced import price_in
from ftroi.workbook.reading.ranges import Beside
from ftroi.workbook.reading.settings import SettingsReader
from ftroi.workbook.reading.simulation import read_risk
from ftroi.workbook.schema import ASSUMPTION, OWN_COST, OWN_COST_HEADERS, OWN_FORMULA, OWN_FORMULA_HEADERS, SETTING
from ftroi.workbook.xlsx.cells import Cell, Sheets

FindTemplate = Callable[[str], Template]
"""The template of an id, as `ftroi.termsheet.catalogue.template_of_id` does."""


@dataclass(frozen=True, slots=True)
class PlanCells:
    """A sound plan with its gates, and the cells that it was read from."""

    plan: Plan
    settings: SettingsReader
    assumptions: Block


def read_plan_cells(
    where: str,
    rows: list[list[Cell]],
    sheets: Sheets,
    find_template: FindTemplate,
    notes: Notebook,
    beside: Beside = MappingProxyType({}),
) -> PlanCells:
    """Read the plan from the rows of FT_Inputs, and its gates and simulated figures from the sheets.

    ``where`` tells what is read, for messages; ``notes`` takes the warnings. Raises WorkbookError
    with every finding about the cells, and TemplateError where the template is not registered or
    has findings. ``beside`` has the cells right of FT_Inputs, where they are at hand: a file's formulas of low and
    high are computed with them.
    """
    blocks = cut_into_blocks(where, rows, notes)
    settings = SettingsReader(blocks[SETTING], sheets, notes)
    template = _template(settings, find_template, notes)
    blocks[ASSUMPTION], beside = _at_rate(blocks[ASSUMPTION], beside, settings.rate(template))
    plan = _plan(settings, template, blocks, (sheets, beside), notes)
    gates = read_gates(sheets, template, notes)
    if plan is not None:
        plan = replace(plan, gates=gates.gates, as_of=gates.as_of)
        notes.findings.extend(_at_their_cells(check_plan(plan), plan, notes))
        notes.warnings.extend(_at_their_cells((*warn_of_bases(plan), *warn_of_inputs(plan)), plan, notes))
    if plan is None or notes.findings:
        raise WorkbookError(*notes.findings)
    return PlanCells(replace(plan, simulated=read_risk(sheets)), settings, blocks[ASSUMPTION])


def _at_rate(block: Block, beside: Beside, rate: float) -> tuple[Block, Beside]:
    """The cells with each figure of the template at the exchange rate, whatever the file has cached of its formula."""

    def at_rate(cells: Mapping[str, Cell]) -> dict[str, Cell]:
        return {header: _priced(cell, rate) for header, cell in cells.items()}

    rows = tuple(replace(row, cells=at_rate(row.cells)) for row in block.rows)
    return replace(block, rows=rows), {key: at_rate(cells) for key, cells in beside.items()}


def _priced(cell: Cell, rate: float) -> Cell:
    figure = price_in(cell.formula, rate) if cell.formula else None
    return cell if figure is None else replace(cell, value=figure, is_error=False)


def _template(settings: SettingsReader, find_template: FindTemplate, notes: Notebook) -> Template:
    """Load the template that the workbook names; without it no other cell can be judged."""
    wanted = settings.template_id()
    if wanted is None:
        raise WorkbookError(*notes.findings)
    try:
        template = find_template(wanted)
    except TemplateError as error:
        where = settings.where("template")
        raise TemplateError(
            *(replace(finding, where=f"{where}: {finding.where}") for finding in error.findings)
        ) from None
    return settings.priced(template)


def _plan(
    settings: SettingsReader,
    template: Template,
    blocks: Mapping[str, Block],
    around: tuple[Sheets, Beside],
    notes: Notebook,
) -> Plan | None:
    """The plan, or None where a setting cannot be read; what else is missing is in the notes."""
    other_edition = settings.other_edition(template)
    if other_edition:
        notes.warnings.append(other_edition)
    if settings.edition[0] in ("", template.version):
        check_places(blocks, template, around[0], notes)
    reader = AssumptionReader(template, other_edition is not None, settings.days_offset, notes, around[1])
    options = option_columns(blocks[ASSUMPTION], template, notes)
    entries = reader.entries(blocks[ASSUMPTION], options)
    own_costs = tuple(
        _own_cost_of_today(cost, template, options, notes) for cost in _own_costs(blocks[OWN_COST], notes)
    )
    chosen = settings.settings(template, options)
    if chosen is None:
        return None
    plan = Plan(template, chosen, entries, own_costs)
    return _with_formulas(plan, blocks[OWN_FORMULA], notes) if OWN_FORMULA in blocks else plan


def _at_their_cells(found: Iterable[Finding], plan: Plan, notes: Notebook) -> Iterator[Finding]:
    """The findings of the plan's own checks, each with the cell of what it is about.

    What could not be read is in the notes already, and is not reported again as missing.
    """
    absent = plan.template.assumptions.keys() - plan.entries.keys()
    for finding in found:
        if finding.where not in absent:
            yield replace(finding, where=notes.places.get(finding.where, finding.where))


def _own_costs(block: Block, notes: Notebook) -> Iterator[OwnCost]:
    """The own costs of the slots in use; one with some cells left empty is a finding."""
    for row in by_key(block, notes).values():
        cells = {name: row.cells[name] for name in OWN_COST_HEADERS[1:] if name in row.cells}
        if all(cell.is_empty for cell in cells.values()):
            continue
        may_be = _may_be_empty(cells)
        empty = [name for name, cell in cells.items() if cell.is_empty and name not in may_be]
        if empty:
            what = f"is not complete: {', '.join(empty)} {'is' if len(empty) == 1 else 'are'} empty"
            notes.find(
                row.first,
                f"own cost {row.key}",
                what,
                "fill every cell of the row but growth and how_often, or clear it",
            )
            continue
        cost = _own_cost(row, notes)
        if cost is not None:
            notes.places[f"own cost '{cost.label}'"] = notes.where(cells["label"], cost.label)
            yield cost


def _with_formulas(plan: Plan, block: Block, notes: Notebook) -> Plan:
    """The plan with the formulas of the user's own; one that the template cannot compute is a finding.

    In a renewal it is a change, and given up: the present template may not have the names that it reads.
    """
    for row in by_key(block, notes).values():
        texts = [notes.take(text_typed, row.cells[header], f"own formula {row.key}") for header in _FORMULA_TEXTS]
        if None in texts:
            continue
        one = OwnFormula(*(text or "" for text in texts))
        if not row.cells["category"].is_empty:
            place = f"own formula {row.key}"
            read = {header: notes.take(words, row.cells[header], place) or "" for header in _ADDITION_TEXTS}
            one = replace(one, **read)
        try:
            plan = plan.with_formulas((*plan.own_formulas, one))
        except PlanError as error:
            if notes.is_renewal:
                notes.changes.append(Change("formula", one.place, one.formula))
            for finding in error.findings if not notes.is_renewal else ():
                cure = finding.cure or "clear the row: 'ftroi regenerate' then writes the template's formula"
                notes.find(row.cells["formula"], one.place, finding.what, cure)
    return plan


_FORMULA_TEXTS = OWN_FORMULA_HEADERS[2:5]
_ADDITION_TEXTS = ("label", "category", "nature")


def _may_be_empty(cells: Mapping[str, Cell]) -> tuple[str, ...]:
    """The cells of an own cost that say enough while they are empty."""
    often = cells.get("how_often")
    is_once = often is not None and str(often.value).casefold() == "once"
    return ("growth", "how_often", "last_month") if is_once else ("growth", "how_often")


def _own_cost_of_today(cost: OwnCost, template: Template, options: tuple[str, ...], notes: Notebook) -> OwnCost:
    """An own cost with its bearer's id, moved to the category that has taken the place of its own, which is told."""
    heirs = (name for name, one in template.categories.items() if cost.category in one.renamed_from)
    heir = next(heirs, cost.category)
    if heir != cost.category:
        where, what = f"own cost '{cost.label}'", f"its category '{cost.category}' is gone, and it stands in {heir}"
        cure = "choose another category if it belongs elsewhere"
        notes.warnings.append(Finding(notes.places.get(where, where), what, cure))
        notes.changes.append(Change("renamed", where, cost.category, heir))
    return replace(cost, category=heir, option=bearer_named(template, options, cost.option))


def _own_cost(row: Row, notes: Notebook) -> OwnCost | None:
    """Read a complete slot; None where a cell cannot be read, which is in the notes."""

    def take(header: str) -> str | None:
        read = text_typed if header == "label" else key_typed
        return notes.take(read, row.cells[header], f"own cost {row.key}, {header}")

    texts = [take(header) for header in ("label", "option", "category", "nature")]
    often = row.cells.get("how_often")
    how_often = "monthly" if often is None or often.is_empty else (take("how_often") or "").casefold()
    months = ("first_month", "first_month" if row.cells["last_month"].is_empty else "last_month")
    first, last = (notes.take(whole_typed, row.cells[header], f"own cost {row.key}, {header}") for header in months)
    amount = notes.take(figure_typed, row.cells["amount"], f"own cost {row.key}, amount")
    growth = row.cells["growth"]
    rate = 0.0 if growth.is_empty else notes.take(figure_typed, growth, f"own cost {row.key}, growth")
    if None in texts or first is None or last is None or amount is None or rate is None:
        return None
    label, option, category, nature = (text or "" for text in texts)
    return OwnCost(label, option, category, nature, first, last, amount, rate, how_often)
