"""Adapters that offer the FT_ functions to spreadsheet programs; all answers come from `ftroi.functions.call`.

`office` is the extension for LibreOffice Calc; `xlam` and `excel` are the add-in for Excel on Windows, VBA that calls
Python through xlwings; `xlwings_lite` serves Excel in a browser. `build` builds the add-ins, and `doctor` examines a
machine on which they do not work.
"""

__all__: list[str] = []
