"""The calls of the add-in's functions in a workbook's cells, in both spellings."""

from __future__ import annotations

import re

from ftroi.workbook.schema import INPUTS
from ftroi.workbook.xlsx.addresses import quoted

NOT_LOADED = "add-in not loaded"
"""What stands in place of the engine's figure where the functions are unknown."""

FUNCTIONS = {
    "tco": "FT_TCO", "tco_pv": "FT_TCO_PV", "visible": "FT_VISIBLE", "hidden": "FT_HIDDEN",
    "hidden_multiple": "FT_HIDDEN_MULTIPLE", "lifetime_multiple": "FT_LIFETIME_MULTIPLE", "npv": "FT_NPV",
    "expected_npv": "FT_EXPECTED_NPV", "roi": "FT_ROI", "irr": "FT_IRR", "mirr": "FT_MIRR",
    "payback_months": "FT_PAYBACK", "unit_cost": "FT_UNIT_COST",
}  # fmt: skip
"""The one list of functions that bear a measure's name; FT_MEASURE gives any other measure by its name.

On a template without such a measure they answer with a text that says so.
"""

ASK_ANY = "FT_MEASURE"


_SMALL = re.compile(r"\bft_[a-z_]+(?=\()")

PLAIN, EXCEL = "plain", "excel"
SPELLINGS = {PLAIN: "", EXCEL: "[1]!"}
"""What stands before a function's name: nothing, or as Excel stores a call to its add-in, by the link to it."""


def spelt_plainly(formula: str) -> str:
    """A formula with the functions' names spelt plainly, and large: LibreOffice saves unknown ones small."""
    plain = formula.replace(f"{SPELLINGS[EXCEL]}FT_", "FT_")
    return _SMALL.sub(lambda call: call[0].upper(), plain) if "ft_" in plain else plain


def engine_formula(measure: str, spelling: str = PLAIN) -> str:
    """The engine's figure for the option shown, or the text that the add-in is not loaded."""
    function = FUNCTIONS.get(measure)
    return _or_not_loaded(function, (), spelling) if function else _or_not_loaded(ASK_ANY, (quoted(measure),), spelling)


def percentile_formula(measure: str, share: str, spelling: str = PLAIN) -> str:
    """A percentile of a measure over simulated lives of the option shown, or the same text.

    ``share`` is the cell with the share of lives below it.
    """
    return _or_not_loaded("FT_PERCENTILE", (quoted(measure), share), spelling)


def probability_formula(measure: str, spelling: str = PLAIN) -> str:
    """The share of simulated lives of the option shown with a measure above 0, or the same text."""
    return _or_not_loaded("FT_PROBABILITY", (quoted(measure), "0"), spelling)


def _or_not_loaded(function: str, question: tuple[str, ...], spelling: str) -> str:
    """A call, or the text that the add-in is not loaded.

    Calc hands no range over that holds an error. The function is then asked without one: it reads the inputs by
    their name, and tells where the error is.
    """
    asked, alone = (f"{SPELLINGS[spelling]}{function}({','.join((*question, *inputs))})" for inputs in ((INPUTS,), ()))
    return f"IFERROR({asked},IFERROR({alone},{quoted(NOT_LOADED)}))"
