"""Compiling the standard template's months in advance: ``python -m ftroi.analysis.risk.ahead``.

The installer runs it, so that no simulation has to wait for the compiler. Exit code 0: compiled, now or earlier; 1: it
cannot be compiled here.
"""

from __future__ import annotations

import sys

from ftroi.analysis.risk.simulation import lines_of
from ftroi.analysis.risk.statistics import simulated_names
from ftroi.engine import compile_months
from ftroi.plan import plan_from_preset
from ftroi.resources import templates_folder
from ftroi.termsheet import Template, load_template
from ftroi.termsheet.load import DEFAULT_TEMPLATE


def compile_ahead(template: Template) -> bool:
    """Compile the lines that a simulation of a plan reports; false where they cannot be compiled."""
    plan = plan_from_preset(template, next(iter(template.presets)))
    return compile_months(template, lines_of(plan, simulated_names(plan)))


if __name__ == "__main__":
    sys.exit(not compile_ahead(load_template(templates_folder() / DEFAULT_TEMPLATE)))
