"""The ``FT_`` functions that a spreadsheet calls.

`registry` lists them with arguments and help; `call` answers a call: it reads the plan from the cells that the host
passes (`arguments`, `session`), evaluates it with a cache (`cache`), and computes the answer (`figures`, `tables`,
`risk_answers`, `simulated_answers`). The add-ins in `ftroi.hosts` only pass arguments and results.
"""
