"""The engine's values beside the native ones: formulas that call the add-in's functions, and compare both."""

from __future__ import annotations

from ftroi.workbook.layout.dashboard import ENGINE, MARK, SHOWN
from ftroi.workbook.layout.workbook import DASHBOARD, Layout
from ftroi.workbook.schema import SEE_FUNCTION
from ftroi.workbook.xlsx.add_in_calls import NOT_LOADED
from ftroi.workbook.xlsx.addresses import fixed, fixed_range, prefix, quoted

AGREES, DIFFERS, NOT_APPLICABLE = "agrees", "differs", "n.a."

FAILED = "#FT: engine not loaded"
"""How the text begins by which the add-in tells that it is there, and the engine is not."""


def mark_formula(row: int, tolerance: str) -> str:
    """Say whether native and engine's figure of a row agree, to the tolerance of the checks; texts word by word.

    ``tolerance`` is the name of the amount up to which a difference is none. A rate of return that no cell can prove is
    left to the engine. Where there is no engine, nothing is compared.
    """
    native, engine = fixed(row, SHOWN), fixed(row, ENGINE)
    numbers = f"IF(ABS({native}-{engine})<={tolerance},{quoted(AGREES)},{quoted(DIFFERS)})"
    texts = f"IF({native}={engine},{quoted(AGREES)},{quoted(DIFFERS)})"
    failed = f"LEFT({engine},LEN({quoted(FAILED)}))={quoted(FAILED)}"
    absent = f"OR({engine}={quoted(NOT_LOADED)},{failed},{native}={quoted(SEE_FUNCTION)})"
    judged = f"IF(AND(ISNUMBER({native}),ISNUMBER({engine})),{numbers},{texts})"
    return f"IF({absent},{quoted(NOT_APPLICABLE)},{judged})"


def marks(layout: Layout) -> str:
    """The cells with all marks, for formulas of any sheet."""
    rows = layout.dashboard.headlines.values()
    return f"{prefix(DASHBOARD)}{fixed_range(min(rows), MARK, max(rows), MARK)}"
