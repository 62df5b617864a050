"""The ``FT_`` functions that a spreadsheet calls: one registry, and what each asks the engine."""
