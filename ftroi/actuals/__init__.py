"""Actual costs: reading bills, mapping charges to categories and options, and comparing them with the plan.

`source` and `formats` open a file and recognise its format, `read` turns it into a table of charges, `ledger` combines
several bills, `rules` assigns categories and options, `tracking` computes variances, and `keep` prepares what a
workbook stores. Pandas is imported only inside this package, and only when a bill is read.
"""
