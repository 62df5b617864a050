"""The engine's figures beside the native ones: the calls of the add-in's functions, and whether both agree."""

from __future__ import annotations

from ftroi.workbook.blocks import INPUTS
from ftroi.workbook.dashboard_layout import ENGINE, MARK, SHOWN
from ftroi.workbook.formulas import SEE_FUNCTION
from ftroi.workbook.grid import fixed, fixed_range, prefix, quoted
from ftroi.workbook.layout import DASHBOARD, Layout

AGREES, DIFFERS, NOT_APPLICABLE = "agrees", "differs", "n.a."
NOT_LOADED = "add-in not loaded"
"""What stands in place of the engine's figure where the functions are unknown."""

FUNCTIONS = {
    "tco": "FT_TCO", "tco_pv": "FT_TCO_PV", "visible": "FT_VISIBLE", "hidden": "FT_HIDDEN",
    "hidden_multiple": "FT_HIDDEN_MULTIPLE", "lifetime_multiple": "FT_LIFETIME_MULTIPLE", "npv": "FT_NPV",
    "expected_npv": "FT_EXPECTED_NPV", "roi": "FT_ROI", "irr": "FT_IRR", "payback_months": "FT_PAYBACK",
    "unit_cost": "FT_UNIT_COST",
}  # fmt: skip
"""The functions that give a measure from the inputs alone; FT_MEASURE gives any other by its name."""

ASK_ANY = "FT_MEASURE"


def engine_formula(measure: str) -> str:
    """Give the engine's figure for the option shown, or the text that the add-in is not loaded."""
    function = FUNCTIONS.get(measure)
    call = f"{function}({INPUTS})" if function else f"{ASK_ANY}({quoted(measure)},{INPUTS})"
    return f"IFERROR({call},{quoted(NOT_LOADED)})"


def mark_formula(row: int) -> str:
    """Say whether native and engine's figure of a row agree, to the tolerance of the checks; texts word by word.

    A rate of return that no cell can prove is left to the engine.
    """
    native, engine = fixed(row, SHOWN), fixed(row, ENGINE)
    numbers = f"IF(ABS({native}-{engine})<=zero_tolerance,{quoted(AGREES)},{quoted(DIFFERS)})"
    texts = f"IF({native}={engine},{quoted(AGREES)},{quoted(DIFFERS)})"
    absent = f"OR({engine}={quoted(NOT_LOADED)},{native}={quoted(SEE_FUNCTION)})"
    judged = f"IF(AND(ISNUMBER({native}),ISNUMBER({engine})),{numbers},{texts})"
    return f"IF({absent},{quoted(NOT_APPLICABLE)},{judged})"


def marks(layout: Layout) -> str:
    """Give the cells with all marks, for formulas of any sheet."""
    rows = layout.dashboard.headlines.values()
    return f"{prefix(DASHBOARD)}{fixed_range(min(rows), MARK, max(rows), MARK)}"
