"""The JSON Schema of each kind of file of a template, for editors; docs/schema is written from it."""

from __future__ import annotations

from typing import Any

from ftroi.termsheet.check_rules import ChecksTable
from ftroi.termsheet.questions import QuestionTable
from ftroi.termsheet.rule_schema import GateRuleTable, VerdictTable
from ftroi.termsheet.schema import (
    AssumptionTable,
    CorrelationTable,
    EventTable,
    ExamplesTable,
    GateTable,
    LineTable,
    OptionTable,
    PresetTable,
    SourceTable,
    Table,
    TemplateTable,
)
from ftroi.termsheet.views import ViewsTable

FILES: dict[str, type[Table]] = {
    "template": TemplateTable,
    "assumption": AssumptionTable,
    "line": LineTable,
    "option": OptionTable,
    "correlation": CorrelationTable,
    "event": EventTable,
    "source": SourceTable,
    "preset": PresetTable,
    "gate": GateTable,
    "gate_rule": GateRuleTable,
    "verdict": VerdictTable,
    "checks": ChecksTable,
    "examples": ExamplesTable,
    "views": ViewsTable,
    "question": QuestionTable,
}
"""The model of each kind of table."""


def json_schema(kind: str) -> dict[str, Any]:
    """The JSON Schema of one kind of file.

    ``kind`` is a key of `FILES`. Assumptions, lines, options, correlations, events and sources are files of many
    tables.
    """
    schema = FILES[kind].model_json_schema()
    if kind in ("template", "preset", "examples", "views", "gate_rule", "verdict", "checks"):
        return schema
    definitions = schema.pop("$defs", {})
    return {"type": "object", "additionalProperties": schema, "$defs": definitions}
