"""Monte Carlo simulation of a plan.

`simulation` draws the uncertain assumptions (`draws`, `correlations`) and evaluates the plan; `events` and
`events_applied` add risk events; `statistics` computes percentiles, probabilities and standard errors; `snapshot` is
the part that a workbook stores, and `freshness` says whether it still belongs to the inputs.
"""
