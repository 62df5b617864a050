"""The calls of the add-in's functions in a workbook's cells, in both spellings."""

from __future__ import annotations

from ftroi.workbook.blocks import INPUTS
from ftroi.workbook.grid import quoted

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


PLAIN, EXCEL = "plain", "excel"
SPELLINGS = {PLAIN: "", EXCEL: "[1]!"}
"""What stands before a function's name: nothing, or as Excel stores a call to its add-in, by the link to it."""


def spelt_plainly(formula: str) -> str:
    """Give a formula with the functions' names spelt plainly."""
    return formula.replace(f"{SPELLINGS[EXCEL]}FT_", "FT_")


def engine_formula(measure: str, spelling: str = PLAIN) -> str:
    """Give the engine's figure for the option shown, or the text that the add-in is not loaded.

    Calc hands no range over that holds an error. The function is then asked without one: it reads the inputs by
    their name, and tells where the error is.
    """
    asked, alone = (f"{SPELLINGS[spelling]}{_call(measure, inputs)}" for inputs in (INPUTS, ""))
    return f"IFERROR({asked},IFERROR({alone},{quoted(NOT_LOADED)}))"


def _call(measure: str, inputs: str) -> str:
    if function := FUNCTIONS.get(measure):
        return f"{function}({inputs})"
    return f"{ASK_ANY}({quoted(measure)}{',' if inputs else ''}{inputs})"
