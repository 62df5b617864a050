"""The layouts of all sheets: the rows, columns and ranges of their contents, as pure data.

Writers, formulas and readers share them, so that no position is stated twice. Rows and columns count from 0.
"""
