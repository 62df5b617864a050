"""Risk: distributions of uncertain figures, and correlated draws from them."""

from ftroi.risk.distributions import probabilities, quantiles, scores
from ftroi.risk.sampling import METHODS, Correlation, Sampler, factor_of
from ftroi.risk.workers import side_by_side

__all__ = ["METHODS", "Correlation", "Sampler", "factor_of", "probabilities", "quantiles", "scores", "side_by_side"]
