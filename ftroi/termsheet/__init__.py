"""The term sheet: a template loaded from its folder of TOML files.

`load_template` reads and checks the files and returns a `Template`, which the engine, the workbook and the commands
work from. The models of the files are in `schema`, `rule_schema`, `check_rules`, `views` and `questions`; the rules on
their contents in `checks`. `checks.review` reports what does not stop a computation but should not be published:
unused, unsourced or untested entries.
"""

from ftroi.dates import serial
from ftroi.termsheet.checks.events import ALL_EVENTS
from ftroi.termsheet.checks.overrides import preset_values, value_of
from ftroi.termsheet.load import load_template
from ftroi.termsheet.look import Look
from ftroi.termsheet.model import Assumption, Clause, Group, Line, Role, Template, flat
from ftroi.termsheet.schema import (
    JUDGEMENT,
    CorrelationTable,
    EventTable,
    GateTable,
    PresetTable,
    ThemeTable,
)
from ftroi.termsheet.totals import OWN_BY_NATURE, own_line

__all__ = [
    "ALL_EVENTS",
    "JUDGEMENT",
    "OWN_BY_NATURE",
    "Assumption",
    "Clause",
    "CorrelationTable",
    "EventTable",
    "GateTable",
    "Group",
    "Line",
    "Look",
    "PresetTable",
    "Role",
    "Template",
    "ThemeTable",
    "flat",
    "load_template",
    "own_line",
    "preset_values",
    "serial",
    "value_of",
]
