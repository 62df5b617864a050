"""Reading a plan from the cells of a saved workbook or of an open spreadsheet.

`file` reads a saved file, and `plan` puts a plan together from the blocks (`blocks`) of inputs: settings, assumptions,
own costs, gates. All findings are collected, each with its cell; nothing is executed and no formula is evaluated.
"""
