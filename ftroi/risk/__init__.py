"""Risk: distributions of uncertain figures, and correlated draws from them."""

from ftroi.risk.distributions import probabilities, quantiles, scores
from ftroi.risk.sampling import METHODS, Correlation, Sampler, factor_of

__all__ = ["METHODS", "Correlation", "Sampler", "factor_of", "probabilities", "quantiles", "scores"]
