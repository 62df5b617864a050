"""The months compiled by numba, for many draws at once."""
