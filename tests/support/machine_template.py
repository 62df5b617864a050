"""A template of another domain, buying a machine: nothing in it is called as in the one that comes with ftroi."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from ftroi.plan import Plan, plan_from_preset
from ftroi.termsheet import Template, load_template

FOLDER = Path(__file__).parents[1] / "templates" / "machine"
PRESET = "workshop"


@cache
def machine() -> Template:
    """The template, loaded once."""
    return load_template(FOLDER)


def machine_plan() -> Plan:
    """The plan of its one preset: a machine that is bought, beside the old one and one that is leased."""
    return plan_from_preset(machine(), PRESET)
