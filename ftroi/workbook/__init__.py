"""Plans as workbooks: writing one with every figure as a plain formula, and reading it back.

`ftroi.workbook.write` writes and `ftroi.workbook.reading.file` reads; everything on the sheets stands
where `ftroi.workbook.layout.workbook` says. Nothing is imported here, so that who reads does not wait for
what only writing needs.
"""
