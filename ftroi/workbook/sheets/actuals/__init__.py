"""The sheet Actuals: what was billed, beside the plan as it was frozen."""
