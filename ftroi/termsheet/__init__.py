"""A template, loaded from its folder of TOML: the term sheet as data.

`load_template` reads and checks; `Template` is what everything else reads; `review` finds what
does not stop a computation but should not ship: unused, unsourced or untested entries.
"""

from ftroi.dates import serial
from ftroi.termsheet.checks.events import ALL_EVENTS
from ftroi.termsheet.checks.overrides import figure, merged
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
    "figure",
    "flat",
    "load_template",
    "merged",
    "own_line",
    "serial",
]
