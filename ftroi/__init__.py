"""A spreadsheet-native model of what fine-tuning an AI model costs over its life.

The model is a *term sheet*: a folder of TOML whose lines are formulas in Excel's own grammar.
The same text is computed by the engine, printed as native formulas into the workbook, and asked
by the ``FT_*`` functions and by the command line.

This module imports nothing, so that ``import ftroi`` costs nothing; import what you need from
``ftroi.plan``, ``ftroi.engine``, ``ftroi.workbook`` and their neighbours.
"""

__version__ = "0.1.0"
