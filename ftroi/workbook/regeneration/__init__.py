"""Regenerating a workbook from the present template, keeping entries, edited formulas and the user's own sheets.

`regenerate` examines the old workbook, and writes the new one; `edits` finds edited formulas, `user_sheets` the user's
own sheets, with what cannot be kept of them (`losses`, `looked_at`).
"""
