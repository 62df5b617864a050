"""The mathematics of risk, without plans: distributions, correlated sampling, sensitivity indices, threads.

`ftroi.analysis.risk` applies it to plans.
"""

from ftroi.risk.distributions import probabilities, quantiles, scores
from ftroi.risk.sampling import METHODS, Correlation, Sampler, factor_of
from ftroi.risk.workers import in_parallel

__all__ = ["METHODS", "Correlation", "Sampler", "factor_of", "in_parallel", "probabilities", "quantiles", "scores"]
