"""The numpy backend: the template as a straight-line numpy program, for any number of scenarios.

`program` writes and compiles the source; `source_printer` prints formulas, `month_loop` lines that need a loop over the
months; `runtime` holds the functions that the source calls.
"""
