"""Plans as workbooks: writing one in which every value is a native formula, and reading it back.

`write` writes a workbook and `reading.file` reads one; `layout` holds the positions of everything on the sheets,
`sheets` the writers of the sheets, `references` formulas that several sheets use, `regeneration` updates a workbook to
the present template, and `xlsx` is the file format. Nothing is imported here, so that reading does not load what only
writing needs.
"""
