"""The rules on views.toml and on groups: every name must exist in the template, and every sheet must have room."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel

from ftroi.errors import Finding, FormulaError
from ftroi.language import did_you_mean, invalid_name_reason
from ftroi.termsheet.model import Template
from ftroi.termsheet.schema import TemplateTable
from ftroi.termsheet.text_templates import read_text
from ftroi.termsheet.views import MOST_CARDS, MOST_COMPARED, MOST_REASONS, MOST_TURNING_POINTS, HeadlineTable, Named

Where = Callable[[list[str]], str]
"""Returns the place of a key in the file, "file:line", from the path of keys that leads to it."""

_KINDS = {
    "assumption": "assumption", "measure": "measure", "scalar": "line with one value", "row": "line by month",
    "category": "category", "group": "group of categories", "gate": "gate",
}  # fmt: skip

MOST_GROUPS = 6
"""The most groups of cost categories for which the waterfall chart has columns."""


def check_groups(head: TemplateTable) -> Iterator[Finding]:
    """Find categories that are not of the form group.name, undeclared groups, and a wrong number of cost groups."""
    for name in head.categories:
        where = f"template.toml: [categories.{name}]"
        group, dot, rest = name.partition(".")
        if not dot or not rest:
            yield Finding(where, f"'{name}' names no group", f"write it as group.name, such as cost.{name}")
        elif group not in head.groups:
            cure = did_you_mean(group, head.groups) or f"add [groups.{group}]"
            yield Finding(where, f"no group '{group}'", cure)
        if reason := invalid_name_reason(name.replace(".", "_")):
            yield Finding(where, f"'{name}' cannot be a category: {reason}", "choose another")
    costs = [name for name, one in head.groups.items() if not one.is_value]
    if not costs or len(costs) > MOST_GROUPS:
        yield Finding("template.toml: [groups]", f"{len(costs)} groups of cost", f"let there be 1 to {MOST_GROUPS}")


def check_views(template: Template, where: Where) -> Iterator[Finding]:
    """Find unknown names in the views, texts that cannot be filled, and more entries than a sheet has room for."""
    views = template.views
    known = _known(template)
    for kind, name, steps in named(views):
        if name not in known[kind]:
            cure = did_you_mean(name, known[kind]) or f"name one that the template has, as a {_KINDS[kind]}"
            yield Finding(where(steps), f"no {_KINDS[kind]} '{name}'", cure)
    yield from _check_headlines(template, where)
    yield from _check_horizon(template, where)
    if template.verdict:
        verdict = template.verdict
        counts = (("break-evens", verdict.break_evens, MOST_TURNING_POINTS), ("reasons", verdict.reasons, MOST_REASONS))
        for what, found, most in counts:
            if len(found) > most:
                yield Finding("verdict.toml", f"{len(found)} {what}", f"the Dashboard has room for {most}")


def named(model: BaseModel, steps: tuple[str, ...] = ()) -> Iterator[tuple[str, str, list[str]]]:
    """Every name of the template in a table: its kind (see `Named`), the name, and the path of keys to it."""
    for field, info in type(model).model_fields.items():
        value, path = getattr(model, field), (*steps, info.alias or field)
        kinds = [one.kind for one in info.metadata if isinstance(one, Named)]
        if kinds and value is not None:
            yield kinds[0], value, list(path)
        else:
            yield from _within(info.annotation, value, path)


def _within(annotation: Any, value: Any, steps: tuple[str, ...]) -> Iterator[tuple[str, str, list[str]]]:  # noqa: ANN401 - types of any shape
    origin, inner = get_origin(annotation), get_args(annotation)
    if value is None or isinstance(value, BaseModel):
        yield from () if value is None else named(value, steps)
    elif origin is Annotated:
        kinds = [one.kind for one in inner[1:] if isinstance(one, Named)]
        yield from ((kind, value, list(steps)) for kind in kinds[:1])
    elif origin in (Union, UnionType):
        yield from _within(next(one for one in inner if one is not type(None)), value, steps)
    elif origin is tuple:
        for place, one in enumerate(value):
            yield from _within(inner[0], one, (*steps, str(place)))
    elif origin is dict:
        for key, one in value.items():
            yield from _within(inner[0], key, (*steps, key))
            yield from _within(inner[1], one, (*steps, key))


def _known(template: Template) -> Mapping[str, Collection[str]]:
    scalars = set(template.lines) - template.series
    return {
        "assumption": template.assumptions, "measure": template.measures, "scalar": scalars,
        "row": template.series, "figure": scalars | set(template.assumptions), "category": template.cost_categories,
        "group": template.groups, "gate": template.gates,
    }  # fmt: skip


def _check_headlines(template: Template, where: Where) -> Iterator[Finding]:
    views, seen = template.views, set[str]()
    tables = {one.measure for one in views.shown_in("table")}
    for place, one in enumerate(views.headlines):
        at = where(["headlines", str(place)])
        if one.measure in seen:
            yield Finding(at, f"'{one.measure}' is given twice", "let each measure have one entry")
        seen.add(one.measure)
        yield from _check_card(one, tables, at)
        yield from _check_text(template, at, one.told)
    counts = (
        ("headlines", "cards", len(views.cards), MOST_CARDS),
        ("headlines", "headlines in 'options'", len(views.shown_in("options")), MOST_COMPARED),
    )
    for key, what, count, most in counts:
        if count > most:
            yield Finding(where([key]), f"{count} {what}", f"the Dashboard has room for {most}")
    if not views.shown_in("table"):
        yield Finding(where(["headlines"]), "no headline is in 'table'", 'add a measure with in = ["table"]')


def _check_card(one: HeadlineTable, tables: Collection[str], where: str) -> Iterator[Finding]:
    """Find cards whose measures are not in the Dashboard's table, from which cards read their values."""
    for name in (one.measure, one.beside) if one.card else ():
        if name and name not in tables:
            yield Finding(
                where, f"the card shows '{name}', which is not in 'table'", 'let its entry say in = ["table"]'
            )


def _check_text(template: Template, where: str, told: str) -> Iterator[Finding]:
    try:
        mentions = list(read_text(told, where).mentions())
    except FormulaError as error:
        yield from error.findings
        return
    known = _known(template)["figure"]
    for one in mentions:
        if one.name not in known:
            yield Finding(where, f"no figure '{one.name}'", did_you_mean(one.name, known))


def _check_horizon(template: Template, where: Where) -> Iterator[Finding]:
    one = template.assumptions.get(template.views.roles.horizon)
    if one is not None and not (one.table.whole and one.table.scope == "plan"):
        cure = f'give [{one.name}] whole = true and scope = "plan"'
        yield Finding(where(["roles", "horizon"]), f"'{one.name}' is no number of months of the plan", cure)
