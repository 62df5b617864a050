"""The calls of the add-in's functions in a workbook's cells, in both spellings."""

from __future__ import annotations

import re

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


_SMALL = re.compile(r"\bft_[a-z_]+(?=\()")

PLAIN, EXCEL = "plain", "excel"
SPELLINGS = {PLAIN: "", EXCEL: "[1]!"}
"""What stands before a function's name: nothing, or as Excel stores a call to its add-in, by the link to it."""


def spelt_plainly(formula: str) -> str:
    """Give a formula with the functions' names spelt plainly, and large: LibreOffice saves unknown ones small."""
    plain = formula.replace(f"{SPELLINGS[EXCEL]}FT_", "FT_")
    return _SMALL.sub(lambda call: call[0].upper(), plain) if "ft_" in plain else plain


def engine_formula(measure: str, spelling: str = PLAIN) -> str:
    """Give the engine's figure for the option shown, or the text that the add-in is not loaded."""
    before, function = SPELLINGS[spelling], FUNCTIONS.get(measure)
    call = f"{before}{function}({INPUTS})" if function else f"{before}{ASK_ANY}({quoted(measure)},{INPUTS})"
    return f"IFERROR({call},{quoted(NOT_LOADED)})"
